import { useState, type ReactNode } from 'react';
import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { StoredFile } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { goToSigning, useMaySign } from '../../signing/index.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import type { SigningWay } from './signing-way.ts';

export type SignDialogProps = {
  /** the draft that its competent person signs, or the document that is sealed */
  readonly what: { readonly kind: 'sign'; readonly id: string; readonly version: number; readonly signer: string } | { readonly kind: 'seal'; readonly id: string; readonly code: string };
  readonly open: boolean;
  /** as it was done the last time */
  readonly way: SigningWay;
  readonly onWay: (way: SigningWay) => void;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** The ways to sign, or to seal: here with a token, or noted when it was done outside this program, which checks none of that. */
export function SignDialog(props: SignDialogProps): ReactNode {
  const [opening, setOpening] = useState({ open: props.open, nth: 0 });
  if (props.open !== opening.open) setOpening({ open: props.open, nth: opening.nth + (props.open ? 1 : 0) });
  return <Asking key={opening.nth} {...props} />;
}

function Asking({ what, open, way, onWay, onClose, onDone }: SignDialogProps): ReactNode {
  const t = useWords();
  const sign = useCommand('drafting', 'sign');
  const seal = useCommand('drafting', 'seal');
  const refresh = useRefreshLife();
  const role = what.kind === 'sign' ? 'person' : 'agency';
  const may = useMaySign(role);
  const [form, setForm] = useState(way);
  const [file, setFile] = useState<StoredFile | null>(null);
  const [bringing, setBringing] = useState(false);
  const { pending, failure } = what.kind === 'sign' ? sign : seal;
  const confirm = (): void => {
    if (form === 'program') {
      onWay(form);
      onClose();
      goToSigning(role, [what.id]);
      return;
    }
    const running = what.kind === 'sign' ? sign.run({ id: what.id, version: what.version, form, file }) : seal.run({ document: what.id, form, file });
    void running.then(async (outcome) => {
      await refresh([what.id]);
      if (!outcome.ok) return;
      onWay(form);
      onDone(t(`${what.kind}.done`));
      onClose();
    });
  };
  return (
    <ActDialog
      open={open}
      title={t(`${what.kind}.title`, what.kind === 'sign' ? { signer: what.signer } : { code: what.code })}
      confirm={t(form === 'program' ? `${what.kind}.actHere` : `${what.kind}.act`)}
      pending={pending}
      blocked={form !== 'program' && (bringing || (form === 'file' && file === null))}
      failure={failure === undefined ? undefined : failureWords(t, failure, 'drafting')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Field label={t(`${what.kind}.form`)}>
        <RadioGroup
          value={form}
          onChange={(_, { value }) => {
            setForm(value as SigningWay);
          }}
        >
          {may && <Radio value="program" label={t(`${what.kind}.form.program`)} />}
          <Radio value="file" label={t(`${what.kind}.form.file`)} />
          <Radio value="paper" label={t(`${what.kind}.form.paper`)} />
        </RadioGroup>
      </Field>
      <Notice tone="info">{t(form === 'program' ? `${what.kind}.here` : `${what.kind}.notChecked`)}</Notice>
      {form !== 'program' && (
        <>
          <FilePick
            name="signed"
            accept=".pdf"
            first={form === 'file'}
            words={t(form === 'file' ? 'sign.choose' : 'sign.chooseScan')}
            onFiles={([first]) => {
              setFile(first ?? null);
            }}
            onWork={(work) => {
              // Never the one before in place of the one that was chosen.
              setFile(null);
              setBringing(true);
              void work.finally(() => {
                setBringing(false);
              });
            }}
          />
          <p role="status">{file === null ? t(form === 'file' ? 'sign.noFile' : 'sign.noScan') : t('sign.file', { name: file.name, size: sizeWords(t, file.size) })}</p>
        </>
      )}
    </ActDialog>
  );
}
