import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Report } from '#contract';
import { all, one, sql, type ReadDb, type Sql } from '../../../store/index.ts';

/** Documents that are counted at one go; the core serves the window between two. */
const documentsAtOnce = 4000;

type Span = { readonly from: string; readonly to: string };
type FigureOf = { readonly key: string; readonly label: string; readonly level: 0 | 1 | 2; readonly where: Sql };
/** Rows are grouped by `label`, with the most documents first; `counts` are the columns after it, the first the number of rows. */
type TableOf = { readonly title: string; readonly heads: readonly string[]; readonly label: Sql; readonly counts: readonly Sql[]; readonly from: Sql; readonly where: Sql };

/** The day in Vietnam of an instant kept in UTC, as SQL. */
const arrivedOn = sql`date(d.arrived_at, '+7 hours')`;
/** Taken over from an old register, which does not say how a document came and went. */
const imported = sql`d.id IN (SELECT document FROM imported_entry)`;
const doneOn = sql`date(d.done_at, '+7 hours')`;

/**
 * The figures on received documents (NĐ 30/2020 annex VI part I V.2), by their day of arrival in Vietnam, both ends
 * included, as they stand on `today`. No form of this report is fixed by the decree; each figure carries its query.
 */
export async function incomingReport(db: ReadDb, { from, to }: Span, today: string): Promise<Report> {
  const within = sql`${arrivedOn} BETWEEN ${from} AND ${to}`;
  const worked = sql`d.closure IS NULL AND d.state = 'registered' AND NOT (${imported} AND d.stage = 'done' AND d.done_at IS NULL)`;
  const figures: FigureOf[] = [
    { key: 'total', level: 0, label: 'Tổng số văn bản đến', where: sql`1 = 1` },
    { key: 'axis', level: 1, label: 'Nhận qua trục liên thông', where: sql`d.source = 'axis'` },
    { key: 'file', level: 1, label: 'Nhận bằng tệp', where: sql`d.source = 'file'` },
    { key: 'paper', level: 1, label: 'Văn bản giấy', where: sql`d.source = 'paper' AND NOT ${imported}` },
    { key: 'old', level: 1, label: 'Theo sổ cũ đã nhập', where: imported },
    { key: 'urgent', level: 1, label: 'Trong đó: có mức độ khẩn', where: sql`d.urgency > 0` },
    { key: 'registered', level: 0, label: 'Đã vào sổ', where: sql`d.state = 'registered'` },
    { key: 'waiting', level: 0, label: 'Chưa vào sổ', where: sql`d.state = 'arrived' AND d.closure IS NULL` },
    { key: 'refused', level: 0, label: 'Trả lại nơi gửi', where: sql`d.closure = 'refused'` },
    { key: 'recalled', level: 0, label: 'Nơi gửi thu hồi', where: sql`d.closure = 'recalled'` },
    { key: 'replaced', level: 0, label: 'Được thay thế', where: sql`d.closure = 'replaced'` },
    { key: 'work', level: 0, label: 'Phải giải quyết (đã vào sổ, còn hiệu lực trong sổ)', where: worked },
    { key: 'done', level: 1, label: 'Đã giải quyết xong', where: sql`${worked} AND d.stage = 'done'` },
    { key: 'done-in-time', level: 2, label: 'Đúng hạn hoặc không đặt hạn', where: sql`${worked} AND d.stage = 'done' AND (d.due IS NULL OR ${doneOn} <= d.due)` },
    { key: 'done-late', level: 2, label: 'Quá hạn', where: sql`${worked} AND d.stage = 'done' AND ${doneOn} > d.due` },
    { key: 'open', level: 1, label: 'Đang giải quyết', where: sql`${worked} AND d.stage IS NOT 'done'` },
    { key: 'open-in-time', level: 2, label: 'Trong hạn hoặc không đặt hạn', where: sql`${worked} AND d.stage IS NOT 'done' AND (d.due IS NULL OR d.due >= ${today})` },
    { key: 'open-late', level: 2, label: 'Quá hạn', where: sql`${worked} AND d.stage IS NOT 'done' AND d.due < ${today}` },
  ];
  const tables: TableOf[] = [
    {
      title: 'Theo đơn vị, người chủ trì',
      heads: ['Đơn vị, người chủ trì', 'Tổng số', 'Xong đúng hạn', 'Xong quá hạn', 'Đang làm, trong hạn', 'Đang làm, quá hạn'],
      label: sql`COALESCE(NULLIF(a.unit_name, ''), a.person_name)`,
      counts: [
        sql`COUNT(*)`,
        sql`SUM(d.stage = 'done' AND (d.due IS NULL OR ${doneOn} <= d.due))`,
        sql`SUM(d.stage = 'done' AND d.due IS NOT NULL AND ${doneOn} > d.due)`,
        sql`SUM(d.stage IS NOT 'done' AND (d.due IS NULL OR d.due >= ${today}))`,
        sql`SUM(d.stage IS NOT 'done' AND d.due IS NOT NULL AND d.due < ${today})`,
      ],
      from: sql`incoming_document AS d JOIN assignment AS a ON a.document = d.id AND a.part = 'lead' AND a.state <> 'withdrawn'`,
      where: worked,
    },
    { title: 'Theo loại văn bản', heads: ['Loại văn bản', 'Số lượng'], label: sql`d.type_name`, counts: [sql`COUNT(*)`], from: sql`incoming_document AS d`, where: sql`1 = 1` },
  ];
  return { kind: 'incoming', from, to, ...(await counted(db, sql`incoming_document AS d`, within, figures, tables)) };
}

const inRegister = sql`d.state <> 'voided'`;

/** The figures on documents of our own (annex VI part I V.4), by their date. */
export async function outgoingReport(db: ReadDb, { from, to }: Span): Promise<Report> {
  const within = sql`d.issued_date BETWEEN ${from} AND ${to}`;
  const issued = sql`d.issued_at IS NOT NULL`;
  const issuedHere = sql`${issued} AND NOT ${imported}`;
  const signedOn = sql`date(COALESCE(d.signed_at, d.issued_at), '+7 hours')`;
  const sentOn = sql`date(d.sent_at, '+7 hours')`;
  const overAxis = sql`EXISTS (SELECT 1 FROM recipient AS r WHERE r.document = d.id AND r.cancelled_at IS NULL)`;
  const figures: FigureOf[] = [
    { key: 'total', level: 0, label: 'Tổng số văn bản đi đã cấp số', where: inRegister },
    { key: 'issued', level: 1, label: 'Đã phát hành', where: issued },
    { key: 'old', level: 2, label: 'Theo sổ cũ đã nhập', where: sql`${issued} AND ${imported}` },
    { key: 'not-issued', level: 1, label: 'Đã cấp số, chưa phát hành', where: sql`${inRegister} AND d.issued_at IS NULL` },
    { key: 'urgent', level: 1, label: 'Trong đó: có mức độ khẩn', where: sql`${inRegister} AND d.urgency > 0` },
    { key: 'axis', level: 0, label: 'Gửi qua trục liên thông', where: sql`${issued} AND ${overAxis}` },
    { key: 'axis-only', level: 1, label: 'Chỉ gửi điện tử', where: sql`${issued} AND ${overAxis} AND d.paper = 0` },
    { key: 'both', level: 1, label: 'Gửi điện tử và bản giấy', where: sql`${issued} AND ${overAxis} AND d.paper = 1` },
    { key: 'paper-only', level: 0, label: 'Không gửi qua trục liên thông', where: sql`${issuedHere} AND NOT ${overAxis}` },
    { key: 'sent-same-day', level: 0, label: 'Gửi trong ngày ký', where: sql`${issued} AND d.sent_at IS NOT NULL AND ${sentOn} <= ${signedOn}` },
    { key: 'sent-later', level: 0, label: 'Gửi sau ngày ký', where: sql`${issued} AND ${sentOn} > ${signedOn}` },
    { key: 'not-sent', level: 0, label: 'Chưa gửi', where: sql`${issuedHere} AND d.sent_at IS NULL` },
    { key: 'replies', level: 0, label: 'Trả lời văn bản đến', where: sql`${issued} AND (d.replies_to IS NOT NULL OR d.id IN (SELECT outgoing FROM outgoing_answer))` },
    { key: 'recalled', level: 0, label: 'Đã thu hồi', where: sql`d.state = 'recalled'` },
    { key: 'replaced', level: 0, label: 'Đã được thay thế', where: sql`d.state = 'replaced'` },
    { key: 'voided', level: 0, label: 'Số đã bỏ', where: sql`d.state = 'voided'` },
  ];
  const ours = sql`outgoing_document AS d`;
  const tables: TableOf[] = [
    { title: 'Theo loại văn bản', heads: ['Loại văn bản', 'Số lượng'], label: sql`d.type_name`, counts: [sql`COUNT(*)`], from: ours, where: inRegister },
    {
      title: 'Theo đơn vị soạn thảo',
      heads: ['Đơn vị soạn thảo', 'Số lượng'],
      label: sql`COALESCE(NULLIF(d.unit_name, ''), 'Không ghi đơn vị')`,
      counts: [sql`COUNT(*)`],
      from: ours,
      where: inRegister,
    },
  ];
  return { kind: 'outgoing', from, to, ...(await counted(db, ours, within, figures, tables)) };
}

/**
 * Counts all figures and tables, some documents at a time: a register of years takes seconds. What is told beside a figure
 * is the query that answers it at one go.
 */
async function counted(db: ReadDb, documents: Sql, within: Sql, figures: readonly FigureOf[], tables: readonly TableOf[]): Promise<Pick<Report, 'figures' | 'tables'>> {
  const values = figures.map(() => 0);
  const groups = tables.map(() => new Map<string, number[]>());
  const sums = figures.map(({ where }) => sql`COALESCE(SUM(${where}), 0)`).reduce(listed);
  for (let after = ''; ; ) {
    const last = one<{ id: string | null }>(db, sql`SELECT MAX(id) AS id FROM (SELECT d.id FROM ${documents} WHERE d.id > ${after} ORDER BY d.id LIMIT ${documentsAtOnce})`)?.id;
    if (last === null || last === undefined) break;
    const slice = sql`d.id > ${after} AND d.id <= ${last} AND ${within}`;
    add(values, numbersOf(one<{ counts: string }>(db, sql`SELECT json_array(${sums}) AS counts FROM ${documents} WHERE ${slice}`)?.counts));
    tables.forEach(({ label, counts, from, where }, at) => {
      const rows = all<{ label: string; counts: string }>(
        db,
        sql`SELECT ${label} AS label, json_array(${counts.reduce(listed)}) AS counts FROM ${from} WHERE ${slice} AND ${where} GROUP BY 1`,
      );
      for (const row of rows) {
        const known = groups[at]?.get(row.label);
        if (known === undefined) groups[at]?.set(row.label, numbersOf(row.counts));
        else add(known, numbersOf(row.counts));
      }
    });
    after = last;
    await nextTurn();
  }
  return {
    figures: figures.map(({ key, label, level, where }, at) => ({
      key,
      label,
      level,
      value: values[at] ?? 0,
      sql: writtenOut(sql`SELECT COUNT(*) AS n FROM ${documents} WHERE ${within} AND ${where}`),
    })),
    tables: tables.map(({ title, heads, label, counts, from, where }, at) => ({
      title,
      heads: [...heads],
      rows: [...(groups[at] ?? [])].toSorted(byMost).map(([name, row]) => [name, ...row.map(String)]),
      sql: writtenOut(sql`SELECT ${label} AS label, ${counts.reduce(listed)} FROM ${from} WHERE ${within} AND ${where} GROUP BY 1 ORDER BY 2 DESC, 1`),
    })),
  };
}

function listed(before: Sql, next: Sql): Sql {
  return sql`${before}, ${next}`;
}

function numbersOf(counts: string | undefined): number[] {
  return JSON.parse(counts ?? '[]') as number[];
}

function add(sums: number[], more: readonly number[]): void {
  more.forEach((n, at) => {
    sums[at] = (sums[at] ?? 0) + n;
  });
}

function byMost([name, [total = 0]]: readonly [string, readonly number[]], [other, [others = 0]]: readonly [string, readonly number[]]): number {
  return others - total || (name < other ? -1 : 1);
}

/** A query with its values in place, on one line, ready to be run by hand. */
function writtenOut(query: Sql): string {
  let index = 0;
  return query.text
    .replaceAll('?', () => {
      const value = query.values[index++];
      return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
    })
    .replaceAll(/\s+/g, ' ')
    .trim();
}
