import { all, one, sql, type ReadDb } from '../../../store/index.ts';


/** Whose dossier it is: the office that had it when it was made. */
export function officeOf(db: ReadDb, dossier: string): { readonly name: string; readonly organId: string; readonly fondsCode: string } {
  const row = one<{ name: string; organId: string; fondsCode: string }>(
    db,
    sql`SELECT o.name, iif(o.organ_id = '', o.former_organ_id, o.organ_id) AS organId, o.fonds_code AS fondsCode FROM office AS o JOIN dossier AS d ON d.office = o.id WHERE d.id = ${dossier}`,
  );
  if (row === undefined) throw new Error('a dossier has an office');
  return row;
}

/** When stored files came to this station, by hash: an instant. */
export function arrivalsOf(db: ReadDb, hashes: readonly string[]): ReadonlyMap<string, string> {
  const rows = all<{ sha256: string; at: string }>(db, sql`SELECT sha256, arrived_at AS at FROM verification WHERE sha256 IN (SELECT value FROM json_each(${JSON.stringify(hashes)}))`);
  return new Map(rows.map(({ sha256, at }) => [sha256, at]));
}

export type Traced = { readonly at: string; readonly actor: string; readonly action: string; readonly detail: string; readonly hash: string };

/** What the audit log tells of a document: of its draft too where it was one here. Oldest first. */
export function traceRows(db: ReadDb, document: string): readonly Traced[] {
  return all<Traced>(
    db,
    sql`SELECT at, actor, action, detail, hash FROM audit_entry
        WHERE subject_id IN (SELECT ${document} UNION SELECT draft FROM outgoing_document WHERE id = ${document} AND draft IS NOT NULL) ORDER BY seq`,
  );
}

/** Language and retention-free facts of a document that only a package wants. */
export function languageOf(db: ReadDb, document: string): string {
  return one<{ language: string }>(db, sql`SELECT language FROM incoming_document WHERE id = ${document} UNION ALL SELECT language FROM outgoing_document WHERE id = ${document} LIMIT 1`)?.language ?? '';
}
