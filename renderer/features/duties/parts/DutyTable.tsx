import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DutyItem } from '#contract';
import { goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { dutyMarks } from './duty-marks.tsx';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    tableLayout: 'fixed',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: '8px 12px 8px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      overflowWrap: 'anywhere',
    },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  },
  due: { width: '140px' },
  what: { width: '190px' },
  basis: { width: '300px' },
  act: { width: '160px' },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  moment: { display: 'block', fontVariantNumeric: 'tabular-nums' },
  about: { fontWeight: tokens.fontWeightSemibold },
});

export type DutyTableProps = { readonly items: readonly DutyItem[] };

/** What is owed, one row each: by when, what, of which document, on what ground, and the way there. */
export function DutyTable({ items }: DutyTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.due}>
            {t('duties.column.due')}
          </th>
          <th scope="col" className={styles.what}>
            {t('duties.column.what')}
          </th>
          <th scope="col">{t('duties.column.document')}</th>
          <th scope="col" className={styles.basis}>
            {t('duties.column.basis')}
          </th>
          <th scope="col" className={styles.act}>
            {t('duties.column.act')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <DutyRow key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function DutyRow({ item }: { readonly item: DutyItem }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const mark = dutyMarks[item.state];
  const act = t(`duties.open.${item.open.section}`);
  return (
    <tr>
      <td>
        <span className={styles.moment}>{momentOf(item.due)}</span>
        <StateMark tone={mark.tone} icon={mark.icon}>
          {t(`duties.state.${item.state}`)}
        </StateMark>
      </td>
      <td>
        {t(`duties.kind.${item.kind}`)}
        <span className={styles.small}>
          {item.doneAt === null
            ? t('duties.since', { time: momentOf(item.since) })
            : t('duties.doneAt', { time: momentOf(item.doneAt) })}
        </span>
      </td>
      <td>
        <span className={styles.about}>{item.about}</span> {item.party}
        <span className={styles.small}>{item.title}</span>
      </td>
      <td>
        {item.basis}
        <span className={styles.small}>
          {t('duties.ruleSure', { rule: t(`duties.rule.${item.rule}`), confidence: t(`confidence.${item.ruleConfidence}`) })}
        </span>
        {!item.certain && <span className={styles.small}>{t('duties.uncertain')}</span>}
      </td>
      <td>
        <Button
          size="small"
          aria-label={t('duties.openOf', { act, about: item.about })}
          onClick={() => {
            goTo(item.open.section, { id: item.open.id, tab: item.open.section === 'outbox' ? 'all' : null });
          }}
        >
          {act}
        </Button>
      </td>
    </tr>
  );
}
