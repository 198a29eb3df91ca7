import { useState, type ReactNode } from 'react';
import { Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import type { DraftDetail } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { useSession } from '../../../bridge/session.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { HintList } from '../hints/HintList.tsx';
import type { FormHint } from '../hints/form-hints.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';

const useStyles = makeStyles({
  meaning: { color: tokens.colorNeutralForeground2, margin: 0 },
});

export type CheckDialogProps = {
  readonly draft: DraftDetail;
  readonly kind: 'content' | 'form';
  readonly open: boolean;
  /** what the program remarked on the form; null while it looks */
  readonly hints: readonly FormHint[] | null;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/**
 * Who made the check before: often the same person goes through a pile, whose name is offered to be typed over. Only where one
 * operator writes down for all; who is signed in checks himself unless he says otherwise.
 */
const personBefore = { content: '', form: '' };

/** The two checks before the signature, each an act of its own: who checked, and what he says. */
export function CheckDialog(props: CheckDialogProps): ReactNode {
  // Each opening starts anew; closing leaves the dialog in place, so that it can give the focus back.
  const [opening, setOpening] = useState({ open: props.open, nth: 0 });
  if (props.open !== opening.open) setOpening({ open: props.open, nth: opening.nth + (props.open ? 1 : 0) });
  return <Asking key={opening.nth} {...props} />;
}

function Asking({ draft, kind, open, hints, onClose, onDone }: CheckDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const content = useCommand('drafting', 'checkContent');
  const form = useCommand('drafting', 'checkForm');
  const refresh = useRefreshLife();
  const [person, setPerson] = useState(useSession()?.state === 'one-operator' ? personBefore[kind] : '');
  const [comment, setComment] = useState('');
  const { pending, failure } = kind === 'content' ? content : form;
  const confirm = (): void => {
    const input = { id: draft.id, version: draft.version, person: person.trim(), comment: comment.trim() };
    const running = kind === 'content' ? content.run(input) : form.run({ ...input, hints: (hints ?? []).map((one) => one.code) });
    void running.then(async (outcome) => {
      await refresh([draft.id]);
      if (!outcome.ok) return;
      personBefore[kind] = person.trim();
      onDone(t(`check.${kind}.done`));
      onClose();
    });
  };
  return (
    <ActDialog
      open={open}
      title={t(`check.${kind}.title`)}
      confirm={t(`check.${kind}.act`)}
      pending={pending}
      failure={failure === undefined ? undefined : failureWords(t, failure, 'drafting')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={styles.meaning}>{t(`check.${kind}.meaning`)}</p>
      {kind === 'form' && <HintList hints={hints} />}
      <Field label={t('check.person')} hint={t('check.personHint')}>
        <Input
          name="person"
          data-first
          value={person}
          maxLength={100}
          autoComplete="off"
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
          onChange={(_, { value }) => {
            setPerson(value);
          }}
        />
      </Field>
      <Field label={t('check.comment')}>
        <Textarea
          name="comment"
          value={comment}
          maxLength={500}
          rows={3}
          resize="vertical"
          onChange={(_, { value }) => {
            setComment(value);
          }}
        />
      </Field>
    </ActDialog>
  );
}
