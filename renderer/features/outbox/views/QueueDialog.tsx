import type { ReactNode } from 'react';
import type { OutboxItem } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { recipientsShort, whatWords } from '../parts/outbox-words.tsx';
import type { QueueActs } from '../use-queue-acts.ts';

/** What is asked about a row before it is done. */
export type QueueQuestion = 'cancel' | 'reached' | 'not-reached';

export type QueueDialogProps = {
  readonly item: OutboxItem;
  readonly acts: QueueActs;
  readonly question: QueueQuestion | null;
  readonly onClose: () => void;
};

/** Asks once: why a message is taken out of the queue, or how it was found out whether it got through. */
export function QueueDialog({ item, acts, question, onClose }: QueueDialogProps): ReactNode {
  const t = useWords();
  const shown = question ?? 'cancel';
  const doubt = shown !== 'cancel';
  const failure = acts.failed?.id === item.id && acts.failed.act !== 'sendNow' ? acts.failed : null;
  return (
    <ReasonDialog
      open={question !== null}
      title={t(`queue.ask.${shown}.title`, { about: item.about })}
      reason={{
        label: t(doubt ? 'doubt.how' : 'queue.why'),
        missing: t(doubt ? 'doubt.howMissing' : 'ask.reasonMissing'),
        starts: doubt ? [t('doubt.start.phone'), t('doubt.start.axis')] : [t('queue.start.mistake'), t('queue.start.otherWay')],
        startsLabel: t('ask.starts'),
      }}
      confirm={t(`queue.ask.${shown}.confirm`)}
      cancel={t('ask.cancel')}
      pending={acts.busy}
      failure={failure === null ? undefined : failureWords(t, failure.failure, failure.act)}
      onConfirm={(text) => {
        const done = doubt ? acts.settleDoubt(item, shown === 'reached', text) : acts.cancel(item, text);
        void done.then((ok) => {
          if (ok) onClose();
        });
      }}
      onClose={onClose}
    >
      <p>{t('queue.ask.what', { what: whatWords(t, item), to: recipientsShort(t, item) })}</p>
      <p>{t(`queue.ask.${shown}.meaning`)}</p>
      {shown === 'cancel' && <p>{t(item.dispatch === null ? 'queue.ask.keptStatus' : 'queue.ask.keptDocument')}</p>}
    </ReasonDialog>
  );
}
