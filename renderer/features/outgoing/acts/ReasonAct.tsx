import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';

/** Acts that need nothing but a reason. */
type Kind = 'return' | 'discard' | 'void' | 'recallPaper';
const starts = {
  return: ['reason.return.content', 'reason.return.form', 'reason.return.authority', 'reason.return.recipients'],
  discard: ['reason.discard.notNeeded', 'reason.discard.twice'],
  void: ['reason.void.content', 'reason.void.twice'],
  recallPaper: ['recall.start.mistake', 'recall.start.wrongPlace'],
} as const;

export type ReasonActProps = {
  readonly kind: Kind;
  readonly id: string;
  /** the id by which the list chose it */
  readonly chosenAs: string;
  /** how the thing is called in the question */
  readonly what: string;
  readonly icon: ReactElement;
  readonly enabled: boolean;
  readonly onDone: (words: string) => void;
};

/** A step back, or an end: asked for once, with its reason. */
export function ReasonAct({ kind, id, chosenAs, what, icon, enabled, onDone }: ReasonActProps): ReactNode {
  const t = useWords();
  const [asking, setAsking] = useState(false);
  const commands = {
    return: useCommand('drafting', 'returnDraft'),
    discard: useCommand('drafting', 'discard'),
    void: useCommand('drafting', 'voidNumber'),
    recallPaper: useCommand('drafting', 'recallPaper'),
  };
  const refresh = useRefreshLife();
  const run = (reason: string): Promise<{ readonly ok: boolean }> =>
    kind === 'return' || kind === 'discard' ? commands[kind].run({ id, reason }) : commands[kind].run({ document: id, reason });
  const ask = (): void => {
    if (!enabled) return;
    commands[kind].reset();
    setAsking(true);
  };
  useDocumentKey('Delete', chosenAs, enabled ? ask : undefined);
  const { pending, failure } = commands[kind];
  return (
    <>
      <Button icon={icon} disabledFocusable={!enabled} aria-keyshortcuts="Delete" onClick={ask}>
        {t(`reason.${kind}.act`)}
      </Button>
      <ReasonDialog
        open={asking}
        title={t(`reason.${kind}.title`, { what })}
        reason={{ label: t('recall.reason'), missing: t('ask.reasonMissing'), starts: starts[kind].map((one) => t(one)), startsLabel: t('ask.starts') }}
        confirm={t(`reason.${kind}.confirm`)}
        cancel={t('ask.cancel')}
        pending={pending}
        failure={failure === undefined ? undefined : failureWords(t, failure, 'drafting')}
        onConfirm={(reason) => {
          void run(reason).then(async (outcome) => {
            await refresh([id]);
            if (!outcome.ok) return;
            setAsking(false);
            onDone(t(`reason.${kind}.done`));
          });
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>{t(`reason.${kind}.meaning`)}</p>
      </ReasonDialog>
    </>
  );
}
