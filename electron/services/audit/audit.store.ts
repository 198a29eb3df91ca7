import { canonicalJson } from '../../foundation/canonical-json.ts';
import { all, changeOne, each, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { chainHash, chainStart, entryOf, type AuditEntry, type AuditFact, type AuditRow } from './entry.ts';

/** Writes the next entry, in the transaction of the thing it tells of. Secrets are never put into `detail`. */
export function appendAudit(db: WriteDb, fact: AuditFact): void {
  const head = auditHead(db);
  const seq = (head?.seq ?? 0) + 1;
  const previous = head?.hash ?? chainStart;
  const hash = chainHash(previous, { ...fact, seq });
  changeOne(
    db,
    sql`INSERT INTO audit_entry (seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash)
        VALUES (${seq}, ${fact.at}, ${fact.actor}, ${fact.action}, ${fact.subjectKind}, ${fact.subjectId},
          ${canonicalJson(fact.detail)}, ${previous}, ${hash})`,
  );
  run(
    db,
    sql`INSERT INTO audit_head (one, seq, hash) VALUES (1, ${seq}, ${hash})
        ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  );
}

/** All entries about one subject, oldest first. */
export function traceOf(db: ReadDb, subjectId: string): AuditEntry[] {
  return all<AuditRow>(db, sql`SELECT * FROM audit_entry WHERE subject_id = ${subjectId} ORDER BY seq`).map(entryOf);
}

/** Every entry, oldest first, in bounded memory. */
export function* allEntries(db: ReadDb): Generator<AuditEntry> {
  for (const row of each<AuditRow>(db, sql`SELECT * FROM audit_entry ORDER BY seq`)) yield entryOf(row);
}

/** The entries after a number, oldest first, at most so many. */
export function entriesAfter(db: ReadDb, seq: number, limit: number): AuditEntry[] {
  return all<AuditRow>(db, sql`SELECT * FROM audit_entry WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}`).map(entryOf);
}

/** The newest entry's number and hash as kept apart from the log; undefined before the first entry. */
export function auditHead(db: ReadDb): { seq: number; hash: string } | undefined {
  return one<{ seq: number; hash: string }>(db, sql`SELECT seq, hash FROM audit_head`);
}
