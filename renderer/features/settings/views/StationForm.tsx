import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { contract, type StationSettings } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { fieldFault } from '../form-faults.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct, useSaved } from '../use-form-act.ts';
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
  const form = useForm({ organId: settings.agency.organId, name: settings.agency.name, operator: settings.operator });
  const saved = useSaved(form.dirty);
  const act = useFormAct(form, {
    command: save,
    schema: contract.station.saveStation.input,
    words: 'station',
    done: (kept) => {
      saved.note();
      cache.setQueryData(methodKey('station', 'settings', {}), kept);
      void cache.invalidateQueries({ queryKey: methodKey('station', 'status') });
    },
    faultsIn: (failure) => fieldFault(failure, fields, t, 'station'),
  });
  const submit = (): void => {
    act.submit({ ...form.values, organId: form.values.organId.trim().toUpperCase() });
  };
  return (
    <FormSection
      title={t('settings.station.title')}
      intro={t('settings.station.intro')}
      submitLabel={t('settings.station.save')}
      onSubmit={practice ? null : submit}
      barred={save.barred}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
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
