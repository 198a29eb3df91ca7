import { useState, type ReactNode } from 'react';
import type { Contract, DossierDetail, DossierFields, InputOf, OutputOf } from '#contract';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useDossierAct } from '../parts/use-dossier-act.ts';
import { draftOf, fieldsOf, type DossierDraft, type DraftFault } from './dossier-draft.ts';
import { DossierFieldsForm } from './DossierFieldsForm.tsx';

export type NewFrom = InputOf<Contract['dossiers']['prefill']>;
type Prefill = OutputOf<Contract['dossiers']['prefill']>;

export type NewDossierProps = { readonly from: NewFrom; readonly onClose: () => void; readonly onDone: (made: DossierDetail) => void };

/** Opens a dossier: from an entry of the plan, from a document's work, or without either. */
export function NewDossier({ from, onClose, onDone }: NewDossierProps): ReactNode {
  const t = useWords();
  const prefill = useAsk('dossiers', 'prefill', from, { fresh: true });
  // Fields that were shown stay: what is asked anew must not take away what is typed.
  const [first, setFirst] = useState<Prefill>();
  if (first === undefined && prefill.data !== undefined && !prefill.isFetching) setFirst(prefill.data);
  if (first === undefined) {
    return (
      <ModalDialog open title={t('dossiers.new.title')} closeLabel={t('common.close')} onClose={onClose}>
        {prefill.isError ? <Notice tone="attention">{failureWords(t, failureOf(prefill.error), 'dossiers')}</Notice> : <Waiting label={t('common.loading')} />}
      </ModalDialog>
    );
  }
  return <New prefill={first} onClose={onClose} onDone={onDone} />;
}

function New({ prefill, onClose, onDone }: Omit<NewDossierProps, 'from'> & { readonly prefill: Prefill }): ReactNode {
  const t = useWords();
  const command = useDossierAct('open');
  return (
    <Form
      title={t('dossiers.new.title')}
      confirm={t('dossiers.new.confirm')}
      initial={prefill.fields}
      intro={prefill.documents.length > 0 ? t('dossiers.new.with', { count: prefill.documents.length }) : ''}
      pending={command.pending}
      failure={command.failure}
      onSave={(fields) => {
        void command.run({ entry: prefill.entry, fields, documents: prefill.documents }).then((made) => {
          if (made !== undefined) onDone(made);
        });
      }}
      onClose={onClose}
    />
  );
}

export type EditDossierProps = { readonly dossier: DossierDetail; readonly onClose: () => void; readonly onDone: () => void };

/** Changes what is written of a dossier. */
export function EditDossier({ dossier, onClose, onDone }: EditDossierProps): ReactNode {
  const t = useWords();
  const command = useDossierAct('save');
  return (
    <Form
      title={t('dossiers.edit.title', { code: dossier.notation })}
      confirm={t('dossiers.edit.confirm')}
      initial={dossier.fields}
      intro=""
      pending={command.pending}
      failure={command.failure}
      onSave={(fields) => {
        void command.run({ id: dossier.id, version: dossier.version, fields }).then((changed) => {
          if (changed !== undefined) onDone();
        });
      }}
      onClose={onClose}
    />
  );
}

type FormProps = {
  readonly title: string;
  readonly confirm: string;
  readonly intro: string;
  readonly initial: DossierFields;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly onSave: (fields: DossierFields) => void;
  readonly onClose: () => void;
};

function Form({ title, confirm, intro, initial, pending, failure, onSave, onClose }: FormProps): ReactNode {
  const t = useWords();
  const [draft, setDraft] = useState<DossierDraft>(() => draftOf(initial));
  const [tried, setTried] = useState(false);
  const { fields, faults } = fieldsOf(draft);
  const shown: readonly DraftFault[] = tried ? faults : [];
  return (
    <ActDialog
      open
      title={title}
      confirm={confirm}
      pending={pending}
      failure={failure === undefined ? undefined : failureWords(t, failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (faults.length === 0) onSave(fields);
      }}
      onClose={onClose}
    >
      {intro !== '' && <Notice tone="info">{intro}</Notice>}
      <DossierFieldsForm
        draft={draft}
        faults={shown}
        onChange={(part) => {
          setDraft((before) => ({ ...before, ...part }));
        }}
      />
    </ActDialog>
  );
}
