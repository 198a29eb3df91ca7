import { useState, type ReactNode } from 'react';
import { Field, Input, makeStyles, Textarea } from '@fluentui/react-components';
import type { AnyFailure } from '../../../bridge/failure.ts';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { faultsOf, type FrameDraft } from './frame-draft.ts';

const useStyles = makeStyles({ pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '160px' } } });

export type FrameDialogProps = {
  readonly side: 'giving' | 'receiving';
  readonly title: string;
  readonly confirm: string;
  readonly start: FrameDraft;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly onConfirm: (draft: FrameDraft) => void;
  readonly onClose: () => void;
};

const labels: Readonly<Record<keyof FrameDraft, MessageKey>> = {
  title: 'handover.field.title',
  agreement: 'handover.field.agreement',
  turn: 'handover.field.turn',
  giverName: 'handover.field.giverName',
  giverPosition: 'handover.field.giverPosition',
  takerName: 'handover.field.takerName',
  takerPosition: 'handover.field.takerPosition',
  media: 'handover.field.media',
  note: 'handover.field.note',
  partyName: 'handover.field.archiveName',
  partyCode: 'handover.field.archiveCode',
  registered: 'handover.field.registered',
};
const faultWords: Readonly<Partial<Record<keyof FrameDraft, MessageKey>>> = { partyCode: 'handover.fault.code', turn: 'handover.fault.turn', registered: 'handover.fault.registered' };

/** What both sides say of a hand-over: of what, for which registration, between whom. The lists and minutes are made of it. */
export function FrameDialog({ side, title, confirm, start, pending, failure, onConfirm, onClose }: FrameDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const faults = faultsOf(draft);
  const field = (name: keyof FrameDraft, more: { readonly required?: boolean; readonly hint?: MessageKey; readonly most?: number; readonly first?: boolean; readonly digits?: boolean } = {}): ReactNode => {
    const label = side === 'receiving' && name === 'partyName' ? 'handover.field.senderName' : side === 'receiving' && name === 'partyCode' ? 'handover.field.senderCode' : labels[name];
    const fault = tried && faults.has(name) ? t(faultWords[name] ?? 'dossiers.fault.empty') : undefined;
    return (
      <Field label={t(label)} required={more.required ?? false} hint={fault === undefined && more.hint !== undefined ? t(more.hint) : null} validationState={fault === undefined ? 'none' : 'error'} validationMessage={fault ?? null}>
        <Input name={name} value={draft[name]} maxLength={more.most ?? 200} {...(more.first === true ? { 'data-first': true } : {})} {...(more.digits === true ? { inputMode: 'numeric' as const } : {})} onChange={(_, { value }) => { setDraft({ ...draft, [name]: value }); }} />
      </Field>
    );
  };
  return (
    <ActDialog
      open
      title={title}
      confirm={confirm}
      pending={pending}
      failure={failure === undefined ? undefined : failureWords(t, failure)}
      onConfirm={() => {
        setTried(true);
        if (faults.size === 0) onConfirm(draft);
      }}
      onClose={onClose}
    >
      {field('title', { required: true, most: 500, first: true, hint: 'handover.hint.title' })}
      <div className={styles.pair}>
        {field('partyName', { required: true })}
        {field('partyCode', { required: true, most: 35, hint: 'handover.hint.code' })}
      </div>
      <div className={styles.pair}>
        {field('agreement', { most: 60, hint: 'handover.hint.agreement' })}
        {field('turn', { required: true, most: 2, digits: true })}
        {side === 'receiving' && field('registered', { most: 6, digits: true })}
      </div>
      <div className={styles.pair}>
        {field('giverName')}
        {field('giverPosition')}
      </div>
      <div className={styles.pair}>
        {field('takerName')}
        {field('takerPosition')}
      </div>
      {field('media', { most: 500, hint: 'handover.hint.media' })}
      <Field label={t('handover.field.note')}>
        <Textarea name="note" value={draft.note} maxLength={2000} rows={2} onChange={(_, { value }) => { setDraft({ ...draft, note: value }); }} />
      </Field>
    </ActDialog>
  );
}
