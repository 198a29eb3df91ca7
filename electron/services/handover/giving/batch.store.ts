import type { BatchDetail, BatchFields, BatchItem, BatchState, BatchSummary, HandoverDecision, HandoverRemark, HandoverTotals } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { PackageContent } from '../../packages/index.ts';
import { batchActs } from './life.ts';

type Row = {
  readonly id: string;
  readonly office: string;
  readonly state: BatchState;
  readonly version: number;
  readonly title: string;
  readonly turn: number;
  readonly archiveName: string;
  readonly fields: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly checkedAt: string | null;
  readonly folder: string;
  readonly packagedAt: string | null;
  readonly handedOn: string | null;
  readonly answeredAt: string | null;
  readonly minutesNumber: string;
  readonly built: number;
} & HandoverTotals;

const columns = sql`b.id, b.office, b.state, b.version, b.title, b.turn, b.archive_name AS archiveName, b.fields, b.created_at AS createdAt, b.created_by AS createdBy,
  b.checked_at AS checkedAt, b.folder, b.packaged_at AS packagedAt, b.handed_on AS handedOn, b.answered_at AS answeredAt, b.minutes_number AS minutesNumber,
  COUNT(i.id) AS dossiers, COALESCE(SUM(i.documents), 0) AS documents, COALESCE(SUM(i.files), 0) AS files, COALESCE(SUM(i.bytes), 0) AS bytes,
  COALESCE(SUM(i.permanent), 0) AS permanent, COUNT(i.built_at) AS built, COALESCE(SUM(i.answer = 'accepted'), 0) AS accepted, COALESCE(SUM(i.answer = 'refused'), 0) AS refused`;

function summaryOf({ id, state, version, title, archiveName, turn, createdAt, handedOn, dossiers, documents, files, bytes, permanent, accepted, refused }: Row): BatchSummary {
  return { id, state, version, title, archiveName, turn, createdAt, handedOn, totals: { dossiers, documents, files, bytes, permanent, accepted, refused } };
}

/** One page of batches, newest first. */
export function listBatches(db: ReadDb, { before, limit }: { readonly before: string | null; readonly limit: number }): BatchSummary[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM (SELECT * FROM handover_batch WHERE id < ${before ?? '~'} ORDER BY id DESC LIMIT ${limit}) AS b LEFT JOIN handover_item AS i ON i.batch = b.id GROUP BY b.id ORDER BY b.id DESC`,
  ).map(summaryOf);
}

/** A batch as it is; undefined when there is none. */
export function getBatch(db: ReadDb, id: string): BatchDetail | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM handover_batch AS b LEFT JOIN handover_item AS i ON i.batch = b.id WHERE b.id = ${id} GROUP BY b.id`);
  if (row === undefined) return undefined;
  const { createdBy, checkedAt, folder, packagedAt, answeredAt, minutesNumber, built } = row;
  return { ...summaryOf(row), fields: JSON.parse(row.fields) as BatchFields, createdBy, checkedAt, folder, packagedAt, answeredAt, minutesNumber, built, may: batchActs(row.state) };
}

/** The office that a batch is of. */
export function officeOfBatch(db: ReadDb, id: string): string {
  return one<{ office: string }>(db, sql`SELECT office FROM handover_batch WHERE id = ${id}`)?.office ?? '';
}

export function insertBatch(db: WriteDb, office: string, fields: BatchFields, { at, by }: { readonly at: string; readonly by: string }): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO handover_batch (id, office, state, version, title, turn, archive_name, archive_code, fields, created_at, created_by)
        VALUES (${id}, ${office}, 'draft', 1, ${fields.title}, ${fields.turn}, ${fields.archive.name}, ${fields.archive.code}, ${JSON.stringify(fields)}, ${at}, ${by})`,
  );
  return id;
}

export function updateBatch(db: WriteDb, id: string, fields: BatchFields): void {
  changeOne(
    db,
    sql`UPDATE handover_batch SET title = ${fields.title}, turn = ${fields.turn}, archive_name = ${fields.archive.name}, archive_code = ${fields.archive.code},
          fields = ${JSON.stringify(fields)} WHERE id = ${id}`,
  );
}

/** One more act was taken on it. */
export function raiseBatch(db: WriteDb, id: string): void {
  changeOne(db, sql`UPDATE handover_batch SET version = version + 1 WHERE id = ${id}`);
}

/** A dossier that may be chosen for a batch. */
export type Choosable = {
  readonly id: string;
  readonly catalog: number;
  readonly notation: string;
  readonly title: string;
  readonly retention: 'permanent' | 'years';
  readonly years: number | null;
  readonly members: number;
  readonly endDate: string | null;
};

/** Closed dossiers that no live batch has and no archive took over, as they were opened. */
export function listCandidates(db: ReadDb, page: { readonly retention: 'permanent' | 'years' | null; readonly catalog: number | null; readonly after: string | null; readonly limit: number }): Choosable[] {
  const kind = page.retention === null ? sql`1 = 1` : sql`d.retention_kind = ${page.retention}`;
  const year = page.catalog === null ? sql`1 = 1` : sql`d.catalog = ${page.catalog}`;
  return all<Choosable>(
    db,
    sql`SELECT d.id, d.catalog, d.notation, d.title, d.retention_kind AS retention, d.retention_years AS years, d.member_total AS members, d.end_date AS endDate
        FROM dossier AS d WHERE d.state IN ('closed', 'locked') AND d.handed_over_at IS NULL AND d.disposal IS NULL AND d.closed_at IS NOT NULL AND d.id > ${page.after ?? ''} AND ${kind} AND ${year}
          AND NOT EXISTS (SELECT 1 FROM handover_item WHERE dossier = d.id AND live = 1) ORDER BY d.id LIMIT ${page.limit}`,
  );
}

/** The batch that has a dossier now; undefined: none. */
export function batchWith(db: ReadDb, dossier: string): string | undefined {
  return one<{ batch: string }>(db, sql`SELECT batch FROM handover_item WHERE dossier = ${dossier} AND live = 1`)?.batch;
}

export function insertItem(db: WriteDb, batch: string, item: { readonly dossier: string; readonly fileCode: string; readonly title: string; readonly permanent: boolean; readonly documents: number }): void {
  changeOne(
    db,
    sql`INSERT INTO handover_item (id, batch, ordinal, dossier, file_code, title, permanent, documents)
        VALUES (${newId()}, ${batch}, 0, ${item.dossier}, ${item.fileCode}, ${item.title}, ${item.permanent ? 1 : 0}, ${item.documents})`,
  );
}

export function deleteItem(db: WriteDb, batch: string, dossier: string): number {
  return run(db, sql`DELETE FROM handover_item WHERE batch = ${batch} AND dossier = ${dossier}`);
}

/** Numbers the items in the order of the lists: permanent ones first, each by year and code. */
export function orderItems(db: WriteDb, batch: string): void {
  const items = all<{ id: string; permanent: number; catalog: number; notation: string }>(
    db,
    sql`SELECT i.id, i.permanent, d.catalog, d.notation FROM handover_item AS i JOIN dossier AS d ON d.id = i.dossier WHERE i.batch = ${batch}`,
  ).sort((a, b) => b.permanent - a.permanent || a.catalog - b.catalog || a.notation.localeCompare(b.notation, 'vi', { numeric: true }));
  items.forEach(({ id }, index) => {
    changeOne(db, sql`UPDATE handover_item SET ordinal = ${index + 1} WHERE id = ${id}`);
  });
}

type ItemRow = Omit<BatchItem, 'retention'> & { readonly permanent: number };

/** Items in their order, from behind a place on. */
export function listItems(db: ReadDb, batch: string, { after, limit }: { readonly after: number; readonly limit: number }): BatchItem[] {
  return all<ItemRow>(
    db,
    sql`SELECT id, ordinal, dossier, file_code AS fileCode, title, permanent, documents, object_id AS objectId, built_at AS builtAt, mets_digest AS sha256, files, bytes, answer,
          answer_reason AS answerReason FROM handover_item WHERE batch = ${batch} AND ordinal > ${after} ORDER BY ordinal LIMIT ${limit}`,
  ).map(({ permanent, ...row }) => ({ ...row, retention: permanent === 1 ? 'permanent' : 'years' }));
}

/** All items of a batch in their order. */
export function everyItem(db: ReadDb, batch: string): BatchItem[] {
  return listItems(db, batch, { after: 0, limit: 1_000_000 });
}

/** What an item's package is built from; null until it was taken down. */
export function contentOf(db: ReadDb, item: string): PackageContent | null {
  const text = one<{ content: string }>(db, sql`SELECT content FROM handover_item WHERE id = ${item}`)?.content ?? '';
  return text === '' ? null : (JSON.parse(text) as PackageContent);
}

export function saveContent(db: WriteDb, item: string, content: PackageContent, objectId: string): void {
  changeOne(db, sql`UPDATE handover_item SET content = ${JSON.stringify(content)}, object_id = ${objectId}, documents = ${content.documents.length} WHERE id = ${item}`);
}

export function noteBuilt(db: WriteDb, item: string, at: string, built: { readonly sha256: string; readonly files: number; readonly bytes: number }): void {
  changeOne(db, sql`UPDATE handover_item SET built_at = ${at}, mets_digest = ${built.sha256}, files = ${built.files}, bytes = ${built.bytes} WHERE id = ${item}`);
}

/** Forgets what was taken down and built: the batch goes back to draft. */
export function forgetPackages(db: WriteDb, batch: string): void {
  run(db, sql`UPDATE handover_item SET content = '', object_id = '', built_at = NULL, mets_digest = '', files = 0, bytes = 0 WHERE batch = ${batch}`);
  changeOne(db, sql`UPDATE handover_batch SET remarks = '', checked_at = NULL, packaged_at = NULL, folder = '' WHERE id = ${batch}`);
}

export function saveRemarks(db: WriteDb, batch: string, at: string, remarks: readonly HandoverRemark[]): void {
  changeOne(db, sql`UPDATE handover_batch SET remarks = ${JSON.stringify(remarks)}, checked_at = ${at} WHERE id = ${batch}`);
}

/** What the last check found; [] before the first. */
export function remarksOfBatch(db: ReadDb, batch: string): HandoverRemark[] {
  const text = one<{ remarks: string }>(db, sql`SELECT remarks FROM handover_batch WHERE id = ${batch}`)?.remarks ?? '';
  return text === '' ? [] : (JSON.parse(text) as HandoverRemark[]);
}

/** Puts a batch into another state; the database refuses an illegal jump. */
export function moveBatch(db: WriteDb, batch: string, state: BatchState): void {
  changeOne(db, sql`UPDATE handover_batch SET state = ${state} WHERE id = ${batch}`);
}

export function setFolder(db: WriteDb, batch: string, folder: string): void {
  changeOne(db, sql`UPDATE handover_batch SET folder = ${folder} WHERE id = ${batch}`);
}

export function setPackaged(db: WriteDb, batch: string, at: string): void {
  changeOne(db, sql`UPDATE handover_batch SET state = 'packaged', packaged_at = ${at} WHERE id = ${batch}`);
}

export function setHanded(db: WriteDb, batch: string, day: string): void {
  changeOne(db, sql`UPDATE handover_batch SET state = 'handed', handed_on = ${day} WHERE id = ${batch}`);
}

/** The dossiers of a batch that is given up may be chosen again. */
export function cancelBatch(db: WriteDb, batch: string, reason: string): void {
  changeOne(db, sql`UPDATE handover_batch SET state = 'cancelled', ended_reason = ${reason} WHERE id = ${batch}`);
  run(db, sql`UPDATE handover_item SET live = 0 WHERE batch = ${batch}`);
}

/** Writes what the archive answered about a dossier; one that it took over is handed over from then on, the other free again. */
export function answerItem(db: WriteDb, item: Pick<BatchItem, 'id' | 'dossier'>, answer: HandoverDecision, reason: string, at: string): void {
  changeOne(db, sql`UPDATE handover_item SET answer = ${answer}, answer_reason = ${reason}, live = ${answer === 'accepted' ? 1 : 0} WHERE id = ${item.id}`);
  if (answer === 'refused') return;
  changeOne(db, sql`UPDATE dossier SET handed_over_at = ${at}, version = version + 1 WHERE id = ${item.dossier}`);
  run(db, sql`UPDATE dossier_member SET handed_over_at = ${at} WHERE dossier = ${item.dossier} AND ordinal IS NOT NULL`);
}

export function setAnswered(db: WriteDb, batch: string, state: BatchState, at: string, by: string, number: string): void {
  changeOne(db, sql`UPDATE handover_batch SET state = ${state}, answered_at = ${at}, answered_by = ${by}, minutes_number = ${number} WHERE id = ${batch}`);
}

/** The batch that holds a package, by OBJID; undefined: none that was handed or answered. */
export function batchOfObject(db: ReadDb, objectId: string): string | undefined {
  return one<{ batch: string }>(db, sql`SELECT batch FROM handover_item WHERE object_id = ${objectId}`)?.batch;
}
