import type { Certification, FileRef, StoredFile, UseCopyWish } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Where the middle of the agency's seal goes, in points from the lower left of the page as shown; pages from 1. */
export type SealPlace = { readonly page: number; readonly x: number; readonly y: number };

/** What is written down of a signature; `outside`: it came back with a file from elsewhere. */
export type CertificationSignature = { readonly by: string; readonly at: string; readonly level: string; readonly way: 'here' | 'outside' };

type Row = Omit<Certification, 'wish' | 'file' | 'signed'> & Pick<FileRef, 'name' | 'size' | 'sha256'> & { readonly package: string; readonly dossier: string; readonly wish: string; readonly signed: string; readonly place: string; readonly textSize: number; readonly textSha256: string };

/** One as it is kept: with what its text was made of. */
export type KeptCertification = Certification & { readonly package: string; readonly dossier: string; readonly place: SealPlace; /** as it was made, which a signature appends to */ readonly text: { readonly size: number; readonly sha256: string } };

const columns = sql`id, package, dossier, state, made_at AS madeAt, made_by AS madeBy, code, uuid, issued_at AS issuedAt, archive, copies, wish, place, text_size AS textSize, text_sha256 AS textSha256, name, size, sha256, signed`;

function kept({ wish, signed, place, textSize, textSha256, name, size, sha256, ...row }: Row): KeptCertification {
  return {
    ...row,
    wish: JSON.parse(wish) as UseCopyWish,
    place: JSON.parse(place) as SealPlace,
    text: { size: textSize, sha256: textSha256 },
    file: { id: row.id, name, mediaType: 'application/pdf', size, sha256 },
    signed: signed === '' ? null : (JSON.parse(signed) as CertificationSignature),
  };
}

/** Those of a package that wait for their signature or for their copy, oldest first. */
export function openCertifications(db: ReadDb, id: string): KeptCertification[] {
  return all<Row>(db, sql`SELECT ${columns} FROM certification WHERE package = ${id} AND state IN ('waiting', 'signed') ORDER BY id`).map(kept);
}

/** One by its id, whatever became of it; undefined when there is none. */
export function getCertification(db: ReadDb, id: string): KeptCertification | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM certification WHERE id = ${id}`);
  return row && kept(row);
}

export type NewCertification = Omit<KeptCertification, 'id' | 'state' | 'file' | 'signed' | 'text'> & { readonly file: Pick<StoredFile, 'name' | 'size' | 'sha256'> };

/** Writes down a text that waits for its signature; answers its id. */
export function insertCertification(db: WriteDb, { package: of, dossier, madeAt, madeBy, code, uuid, issuedAt, archive, copies, wish, place, file }: NewCertification): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO certification (id, package, dossier, state, made_at, made_by, code, uuid, issued_at, archive, copies, wish, place, text_size, text_sha256, name, size, sha256)
        VALUES (${id}, ${of}, ${dossier}, 'waiting', ${madeAt}, ${madeBy}, ${code}, ${uuid}, ${issuedAt}, ${archive}, ${copies}, ${JSON.stringify(wish)}, ${JSON.stringify(place)}, ${file.size}, ${file.sha256}, ${file.name}, ${file.size}, ${file.sha256})`,
  );
  return id;
}

/** It is signed: the signed text stands in the place of the one that waited. */
export function setCertificationSigned(db: WriteDb, id: string, file: Pick<StoredFile, 'size' | 'sha256'>, signed: CertificationSignature): void {
  changeOne(db, sql`UPDATE certification SET state = 'signed', size = ${file.size}, sha256 = ${file.sha256}, signed = ${JSON.stringify(signed)} WHERE id = ${id} AND state = 'waiting'`);
}

/** It went along with its copy, or was thrown away. */
export function endCertification(db: WriteDb, id: string, state: 'used' | 'discarded', { at, by, reason }: { readonly at: string; readonly by: string; readonly reason: string }): void {
  changeOne(db, sql`UPDATE certification SET state = ${state}, ended_at = ${at}, ended_by = ${by}, ended_reason = ${reason} WHERE id = ${id}`);
}
