import type { ReactNode } from 'react';
import type { DocumentVerdicts } from '#contract';
import { useWords } from '../../i18n/use-words.ts';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { reasonWords } from './verdict-words.tsx';

export type DoubtDialogProps = {
  readonly open: boolean;
  readonly verdicts: DocumentVerdicts;
  readonly pending: boolean;
  readonly failure: string | undefined;
  /** registers all the same, for this reason */
  readonly onRegister: (reason: string) => void;
  /** goes on to sending it back */
  readonly onReturn: () => void;
  readonly onClose: () => void;
};

/** Before a document is registered whose signatures the office's rule asks about or refuses: why, and both ways out. */
export function DoubtDialog({ open, verdicts, pending, failure, onRegister, onReturn, onClose }: DoubtDialogProps): ReactNode {
  const t = useWords();
  const { decision, files } = verdicts;
  if (decision === null) return null;
  const refused = decision.decision === 'refuse';
  const doubted = files.filter((one) => one.decision?.why === decision.why);
  return (
    <ReasonDialog
      open={open}
      title={t(refused ? 'verdict.doubt.refuseTitle' : 'verdict.doubt.askTitle')}
      reason={{
        label: t(refused ? 'verdict.doubt.despite' : 'verdict.doubt.word'),
        missing: t('ask.reasonMissing'),
        starts: refused ? [] : [t('verdict.doubt.start.called'), t('verdict.doubt.start.paper'), t('verdict.doubt.start.known')],
        startsLabel: t('ask.starts'),
      }}
      confirm={t('verdict.doubt.register')}
      cancel={t('ask.cancel')}
      other={{ words: t('refuse.act'), onChoose: onReturn }}
      pending={pending}
      failure={failure}
      onConfirm={onRegister}
      onClose={onClose}
    >
      <p>{t(`verification.desk.${decision.why}`)}</p>
      {doubted.map(({ file, result }) => {
        const verdict = result?.verdict;
        const reasons = verdict === undefined ? [] : [...verdict.reasons, ...verdict.signatures.flatMap((one) => [one.cryptography, one.coverage, one.trust].flatMap((part) => part.reasons))];
        const sentences = [...new Set(reasons.map((one) => reasonWords(t, one)))];
        return (
          <div key={file.id}>
            <p>{file.name}</p>
            {sentences.length > 0 && (
              <ul>
                {sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
      <p>{t(refused ? 'verdict.doubt.refuseMeaning' : 'verdict.doubt.askMeaning')}</p>
    </ReasonDialog>
  );
}
