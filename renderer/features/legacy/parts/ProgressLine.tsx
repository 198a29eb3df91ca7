import type { ReactNode } from 'react';
import { Button, makeStyles, ProgressBar } from '@fluentui/react-components';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '8px', maxWidth: '640px' },
  row: { display: 'flex', alignItems: 'center', gap: '12px', justifyContent: 'space-between', fontVariantNumeric: 'tabular-nums' },
});

/** How far the reading or writing is, and what ends it. Nothing while nothing is under way. */
export function ProgressLine(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const progress = useLatest('legacy', 'progress');
  const stop = useCommand('legacy', 'stop');
  if (progress === undefined || progress.phase === 'idle') return null;
  const percent = progress.percent === null ? 'none' : String(progress.percent);
  const words = t(`legacy.${progress.phase}`, { rows: progress.rows, percent });
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <span>{words}</span>
        {progress.phase !== 'undoing' && (
          <Button size="small" onClick={() => { void stop.run({}); }}>
            {t('legacy.stop')}
          </Button>
        )}
      </div>
      <ProgressBar aria-label={words} {...(progress.percent === null ? {} : { value: progress.percent / 100 })} />
    </div>
  );
}
