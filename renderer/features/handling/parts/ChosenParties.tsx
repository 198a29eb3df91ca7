import type { ReactNode } from 'react';
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { partyName, type Chosen } from '../direction-draft.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) 104px auto',
    alignItems: 'center',
    gap: '8px',
    padding: '2px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  lead: { display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: tokens.fontSizeBase200, minWidth: '78px' },
  name: { overflowWrap: 'anywhere' },
});

export type ChosenPartiesProps = {
  readonly chosen: readonly Chosen[];
  /** somebody leads already */
  readonly leadTaken: boolean;
  readonly onChange: (chosen: readonly Chosen[]) => void;
};

/** Those who are to get the work: who leads, a day of their own, and the way out. */
export function ChosenParties({ chosen, leadTaken, onChange }: ChosenPartiesProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (chosen.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('handling.chosen')}>
      {chosen.map((one, index) => {
        const name = partyName(one);
        return (
          <li key={name} className={styles.row}>
            <label className={styles.lead}>
              <input
                type="radio"
                name="lead"
                checked={one.lead}
                disabled={leadTaken}
                aria-label={t('handling.leads', { name })}
                onChange={() => {
                  onChange(chosen.map((other, at) => ({ ...other, lead: at === index })));
                }}
              />
              {t(one.lead ? 'handling.part.lead' : 'handling.part.joint')}
            </label>
            <span className={styles.name}>{name}</span>
            <Input
              size="small"
              value={one.deadline}
              maxLength={10}
              placeholder={t('handling.ownDay')}
              aria-label={t('handling.ownDayOf', { name })}
              onChange={(_, { value }) => {
                onChange(chosen.map((other, at) => (at === index ? { ...other, deadline: value } : other)));
              }}
            />
            <Button
              size="small"
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={t('handling.remove', { name })}
              onClick={() => {
                const rest = chosen.filter((_, at) => at !== index);
                onChange(one.lead ? rest.map((other, at) => ({ ...other, lead: at === 0 })) : rest);
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}
