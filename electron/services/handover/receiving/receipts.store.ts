import type { HandoverDecision, HandoverReason, ReceiptDetail, ReceiptFields, ReceiptState, ReceiptSummary, ReceivedFile, ReceivedPackage } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { Described } from '../../packages/index.ts';
import type { HeldFile, HeldPages } from '../aside/jobs.ts';

type Row = {
  readonly id: string;
  readonly state: ReceiptState;
  readonly version: number;
  readonly title: string;
  readonly senderName: string;
  readonly senderCode: string;
  readonly turn: number;
  readonly fields: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly concludedAt: string | null;
  readonly concludedBy: string;
  readonly minutesNumber: string;
  readonly packages: number;
  readonly documents: number;
  readonly files: number;
  readonly bytes: number;
  readonly permanent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly passed: number;
  readonly duplicates: number;
  readonly held: number;
  readonly archived: number;
};

const columns = sql`r.id, iif(r.taking_at IS NULL, r.state, 'taking') AS state, r.version, r.title, r.sender_name AS senderName, r.sender_code AS senderCode, r.turn, r.fields, r.started_at AS startedAt, r.started_by AS startedBy,
  r.concluded_at AS concludedAt, r.concluded_by AS concludedBy, r.minutes_number AS minutesNumber, COUNT(p.id) AS packages, COALESCE(SUM(p.documents), 0) AS documents,
  COALESCE(SUM(p.files), 0) AS files, COALESCE(SUM(p.bytes), 0) AS bytes, COALESCE(SUM(p.permanent), 0) AS permanent, COALESCE(SUM(p.decision = 'accepted'), 0) AS accepted,
  COALESCE(SUM(p.decision = 'refused'), 0) AS refused, COALESCE(SUM(p.passed), 0) AS passed, COALESCE(SUM(p.duplicate <> 'none'), 0) AS duplicates, COUNT(p.dossier) AS held,
  (SELECT COUNT(*) FROM archived_package AS a JOIN received_package AS h ON h.id = a.package WHERE h.receipt = r.id AND a.kept_at IS NOT NULL) AS archived`;

function summaryOf({ id, state, version, title, senderName, turn, startedAt, packages, documents, files, bytes, permanent, accepted, refused }: Row): ReceiptSummary {
  return { id, state, version, title, senderName, turn, startedAt, totals: { dossiers: packages, documents, files, bytes, permanent, accepted, refused } };
}

/** One page of receipts, newest first. */
export function listReceipts(db: ReadDb, { before, limit }: { readonly before: string | null; readonly limit: number }): ReceiptSummary[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM (SELECT * FROM handover_receipt WHERE id < ${before ?? '~'} ORDER BY id DESC LIMIT ${limit}) AS r LEFT JOIN received_package AS p ON p.receipt = r.id GROUP BY r.id ORDER BY r.id DESC`,
  ).map(summaryOf);
}

/** A receipt as it is; undefined when there is none. */
export function getReceipt(db: ReadDb, id: string): ReceiptDetail | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM handover_receipt AS r LEFT JOIN received_package AS p ON p.receipt = r.id WHERE r.id = ${id} GROUP BY r.id`);
  if (row === undefined) return undefined;
  const { startedBy, concludedAt, concludedBy, minutesNumber, packages, passed, duplicates, accepted, refused, held, archived } = row;
  const ever = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM handover_receipt AS r JOIN received_package AS p ON p.receipt = r.id WHERE r.sender_code = ${row.senderCode} AND p.dossier IS NOT NULL`);
  return {
    ...summaryOf(row),
    fields: JSON.parse(row.fields) as ReceiptFields,
    startedBy,
    concludedAt,
    concludedBy,
    minutesNumber,
    packages,
    passed,
    failed: packages - passed,
    duplicates,
    undecided: packages - accepted - refused,
    acceptedEver: ever?.n ?? 0,
    held,
    archived,
  };
}

/** The office that a receipt is of. */
export function officeOfReceipt(db: ReadDb, id: string): string {
  return one<{ office: string }>(db, sql`SELECT office FROM handover_receipt WHERE id = ${id}`)?.office ?? '';
}

export function insertReceipt(db: WriteDb, office: string, fields: ReceiptFields, { at, by }: { readonly at: string; readonly by: string }): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO handover_receipt (id, office, state, version, title, turn, sender_name, sender_code, fields, started_at, started_by)
        VALUES (${id}, ${office}, 'open', 1, ${fields.title}, ${fields.turn}, ${fields.sender.name}, ${fields.sender.code}, ${JSON.stringify(fields)}, ${at}, ${by})`,
  );
  return id;
}

export function updateReceipt(db: WriteDb, id: string, fields: ReceiptFields): void {
  changeOne(
    db,
    sql`UPDATE handover_receipt SET title = ${fields.title}, turn = ${fields.turn}, sender_name = ${fields.sender.name}, sender_code = ${fields.sender.code},
          fields = ${JSON.stringify(fields)} WHERE id = ${id}`,
  );
}

/** One more act was taken on it. */
export function raiseReceipt(db: WriteDb, id: string): void {
  changeOne(db, sql`UPDATE handover_receipt SET version = version + 1 WHERE id = ${id}`);
}

export function setConcluded(db: WriteDb, id: string, at: string, by: string, number: string): void {
  changeOne(db, sql`UPDATE handover_receipt SET state = 'concluded', taking_at = NULL, concluded_at = ${at}, concluded_by = ${by}, minutes_number = ${number} WHERE id = ${id}`);
}

export type NewPackage = Omit<ReceivedPackage, 'id' | 'ordinal' | 'decision' | 'decisionReason' | 'dossier'> & { readonly path: string; readonly described: readonly Described[] };

/** Writes a package that was looked at, with every file of it. */
export function insertPackage(db: WriteDb, receipt: string, found: NewPackage, files: readonly ReceivedFile[], at: string): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO received_package (id, receipt, ordinal, name, path, object_id, file_code, title, permanent, mets_digest, documents, files, bytes, passed, authenticity, integrity,
          readability, duplicate, reasons, described, checked_at)
        VALUES (${id}, ${receipt}, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM received_package WHERE receipt = ${receipt}), ${found.name}, ${found.path}, ${found.objectId}, ${found.fileCode},
          ${found.title}, ${found.permanent ? 1 : 0}, ${found.sha256}, ${found.documents}, ${found.files}, ${found.bytes}, ${found.passed ? 1 : 0}, ${found.authenticity}, ${found.integrity},
          ${found.readability}, ${found.duplicate}, ${JSON.stringify(found.reasons)}, ${JSON.stringify(found.described)}, ${at})`,
  );
  for (const file of files) {
    changeOne(
      db,
      sql`INSERT INTO received_file (package, path, size, digest, passed, authenticity, integrity, readability, reasons)
          VALUES (${id}, ${file.path}, ${file.size}, ${file.sha256}, ${file.passed ? 1 : 0}, ${file.authenticity}, ${file.integrity}, ${file.readability}, ${JSON.stringify(file.reasons)})`,
    );
  }
  return id;
}

type PackageRow = Omit<ReceivedPackage, 'permanent' | 'passed' | 'reasons'> & { readonly permanent: number; readonly passed: number; readonly reasons: string };

/** Packages of a receipt in their order, from behind a place on. */
export function listPackages(db: ReadDb, receipt: string, { after, limit }: { readonly after: number; readonly limit: number }): ReceivedPackage[] {
  return all<PackageRow>(
    db,
    sql`SELECT id, ordinal, name, object_id AS objectId, file_code AS fileCode, title, permanent, mets_digest AS sha256, documents, files, bytes, passed, authenticity, integrity, readability,
          duplicate, reasons, decision, decision_reason AS decisionReason, dossier FROM received_package WHERE receipt = ${receipt} AND ordinal > ${after} ORDER BY ordinal LIMIT ${limit}`,
  ).map(({ permanent, passed, reasons, ...row }) => ({ ...row, permanent: permanent === 1, passed: passed === 1, reasons: JSON.parse(reasons) as HandoverReason[] }));
}

/** All packages of a receipt in their order. */
export function everyPackage(db: ReadDb, receipt: string): ReceivedPackage[] {
  return listPackages(db, receipt, { after: 0, limit: 1_000_000 });
}

/** Whether a package that lay there was looked at in this receipt. */
export function isTakenIn(db: ReadDb, receipt: string, path: string): boolean {
  return one(db, sql`SELECT 1 FROM received_package WHERE receipt = ${receipt} AND path = ${path}`) !== undefined;
}

/** Of these places, those at which some receipt has looked at a package, and when it did so last: an instant. */
export function lookedAt(db: ReadDb, paths: readonly string[]): ReadonlyMap<string, string> {
  const rows = all<{ path: string; at: string }>(db, sql`SELECT path, MAX(checked_at) AS at FROM received_package WHERE path IN (SELECT value FROM json_each(${JSON.stringify(paths)})) GROUP BY path`);
  return new Map(rows.map(({ path, at }) => [path, at]));
}

type FileRow = Omit<ReceivedFile, 'passed' | 'reasons'> & { readonly passed: number; readonly reasons: string };

/** Files of a package by path; undefined when there is no such package. */
export function listFiles(db: ReadDb, id: string, { after, limit }: { readonly after: string; readonly limit: number }): ReceivedFile[] | undefined {
  if (one(db, sql`SELECT 1 FROM received_package WHERE id = ${id}`) === undefined) return undefined;
  return all<FileRow>(
    db,
    sql`SELECT path, size, digest AS sha256, passed, authenticity, integrity, readability, reasons FROM received_file WHERE package = ${id} AND path > ${after} ORDER BY path LIMIT ${limit}`,
  ).map(({ passed, reasons, ...row }) => ({ ...row, passed: passed === 1, reasons: JSON.parse(reasons) as HandoverReason[] }));
}

/** Where a package lay, and what its field files say, as JSON: of ten thousand documents it is not read here. */
export function packageSource(db: ReadDb, id: string): { readonly path: string; readonly described: string } {
  return one<{ path: string; described: string }>(db, sql`SELECT path, described FROM received_package WHERE id = ${id}`) ?? { path: '', described: '[]' };
}

/** Files of a package that are read at once. */
const filesAtOnce = 2000;

/** Every file of a package with what its check read, in pages of JSON; others get their turn between two. */
export async function everyFile(db: ReadDb, id: string): Promise<HeldPages> {
  const pages: string[] = [];
  for (let after = ''; ; ) {
    const page = all<HeldFile>(db, sql`SELECT path, size, digest AS sha256 FROM received_file WHERE package = ${id} AND path > ${after} ORDER BY path LIMIT ${filesAtOnce}`);
    pages.push(JSON.stringify(page));
    if (page.length < filesAtOnce) return pages;
    after = page.at(-1)?.path ?? after;
    await new Promise(setImmediate);
  }
}

/** From here on what was accepted is being taken in; null: it is not any more. */
export function setTaking(db: WriteDb, id: string, at: string | null): void {
  changeOne(db, sql`UPDATE handover_receipt SET taking_at = ${at} WHERE id = ${id}`);
}

/** One package as it is now; undefined when there is none. */
export function getPackage(db: ReadDb, id: string): (ReceivedPackage & { readonly receipt: string }) | undefined {
  const row = one<{ receipt: string; ordinal: number }>(db, sql`SELECT receipt, ordinal FROM received_package WHERE id = ${id}`);
  const [found] = row === undefined ? [] : listPackages(db, row.receipt, { after: row.ordinal - 1, limit: 1 });
  return found === undefined || row === undefined ? undefined : { ...found, receipt: row.receipt };
}

/** What of a package is coming in: its dossier, and how many members that has; undefined before and after. */
export function arrivingOf(db: ReadDb, id: string): { readonly dossier: string; readonly members: number } | undefined {
  return one<{ dossier: string; members: number }>(db, sql`SELECT id AS dossier, member_total AS members FROM dossier WHERE arriving = ${id}`);
}

/** Whether something of a receipt is half in, as a kill leaves it. */
export function isHalfIn(db: ReadDb, receipt: string): boolean {
  return one(db, sql`SELECT 1 FROM dossier AS d JOIN received_package AS p ON p.id = d.arriving WHERE d.arriving IS NOT NULL AND p.receipt = ${receipt}`) !== undefined;
}

/** The bytes of these files are in the store. Answers the last of them, undefined when there were none any more. */
export function markStored(db: WriteDb, id: string, after: string, limit: number): string | undefined {
  const last = one<{ path: string | null }>(db, sql`SELECT MAX(path) AS path FROM (SELECT path FROM received_file WHERE package = ${id} AND path > ${after} ORDER BY path LIMIT ${limit})`)?.path ?? undefined;
  if (last !== undefined) run(db, sql`UPDATE received_file SET sha256 = digest WHERE package = ${id} AND path > ${after} AND path <= ${last}`);
  return last;
}

export function setDecision(db: WriteDb, id: string, decision: HandoverDecision | null, reason: string, at: string, by: string): void {
  changeOne(db, sql`UPDATE received_package SET decision = ${decision}, decision_reason = ${reason}, decided_at = ${at}, decided_by = ${by} WHERE id = ${id}`);
  // What a taking that broke off had stored of it is no claim on the bytes of what goes back.
  if (decision !== 'accepted') run(db, sql`UPDATE received_file SET sha256 = NULL WHERE package = ${id} AND sha256 IS NOT NULL`);
}

/** A package whose files are all in the store became this dossier. */
export function setHeld(db: WriteDb, id: string, dossier: string): void {
  changeOne(db, sql`UPDATE received_package SET dossier = ${dossier} WHERE id = ${id}`);
}

/** What is held of the same: a package of this OBJID, a dossier of this code; in this receipt too, whatever was decided. */
export function sameHeld(db: ReadDb, receipt: string, { objectId, fileCode, sha256 }: { readonly objectId: string; readonly fileCode: string; readonly sha256: string }): { readonly inReceipt: boolean; readonly package: boolean; readonly code: boolean; readonly content: boolean } {
  const found = (where: ReturnType<typeof sql>): boolean => one(db, sql`SELECT 1 FROM received_package WHERE ${where}`) !== undefined;
  return {
    inReceipt: found(sql`receipt = ${receipt} AND ((object_id <> '' AND object_id = ${objectId}) OR (file_code <> '' AND file_code = ${fileCode}))`),
    package: objectId !== '' && found(sql`object_id = ${objectId} AND dossier IS NOT NULL`),
    code: fileCode !== '' && found(sql`file_code = ${fileCode} AND dossier IS NOT NULL`),
    content: sha256 !== '' && found(sql`object_id = ${objectId} AND mets_digest = ${sha256} AND dossier IS NOT NULL`),
  };
}

/** How many of these files the holdings have already, by hash. */
export function heldFiles(db: ReadDb, hashes: readonly string[]): number {
  return one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM json_each(${JSON.stringify(hashes)}) AS j WHERE EXISTS (SELECT 1 FROM received_file AS f JOIN received_package AS p ON p.id = f.package WHERE f.sha256 = j.value AND p.dossier IS NOT NULL)`)?.n ?? 0;
}
