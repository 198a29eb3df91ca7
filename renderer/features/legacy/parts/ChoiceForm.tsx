import type { ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { legacyFields, type LegacyField, type LegacyFile, type LegacyRegister, type LegacySheet } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { choicesFor, headerFrom, isYear, type Choices } from '../choices.ts';
import { SmallTable } from './SmallTable.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '1100px' },
  row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: '12px', alignItems: 'start', '& *': { minWidth: 0 } },
  group: { border: 'none', margin: 0, padding: 0 },
  legend: { fontWeight: tokens.fontWeightSemibold, padding: '0 0 6px' },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

export type ChoiceFormProps = {
  readonly file: LegacyFile;
  readonly sheet: LegacySheet;
  readonly choices: Choices;
  readonly thisYear: number;
  readonly pending: boolean;
  readonly onChange: (choices: Choices) => void;
  readonly onPreview: () => void;
};

/** Which sheet, which register of which year, and what its columns hold. */
export function ChoiceForm({ file, sheet, choices, thisYear, pending, onChange, onPreview }: ChoiceFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const set = (change: Partial<Choices>): void => {
    onChange({ ...choices, ...change });
  };
  const headerWrong = headerFrom(choices.header) === undefined;
  const yearWrong = !isYear(choices.year, thisYear);
  return (
    <form
      className={styles.form}
      aria-label={t('legacy.tab.import')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && !headerWrong && !yearWrong) onPreview();
      }}
    >
      {file.notes.map((note) => (
        <Notice key={note} tone="info">
          {t(`legacy.note.${note}`)}
        </Notice>
      ))}
      {sheet.header === null && <Notice tone="attention">{t('legacy.noHeader')}</Notice>}
      <div className={styles.row}>
        {file.sheets.length > 1 && (
          <Field label={t('legacy.sheet')}>
            <Select
              name="sheet"
              value={choices.sheet}
              onChange={(_, { value }) => {
                const next = file.sheets.find(({ name }) => name === value);
                if (next !== undefined) onChange(choicesFor(next, thisYear));
              }}
            >
              {file.sheets.map(({ name, hidden }) => (
                <option key={name} value={name}>
                  {hidden ? t('legacy.sheetHidden', { name }) : name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t('legacy.register')}>
          <Select
            name="register"
            value={choices.register}
            onChange={(_, { value }) => {
              const register = value as LegacyRegister;
              set({ register, fields: sheet.columns.map((column) => column[register]) });
            }}
          >
            {(['incoming', 'outgoing'] as const).map((register) => (
              <option key={register} value={register}>
                {t(`legacy.register.${register}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('legacy.year')} validationState={yearWrong ? 'warning' : 'none'} validationMessage={yearWrong ? t('legacy.yearWrong', { year: String(thisYear) }) : null}>
          <Input name="year" inputMode="numeric" value={choices.year} maxLength={4} onChange={(_, { value }) => { set({ year: value }); }} />
        </Field>
        <Field
          label={t('legacy.header')}
          hint={t('legacy.headerHint')}
          validationState={headerWrong ? 'warning' : 'none'}
          validationMessage={headerWrong ? t('legacy.headerWrong') : null}
        >
          <Input name="header" value={choices.header} onChange={(_, { value }) => { set({ header: value }); }} />
        </Field>
        {choices.register === 'incoming' && (
          <Field label={t('legacy.book')} hint={t('legacy.bookHint')}>
            <Input name="book" value={choices.book} maxLength={60} onChange={(_, { value }) => { set({ book: value }); }} />
          </Field>
        )}
      </div>
      {choices.register === 'outgoing' && Number(choices.year) < thisYear && (
        <Checkbox label={t('legacy.perKind')} checked={choices.perKind} onChange={(_, { checked }) => { set({ perKind: checked === true }); }} />
      )}
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('legacy.columns')}</legend>
        <div className={styles.row}>
          {sheet.columns.map(({ index, letter, head }) => (
            <Field key={letter} label={`${t('legacy.columnOf', { letter })}: ${head === '' ? t('legacy.headless') : head.slice(0, 60)}`}>
              <Select
                name={`column-${letter}`}
                value={choices.fields[index] ?? 'ignore'}
                onChange={(_, { value }) => {
                  set({ fields: choices.fields.map((field, at) => (at === index ? (value as LegacyField) : field)) });
                }}
              >
                {legacyFields[choices.register].map((field) => (
                  <option key={field} value={field}>
                    {t(`legacy.column.${field}`)}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      </fieldset>
      <div>
        <Button appearance="primary" type="submit" disabledFocusable={pending || headerWrong || yearWrong}>
          {t('legacy.preview')}
          <KeyHint keys="Enter" onPrimary />
        </Button>
      </div>
      <h2 className={styles.heading}>{t('legacy.first')}</h2>
      <SmallTable
        label={t('legacy.first')}
        heads={[t('legacy.row'), ...sheet.columns.map(({ letter }) => letter)]}
        rows={sheet.first.map(({ row, cells }) => ({ key: String(row), cells: [row, ...cells] }))}
      />
    </form>
  );
}
