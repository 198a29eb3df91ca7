import type { WriteDb } from '../../store/index.ts';
import { cancelRow, rowsOfOutgoing } from './outbox.store.ts';
import { recipientsOf } from './recipients.store.ts';

/**
 * Takes out of the queue what follows a message that never left: an update or a recall of which nobody named has the
 * document would speak of something unknown there. Answers the rows' ids. What names others as well goes its way.
 */
export function cancelFollowers(db: WriteDb, document: string): string[] {
  const without = new Set(recipientsOf(db, document).filter((one) => one.cancelledAt !== null).map((one) => one.organId));
  const rows = rowsOfOutgoing(db, document).filter(
    ({ item, doubtSince }) =>
      (item.state === 'waiting' || item.state === 'attention') &&
      doubtSince === null &&
      item.dispatch !== 'new' &&
      item.dispatch !== 'replace' &&
      item.recipients.every((agency) => without.has(agency.organId)),
  );
  for (const { item } of rows) cancelRow(db, item.id);
  return rows.map(({ item }) => item.id);
}
