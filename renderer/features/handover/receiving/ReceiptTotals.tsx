import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReceiptDetail } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { sizeWords } from '../../files/index.ts';
import { countWords } from '../parts/count-words.ts';

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))', gap: '4px 16px', margin: 0, fontVariantNumeric: 'tabular-nums', '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 }, '& dd': { margin: 0, overflowWrap: 'anywhere' } },
});

/** The figures that TT 05/2025/TT-BNV art. 23 wants shown, and those of the checks (art. 24). */
export function ReceiptTotals({ receipt }: { readonly receipt: ReceiptDetail }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { fields, totals, packages, passed, failed, duplicates, undecided, acceptedEver, held, archived } = receipt;
  const facts: readonly (readonly [Parameters<typeof t>[0], string])[] = [
    ['handover.total.sender', `${fields.sender.name} (${fields.sender.code})`],
    ['handover.total.agreement', fields.agreement === '' ? '–' : fields.agreement],
    ['handover.total.turn', `${String(fields.turn)} · ${momentOf(receipt.startedAt)}`],
    ['handover.total.packages', t('handover.total.packagesOf', { count: packages, size: sizeWords(t, totals.bytes) })],
    ['handover.total.registered', fields.registered === null ? '–' : t('handover.total.registeredOf', { registered: fields.registered, documents: totals.documents })],
    ['handover.total.checked', countWords(t, { passed, failed, duplicates })],
    ['handover.total.decided', countWords(t, { accepted: totals.accepted, refused: totals.refused, undecided })],
    ['handover.total.ever', t('handover.total.everOf', { count: acceptedEver })],
    ...(held === 0 ? [] : [['handover.total.archived', t('handover.total.archivedOf', { archived, held })] as const]),
  ];
  return (
    <dl className={styles.facts} aria-label={t('handover.total')}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
