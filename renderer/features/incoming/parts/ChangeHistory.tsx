import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ChangeRequest } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  title: { margin: '16px 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: '16px', overflowWrap: 'anywhere' },
});

export type ChangeHistoryProps = { readonly requests: readonly ChangeRequest[] };

/** What the sender asked before and how it was decided. */
export function ChangeHistory({ requests }: ChangeHistoryProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const decided = requests.filter((one) => one.state !== 'open');
  if (decided.length === 0) return null;
  return (
    <>
      <h3 className={styles.title}>{t('change.history')}</h3>
      <ul className={styles.list}>
        {decided.map((one) => (
          <li key={one.id}>
            {t('change.decided', {
              what: t(`change.asks.${one.kind}`),
              asked: momentOf(one.askedAt),
              decision: t(one.state === 'agreed' ? 'change.decision.agreed' : 'change.decision.refused'),
              at: one.decidedAt === null ? '' : momentOf(one.decidedAt),
              by: one.decidedBy ?? '',
            })}
            {one.decisionReason === '' ? null : ` ${t('closed.reason', { reason: one.decisionReason })}`}
          </li>
        ))}
      </ul>
    </>
  );
}
