import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { Save20Regular } from '@fluentui/react-icons';
import type { BackupState } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';
import { BackupProgressLine } from './BackupProgressLine.tsx';

/** The first backup, as soon as it is known where it goes and what opens it: nobody should go home on the word that there will be one. */
export function FirstBackup({ state }: { readonly state: BackupState }): ReactNode {
  const t = useWords();
  const start = useCommand('backup', 'start');
  const { running, lastGoodAt, settings, recovery } = state;
  if (settings.folder === null || recovery === null || start.barred !== undefined) return null;
  return (
    <Card
      title={t('backup.first')}
      acts={
        lastGoodAt === null &&
        running === null && (
          <Button icon={<Save20Regular />} disabledFocusable={start.pending} onClick={() => { if (!start.pending) void start.run({}); }}>
            {t('backup.start')}
          </Button>
        )
      }
    >
      {running === null ? (
        <Notice tone={lastGoodAt === null ? 'info' : 'good'} live>
          {lastGoodAt === null ? t('backup.first.none', { time: settings.at, enabled: settings.enabled ? 'yes' : 'no' }) : t('backup.lastGood', { time: momentOf(lastGoodAt) })}
        </Notice>
      ) : (
        <BackupProgressLine running={running} />
      )}
      {start.failure !== undefined && !start.pending && <Notice tone="attention" live>{failureWords(t, start.failure)}</Notice>}
    </Card>
  );
}
