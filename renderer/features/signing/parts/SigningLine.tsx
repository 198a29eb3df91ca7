import type { ReactNode } from 'react';
import { Signature16Regular, Warning16Regular } from '@fluentui/react-icons';
import { useReadBatch } from '../../../bridge/signing-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { formatAddress, goTo, lastAddressOf } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { lineOf } from '../run/run-words.tsx';
import { roundIn } from './go.ts';

/** The line at the foot of the window while a batch is signed, until its end was seen; or while a review waits to be gone on with. */
export function SigningLine({ className, here }: { readonly className: string; readonly here: boolean }): ReactNode {
  const t = useWords();
  const progress = useLatest('signing', 'progress') ?? null;
  const [read] = useReadBatch();
  const left = here ? null : roundIn(lastAddressOf('signing'));
  const runs = progress !== null && progress.endedAt === null;
  const isNews = progress !== null && (runs || read !== progress.id);
  if (!isNews && left === null) return null;
  const failed = isNews && !runs && progress.done < progress.total;
  const params = isNews ? {} : undefined;
  return (
    <a
      className={className}
      href={formatAddress('signing')}
      onClick={(event) => {
        event.preventDefault();
        goTo('signing', params);
      }}
    >
      <StateMark tone={failed ? 'attention' : 'brand'} icon={failed ? <Warning16Regular aria-hidden="true" /> : <Signature16Regular aria-hidden="true" />}>
        {isNews ? lineOf(t, progress) : t('signing.line.review', { count: left?.ids.length ?? 0 })}
      </StateMark>
    </a>
  );
}
