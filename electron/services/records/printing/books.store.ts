import type { Book, BookKind } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { all, one, sql, type ReadDb, type Sql } from '../../../store/index.ts';
import { gapsOf } from '../numbers/book.store.ts';
import { shownDay } from '../print/form-parts.ts';
import type { TableRow } from '../print/table.ts';

const pageSize = 500;

/** The registers that have entries, newest year first. */
export function listBooks(db: ReadDb): Book[] {
  const numbered = all<Omit<Book, 'imported'> & { imported: number }>(
    db,
    sql`SELECT s.id AS series, s.register, s.year, s.name,
          COALESCE((SELECT n FROM kept_count WHERE what = 'taken' AND of = s.id), 0) AS documents,
          COALESCE((SELECT MIN(number) FROM number_entry AS e WHERE e.series = s.id), 0) AS first, s.last, s.imported
        FROM number_series AS s WHERE s.register IN ('incoming', 'outgoing') ORDER BY s.year DESC, s.register, s.name`,
  );
  const unnumbered = all<{ year: number; documents: number }>(
    db,
    sql`SELECT CAST(substr(issued_date, 1, 4) AS INTEGER) AS year, COUNT(*) AS documents FROM outgoing_document
        WHERE series IS NULL GROUP BY 1 ORDER BY 1 DESC`,
  );
  return [
    ...numbered.filter((book) => book.documents > 0).map((book) => ({ ...book, imported: book.imported === 1 })),
    ...unnumbered.map(({ year, documents }) => ({ series: null, register: 'outgoing' as const, year, name: '', documents, imported: false, first: 0, last: 0 })),
  ];
}

export type BookPart = {
  readonly kind: BookKind;
  readonly series: string | null;
  readonly year: number;
  readonly firstNumber: number | null;
  readonly lastNumber: number | null;
  readonly from: string | null;
  readonly to: string | null;
};

export type BookSpan = {
  readonly documents: number;
  readonly firstNumber: string;
  readonly lastNumber: string;
  /** yyyy-MM-dd; null for none */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
};

/** What a part of a book holds, for its cover. */
export function spanOf(db: ReadDb, part: BookPart): BookSpan {
  const { table, number, suffix, day } = columnsOf(part);
  const row = one<{ n: number; first: number | null; last: number | null; day_1: string | null; day_2: string | null }>(
    db,
    sql`SELECT COUNT(*) AS n, MIN(${number}) AS first, MAX(${number}) AS last, MIN(${day}) AS day_1, MAX(${day}) AS day_2
        FROM ${table} AS d WHERE ${within(part)}`,
  );
  const last = one<{ suffix: string }>(
    db,
    sql`SELECT ${suffix} AS suffix FROM ${table} AS d WHERE ${within(part)} AND ${number} = ${row?.last ?? -1} ORDER BY 1 DESC LIMIT 1`,
  );
  return {
    documents: row?.n ?? 0,
    // What was written down without a series has no running order.
    firstNumber: part.series === null || row?.first == null ? '' : shownNumber(row.first, ''),
    lastNumber: part.series === null || row?.last == null ? '' : shownNumber(row.last, last?.suffix ?? ''),
    firstDay: row?.day_1 ?? null,
    lastDay: row?.day_2 ?? null,
  };
}

/**
 * The rows of a part of a book in the order of its numbers, a page of them at a time, so that others have their turn.
 * Numbers without a document (voided, kept, given outside) stand between them with their reason.
 */
export function* bookRows(db: ReadDb, part: BookPart): Generator<TableRow> {
  const notes = part.series === null || part.kind === 'follow-up' ? [] : numbersWithout(db, part.series, part);
  const columns = columnsOf(part);
  let at = 0;
  let after: Place = { number: -1, suffix: '', id: '' };
  for (;;) {
    const page = pageOf(db, part, columns, after);
    for (const row of page) {
      for (; at < notes.length && before(notes[at], row); at += 1) yield { note: notes[at]?.words ?? '' };
      yield row.cells;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) break;
    after = last;
  }
  for (; at < notes.length; at += 1) yield { note: notes[at]?.words ?? '' };
}

type Place = { readonly number: number; readonly suffix: string; readonly id: string };
type Row = Place & { readonly cells: readonly string[] };
type NumberNote = { readonly number: number; readonly suffix: string; readonly words: string };

function before(note: NumberNote | undefined, row: Place): boolean {
  return note !== undefined && (note.number < row.number || (note.number === row.number && note.suffix < row.suffix));
}

type Columns = { readonly table: Sql; readonly series: Sql; readonly number: Sql; readonly suffix: Sql; readonly day: Sql };

function columnsOf({ kind, series }: Pick<BookPart, 'kind' | 'series'>): Columns {
  // A bare 0 would be the number of a column in ORDER BY.
  return kind === 'outgoing'
    ? { table: sql`outgoing_document`, series: sql`d.series`, number: series === null ? sql`CAST(0 AS INTEGER)` : sql`d.number`, suffix: sql`d.suffix`, day: sql`d.issued_date` }
    : {
        table: sql`incoming_document`,
        series: sql`d.arrival_series`,
        number: sql`d.arrival_number`,
        suffix: sql`d.arrival_suffix`,
        day: sql`date(d.arrived_at, '+7 hours')`,
      };
}

function within(part: BookPart): Sql {
  const { series, number, day } = columnsOf(part);
  const inBook =
    part.series === null
      ? sql`${series} IS NULL AND substr(d.issued_date, 1, 4) = ${String(part.year)}`
      : sql`${series} = ${part.series}`;
  return sql`${inBook} AND ${number} >= ${part.firstNumber ?? 0} AND ${number} <= ${part.lastNumber ?? 999_999_999}
    AND ${day} >= ${part.from ?? '0000-01-01'} AND ${day} <= ${part.to ?? '9999-12-31'}`;
}

function pageOf(db: ReadDb, part: BookPart, columns: Columns, after: Place): readonly Row[] {
  const next = sql`(${columns.number}, ${columns.suffix}, d.id) > (${after.number}, ${after.suffix}, ${after.id})`;
  const order = sql`ORDER BY ${columns.number}, ${columns.suffix}, d.id LIMIT ${pageSize}`;
  if (part.kind === 'outgoing') {
    return all<OutgoingRow>(
      db,
      sql`SELECT d.id, ${columns.number} AS number, d.suffix, d.state, d.code_number, d.code_notation, d.issued_date, d.type_name, d.subject, d.signer_name,
            d.to_places, d.planned_to, d.paper_to, d.keep_unit, d.issued_amount,
            COALESCE(date(COALESCE(d.sent_at, d.paper_sent_at), '+7 hours'), m.transferred) AS sent_on, m.received_by, m.document IS NOT NULL AS imported,
            d.description, d.frozen_reason
          FROM outgoing_document AS d LEFT JOIN imported_entry AS m ON m.document = d.id WHERE ${within(part)} AND ${next} ${order}`,
    ).map(outgoingCells);
  }
  return all<IncomingRow>(
    db,
    sql`SELECT d.id, d.arrival_number AS number, d.arrival_suffix AS suffix, date(d.arrived_at, '+7 hours') AS arrived_on, d.issuer_name, d.code_number,
          d.code_notation, d.issued_date, d.type_name, d.subject, d.holders, d.standing, d.due,
          date(d.done_at, '+7 hours') AS done_on, d.description, d.closed_reason,
          COALESCE((SELECT MIN(transferred_on) FROM assignment AS a WHERE a.document = d.id), m.transferred) AS transferred_on,
          COALESCE((SELECT group_concat(received_by, '; ') FROM assignment AS a WHERE a.document = d.id AND received_by <> ''), m.received_by) AS received_by,
          m.document IS NOT NULL AS imported,
          (SELECT group_concat(o.code_number || '/' || o.code_notation, '; ') FROM outgoing_answer AS r
             JOIN outgoing_document AS o ON o.id = r.outgoing WHERE r.incoming = d.id) AS answers,
          (SELECT note FROM handling_step AS h WHERE h.document = d.id AND h.act = 'progress' ORDER BY h.id DESC LIMIT 1) AS progress
        FROM incoming_document AS d LEFT JOIN imported_entry AS m ON m.document = d.id WHERE ${within(part)} AND ${next} ${order}`,
  ).map((row) => ({ ...row, cells: part.kind === 'incoming' ? incomingCells(row) : followUpCells(row) }));
}

type OutgoingRow = Place & {
  state: string;
  code_number: string;
  code_notation: string;
  issued_date: string;
  type_name: string;
  subject: string;
  signer_name: string;
  to_places: string;
  /** 1: from an old register, whose words stay as they are */
  imported: number;
  planned_to: string;
  paper_to: string;
  keep_unit: string;
  issued_amount: number | null;
  sent_on: string | null;
  received_by: string | null;
  description: string;
  frozen_reason: string;
};

const ends: Readonly<Record<string, string>> = {
  recalled: 'Đã thu hồi',
  replaced: 'Đã được thay thế',
  refused: 'Đã trả lại',
  voided: 'Đã bỏ số',
};

function outgoingCells(row: OutgoingRow): Row {
  const cells = [
    `${row.code_number}/${row.code_notation}`,
    shownDay(row.issued_date),
    titled(row.type_name, row.subject),
    row.signer_name,
    recipientsOf(row),
    row.keep_unit,
    row.issued_amount === null ? '' : String(row.issued_amount),
    dayOrWords(row.sent_on),
    row.received_by ?? '',
    remarks(row.description, row.state, row.frozen_reason),
  ];
  return { number: row.number, suffix: row.suffix, id: row.id, cells };
}

/** Lines that name nobody: "as above", and where the copy is kept. */
const namesNobody = /^(như trên|lưu)(?=\P{L}|$)/iu;

/** Who gets it (nơi nhận): everybody by name, over the axis and on paper, then whom the printed lines name besides. */
function recipientsOf(row: Pick<OutgoingRow, 'imported' | 'to_places' | 'planned_to' | 'paper_to'>): string {
  if (row.imported === 1) return (JSON.parse(row.to_places) as string[]).join('; ');
  const plain = (line: string): string => line.trim().replace(/^[-–•]\s*/u, '').replace(/\s*[;.,]+$/u, '');
  const named = [row.planned_to, row.paper_to].flatMap((list) => JSON.parse(list) as { readonly name: string }[]).map(({ name }) => name);
  const printed = (JSON.parse(row.to_places) as string[]).map(plain);
  const lines = named.length === 0 ? printed : [...named, ...printed.filter((line) => !namesNobody.test(line))];
  return [...new Map(lines.map((line) => [line.toLocaleLowerCase('vi'), line])).values()].join('; ');
}

type IncomingRow = Place & {
  arrived_on: string;
  issuer_name: string;
  code_number: string;
  code_notation: string;
  issued_date: string | null;
  type_name: string;
  subject: string;
  holders: string;
  standing: string;
  due: string | null;
  done_on: string | null;
  description: string;
  closed_reason: string;
  transferred_on: string | null;
  received_by: string | null;
  answers: string | null;
  progress: string | null;
  imported: number;
};

function incomingCells(row: IncomingRow): readonly string[] {
  return [
    shownDay(row.arrived_on),
    shownNumber(row.number, row.suffix),
    row.issuer_name,
    codeOf(row),
    shownDay(row.issued_date),
    titled(row.type_name, row.subject),
    row.holders,
    dayOrWords(row.transferred_on),
    row.received_by ?? '',
    remarks(row.description, row.standing, row.closed_reason),
  ];
}

const standings: Readonly<Record<string, string>> = {
  registered: 'Đã vào sổ',
  presented: 'Đã trình lãnh đạo',
  assigned: 'Đã giao xử lý',
  'in-progress': 'Đang giải quyết',
  done: 'Đã giải quyết xong',
  ...ends,
};

function followUpCells(row: IncomingRow): readonly string[] {
  const about = [row.type_name, codeOf(row) === '' ? '' : `số ${codeOf(row)}`, row.issued_date === null ? '' : `ngày ${shownDay(row.issued_date)}`, `của ${row.issuer_name}`];
  const late = row.done_on !== null && row.due !== null && row.done_on > row.due ? ' (quá hạn)' : '';
  // What became of it then, the old register of documents does not say.
  const standing = row.imported === 1 && row.standing === 'done' && row.done_on === null ? 'Theo sổ cũ' : (standings[row.standing] ?? row.standing);
  const progress = `${standing}${row.done_on === null ? '' : ` ngày ${shownDay(row.done_on)}${late}`}`;
  return [
    shownNumber(row.number, row.suffix),
    about.filter((part) => part !== '').join(' '),
    row.holders,
    shownDay(row.due),
    row.progress === null || row.progress === '' ? progress : `${progress}. ${row.progress}`,
    row.answers ?? '',
    row.description,
  ];
}

/** An old register may have had words where a day stands. */
function dayOrWords(text: string | null): string {
  return text === null || /^\d{4}-\d\d-\d\d$/.test(text) ? shownDay(text) : text;
}

function codeOf(row: { readonly code_number: string; readonly code_notation: string }): string {
  return [row.code_number, row.code_notation].filter((part) => part !== '').join('/');
}

function titled(kind: string, subject: string): string {
  return kind === '' ? subject : `${kind}: ${subject}`;
}

function remarks(description: string, state: string, reason: string): string {
  const end = ends[state];
  return [description, end === undefined ? '' : reason === '' ? end : `${end}: ${reason}`].filter((part) => part !== '').join('. ');
}

/** Below 10 with a zero before it (NĐ 30/2020 annex I II.3.a). */
function shownNumber(number: number, suffix: string): string {
  return `${String(number).padStart(2, '0')}${suffix}`;
}

const noteWords: Readonly<Record<string, string>> = {
  void: 'đã bỏ số',
  reserved: 'đang giữ số',
  released: 'đã giữ rồi trả lại, chưa dùng',
  skipped: 'không dùng',
};

function numbersWithout(db: ReadDb, series: string, part: BookPart): readonly NumberNote[] {
  const first = part.firstNumber ?? 0;
  const last = part.lastNumber ?? 999_999_999;
  // Asked for by days, the book has no place to say which numbers without a document belong between them.
  if (part.from !== null || part.to !== null) return [];
  const kept = all<{ number: number; suffix: string; state: string; reason: string; at: string | null; by: string; for_whom: string }>(
    db,
    sql`SELECT number, suffix, state, reason, date(at, '+7 hours') AS at, by, for_whom FROM number_entry AS e
        WHERE series = ${series} AND state <> 'taken' AND number BETWEEN ${first} AND ${last}
          AND NOT EXISTS (SELECT 1 FROM outgoing_document AS d WHERE d.series = e.series AND d.number = e.number AND d.suffix = e.suffix)`,
  ).map((row) => ({
    number: row.number,
    suffix: row.suffix,
    words: `Số ${shownNumber(row.number, row.suffix)}: ${noteWords[row.state] ?? row.state}${row.for_whom === '' ? '' : ` cho ${row.for_whom}`}, ngày ${shownDay(row.at)}, lý do: ${row.reason} (${row.by})`,
  }));
  const outside = gapsOf(db, series).filter((gap) => gap.last >= first && gap.first <= last).map((row) => ({
    number: row.first,
    suffix: '',
    words: `${row.first === row.last ? `Số ${shownNumber(row.first, '')}` : `Từ số ${shownNumber(row.first, '')} đến số ${shownNumber(row.last, '')}`}: ghi ngoài chương trình, lý do: ${row.reason} (${row.by}, ${shownDay(vietnamDay(new Date(row.at)))})`,
  }));
  return [...kept, ...outside].toSorted((a, b) => a.number - b.number || (a.suffix < b.suffix ? -1 : 1));
}
