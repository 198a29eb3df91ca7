import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import type { ReceiptDetail } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { CompareFile, type Compared } from '../parts/CompareFile.tsx';
import { countWords } from '../parts/count-words.ts';
import { FrameDialog } from '../parts/FrameDialog.tsx';
import { draftOf, receiptFieldsOf } from '../parts/frame-draft.ts';
import { useHandoverAct } from '../parts/use-handover-act.ts';

/** What may be asked of a receipt at the desk. */
export type ReceiptAsk = 'edit' | 'decide' | 'conclude' | 'compare';

type StepProps = { readonly receipt: ReceiptDetail; readonly onDone: (words: string) => void; readonly onClose: () => void };
export type ReceiptDialogsProps = StepProps & { readonly asked: ReceiptAsk | null; readonly onConclude: (number: string, archive: boolean) => void };

/** What a step of a receipt asks before it is taken. */
export function ReceiptDialogs({ asked, onConclude, ...step }: ReceiptDialogsProps): ReactNode {
  switch (asked) {
    case 'edit':
      return <Edit {...step} />;
    case 'decide':
      return <DecideAll {...step} />;
    case 'conclude':
      return <Conclude {...step} onConclude={onConclude} />;
    case 'compare':
      return <Compare {...step} />;
    case null:
      return null;
  }
}

function Edit({ receipt, onDone, onClose }: StepProps): ReactNode {
  const t = useWords();
  const save = useHandoverAct('saveReceipt');
  return (
    <FrameDialog
      side="receiving"
      title={t('handover.edit.receiving')}
      confirm={t('handover.edit.save')}
      start={draftOf(receipt.fields)}
      pending={save.pending}
      failure={save.failure}
      onConfirm={(draft) => {
        void save.run({ id: receipt.id, version: receipt.version, fields: receiptFieldsOf(draft) }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.saved'));
        });
      }}
      onClose={onClose}
    />
  );
}

/** By what the checks found; of what is like something held a person decides by name. */
function DecideAll({ receipt, onDone, onClose }: StepProps): ReactNode {
  const t = useWords();
  const decide = useHandoverAct('decide');
  return (
    <ActDialog
      open
      title={t('handover.decideAll.title', { count: receipt.undecided })}
      confirm={t('handover.decideAll.confirm')}
      pending={decide.pending}
      failure={decide.failure === undefined ? undefined : failureWords(t, decide.failure)}
      onConfirm={() => {
        void decide.run({ id: receipt.id, version: receipt.version, packages: null, decision: null, reason: '' }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.decided', { counts: countWords(t, { accepted: done.totals.accepted, refused: done.totals.refused }) }));
        });
      }}
      onClose={onClose}
    >
      <p>{t('handover.decideAll.meaning')}</p>
      {receipt.duplicates > 0 && <Notice tone="attention">{t('handover.decideAll.duplicates', { count: receipt.duplicates })}</Notice>}
    </ActDialog>
  );
}

function Conclude({ receipt, onConclude, onClose }: StepProps & { readonly onConclude: (number: string, archive: boolean) => void }): ReactNode {
  const t = useWords();
  const [number, setNumber] = useState(receipt.minutesNumber);
  const [archive, setArchive] = useState(true);
  return (
    <ActDialog open title={t('handover.conclude.title')} confirm={t('handover.conclude.confirm', { count: receipt.totals.accepted })} pending={false} blocked={number.trim() === ''} failure={undefined} onConfirm={() => { onConclude(number.trim(), archive); }} onClose={onClose}>
      <p>{t('handover.conclude.meaning', { accepted: receipt.totals.accepted, refused: receipt.totals.refused })}</p>
      <Field label={t('handover.paper.number')} required>
        <Input name="number" data-first value={number} maxLength={60} onChange={(_, { value }) => { setNumber(value); }} />
      </Field>
      <Field hint={t('handover.conclude.archiveWhy')}>
        <Checkbox name="archive" label={t('handover.conclude.archive')} checked={archive} onChange={(_, { checked }) => { setArchive(checked === true); }} />
      </Field>
    </ActDialog>
  );
}

function Compare({ receipt, onClose }: StepProps): ReactNode {
  const t = useWords();
  const [compared, setCompared] = useState<Compared | null>(null);
  return (
    <ModalDialog open title={t('handover.compare.title')} closeLabel={t('handover.compare.close')} onClose={onClose} foot={<Button data-first appearance="primary" onClick={onClose}>{t('handover.compare.close')}</Button>}>
      <p>{t('handover.compare.meaning')}</p>
      <CompareFile side="receiving" id={receipt.id} compared={compared} onCompared={setCompared} />
    </ModalDialog>
  );
}
