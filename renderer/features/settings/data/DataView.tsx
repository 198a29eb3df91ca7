import type { ReactNode } from 'react';
import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { ArrowExport20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import type { ExportDone, ExportProgress, TransferState } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card, CardPage } from '../people/Card.tsx';

const useStyles = makeStyles({
  words: { margin: 0, maxWidth: '90ch', textWrap: 'pretty' },
  quiet: { margin: 0, maxWidth: '90ch', textWrap: 'pretty', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', userSelect: 'text' },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', minHeight: '32px', fontVariantNumeric: 'tabular-nums' },
  bar: { maxWidth: '680px' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    gap: '6px 16px',
    margin: '8px 0 0',
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
});

/** Dữ liệu: everything that the station holds, out of it in an open form. */
export function DataView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const state = useLatest('transfer', 'progress');
  const start = useCommand('transfer', 'start');
  const cancel = useCommand('transfer', 'cancel');
  const running = state?.running ?? null;
  const last = running === null ? (state?.last ?? null) : null;
  // The window may have been opened anew since; else its own answer is the newest.
  const failure = running !== null || start.pending ? undefined : (start.failure ?? failureIn(last));
  return (
    <CardPage label={t('transfer.page')}>
      <Card title={t('transfer.title')} intro={t('transfer.intro')}>
        <Notice tone="attention">{t('transfer.warning')}</Notice>
        <p className={styles.words}>{t('transfer.leftOut')}</p>
        {start.barred !== undefined ? (
          <Notice tone="info">{failureWords(t, start.barred)}</Notice>
        ) : (
          <>
            {running !== null && <Running now={running} />}
            <div className={styles.row}>
              {running === null ? (
                <Button
                  appearance="primary"
                  icon={<ArrowExport20Regular />}
                  disabledFocusable={start.pending}
                  onClick={() => {
                    if (!start.pending) void start.run({});
                  }}
                >
                  {t('transfer.start')}
                </Button>
              ) : (
                <Button
                  icon={<Dismiss20Regular />}
                  disabledFocusable={cancel.pending}
                  onClick={() => {
                    if (!cancel.pending) void cancel.run({});
                  }}
                >
                  {t('transfer.cancel')}
                </Button>
              )}
              {running !== null && <span>{runningWords(t, running)}</span>}
            </div>
            {running === null && state?.place != null && <p className={styles.quiet}>{t('transfer.place', { folder: state.place })}</p>}
            {failure === undefined && last?.end === 'done' && <Done at={last.at} done={last.done} />}
            {failure !== undefined && (
              <Notice tone={failure.code === 'export-cancelled' ? 'info' : 'attention'} live>
                {failureWords(t, failure)}
              </Notice>
            )}
          </>
        )}
      </Card>
      <Card title={t('transfer.import')}>
        <p className={styles.words}>{t('transfer.importHow')}</p>
      </Card>
    </CardPage>
  );
}

function failureIn(last: TransferState['last']): AnyFailure | undefined {
  if (last === null || last.end === 'done') return undefined;
  return { code: last.end, params: last.params, incident: String(last.params['incident'] ?? '–') };
}

function Running({ now }: { readonly now: ExportProgress }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const share = now.total === null || now.total === 0 ? undefined : Math.min(1, now.done / now.total);
  return <ProgressBar className={styles.bar} aria-label={t('transfer.progress')} {...(share === undefined ? {} : { value: share })} />;
}

function Done({ at, done }: { readonly at: string; readonly done: ExportDone }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { records, files, bytes, unreadable } = done;
  return (
    <Notice tone={unreadable === 0 ? 'good' : 'attention'} live>
      {t('transfer.done', { time: momentOf(at), records, files, size: mebibytes(bytes) })}
      {unreadable > 0 && ` ${t('transfer.done.unreadable', { count: unreadable })}`}
      <dl className={styles.facts}>
        <dt>{t('transfer.done.folder')}</dt>
        <dd>{done.folder}</dd>
        <dt>{t('transfer.done.hash')}</dt>
        <dd>{done.manifestSha256}</dd>
      </dl>
    </Notice>
  );
}

function runningWords(t: Formatter, { phase, done, total }: ExportProgress): string {
  return phase === 'records' ? t('transfer.running.records', { done }) : t('transfer.running.files', { done: mebibytes(done), total: mebibytes(total ?? done) });
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
