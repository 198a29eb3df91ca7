import type { Outcome } from '#contract';
import type { MessageType } from '../../exchange/index.ts';
import type { PartnerTick } from '../partners/partners.ts';
import type { Delivery, Sent } from './axis.store.ts';
import type { ChaosInput, FaultInput } from './faults.ts';

/** How to hand in a message that cannot be read by itself, or differently from what it says. */
export type DeliverAs = {
  readonly messageType?: MessageType;
  readonly from?: string;
  readonly to?: readonly string[];
};

export type Inspection = {
  readonly deliveries: readonly Delivery[];
  readonly sent: readonly Sent[];
  /** how often each kind of misfortune has struck */
  readonly struck: Readonly<Record<string, number>>;
};

/** What can be done with a practice axis beside the calls of its clients. */
export type AxisControls = {
  /**
   * Puts a message into its receivers' queues as if another centre had sent it. `docIds` are the receivers', in
   * order of `to`. Fails with `unreadable` when the bytes tell no addresses and none are given, `no-receiver` when
   * nobody here is among them.
   */
  readonly deliver: (
    bytes: Uint8Array,
    as?: DeliverAs,
  ) => Promise<Outcome<{ readonly docIds: readonly string[] }, 'unreadable' | 'no-receiver'>>;
  readonly inspect: () => Inspection;
  /** The bytes of a delivered or sent message, exactly as they came. */
  readonly bytesOf: (docId: string) => Uint8Array | undefined;
  readonly fault: (fault: FaultInput) => void;
  readonly chaos: (chaos: ChaosInput | null) => void;
  /** One tick of the partners. */
  readonly advance: () => Promise<PartnerTick>;
};
