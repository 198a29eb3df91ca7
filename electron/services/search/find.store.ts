import type { SearchRegister } from '#contract';
import { all, one, sql, type ReadDb } from '../../store/index.ts';
import type { Narrowing } from './filters.ts';
import { rowid } from './places.ts';

/** What one of the two indexes is asked. */
export type Probe = {
  readonly index: 'field' | 'body';
  /** a MATCH expression; null for every document (`field` only) */
  readonly match: string | null;
  readonly narrowing: Narrowing;
};

type Rows = { readonly doc: number };

/** Places of what fits, the newest first, from `below` (not included) down. */
export function newestOf(db: ReadDb, probe: Probe, below: number, limit: number): number[] {
  return all<Rows>(db, sql`${fitting(probe, below)} ORDER BY 1 DESC LIMIT ${limit}`).map(({ doc }) => doc);
}

/** Whether the document at a place fits. */
export function fits(db: ReadDb, index: Probe['index'], match: string, doc: number): boolean {
  const row =
    index === 'field'
      ? one(db, sql`SELECT 1 FROM search_field WHERE search_field MATCH ${match} AND rowid = ${rowid(doc)}`)
      : one(db, sql`SELECT 1 FROM search_body WHERE search_body MATCH ${match} AND rowid = ${rowid(doc)}`);
  return row !== undefined;
}

function fitting({ index, match, narrowing }: Probe, below: number): ReturnType<typeof sql> {
  const { from, to, issued, due } = narrowing;
  const top = Math.min(to, below - 1);
  const looksAtDays = [issued.from, issued.to, due.from, due.to].some((day) => day !== null);
  const days = sql`COALESCE(d.issued, '') BETWEEN ${issued.from ?? ''} AND ${issued.to ?? '~'}
    AND COALESCE(d.due, '') BETWEEN ${due.from ?? ''} AND ${due.to ?? '~'}`;
  if (match === null) {
    return looksAtDays
      ? sql`SELECT d.doc AS doc FROM search_doc AS d WHERE d.doc BETWEEN ${from} AND ${top} AND ${days}`
      : sql`SELECT d.doc AS doc FROM search_doc AS d WHERE d.doc BETWEEN ${from} AND ${top}`;
  }
  const rows =
    index === 'field'
      ? sql`SELECT f.rowid AS doc FROM search_field AS f`
      : sql`SELECT f.rowid AS doc FROM search_body AS f`;
  // The full-text index gives its rows in their order; what is looked up beside it must not be turned into the outer loop.
  const beside = looksAtDays ? sql` CROSS JOIN search_doc AS d ON d.doc = f.rowid AND ${days}` : sql``;
  const matching = index === 'field' ? sql`search_field MATCH ${match}` : sql`search_body MATCH ${match}`;
  return sql`${rows}${beside} WHERE ${matching} AND f.rowid BETWEEN ${rowid(from)} AND ${rowid(top)}`;
}

export type DocumentPlace = { readonly id: string; readonly register: SearchRegister; readonly hasBody: boolean };

/** Which document stands at a place; undefined when none does. */
export function documentAt(db: ReadDb, doc: number): DocumentPlace | undefined {
  const row = one<{ id: string; register: SearchRegister; has_body: number }>(
    db,
    sql`SELECT id, register, has_body FROM search_doc WHERE doc = ${doc}`,
  );
  return row === undefined ? undefined : { id: row.id, register: row.register, hasBody: row.has_body === 1 };
}

export type DocumentHead = { readonly code: string; readonly subject: string; readonly arrival: number | null };

/** What a document is known by. */
export function headAt(db: ReadDb, doc: number): DocumentHead {
  const row = one<DocumentHead>(
    db,
    sql`SELECT COALESCE(i.code_number || '/' || i.code_notation, o.code_number || '/' || o.code_notation) AS code,
          COALESCE(i.subject, o.subject) AS subject, i.arrival_number AS arrival
        FROM search_doc AS d LEFT JOIN incoming_document AS i ON i.id = d.id
        LEFT JOIN outgoing_document AS o ON i.id IS NULL AND o.id = d.id WHERE d.doc = ${doc}`,
  );
  return row ?? { code: '', subject: '', arrival: null };
}
