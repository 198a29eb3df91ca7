import type { KeptNumber, SeriesKey } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';
import { datedAfter, datedBefore, findSeries, type Entry } from './series.store.ts';

/** More are not offered at once; an office keeps a handful. */
const most = 200;

/** The numbers of a series that are kept, lowest first, each with the days between which its document's date must lie. */
export function keptNumbers(db: ReadDb, office: string, key: SeriesKey): KeptNumber[] {
  const series = findSeries(db, office, key.register, key.scope, key.year);
  if (series === undefined || series.closed_at !== null) return [];
  return all<Entry>(
    db,
    sql`SELECT * FROM number_entry INDEXED BY number_entry_exceptions
        WHERE series = ${series.id} AND (state <> 'taken' OR suffix <> '') AND state = 'reserved' ORDER BY number, suffix LIMIT ${most}`,
  ).map(({ number, suffix, for_whom: forWhom, until, reason }) => ({
    ...key,
    number,
    suffix,
    forWhom,
    until,
    reason,
    from: datedBefore(db, series.id, number, suffix)?.day ?? `${String(key.year)}-01-01`,
    to: datedAfter(db, series.id, number, suffix)?.day ?? `${String(key.year)}-12-31`,
  }));
}
