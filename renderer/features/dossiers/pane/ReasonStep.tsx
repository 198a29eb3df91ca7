import type { ReactNode } from 'react';
import type { DossierDetail } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { useDossierAct } from '../parts/use-dossier-act.ts';

export type ReasonStepName = 'reopen' | 'lock' | 'unlock' | 'discard';

const starts = {
  reopen: ['dossiers.start.added', 'dossiers.start.wrongOrder'],
  lock: ['dossiers.start.inspection', 'dossiers.start.dispute'],
  unlock: ['dossiers.start.over'],
  discard: ['dossiers.start.mistake', 'dossiers.start.twice'],
} as const;

export type ReasonStepProps = {
  readonly step: ReasonStepName;
  readonly dossier: DossierDetail;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** A step that is asked for once, with its reason. */
export function ReasonStep({ step, dossier, onClose, onDone }: ReasonStepProps): ReactNode {
  const t = useWords();
  const command = useDossierAct(step);
  return (
    <ReasonDialog
      open
      title={t(`dossiers.${step}.title`, { code: dossier.notation })}
      reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: starts[step].map((one) => t(one)), startsLabel: t('ask.starts') }}
      confirm={t(`dossiers.${step}.confirm`)}
      cancel={t('ask.cancel')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={(reason) => {
        void command.run({ id: dossier.id, version: dossier.version, reason }).then((changed) => {
          if (changed !== undefined) onDone(t(`dossiers.done.${step}`));
        });
      }}
      onClose={onClose}
    >
      <p>{t(`dossiers.${step}.meaning`)}</p>
    </ReasonDialog>
  );
}
