import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { contract, type WorkingHours } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { faultsOf } from '../form-faults.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useForm } from '../use-form.ts';

const fields = ['morningFrom', 'morningTo', 'afternoonFrom', 'afternoonTo'] as const;

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    // A text field is as wide as twenty letters by itself; these hold five.
    '& input': { width: '100%', minWidth: 0 },
    '& *': { minWidth: 0 },
  },
});

export type HoursFormProps = { readonly hours: WorkingHours };

/** The two shifts of a working day. */
export function HoursForm({ hours }: HoursFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('calendar', 'saveHours');
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const form = useForm<WorkingHours>(hours);
  const submit = (): void => {
    setFailure(undefined);
    const faults = faultsOf(contract.calendar.saveHours.input, form.values, t, 'hours');
    form.show(faults);
    if (Object.keys(faults).length > 0) return;
    void save.run(form.values).then((outcome) => {
      if (!outcome.ok) {
        setFailure(outcome.failure);
        return;
      }
      setSavedAt(new Date());
      cache.setQueryData(methodKey('calendar', 'hours', {}), outcome.value);
      void cache.invalidateQueries({ queryKey: methodKey('duties', 'list') });
    });
  };
  return (
    <FormSection
      title={t('calendar.hours.title')}
      intro={t('calendar.hours.intro')}
      submitLabel={t('calendar.hours.save')}
      onSubmit={submit}
      barred={save.barred}
      pending={save.pending}
      said={form.dirty ? t('settings.unsaved') : savedAt === null ? '' : t('settings.savedAt', { time: timeOf(savedAt) })}
      failure={failure}
    >
      <div ref={form.box} className={styles.fields}>
        {fields.map((name) => (
          <TextField
            key={name}
            name={name}
            required
            label={t(`calendar.hours.${name}`)}
            value={form.values[name]}
            fault={form.faults[name]}
            readOnly={false}
            onChange={(value) => {
              form.set({ [name]: value });
            }}
          />
        ))}
      </div>
    </FormSection>
  );
}
