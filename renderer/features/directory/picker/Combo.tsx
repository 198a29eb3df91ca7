import { useDeferredValue, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import type { Agency } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { AgencyLine } from '../parts/AgencyLine.tsx';

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
    maxHeight: '320px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  option: { display: 'block', padding: '5px 12px', cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  active: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  nothing: { padding: '6px 12px', color: tokens.colorNeutralForeground2 },
});

export type ComboProps = {
  /** Takes what was chosen; the field is emptied for the next one. */
  readonly onPick: (agency: Agency) => void;
};

/** A field that offers agencies while one types (combobox with a list, WAI-ARIA 1.2). */
export function Combo({ onPick }: ComboProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(text);
  const enabled = asked.trim() !== '';
  const search = useAsk('directory', 'search', { text: asked.slice(0, 200), limit: 12, includeClosed: false }, { enabled, keepFormer: true });
  const found = enabled ? search.data : undefined;
  const shown = open && found !== undefined;
  const at = Math.min(active, (found?.length ?? 0) - 1);
  const pick = (agency: Agency | undefined): void => {
    if (agency === undefined) return;
    onPick(agency);
    setText('');
    setActive(0);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const last = (found?.length ?? 0) - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) setOpen(true);
      else if (event.key === 'ArrowDown') setActive(at >= last ? 0 : at + 1);
      else setActive(at <= 0 ? last : at - 1);
    } else if (event.key === 'Enter' && text.trim() !== '') {
      // The form around it must not be sent by choosing somebody; nor is an old answer taken for the present text.
      event.preventDefault();
      if (shown && asked === text && !search.isPlaceholderData) pick(found[at]);
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
        {t('directory.picker.add')}
      </label>
      <Input
        id={`${id}-field`}
        className={styles.field}
        role="combobox"
        aria-expanded={shown && found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && at >= 0 ? `${id}-${String(at)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={t('directory.picker.placeholder')}
        contentBefore={<Search20Regular aria-hidden="true" />}
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
      {shown && found.length > 0 && (
        <ul id={`${id}-list`} role="listbox" aria-label={t('directory.picker.options')} className={styles.list}>
          {found.map((agency, index) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field keeps focus and keys
            <li
              key={agency.code}
              id={`${id}-${String(index)}`}
              role="option"
              aria-selected={index === at}
              className={mergeClasses(styles.option, index === at && styles.active)}
              onMouseDown={(event) => {
                // The field keeps the focus, so that the next one can be typed at once.
                event.preventDefault();
              }}
              onClick={() => {
                pick(agency);
              }}
            >
              <AgencyLine agency={agency} />
            </li>
          ))}
        </ul>
      )}
      {shown && found.length === 0 && !search.isPlaceholderData && (
        <div className={mergeClasses(styles.list, styles.nothing)}>{t('directory.picker.nothing')}</div>
      )}
      <LiveRegion message={shown ? t('directory.picker.found', { count: found.length }) : ''} />
    </div>
  );
}
