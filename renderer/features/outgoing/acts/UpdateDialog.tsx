import { useState, type ReactNode } from 'react';
import { Field, Select, Textarea } from '@fluentui/react-components';
import type { OutgoingDetail, StoredFile } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { useRefreshSent } from '../../../bridge/sent-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField } from '../parts/DayField.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { codeOf } from '../parts/life-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';

export type UpdateDialogProps = {
  readonly document: OutgoingDetail;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** Changes what a sent document says of itself, or its files, and tells everybody who has it. */
export function UpdateDialog(props: UpdateDialogProps): ReactNode {
  const [opening, setOpening] = useState({ open: props.open, nth: 0 });
  if (props.open !== opening.open) setOpening({ open: props.open, nth: opening.nth + (props.open ? 1 : 0) });
  return <Asking key={opening.nth} {...props} />;
}

function Asking({ document, open, onClose, onDone }: UpdateDialogProps): ReactNode {
  const t = useWords();
  const update = useCommand('exchange', 'updateDocument');
  const refresh = useRefreshLife();
  const refreshSent = useRefreshSent();
  const [changes, setChanges] = useState({ subject: document.subject, urgency: document.urgency, dueDate: document.dueDate });
  const [files, setFiles] = useState<readonly StoredFile[] | null>(null);
  const [bringing, setBringing] = useState(false);
  const [reason, setReason] = useState('');
  const confirm = (): void => {
    void update.run({ document: document.id, changes, files: files === null ? null : [...files], reason: reason.trim() }).then(async (outcome) => {
      if (!outcome.ok) return;
      await refresh([document.id]);
      refreshSent([document.id]);
      onDone(t('update.done', { code: codeOf(document) }));
      onClose();
    });
  };
  return (
    <ActDialog
      open={open}
      title={t('update.title', { code: codeOf(document) })}
      confirm={t('update.act')}
      pending={update.pending}
      blocked={bringing || reason.trim() === '' || changes.subject.trim() === ''}
      failure={update.failure === undefined ? undefined : failureWords(t, update.failure, 'drafting')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('update.meaning')}</p>
      <Field label={t('draft.subject')} required>
        <Textarea
          name="subject"
          data-first
          value={changes.subject}
          maxLength={500}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => {
            setChanges({ ...changes, subject: value });
          }}
        />
      </Field>
      <Field label={t('field.urgency')}>
        <Select
          name="urgency"
          value={String(changes.urgency)}
          onChange={(_, { value }) => {
            setChanges({ ...changes, urgency: Number(value) });
          }}
        >
          {([0, 1, 2, 3, 4] as const).map((one) => (
            <option key={one} value={one}>
              {t(`urgency.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <DayField
        name="dueDate"
        label={t('draft.dueDate')}
        value={changes.dueDate}
        onChange={(dueDate) => {
          setChanges({ ...changes, dueDate });
        }}
      />
      <FilePick
        name="files"
        words={t('update.files')}
        several
        onFiles={setFiles}
        onWork={(work) => {
          setBringing(true);
          void work.finally(() => {
            setBringing(false);
          });
        }}
      />
      {files !== null && <p role="status">{t('update.newFiles', { names: files.map((one) => one.name).join(', ') })}</p>}
      <Field label={t('recall.reason')} required>
        <Textarea
          name="reason"
          value={reason}
          maxLength={500}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => {
            setReason(value);
          }}
        />
      </Field>
    </ActDialog>
  );
}
