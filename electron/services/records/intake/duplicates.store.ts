import type { Duplicate, DuplicateReason, IncomingState } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';
import { fold, foldTight } from '../suggest/fold.ts';

/** What is known of the document that is looked for. */
export type DuplicateQuestion = {
  /** the sender's DocumentId; '' when there is none */
  readonly documentId: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly issuerName: string;
  readonly issuerOrganId: string;
  /** yyyy-MM-dd */
  readonly issuedDate: string | null;
  readonly sha256: readonly string[];
  /** the document itself, when it is stored already */
  readonly except: string | null;
};

/** Every code of an agency, its older and newer ones. The exchange domain knows. */
export type AgencyCodes = (db: ReadDb, code: string) => readonly string[];

type Row = Omit<Duplicate, 'reasons'> & { readonly issuerOrganId: string };

/**
 * Documents that may be the same one again (NĐ 30/2020 annex VI III.1.h: the system warns of a document id, or of number,
 * symbol and issuer, that it has already), and those with the same file. The newest first.
 */
export function findDuplicates(db: ReadDb, question: DuplicateQuestion, codesOf: AgencyCodes): Duplicate[] {
  const found = new Map<string, { readonly row: Row; readonly reasons: DuplicateReason[] }>();
  const note = (reason: DuplicateReason, rows: readonly Row[]): void => {
    for (const row of rows) {
      if (row.id === question.except) continue;
      const known = found.get(row.id);
      if (known === undefined) found.set(row.id, { row, reasons: [reason] });
      else known.reasons.push(reason);
    }
  };
  if (question.documentId !== '') note('document-id', documentsWhere(db, sql`d.document_id = ${question.documentId}`));
  note('code', sameCode(db, question, codesOf));
  note('file', sameFile(db, question.sha256));
  return [...found.values()]
    .toSorted((a, b) => (a.row.id < b.row.id ? 1 : -1))
    .map(({ row: { issuerOrganId: _, ...row }, reasons }) => ({ ...row, reasons }));
}

function documentsWhere(db: ReadDb, condition: ReturnType<typeof sql>): Row[] {
  type Found = {
    id: string; state: IncomingState; code_number: string; code_notation: string; issued_date: string | null; issuer_name: string;
    issuer_organ_id: string; subject: string; arrived_at: string; arrival_number: number | null; arrival_year: number | null;
  };
  return all<Found>(
    db,
    sql`SELECT d.id, COALESCE(d.closure, d.stage, d.state) AS state, d.code_number, d.code_notation, d.issued_date, d.issuer_name,
          d.issuer_organ_id, d.subject, d.arrived_at, d.arrival_number, d.arrival_year
        FROM incoming_document AS d WHERE ${condition}`,
  ).map((row) => ({
    id: row.id,
    state: row.state,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedDate: row.issued_date,
    issuerName: row.issuer_name,
    issuerOrganId: row.issuer_organ_id,
    subject: row.subject,
    arrivedAt: row.arrived_at,
    arrivalNumber: row.arrival_number,
    arrivalYear: row.arrival_year,
  }));
}

function sameCode(db: ReadDb, question: DuplicateQuestion, codesOf: AgencyCodes): Row[] {
  const { codeNumber, codeNotation, issuedDate } = question;
  if (codeNumber.trim() === '' || codeNotation.trim() === '') return [];
  const symbol = foldTight(codeNotation);
  const codes = question.issuerOrganId === '' ? [] : codesOf(db, question.issuerOrganId).map(plainCode);
  return documentsWhere(db, sql`d.code_number IN (SELECT value FROM json_each(${JSON.stringify(numberForms(codeNumber))}))`).filter(
    (row) =>
      foldTight(row.codeNotation) === symbol &&
      (issuedDate === null || row.issuedDate === null || issuedDate.slice(0, 4) === row.issuedDate.slice(0, 4)) &&
      (codes.includes(plainCode(row.issuerOrganId)) || sameBody(question.issuerName, row.issuerName)),
  );
}

/** A number as it may have been written: with zeros before it or without, its letter small or large. */
function numberForms(number: string): string[] {
  const bare = number.trim().replace(/^0+(?=\d)/, '');
  const padded = [bare, bare.padStart(2, '0'), bare.padStart(3, '0'), number.trim()];
  return [...new Set(padded.flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]))];
}

function plainCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}

/**
 * Whether two names are of one body: the same but for case, accents, spaces and usual short forms, or one with the place
 * that the other leaves out (Sở Nội vụ, Sở Nội vụ tỉnh Lam Giang).
 */
export function sameBody(a: string, b: string): boolean {
  const [one, other] = [bodyKey(a), bodyKey(b)];
  if (one === '' || other === '') return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return long === short || (long.startsWith(`${short} `) && /^(?:tinh|thanh pho|xa|phuong|dac khu|huyen|quan|thi xa|thi tran) /.test(long.slice(short.length + 1)));
}

const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\bubnd\b/g, 'uy ban nhan dan'],
  [/\bhdnd\b/g, 'hoi dong nhan dan'],
  [/\btp\b/g, 'thanh pho'],
  [/\bvp\b/g, 'van phong'],
  [/\bubmttq\b/g, 'uy ban mat tran to quoc'],
];

function bodyKey(name: string): string {
  const plain = fold(name).replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return shortForms.reduce((text, [short, long]) => text.replaceAll(short, long), plain);
}

function sameFile(db: ReadDb, sha256: readonly string[]): Row[] {
  if (sha256.length === 0) return [];
  return documentsWhere(
    db,
    sql`d.id IN (SELECT document FROM incoming_file WHERE sha256 IN (SELECT value FROM json_each(${JSON.stringify(sha256)})) AND superseded_at IS NULL)`,
  );
}
