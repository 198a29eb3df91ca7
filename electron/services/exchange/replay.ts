import { fail, ok, type CodeOf, type Contract, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type Store } from '../../store/index.ts';
import { deviationsIn, fileInto } from './file-message.ts';
import { repeatedFiling, type FilingDeps } from './filing.ts';
import { findKept, findMessage, findReplayable, listQuarantine } from './inbox.store.ts';
import { readMessage } from './store-message.ts';

type Method = Contract['exchange']['replay'];

/**
 * Reads a message that was kept apart again and files it as if it had just come. Its sender was told `fail` or `done`
 * when it came; the axis is not told again, as it may not know the message any more (axis.md §1.5).
 */
export async function replayMessage(
  deps: FilingDeps & { readonly store: Store },
  id: string,
  actor: string,
): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const { store, clock } = deps;
  const kept = findMessage(store.read, id);
  if (kept === undefined) return fail('not-found');
  if (kept.state !== 'quarantined' && kept.state !== 'kept') return fail('already-filed');
  const raw = { sha256: kept.sha256, size: kept.size };
  try {
    const read = await readMessage(store.blobs.pieces(raw.sha256), store.blobs);
    const deviations = deviationsIn(store.read, kept.handedBy, read, clock);
    const { state } = store.write((db) =>
      fileInto(repeatedFiling(deps, db, { id, raw, at: instantOf(clock), from: kept.handedBy, actor, deviations }), read),
    );
    const item = listQuarantine(store.read).find((one) => one.id === id);
    return ok({ filed: state === 'stored' || state === 'duplicate', reason: item?.reason ?? null });
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged');
    throw error;
  }
}

/** Files what waited for a document that has come since: a recall or a status may overtake what it speaks of. */
export async function replayWaiting(deps: FilingDeps & { readonly store: Store }): Promise<void> {
  for (const id of findReplayable(deps.store.read)) await replayMessage(deps, id, 'station');
}

/** Reads everything that is kept apart again: another version of the program may understand it. */
export async function replayAll(deps: FilingDeps & { readonly store: Store }): Promise<void> {
  for (const id of findKept(deps.store.read)) await replayMessage(deps, id, 'station');
}
