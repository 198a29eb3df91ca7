import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Checkbox, makeStyles } from '@fluentui/react-components';
import { contract, type SignerRule, type SigningSettings } from '#contract';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { AreaField } from '../parts/AreaField.tsx';
import { FieldGroup } from '../parts/FieldGroup.tsx';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { Choice } from '../people/Fields.tsx';
import { useFormAct, useSaved } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import { PolicyTable } from './PolicyTable.tsx';
import { decided, signingInputOf, signingValuesOf } from './signing-values.ts';

const useStyles = makeStyles({
  groups: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))', gap: '20px 28px', alignItems: 'start' },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
});

export type SigningFormProps = { readonly settings: SigningSettings; readonly rules: readonly SignerRule[] };

/** How this office signs: the signature itself, the token, and what follows from a doubt about a certificate. */
export function SigningForm({ settings, rules }: SigningFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('signingSettings', 'saveSettings');
  const form = useForm(signingValuesOf(settings));
  const { values, faults, set } = form;
  const readOnly = save.barred !== undefined;
  const saved = useSaved(form.dirty);
  const act = useFormAct(form, {
    command: save,
    schema: contract.signingSettings.saveSettings.input,
    words: 'signer',
    done: (kept) => {
      saved.note();
      cache.setQueryData(methodKey('signingSettings', 'settings', {}), kept);
    },
  });
  return (
    <FormSection
      title={t('signer.settings.title')}
      intro={t('signer.settings.intro')}
      submitLabel={t('signer.settings.save')}
      onSubmit={() => {
        act.submit(signingInputOf(values));
      }}
      barred={save.barred}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
    >
      <div ref={form.box} className={styles.groups}>
        <FieldGroup title={t('signer.group.signature')}>
          <Choice
            name="level"
            label={t('signer.field.level')}
            hint={t('signer.hint.level')}
            value={values.level}
            disabled={readOnly}
            options={(['B', 'T', 'LT', 'LTA'] as const).map((one) => [one, t(`signer.level.${one}`)])}
            onChange={(value) => {
              set({ level: value as SigningSettings['level'] });
            }}
          />
          <TextField
            name="tsa"
            label={t('signer.field.tsa')}
            hint={t('signer.hint.tsa')}
            value={values.tsa}
            fault={faults['tsa']}
            readOnly={readOnly}
            onChange={(tsa) => {
              set({ tsa });
            }}
          />
          {values.level !== 'B' && values.tsa.trim() === '' && <Notice tone="attention">{t('signer.noTsa')}</Notice>}
          <Choice
            name="rsa"
            label={t('signer.field.rsa')}
            hint={t('signer.hint.rsa')}
            value={values.rsa}
            disabled={readOnly}
            options={(['pkcs1', 'pss'] as const).map((one) => [one, t(`signer.rsa.${one}`)])}
            onChange={(value) => {
              set({ rsa: value as SigningSettings['rsa'] });
            }}
          />
          <Choice
            name="digest"
            label={t('signer.field.digest')}
            value={values.digest}
            disabled={readOnly}
            options={(['sha256', 'sha384', 'sha512'] as const).map((one) => [one, t(`signer.digest.${one}`)])}
            onChange={(value) => {
              set({ digest: value as SigningSettings['digest'] });
            }}
          />
        </FieldGroup>
        <FieldGroup title={t('signer.group.work')}>
          <TextField
            name="keepPinMinutes"
            label={t('signer.field.keepPinMinutes')}
            hint={t('signer.hint.keepPinMinutes')}
            value={values.keepPinMinutes}
            fault={faults['keepPinMinutes']}
            readOnly={readOnly}
            onChange={(keepPinMinutes) => {
              set({ keepPinMinutes });
            }}
          />
          <Checkbox
            label={t('signer.field.openEach')}
            checked={values.openEach}
            disabled={readOnly}
            onChange={(_, { checked }) => {
              set({ openEach: checked === true });
            }}
          />
          <AreaField
            name="hosts"
            label={t('signer.field.hosts')}
            hint={t('signer.hint.hosts')}
            value={values.hosts}
            fault={faults['hosts']}
            readOnly={readOnly}
            rows={3}
            onChange={(hosts) => {
              set({ hosts });
            }}
          />
        </FieldGroup>
        <div className={styles.wide}>
          <FieldGroup title={t('signer.group.policy')}>
            <PolicyTable
              rules={rules}
              policy={values.policy}
              readOnly={readOnly}
              onDecide={({ code, usual }, chosen) => {
                set({ policy: decided(values.policy, code, chosen, usual) });
              }}
            />
          </FieldGroup>
        </div>
      </div>
    </FormSection>
  );
}
