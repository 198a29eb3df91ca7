import { useState, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import type { Addressee } from '../addressees.ts';
import { useMakeAndShow } from '../use-make-and-show.ts';

export type DispatchNoteDialogProps = { readonly document: string; readonly addressees: readonly Addressee[]; readonly onClose: () => void };

/** To whom the note goes with the paper, and its own number; then it is shown to be printed. */
export function DispatchNoteDialog({ document, addressees, onClose }: DispatchNoteDialogProps): ReactNode {
  const t = useWords();
  const { make, pending, failure } = useMakeAndShow('makeDispatchNote');
  const [to, setTo] = useState(addressees[0]?.name.slice(0, 200) ?? '');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && to.trim() === '';
  return (
    <ActDialog
      open
      title={t('printing.note.title')}
      confirm={t('printing.note.make')}
      pending={pending}
      failure={failure === undefined ? undefined : failureWords(t, failure)}
      onConfirm={() => {
        setTried(true);
        if (to.trim() !== '') void make({ outgoing: [document], to: to.trim(), code: code.trim() });
      }}
      onClose={onClose}
    >
      <p>{t('printing.note.meaning')}</p>
      <Field label={t('printing.note.to')} required validationState={missing ? 'error' : 'none'} validationMessage={missing ? t('printing.note.nobody') : null}>
        <Input name="to" value={to} maxLength={200} autoComplete="off" list="dispatch-note-to" data-first onChange={(_, { value }) => { setTo(value); }} />
      </Field>
      <datalist id="dispatch-note-to">
        {addressees.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label={t('printing.note.code')} hint={t('printing.note.codeHint')}>
        <Input name="code" value={code} maxLength={40} autoComplete="off" onChange={(_, { value }) => { setCode(value); }} />
      </Field>
    </ActDialog>
  );
}
