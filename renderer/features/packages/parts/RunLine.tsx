import type { ReactNode } from 'react';
import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { Stop16Regular } from '@fluentui/react-icons';
import type { HandoverRun } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { sizeWords } from '../../files/index.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '6px', padding: '8px 12px', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  row: { display: 'flex', alignItems: 'center', gap: '12px', justifyContent: 'space-between', flexWrap: 'wrap', fontVariantNumeric: 'tabular-nums' },
});

/** How far packing, checking or taking in is, how long it will take, and what stops it. What is whole stays. */
export function RunLine({ run }: { readonly run: HandoverRun }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const stop = useCommand('handover', 'stop');
  const share = shareOf(run);
  const words = t(`handover.run.${run.what}`, { done: run.done, of: run.of });
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <span>
          {words} {run.bytesOf > 0 && t('handover.run.bytes', { done: sizeWords(t, run.bytesDone), of: sizeWords(t, run.bytesOf) })} {leftWords(t, run.secondsLeft)}
        </span>
        {stop.barred === undefined && (
          <Button size="small" icon={<Stop16Regular />} disabledFocusable={stop.pending} onClick={() => { if (!stop.pending) void stop.run({}); }}>
            {t('handover.run.stop')}
          </Button>
        )}
      </div>
      <ProgressBar aria-label={words} {...(share === null ? {} : { value: share })} />
    </div>
  );
}

function shareOf({ done, of, bytesDone, bytesOf }: HandoverRun): number | null {
  if (bytesOf > 0 && of <= 1) return Math.min(1, bytesDone / bytesOf);
  return of === 0 ? null : Math.min(1, Math.max(done / of, bytesOf > 0 ? bytesDone / bytesOf : 0));
}

function leftWords(t: Formatter, seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 60 ? t('handover.run.seconds', { count: seconds }) : t('handover.run.minutes', { count: Math.ceil(seconds / 60) });
}
