import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Copy20Regular, PlugConnectedCheckmark20Regular, Stop20Regular } from '@fluentui/react-icons';
import { ConnectionStep, type ConnectionReport, type Contract, type InputOf } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { reportText, verdictWords } from '../connection-words.ts';
import { copyText } from '../copy-text.ts';
import { ConnectionSteps } from '../parts/ConnectionSteps.tsx';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    paddingTop: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  about: { color: tokens.colorNeutralForeground2, flex: '1 1 240px', textWrap: 'pretty' },
});

export type ConnectionTestProps = {
  /** What is typed, if it holds; null after the faults were shown. */
  readonly inputNow: () => InputOf<Contract['connection']['test']> | null;
  /** Changes with whatever is typed. */
  readonly typed: string;
  readonly version: string;
};

type Finished = { readonly report: ConnectionReport; readonly typed: string; readonly at: Date };

/** Tries the connection as it is typed. The steps come as they are done; the report stays until the next test. */
export function ConnectionTest({ inputNow, typed, version }: ConnectionTestProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const test = useCommand('connection', 'test');
  const stop = useCommand('connection', 'stopTest');
  const progress = useLatest('connection', 'progress');
  const [finished, setFinished] = useState<Finished | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const [said, setSaid] = useState('');

  const start = (): void => {
    const input = inputNow();
    if (input === null) return;
    setFinished(null);
    setFailure(undefined);
    setSaid('');
    void test.run(input).then((outcome) => {
      // Not kept in the cache: a failed command leaves its input in memory otherwise.
      test.reset();
      if (outcome.ok) setFinished({ report: outcome.value, typed, at: new Date() });
      else setFailure(outcome.failure);
    });
  };

  const running = test.pending;
  const steps = finished?.report.steps ?? (running && progress?.running === true ? progress.steps : []);
  const next = ConnectionStep.options[steps.length];
  return (
    <section className={styles.box} aria-label={t('connection.test')}>
      <div className={styles.row}>
        <Button icon={<PlugConnectedCheckmark20Regular />} disabledFocusable={running} onClick={running ? undefined : start}>
          {t('connection.test')}
        </Button>
        {running ? (
          <Button icon={<Stop20Regular />} onClick={() => void stop.run({})}>
            {t('connection.stop')}
          </Button>
        ) : null}
        <span className={styles.about} role="status">
          {running && next !== undefined ? t('connection.running', { step: t(`connection.step.${next}`) }) : t('connection.about')}
        </span>
      </div>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
      {finished !== null && (
        <Notice
          tone={finished.report.usable ? 'good' : 'attention'}
          live
          action={
            <Button
              size="small"
              icon={<Copy20Regular />}
              onClick={() => {
                const text = reportText(t, finished.report, { time: momentOf(finished.at), version });
                setSaid(t(copyText(text) ? 'connection.copied' : 'connection.copyFailed'));
              }}
            >
              {t('connection.copy')}
            </Button>
          }
        >
          {verdictWords(t, finished.report)}
          {finished.typed === typed ? '' : ` ${t('connection.stale')}`}
          {said === '' ? '' : ` ${said}`}
        </Notice>
      )}
      {steps.length > 0 && <ConnectionSteps steps={steps} label={t('connection.results')} />}
    </section>
  );
}
