import type { Failure } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import type { Slots } from '../../foundation/slots.ts';
import type { Store } from '../../store/index.ts';
import { markAcknowledged, type InboxState } from './inbox.store.ts';
import type { AxisFailureCode, AxisTransport } from './ports.ts';

/** A message that is on disk. */
export type StoredMessage = { readonly id: string; readonly transportId: string; readonly state: InboxState };

/**
 * Tells the axis of stored messages, side by side, and notes all that it heard in one transaction. Answers the failure
 * of the connection that ended it early, null when there was none; whatever was not heard is said again next time.
 */
export type Acknowledge = (
  messages: readonly StoredMessage[],
  onRefusal: 'leave-open' | 'settle',
) => Promise<Failure<AxisFailureCode> | null>;

export type AcknowledgeDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly connections: Slots;
  readonly onStep: (step: 'acknowledged' | 'acknowledgement-noted', transportId: string) => void;
};

/** Makes the acknowledging over one transport. */
export function acknowledger(deps: AcknowledgeDeps, axis: AxisTransport): Acknowledge {
  const { store, clock, connections, onStep } = deps;
  return async (messages, onRefusal) => {
    const stop: { because: Failure<AxisFailureCode> | null } = { because: null };

    async function tell(message: StoredMessage): Promise<boolean> {
      if (stop.because !== null) return false;
      const outcome = await axis.acknowledge(message.transportId, answerTo(message.state));
      if (outcome.ok) {
        onStep('acknowledged', message.transportId);
        return true;
      }
      if (outcome.failure.code === 'axis-refused') return onRefusal === 'settle';
      stop.because ??= outcome.failure;
      return false;
    }

    const told = await Promise.allSettled(messages.map((message) => connections.run(() => tell(message))));
    const heard = messages.filter((_, index) => told[index]?.status === 'fulfilled' && told[index].value);
    if (heard.length > 0) {
      const at = instantOf(clock);
      store.write((db) => {
        for (const { id } of heard) markAcknowledged(db, id, at);
      });
      for (const { transportId } of heard) onStep('acknowledgement-noted', transportId);
    }
    for (const one of told) if (one.status === 'rejected') throw one.reason;
    return stop.because;
  };
}

/** What the axis is told: `fail` only for what could not be read at all (axis.md §1.5). */
function answerTo(state: InboxState): 'done' | 'fail' {
  return state === 'quarantined' ? 'fail' : 'done';
}
