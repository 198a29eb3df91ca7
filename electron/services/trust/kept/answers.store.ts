import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Answers that are kept by one key, until a time. */
export type KeptAnswers = { readonly answers: number; readonly bytes: number };

/** What is kept under a key and still counts; undefined when nothing does. */
export function keptAnswer(db: ReadDb, key: string, now: string): Uint8Array | undefined {
  return one<{ bytes: Uint8Array }>(db, sql`SELECT bytes FROM trust_answer WHERE key = ${key} AND until >= ${now}`)?.bytes;
}

/** Keeps an answer in place of the one before; `most`: beyond it the oldest go, but not what is known of lists. */
export function putAnswer(db: WriteDb, { key, bytes, until, at }: { readonly key: string; readonly bytes: Uint8Array; readonly until: string; readonly at: string }, most: KeptAnswers): void {
  run(
    db,
    sql`INSERT INTO trust_answer (key, bytes, size, until, put_at) VALUES (${key}, ${bytes}, ${bytes.length}, ${until}, ${at})
        ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes, size = excluded.size, until = excluded.until, put_at = excluded.put_at`,
  );
  for (let kept = countAnswers(db); kept.answers > most.answers || kept.bytes > most.bytes; kept = countAnswers(db)) {
    // A tenth at once, so that a full table is not counted at each answer. What says how new a list was must stay.
    const some = Math.ceil(kept.answers / 10);
    const gone = run(db, sql`DELETE FROM trust_answer WHERE key IN (SELECT key FROM trust_answer WHERE key NOT LIKE 'crl:%' ORDER BY put_at LIMIT ${some})`);
    if (gone === 0) return;
  }
}

/** How many answers are kept, and their bytes. */
export function countAnswers(db: ReadDb): KeptAnswers {
  return one<KeptAnswers>(db, sql`SELECT COUNT(*) AS answers, COALESCE(SUM(size), 0) AS bytes FROM trust_answer`) ?? { answers: 0, bytes: 0 };
}

/** What is known of the lists that were fetched: their address, and the row that the client wrote. */
export function keptLists(db: ReadDb): { readonly url: string; readonly row: Uint8Array }[] {
  return all<{ key: string; bytes: Uint8Array }>(db, sql`SELECT key, bytes FROM trust_answer WHERE key LIKE 'crl:%' ORDER BY put_at DESC`).map(({ key, bytes }) => ({
    url: key.slice('crl:'.length),
    row: bytes,
  }));
}

/** DER of the authorities' certificates that stood on a valid path before. */
export function keptIssuers(db: ReadDb): Uint8Array[] {
  return all<{ der: string }>(db, sql`SELECT der FROM trust_issuer ORDER BY found_at DESC, fingerprint LIMIT 200`).map(({ der }) => Buffer.from(der, 'base64'));
}

/** Keeps a certificate of an authority. Only for those of a path that was found valid, so that nobody can fill the table. */
export function putIssuer(db: WriteDb, issuer: { readonly sha256: string; readonly der: Uint8Array }, at: string): void {
  run(db, sql`INSERT INTO trust_issuer (fingerprint, der, found_at) VALUES (${issuer.sha256}, ${Buffer.from(issuer.der).toString('base64')}, ${at}) ON CONFLICT DO NOTHING`);
}
