import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Waiting } from '../../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    appearance: 'none',
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    width: '100%',
    textAlign: 'start',
    padding: '8px 10px',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  facts: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  none: { color: tokens.colorNeutralForeground2 },
});

export type PrintedListProps = { readonly chosen: string | null };

/** What was printed before, newest first: each as it was then. */
export function PrintedList({ chosen }: PrintedListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const printed = useAsk('printing', 'printed', { before: null, limit: 200 });
  if (printed.data === undefined) return <Waiting label={t('common.loading')} lines={6} />;
  if (printed.data.length === 0) return <p className={styles.none}>{t('printing.none')}</p>;
  return (
    <ul className={styles.list} aria-label={t('printing.tab.printed')}>
      {printed.data.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className={mergeClasses(styles.row, one.id === chosen && styles.chosen)}
            aria-current={one.id === chosen ? 'true' : undefined}
            onClick={() => {
              adjustAddress({ file: one.id });
            }}
          >
            <div className={styles.name}>{one.name}</div>
            <div className={styles.facts}>{t('printing.madeBy', { kind: t(`printing.kind.${one.kind}`), at: momentOf(one.madeAt), by: one.madeBy })}</div>
          </button>
        </li>
      ))}
    </ul>
  );
}
