import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { contract, type AxisSettings } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { axisFields, inputOf, noSecrets, valuesOf, type AxisSecretValues } from '../axis-values.ts';
import { faultsOf, fieldFault, type Faults } from '../form-faults.ts';
import { AccountGroup, AddressGroup, CertificateGroup, ProxyGroup, TimesGroup } from '../parts/AxisGroups.tsx';
import { FormSection } from '../parts/FormSection.tsx';
import { useSaved } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import { ConnectionTest } from './ConnectionTest.tsx';

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', gap: '20px' },
  groups: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    gap: '20px 28px',
    alignItems: 'start',
  },
  column: { display: 'flex', flexDirection: 'column', gap: '20px' },
});

export type AxisFormProps = {
  readonly axis: AxisSettings;
  readonly practice: boolean;
  readonly version: string;
  /** where saving is a step to the next thing: what the button says, and what follows */
  readonly step?: { readonly submitLabel: string; readonly onSaved: () => void };
};

/**
 * The line to the interchange axis, straight or through a provincial broker, and its test. Stored secrets are never
 * shown; an empty field keeps them.
 */
export function AxisForm({ axis, practice, version, step }: AxisFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('station', 'saveAxis');
  const [failure, setFailure] = useState<AnyFailure>();
  const [secrets, setSecrets] = useState<AxisSecretValues>(noSecrets);
  const form = useForm(valuesOf(axis));
  const saved = useSaved(form.dirty || Object.values(secrets).some((secret) => secret !== ''));

  /** What is typed, if the contract takes it; otherwise its faults are shown. */
  const inputNow = (): ReturnType<typeof inputOf> | null => {
    const input = inputOf(form.values, secrets, axis);
    const faults = faultsOf(contract.station.saveAxis.input, input, t, 'axis');
    form.show(faults);
    return Object.keys(faults).length === 0 ? input : null;
  };
  const faultAt = (refused: AnyFailure): Faults => {
    if (refused.code === 'plain-http-not-allowed') return { endpoint: failureWords(t, refused) };
    if (refused.code.startsWith('ca-')) return { caPem: failureWords(t, refused) };
    return fieldFault(refused, axisFields, t, 'axis');
  };
  const submit = (): void => {
    setFailure(undefined);
    const input = inputNow();
    if (input === null) return;
    void save.run(input).then((outcome) => {
      // Not kept in the cache: a failed command leaves its input in memory otherwise.
      save.reset();
      if (outcome.ok) {
        setSecrets(noSecrets);
        saved.note();
        cache.setQueryData(methodKey('station', 'settings', {}), outcome.value);
        step?.onSaved();
        return;
      }
      const atField = faultAt(outcome.failure);
      form.show(atField);
      if (Object.keys(atField).length === 0) setFailure(outcome.failure);
    });
  };
  const group = {
    axis,
    values: form.values,
    secrets,
    faults: form.faults,
    readOnly: practice,
    set: form.set,
    setSecret: (part: Partial<AxisSecretValues>) => {
      setSecrets((before) => ({ ...before, ...part }));
    },
  };
  // Before a step is left it is tried; in the settings it stands apart.
  const test = <ConnectionTest inputNow={inputNow} typed={JSON.stringify([form.values, secrets])} version={version} />;
  return (
    <div className={styles.whole}>
      <FormSection
        title={t('settings.axis.title')}
        untitled={step !== undefined}
        intro={t('settings.axis.intro')}
        submitLabel={step?.submitLabel ?? t('settings.axis.save')}
        onSubmit={practice ? null : submit}
        barred={save.barred}
        pending={save.pending}
        said={saved.said}
        failure={failure}
      >
        <div ref={form.box} className={styles.groups}>
          <div className={styles.column}>
            <AddressGroup {...group} />
            <AccountGroup {...group} />
          </div>
          <div className={styles.column}>
            <ProxyGroup {...group} />
            <TimesGroup {...group} />
            <CertificateGroup {...group} />
          </div>
        </div>
        {step !== undefined && test}
      </FormSection>
      {step === undefined && test}
    </div>
  );
}
