import { useDeferredValue, type ReactNode } from 'react';
import { contract } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { dayOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { AreaField } from '../parts/AreaField.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import { LocalFile } from './LocalFile.tsx';

export type AnchorFormProps = { readonly onDone: () => void; readonly onCancel: () => void };

/** Adds an anchor: the certificate, its hash as it was published elsewhere, and why. */
export function AnchorForm({ onDone, onCancel }: AnchorFormProps): ReactNode {
  const t = useWords();
  const add = useCommand('signingSettings', 'addAnchor');
  const form = useForm({ certificate: '', sha256: '', reason: '' });
  const { values, faults, set } = form;
  const certificate = useDeferredValue(values.certificate);
  const read = useAsk('signingSettings', 'readAnchor', { certificate }, { enabled: certificate.trim() !== '' });
  const act = useFormAct(form, {
    command: add,
    schema: contract.signingSettings.addAnchor.input,
    words: 'signer',
    done: onDone,
    faultsIn: (failure) => {
      const field = String(failure.params?.['field'] ?? '');
      return field in values ? { [field]: failureWords(t, failure) } : {};
    },
  });
  const submit = (): void => {
    act.submit(values);
  };
  return (
    <TaskForm title={t('signer.anchors.add')} intro={t('signer.anchors.addIntro')} submitLabel={t('signer.anchors.save')} pending={add.pending} failure={act.failure} onSubmit={submit} onCancel={onCancel}>
      <div ref={form.box} style={{ display: 'contents' }}>
        <LocalFile
          name="certificateFile"
          accept=".cer,.crt,.pem,.der"
          words={t('signer.anchors.pick')}
          onFile={(file) => {
            void certificateText(file).then((text) => {
              set({ certificate: text });
            });
          }}
        />
        <AreaField
          name="certificate"
          label={t('signer.field.certificate')}
          hint={t('signer.hint.certificate')}
          value={values.certificate}
          fault={faults['certificate']}
          readOnly={false}
          rows={4}
          onChange={(value) => {
            set({ certificate: value });
          }}
        />
        {certificate.trim() !== '' && read.data !== undefined && (
          <Notice tone={read.data.authority ? 'info' : 'attention'} live>
            {t(read.data.authority ? 'signer.anchors.read' : 'signer.anchors.readPerson', {
              name: read.data.name,
              from: dayOf(read.data.validFrom),
              to: dayOf(read.data.validTo),
            })}
          </Notice>
        )}
        {certificate.trim() !== '' && read.isError && (
          <Notice tone="attention" live>
            {failureWords(t, failureOf(read.error))}
          </Notice>
        )}
        <TextField
          name="sha256"
          required
          label={t('signer.field.sha256')}
          hint={t('signer.hint.sha256')}
          value={values.sha256}
          fault={faults['sha256']}
          readOnly={false}
          onChange={(sha256) => {
            set({ sha256 });
          }}
        />
        <TextField
          name="reason"
          required
          label={t('signer.field.reason')}
          hint={t('signer.hint.anchorReason')}
          value={values.reason}
          fault={faults['reason']}
          readOnly={false}
          maxLength={500}
          onChange={(reason) => {
            set({ reason });
          }}
        />
      </div>
    </TaskForm>
  );
}

/** A certificate's file as text: PEM as it is, DER as Base64. */
async function certificateText(file: File): Promise<string> {
  if (file.size > 64 * 1024) return '';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = String.fromCharCode(...bytes);
  return text.includes('-----BEGIN') ? text : btoa(text);
}
