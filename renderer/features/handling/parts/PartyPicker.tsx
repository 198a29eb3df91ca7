import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PersonSearch20Regular } from '@fluentui/react-icons';
import type { Contract, OutputOf, Party } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';

const useStyles = makeStyles({
  box: { position: 'relative' },
  label: { display: 'block', marginBottom: '4px' },
  field: { width: '100%' },
  list: {
    position: 'absolute',
    zIndex: 10,
    top: '100%',
    left: 0,
    right: 0,
    margin: '2px 0 0',
    padding: '4px 0',
    listStyle: 'none',
    maxHeight: '260px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  option: { padding: '5px 12px', cursor: 'default', overflowWrap: 'anywhere', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  active: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
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
 * know can be taken as it is typed (combobox with a list, WAI-ARIA 1.2).
 */
export function PartyPicker({ label, fault, onPick }: PartyPickerProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const id = useId();
  const known = useAsk('handling', 'parties', {}).data;
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = open ? matching(known, text, (name) => t('handling.party.typed', { name })) : [];
  const shown = found.length > 0;
  const at = Math.min(active, found.length - 1);
  const pick = (option: Option | undefined): void => {
    if (option === undefined) return;
    onPick(option.party);
    setText('');
    setActive(0);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey) return;
    const last = found.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) setOpen(true);
      else if (event.key === 'ArrowDown') setActive(at >= last ? 0 : at + 1);
      else setActive(at <= 0 ? last : at - 1);
    } else if (event.key === 'Enter') {
      // The form around it must not be sent by choosing somebody.
      event.preventDefault();
      if (shown) pick(found[at]);
    } else if (event.key === 'Escape' && (open || text !== '')) {
      event.preventDefault();
      event.stopPropagation();
      if (shown) setOpen(false);
      else setText('');
    }
  };
  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={`${id}-field`}>
        {label}
      </label>
      <Input
        id={`${id}-field`}
        className={styles.field}
        role="combobox"
        name="party"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${id}-${String(at)}` : undefined}
        aria-invalid={fault !== undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        placeholder={t('handling.party.placeholder')}
        contentBefore={<PersonSearch20Regular aria-hidden="true" />}
        onChange={(_, { value }) => {
          setText(value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
        }}
      />
      {shown && (
        <ul id={`${id}-list`} role="listbox" aria-label={t('handling.party.options')} className={styles.list}>
          {found.map((option, index) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field keeps focus and keys
            <li
              key={`${option.party.unit ?? ''} ${option.party.person ?? ''} ${option.name}`}
              id={`${id}-${String(index)}`}
              role="option"
              aria-selected={index === at}
              className={mergeClasses(styles.option, index === at && styles.active)}
              onMouseDown={(event) => {
                // The field keeps the focus, so that the next one can be typed at once.
                event.preventDefault();
              }}
              onClick={() => {
                pick(option);
              }}
            >
              {option.name} {option.beside !== '' && <span className={styles.small}>{option.beside}</span>}
            </li>
          ))}
        </ul>
      )}
      <LiveRegion message={open ? t('handling.party.found', { count: found.length }) : ''} />
    </div>
  );
}

const offered = 12;

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
