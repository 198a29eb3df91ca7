import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { contract, type WorkingHours } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct, useSaved } from '../use-form-act.ts';
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
  const form = useForm<WorkingHours>(hours);
  const saved = useSaved(form.dirty);
  const act = useFormAct(form, {
    command: save,
    schema: contract.calendar.saveHours.input,
    words: 'hours',
    done: (kept) => {
      saved.note();
      cache.setQueryData(methodKey('calendar', 'hours', {}), kept);
      void cache.invalidateQueries({ queryKey: methodKey('duties', 'list') });
    },
  });
  return (
    <FormSection
      title={t('calendar.hours.title')}
      intro={t('calendar.hours.intro')}
      submitLabel={t('calendar.hours.save')}
      onSubmit={() => {
        act.submit(form.values);
      }}
      barred={save.barred}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
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
