import { run, sql, type WriteDb } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';

/**
 * Closes every series of numbers of an office that ends, in the caller's transaction; answers how many. Numbers given stay
 * given, and the successor's series begin at 1.
 */
export function closeSeriesOf(db: WriteDb, ending: { readonly office: string; readonly at: string; readonly reason: string }): number {
  return run(
    db,
    sql`UPDATE number_series SET closed_at = ${ending.at}, closed_reason = ${ending.reason}, closed_by = ${actorOf(db).name}
        WHERE office = ${ending.office} AND closed_at IS NULL`,
  );
}
