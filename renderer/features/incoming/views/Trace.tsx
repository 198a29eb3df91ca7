import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { TraceEntry } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '12px',
    padding: '6px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  time: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
  who: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginTop: '10px', textWrap: 'pretty' },
});

export type TraceProps = { readonly id: string };

/** Everything that happened to the document, oldest first. */
export function Trace({ id }: TraceProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const trace = useAsk('records', 'trace', { id });
  if (trace.isError) return <Notice tone="attention">{failureWords(t, failureOf(trace.error))}</Notice>;
  if (trace.data === undefined) return <Waiting label={t('common.loading')} lines={4} />;
  return (
    <>
      <ol className={styles.list} aria-label={t('trace.label')}>
        {trace.data.map((entry) => (
          <li key={entry.seq} className={styles.entry}>
            <time className={styles.time} dateTime={entry.at}>
              {momentOf(entry.at)}
            </time>
            <div>
              <div>{actionWords(t, entry)}</div>
              {reasonOf(entry) !== '' && <div className={styles.who}>{t('trace.reason', { reason: reasonOf(entry) })}</div>}
              <div className={styles.who}>{t('trace.by', { actor: entry.actor })}</div>
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.note}>{t('trace.note')}</p>
    </>
  );
}

/** Why a step was taken, as it was written then. */
function reasonOf({ detail }: TraceEntry): string {
  return typeof detail['reason'] === 'string' ? detail['reason'] : '';
}

function actionWords(t: Formatter, entry: TraceEntry): string {
  const key = `trace.action.${entry.action}`;
  if (!isMessageKey(key)) return t('trace.unknown', { action: entry.action });
  const text = (name: string): string => {
    const value = entry.detail[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return t(key, {
    number: text('arrivalNumber') + text('arrivalSuffix') || text('number'),
    status: text('statusCode') || text('status') || text('code'),
    party: text('party'),
    parted: text('party') === '' ? 'no' : 'yes',
    recipient: text('recipientName') || text('recipient') || text('to'),
  });
}
