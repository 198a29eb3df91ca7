import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Field, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { AxisKind, contract, type AxisSettings } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { faultsOf, fieldFault } from '../form-faults.ts';
import { BrokerAccount } from '../parts/BrokerAccount.tsx';
import { FormSection } from '../parts/FormSection.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useForm } from '../use-form.ts';

const fields = [
  'kind',
  'endpoint',
  'systemId',
  'secret',
  'username',
  'password',
  'applicationCode',
  'pollSeconds',
  'plainHttpHosts',
];

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } });

export type AxisFormProps = { readonly axis: AxisSettings; readonly practice: boolean };

/**
 * The line to the interchange axis, straight or through a provincial broker. Stored secrets are never shown; an empty
 * field keeps them.
 */
export function AxisForm({ axis, practice }: AxisFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const save = useCommand('station', 'saveAxis');
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const [secret, setSecret] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm({
    kind: axis.kind,
    endpoint: axis.endpoint,
    systemId: axis.systemId,
    username: axis.username,
    applicationCode: axis.applicationCode,
    pollSeconds: String(axis.pollSeconds),
    plainHttpHosts: axis.plainHttpHosts.join('\n'),
  });
  const submit = (): void => {
    setFailure(undefined);
    const input = {
      kind: form.values.kind,
      endpoint: form.values.endpoint.trim(),
      systemId: form.values.systemId.trim(),
      plainHttpHosts: form.values.plainHttpHosts.split(/[\s,;]+/).filter((host) => host !== ''),
      pollSeconds: form.values.pollSeconds.trim() === '' ? Number.NaN : Number(form.values.pollSeconds),
      secret: secret === '' ? null : secret,
      username: form.values.username.trim(),
      applicationCode: form.values.applicationCode.trim(),
      password: password === '' ? null : password,
    };
    const faults = faultsOf(contract.station.saveAxis.input, input, t, 'axis');
    form.show(faults);
    if (Object.keys(faults).length > 0) return;
    void save.run(input).then((outcome) => {
      // Not kept in the cache: a failed command leaves its input in memory otherwise.
      save.reset();
      if (outcome.ok) {
        setSecret('');
        setPassword('');
        setSavedAt(new Date());
        cache.setQueryData(methodKey('station', 'settings', {}), outcome.value);
        return;
      }
      const atField =
        outcome.failure.code === 'plain-http-not-allowed'
          ? { endpoint: failureWords(t, outcome.failure) }
          : fieldFault(outcome.failure, fields, t, 'axis');
      form.show(atField);
      if (Object.keys(atField).length === 0) setFailure(outcome.failure);
    });
  };
  const dirty = form.dirty || secret !== '' || password !== '';
  return (
    <FormSection
      title={t('settings.axis.title')}
      intro={t('settings.axis.intro')}
      submitLabel={t('settings.axis.save')}
      onSubmit={practice ? null : submit}
      pending={save.pending}
      said={dirty ? t('settings.unsaved') : savedAt === null ? '' : t('settings.savedAt', { time: timeOf(savedAt) })}
      failure={failure}
    >
      <div ref={form.box} className={styles.fields}>
        <Field label={t('settings.axis.kind')} hint={t('settings.axis.kindHint')}>
          <RadioGroup
            value={form.values.kind}
            disabled={practice}
            onChange={(_, { value }) => {
              const kind = AxisKind.options.find((one) => one === value);
              if (kind !== undefined) form.set({ kind });
            }}
          >
            {AxisKind.options.map((one) => (
              <Radio key={one} value={one} label={t(`settings.axis.kind.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        <TextField
          name="endpoint"
          label={t('settings.axis.endpoint')}
          hint={form.values.kind === 'vxp' ? t('settings.axis.endpointHint') : t('settings.axis.endpointHintBroker')}
          value={form.values.endpoint}
          fault={form.faults['endpoint']}
          readOnly={practice}
          onChange={(endpoint) => {
            form.set({ endpoint });
          }}
        />
        <TextField
          name="systemId"
          label={t('settings.axis.systemId')}
          hint={t('settings.axis.systemIdHint')}
          value={form.values.systemId}
          fault={form.faults['systemId']}
          readOnly={practice}
          onChange={(systemId) => {
            form.set({ systemId });
          }}
        />
        <TextField
          name="secret"
          type="password"
          autoComplete="new-password"
          label={t('settings.axis.secret')}
          hint={axis.hasSecret ? t('settings.axis.secretKept') : t('settings.axis.secretAbsent')}
          value={secret}
          fault={form.faults['secret']}
          readOnly={practice}
          onChange={setSecret}
        />
        {form.values.kind === 'lgsp-rest' && (
          <BrokerAccount
            username={form.values.username}
            password={password}
            applicationCode={form.values.applicationCode}
            hasPassword={axis.hasPassword}
            faults={form.faults}
            readOnly={practice}
            onChange={form.set}
            onPassword={setPassword}
          />
        )}
        <TextField
          name="pollSeconds"
          required
          label={t('settings.axis.pollSeconds')}
          hint={t('settings.axis.pollSecondsHint')}
          value={form.values.pollSeconds}
          fault={form.faults['pollSeconds']}
          readOnly={practice}
          onChange={(pollSeconds) => {
            form.set({ pollSeconds });
          }}
        />
        <Field
          label={t('settings.axis.plainHttpHosts')}
          hint={form.faults['plainHttpHosts'] === undefined ? t('settings.axis.plainHttpHostsHint') : null}
          validationState={form.faults['plainHttpHosts'] === undefined ? 'none' : 'warning'}
          validationMessage={form.faults['plainHttpHosts'] ?? null}
        >
          <Textarea
            name="plainHttpHosts"
            rows={3}
            spellCheck={false}
            readOnly={practice}
            value={form.values.plainHttpHosts}
            onChange={(_, { value }) => {
              form.set({ plainHttpHosts: value });
            }}
          />
        </Field>
      </div>
    </FormSection>
  );
}
