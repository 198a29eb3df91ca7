import type { Verdict } from '#contract';
import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { Material } from '../ports.ts';

export type QueuedFile = { readonly sha256: string; readonly arrivedAt: string; readonly tries: number };

/** Puts a file into the queue. One that is known keeps its earliest arrival, and is looked at again only when it never was. */
export function queueFile(db: WriteDb, sha256: string, arrivedAt: string, at: string): void {
  run(
    db,
    sql`INSERT INTO verification (sha256, state, queued_at, arrived_at) VALUES (${sha256}, 'waiting', ${at}, ${arrivedAt})
        ON CONFLICT (sha256) DO UPDATE SET arrived_at = min(arrived_at, excluded.arrived_at)`,
  );
}

/** The next files to look at: new ones in their order, then those whose time for another look has come. */
export function nextFiles(db: ReadDb, now: string, limit: number): readonly QueuedFile[] {
  const columns = sql`sha256, arrived_at AS arrivedAt, tries`;
  const waiting = all<QueuedFile>(db, sql`SELECT ${columns} FROM verification WHERE state = 'waiting' ORDER BY queued_at, sha256 LIMIT ${limit}`);
  if (waiting.length === limit) return waiting;
  const due = all<QueuedFile>(db, sql`SELECT ${columns} FROM verification WHERE renew_at <= ${now} AND state = 'done' ORDER BY renew_at LIMIT ${limit - waiting.length}`);
  return [...waiting, ...due];
}

/** All that could not be decided waits again: call when an anchor, an issuer or newer evidence has come. Answers how many. */
export function renewUndecided(db: WriteDb, at: string): number {
  return run(db, sql`UPDATE verification SET state = 'waiting', queued_at = ${at}, renew_at = NULL WHERE indication = 'indeterminate' AND state = 'done'`);
}

/** A file is to be looked at again, before all others; false when it was never in the queue. */
export function lookAgain(db: WriteDb, sha256: string): boolean {
  run(db, sql`UPDATE verification SET state = 'waiting', queued_at = '', renew_at = NULL WHERE sha256 = ${sha256}`);
  return one(db, sql`SELECT 1 FROM verification WHERE sha256 = ${sha256}`) !== undefined;
}

/** No document has this file any more: nobody asks about it. What was found of it stays with what it was. */
export function leaveQueue(db: WriteDb, sha256: string): void {
  run(db, sql`DELETE FROM verification WHERE sha256 = ${sha256}`);
}

/** How many files wait; those that may be looked at again some day are not counted. */
export function countWaiting(db: ReadDb): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM verification WHERE state = 'waiting'`)?.n ?? 0;
}

export type NewVerdict = {
  readonly id: string;
  readonly verdict: Verdict;
  readonly at: string;
  readonly online: boolean;
  readonly material: readonly Material[];
  readonly renewAt: string | null;
};

/** A list of revoked certificates beyond this stays in its folder; its hash and its day are in the report. */
const longestMaterial = 256 * 1024;

/** Stores a verdict with what it stands on. A file that left the queue meanwhile, as it was destroyed, gets none. */
export function saveVerdict(db: WriteDb, { id, verdict, at, online, material, renewAt }: NewVerdict): boolean {
  const { state, indication, subIndication, file } = verdict;
  if (one(db, sql`SELECT 1 FROM verification WHERE sha256 = ${file.sha256}`) === undefined) return false;
  run(
    db,
    sql`INSERT INTO file_verdict (id, content, at, online, state, indication, sub_indication, report)
        VALUES (${id}, ${file.sha256}, ${at}, ${online ? 1 : 0}, ${state}, ${indication}, ${subIndication}, ${JSON.stringify(verdict)})`,
  );
  for (const { kind, sha256, der } of new Map(material.map((each) => [each.sha256, each])).values()) {
    const kept = der === null || der.length > longestMaterial ? '' : Buffer.from(der).toString('base64');
    run(db, sql`INSERT INTO verdict_material (fingerprint, kind, der) VALUES (${sha256}, ${kind}, ${kept}) ON CONFLICT (fingerprint) DO NOTHING`);
    run(db, sql`INSERT INTO verdict_use (verdict, fingerprint) VALUES (${id}, ${sha256})`);
  }
  run(
    db,
    sql`UPDATE verification SET state = 'done', verdict = ${id}, indication = ${indication}, renew_at = ${renewAt}, tries = tries + 1
        WHERE sha256 = ${file.sha256}`,
  );
  return true;
}

type Row = { readonly id: string; readonly at: string; readonly online: number; readonly report: string };
export type KeptVerdict = { readonly id: string; readonly at: string; readonly online: boolean; readonly verdict: Verdict };

/** The newest verdict on a file by its hash; undefined when there is none yet. */
export function newestVerdict(db: ReadDb, sha256: string): KeptVerdict | undefined {
  const row = one<Row>(db, sql`SELECT id, at, online, report FROM file_verdict WHERE content = ${sha256} ORDER BY id DESC LIMIT 1`);
  return row && { id: row.id, at: row.at, online: row.online === 1, verdict: JSON.parse(row.report) as Verdict };
}

/** A certificate that verdicts stand on, by its SHA-256: DER as Base64; '' where it is not kept. */
export function certificateOf(db: ReadDb, sha256: string): string {
  return one<{ der: string }>(db, sql`SELECT der FROM verdict_material WHERE fingerprint = ${sha256} AND kind = 'certificate'`)?.der ?? '';
}

/** What a verdict stands on; `der` is null where only the hash is kept. */
export function materialOf(db: ReadDb, id: string): readonly Material[] {
  const rows = all<{ sha256: string; kind: Material['kind']; der: string }>(
    db,
    sql`SELECT m.fingerprint AS sha256, m.kind, m.der FROM verdict_use AS u JOIN verdict_material AS m ON m.fingerprint = u.fingerprint
        WHERE u.verdict = ${id} ORDER BY m.kind, m.fingerprint`,
  );
  return rows.map(({ sha256, kind, der }) => ({ sha256, kind, der: der === '' ? null : Buffer.from(der, 'base64') }));
}
