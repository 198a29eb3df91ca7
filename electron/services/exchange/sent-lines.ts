import type { Delivery, DeliveryLine } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { alarmingRecipients, countSentDocuments, deliveriesOfAll, sentDocuments } from './recipients.store.ts';

/**
 * Our sent documents with the sums over their recipients, newest first; `alarms` only those that ask for attention,
 * `documents` only these.
 */
export function deliveryLines(
  db: ReadDb,
  page: {
    readonly alarms: boolean;
    readonly documents?: readonly string[] | null | undefined;
    readonly before: string | null;
    readonly limit: number;
  },
  now: Date,
): { items: DeliveryLine[]; total: number; alarms: number } {
  const alarms = alarmingRecipients(db, now);
  const asked = page.documents ?? null;
  const before = page.before ?? '~';
  // Those of the page alone are looked up: there may be a thousand.
  const alarming = (): string[] => [...alarms.keys()].filter((id) => id < before && (asked?.includes(id) ?? true)).toSorted().slice(-page.limit);
  const documents = page.alarms ? alarming() : asked;
  const total = page.alarms ? alarms.size : countSentDocuments(db);
  const rows = sentDocuments(db, { documents, before: page.before, limit: page.limit });
  const deliveries = deliveriesOfAll(db, rows.map(({ document }) => document), now);
  const items = rows.map((row) => ({ ...row, ...sums(deliveries.get(row.document) ?? []) }));
  return { items, total, alarms: sumOf(alarms) };
}

/** How many recipients ask for attention. */
export function countAlarms(db: ReadDb, now: Date): number {
  return sumOf(alarmingRecipients(db, now));
}

function sumOf(alarms: ReadonlyMap<string, number>): number {
  return [...alarms.values()].reduce((sum, n) => sum + n, 0);
}

function sums(deliveries: readonly Delivery[]): Omit<DeliveryLine, 'document' | 'code' | 'subject' | 'issuedDate' | 'state'> {
  const count = (test: (one: Delivery) => boolean): number => deliveries.filter(test).length;
  const said = (one: Delivery, codes: readonly string[]): boolean => one.statuses.some((status) => codes.includes(status.code));
  return {
    recipients: deliveries.length,
    sent: count((one) => one.sentAt !== null),
    arrived: count((one) => one.statuses.length > 0),
    registered: count((one) => said(one, ['03', '04', '05', '06'])),
    done: count((one) => said(one, ['06'])),
    refused: count((one) => one.statusCode === '02'),
    alarms: count((one) => one.alarm !== null),
  };
}
