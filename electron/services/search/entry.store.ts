import type { SearchPlace, SearchRegister } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import { all, each, one, sql, type ReadDb } from '../../store/index.ts';

/** A document as the index takes it in and as a result shows it. */
export type Entry = {
  readonly id: string;
  readonly register: SearchRegister;
  /** `yyyy-MM-dd` of arrival, or of issue: what "newest" goes by */
  readonly day: string;
  /** instant within that day, as far as it is known */
  readonly at: string;
  readonly standing: string;
  /** number and notation, e.g. `123/QĐ-UBND` */
  readonly code: string;
  readonly arrivalNumber: number | null;
  /** 'a' of an inserted number 12a; '' else */
  readonly arrivalSuffix: string;
  readonly issuedDate: string | null;
  /** the day that holds */
  readonly dueDate: string | null;
  /** the same while somebody has to do something about it */
  readonly openDue: string | null;
  readonly typeName: string;
  readonly subject: string;
  readonly issuerName: string;
  readonly issuerOrganId: string;
  readonly urgency: number;
  /** how an incoming document came, or `register` for what was taken over from an old register; '' for our own */
  readonly source: string;
  readonly pageAmount: number | null;
  /** further texts, by where they stand */
  readonly texts: Readonly<Partial<Record<SearchPlace, string>>>;
};

type Row = Readonly<Record<string, string | number | null>>;
const textIn = (row: Row, ...columns: readonly string[]): string =>
  columns.map((column) => row[column] ?? '').filter((part) => part !== '').join(' ');
const listed = (json: string): string => {
  const list = JSON.parse(json === '' ? '[]' : json) as (string | { readonly name?: string })[];
  return list.map((one) => (typeof one === 'string' ? one : (one.name ?? ''))).join('; ');
};

/** What a register entry of either kind says; undefined when there is none. */
export function entryOf(db: ReadDb, register: SearchRegister, id: string): Entry | undefined {
  return register === 'incoming' ? incomingEntry(db, id) : outgoingEntry(db, id);
}

function incomingEntry(db: ReadDb, id: string): Entry | undefined {
  const row = one<Row>(db, sql`SELECT * FROM incoming_document WHERE id = ${id}`);
  if (row === undefined) return undefined;
  const at = textIn(row, 'arrived_at');
  const handling = handlingOf(db, id);
  const imported = isImported(db, id);
  return {
    id,
    register: 'incoming',
    day: vietnamDay(new Date(at)),
    at,
    standing: textIn(row, 'standing'),
    ...common(row),
    arrivalNumber: row['arrival_number'] as number | null,
    arrivalSuffix: textIn(row, 'arrival_suffix'),
    dueDate: row['due'] as string | null,
    openDue: row['open_due'] as string | null,
    issuerName: textIn(row, 'issuer_name'),
    issuerOrganId: textIn(row, 'issuer_organ_id'),
    source: imported ? 'register' : textIn(row, 'source'),
    texts: {
      ...commonTexts(row),
      recipients: listed(textIn(row, 'to_places')),
      holder: [textIn(row, 'holders', 'leader_name'), ...handling.holders].filter((part) => part !== '').join('; '),
      handling: [...handling.texts, textIn(row, 'closed_reason')].filter((part) => part !== '').join('; '),
    },
  };
}

function outgoingEntry(db: ReadDb, id: string): Entry | undefined {
  const row = one<Row>(db, sql`SELECT * FROM outgoing_document WHERE id = ${id}`);
  if (row === undefined) return undefined;
  const day = textIn(row, 'issued_date');
  const sent = all<{ name: string }>(db, sql`SELECT name FROM recipient WHERE document = ${id} AND cancelled_at IS NULL ORDER BY id`);
  return {
    id,
    register: 'outgoing',
    day,
    at: textIn(row, 'issued_at') || textIn(row, 'numbered_at') || `${day}T05:00:00.000Z`,
    standing: textIn(row, 'state'),
    ...common(row),
    arrivalNumber: null,
    arrivalSuffix: '',
    dueDate: row['due_date'] as string | null,
    openDue: null,
    issuerName: '',
    issuerOrganId: '',
    source: isImported(db, id) ? 'register' : '',
    texts: {
      ...commonTexts(row),
      recipients: [listed(textIn(row, 'to_places')), listed(textIn(row, 'planned_to')), listed(textIn(row, 'paper_to')), ...sent.map(({ name }) => name)].join('; '),
      holder: textIn(row, 'unit_name', 'drafter', 'keep_unit'),
      handling: textIn(row, 'frozen_reason'),
    },
  };
}

function isImported(db: ReadDb, id: string): boolean {
  return one(db, sql`SELECT 1 FROM imported_entry WHERE document = ${id}`) !== undefined;
}

function common(row: Row): Pick<Entry, 'code' | 'issuedDate' | 'typeName' | 'subject' | 'urgency' | 'pageAmount'> {
  return {
    code: [textIn(row, 'code_number'), textIn(row, 'code_notation')].filter((part) => part !== '').join('/'),
    issuedDate: row['issued_date'] as string | null,
    typeName: textIn(row, 'type_name'),
    subject: textIn(row, 'subject'),
    urgency: Number(row['urgency']),
    pageAmount: row['page_amount'] as number | null,
  };
}

function commonTexts(row: Row): Entry['texts'] {
  return {
    signer: textIn(row, 'signer_competence', 'signer_position', 'signer_name'),
    description: textIn(row, 'description'),
    kind: textIn(row, 'type_name'),
  };
}

/**
 * Directions, comments and who got the work. Another table whose words shall be found is read here, and named in `followed`
 * of migration 0140 (or one after it), so that its changes are noted.
 */
function handlingOf(db: ReadDb, id: string): { readonly holders: readonly string[]; readonly texts: readonly string[] } {
  const holders: string[] = [];
  const texts: string[] = [];
  for (const row of all<Row>(db, sql`SELECT * FROM assignment WHERE document = ${id} ORDER BY id`)) {
    if (row['state'] !== 'withdrawn') holders.push(textIn(row, 'unit_name', 'person_name'));
    texts.push(textIn(row, 'ended_note'));
  }
  for (const row of all<Row>(db, sql`SELECT * FROM direction WHERE document = ${id} ORDER BY id`)) texts.push(textIn(row, 'leader_name', 'text'));
  for (const row of all<Row>(db, sql`SELECT * FROM handling_step WHERE document = ${id} ORDER BY id`)) texts.push(textIn(row, 'note'));
  return { holders, texts: texts.filter((part) => part !== '') };
}

/** Text of the PDFs of a document, without files that were destroyed or replaced; null when there is none. */
export function bodyOf(db: ReadDb, register: SearchRegister, id: string): string | null {
  const texts =
    register === 'incoming'
      ? all<{ text: string }>(
          db,
          sql`SELECT t.text FROM incoming_file AS f JOIN file_text AS t ON t.sha256 = f.sha256
              WHERE f.document = ${id} AND f.destroyed_at IS NULL AND f.superseded_at IS NULL AND t.state = 'read' ORDER BY f.ordinal`,
        )
      : all<{ text: string }>(
          db,
          sql`SELECT t.text FROM outgoing_file AS f JOIN file_text AS t ON t.sha256 = f.sha256
              WHERE f.document = ${id} AND f.destroyed_at IS NULL AND f.superseded_at IS NULL AND t.state = 'read' ORDER BY f.ordinal`,
        );
  return texts.length === 0 ? null : texts.map(({ text }) => text).join('\n');
}

/** The next ids of a register before `after`, newest first. */
export function idsBefore(db: ReadDb, register: SearchRegister, after: string, limit: number): string[] {
  const rows =
    register === 'incoming'
      ? each<{ id: string }>(db, sql`SELECT id FROM incoming_document WHERE id < ${after} ORDER BY id DESC LIMIT ${limit}`)
      : each<{ id: string }>(db, sql`SELECT id FROM outgoing_document WHERE id < ${after} ORDER BY id DESC LIMIT ${limit}`);
  return Array.from(rows, ({ id }) => id);
}

/** How many documents both registers hold, as counted while they change. */
export function countDocuments(db: ReadDb): number {
  return one<{ n: number }>(db, sql`SELECT COALESCE((SELECT SUM(n) FROM incoming_count), 0) + COALESCE((SELECT SUM(n) FROM outgoing_count), 0) AS n`)?.n ?? 0;
}
