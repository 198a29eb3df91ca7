import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Contract, InputOf } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DraftEditor } from './DraftEditor.tsx';

const useStyles = makeStyles({ note: { padding: '12px 16px' } });

export type FormPaneProps = {
  /** names this form in the address */
  readonly formKey: string;
  /** `new`, `reply`, `correction`, `replacement`, or the id of a draft */
  readonly what: string;
  /** the document that a new one answers, corrects or replaces */
  readonly about: string | null;
};

/** The form of a draft, with what it begins with or says now. */
export function FormPane({ formKey, what, about }: FormPaneProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const begin = beginningOf(what, about);
  const fresh = useAsk('drafting', 'prefill', begin ?? { as: 'new' }, { enabled: begin !== null });
  const draft = useAsk('drafting', 'get', { id: what }, { enabled: begin === null });
  const failed = fresh.isError ? fresh : draft.isError ? draft : null;
  if (failed !== null) {
    return (
      <div className={styles.note}>
        <Unanswered error={failed.error} onAgain={() => void failed.refetch()} />
      </div>
    );
  }
  if (begin !== null && fresh.data !== undefined) {
    return <DraftEditor formKey={formKey} storeKey={`${what} ${about ?? ''}`} start={{ fields: fresh.data.fields, files: [] }} draft={null} about={fresh.data.about} />;
  }
  if (begin === null && draft.data !== undefined) {
    const { fields, files } = draft.data;
    return <DraftEditor formKey={formKey} storeKey={what} start={{ fields, files }} draft={draft.data} about={draft.data.repliesTo} />;
  }
  return <Waiting label={t('common.loading')} lines={10} />;
}

function beginningOf(what: string, about: string | null): InputOf<Contract['drafting']['prefill']> | null {
  if (what === 'new' || ((what === 'reply' || what === 'correction' || what === 'replacement') && about === null)) return { as: 'new' };
  if (what === 'reply') return { as: 'reply', incoming: about ?? '' };
  if (what === 'correction' || what === 'replacement') return { as: what, document: about ?? '' };
  return null;
}
