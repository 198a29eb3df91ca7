import { CouncilMember, type Disposal, type DisposalAct, type DisposalDetail, type DisposalItem, type DisposalState, type DisposalStep, type FileRef, type StoredFile } from '#contract';
import { z } from 'zod';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { choiceOf, dueDay, readRules } from '../deadlines/rules.ts';
import { actsIn } from './steps.ts';

type Row = {
  id: string; title: string; state: DisposalState; createdAt: string; createdBy: string; endedAt: string | null; members: string; metOn: string | null; conclusion: string;
  appraiser: string; appraisalNumber: string; appraisalDay: string | null; appraisalOpinion: string;
  number: string; day: string | null; signer: string; signerPosition: string; dossiers: number; kept: number; open: number; gone: number;
};

const columns = sql`l.id, l.title, l.state, l.created_at AS createdAt, l.created_by AS createdBy, l.ended_at AS endedAt, l.members, l.met_on AS metOn, l.conclusion,
  l.appraiser, l.appraisal_number AS appraisalNumber, l.appraisal_day AS appraisalDay, l.appraisal_opinion AS appraisalOpinion,
  l.decision_number AS number, l.decision_day AS day, l.signer, l.signer_position AS signerPosition,
  (SELECT COUNT(*) FROM disposal_item WHERE disposal = l.id AND state <> 'removed') AS dossiers,
  (SELECT COUNT(*) FROM disposal_item WHERE disposal = l.id AND state <> 'removed' AND opinion = 'keep') AS kept,
  (SELECT COUNT(*) FROM disposal_item WHERE disposal = l.id AND state <> 'removed' AND opinion IS NULL) AS open,
  (SELECT COUNT(*) FROM disposal_item WHERE disposal = l.id AND state = 'destroyed') AS gone`;

function disposalOf(row: Row): Disposal {
  const { id, title, state, createdAt, createdBy, endedAt, number, day, signer, signerPosition, dossiers, kept, open, gone } = row;
  return { id, title, state, createdAt, createdBy, endedAt, counts: { dossiers, kept, open, gone }, decision: day === null ? null : { number, day, signer, signerPosition } };
}

/** Lists of what is worthless, newest first. */
export function listDisposals(db: ReadDb, after: string | null, limit: number): Disposal[] {
  return all<Row>(db, sql`SELECT ${columns} FROM disposal AS l WHERE l.id < ${after ?? '~'} ORDER BY l.id DESC LIMIT ${limit}`).map(disposalOf);
}

/** One list with its way so far. */
export function getDisposal(db: ReadDb, id: string): DisposalDetail | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM disposal AS l WHERE l.id = ${id}`);
  if (row === undefined) return undefined;
  const { metOn, members, conclusion, appraiser, appraisalNumber, appraisalDay, appraisalOpinion } = row;
  return {
    ...disposalOf(row),
    council: metOn === null ? null : { members: z.array(CouncilMember).parse(JSON.parse(members)), metOn, conclusion },
    appraisal: appraisalDay === null ? null : { agency: appraiser, number: appraisalNumber, day: appraisalDay, opinion: appraisalOpinion },
    steps: stepsOf(db, id),
    acts: actsIn(row.state),
  };
}

/** Where a list stands; undefined when there is none. */
export function stateOf(db: ReadDb, id: string): DisposalState | undefined {
  return one<{ state: DisposalState }>(db, sql`SELECT state FROM disposal WHERE id = ${id}`)?.state;
}

/** Lists whose destruction was begun and not ended. */
export function listsToDestroy(db: ReadDb): string[] {
  return all<{ id: string }>(db, sql`SELECT id FROM disposal WHERE state = 'destroying' ORDER BY id`).map(({ id }) => id);
}

type StepRow = Omit<DisposalStep, 'file'> & { fileName: string; mediaType: string; size: number | null; sha256: string | null };

function stepsOf(db: ReadDb, id: string): DisposalStep[] {
  return all<StepRow>(
    db,
    sql`SELECT id, act, from_state AS "from", to_state AS "to", at, by, note, file_name AS fileName, media_type AS mediaType, size, sha256
        FROM disposal_step WHERE disposal = ${id} ORDER BY id`,
  ).map(({ fileName, mediaType, size, sha256, ...step }) => ({ ...step, file: sha256 === null || size === null ? null : { id: step.id, name: fileName, mediaType, size, sha256 } }));
}

/** The paper that a step stands on, by the step's id. */
export function stepFileOf(db: ReadDb, id: string): FileRef | undefined {
  return one<FileRef>(db, sql`SELECT id, file_name AS name, media_type AS mediaType, size, sha256 FROM disposal_step WHERE id = ${id} AND sha256 IS NOT NULL`);
}

export type Step = { readonly act: DisposalAct | 'create' | 'destroyed'; readonly from: DisposalState | null; readonly to: DisposalState; readonly at: string; readonly by: string; readonly note: string; readonly file: StoredFile | null };

/** Writes a step down. */
export function insertStep(db: WriteDb, disposal: string, { act, from, to, at, by, note, file }: Step): void {
  changeOne(
    db,
    sql`INSERT INTO disposal_step (id, disposal, act, from_state, to_state, at, by, note, file_name, media_type, size, sha256)
        VALUES (${newId()}, ${disposal}, ${act}, ${from}, ${to}, ${at}, ${by}, ${note}, ${file?.name ?? ''}, ${file?.mediaType ?? ''}, ${file?.size ?? null}, ${file?.sha256 ?? null})`,
  );
}

/** Writes a new, empty list; answers its id. */
export function insertDisposal(db: WriteDb, title: string, at: string, by: string): string {
  const id = newId();
  changeOne(db, sql`INSERT INTO disposal (id, title, state, created_at, created_by) VALUES (${id}, ${title}, 'drafting', ${at}, ${by})`);
  return id;
}

type ItemRow = {
  id: string; dossier: string; code: string; title: string; kind: 'permanent' | 'years'; years: number | null; endedOn: string | null; documents: number; pages: number;
  reason: DisposalItem['reason']; note: string; opinion: DisposalItem['opinion']; opinionNote: string; opinionBy: string; state: DisposalItem['state'];
};

const itemColumns = sql`i.id, i.dossier, d.notation AS code, d.title, d.retention_kind AS kind, d.retention_years AS years, d.end_date AS endedOn,
  d.member_total AS documents, i.reason, i.note, i.opinion, i.opinion_note AS opinionNote, i.opinion_by AS opinionBy, i.state,
  (SELECT COALESCE(SUM(COALESCE(m.page_amount, n.page_amount, o.page_amount, 0)), 0) FROM dossier_member AS m
    LEFT JOIN incoming_document AS n ON n.id = m.incoming LEFT JOIN outgoing_document AS o ON o.id = m.outgoing
    WHERE m.dossier = d.id AND m.ordinal IS NOT NULL) AS pages`;

function itemsOf(db: ReadDb, rows: readonly ItemRow[]): DisposalItem[] {
  const { rule } = choiceOf(readRules(db), 'expiry');
  return rows.map(({ kind, years, ...row }) => ({
    ...row,
    period: kind === 'years' ? { kind, years: years ?? 0 } : { kind: 'permanent' },
    expiredOn: row.endedOn === null || years === null ? null : dueDay(rule, row.endedOn, years),
  }));
}

/** The dossiers of a list, in the order in which they were put on it. */
export function listItems(db: ReadDb, disposal: string, after: string | null, limit: number): DisposalItem[] {
  const rows = all<ItemRow>(
    db,
    sql`SELECT ${itemColumns} FROM disposal_item AS i JOIN dossier AS d ON d.id = i.dossier
        WHERE i.disposal = ${disposal} AND i.id > ${after ?? ''} AND i.state <> 'removed' ORDER BY i.id LIMIT ${limit}`,
  );
  return itemsOf(db, rows);
}

/** Items by their ids, with the list that they are on. */
export function getItems(db: ReadDb, ids: readonly string[]): (DisposalItem & { readonly disposal: string })[] {
  const rows = all<ItemRow & { disposal: string }>(
    db,
    sql`SELECT ${itemColumns}, i.disposal FROM disposal_item AS i JOIN dossier AS d ON d.id = i.dossier
        WHERE i.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND i.state <> 'removed' ORDER BY i.id`,
  );
  return itemsOf(db, rows).map((item, at) => ({ ...item, disposal: rows[at]?.disposal ?? '' }));
}

/** Puts a dossier on a list and marks it as "xem xét hủy". */
export function insertItem(db: WriteDb, disposal: string, dossier: string, reason: DisposalItem['reason'], at: string): void {
  changeOne(db, sql`INSERT INTO disposal_item (id, disposal, dossier, reason, state) VALUES (${newId()}, ${disposal}, ${dossier}, ${reason}, 'proposed')`);
  changeOne(db, sql`UPDATE dossier SET disposal = 'review', disposal_at = ${at} WHERE id = ${dossier}`);
}

/** Ends what was on a list without destroying it: the dossier is as before. */
export function releaseItems(db: WriteDb, which: { readonly item: string } | { readonly disposal: string; readonly kept: boolean }): void {
  const rows = 'item' in which ? sql`id = ${which.item}` : which.kept ? sql`disposal = ${which.disposal} AND opinion = 'keep'` : sql`disposal = ${which.disposal}`;
  run(db, sql`UPDATE dossier SET disposal = NULL, disposal_at = NULL WHERE id IN (SELECT dossier FROM disposal_item WHERE ${rows} AND state = 'proposed')`);
  const state = 'item' in which || !which.kept ? 'removed' : 'kept';
  run(db, sql`UPDATE disposal_item SET state = ${state} WHERE ${rows} AND state = 'proposed'`);
}
