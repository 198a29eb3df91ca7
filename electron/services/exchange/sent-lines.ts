import type { Delivery, DeliveryLine } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { countSentDocuments, deliveriesOf, maybeAlarming, sentDocuments } from './recipients.store.ts';

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
  const alarms = alarmingDocuments(db, now);
  const asked = page.documents ?? null;
  const documents = page.alarms ? [...alarms.keys()].filter((id) => asked?.includes(id) ?? true) : asked;
  const total = page.alarms ? alarms.size : countSentDocuments(db);
  const items = sentDocuments(db, { documents, before: page.before, limit: page.limit }).map((row) => ({
    ...row,
    ...sums(deliveriesOf(db, row.document, now)),
  }));
  return { items, total, alarms: sumOf(alarms) };
}

/** How many recipients ask for attention. */
export function countAlarms(db: ReadDb, now: Date): number {
  return sumOf(alarmingDocuments(db, now));
}

function sumOf(alarms: ReadonlyMap<string, number>): number {
  return [...alarms.values()].reduce((sum, n) => sum + n, 0);
}

function alarmingDocuments(db: ReadDb, now: Date): Map<string, number> {
  const found = new Map<string, number>();
  for (const document of maybeAlarming(db, now)) {
    const { alarms } = sums(deliveriesOf(db, document, now));
    if (alarms > 0) found.set(document, alarms);
  }
  return found;
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
