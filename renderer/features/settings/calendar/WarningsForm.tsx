import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Field, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { contract, DutySettings } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct, useSaved } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';

const { receiptAfterHours, morningEnds } = DutySettings.shape;

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } });

export type WarningsFormProps = { readonly settings: DutySettings };

/** What the acts leave open about ends, and how early the desk is warned. */
export function WarningsForm({ settings }: WarningsFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('duties', 'saveSettings');
  const form = useForm({
    ...settings,
    leadMinutes: String(settings.leadMinutes),
    urgentMinutes: String(settings.urgentMinutes),
  });
  const saved = useSaved(form.dirty);
  const act = useFormAct(form, {
    command: save,
    schema: contract.duties.saveSettings.input,
    words: 'duties',
    done: (kept) => {
      saved.note();
      cache.setQueryData(methodKey('duties', 'settings', {}), kept);
      void cache.invalidateQueries({ queryKey: methodKey('duties', 'list') });
    },
  });
  return (
    <FormSection
      title={t('duties.settings.title')}
      intro={t('duties.settings.intro')}
      submitLabel={t('duties.settings.save')}
      onSubmit={() => {
        const { leadMinutes, urgentMinutes } = form.values;
        act.submit({ ...form.values, leadMinutes: numberOf(leadMinutes), urgentMinutes: numberOf(urgentMinutes) });
      }}
      barred={save.barred}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
    >
      <div ref={form.box} className={styles.fields}>
        {(['leadMinutes', 'urgentMinutes'] as const).map((name) => (
          <TextField
            key={name}
            name={name}
            required
            label={t(`duties.settings.${name}`)}
            value={form.values[name]}
            fault={form.faults[name]}
            readOnly={false}
            onChange={(value) => {
              form.set({ [name]: value });
            }}
          />
        ))}
        <Field label={t('duties.settings.receiptAfterHours')}>
          <RadioGroup
            value={form.values.receiptAfterHours}
            onChange={(_, { value }) => {
              form.set({ receiptAfterHours: receiptAfterHours.parse(value) });
            }}
          >
            {receiptAfterHours.options.map((one) => (
              <Radio key={one} value={one} label={t(`duties.settings.receiptAfterHours.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        <Field label={t('duties.settings.morningEnds')}>
          <RadioGroup
            value={form.values.morningEnds}
            onChange={(_, { value }) => {
              form.set({ morningEnds: morningEnds.parse(value) });
            }}
          >
            {morningEnds.options.map((one) => (
              <Radio key={one} value={one} label={t(`duties.settings.morningEnds.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
      </div>
    </FormSection>
  );
}

/** An empty or odd field is no number, which the contract refuses; `Number('')` would be 0. */
function numberOf(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
