import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ok, type Outcome } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { ReadDb } from '../../store/index.ts';
import { agencyKey, sameAgency } from './agency-code.store.ts';
import { instantFromWire, wireDay } from './edxml/values.ts';
import { deliveredBeside, deliveriesUnder, undeliveredBeside, type OutboxRow } from './outbox.store.ts';
import { lastCallAt } from './outbox-notes.store.ts';
import type { AxisFailureCode, AxisTransport, MessageType, SentItem } from './ports.ts';

/**
 * The axis' id of a message of ours that it has but whose delivery we never noted, '' when its list tells none; null when
 * it has no such message.
 */
export type SentLookUp = (row: OutboxRow) => Promise<Outcome<string | null, AxisFailureCode>>;

/** Why a look-up cannot tell: lines fit the row and others, and are not enough for all. Time does not mend it, a person does. */
export const severalFit = 'several-fit';

/**
 * A doubt that began before its row was made: what the row says may have left in a life of the station that this store
 * does not know, as it comes from a backup.
 */
export function beforeItWasMade({ item }: OutboxRow): string {
  return new Date(Date.parse(item.createdAt) - 1).toISOString();
}

/** Whether a try of a row failed, however it was told. */
export function wasTried({ item }: OutboxRow): boolean {
  return item.attempts > 0 || item.lastFailure !== null;
}

/** Whether a row may have left in such a life: it was never tried in this one, or was in that doubt before. */
function isOfUnknownLife({ doubtSince, item }: OutboxRow): boolean {
  return doubtSince === null || doubtSince < item.createdAt;
}

/**
 * How much the axis' clock may lag behind ours when an unknown outcome is looked up. A clock that was a day off when a
 * try left must not hide it.
 */
const clockToleranceMs = 3 * 24 * 3_600_000;

/** Lists that were asked for in this run of the program; for the connection over which they came. */
export type SentLists = Map<MessageType, Seen>;

type Seen = { readonly items: readonly SentItem[]; readonly from: string; readonly askedAt: string };

/**
 * Looks messages up in the axis' list of sent ones. The list is asked for once for many rows: again when a row reaches
 * further back, or came into doubt after it was asked for.
 * @param kept what a row that is not in doubt may be looked up in: such a one can only have left before this run
 */
export function sentLookUp(db: ReadDb, clock: Clock, axis: AxisTransport, kept: SentLists): SentLookUp {
  const seen = new Map<MessageType, Seen>();

  async function listed(messageType: MessageType, from: string, row: OutboxRow): Promise<Outcome<Seen, AxisFailureCode>> {
    // What was tried in this run, and refused, is looked up in a list of after that.
    const tried = row.doubtSince ?? (wasTried(row) ? lastCallAt(db, row.item.id) : null);
    const before = (tried === null ? kept : seen).get(messageType);
    if (before !== undefined && before.from <= from && (tried ?? '') < before.askedAt) return ok(before);
    const askedAt = clock.now().toISOString();
    const answer = await axis.sentList({ messageType, fromDate: wireDay(from) });
    if (!answer.ok) return answer;
    const now = { items: answer.value, from, askedAt };
    for (const lists of [seen, kept]) lists.set(messageType, now);
    return ok(now);
  }

  return async (row) => {
    // Never from a time that has not come: then our clock was set back since.
    const leftMs = Math.min(Date.parse(row.item.createdAt), Date.parse(row.doubtSince ?? row.item.createdAt), clock.now().getTime());
    const sinceMs = leftMs - clockToleranceMs;
    const answer = await listed(row.content.kind === 'status' ? 'status' : 'edoc', new Date(sinceMs).toISOString().slice(0, 10), row);
    if (!answer.ok) return answer;
    const { items, askedAt } = answer.value;
    const receivers = receiversOf(db, row);
    const strange = items
      .filter((item) => notBefore(item, sinceMs) && isAbout(db, row, item) && receivers.has(agencyKey(db, item.toCode)))
      .filter(unexplained(db));
    if (strange.length === 0) return ok(null);
    const timed = strange.every((item) => instantFromWire(item.sentTime) !== null);
    const within = { since: timed ? new Date(sinceMs).toISOString() : '', before: askedAt };
    const delivered = await deliveredLike(db, row, strange, within);
    return judged(db, row, { strange, others: [...delivered, ...undeliveredBeside(db, row)], listed: new Set(items.map((item) => item.senderDocId)) });
  };
}

/** How many delivered rows are looked at in one turn. */
const slice = 500;

/** Delivered rows that one of the lines fits. Lines without a time may be of any year: others get their turn in between. */
async function deliveredLike(db: ReadDb, row: OutboxRow, lines: readonly SentItem[], within: { readonly since: string; readonly before: string }): Promise<OutboxRow[]> {
  const like: OutboxRow[] = [];
  let piece = deliveredBeside(db, row, within, { after: null, limit: slice });
  for (;;) {
    like.push(...piece.rows.filter((one) => lines.some((item) => isAbout(db, one, item))));
    if (piece.next === null) return like;
    await nextTurn();
    piece = deliveredBeside(db, row, within, { after: piece.next, limit: slice });
  }
}

/**
 * Which of the lines that fit a row is its own. A line stands for one receiver, so receivers are counted apart. Whether
 * the list's ids are those that `sendEdoc` answers with is not documented: deliveries that are not found in it by their
 * id account for as many lines. A line that tells the notation alone fits other documents as well; while one of those is
 * in doubt too and the lines are not enough for both, nobody can say whose they are.
 */
function judged(
  db: ReadDb,
  row: OutboxRow,
  { strange, others, listed }: { readonly strange: readonly SentItem[]; readonly others: readonly OutboxRow[]; readonly listed: ReadonlySet<string> },
): Outcome<string | null, AxisFailureCode> {
  const beside = others.map((one) => ({ one, receivers: receiversOf(db, one) }));
  let uncertain = false;
  for (const [receiver, lines] of Map.groupBy(strange, (item) => agencyKey(db, item.toCode))) {
    const rivals = beside
      .filter(({ one, receivers }) => receivers.has(receiver) && lines.some((item) => isAbout(db, one, item)))
      .map(({ one }) => one);
    const noted = rivals.filter((one) => one.item.state === 'delivered' && (one.axisDocId === '' || !listed.has(one.axisDocId)));
    const left = lines.length - noted.length;
    if (left <= 0) continue;
    if (left > rivals.filter((one) => mayHaveLeft(one, row)).length) return ok(lines.at(-1)?.senderDocId ?? null);
    uncertain = true;
  }
  return uncertain ? fail('axis-answer-unreadable', { errorCode: severalFit, errorDesc: row.item.about }) : ok(null);
}

/**
 * Whether a line may belong to another row as well: one in doubt, or, after a restore, one of another document, or one
 * that was cancelled since and had left by then. Those of one document wait for each other, so while one is open those
 * after it have not left.
 */
function mayHaveLeft(one: OutboxRow, row: OutboxRow): boolean {
  if (one.item.state === 'delivered') return false;
  if (one.item.state === 'cancelled') return isOfUnknownLife(row);
  const ofAnother = one.item.incoming !== row.item.incoming || one.item.outgoing !== row.item.outgoing;
  return one.doubtSince !== null || (ofAnother && isOfUnknownLife(row));
}

/**
 * Keeps the lines that no delivery under their id accounts for. An axis that gives messages about different documents one
 * id, or counts anew, must not have one of them taken for another; one that lists a message twice, not the second line for
 * another message.
 */
function unexplained(db: ReadDb): (item: SentItem) => boolean {
  return (item) => {
    if (item.senderDocId === '') return true;
    const receiver = agencyKey(db, item.toCode);
    return !deliveriesUnder(db, item.senderDocId).some((one) => isAbout(db, one, item) && receiversOf(db, one).has(receiver));
  };
}

function receiversOf(db: ReadDb, row: OutboxRow): ReadonlySet<string> {
  return new Set(row.item.recipients.map((agency) => agencyKey(db, agency.organId)).filter((key) => key !== ''));
}

/** Whether a line of the list fits a row in everything that both tell, but for the receiver; '' tells nothing. */
function isAbout(db: ReadDb, row: OutboxRow, item: SentItem): boolean {
  if (item.fromCode !== '' && !sameAgency(db, item.fromCode, row.from)) return false;
  const notation = row.item.about.slice(row.item.about.indexOf('/') + 1);
  return item.notation === row.item.about || item.notation === notation;
}

function notBefore(item: SentItem, sinceMs: number): boolean {
  const sentAt = instantFromWire(item.sentTime);
  return sentAt === null || Date.parse(sentAt) >= sinceMs;
}
