import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutboxItem } from '#contract';
import type { AnyFailure } from '../../bridge/failure.ts';
import { methodKey, useCommand } from '../../bridge/methods.ts';
import { useWords } from '../../i18n/use-words.ts';
import { recipientsShort } from './parts/outbox-words.tsx';

type Act = 'sendNow' | 'moveUp' | 'cancelSend' | 'settleDoubt';

/** What was last tried and did not succeed. */
export type FailedAct = { readonly id: string; readonly act: Act; readonly failure: AnyFailure };

export type QueueActs = {
  readonly busy: boolean;
  /** which of them the person at the window may do at all */
  readonly may: Readonly<Record<Act, boolean>>;
  /** id of the row that is being sent now */
  readonly sendingId: string | null;
  readonly failed: FailedAct | null;
  /** what happened, in words, for readers */
  readonly said: string;
  readonly forget: () => void;
  readonly sendNow: (item: OutboxItem) => void;
  /** The three below tell whether it was done. */
  readonly moveUp: (item: OutboxItem) => Promise<boolean>;
  readonly cancel: (item: OutboxItem, reason: string) => Promise<boolean>;
  readonly settleDoubt: (item: OutboxItem, sent: boolean, note: string) => Promise<boolean>;
};

/** The acts on a row of the queue, one at a time, with what became of the last one. */
export function useQueueActs(): QueueActs {
  const t = useWords();
  const cache = useQueryClient();
  const send = useCommand('exchange', 'sendNow');
  const up = useCommand('exchange', 'moveUp');
  const cancelling = useCommand('exchange', 'cancelSend');
  const settling = useCommand('exchange', 'settleDoubt');
  const [failed, setFailed] = useState<FailedAct | null>(null);
  const [said, setSaid] = useState('');
  const [sendingId, setSendingId] = useState<string | null>(null);
  const busy = send.pending || up.pending || cancelling.pending || settling.pending;

  type Answer = { readonly ok: true } | { readonly ok: false; readonly failure: AnyFailure };
  async function act(item: OutboxItem, name: Act, words: string, run: () => Promise<Answer>): Promise<boolean> {
    if (busy) return false;
    setFailed(null);
    setSaid('');
    const outcome = await run();
    if (outcome.ok) setSaid(words);
    else setFailed({ id: item.id, act: name, failure: outcome.failure });
    return outcome.ok;
  }
  return {
    busy,
    may: {
      sendNow: send.barred === undefined,
      moveUp: up.barred === undefined,
      cancelSend: cancelling.barred === undefined,
      settleDoubt: settling.barred === undefined,
    },
    sendingId,
    failed,
    said,
    forget: () => {
      setFailed(null);
    },
    sendNow: (item) => {
      if (busy || !isSendable(item)) return;
      setSendingId(item.id);
      const words = t('outbox.sent', { about: item.about, to: recipientsShort(t, item) });
      void act(item, 'sendNow', words, () => send.run({ id: item.id })).then(() => {
        setSendingId(null);
      });
    },
    moveUp: (item) =>
      act(item, 'moveUp', t('queue.movedUp', { about: item.about }), async () => {
        const outcome = await up.run({ id: item.id });
        // Not asked anew: an answer on its way would overwrite what the stream has told since.
        if (outcome.ok) {
          cache.setQueryData<readonly OutboxItem[]>(methodKey('exchange', 'outbox', {}), (before) => before && firstOf(before, item.id));
        }
        return outcome;
      }),
    cancel: (item, reason) => act(item, 'cancelSend', t('queue.cancelled', { about: item.about }), () => cancelling.run({ id: item.id, reason })),
    settleDoubt: (item, sent, note) =>
      act(item, 'settleDoubt', t(sent ? 'queue.settledSent' : 'queue.settledNotSent', { about: item.about }), () =>
        settling.run({ id: item.id, sent, note }),
      ),
  };
}

function firstOf(items: readonly OutboxItem[], id: string): readonly OutboxItem[] {
  return [...items.filter((one) => one.id === id), ...items.filter((one) => one.id !== id)];
}

/** Whether a row can be sent now. */
export function isSendable(item: OutboxItem): boolean {
  return item.state === 'waiting' || item.state === 'attention';
}

/** Why a row cannot be taken out of the queue; null when it can. What is through needs no words. */
export function cancelHindrance(item: OutboxItem): 'in-doubt' | 'not-cancellable' | null {
  if (item.inDoubt) return 'in-doubt';
  return item.dispatch !== null && item.dispatch !== 'new' && item.state === 'waiting' ? 'not-cancellable' : null;
}
