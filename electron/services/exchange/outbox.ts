import { fail, ok, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import { readSettings } from '../settings/index.ts';
import { fullCode, instantFromWire, wireDay } from './edxml/values.ts';
import type { ExchangeStep } from './inbox.ts';
import {
  dueRows,
  findRow,
  hasInterrupted,
  isKnownDelivery,
  noteDelivered,
  noteFailed,
  noteSending,
  recoverInterrupted,
  type FailedTry,
  type OutboxRow,
} from './outbox.store.ts';
import type { AxisFailureCode, AxisTransport } from './ports.ts';
import { afterFailure, unwritable, type Random } from './retry-policy.ts';
import { statusMessage } from './status-message.ts';

export type OutboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly onStep: (step: ExchangeStep, id: string) => void;
  /** told the ids of rows that changed */
  readonly changed: (ids: readonly string[]) => void;
};

/** How much the axis' clock may lag behind ours when an unknown outcome is looked up. */
const clockToleranceMs = 24 * 3_600_000;
const batchSize = 50;

/**
 * Sends what is due, one after another. Stops when the axis cannot be reached. Each try is noted before it leaves; a
 * try whose outcome is unknown is looked up in the axis' list of sent messages before the message is sent again.
 */
export async function sendDue(deps: OutboxDeps, axis: AxisTransport): Promise<Outcome<number, AxisFailureCode>> {
  // Sends run one at a time, so whatever still says "sending" broke off.
  if (hasInterrupted(deps.store.read)) deps.store.write((db) => recoverInterrupted(db, instantOf(deps.clock)));
  let sent = 0;
  for (;;) {
    const rows = dueRows(deps.store.read, instantOf(deps.clock), batchSize);
    if (rows.length === 0) return ok(sent);
    for (const row of rows) {
      const outcome = await sendOne(deps, axis, row);
      if (outcome.ok) sent += 1;
      else if (outcome.failure.code !== 'axis-refused') return outcome;
    }
  }
}

/** Tries one row now, whatever its state of waiting. */
export async function sendOne(
  deps: OutboxDeps,
  axis: AxisTransport,
  row: OutboxRow,
): Promise<Outcome<null, AxisFailureCode>> {
  const { store, clock } = deps;
  const { id } = row.item;
  store.write((db) => {
    noteSending(db, id, instantOf(clock));
  });
  deps.changed([id]);
  deps.onStep('send-noted', id);

  const outcome = await deliver(deps, axis, row);
  store.write((db) => {
    const now = instantOf(clock);
    if (outcome.ok) noteDelivered(db, row, outcome.value.docId, now);
    else noteFailed(db, row, failedTry(deps, row, outcome.failure), now);
  });
  deps.onStep('delivery-noted', id);
  deps.changed([id]);
  return outcome.ok ? ok(null) : outcome;
}

async function deliver(
  deps: OutboxDeps,
  axis: AxisTransport,
  row: OutboxRow,
): Promise<Outcome<{ readonly docId: string }, AxisFailureCode>> {
  if (row.doubtSince !== null) {
    const found = await lookUp(deps.store, axis, row, row.doubtSince);
    // While the doubt lasts nothing is sent: better late than twice.
    if (!found.ok) return { ok: false, failure: { ...found.failure, params: { ...found.failure.params, outcomeUnknown: 1 } } };
    if (found.value !== null) return ok({ docId: found.value });
  }
  const body = statusMessage(row.report);
  if (!body.ok) {
    const element = String(body.failure.params?.['element'] ?? '');
    return fail('axis-refused', { errorCode: unwritable, errorDesc: `${body.failure.code} ${element}`, outcomeUnknown: 0 });
  }
  const sent = await axis.send({ from: row.report.from.organId, messageType: 'status', body: body.value });
  if (sent.ok) deps.onStep('sent', row.item.id);
  return sent;
}

/** The axis' id of a message of ours that it has but whose delivery we never noted; null when it has none. */
async function lookUp(
  store: Store,
  axis: AxisTransport,
  row: OutboxRow,
  doubtSince: string,
): Promise<Outcome<string | null, AxisFailureCode>> {
  const since = new Date(Date.parse(doubtSince) - clockToleranceMs);
  const listed = await axis.sentList({ messageType: 'status', fromDate: wireDay(since.toISOString().slice(0, 10)) });
  if (!listed.ok) return listed;
  const { report } = row;
  const match = listed.value.find((item) => {
    const sentAt = instantFromWire(item.sentTime);
    return (
      item.toCode === report.to.organId &&
      (item.fromCode === '' || item.fromCode === report.from.organId) &&
      (item.notation === fullCode(report.about) || item.notation === report.about.codeNotation) &&
      (sentAt === null || Date.parse(sentAt) >= since.getTime()) &&
      item.senderDocId !== '' &&
      !isKnownDelivery(store.read, item.senderDocId)
    );
  });
  return ok(match?.senderDocId ?? null);
}

function failedTry(
  { store, clock, random }: OutboxDeps,
  row: OutboxRow,
  failure: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> },
): FailedTry {
  const code = failure.code as AxisFailureCode;
  const errorCode = String(failure.params?.['errorCode'] ?? '');
  const doubtful = failure.params?.['outcomeUnknown'] === 1;
  const failed = { code, errorCode, failedTries: row.item.attempts + 1 };
  const next = afterFailure(failed, readSettings(store.read).axis, random);
  return {
    state: next.state,
    nextTryAt:
      next.state === 'waiting' ? new Date(clock.now().getTime() + next.afterSeconds * 1000).toISOString() : null,
    failure: code,
    detail: [errorCode, String(failure.params?.['errorDesc'] ?? '')].filter((part) => part !== '').join(': '),
    doubtful,
    counts: doubtful || code !== 'axis-unreachable',
  };
}

/** The row again, as it stands now. */
export function currentRow(store: Store, id: string): OutboxRow {
  const row = findRow(store.read, id);
  if (row === undefined) throw new Error('an outbox row is never removed');
  return row;
}
