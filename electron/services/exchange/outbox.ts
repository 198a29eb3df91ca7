import { fail, ok, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import { readSettings } from '../settings/index.ts';
import type { CallJournal, CallNote } from './call-journal.ts';
import type { ExchangeStep } from './inbox.ts';
import { noteDelivered, keepCalls, noteFailed, noteLeaving, noteSending, type FailedTry } from './outbox-notes.store.ts';
import { dueRows, findRow, hasInterrupted, hasStranded, recoverInterrupted, wakeStranded, type OutboxRow } from './outbox.store.ts';
import type { AxisFailureCode, AxisTransport, MessageBody } from './ports.ts';
import { afterFailure, isAway, longestWaitSeconds, unwritable, type Random } from './retry-policy.ts';
import { beforeItWasMade, sentLookUp, severalFit, wasTried, type SentLists, type SentLookUp } from './sent-look-up.ts';
import { statusMessage } from './status-message.ts';
import { bytesBody, storedBody } from './transports/message-body.ts';

export type OutboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly onStep: (step: ExchangeStep, id: string) => void;
  /** told the ids of rows that changed */
  readonly changed: (ids: readonly string[]) => void;
  /** notes what a try costs in calls, for the delivery evidence */
  readonly journal: CallJournal;
  /** when this run of the program began: what is older is looked up once before it goes, see `deliver` */
  readonly startedAt: string;
  /** what was sent before that, once it was asked for */
  readonly sentBefore: SentLists;
};

const batchSize = 50;

/**
 * Sends what is due, one after another. Stops when the axis cannot be reached. Each try is noted before it leaves; a
 * try whose outcome is unknown is looked up in the axis' list of sent messages before the message is sent again.
 */
export async function sendDue(deps: OutboxDeps, axis: AxisTransport): Promise<Outcome<number, AxisFailureCode>> {
  // Sends run one at a time, so whatever still says "sending" broke off.
  if (hasInterrupted(deps.store.read)) deps.store.write((db) => recoverInterrupted(db, instantOf(deps.clock)));
  const now = deps.clock.now();
  const latest = new Date(now.getTime() + longestWaitSeconds(readSettings(deps.store.read).axis) * 1000).toISOString();
  if (hasStranded(deps.store.read, latest)) deps.store.write((db) => wakeStranded(db, now.toISOString(), latest));
  const lookUp = sentLookUp(deps.store.read, deps.clock, axis, deps.sentBefore);
  let sent = 0;
  for (;;) {
    const rows = dueRows(deps.store.read, instantOf(deps.clock), batchSize);
    if (rows.length === 0) return ok(sent);
    for (const { item } of rows) {
      // The desk works on meanwhile: it may have been cancelled since the batch was read.
      const row = currentRow(deps.store, item.id);
      if (row.item.state !== 'waiting') continue;
      const outcome = await sendOne(deps, axis, row, lookUp);
      if (outcome.ok) sent += 1;
      else if (outcome.failure.code !== 'axis-refused' && !isSeveralFit(outcome)) return outcome;
    }
  }
}

/** Tries one row now, whatever its state of waiting. */
export async function sendOne(
  deps: OutboxDeps,
  axis: AxisTransport,
  row: OutboxRow,
  lookUp: SentLookUp = sentLookUp(deps.store.read, deps.clock, axis, deps.sentBefore),
): Promise<Outcome<null, AxisFailureCode>> {
  const { store, clock } = deps;
  const { id } = row.item;
  const attempt: Attempt = { left: false, leftAt: row.doubtSince ?? (row.item.createdAt < deps.startedAt ? beforeItWasMade(row) : instantOf(clock)) };
  store.write((db) => {
    noteSending(db, id, attempt.leftAt);
  });
  deps.changed([id]);
  deps.onStep('send-noted', id);

  const { value: outcome, calls } = await deps.journal.during(() => deliver(deps, axis, row, attempt, lookUp));
  store.write((db) => {
    const now = instantOf(clock);
    keepCalls(db, id, calls.map((call) => ({ at: call.at, note: JSON.stringify(call satisfies CallNote) })));
    if (outcome.ok) noteDelivered(db, row, { axisDocId: outcome.value.docId, at: now, actor: 'station', note: '' });
    else noteFailed(db, row, failedTry(deps, row, outcome.failure, attempt), now);
  });
  deps.onStep('delivery-noted', id);
  deps.changed([id]);
  return outcome.ok ? ok(null) : outcome;
}

/** A try: since when the message may have left if nothing more is heard of it, and whether it was let go at all. */
type Attempt = { leftAt: string; left: boolean };

/**
 * Sends one message, unless the axis has it already. What may have been sent is looked up first, and while that cannot
 * be told nothing is sent. A row that was queued before this run of the program is looked up too, because the store may
 * come from a backup that does not know what was sent since; there an axis without a list of sent messages is no
 * hindrance. So is every status 01, because a message that the backup does not know may be listed still, and comes again.
 * And so is what was tried before: a failure may have been told after the effect. What a person
 * found out in this run to be missing at the recipient is not looked up once more.
 */
async function deliver(
  deps: OutboxDeps,
  axis: AxisTransport,
  row: OutboxRow,
  attempt: Attempt,
  lookUp: SentLookUp,
): Promise<Outcome<{ readonly docId: string }, AxisFailureCode>> {
  const inDoubt = row.doubtSince !== null;
  const isMissing = row.foundNotSentAt !== null && row.foundNotSentAt >= deps.startedAt;
  if (!isMissing && (inDoubt || wasTried(row) || row.item.createdAt < deps.startedAt || row.item.statusCode === '01')) {
    const found = await lookUp(row);
    const maybe = inDoubt || isSeveralFit(found);
    if (isSeveralFit(found)) attempt.leftAt = row.doubtSince ?? beforeItWasMade(row);
    const mayGoOn = !maybe && !found.ok && found.failure.code !== 'axis-unreachable' && found.failure.code !== 'time-out';
    if (!found.ok && !mayGoOn) {
      // While the doubt lasts nothing is sent: better late than twice. Without one, nothing has left.
      const params = { ...found.failure.params, outcomeUnknown: maybe ? 1 : 0 };
      return { ok: false, failure: { ...found.failure, params } };
    }
    if (found.ok && found.value !== null) return ok({ docId: found.value });
    if (found.ok && attempt.leftAt < row.item.createdAt) {
      // It surely has not left before: should this try come into doubt, it is one of this store's own.
      attempt.leftAt = instantOf(deps.clock);
      deps.store.write((db) => {
        noteLeaving(db, row.item.id, attempt.leftAt);
      });
    }
  }
  const body = bodyOf(deps.store, row);
  if (!body.ok) return body;
  const messageType = row.content.kind === 'status' ? 'status' : 'edoc';
  attempt.left = true;
  const sent = await axis.send({ from: row.from, messageType, body: body.value });
  if (sent.ok) deps.onStep('sent', row.item.id);
  return sent;
}

function isSeveralFit(outcome: Outcome<unknown, AxisFailureCode>): boolean {
  return !outcome.ok && outcome.failure.params?.['errorCode'] === severalFit;
}

function bodyOf(store: Store, { content }: OutboxRow): Outcome<MessageBody, AxisFailureCode> {
  if (content.kind === 'document') return ok(storedBody(store.blobs, content));
  const body = statusMessage(content.report);
  if (body.ok) return ok(bytesBody(body.value));
  const element = String(body.failure.params?.['element'] ?? '');
  return fail('axis-refused', { errorCode: unwritable, errorDesc: `${body.failure.code} ${element}`, outcomeUnknown: 0 });
}

function failedTry(
  { store, clock, random }: OutboxDeps,
  row: OutboxRow,
  failure: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> },
  attempt: Attempt,
): FailedTry {
  const code = failure.code as AxisFailureCode;
  const errorCode = String(failure.params?.['errorCode'] ?? '');
  const doubtful = failure.params?.['outcomeUnknown'] === 1;
  const failed = { code, errorCode, failedTries: row.item.attempts + 1, left: attempt.left };
  const next = afterFailure(failed, readSettings(store.read).axis, random);
  const away = isAway(failed);
  return {
    state: next.state,
    nextTryAt:
      next.state === 'waiting' ? new Date(clock.now().getTime() + next.afterSeconds * 1000).toISOString() : null,
    // What a gateway says in the axis' place is the axis being away, to a person and when it is back.
    failure: away && code === 'axis-answer-unreadable' ? 'axis-unreachable' : code,
    detail: [errorCode, String(failure.params?.['errorDesc'] ?? '')].filter((part) => part !== '').join(': '),
    doubtSince: doubtful ? attempt.leftAt : null,
    counts: !away || (doubtful && code === 'axis-unreachable'),
  };
}

/** The row again, as it stands now. */
export function currentRow(store: Pick<Store, 'read'>, id: string): OutboxRow {
  const row = findRow(store.read, id);
  if (row === undefined) throw new Error('an outbox row is never removed');
  return row;
}
