import { SignerCheck } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Writes what was found about a certificate, whose evidence is in the store already; answers its id. */
export function insertCheck(db: WriteDb, check: SignerCheck, by: string, document: string | null): string {
  const id = newId();
  const { evidence, ...content } = check;
  changeOne(
    db,
    sql`INSERT INTO signer_check (id, at, by, certificate, result, online, status, content, document)
        VALUES (${id}, ${check.at}, ${by}, ${check.certificate.sha256}, ${check.result}, ${check.online}, ${check.status}, ${JSON.stringify(content)}, ${document})`,
  );
  for (const [index, { kind, about, size, sha256 }] of evidence.entries()) {
    changeOne(
      db,
      sql`INSERT INTO signer_evidence (signer_check, ordinal, kind, about, size, sha256) VALUES (${id}, ${BigInt(index + 1)}, ${kind}, ${about}, ${size}, ${sha256})`,
    );
  }
  return id;
}

/** When its authority was last asked about a certificate and called it good; undefined when never. */
export function lastGood(db: ReadDb, certificate: string): string | undefined {
  return one<{ at: string }>(db, sql`SELECT at FROM signer_check WHERE certificate = ${certificate} AND online = 'now' AND status = 'good' ORDER BY at DESC LIMIT 1`)?.at;
}

/** The checks that were made when a document was signed, oldest first. */
export function signerChecksOf(db: ReadDb, document: string): (SignerCheck & { readonly id: string; readonly by: string })[] {
  return all<{ id: string; by: string; content: string }>(db, sql`SELECT id, by, content FROM signer_check WHERE document = ${document} ORDER BY at, id`).map(({ id, by, content }) => {
    const evidence = all<SignerCheck['evidence'][number]>(db, sql`SELECT kind, about, sha256, size FROM signer_evidence WHERE signer_check = ${id} ORDER BY ordinal`);
    return { ...SignerCheck.parse({ ...(JSON.parse(content) as object), evidence }), id, by };
  });
}
