import { DraftFields, SignedFacts, type DraftAct, type DraftFile, type DraftState } from '#contract';
import { z } from 'zod';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';

export type DraftRow = {
  readonly id: string;
  readonly state: DraftState;
  readonly version: number;
  readonly created_at: string;
  readonly created_by: string;
  readonly changed_at: string;
  readonly changed_by: string;
  readonly returned_reason: string;
  readonly signed_at: string | null;
};

/** The row of a draft; undefined when there is none. */
export function draftRow(db: ReadDb, id: string): DraftRow | undefined {
  return one<DraftRow>(
    db,
    sql`SELECT id, state, version, created_at, created_by, changed_at, changed_by, returned_reason, signed_at FROM draft WHERE id = ${id}`,
  );
}

export type DraftContent = { readonly fields: DraftFields; readonly files: readonly DraftFile[] };

/** What a version of a draft says and holds. */
export function contentOf(db: ReadDb, draft: string, version: number): DraftContent {
  const row = one<{ fields: string; files: string }>(
    db,
    sql`SELECT fields, files FROM draft_version WHERE draft = ${draft} AND version = ${version}`,
  );
  if (row === undefined) throw new Error('a version of a draft is gone');
  return { fields: fieldsIn(row.fields), files: filesIn(db, draft, row.files) };
}

/** Every version of a draft, oldest first. */
export function versionsOf(
  db: ReadDb,
  draft: string,
): ({ readonly version: number; readonly at: string; readonly by: string } & DraftContent)[] {
  return all<{ version: number; at: string; by: string; fields: string; files: string }>(
    db,
    sql`SELECT version, at, by, fields, files FROM draft_version WHERE draft = ${draft} ORDER BY version`,
  ).map(({ version, at, by, fields, files }) => ({ version, at, by, fields: fieldsIn(fields), files: filesIn(db, draft, files) }));
}

function fieldsIn(json: string): DraftFields {
  return DraftFields.parse(JSON.parse(json));
}

function filesIn(db: ReadDb, draft: string, ids: string): DraftFile[] {
  type Row = { id: string; role: DraftFile['role']; name: string; media_type: string; size: number; sha256: string };
  const rows = all<Row>(db, sql`SELECT id, role, name, media_type, size, sha256 FROM draft_file WHERE draft = ${draft}`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return z
    .array(z.string())
    .parse(JSON.parse(ids))
    .flatMap((id) => byId.get(id) ?? [])
    .map(({ media_type: mediaType, ...file }) => ({ ...file, mediaType }));
}

/** Writes the row of a new draft, without a version yet. */
export function insertDraft(db: WriteDb, id: string, at: string, by: string): void {
  changeOne(
    db,
    sql`INSERT INTO draft (id, state, version, created_at, created_by, type_name, subject, urgency, signer_name, unit_name,
          changed_at, changed_by)
        VALUES (${id}, 'draft', 0, ${at}, ${by}, '', '', 0, '', '', ${at}, ${by})`,
  );
}

/** Writes the next version of a draft and takes it for the present one; answers its number. */
export function putVersion(
  db: WriteDb,
  draft: string,
  content: { readonly fields: DraftFields; readonly files: readonly Omit<DraftFile, 'id'>[] },
  at: string,
  by: string,
): number {
  const version = (draftRow(db, draft)?.version ?? 0) + 1;
  const ids = content.files.map((file) => fileId(db, draft, file, at));
  changeOne(
    db,
    sql`INSERT INTO draft_version (draft, version, at, by, fields, files)
        VALUES (${draft}, ${version}, ${at}, ${by}, ${JSON.stringify(content.fields)}, ${JSON.stringify(ids)})`,
  );
  const { typeName, subject, urgency, dueDate, signerName, unitName } = content.fields;
  changeOne(
    db,
    sql`UPDATE draft SET version = ${version}, type_name = ${typeName}, subject = ${subject}, urgency = ${urgency},
          due_date = ${dueDate}, signer_name = ${signerName}, unit_name = ${unitName}, changed_at = ${at}, changed_by = ${by}
        WHERE id = ${draft}`,
  );
  return version;
}

/** A file that stays through versions keeps its row. */
function fileId(db: WriteDb, draft: string, file: Omit<DraftFile, 'id'>, at: string): string {
  const known = one<{ id: string }>(
    db,
    sql`SELECT id FROM draft_file
        WHERE draft = ${draft} AND sha256 = ${file.sha256} AND role = ${file.role} AND name = ${file.name}`,
  );
  if (known !== undefined) return known.id;
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO draft_file (id, draft, role, name, media_type, size, sha256, added_at)
        VALUES (${id}, ${draft}, ${file.role}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256}, ${at})`,
  );
  return id;
}

/** Puts a draft into a state; `life.ts` says which may follow. */
export function setDraftState(
  db: WriteDb,
  draft: string,
  next: { readonly state: DraftState; readonly at: string; readonly by: string; readonly returnedReason?: string; readonly signedAt?: string | null },
): void {
  changeOne(
    db,
    sql`UPDATE draft SET state = ${next.state}, changed_at = ${next.at}, changed_by = ${next.by},
          returned_reason = ${next.returnedReason ?? ''}, signed_at = ${next.signedAt ?? null} WHERE id = ${draft}`,
  );
}

const ActDetail = z.strictObject({ hints: z.array(z.string()).default([]), signed: SignedFacts.nullable().default(null) });

export type NewAct = Pick<DraftAct, 'act' | 'at' | 'person' | 'actor' | 'comment'> & Partial<Pick<DraftAct, 'hints' | 'signed'>>;

/** Notes what somebody did to the present version of a draft. */
export function insertAct(db: WriteDb, draft: string, act: NewAct): void {
  const detail = JSON.stringify({ hints: act.hints ?? [], signed: act.signed ?? null });
  changeOne(
    db,
    sql`INSERT INTO draft_act (id, draft, version, act, at, person, actor, comment, detail)
        SELECT ${newId()}, id, version, ${act.act}, ${act.at}, ${act.person}, ${act.actor}, ${act.comment}, ${detail}
        FROM draft WHERE id = ${draft}`,
  );
}

/** What was done to a draft, oldest first. */
export function actsOf(db: ReadDb, draft: string): DraftAct[] {
  type Row = Omit<DraftAct, 'hints' | 'signed' | 'voidedAt'> & { readonly detail: string; readonly voided_at: string | null };
  return all<Row>(
    db,
    sql`SELECT id, version, act, at, person, actor, comment, detail, voided_at FROM draft_act WHERE draft = ${draft} ORDER BY id`,
  ).map(({ detail, voided_at: voidedAt, ...act }) => ({ ...act, ...ActDetail.parse(JSON.parse(detail)), voidedAt }));
}

/** Who content-checked the present version; undefined when nobody has. */
export function contentCheckerOf(db: ReadDb, draft: string): string | undefined {
  return one<{ person: string }>(
    db,
    sql`SELECT person FROM draft_act WHERE draft = ${draft} AND act = 'check-content' AND voided_at IS NULL ORDER BY id DESC LIMIT 1`,
  )?.person;
}

/** Marks checks and signature of a draft as holding no longer; answers how many did until now. */
export function voidApprovals(db: WriteDb, draft: string, at: string, reason: string): number {
  return run(
    db,
    sql`UPDATE draft_act SET voided_at = ${at}, voided_reason = ${reason}
        WHERE draft = ${draft} AND voided_at IS NULL AND act IN ('check-content', 'check-form', 'sign')`,
  );
}

/** Địa danh of the office as it is now; '' when nobody has set it. */
export function officePlace(db: ReadDb): string {
  return one<{ place: string }>(db, sql`SELECT place FROM office WHERE id = ${currentOffice(db)}`)?.place ?? '';
}
