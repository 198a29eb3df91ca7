import { useState, type ReactNode } from 'react';
import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { PersonSearch20Regular } from '@fluentui/react-icons';
import type { Contract, OutputOf, Party } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';

const useStyles = makeStyles({
  box: { position: 'relative' },
  label: { display: 'block', marginBottom: '4px' },
  field: { width: '100%' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Known = OutputOf<Contract['handling']['parties']>;
type Option = { readonly party: Party; readonly name: string; readonly beside: string; readonly text: string };

export type PartyPickerProps = {
  readonly label: string;
  readonly fault: string | undefined;
  /** Takes what was chosen; the field is emptied for the next one. */
  readonly onPick: (party: Party) => void;
};

/**
 * A field that offers the office's units and persons while one types, with or without diacritics; a name that the office does not
 * know can be taken as it is typed.
 */
export function PartyPicker({ label, fault, onPick }: PartyPickerProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const known = useAsk('handling', 'parties', {}).data;
  const [text, setText] = useState('');
  const found = matching(known, text, (name) => t('handling.party.typed', { name }));
  const combobox = useCombobox({
    keys: found.length === 0 ? null : found.map(keyOf),
    empty: false,
    onPick: (index) => {
      const option = found[index];
      if (option === undefined) return;
      onPick(option.party);
      setText('');
    },
    ...(text === '' ? {} : { onClear: () => { setText(''); } }),
  });
  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={`${combobox.id}-field`}>
        {label}
      </label>
      <Input
        id={`${combobox.id}-field`}
        className={styles.field}
        {...combobox.field}
        name="party"
        aria-invalid={fault !== undefined}
        maxLength={200}
        value={text}
        placeholder={t('handling.party.placeholder')}
        contentBefore={<PersonSearch20Regular aria-hidden="true" />}
        onChange={(_, { value }) => {
          setText(value);
          combobox.typed();
        }}
      />
      <ComboboxList
        combobox={combobox}
        label={t('handling.party.options')}
        options={found.map((option) => ({
          key: keyOf(option),
          content: (
            <>
              {option.name} {option.beside !== '' && <span className={styles.small}>{option.beside}</span>}
            </>
          ),
        }))}
      />
      <LiveRegion message={combobox.shown ? t('handling.party.found', { count: found.length }) : ''} />
    </div>
  );
}

const offered = 12;

function keyOf({ party, name }: Option): string {
  return `${party.unit ?? ''} ${party.person ?? ''} ${name}`;
}

function matching(known: Known | undefined, text: string, typedWords: (name: string) => string): Option[] {
  const query = fold(text.trim());
  const all: Option[] = [
    ...(known?.units ?? []).map(({ id, name }) => ({ party: { unit: id, unitName: name, person: null, personName: '' }, name, beside: '', text: fold(name) })),
    ...(known?.persons ?? []).map(({ id, name, unit, unitName, position }) => {
      const beside = [position, unitName].filter((one) => one !== '').join(', ');
      return { party: { unit, unitName, person: id, personName: name }, name, beside, text: fold(`${name} ${beside}`) };
    }),
  ];
  const found = all.filter((option) => query === '' || foldedMatch(option.text, query)).slice(0, offered);
  const name = text.trim();
  if (name === '' || found.some((option) => fold(option.name) === query)) return found;
  return [...found, { party: { unit: null, unitName: name, person: null, personName: '' }, name: typedWords(name), beside: '', text: '' }];
}
