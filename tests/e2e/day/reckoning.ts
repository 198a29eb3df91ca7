import { expect } from 'vitest';
import type { OutboxItem } from '#contract';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, one, openStore, sql, type Store } from '../../../electron/store/index.ts';
import { askWindow } from '../office.ts';
import type { TestStation } from '../station.ts';
import type { Print } from './books.ts';

function looking<T>(folder: string, key: Buffer, look: (store: Store) => T): T {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  try {
    return look(opened.value);
  } finally {
    opened.value.close();
  }
}

export type DaysWork = { readonly papers: number; readonly refused: number; readonly given: number; readonly drafts: number };

type Numbered = { readonly series: string; readonly number: number; readonly state: string; readonly reason: string };

/** What a count of the day's work says that asks no service of the station: registers, books of numbers, outbox, audit log. */
export function expectRegisters(folder: string, key: Buffer, work: DaysWork): void {
  looking(folder, key, (store) => {
    const db = store.read;
    expect(one(db, sql`SELECT COUNT(*) AS n, SUM(state = 'registered') AS registered, SUM(closure = 'refused') AS refused FROM incoming_document`)).toEqual({
      n: work.papers, registered: work.given, refused: work.refused,
    });
    expect(all<{ n: number }>(db, sql`SELECT arrival_number AS n FROM incoming_document WHERE arrival_number IS NOT NULL ORDER BY 1`).map(({ n }) => n)).toEqual(
      Array.from({ length: work.given }, (_, at) => at + 1),
    );
    // Every series runs from 1 without a gap; what is void has its reason.
    const book = all<Numbered>(db, sql`SELECT e.series, e.number, e.state, e.reason FROM number_entry AS e JOIN number_series AS s ON s.id = e.series WHERE s.register = 'outgoing' ORDER BY e.series, e.number`);
    for (const series of new Set(book.map((entry) => entry.series))) {
      const entries = book.filter((entry) => entry.series === series);
      expect(entries.map((entry) => entry.number)).toEqual(entries.map((_, at) => at + 1));
    }
    expect(book.length).toBe(work.drafts);
    expect(new Set(book.map((entry) => entry.series)).size).toBe(3);
    expect(book.filter((entry) => entry.state !== 'taken').map((entry) => [entry.state, entry.reason]).toSorted()).toEqual([
      ['void', 'Cấp số nhầm văn bản'], ['void', 'Nội dung phải sửa trước khi phát hành'],
    ]);
    expect(one(db, sql`SELECT SUM(state = 'issued') AS issued, SUM(state = 'recalled') AS recalled, SUM(state = 'voided') AS voided FROM outgoing_document`)).toEqual({
      issued: work.drafts - 3, recalled: 1, voided: 2,
    });
    // In the outbox: what was issued to somebody over the axis; nothing was sent.
    const documents = all<{ outgoing: string; n: number }>(db, sql`SELECT outgoing, COUNT(*) AS n FROM outbox WHERE outgoing IS NOT NULL GROUP BY 1`);
    const wanted = all<{ id: string }>(db, sql`SELECT d.id FROM outgoing_document AS d WHERE d.state IN ('issued', 'recalled') AND d.planned_to <> '[]'`);
    expect(documents.map(({ outgoing }) => outgoing).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    // But for the receipts of what came before the line was cut.
    expect(all(db, sql`SELECT id, status_code FROM outbox WHERE (axis_doc_id IS NOT NULL OR delivered_at IS NOT NULL) AND status_code <> '01'`)).toEqual([]);
    const verdict = verifyChain(db);
    expect(verdict.brokenAt).toBeNull();
  });
}

type Row = { readonly number: string; readonly code: string };

/** Each document stands in its printed register once, with its number. */
export function expectBooks(folder: string, key: Buffer, prints: readonly Print[]): void {
  looking(folder, key, (store) => {
    const incoming = prints.find(({ name }) => name.includes('van-ban-den') && name.includes('dang-ky'));
    const rows = all<Row>(store.read, sql`SELECT printf('%02d', arrival_number) AS number, code_number || '/' || code_notation AS code FROM incoming_document WHERE arrival_number IS NOT NULL ORDER BY arrival_number`);
    expectRows(incoming, rows);
    const outgoing = prints.filter(({ name }) => name.includes('van-ban-di') && name.includes('dang-ky'));
    const codes = all<Row>(store.read, sql`SELECT '' AS number, code_number || '/' || code_notation AS code FROM outgoing_document`);
    expect(outgoing).toHaveLength(3);
    for (const { code } of codes) expect(outgoing.map(({ text }) => rowsOf(code, text)).reduce((sum, n) => sum + n, 0), code).toBe(1);
  });
}

function expectRows(print: Print | undefined, rows: readonly Row[]): void {
  const lines = (print?.text ?? '').split('\n');
  for (const { number, code } of rows) {
    const at = lines.filter((line) => new RegExp(`^\\s*\\d\\d/\\d\\d/\\d{4}\\s+${number}\\s`).test(line));
    expect(at, `${number} ${code}`).toHaveLength(1);
  }
}

/** Rows that begin with a code and a day: another document's subject may name it as well. */
const rowsOf = (code: string, text: string): number => text.split('\n').filter((line) => line.trimStart().startsWith(`${code} `) && /^\s*\S+\s+\d\d\/\d\d\/\d{4}\s/.test(line)).length;

/** Everything that waited goes out over the mended line, but for what was taken back before it left; the axis has each message once. */
export async function expectAllSent(station: TestStation): Promise<void> {
  const rows = (): Promise<readonly OutboxItem[]> => askWindow(station.page, 'exchange', 'outbox', {});
  await expect.poll(async () => (await rows()).flatMap(({ state, dispatch }) => (state === 'delivered' ? [] : [`${state} ${String(dispatch)}`])), { timeout: 120_000, interval: 500 }).toEqual(['cancelled new']);
  const { sent } = await station.axis.control.inspect();
  expect(new Set(sent.map((one) => one.docId)).size).toBe(sent.length);
  const messages = await Promise.all(sent.map(async ({ docId }) => Buffer.from(await station.axis.control.bytesOf(docId)).toString('utf8')));
  // A message is told from others by what it is about: the document, and the status that it says of it.
  const about = messages.map((xml) => [/<edXML:DocumentId>([^<]*)/.exec(xml)?.[1], /<edXML:StatusCode>(\d+)/.exec(xml)?.[1], /<edXML:BussinessDocType>(\d)/.exec(xml)?.[1]].join(' '));
  expect(about.filter((one, at) => about.indexOf(one) !== at)).toEqual([]);
}
