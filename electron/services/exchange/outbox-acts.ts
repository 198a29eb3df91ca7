import { fail, ok, type CodeOf, type Contract, type OutboxItem, type Outcome, type ParsedInputOf } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type Store, type WriteDb } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';
import { cancelFollowers } from './never-sent.ts';
import { noteActOnRow, noteDelivered } from './outbox-notes.store.ts';
import { currentRow } from './outbox.ts';
import { cancelRow, clearDoubt, findRow, putFirst, type OutboxRow } from './outbox.store.ts';
import { noteNeverSent } from './recipients.store.ts';
import { replacementCancelled } from './replacing.ts';

export type ActDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly queued: (ids: readonly string[]) => void;
  readonly sentChanged: (documents: readonly string[]) => void;
};

type Methods = Contract['exchange'];

/** Takes a row out of the queue that has surely not left; its recipients never got the document. */
export function cancelSend(
  deps: ActDeps,
  { id, reason }: ParsedInputOf<Methods['cancelSend']>,
): Outcome<OutboxItem, CodeOf<Methods['cancelSend']>> {
  return deps.store.write((db) => {
    const row = findRow(db, id);
    if (row === undefined) return fail('not-found');
    const { item } = row;
    const { state, dispatch } = item;
    if (state === 'delivered') return fail('already-delivered');
    if (state === 'cancelled') return fail('row-cancelled');
    if (state === 'sending') return fail('sending-now');
    if (row.doubtSince !== null) return fail('in-doubt');
    if (dispatch !== null && dispatch !== 'new' && state !== 'attention') return fail('not-cancellable');
    const at = instantOf(deps.clock);
    cancelRow(db, id);
    if (row.content.kind === 'document') {
      noteNeverSent(db, row.content.dispatch, at);
      const released = replacementCancelled(db, row, { at, actor: actorOf(db).name, note: reason });
      const followers = item.outgoing === null ? [] : cancelFollowers(db, item.outgoing);
      for (const follower of followers) {
        noteActOnRow(db, currentRow({ read: db }, follower), { action: 'cancelled', at, note: reason, actor: actorOf(db).name });
      }
      afterCommit(db, () => {
        deps.queued(followers);
        deps.sentChanged(released);
      });
    }
    return acted(deps, db, row, { action: 'cancelled', at, note: reason });
  });
}

/** Puts a waiting row before the others. */
export function moveUp(deps: ActDeps, { id }: ParsedInputOf<Methods['moveUp']>): Outcome<OutboxItem, CodeOf<Methods['moveUp']>> {
  return deps.store.write((db) => {
    const row = findRow(db, id);
    if (row === undefined) return fail('not-found');
    if (row.item.state === 'delivered') return fail('already-delivered');
    if (row.item.state === 'cancelled') return fail('row-cancelled');
    if (row.item.state === 'sending') return fail('sending-now');
    const at = instantOf(deps.clock);
    putFirst(db, id, at);
    return acted(deps, db, row, { action: 'moved-up', at, note: '' });
  });
}

/** Ends a doubt by what a person found out at the recipient; the note says how. */
export function settleDoubt(
  deps: ActDeps,
  { id, sent, note }: ParsedInputOf<Methods['settleDoubt']>,
): Outcome<OutboxItem, CodeOf<Methods['settleDoubt']>> {
  return deps.store.write((db) => {
    const row = findRow(db, id);
    if (row === undefined) return fail('not-found');
    if (row.item.state === 'delivered') return fail('already-delivered');
    if (row.item.state === 'sending') return fail('sending-now');
    if (!row.item.inDoubt) return fail('not-in-doubt');
    const at = instantOf(deps.clock);
    if (!sent) {
      clearDoubt(db, id, at);
      return acted(deps, db, row, { action: 'found-not-sent', at, note });
    }
    noteDelivered(db, row, { axisDocId: '', at, actor: actorOf(db).name, note });
    return told(deps, db, row);
  });
}

function acted(
  deps: ActDeps,
  db: WriteDb,
  row: OutboxRow,
  act: { readonly action: string; readonly at: string; readonly note: string },
): Outcome<OutboxItem> {
  noteActOnRow(db, row, { ...act, actor: actorOf(db).name });
  return told(deps, db, row);
}

function told(deps: ActDeps, db: WriteDb, { item }: OutboxRow): Outcome<OutboxItem> {
  afterCommit(db, () => {
    deps.queued([item.id]);
    if (item.outgoing !== null) deps.sentChanged([item.outgoing]);
  });
  return ok(currentRow({ read: db }, item.id).item);
}
