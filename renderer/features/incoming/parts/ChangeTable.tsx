import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ChangeRequest } from '#contract';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { urgencyWord } from '../../../i18n/urgency-words.ts';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    margin: '6px 0 0',
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase200,
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: '4px 8px',
      border: `1px solid ${tokens.colorNeutralStroke2}`,
      overflowWrap: 'anywhere',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold },
  },
  name: { whiteSpace: 'nowrap' },
});

export type ChangeTableProps = { readonly changes: ChangeRequest['changes'] };

/** What an update would change: the field, what stands there now, what would stand there. */
export function ChangeTable({ changes }: ChangeTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <table className={styles.table} aria-label={t('change.table')}>
      <thead>
        <tr>
          <th scope="col">{t('change.field')}</th>
          <th scope="col">{t('change.before')}</th>
          <th scope="col">{t('change.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row" className={styles.name}>
              {fieldName(t, change.field)}
            </th>
            <td>
              <Value field={change.field} text={change.before} />
            </td>
            <td>
              <Value field={change.field} text={change.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ field, text }: { readonly field: string; readonly text: string }): ReactNode {
  const t = useWords();
  if (text === '') {
    return (
      <>
        <span aria-hidden="true">–</span>
        <ForReaders>{t('field.none')}</ForReaders>
      </>
    );
  }
  if (field === 'urgency') return urgencyWord(t, Number(text)) ?? t('urgency.0');
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? calendarDay(text) : text;
}

function fieldName(t: Formatter, field: string): string {
  const key = `change.name.${field}`;
  return isMessageKey(key) ? t(key) : field;
}
