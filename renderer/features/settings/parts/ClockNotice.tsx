import type { ReactNode } from 'react';
import { useLatest } from '../../../bridge/streams.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

export type ClockNoticeProps = { readonly className: string };

/** That this machine's clock is off from the axis', as long as it is. */
export function ClockNotice({ className }: ClockNoticeProps): ReactNode {
  const t = useWords();
  const seconds = useLatest('connection', 'clock')?.differsBySeconds ?? null;
  if (seconds === null) return null;
  const minutes = Math.round(Math.abs(seconds) / 60);
  return (
    <div className={className}>
      <Notice tone="attention">
        {t(seconds > 0 ? 'connection.clockAhead' : 'connection.clockBehind', { minutes })}
        {'. '}
        {t('connection.clockWhy')}
      </Notice>
    </div>
  );
}
