import { one, run, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';
import { joined } from './places.store.ts';

/** Pages, as far as they are known, and the first and last day of the documents. */
export type Span = { readonly pages: number; readonly firstDay: string | null; readonly lastDay: string | null };

function counted(db: ReadDb, which: Sql): Span {
  const row = one<{ pages: number | null; firstDay: string | null; lastDay: string | null }>(
    db,
    sql`SELECT SUM(pages) AS pages, MIN(day) AS firstDay, MAX(day) AS lastDay FROM (
          SELECT CASE m.kind WHEN 'incoming' THEN i.page_amount WHEN 'outgoing' THEN o.page_amount ELSE m.page_amount END AS pages,
            CASE m.kind WHEN 'incoming' THEN i.issued_date WHEN 'outgoing' THEN o.issued_date ELSE m.issued_date END AS day
          FROM ${joined} WHERE ${which} AND m.ordinal IS NOT NULL)`,
  );
  return { pages: row?.pages ?? 0, firstDay: row?.firstDay ?? null, lastDay: row?.lastDay ?? null };
}

/** What was counted of a dossier and still holds (triggers of migration 0305); undefined when it must be counted anew. */
export function knownSpan(db: ReadDb, dossier: string): Span | undefined {
  return one<Span>(db, sql`SELECT pages, first_day AS firstDay, last_day AS lastDay FROM dossier_span WHERE dossier = ${dossier}`);
}

/** The members of a dossier as a whole. */
export function spanOfMembers(db: ReadDb, dossier: string): Span {
  return knownSpan(db, dossier) ?? counted(db, sql`m.dossier = ${dossier}`);
}

/** Counts a dossier where that was not done since something changed. */
export function keepSpan(db: WriteDb, dossier: string): void {
  if (knownSpan(db, dossier) === undefined) put(db, dossier, counted(db, sql`m.dossier = ${dossier}`));
}

/** What was known before some members came holds for it with them. */
export function widenSpan(db: WriteDb, dossier: string, known: Span, members: readonly string[]): void {
  const more = counted(db, sql`m.id IN (SELECT value FROM json_each(${JSON.stringify(members)}))`);
  const [first] = [known.firstDay, more.firstDay].filter((day) => day !== null).toSorted();
  const last = [known.lastDay, more.lastDay].filter((day) => day !== null).toSorted().at(-1);
  put(db, dossier, { pages: known.pages + more.pages, firstDay: first ?? null, lastDay: last ?? null });
}

function put(db: WriteDb, dossier: string, { pages, firstDay, lastDay }: Span): void {
  run(db, sql`INSERT OR REPLACE INTO dossier_span (dossier, pages, first_day, last_day) VALUES (${dossier}, ${pages}, ${firstDay}, ${lastDay})`);
}
