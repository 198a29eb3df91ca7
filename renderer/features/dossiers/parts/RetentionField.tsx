import { useState, type ReactNode } from 'react';
import { Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import type { Retention, RetentionRow } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { today } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ComboboxList } from '../../../ui/ComboboxList.tsx';
import { useCombobox } from '../../../ui/use-combobox.ts';
import { retentionWords } from './dossier-words.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', gap: '12px', alignItems: 'flex-end', flexWrap: 'wrap' },
  box: { position: 'relative' },
  label: { display: 'block', marginBottom: '4px' },
  full: { width: '100%' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  group: { border: 'none', margin: 0, padding: 0 },
});

/** As typed: the years are a number only once they are checked. */
export type RetentionDraft = Omit<Retention, 'years'> & { readonly years: string };

export function retentionDraft(retention: Retention): RetentionDraft {
  return { ...retention, years: retention.years === null ? '' : String(retention.years) };
}

/** What was typed as the contract has it; undefined while the years are none. */
export function retentionFrom(draft: RetentionDraft): Retention | undefined {
  if (draft.kind === 'permanent') return { ...draft, basis: draft.basis.trim(), years: null };
  const years = /^\d{1,3}$/.test(draft.years.trim()) ? Number(draft.years) : 0;
  return years < 1 ? undefined : { ...draft, basis: draft.basis.trim(), years };
}

export type RetentionFieldProps = { readonly value: RetentionDraft; readonly fault: string | undefined; readonly onChange: (value: RetentionDraft) => void };

/** How long, and what says so; taken from the office's schedule or written by hand. */
export function RetentionField({ value, fault, onChange }: RetentionFieldProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [text, setText] = useState('');
  const found = useAsk('keeping', 'findRows', { schedule: null, day: today(), words: text.trim(), after: null, limit: 12 }, { enabled: text.trim() !== '', keepFormer: true });
  const rows: readonly RetentionRow[] = text.trim() === '' ? [] : (found.data?.items ?? []);
  const combobox = useCombobox({
    keys: found.data === undefined || text.trim() === '' ? null : rows.map(({ id }) => id),
    empty: text === '',
    current: !found.isPlaceholderData,
    onPick: (index) => {
      const row = rows[index];
      if (row === undefined) return;
      setText('');
      onChange({
        kind: row.period.kind,
        years: row.period.kind === 'years' ? String(row.period.years) : '',
        basis: [row.basis, row.code].filter((part) => part !== '').join(', ') || row.group,
        scheduleRow: row.id,
      });
    },
    onClear: () => {
      setText('');
    },
  });
  return (
    <fieldset className={styles.group}>
      <div className={styles.stack}>
        <div className={styles.row}>
          <Field label={t('dossiers.retention')}>
            <RadioGroup
              layout="horizontal"
              value={value.kind}
              onChange={(_, chosen) => {
                onChange({ ...value, kind: chosen.value === 'permanent' ? 'permanent' : 'years', scheduleRow: null });
              }}
            >
              <Radio value="permanent" label={t('dossiers.retention.permanent')} />
              <Radio value="years" label={t('dossiers.retention.years')} />
            </RadioGroup>
          </Field>
          {value.kind === 'years' && (
            <Field label={t('dossiers.retention.count')} validationState={fault === undefined ? 'none' : 'error'} validationMessage={fault ?? null}>
              <Input
                name="years"
                inputMode="numeric"
                value={value.years}
                maxLength={3}
                style={{ width: '90px' }}
                onChange={(_, chosen) => {
                  onChange({ ...value, years: chosen.value, scheduleRow: null });
                }}
              />
            </Field>
          )}
        </div>
        <Field label={t('dossiers.retention.basis')}>
          <Input
            name="basis"
            value={value.basis}
            maxLength={300}
            onChange={(_, chosen) => {
              onChange({ ...value, basis: chosen.value, scheduleRow: null });
            }}
          />
        </Field>
        <div className={styles.box}>
          <label className={styles.label} htmlFor={`${combobox.id}-field`}>
            {t('dossiers.retention.find')}
          </label>
          <Input
            id={`${combobox.id}-field`}
            className={styles.full}
            {...combobox.field}
            value={text}
            maxLength={200}
            placeholder={t('dossiers.retention.findHint')}
            contentBefore={<Search20Regular aria-hidden="true" />}
            onChange={(_, chosen) => {
              setText(chosen.value);
              combobox.typed();
            }}
          />
          <ComboboxList
            combobox={combobox}
            label={t('dossiers.retention.find')}
            nothing={t('dossiers.retention.none')}
            options={rows.map((row) => ({
              key: row.id,
              content: (
                <>
                  {row.description} <span className={styles.small}>{[retentionWords(t, row.period.kind === 'years' ? row.period : { kind: 'permanent', years: null }), row.code, row.group].filter((part) => part !== '').join(' · ')}</span>
                </>
              ),
            }))}
          />
        </div>
      </div>
    </fieldset>
  );
}
