import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { FileRef, SignatureLabel } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { causeWords, missingWords } from '../parts/signing-words.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  less: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, textWrap: 'pretty' },
  act: { marginTop: '6px' },
});

/** Files of which this says nothing: what is in them can be read in more than one way, or not at all, which the page itself tells. */
const unread: readonly string[] = ['sign-pdf-damaged', 'sign-pdf-encrypted', 'not-found'];

export type SignatureLabelsProps = {
  /** the draft, or the row of the register */
  readonly id: string;
  /** the document itself */
  readonly file: FileRef | undefined;
};

/** How far each signature of a document has come, honestly: what it lacks is said, and completed where it can be. No verdict. */
export function SignatureLabels({ id, file }: SignatureLabelsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const labels = useAsk('signing', 'levels', { file: file?.id ?? '' }, { enabled: file !== undefined });
  const lacking = useLatest('signing', 'lacking')?.ids.includes(id) ?? false;
  const complete = useCommand('signing', 'complete');
  const refresh = useRefreshLife();
  if (labels.isError) {
    const failure = failureOf(labels.error);
    return unread.includes(failure.code) ? null : <Notice tone="attention">{failureWords(t, failure, 'signing')}</Notice>;
  }
  if (labels.data === undefined || labels.data.length === 0) return null;
  const outcome = complete.value?.[0];
  const run = (): void => {
    if (!complete.pending) void complete.run({ ids: [id] }).then(() => refresh([id]));
  };
  return (
    <>
      <Notice tone={labels.data.some(({ level }) => level === null) ? 'attention' : 'info'}>
        <ul className={styles.list} aria-label={t('signing.labels')}>
          {labels.data.map((label, index) => (
            <li key={`${label.field} ${String(index)}`}>
              {labelWords(t, label)}
              <p className={styles.less}>{lackWords(t, label)}</p>
            </li>
          ))}
        </ul>
        <p className={styles.less}>{t('signing.labelsMeaning')}</p>
        {lacking && (
          <Button className={styles.act} size="small" disabledFocusable={complete.pending || complete.barred !== undefined} onClick={run}>
            {t(complete.pending ? 'signing.completing' : 'signing.complete')}
          </Button>
        )}
      </Notice>
      {complete.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, complete.failure, 'signing')}
        </Notice>
      )}
      {outcome !== undefined && !complete.pending && (
        <Notice tone={outcome.outcome === 'completed' || outcome.outcome === 'nothing-lacks' ? 'good' : 'attention'} live>
          {t(`signing.outcome.${outcome.outcome}`)} {outcome.missing !== null && missingWords(t, outcome.missing)}
          {outcome.cause !== null && causeWords(t, outcome.cause)}
        </Notice>
      )}
    </>
  );
}

function labelWords(t: Formatter, { signer, level }: SignatureLabel): string {
  return t('signing.label', { signer: signer === '' ? t('signing.unknownSigner') : signer, level: t(`signing.level.${level ?? 'none'}`) });
}

function lackWords(t: Formatter, { time, lacks }: SignatureLabel): string {
  const words = lacks.flatMap(({ code, name, detail }) => {
    const key = `signing.lack.${code}`;
    return isMessageKey(key) ? [t(key, { name, detail })] : [];
  });
  return [time === null ? '' : t('signing.time', { at: momentOf(time) }), ...new Set(words)].filter((part) => part !== '').join('; ');
}
