import type { ReactNode } from 'react';
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { partyName, type Chosen } from '../direction-draft.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px', containerType: 'inline-size' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) 104px auto',
    gridTemplateAreas: '"part name day out"',
    alignItems: 'center',
    gap: '8px',
    padding: '2px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    // Beside a document on a small screen a name of three words would stand in as many lines.
    '@container (max-width: 460px)': { gridTemplateColumns: 'auto minmax(0, 1fr) auto', gridTemplateAreas: '"part name out" ". day day"', rowGap: '2px' },
  },
  lead: { gridArea: 'part', display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: tokens.fontSizeBase200, minWidth: '78px' },
  name: { gridArea: 'name', overflowWrap: 'anywhere' },
  day: { gridArea: 'day', width: '104px', minWidth: 0, '& input': { minWidth: 0, width: '100%' } },
  out: { gridArea: 'out' },
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
              className={styles.day}
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
              className={styles.out}
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
