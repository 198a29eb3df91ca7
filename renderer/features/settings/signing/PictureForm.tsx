import { useEffect, useState, type ReactNode } from 'react';
import { contract, type Person, type PictureKind, type StoredFile } from '#contract';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useConnection } from '../../../bridge/context.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { stageFile } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { faultsOf } from '../form-faults.ts';
import { TextField } from '../parts/TextField.tsx';
import { Choice } from '../people/Fields.tsx';
import { useForm } from '../use-form.ts';
import { LocalFile } from './LocalFile.tsx';
import { PictureGround } from './PictureGround.tsx';

export type PictureFormProps = {
  readonly kind: PictureKind;
  /** whose signatures the person at the window may set; one of them is chosen */
  readonly persons: readonly Pick<Person, 'id' | 'name'>[];
  /** of the picture that is replaced, or the usual width */
  readonly widthMm: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** Sets a picture: whose, the file, seen at once as it is, its true width, and why. */
export function PictureForm({ kind, persons, widthMm, onDone, onCancel }: PictureFormProps): ReactNode {
  const t = useWords();
  const connection = useConnection();
  const save = useCommand('signingSettings', 'savePicture');
  const [failure, setFailure] = useState<AnyFailure>();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const form = useForm({ person: persons[0]?.id ?? '', widthMm, reason: '' });
  const { values, faults, set } = form;
  const source = useObjectUrl(file);
  const width = Number(values.widthMm.trim().replace(',', '.'));

  async function submit(): Promise<void> {
    setFailure(undefined);
    const about = { kind, person: kind === 'seal' ? null : values.person, widthMm: values.widthMm.trim() === '' ? Number.NaN : width, reason: values.reason };
    const unseen: StoredFile = { name: 'x', mediaType: 'image/png', size: 0, sha256: '0'.repeat(64) };
    const found = faultsOf(contract.signingSettings.savePicture.input, { ...about, file: unseen }, t, 'signer');
    form.show(found);
    if (Object.keys(found).length > 0 || busy) return;
    if (file === null) {
      setFailure({ code: 'picture-missing' });
      return;
    }
    setBusy(true);
    try {
      const stored = await stageFile(connection, file);
      const outcome = await save.run({ ...about, file: stored });
      if (outcome.ok) onDone();
      else setFailure(outcome.failure);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <TaskForm
      title={t(`signer.picture.set.${kind}`)}
      intro={t(`signer.picture.setIntro.${kind}`)}
      submitLabel={t('signer.picture.save')}
      pending={busy}
      failure={undefined}
      onSubmit={() => {
        void submit();
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        {kind === 'signature' && (
          <Choice
            name="person"
            label={t('signer.field.person')}
            value={values.person}
            options={persons.map(({ id, name }) => [id, name])}
            onChange={(person) => {
              set({ person });
            }}
          />
        )}
        <LocalFile
          name="picture"
          accept=".png,image/png"
          words={t('signer.picture.pick')}
          onFile={(picked) => {
            setFile(picked);
            setFailure(undefined);
          }}
        />
        {file !== null && source !== null && (
          <PictureGround source={source} words={t('signer.picture.chosen', { name: file.name })} widthMm={width >= 5 && width <= 150 ? width : 40} />
        )}
        <TextField
          name="widthMm"
          required
          label={t('signer.field.widthMm')}
          hint={t(`signer.hint.widthMm.${kind}`)}
          value={values.widthMm}
          fault={faults['widthMm']}
          readOnly={false}
          onChange={(value) => {
            set({ widthMm: value });
          }}
        />
        <TextField
          name="reason"
          required
          label={t('signer.field.reason')}
          hint={t('signer.hint.pictureReason')}
          value={values.reason}
          fault={faults['reason']}
          readOnly={false}
          maxLength={500}
          onChange={(reason) => {
            set({ reason });
          }}
        />
        {failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, failure)}
          </Notice>
        )}
      </div>
    </TaskForm>
  );
}

/** An address for a picked file as long as it is shown. */
function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [file]);
  return url;
}
