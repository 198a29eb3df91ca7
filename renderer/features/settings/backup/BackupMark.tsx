import type { ReactNode } from 'react';
import { Save16Regular, Warning16Regular } from '@fluentui/react-icons';
import { useLatest } from '../../../bridge/streams.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { shortMomentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

/** The foot of the window: when the last good backup was, and that somebody should look. */
export function BackupMark({ className }: { readonly className: string }): ReactNode {
  const t = useWords();
  const state = useLatest('backup', 'state');
  if (state === undefined) return null;
  const look = state.isLate || state.elsewhere !== null;
  const isRunning = state.running?.what === 'write';
  if (!look && !isRunning && state.lastGoodAt === null) return null;
  return (
    <a
      className={className}
      href={formatAddress('settings', { tab: 'backup' })}
      onClick={(event) => {
        event.preventDefault();
        goTo('settings', { tab: 'backup' });
      }}
    >
      <StateMark tone={look && !isRunning ? 'attention' : 'neutral'} icon={look && !isRunning ? <Warning16Regular aria-hidden="true" /> : <Save16Regular aria-hidden="true" />}>
        {isRunning ? t('bar.backup.running') : look ? t('bar.backup.late') : t('bar.backup.good', { time: shortMomentOf(state.lastGoodAt ?? '') })}
      </StateMark>
    </a>
  );
}
