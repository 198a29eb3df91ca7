import { createHash } from 'node:crypto';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { canonicalJson } from '../../../foundation/canonical-json.ts';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { noteAct } from '../../dossiers/index.ts';
import { isInUse } from '../../exchange/index.ts';
import { contentsOf, membersOf, staysBecause } from './contents.store.ts';
import {
  contentsToRemove,
  countToDestroy,
  destroyedFilesOf,
  endDisposal,
  markDestroyed,
  markDestroying,
  nextToDestroy,
  noteGone,
  traceContents,
  type ItemToDestroy,
} from './destroy.store.ts';
import { getDisposal, insertStep, releaseItems } from './disposal.store.ts';
import type { DestroyPorts, DestroyStep } from './ports.ts';

export type DestroyDeps = DestroyPorts & {
  readonly store: Store;
  readonly clock: Clock;
  readonly onStep: (step: DestroyStep) => void;
  readonly progress: (done: number, total: number) => void;
  readonly stopped: () => boolean;
};

/** Files between two notes that they are gone. */
const batch = 50;
/** Somebody who reads an older moment, an export, keeps the log from being emptied; it is emptied when the store closes at the latest. */
const logTries = 30;

/**
 * Destroys what was decided, one dossier after another; goes on where it was when it is called again. For each: the trace is
 * written and everything is marked in one transaction, then bytes that nothing else has are removed, then the dossier is
 * noted as destroyed. Whenever this is killed, a dossier is whole, or marked and finished at the next start: what is marked is
 * shown to nobody, and its bytes are never needed again (TT 05/2025/TT-BNV art. 49.7; Luật Lưu trữ 33/2024 art. 16).
 */
export async function destroyList(deps: DestroyDeps, disposal: string): Promise<void> {
  const { store, clock } = deps;
  const total = countToDestroy(store.read, disposal).all;
  for (;;) {
    if (deps.stopped()) return;
    const item = nextToDestroy(store.read, disposal);
    if (item === undefined) break;
    if (item.state === 'proposed') mark(deps, item);
    deps.onStep('dossier-marked');
    if (!(await removeBytes(deps, item.id))) return;
    store.write((db) => {
      const files = destroyedFilesOf(db, item.id);
      const at = instantOf(clock);
      markDestroyed(db, item, at);
      // The list is in its own table; the hash holds it, since the log cannot be changed unseen.
      const traceSha256 = createHash('sha256').update(canonicalJson(files)).digest('hex');
      noteAct(db, { dossier: item.dossier }, 'destroyed', { at, by: 'station', reason: '' }, { disposal, item: item.id, code: item.code, decision: item.decision, files: files.length, traceSha256 });
    });
    deps.onStep('dossier-destroyed');
    deps.progress(total - countToDestroy(store.read, disposal).left, total);
    await turn();
  }
  await deps.purgeIndex();
  for (let tries = 0; tries < logTries && !store.foldLog(); tries += 1) await pause(1000);
  if (deps.stopped()) return;
  deps.onStep('index-purged');
  store.write((db) => {
    const at = instantOf(clock);
    releaseItems(db, { disposal, kept: true });
    endDisposal(db, disposal, at);
    insertStep(db, disposal, { act: 'destroyed', from: 'destroying', to: 'destroyed', at, by: 'station', note: '', file: null });
    const ended = getDisposal(db, disposal);
    appendAudit(db, { at, actor: 'station', action: 'disposal.destroyed', subjectKind: 'disposal', subjectId: disposal, detail: { destroyed: ended?.counts.gone ?? 0, kept: ended?.counts.kept ?? 0 } });
  });
  deps.onStep('ended');
}

/** Writes the trace of a dossier and marks all that goes with it, at one go. */
function mark({ store, clock }: DestroyDeps, item: ItemToDestroy): void {
  store.erase((db) => {
    const at = instantOf(clock);
    for (const member of membersOf(db, item.dossier)) {
      if (staysBecause(db, member, item.dossier, null) !== undefined) continue;
      traceContents(db, item, member, contentsOf(db, member), at);
    }
    markDestroying(db, item.id);
  });
}

/** Removes the bytes of a marked dossier; false when it was stopped before the end. */
async function removeBytes(deps: DestroyDeps, item: string): Promise<boolean> {
  const { store, clock } = deps;
  for (;;) {
    const contents = contentsToRemove(store.read, item, batch);
    if (contents.length === 0) return true;
    if (deps.stopped()) return false;
    const stays = await deps.whileQuiet(async () => {
      const kept: string[] = [];
      for (const content of contents) {
        if (isInUse(store.read, content)) kept.push(content);
        else await store.blobs.remove(content);
      }
      return kept;
    });
    deps.onStep('bytes-removed');
    store.write((db) => {
      for (const content of contents) noteGone(db, item, content, stays.includes(content), instantOf(clock));
    });
    deps.onStep('bytes-noted');
  }
}
