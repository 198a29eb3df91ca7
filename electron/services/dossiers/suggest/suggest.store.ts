import { all, one, sql, type ReadDb, type Sql } from '../../../store/index.ts';
import { readableBy, type Asker } from '../access/readers.store.ts';

/** A document of the same matter, near it: answers, what is answered, what replaces or corrects. At most 50, in their order. */
export function threadOf(db: ReadDb, document: string): readonly string[] {
  const found = new Set<string>([document]);
  let edge: readonly string[] = [document];
  for (let step = 0; step < 2 && edge.length > 0 && found.size < 50; step += 1) {
    const ids = JSON.stringify(edge);
    const of = sql`(SELECT value FROM json_each(${ids}))`;
    const next = all<{ id: string }>(
      db,
      sql`SELECT outgoing AS id FROM outgoing_answer WHERE incoming IN ${of} UNION SELECT incoming FROM outgoing_answer WHERE outgoing IN ${of}
          UNION SELECT incoming FROM incoming_answer WHERE outgoing IN ${of} UNION SELECT outgoing FROM incoming_answer WHERE incoming IN ${of}
          UNION SELECT replaced_by FROM incoming_document WHERE id IN ${of} AND replaced_by IS NOT NULL
          UNION SELECT corrects FROM outgoing_document WHERE id IN ${of} AND corrects IS NOT NULL
          UNION SELECT replaces FROM outgoing_document WHERE id IN ${of} AND replaces IS NOT NULL
          UNION SELECT id FROM outgoing_document WHERE corrects IN ${of} ORDER BY id LIMIT 50`,
    ).map(({ id }) => id);
    edge = next.filter((id) => !found.has(id));
    for (const id of edge) found.add(id);
  }
  found.delete(document);
  return [...found].slice(0, 50);
}

export type Candidate = {
  readonly dossier: string | null;
  readonly entry: string | null;
  readonly line: string;
  readonly catalog: number;
  readonly notation: string;
  readonly title: string;
  readonly unit: string | null;
  readonly person: string | null;
  readonly maker: string;
};

const dossierColumns = sql`d.id AS dossier, d.entry, d.line, d.catalog, d.notation, d.title, d.unit, d.person, iif(d.person_name = '', d.unit_name, d.person_name) AS maker`;

/** Open dossiers that documents of a thread stand in, with the document that says so. */
export function openWithThread(db: ReadDb, thread: readonly string[], asker: Asker): readonly (Candidate & { readonly code: string })[] {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(thread)}))`;
  return all(
    db,
    sql`SELECT ${dossierColumns}, MIN(COALESCE(i.code_number || '/' || i.code_notation, o.code_number || '/' || o.code_notation)) AS code
        FROM (SELECT id FROM dossier_member WHERE incoming IN ${ids} AND ordinal IS NOT NULL UNION SELECT id FROM dossier_member WHERE outgoing IN ${ids} AND ordinal IS NOT NULL) AS f
        JOIN dossier_member AS m ON m.id = f.id JOIN dossier AS d ON d.id = m.dossier
        LEFT JOIN incoming_document AS i ON i.id = m.incoming LEFT JOIN outgoing_document AS o ON o.id = m.outgoing
        WHERE d.state = 'open' AND ${readableBy(asker)} GROUP BY d.id ORDER BY d.id DESC LIMIT 20`,
  );
}

/** The open dossier of a code and year; undefined when there is none that may be read. */
export function openWithCode(db: ReadDb, catalog: number, notation: string, asker: Asker): Candidate | undefined {
  return one<Candidate>(db, sql`SELECT ${dossierColumns} FROM dossier AS d WHERE d.catalog = ${catalog} AND d.notation = ${notation} AND d.state = 'open' AND ${readableBy(asker)} ORDER BY d.id DESC LIMIT 1`);
}

/**
 * Where documents of a line go in a year: its newest open dossier of that year, else the entry of the year's plan, else an
 * older dossier that is still open; undefined when the line has ended.
 */
export function targetOfLine(db: ReadDb, line: string, year: number, asker: Asker): Candidate | undefined {
  const newest = (of: Sql): Candidate | undefined =>
    one<Candidate>(db, sql`SELECT ${dossierColumns} FROM dossier AS d WHERE d.line = ${line} AND d.state = 'open' AND ${of} AND ${readableBy(asker)} ORDER BY d.id DESC LIMIT 1`);
  const open = newest(sql`d.catalog = ${year}`);
  if (open !== undefined) return open;
  const entry = one<Candidate>(
    db,
    sql`SELECT NULL AS dossier, e.id AS entry, e.line, p.year AS catalog, e.notation, e.title, e.unit, e.person, iif(e.person_name = '', e.unit_name, e.person_name) AS maker
        FROM file_entry AS e JOIN file_plan AS p ON p.id = e.plan
        WHERE e.line = ${line} AND p.year = ${year} AND p.state = 'approved' AND NOT EXISTS (SELECT 1 FROM dossier WHERE entry = e.id) LIMIT 1`,
  );
  return entry ?? newest(sql`1 = 1`);
}

/** Members at the end of a dossier that are looked at for who put in one of the same issuer. */
const lookedAt = 60;

/** Who put the last document of an issuer into a dossier, among its last; undefined for nobody. */
export function lastChoice(db: ReadDb, dossier: string, issuer: string): string | undefined {
  const last = sql`SELECT rowid FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL ORDER BY ordinal DESC LIMIT ${lookedAt}`;
  return one<{ by: string }>(db, sql`SELECT m.added_by AS by FROM dossier_member AS m JOIN incoming_document AS i ON i.id = m.incoming WHERE m.rowid IN (${last}) AND i.issuer_name = ${issuer} ORDER BY m.id DESC LIMIT 1`)?.by;
}

/** Units and persons that have, or had, the work on a received document. */
export function workersOn(db: ReadDb, document: string): ReadonlySet<string> {
  const rows = all<{ unit: string | null; person: string | null }>(
    db,
    sql`SELECT unit, person FROM assignment WHERE document = ${document} UNION SELECT unit, NULL FROM outgoing_document WHERE id = ${document}`,
  );
  return new Set(rows.flatMap(({ unit, person }) => [unit, person]).filter((id) => id !== null));
}

/** Year and file code that a document of ours names; undefined for none. */
export function namedCode(db: ReadDb, document: string): { readonly catalog: number; readonly notation: string } | undefined {
  return one(db, sql`SELECT COALESCE(file_catalog, CAST(substr(issued_date, 1, 4) AS INTEGER)) AS catalog, file_notation AS notation FROM outgoing_document WHERE id = ${document} AND file_notation <> ''`);
}
