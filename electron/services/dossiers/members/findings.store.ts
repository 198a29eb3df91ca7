import type { FileFinding } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';

/** The newest findings about the signatures of stored files, by hash; those that were never in the queue are left out. */
export function findingsOn(db: ReadDb, hashes: readonly string[]): ReadonlyMap<string, FileFinding> {
  if (hashes.length === 0) return new Map();
  const rows = all<FileFinding & { readonly sha256: string }>(
    db,
    sql`SELECT q.sha256, COALESCE(v.state, 'waiting') AS state, v.indication FROM verification AS q LEFT JOIN file_verdict AS v ON v.id = q.verdict
        WHERE q.sha256 IN (SELECT value FROM json_each(${JSON.stringify(hashes)}))`,
  );
  return new Map(rows.map(({ sha256, ...finding }) => [sha256, finding]));
}
