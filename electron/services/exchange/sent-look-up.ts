import { ok, type Outcome } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { ReadDb } from '../../store/index.ts';
import { sameAgency } from './agency-code.store.ts';
import { instantFromWire, wireDay } from './edxml/values.ts';
import { deliveredBeside, isKnownDelivery, type OutboxRow } from './outbox.store.ts';
import type { AxisFailureCode, AxisTransport, MessageType, SentItem } from './ports.ts';

/** The axis' id of a message of ours that it has but whose delivery we never noted; null when it has none. */
export type SentLookUp = (row: OutboxRow) => Promise<Outcome<string | null, AxisFailureCode>>;

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

  async function listed(messageType: MessageType, from: string, row: OutboxRow): Promise<Outcome<readonly SentItem[], AxisFailureCode>> {
    const before = (row.doubtSince === null ? kept : seen).get(messageType);
    if (before !== undefined && before.from <= from && (row.doubtSince ?? '') < before.askedAt) return ok(before.items);
    const askedAt = clock.now().toISOString();
    const answer = await axis.sentList({ messageType, fromDate: wireDay(from) });
    if (answer.ok) for (const lists of [seen, kept]) lists.set(messageType, { items: answer.value, from, askedAt });
    return answer;
  }

  return async (row) => {
    // Never from a time that has not come: then our clock was set back since.
    const leftMs = Math.min(Date.parse(row.doubtSince ?? row.item.createdAt), clock.now().getTime());
    const sinceMs = leftMs - clockToleranceMs;
    const items = await listed(row.content.kind === 'status' ? 'status' : 'edoc', new Date(sinceMs).toISOString().slice(0, 10), row);
    if (!items.ok) return items;
    const lines = items.value.filter((item) => isAbout(db, row, item) && notBefore(item, sinceMs));
    const strange = lines.filter((item) => !isKnownDelivery(db, item.senderDocId));
    // Whether the list's ids are those that `sendEdoc` answers with is not documented: deliveries that are not found
    // in it by their id account for as many of its lines.
    const noted = deliveredBeside(db, row)
      .filter((one) => Date.parse(one.deliveredAt) >= sinceMs && sharesReceiver(db, one.organIds, row))
      .filter((one) => !items.value.some((item) => item.senderDocId === one.axisDocId));
    return ok(strange.length > noted.length ? (strange.at(-1)?.senderDocId ?? null) : null);
  };
}

function sharesReceiver(db: ReadDb, organIds: readonly string[], row: OutboxRow): boolean {
  return row.item.recipients.some((agency) => organIds.some((organId) => sameAgency(db, organId, agency.organId)));
}

/** Whether a line of the list fits a row in everything that both tell; '' tells nothing. */
function isAbout(db: ReadDb, row: OutboxRow, item: SentItem): boolean {
  if (item.senderDocId === '') return false;
  if (!row.item.recipients.some((agency) => sameAgency(db, agency.organId, item.toCode))) return false;
  if (item.fromCode !== '' && !sameAgency(db, item.fromCode, row.from)) return false;
  const notation = row.item.about.slice(row.item.about.indexOf('/') + 1);
  return item.notation === row.item.about || item.notation === notation;
}

function notBefore(item: SentItem, sinceMs: number): boolean {
  const sentAt = instantFromWire(item.sentTime);
  return sentAt === null || Date.parse(sentAt) >= sinceMs;
}
