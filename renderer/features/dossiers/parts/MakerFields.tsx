import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { DossierMaker } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { NameField } from '../../handling/index.ts';

const useStyles = makeStyles({ row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: '12px' } });

export type MakerFieldsProps = { readonly value: DossierMaker; readonly onChange: (value: DossierMaker) => void };

/** Who makes a dossier: names of the office are known by id, others are kept as they are written. */
export function MakerFields({ value, onChange }: MakerFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const known = useAsk('handling', 'parties', {}).data;
  const units = known?.units ?? [];
  const persons = known?.persons ?? [];
  return (
    <div className={styles.row}>
      <NameField
        name="unitName"
        label={t('dossiers.maker.unit')}
        value={value.unitName}
        known={units.map(({ name }) => name)}
        onChange={(unitName) => {
          onChange({ ...value, unitName, unit: units.find(({ name }) => name === unitName.trim())?.id ?? null });
        }}
      />
      <NameField
        name="personName"
        label={t('dossiers.maker.person')}
        value={value.personName}
        known={persons.map(({ name }) => name)}
        onChange={(personName) => {
          const person = persons.find(({ name }) => name === personName.trim());
          const unit = person === undefined || value.unitName !== '' ? {} : { unit: person.unit, unitName: person.unitName };
          onChange({ ...value, ...unit, personName, person: person?.id ?? null });
        }}
      />
    </div>
  );
}
