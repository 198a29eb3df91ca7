import { z } from 'zod';
import { Day, StoredFile, Urgency, type ChangeKind, type ChangeRequest } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

/** What an update would put in place of the present fields; `files` null keeps the files. */
export const ChangeContent = z.strictObject({
  typeName: z.string(),
  subject: z.string(),
  urgency: Urgency,
  dueDate: Day.nullable(),
  issuedDate: Day.nullable(),
  codeNumber: z.string(),
  codeNotation: z.string(),
  place: z.string(),
  signerName: z.string(),
  signerPosition: z.string(),
  signerCompetence: z.string(),
  toPlaces: z.array(z.string()),
  pageAmount: z.number().int().nullable(),
  files: z.array(StoredFile).nullable(),
});
export type ChangeContent = z.infer<typeof ChangeContent>;

type Row = {
  id: string;
  incoming: string;
  kind: ChangeKind;
  form: 'status' | 'message';
  reason: string;
  asked_at: string;
  state: 'open' | 'agreed' | 'refused';
  decided_at: string | null;
  decided_by: string | null;
  decision_reason: string;
  content: string;
};

export type StoredRequest = {
  readonly id: string;
  readonly incoming: string;
  readonly kind: ChangeKind;
  readonly state: ChangeRequest['state'];
  readonly reason: string;
  readonly content: ChangeContent | null;
};

/** Writes down a request; answers its id. */
export function insertChangeRequest(
  db: WriteDb,
  request: {
    readonly incoming: string;
    readonly kind: ChangeKind;
    readonly form: 'status' | 'message';
    readonly reason: string;
    readonly at: string;
    readonly content: ChangeContent | null;
  },
): string {
  const id = newId();
  const content = request.content === null ? '' : JSON.stringify(request.content);
  changeOne(
    db,
    sql`INSERT INTO change_request (id, incoming, kind, form, reason, asked_at, state, content)
        VALUES (${id}, ${request.incoming}, ${request.kind}, ${request.form}, ${request.reason}, ${request.at}, 'open', ${content})`,
  );
  return id;
}

/** The newest request of a kind about a document; undefined when there is none. */
export function newestRequest(db: ReadDb, incoming: string, kind: ChangeKind): StoredRequest | undefined {
  const row = one<Row>(
    db,
    sql`SELECT * FROM change_request WHERE incoming = ${incoming} AND kind = ${kind} ORDER BY id DESC LIMIT 1`,
  );
  return row === undefined ? undefined : storedOf(row);
}

/** One request; undefined when there is none. */
export function findRequest(db: ReadDb, id: string): StoredRequest | undefined {
  const row = one<Row>(db, sql`SELECT * FROM change_request WHERE id = ${id}`);
  return row === undefined ? undefined : storedOf(row);
}

/** Notes the decision; only what is open can be decided. */
export function noteDecision(
  db: WriteDb,
  id: string,
  decision: { readonly state: 'agreed' | 'refused'; readonly at: string; readonly by: string; readonly reason: string },
): void {
  changeOne(
    db,
    sql`UPDATE change_request SET state = ${decision.state}, decided_at = ${decision.at}, decided_by = ${decision.by},
          decision_reason = ${decision.reason} WHERE id = ${id} AND state = 'open'`,
  );
}

/** Ends what is still open about a document that has ended; the answer that ended it speaks for all. */
export function withdrawOpen(db: WriteDb, incoming: string, end: { readonly at: string; readonly by: string; readonly reason: string }): void {
  run(
    db,
    sql`UPDATE change_request SET state = 'refused', decided_at = ${end.at}, decided_by = ${end.by},
          decision_reason = ${end.reason} WHERE incoming = ${incoming} AND state = 'open'`,
  );
}

/** Every request about a document, newest first, with what it would change. */
export function changeRequestsOf(db: ReadDb, incoming: string): ChangeRequest[] {
  return all<Row>(db, sql`SELECT * FROM change_request WHERE incoming = ${incoming} ORDER BY id DESC`).map((row) => ({
    id: row.id,
    kind: row.kind,
    form: row.form,
    reason: row.reason,
    askedAt: row.asked_at,
    state: row.state,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decisionReason: row.decision_reason,
    changes: row.state === 'open' ? differences(db, incoming, storedOf(row).content) : [],
  }));
}

const columns = {
  typeName: 'type_name',
  subject: 'subject',
  urgency: 'urgency',
  dueDate: 'due_date',
  issuedDate: 'issued_date',
  codeNumber: 'code_number',
  codeNotation: 'code_notation',
  place: 'place',
  signerName: 'signer_name',
  signerPosition: 'signer_position',
  signerCompetence: 'signer_competence',
  pageAmount: 'page_amount',
} as const satisfies Partial<Record<keyof ChangeContent, string>>;

/** What an update would change, field by field. */
export function differences(db: ReadDb, incoming: string, content: ChangeContent | null): ChangeRequest['changes'] {
  if (content === null) return [];
  const row = one<Record<string, string | number | null>>(db, sql`SELECT * FROM incoming_document WHERE id = ${incoming}`);
  if (row === undefined) return [];
  const found = Object.entries(columns).map(([field, column]) => ({
    field,
    before: String(row[column] ?? ''),
    after: String(content[field as keyof typeof columns] ?? ''),
  }));
  const lists = [
    { field: 'toPlaces', before: placesText(String(row['to_places'])), after: content.toPlaces.join('; ') },
    ...(content.files === null
      ? []
      : [{ field: 'files', before: fileNames(db, incoming), after: content.files.map((file) => file.name).join('; ') }]),
  ];
  const filesChanged = content.files !== null && fileHashes(db, incoming) !== content.files.map((file) => file.sha256).join();
  return [...found, ...lists].filter((row) => row.before !== row.after || (row.field === 'files' && filesChanged));
}

/** Puts an update's fields and files in place; the files before stay, marked as superseded. */
export function applyUpdate(db: WriteDb, incoming: string, content: ChangeContent, at: string): void {
  changeOne(
    db,
    sql`UPDATE incoming_document SET type_name = ${content.typeName}, subject = ${content.subject},
          urgency = ${content.urgency}, due_date = ${content.dueDate}, issued_date = ${content.issuedDate},
          code_number = ${content.codeNumber}, code_notation = ${content.codeNotation}, place = ${content.place},
          signer_name = ${content.signerName}, signer_position = ${content.signerPosition},
          signer_competence = ${content.signerCompetence}, to_places = ${JSON.stringify(content.toPlaces)},
          page_amount = ${content.pageAmount}
        WHERE id = ${incoming}`,
  );
  if (content.files === null) return;
  run(db, sql`UPDATE incoming_file SET superseded_at = ${at} WHERE document = ${incoming} AND superseded_at IS NULL`);
  const first = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM incoming_file WHERE document = ${incoming}`)?.n ?? 0;
  content.files.forEach((file, index) => {
    changeOne(
      db,
      sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256)
          VALUES (${newId()}, ${incoming}, ${first + index}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
    );
  });
}

function currentFiles(db: ReadDb, incoming: string): { name: string; sha256: string }[] {
  return all<{ name: string; sha256: string }>(
    db,
    sql`SELECT name, sha256 FROM incoming_file WHERE document = ${incoming} AND superseded_at IS NULL ORDER BY ordinal`,
  );
}

const fileNames = (db: ReadDb, incoming: string): string => currentFiles(db, incoming).map((file) => file.name).join('; ');
const fileHashes = (db: ReadDb, incoming: string): string => currentFiles(db, incoming).map((file) => file.sha256).join();
const placesText = (json: string): string => (JSON.parse(json) as string[]).join('; ');

function storedOf(row: Row): StoredRequest {
  const content = row.content === '' ? null : ChangeContent.parse(JSON.parse(row.content));
  return { id: row.id, incoming: row.incoming, kind: row.kind, state: row.state, reason: row.reason, content };
}
