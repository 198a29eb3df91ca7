import type { ArchivedDocument, ArchivedPackage, HeldDossier, UseCopy } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { codeLists } from '../../packages/index.ts';
import type { HeldFile, HeldPages, MadeAside } from '../aside/jobs.ts';
import type { CertifiedDocument } from './certification-page.ts';

/** Whether an AIP of a received package is kept, whole. */
export function isArchived(db: ReadDb, id: string): boolean {
  return one(db, sql`SELECT 1 FROM archived_package WHERE package = ${id} AND kept_at IS NOT NULL`) !== undefined;
}

/** The AIP of a received package; undefined when none is kept. */
export function getArchived(db: ReadDb, id: string): ArchivedPackage | undefined {
  return one<ArchivedPackage>(
    db,
    sql`SELECT package, dossier, form, object_id AS objectId, mets_digest AS sha256, files, bytes, kept_at AS keptAt, created_by AS keptBy FROM archived_package WHERE package = ${id} AND kept_at IS NOT NULL`,
  );
}

/** Its root folder's name, and its files. */
export function archivedFiles(db: ReadDb, id: string): { readonly folder: string; readonly files: HeldPages } {
  const folder = one<{ folder: string }>(db, sql`SELECT folder FROM archived_package WHERE package = ${id}`)?.folder ?? '';
  return { folder, files: [JSON.stringify(all<HeldFile>(db, sql`SELECT path, size, sha256 FROM archived_file WHERE package = ${id} ORDER BY path`))] };
}

type Begun = { readonly uuid: string; readonly createdAt: string };

/** Begins an AIP, or begins it again: what a kill left of its list goes, and it gets the UUID and instant that it had. */
export function beginArchived(db: WriteDb, id: string, dossier: string, { uuid, createdAt, by }: Begun & { readonly by: string }): Begun {
  const known = one<Begun>(db, sql`SELECT uuid, created_at AS createdAt FROM archived_package WHERE package = ${id}`);
  if (known === undefined) changeOne(db, sql`INSERT INTO archived_package (package, dossier, form, uuid, created_at, created_by) VALUES (${id}, ${dossier}, 'AIP_hoso', ${uuid}, ${createdAt}, ${by})`);
  else run(db, sql`DELETE FROM archived_file WHERE package = ${id}`);
  return known ?? { uuid, createdAt };
}

export function insertArchivedFiles(db: WriteDb, id: string, files: readonly HeldFile[]): void {
  for (const { path, size, sha256 } of files) changeOne(db, sql`INSERT INTO archived_file (package, path, size, sha256) VALUES (${id}, ${path}, ${size}, ${sha256})`);
}

/** It is whole, and stays so. */
export function setArchived(db: WriteDb, id: string, folder: string, { form, objectId, sha256, files, bytes }: MadeAside, at: string): void {
  changeOne(
    db,
    sql`UPDATE archived_package SET form = ${form}, object_id = ${objectId}, folder = ${folder}, mets_digest = ${sha256}, files = ${files}, bytes = ${bytes}, kept_at = ${at}
        WHERE package = ${id} AND kept_at IS NULL`,
  );
}

/** What was found and decided of a package before it was archived: instants and words. */
export function courseOf(db: ReadDb, id: string): { readonly checkedAt: string; readonly decidedAt: string; readonly decidedBy: string; readonly receipt: string; readonly agreement: string } | undefined {
  return one(
    db,
    sql`SELECT p.checked_at AS checkedAt, COALESCE(p.decided_at, p.checked_at) AS decidedAt, p.decided_by AS decidedBy, r.title AS receipt, COALESCE(r.fields ->> '$.agreement', '') AS agreement
        FROM received_package AS p JOIN handover_receipt AS r ON r.id = p.receipt WHERE p.id = ${id}`,
  );
}

/** Documents of a received package in the order of their codes, from behind the `after`th on. */
export function documentsOf(db: ReadDb, id: string, { after, limit }: { readonly after: number; readonly limit: number }): ArchivedDocument[] {
  const field = (name: string): ReturnType<typeof sql> => sql`COALESCE(d.value ->> ${`$.fields.${name}`}, '')`;
  return all<ArchivedDocument>(
    db,
    sql`SELECT COALESCE(d.value ->> '$.fields.docCode', d.value ->> '$.fields.arcDocCode', '') AS docCode, ${field('codeNumber')} AS codeNumber, ${field('codeNotation')} AS codeNotation, ${field('issuedDate')} AS issuedDate,
          COALESCE(d.value ->> '$.fields.subject', d.value ->> '$.fields.imageTitle', d.value ->> '$.fields.movieTitle', d.value ->> '$.fields.eventName', '') AS subject
        FROM received_package AS p, json_each(p.described) AS d WHERE p.id = ${id} AND d.value ->> '$.kind' <> 'package' ORDER BY docCode LIMIT ${limit} OFFSET ${after}`,
  );
}

/** The package that a dossier came in; undefined when it was not taken over. */
export function heldOf(db: ReadDb, dossier: string): HeldDossier | undefined {
  const row = one<Omit<HeldDossier, 'archived'> & { readonly archived: number }>(
    db,
    sql`SELECT p.id AS package, p.receipt, COALESCE(NULLIF(p.file_code, ''), p.name) AS code, p.documents, a.kept_at IS NOT NULL AS archived
        FROM received_package AS p LEFT JOIN archived_package AS a ON a.package = p.id WHERE p.dossier = ${dossier}`,
  );
  return row && { ...row, archived: row.archived === 1 };
}

type DescribedRow = Omit<CertifiedDocument, 'kind' | 'others'> & { readonly described: 'doc' | 'pic' | 'media'; readonly type: string; readonly path: string };

/**
 * Every document of an archived package that has a file in it, with the words of its field file and the digests of its files. The AIP has
 * them in the order of their files, and is always of our own making: attachments and trace bear the ordinal of their document.
 */
export function certifiedDocuments(db: ReadDb, id: string): CertifiedDocument[] {
  const field = (name: string): ReturnType<typeof sql> => sql`COALESCE(d.value ->> ${`$.fields.${name}`}, '')`;
  const rows = all<DescribedRow>(
    db,
    sql`SELECT d.value ->> '$.kind' AS described, COALESCE(d.value ->> '$.fields.docCode', d.value ->> '$.fields.arcDocCode', '') AS docCode,
          ${field('codeNumber')} || iif(${field('codeNumber')} <> '' AND ${field('codeNotation')} <> '', '/', '') || ${field('codeNotation')} AS symbol,
          COALESCE(d.value ->> '$.fields.typeName', d.value ->> '$.fields.typePic', d.value ->> '$.fields.typeMedia', '') AS type,
          COALESCE(d.value ->> '$.fields.subject', d.value ->> '$.fields.imageTitle', d.value ->> '$.fields.movieTitle', d.value ->> '$.fields.eventName', '') AS subject, f.sha256, f.path
        FROM received_package AS p, json_each(p.described) AS d JOIN received_file AS f ON f.package = p.id AND f.path = d.value ->> '$.files[0]'
        WHERE p.id = ${id} AND d.value ->> '$.kind' <> 'package'`,
  ).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const files = new Map<string, HeldFile[]>();
  for (const file of all<HeldFile>(db, sql`SELECT path, size, sha256 FROM archived_file WHERE package = ${id} AND path LIKE 'representations/%/data/%' ORDER BY path`)) {
    const ordinal = /\/data\/(\d{7})[._]/.exec(file.path)?.[1] ?? '';
    files.set(ordinal, [...(files.get(ordinal) ?? []), file]);
  }
  return rows.flatMap(({ described, type, path, ...row }, index) => {
    // Of what was only named there is nothing to give.
    if (path.endsWith('.fetch.txt')) return [];
    const own = files.get(String(index + 1).padStart(7, '0')) ?? [];
    const main = own.findIndex(({ sha256 }) => sha256 === row.sha256);
    if (main === -1) throw new Error(`an archived package has each file of its documents: ${path}`);
    return [{ ...row, kind: kindWords(kindLists[described], type), others: own.filter((_, at) => at !== main).map(({ sha256 }) => sha256) }];
  });
}

const kindLists = { doc: 'typeName', pic: 'typePic', media: 'typeMedia' } as const;

/** A code in words; a word that came in its place stays. */
function kindWords(list: (typeof kindLists)[keyof typeof kindLists], value: string): string {
  const words: Readonly<Record<string, string>> = codeLists[list];
  return words[value] ?? value;
}

type CopyRow = Omit<UseCopy, 'request' | 'certified' | 'whole' | 'fit' | 'recipient'> & { readonly request: string; readonly whole: number; readonly fit: number; readonly recipientName: string; readonly recipientId: string };

/** Use copies of a package, newest first. */
export function listUseCopies(db: ReadDb, id: string, { before, limit }: { readonly before: string | null; readonly limit: number }): UseCopy[] {
  return all<CopyRow>(
    db,
    sql`SELECT id, made_at AS madeAt, made_by AS madeBy, recipient AS recipientName, recipient_id AS recipientId, valid_until AS validUntil, request, chosen = '' AS whole, documents, object_id AS objectId,
          mets_digest AS sha256, files, bytes, path, fit FROM use_copy WHERE package = ${id} AND id < ${before ?? '~'} ORDER BY id DESC LIMIT ${limit}`,
  ).map(({ request: asked, whole, fit, recipientName, recipientId, ...row }) => {
    // Which kind of copy was asked for is a part of the request (art. 38.2); copies of before were without a text.
    const { certified = null, ...request } = JSON.parse(asked) as UseCopy['request'] & Partial<Pick<UseCopy, 'certified'>>;
    return { ...row, recipient: { name: recipientName, id: recipientId }, request, certified, whole: whole === 1, fit: fit === 1 };
  });
}

/** Writes down what was given out; answers it with its id. */
export function insertUseCopy(db: WriteDb, of: { readonly package: string; readonly dossier: string; readonly chosen: readonly string[] | null }, copy: Omit<UseCopy, 'id' | 'whole'>): UseCopy {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO use_copy (id, package, dossier, made_at, made_by, recipient, recipient_id, valid_until, request, chosen, object_id, mets_digest, documents, files, bytes, path, fit)
        VALUES (${id}, ${of.package}, ${of.dossier}, ${copy.madeAt}, ${copy.madeBy}, ${copy.recipient.name}, ${copy.recipient.id}, ${copy.validUntil}, ${JSON.stringify({ ...copy.request, ...(copy.certified === null ? {} : { certified: copy.certified }) })},
          ${of.chosen === null ? '' : JSON.stringify(of.chosen)}, ${copy.objectId}, ${copy.sha256}, ${copy.documents}, ${copy.files}, ${copy.bytes}, ${copy.path}, ${copy.fit ? 1 : 0})`,
  );
  return { id, whole: of.chosen === null, ...copy };
}
