import { useDeferredValue, useState, type ReactNode } from 'react';
import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import type { Agency, FoundAgency } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { AgencyLine } from '../parts/AgencyLine.tsx';

const useStyles = makeStyles({
  box: { position: 'relative' },
  label: { display: 'block', marginBottom: '4px' },
  field: { width: '100%' },
  hint: { margin: '2px 0 0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, textWrap: 'pretty' },
});

export type ComboProps = {
  /** what is looked for; default: one more recipient */
  readonly label?: string;
  /** stands under the field; '' for nothing */
  readonly hint?: string;
  /** Takes what was chosen; the field is emptied for the next one. */
  readonly onPick: (agency: Agency) => void;
};

/** A field that offers agencies while one types. */
export function Combo({ label, hint = '', onPick }: ComboProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [text, setText] = useState('');
  const { found, isCurrent, nearly } = useFoundAgencies(text);
  const combobox = useCombobox({
    keys: found?.map(({ code }) => code) ?? null,
    empty: text.trim() === '',
    current: isCurrent,
    onPick: (index) => {
      const agency = found?.[index];
      if (agency === undefined) return;
      onPick(agency);
      setText('');
    },
    onClear: () => {
      setText('');
    },
  });
  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={`${combobox.id}-field`}>
        {label ?? t('directory.picker.add')}
      </label>
      <Input
        id={`${combobox.id}-field`}
        className={styles.field}
        {...combobox.field}
        value={text}
        placeholder={t(label === undefined ? 'directory.picker.placeholder' : 'directory.picker.placeholderOne')}
        contentBefore={<Search20Regular aria-hidden="true" />}
        {...(hint === '' ? {} : { 'aria-describedby': `${combobox.id}-hint` })}
        onChange={(_, { value }) => {
          setText(value);
          combobox.typed();
        }}
      />
      <ComboboxList
        combobox={combobox}
        label={t('directory.picker.options')}
        options={(found ?? []).map((agency) => ({ key: agency.code, content: <AgencyLine agency={agency} /> }))}
        nothing={isCurrent ? t('directory.picker.nothing') : undefined}
        note={nearly ? t('directory.picker.nearly') : undefined}
      />
      {hint !== '' && (
        <p id={`${combobox.id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      <LiveRegion message={combobox.shown ? t(nearly ? 'directory.resultsNearly' : 'directory.picker.found', { count: found?.length ?? 0 }) : ''} />
    </div>
  );
}

export type FoundAgencies = {
  readonly found: readonly FoundAgency[] | undefined;
  /** they answer to the present text */
  readonly isCurrent: boolean;
  /** nobody is called so; these are merely alike */
  readonly nearly: boolean;
};

/** Agencies in force for what is typed; undefined while nothing is. */
export function useFoundAgencies(text: string): FoundAgencies {
  const asked = useDeferredValue(text);
  const enabled = asked.trim() !== '';
  const search = useAsk('directory', 'search', { text: asked.slice(0, 200), limit: 12, includeClosed: false }, { enabled, keepFormer: true });
  const found = enabled ? search.data : undefined;
  return { found, isCurrent: asked === text && !search.isPlaceholderData, nearly: found?.[0]?.nearly === true };
}
