import { useDeferredValue, type ReactNode } from 'react';
import { Input, makeStyles, tokens } from '@fluentui/react-components';
import type { Agency } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { fold } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { AgencyLine, useFoundAgencies } from '../../directory/index.ts';
import type { FieldCommon } from './SuggestedField.tsx';

const useStyles = makeStyles({
  box: { position: 'relative' },
  input: { width: '100%', minWidth: 0, '& input': { minWidth: 0 } },
  code: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** What the directory knows of the name in the form. */
export type IssuerMatch = {
  /** of the one agency in force that is called so; '' when there is none, or more than one */
  readonly code: string;
  /** more than one is called so */
  readonly several: boolean;
};

/** More agencies of one name than this need not be told apart: two are too many already. */
const enough = 50;

/** Finds the issuer's name in the directory: only a whole name that stands for one agency in force is taken for it. */
export function useIssuerMatch(name: string): IssuerMatch {
  const asked = useDeferredValue(name.trim());
  // The space says that the last word is whole.
  const found = useAsk('directory', 'search', { text: `${asked.slice(0, 199)} `, limit: enough, includeClosed: false }, { enabled: asked !== '', fresh: true });
  const called = asked === name.trim() ? (found.data ?? []).filter((agency) => agency.foundAs === null && fold(agency.name) === fold(asked)) : [];
  return { code: called.length === 1 ? (called[0]?.code ?? '') : '', several: called.length > 1 };
}

export type IssuerInputProps = {
  readonly common: FieldCommon;
  /** the code that will be kept with the name; '' for none */
  readonly code: string;
  /** the directory has more than one of this name */
  readonly several: boolean;
  readonly onChange: (name: string) => void;
  readonly onPick: (agency: Agency) => void;
};

/** Who issued it: a name as it stands on the page, or an agency of the directory, which brings its code. */
export function IssuerInput({ common, code, several, onChange, onPick }: IssuerInputProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { found, isCurrent, nearly } = useFoundAgencies(common.value);
  const combobox = useCombobox({
    keys: found?.map(({ code }) => code) ?? null,
    empty: common.value.trim() === '',
    current: isCurrent,
    freeText: true,
    onPick: (index) => {
      const agency = found?.[index];
      if (agency !== undefined) onPick(agency);
    },
  });
  return (
    <div className={styles.box}>
      <Input
        className={styles.input}
        {...common}
        {...combobox.field}
        onKeyDown={(event) => {
          common.onKeyDown(event);
          combobox.field.onKeyDown(event);
        }}
        onChange={(_, { value }) => {
          onChange(value);
          combobox.typed();
        }}
      />
      <ComboboxList
        combobox={combobox}
        label={t('directory.picker.options')}
        options={(found ?? []).map((agency) => ({ key: agency.code, content: <AgencyLine agency={agency} /> }))}
        note={nearly ? t('directory.picker.nearly') : undefined}
      />
      {(code !== '' || several) && (
        <div className={styles.code}>{code === '' ? t('intake.issuerSeveral') : t('intake.issuerCode', { code })}</div>
      )}
    </div>
  );
}
