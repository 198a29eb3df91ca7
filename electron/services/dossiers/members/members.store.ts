import type { DossierMember, FileRef, MemberNotes, OwnFileFields, StoredFile } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { memberReadableBy, type Asker } from '../access/readers.store.ts';
import { findingsOn } from './findings.store.ts';
import { joined, nextPlace, rowsBehind } from './places.store.ts';

/** What stands in the registers about a member, or in the dossier about a file of its own; for `dossier_member AS m`. */
const documentColumns = sql`
  COALESCE(i.code_number, o.code_number, m.code_number) AS codeNumber, COALESCE(i.code_notation, o.code_notation, m.code_notation) AS codeNotation,
  CASE m.kind WHEN 'incoming' THEN i.issued_date WHEN 'outgoing' THEN o.issued_date ELSE m.issued_date END AS issuedDate,
  COALESCE(i.type_name, o.type_name, m.type_name) AS typeName, COALESCE(i.subject, o.subject, m.subject) AS subject,
  CASE m.kind WHEN 'incoming' THEN i.issuer_name WHEN 'outgoing' THEN COALESCE((SELECT name FROM office WHERE id = o.office), '') ELSE m.issuer_name END AS issuerName,
  CASE m.kind WHEN 'incoming' THEN i.page_amount WHEN 'outgoing' THEN o.page_amount ELSE m.page_amount END AS pageAmount,
  COALESCE(i.standing, o.state, '') AS standing`;
type MemberRow = Omit<DossierMember, 'ordinal' | 'files' | 'filesDestroyed' | 'hidden' | 'document' | 'finding'> & {
  readonly incoming: string | null;
  readonly outgoing: string | null;
  readonly readable: number;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly destroyedAt: string | null;
};

/** Members in their order, from behind the `after`th on. Of what the asker may not read only the place is told. */
export function listMembers(db: ReadDb, dossier: string, page: { readonly after: number; readonly limit: number }, asker: Asker): DossierMember[] {
  const rows = all<MemberRow>(
    db,
    sql`SELECT m.id, m.kind, m.incoming, m.outgoing, ${documentColumns}, m.sheet, m.note, m.origin, m.autograph, m.access,
          m.added_at AS addedAt, m.added_by AS addedBy, m.handed_over_at AS handedOverAt, m.name, m.media_type AS mediaType, m.size, m.sha256,
          m.destroyed_at AS destroyedAt, ${memberReadableBy(asker)} AS readable
        FROM ${joined} WHERE m.rowid IN ${rowsBehind(dossier, page.after, page.limit)} ORDER BY m.ordinal`,
  );
  const files = filesOf(db, rows);
  const findings = findingsOn(db, rows.flatMap(({ sha256 }) => sha256 ?? []));
  return rows.map(({ incoming, outgoing, readable, name, mediaType, size, sha256, destroyedAt, ...rest }, index): DossierMember => {
    const document = incoming ?? outgoing;
    const row = { ...rest, ordinal: page.after + index + 1, finding: null };
    if (readable === 0) {
      return { ...row, document: null, codeNumber: '', codeNotation: '', issuedDate: null, typeName: '', subject: '', issuerName: '', pageAmount: null, standing: '', sheet: '', note: '', autograph: '', hidden: true, files: [], filesDestroyed: false };
    }
    const own = sha256 === null || size === null ? undefined : { id: row.id, name, mediaType, size, sha256 };
    const found = files.get(document ?? '') ?? [];
    return { ...row, document, hidden: false, finding: own === undefined || destroyedAt !== null ? null : (findings.get(own.sha256) ?? null), files: own === undefined ? found.map(({ destroyed: _, ...file }) => file) : [own], filesDestroyed: own === undefined ? found.some(({ destroyed }) => destroyed) : destroyedAt !== null };
  });
}

/** Members that are read at once when all of a dossier are walked over. */
const pageRows = 500;

/** All members of a dossier in their order, some at a time. */
export function* everyMember(db: ReadDb, dossier: string, asker: Asker): Generator<DossierMember> {
  for (let after = 0; ; ) {
    const page = listMembers(db, dossier, { after, limit: pageRows }, asker);
    yield* page;
    if (page.length < pageRows) return;
    after = page.at(-1)?.ordinal ?? after;
  }
}

/** Members of which the asker is told the place alone. */
export function hiddenMembers(db: ReadDb, dossier: string, asker: Asker): ReadonlySet<string> {
  const rows = all<{ id: string }>(db, sql`SELECT m.id FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL AND m.access = 'named' AND NOT ${memberReadableBy(asker)}`);
  return new Set(rows.map(({ id }) => id));
}

/** What a package tells of a document. */
export type PackagedMember = Pick<
  DossierMember,
  'id' | 'ordinal' | 'document' | 'codeNumber' | 'codeNotation' | 'issuedDate' | 'typeName' | 'issuerName' | 'subject' | 'pageAmount' | 'note' | 'origin' | 'autograph' | 'addedAt' | 'files' | 'filesDestroyed'
>;

/** Documents of the registers that are no members, in the given order, as if they were. `addedAt`: when they came or went. */
export function looseMembers(db: ReadDb, documents: readonly DocumentRef[]): PackagedMember[] {
  type Row = Omit<PackagedMember, 'files' | 'filesDestroyed' | 'ordinal'> & { readonly document: string };
  const rows = all<Row>(
    db,
    sql`SELECT d.id, d.id AS document, d.code_number AS codeNumber, d.code_notation AS codeNotation, d.issued_date AS issuedDate, d.type_name AS typeName, d.issuer_name AS issuerName, d.subject,
          d.page_amount AS pageAmount, '' AS note, iif(d.source = 'paper', '02', '01') AS origin, '' AS autograph, d.arrived_at AS addedAt
        FROM json_each(${JSON.stringify(documents.map(({ id }) => id))}) AS j JOIN incoming_document AS d ON d.id = j.value
        UNION ALL
        SELECT d.id, d.id, d.code_number, d.code_notation, d.issued_date, d.type_name, COALESCE((SELECT name FROM office WHERE id = d.office), ''), d.subject, d.page_amount, '', iif(d.paper = 1, '02', '01'), '',
          COALESCE(d.issued_at, d.numbered_at, d.issued_date || 'T00:00:00.000Z')
        FROM json_each(${JSON.stringify(documents.map(({ id }) => id))}) AS j JOIN outgoing_document AS d ON d.id = j.value`,
  );
  const known = new Map(rows.map((row) => [row.document, row]));
  const files = filesOf(db, documents.map(({ kind, id }) => ({ incoming: kind === 'incoming' ? id : null, outgoing: kind === 'outgoing' ? id : null })));
  return documents.flatMap(({ id }, index): PackagedMember[] => {
    const row = known.get(id);
    const found = files.get(id) ?? [];
    return row === undefined ? [] : [{ ...row, ordinal: index + 1, files: found.map(({ destroyed: _, ...file }) => file), filesDestroyed: found.some(({ destroyed }) => destroyed) }];
  });
}

export type MemberFile = FileRef & { readonly destroyed: boolean };

/** The standing files of documents of both registers, by document, in their order; those that a recall destroyed with their names. */
export function filesOf(db: ReadDb, members: readonly { readonly incoming: string | null; readonly outgoing: string | null }[]): ReadonlyMap<string, readonly MemberFile[]> {
  const found = new Map<string, MemberFile[]>();
  type Row = FileRef & { readonly document: string; readonly destroyed: number };
  const take = (rows: readonly Row[]): void => {
    for (const { document, destroyed, ...file } of rows) {
      const list = found.get(document) ?? [];
      found.set(document, list);
      list.push({ ...file, destroyed: destroyed === 1 });
    }
  };
  const ids = (of: (one: { readonly incoming: string | null; readonly outgoing: string | null }) => string | null): string => JSON.stringify(members.map(of).filter((id) => id !== null));
  const columns = sql`document, id, name, media_type AS mediaType, size, sha256`;
  take(all<Row>(db, sql`SELECT ${columns}, destroyed_at IS NOT NULL AS destroyed FROM incoming_file WHERE document IN (SELECT value FROM json_each(${ids((one) => one.incoming)})) AND superseded_at IS NULL ORDER BY document, ordinal`));
  take(all<Row>(db, sql`SELECT ${columns}, 0 AS destroyed FROM outgoing_file WHERE document IN (SELECT value FROM json_each(${ids((one) => one.outgoing)})) AND superseded_at IS NULL ORDER BY document, ordinal`));
  return found;
}

export type DocumentRef = { readonly kind: 'incoming' | 'outgoing'; readonly id: string };

/** What must be known of a document before it is put into a dossier, and for what is counted of it. */
export type KnownDocument = {
  readonly kind: 'incoming' | 'outgoing';
  readonly id: string;
  /** in the register, with a number */
  readonly registered: boolean;
  readonly code: string;
  readonly issuerName: string;
  readonly typeName: string;
  readonly subject: string;
  /** year of the work: of its registration, or of its date */
  readonly year: number;
  readonly source: string;
};

/** A document of either register; undefined when there is none. For ours the unit that drafted it counts as its issuer. */
export function knownDocument(db: ReadDb, id: string): KnownDocument | undefined {
  const row = one<Omit<KnownDocument, 'registered'> & { registered: number }>(
    db,
    sql`SELECT 'incoming' AS kind, id, state = 'registered' AS registered, code_number || '/' || code_notation AS code, issuer_name AS issuerName, type_name AS typeName,
          subject, COALESCE(arrival_year, CAST(substr(date(arrived_at, '+7 hours'), 1, 4) AS INTEGER)) AS year, source FROM incoming_document WHERE id = ${id}
        UNION ALL
        SELECT 'outgoing', id, 1, code_number || '/' || code_notation, CASE unit_name WHEN '' THEN body ELSE unit_name END, type_name, subject,
          CAST(substr(issued_date, 1, 4) AS INTEGER), iif(paper = 1, 'paper', 'program') FROM outgoing_document WHERE id = ${id} LIMIT 1`,
  );
  return row && { ...row, registered: row.registered === 1 };
}

/** Whether a document stands in a dossier. */
export function isMember(db: ReadDb, dossier: string, { kind, id }: DocumentRef): boolean {
  const which = kind === 'incoming' ? sql`incoming = ${id}` : sql`outgoing = ${id}`;
  return one(db, sql`SELECT 1 FROM dossier_member WHERE ${which} AND dossier = ${dossier} AND ordinal IS NOT NULL`) !== undefined;
}

type Moment = { readonly at: string; readonly by: string };

/** Puts a document at the end of a dossier; answers the member's id. `origin`: 01 born digital, 02 digitised. */
export function insertDocument(db: WriteDb, dossier: string, document: KnownDocument, { at, by }: Moment): string {
  const id = newId();
  const origin = document.source === 'paper' ? '02' : '01';
  const [incoming, outgoing] = document.kind === 'incoming' ? [document.id, null] : [null, document.id];
  changeOne(
    db,
    sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, incoming, outgoing, origin, added_at, added_by)
        VALUES (${id}, ${dossier}, ${nextPlace(dossier)}, ${document.kind}, ${incoming}, ${outgoing}, ${origin}, ${at}, ${by})`,
  );
  return id;
}

/** Puts a file of its own at the end of a dossier; answers the member's id. */
export function insertFile(db: WriteDb, dossier: string, file: StoredFile, fields: OwnFileFields, notes: MemberNotes, { at, by }: Moment): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO dossier_member (id, dossier, ordinal, kind, name, media_type, size, sha256, type_name, code_number, code_notation, issued_date, issuer_name, subject,
          page_amount, sheet, note, origin, autograph, added_at, added_by)
        VALUES (${id}, ${dossier}, ${nextPlace(dossier)}, 'file', ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256}, ${fields.typeName}, ${fields.codeNumber},
          ${fields.codeNotation}, ${fields.issuedDate}, ${fields.issuerName}, ${fields.subject}, ${fields.pageAmount}, ${notes.sheet}, ${notes.note}, ${notes.origin},
          ${notes.autograph}, ${at}, ${by})`,
  );
  return id;
}

/** Writes notes of a member, and of a file of its own what it is. */
export function updateMember(db: WriteDb, member: string, notes: MemberNotes, fields: OwnFileFields | null): void {
  changeOne(db, sql`UPDATE dossier_member SET sheet = ${notes.sheet}, note = ${notes.note}, origin = ${notes.origin}, autograph = ${notes.autograph} WHERE id = ${member}`);
  if (fields === null) return;
  changeOne(
    db,
    sql`UPDATE dossier_member SET type_name = ${fields.typeName}, code_number = ${fields.codeNumber}, code_notation = ${fields.codeNotation},
          issued_date = ${fields.issuedDate}, issuer_name = ${fields.issuerName}, subject = ${fields.subject}, page_amount = ${fields.pageAmount}
        WHERE id = ${member} AND kind = 'file'`,
  );
}

export type MemberHead = { readonly id: string; readonly kind: 'incoming' | 'outgoing' | 'file'; readonly document: string | null; readonly name: string };

/** Those of some members that stand in a dossier, in their order. */
export function memberHeads(db: ReadDb, dossier: string, ids: readonly string[]): MemberHead[] {
  return all<MemberHead>(
    db,
    sql`SELECT id, kind, COALESCE(incoming, outgoing) AS document, name FROM dossier_member
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND dossier = ${dossier} AND ordinal IS NOT NULL ORDER BY ordinal`,
  );
}

/** Takes members out; what was there stays on record. */
export function removeMembers(db: WriteDb, dossier: string, ids: readonly string[], { at, by, reason }: Moment & { readonly reason: string }): void {
  for (const id of ids) changeOne(db, sql`UPDATE dossier_member SET ordinal = NULL, removed_at = ${at}, removed_by = ${by}, removed_reason = ${reason} WHERE id = ${id} AND dossier = ${dossier} AND ordinal IS NOT NULL`);
}

/** A file that is a member of a dossier and no document of the registers; undefined when there is none of this id. */
export function ownFileOf(db: ReadDb, id: string): FileRef | undefined {
  return one<FileRef>(db, sql`SELECT id, name, media_type AS mediaType, size, sha256 FROM dossier_member WHERE id = ${id} AND kind = 'file' AND destroyed_at IS NULL`);
}
