import type { Result } from '../../../foundation/outcome.ts';
import { attributesOf, finish, type SignedFile } from '../finish.ts';
import { prepare, type PreparedFile } from '../prepare.ts';
import { onDisk, refusals, type SigningRefusal } from '../refusals.ts';
import type { Asker, FinishOrder, LeftBatch, PrepareOrder, Waiting } from './job.ts';
import { noteNaming } from './journal.ts';
import { clearLeft, isFinished } from './leftovers.ts';

/** One order to a thread of `FileWork`; all are synchronous. */
export type WorkOrder =
  | { readonly kind: 'prepare'; readonly order: PrepareOrder }
  | { readonly kind: 'finish'; readonly order: FinishOrder }
  | { readonly kind: 'isFinished'; readonly prepared: PreparedFile }
  | { readonly kind: 'clearLeft'; readonly folder: string; readonly asker: Asker };

/** What a thread answers to each kind of order. */
export type WorkAnswers = {
  readonly prepare: Result<Waiting, SigningRefusal>;
  readonly finish: Result<SignedFile, SigningRefusal>;
  readonly isFinished: boolean;
  readonly clearLeft: readonly LeftBatch[];
};

/** Does one order; this is all that a thread is for. */
export function doWork(order: WorkOrder): WorkAnswers[WorkOrder['kind']] {
  switch (order.kind) {
    case 'prepare':
      return prepareFile(order.order);
    case 'finish':
      return finishFile(order.order);
    case 'isFinished':
      return isFinished(order.prepared);
    case 'clearLeft':
      return clearLeft(order.folder, order.asker);
  }
}

function prepareFile({ files, wish }: PrepareOrder): WorkAnswers['prepare'] {
  const prepared = prepare(files, wish);
  return prepared.ok ? { ok: true, value: { prepared: prepared.value, attributes: attributesOf(prepared.value) } } : prepared;
}

function finishFile({ prepared, signature, timestamp, journal }: FinishOrder): WorkAnswers['finish'] {
  const noted = refusals(() => {
    // First the note, then the name: a target without its note would be unknown after a crash.
    if (journal !== null) onDisk('target-unwritable', () => noteNaming(journal, prepared));
  });
  return noted.ok ? finish(prepared, signature, timestamp) : noted;
}
