import { useState, type ReactNode } from 'react';
import type { BatchDetail } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { CompareFile, type Compared } from '../parts/CompareFile.tsx';
import { countWords } from '../parts/count-words.ts';
import { useHandoverAct } from '../parts/use-handover-act.ts';

export type AnswerDialogProps = { readonly batch: BatchDetail; readonly onDone: (words: string) => void; readonly onClose: () => void };

/** The archive's minutes: laid beside ours first, and taken over only where they are of the very packages that were made. */
export function AnswerDialog({ batch, onDone, onClose }: AnswerDialogProps): ReactNode {
  const t = useWords();
  const take = useHandoverAct('importMinutes');
  const [compared, setCompared] = useState<Compared | null>(null);
  return (
    <ActDialog
      open
      title={t('handover.answerAct.title')}
      confirm={t('handover.answerAct.confirm')}
      pending={take.pending}
      blocked={compared === null || compared.comparison.differences.some(({ stops }) => stops)}
      failure={take.failure === undefined ? undefined : failureWords(t, take.failure)}
      onConfirm={() => {
        if (compared === null) return;
        void take.run({ file: compared.file }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.answered', { counts: countWords(t, { accepted: done.totals.accepted, refused: done.totals.refused }) }));
        });
      }}
      onClose={onClose}
    >
      <p>{t('handover.answerAct.meaning')}</p>
      <CompareFile side="giving" id={batch.id} compared={compared} onCompared={setCompared} />
    </ActDialog>
  );
}
