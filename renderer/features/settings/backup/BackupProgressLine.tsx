import type { ReactNode } from 'react';
import { makeStyles, ProgressBar } from '@fluentui/react-components';
import type { BackupState } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexDirection: 'column', gap: '6px', maxWidth: '680px', fontVariantNumeric: 'tabular-nums' },
});

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

/** How far a backup, a check or a restore is. */
export function BackupProgressLine({ running }: { readonly running: NonNullable<BackupState['running']> }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { phase, done, total } = running.now;
  const words =
    phase === 'files' || phase === 'checking'
      ? t(`backup.running.${phase}`, { done: mebibytes(done), total: mebibytes(total ?? done), left: running.secondsLeft ?? -1 })
      : t(`backup.running.${phase}`);
  return (
    <div className={styles.line}>
      <ProgressBar aria-label={t('backup.progress')} {...(total === null || total === 0 ? {} : { value: Math.min(1, done / total) })} />
      <span>{words}</span>
    </div>
  );
}
