import type { ReactNode } from 'react';
import { makeStyles, Select } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({ maker: { marginInlineStart: 'auto', maxWidth: '180px' } });

export type MakerFilterProps = { readonly unit: string | null; readonly person: string | null };

/** Whose dossiers are listed: of a unit, or of one person. */
export function MakerFilter({ unit, person }: MakerFilterProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const parties = useAsk('handling', 'parties', {}).data;
  const units = parties?.units ?? [];
  const persons = parties?.persons ?? [];
  if (units.length === 0 && persons.length === 0) return null;
  return (
    <Select
      size="small"
      className={styles.maker}
      aria-label={t('dossiers.filter.maker')}
      value={unit !== null ? `u:${unit}` : person !== null ? `p:${person}` : ''}
      onChange={(_, { value }) => {
        adjustAddress({ unit: value.startsWith('u:') ? value.slice(2) : null, person: value.startsWith('p:') ? value.slice(2) : null, id: null });
      }}
    >
      <option value="">{t('dossiers.filter.allMakers')}</option>
      {units.length > 0 && (
        <optgroup label={t('dossiers.filter.units')}>
          {units.map(({ id, name }) => (
            <option key={id} value={`u:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      {persons.length > 0 && (
        <optgroup label={t('dossiers.filter.persons')}>
          {persons.map(({ id, name }) => (
            <option key={id} value={`p:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </Select>
  );
}
