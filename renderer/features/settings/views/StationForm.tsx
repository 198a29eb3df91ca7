import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { contract, type StationSettings } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { faultsOf, fieldFault } from '../form-faults.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useForm } from '../use-form.ts';

const fields = ['organId', 'name', 'operator'];

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } });

export type StationFormProps = { readonly settings: StationSettings; readonly practice: boolean };

/** Agency and operator. */
export function StationForm({ settings, practice }: StationFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('station', 'saveStation');
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const form = useForm({ organId: settings.agency.organId, name: settings.agency.name, operator: settings.operator });
  const submit = (): void => {
    setFailure(undefined);
    const input = { ...form.values, organId: form.values.organId.trim().toUpperCase() };
    const faults = faultsOf(contract.station.saveStation.input, input, t, 'station');
    form.show(faults);
    if (Object.keys(faults).length > 0) return;
    void save.run(input).then((outcome) => {
      if (outcome.ok) {
        setSavedAt(new Date());
        cache.setQueryData(methodKey('station', 'settings', {}), outcome.value);
        void cache.invalidateQueries({ queryKey: methodKey('station', 'status') });
        return;
      }
      const atField = fieldFault(outcome.failure, fields, t, 'station');
      form.show(atField);
      if (Object.keys(atField).length === 0) setFailure(outcome.failure);
    });
  };
  return (
    <FormSection
      title={t('settings.station.title')}
      intro={t('settings.station.intro')}
      submitLabel={t('settings.station.save')}
      onSubmit={practice ? null : submit}
      barred={save.barred}
      pending={save.pending}
      said={form.dirty ? t('settings.unsaved') : savedAt === null ? '' : t('settings.savedAt', { time: timeOf(savedAt) })}
      failure={failure}
    >
      <div ref={form.box} className={styles.fields}>
        <TextField
          name="organId"
          required
          label={t('settings.station.organId')}
          hint={t('settings.station.organIdHint')}
          value={form.values.organId}
          fault={form.faults['organId']}
          readOnly={practice}
          onChange={(organId) => {
            form.set({ organId });
          }}
        />
        <TextField
          name="name"
          required
          label={t('settings.station.name')}
          value={form.values.name}
          fault={form.faults['name']}
          readOnly={practice}
          onChange={(name) => {
            form.set({ name });
          }}
        />
        <TextField
          name="operator"
          required
          label={t('settings.station.operator')}
          hint={t('settings.station.operatorHint')}
          value={form.values.operator}
          fault={form.faults['operator']}
          readOnly={practice}
          onChange={(operator) => {
            form.set({ operator });
          }}
        />
      </div>
    </FormSection>
  );
}
