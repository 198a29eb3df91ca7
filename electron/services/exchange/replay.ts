import { fail, ok, type CodeOf, type Contract, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, isOfTheContent, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { deviationsIn, fileInto, incidentNote } from './file-message.ts';
import { repeatedFiling, type FilingDeps } from './filing.ts';
import type { InboxDeps } from './inbox.ts';
import { findKept, findMessage, findReplayable, noteUnfilable } from './inbox.store.ts';
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
    const reason = findMessage(store.read, id)?.reason ?? '';
    return ok({ filed: state === 'stored' || state === 'duplicate', reason: reason === '' ? null : reason });
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged');
    throw error;
  }
}

type ReplayDeps = FilingDeps & Pick<InboxDeps, 'store' | 'incident'>;

/** Files what waited for a document that has come since: a recall or a status may overtake what it speaks of. */
export async function replayWaiting(deps: ReplayDeps): Promise<void> {
  await replayEach(deps, findReplayable(deps.store.read));
}

/** Reads everything that is kept apart again: another version of the program may understand it. */
export async function replayAll(deps: ReplayDeps): Promise<void> {
  await replayEach(deps, findKept(deps.store.read));
}

/** One that cannot be filed stays apart, and keeps nobody behind it waiting. */
async function replayEach(deps: ReplayDeps, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    try {
      await replayMessage(deps, id, 'station');
    } catch (error) {
      if (!isOfTheContent(error)) throw error;
      const incident = deps.incident(error, `filing kept message ${id}`);
      deps.store.write((db) => {
        noteUnfilable(db, id, incidentNote(incident));
        const at = instantOf(deps.clock);
        appendAudit(db, { at, actor: 'station', action: 'message.quarantined', subjectKind: 'inbox-message', subjectId: id, detail: { reason: 'filing-failed', incident } });
      });
    }
  }
}
