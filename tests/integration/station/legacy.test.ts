import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LegacyQuestion } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { all, openStore, sql } from '../../../electron/store/index.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { arrival, arrivalHeads, imported, issueHeads, lookedAt, mapping, mustOf, questionOf } from '../../fakes/legacy/importing.ts';
import { madeWorkbook, serialOf, type MadeCell } from '../../fakes/legacy/made-workbook.ts';
import { question as searchFor } from '../../fakes/search/service.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const today = '2026-11-22T01:00:00.000Z';
let core: Core;
let folder: string;
const keyHex = randomBytes(32).toString('hex');

async function open(): Promise<Core> {
  folder = join(scratchFolder(), 'profile');
  core = await startCore({ ...quietCore({ folder, keyHex }), clock: { now: () => new Date(today) } });
  return core;
}
afterEach(async () => {
  await core.close();
});

const book = (rows: readonly (readonly MadeCell[])[], heads: readonly string[] = arrivalHeads, name = 'Năm 2024', merges: readonly string[] = []): Buffer =>
  madeWorkbook([{ name, rows: [['ỦY BAN NHÂN DÂN PHƯỜNG'], [`SỔ ĐĂNG KÝ VĂN BẢN ${heads === arrivalHeads ? 'ĐẾN' : 'ĐI'}`], [], heads, heads.map((_, at) => `(${String(at + 1)})`), ...rows], merges: ['A1:J1', ...merges] }]);
const arrivals = (from: number, to: number): string[][] => Array.from({ length: to - from + 1 }, (_, at) => arrival(from + at));

test('a register of a past year becomes a book of its own: found, printed, without alarm, and a second import adds nothing', async () => {
  await open();
  const must = mustOf(core);
  const question = await questionOf(core, 'so-den-2024.xlsx', book([...arrivals(1, 40), ...arrivals(45, 60)]));
  expect(question).toMatchObject({ register: 'incoming', year: 2024, header: { row: 4, rows: 1 }, sheet: 'Năm 2024' });
  const { preview, done } = await imported(core, question);
  expect(preview.counts).toMatchObject({ rows: 57, good: 56, bad: 0, known: 0, skipped: 1 });
  expect(preview.series).toEqual([{ name: '', old: true, rows: 56, first: 1, last: 60, next: null }]);
  expect(done).toMatchObject({ added: 56, known: 0, bad: 0, year: 2024, register: 'incoming' });
  expect(done.finishedAt).not.toBeNull();
  // Again: nothing.
  expect((await imported(core, question)).done).toMatchObject({ added: 0, known: 56 });

  const list = await must('records', 'incomingList', { state: null, before: null, limit: 100 });
  expect(list.items).toHaveLength(56);
  expect(list.counts).toMatchObject({ done: 56, overdue: 0, soon: 0, registered: 0 });
  const [item] = list.items.filter(({ arrivalNumber }) => arrivalNumber === 12);
  expect(item).toMatchObject({ arrivalNumber: 12, arrivalYear: 2024, codeNumber: '112', codeNotation: 'SNV-VP', issuedDate: '2024-03-01', imported: true, arrivedAt: '2024-03-12T17:00:00.000Z' });
  const detail = await must('records', 'incomingGet', { id: item?.id ?? '' });
  expect(detail).toMatchObject({ source: 'register', files: [], registeredAt: null, importedFrom: { name: 'so-den-2024.xlsx', sheet: 'Năm 2024', line: 17 } });

  const found = await must('search', 'find', { question: searchFor('báo cáo số 12 văn thư'), after: null, limit: 10 });
  expect(found.items[0]).toMatchObject({ id: item?.id, imported: true });
  const bySource = await must('search', 'find', { question: searchFor('', { sources: ['register'] }), after: null, limit: 100 });
  expect(bySource.items).toHaveLength(56);

  const duties = await must('duties', 'list', {});
  expect(duties.items).toEqual([]);
  const [series] = (await must('numbers', 'year', { year: 2024 })).series.filter(({ id }) => id !== null);
  expect(series).toMatchObject({ last: 60, imported: true, outside: 0 });
  const check = await must('numbers', 'check', { year: null });
  expect(check.series.flatMap(({ problems }) => problems)).toEqual([]);
  expect(await core.dispatcher.answer('numbers', 'allowLate', { register: 'incoming', scope: '', year: 2024, until: '2026-12-01', reason: 'x' }, 'own-window')).toMatchObject({ failure: { code: 'series-closed' } });
  const report = await must('printing', 'report', { kind: 'incoming', from: '2024-01-01', to: '2024-12-31' });
  const figure = (key: string): number | undefined => report.figures.find((one) => one.key === key)?.value;
  expect([figure('total'), figure('old'), figure('paper'), figure('work'), figure('open-late')]).toEqual([56, 56, 0, 0, 0]);
});

test('each bad row is told with its line, its column and its reason; the mended rows complete the register', async () => {
  await open();
  const must = mustOf(core);
  const rows: (readonly MadeCell[])[] = [
    arrival(1),
    arrival(2, { 0: '31/02/2024' }),
    arrival(3, { 1: '' }),
    arrival(4, { 1: '1', 3: '999/KHAC' }),
    arrival(5, { 5: '' }),
    ['Tháng 4', null, null, null, null, null, null, null, null, null],
    arrival(6, { 0: '"' }),
    ['06/04/2024', '7', 'Sở Y tế', serialOf('2024-12-05'), serialOf('2024-04-05'), 'Giấy mời họp', '', '', '', ''],
    ['07/04/2024', '8', { error: '#N/A' }, '8/SYT', '05/04/2024', 'Kế hoạch', '', '', '', ''],
    arrival(9, { 0: '09/04/2023' }),
    ['10-4-24', '10a', 'Sở Y tế', '10/SYT', '5.4.2024', 'Kế hoạch', '', '15/4', 'Hoa', 'gấp'],
    [null, '11', 'Sở Y tế', '11/SYT', '05/04/2024', 'Kế hoạch 11', '', '', '', ''],
    ['Cộng: 11 văn bản'],
  ];
  const question = await questionOf(core, 'so.xlsx', book(rows, arrivalHeads, 'Năm 2024', ['A16:A17']));
  const preview = await must('legacy', 'preview', question);
  const told = preview.bad.map(({ row, problems }) => [row, ...problems.map(({ column, code }) => `${column}:${code}`)]);
  expect(told).toEqual([
    [7, 'A:day-impossible'],
    [8, 'B:number-missing'],
    [9, ':number-twice'],
    [10, 'F:subject-missing'],
    [13, 'D:became-date'],
    [14, 'C:cell-error'],
    [17, 'A:merged'],
  ]);
  expect(preview.bad[0]?.problems[0]?.params).toMatchObject({ text: '31/02/2024' });
  expect(preview.counts).toMatchObject({ rows: 14, good: 3, bad: 7, otherYear: 1, skipped: 3 });
  expect(preview.otherYears).toEqual([{ year: 2023, rows: 1 }]);
  expect(preview.good.map(({ fields }) => [fields.arrivalNumber, fields.arrivedOn, fields.transferred])).toEqual([
    ['01', '02/03/2024', undefined],
    // As above.
    ['06', '06/03/2024', undefined],
    ['10a', '10/04/2024', '15/04/2024'],
  ]);
  // Nothing is written by looking.
  expect((await must('records', 'incomingList', { state: null, before: null, limit: 10 })).items).toEqual([]);

  await must('legacy', 'run', question);
  for (const format of ['xlsx', 'csv'] as const) {
    const saved = await must('legacy', 'saveBad', { question, format });
    expect(saved.name).toBe(`so-can-sua.${format}`);
    const file = await core.readFile(saved.id, 0, 10_000_000);
    if (!file.ok) throw new Error(file.failure.code);
    const { look } = await lookedAt(core, saved.name, file.value.bytes);
    const sheet = look.sheets[0];
    const lines = sheet?.first.slice(-7) ?? [];
    expect(lines.map(({ cells }) => cells[10])).toEqual(['7', '8', '9', '10', '13', '14', '17']);
    expect(lines[0]?.cells[11]).toBe('Cột A: Không có ngày 31/02/2024. Hãy ghi ngày có thật.');
    // What the merged cell said stands there to be looked at.
    expect(lines[6]?.cells[0]).toBe('10-4-24');
    expect(mapping(look, 'incoming')).toMatchObject({ B: 'arrivalNumber', K: 'ignore', L: 'ignore' });
  }
  // Mended: only what was missing comes in.
  const mended = rows.map((row, at) => (at === 1 ? arrival(2) : at === 2 ? arrival(3) : row));
  const { done } = await imported(core, await questionOf(core, 'so-sua.xlsx', book(mended, arrivalHeads, 'Năm 2024', ['A16:A17'])));
  expect(done).toMatchObject({ added: 2, known: 3, bad: 5 });
});

/** Registers a document as it comes on paper today; answers its number. */
async function registerOne(subject: string): Promise<number | null> {
  const fields = {
    codeNumber: '1', codeNotation: `TEST-${subject}`, issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject, issuerName: 'Sở Y tế',
    issuerOrganId: '', arrivedOn: '2026-11-22', signerName: '', signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, holders: '',
    language: '', pageAmount: null, description: '',
  };
  return (await mustOf(core)('intake', 'addIncoming', { fields, source: 'paper', files: [], register: true })).arrivalNumber;
}

const thisYear = (from: number, to: number): string[][] => arrivals(from, to).map(([, ...rest]) => ['10/11/2026', ...rest]);

test('an office that changes over in mid-year goes on after its highest number; what its register left out is explained', async () => {
  await open();
  const must = mustOf(core);
  const rows = thisYear(1, 30).filter((_, at) => at !== 10 && at !== 11);
  const { preview, done } = await imported(core, await questionOf(core, 'so-2026.xlsx', book(rows, arrivalHeads, 'Năm 2026')));
  expect(preview.series).toEqual([{ name: '', old: false, rows: 28, first: 1, last: 30, next: 31 }]);
  expect(done.added).toBe(28);
  expect(await registerOne('sau khi nhập')).toBe(31);
  const check = await must('numbers', 'check', { year: 2026 });
  expect(check.series).toMatchObject([{ last: 31, taken: 29, explained: 2, problems: [] }]);
  const id = check.series[0]?.id ?? '';
  expect((await must('numbers', 'book', { series: id, exceptions: false, before: null, limit: 100 })).gaps).toMatchObject([{ first: 11, last: 12, reason: 'Không có trong sổ cũ đã nhập (so-2026.xlsx)' }]);
  expect((await must('numbers', 'year', { year: 2026 })).series.find((one) => one.id === id)).toMatchObject({ imported: false, outside: 2, last: 31 });
  const print = await must('printing', 'makeBook', { kind: 'incoming', series: id, year: 2026, firstNumber: null, lastNumber: null, from: null, to: null, volume: '', format: 'csv' });
  const file = await core.readFile(print.id, 0, 1_000_000);
  expect(file.ok && Buffer.from(file.value.bytes).toString('utf8')).toContain('Từ số 11 đến số 12: ghi ngoài chương trình, lý do: Không có trong sổ cũ đã nhập');
});

test('numbers that the program gave already stay; an old register fills what was noted as given outside', async () => {
  await open();
  const must = mustOf(core);
  await must('numbers', 'startAfter', { register: 'incoming', scope: '', year: 2026, last: 20, reason: 'Sổ Excel đến số 20' });
  expect([await registerOne('a'), await registerOne('b')]).toEqual([21, 22]);
  await must('numbers', 'voidNumber', { register: 'incoming', scope: '', year: 2026, number: null, suffix: '', reason: 'Ghi nhầm' });
  const { preview, done } = await imported(core, await questionOf(core, 'so.xlsx', book(thisYear(5, 24), arrivalHeads, 'Năm 2026')));
  expect(preview.bad.map(({ problems }) => [problems[0]?.code, problems[0]?.params['number']])).toEqual([['number-taken', '21'], ['number-taken', '22'], ['number-not-free', '23']]);
  expect(preview.series[0]).toMatchObject({ next: 25 });
  expect(done).toMatchObject({ added: 17, bad: 3 });
  expect((await must('numbers', 'check', { year: 2026 })).series).toMatchObject([{ last: 24, problems: [] }]);
  expect((await must('numbers', 'book', { series: (await must('numbers', 'check', { year: 2026 })).series[0]?.id ?? '', exceptions: true, before: null, limit: 10 })).gaps).toMatchObject([{ first: 1, last: 4 }]);
  expect(await registerOne('c')).toBe(25);
});

const issue = (code: string, day: string, subject = `nội dung ${code}`): string[] => [code, day, subject, 'Nguyễn Văn Ký', 'Như trên; Lưu: VT', 'VT', '3', '', '', ''];

test('issued documents: one running order or one of each kind, codes once, and the next number of this year follows', async () => {
  await open();
  const must = mustOf(core);
  const common = [issue('01/QĐ-UBND', '02/01/2023'), issue('02/BC-UBND', '03/01/2023'), issue('03/UBND-VP', '03/01/2023'), issue('03/UBND-VP', '03/01/2023'), issue('3/UBND-VP', '04/01/2023', 'khác'), issue('12-CV/ĐU', '05/01/2023')];
  const first = await imported(core, await questionOf(core, 'di.xlsx', book(common, issueHeads, 'Năm 2023')));
  expect(first.preview.counts).toMatchObject({ good: 4, known: 1, bad: 1 });
  expect(first.preview.bad[0]?.problems[0]).toMatchObject({ code: 'code-twice', params: { row: 8 } });
  const list = await must('records', 'outgoingList', { state: null, before: null, limit: 10 });
  expect(list.items.map(({ codeNumber, codeNotation, imported: old }) => [codeNumber, codeNotation, old])).toEqual([['12-CV', 'ĐU', true], ['03', 'UBND-VP', true], ['02', 'BC-UBND', true], ['01', 'QĐ-UBND', true]]);
  expect(await must('records', 'outgoingGet', { id: list.items[1]?.id ?? '' })).toMatchObject({ toPlaces: ['Như trên', 'Lưu: VT'], issuedAmount: 3, files: [], importedFrom: { line: 8 } });

  const sent = await core.dispatcher.answer('exchange', 'sendDocument', { document: list.items[1]?.id ?? '', recipients: [{ organId: 'G09', name: 'Bộ Nội vụ' }] }, 'own-window');
  expect(sent).toMatchObject({ failure: { code: 'from-old-register' } });

  const kinds = ['QĐ', 'BC', 'KH'].flatMap((kind) => [1, 2, 3].map((number) => issue(`0${String(number)}/${kind}-UBND`, '05/02/2022')));
  const question = await questionOf(core, 'di-2022.xlsx', book(kinds, issueHeads, 'Năm 2022'));
  const together = await must('legacy', 'preview', question);
  // Without being told, the first kind to have a number keeps it; nothing is lost over it.
  expect([together.counts.good, together.sharedNumbers]).toEqual([9, 6]);
  const { preview } = await imported(core, { ...question, perKind: true });
  expect(preview.sharedNumbers).toBe(0);
  expect(preview.series.map(({ name, rows, last }) => [name, rows, last])).toEqual([['Quyết định', 3, 3], ['Báo cáo', 3, 3], ['Kế hoạch', 3, 3]]);
  // The same documents asked for in another order are the same documents.
  expect((await imported(core, question)).done).toMatchObject({ added: 0, known: 9 });

  await imported(core, await questionOf(core, 'di-2026.xlsx', book([issue('01/QĐ-UBND', '02/01/2026'), issue('07/BC-UBND', '03/01/2026')], issueHeads, 'Năm 2026')));
  expect((await must('numbers', 'year', { year: 2026 })).series.find(({ register, last }) => register === 'outgoing' && last > 0)).toMatchObject({ last: 7, outside: 5 });
  expect((await must('numbers', 'check', { year: null })).series.flatMap(({ problems }) => problems)).toEqual([]);
  expect((await must('duties', 'list', {})).items).toEqual([]);
  const report = await must('printing', 'report', { kind: 'outgoing', from: '2022-01-01', to: '2026-12-31' });
  expect(report.figures.filter(({ key }) => ['total', 'old', 'not-sent', 'paper-only'].includes(key)).map(({ value }) => value)).toEqual([15, 15, 0, 0]);
});

test('an import can be undone as a whole, until something is built on it', async () => {
  await open();
  const must = mustOf(core);
  const question = await questionOf(core, 'so-2026.xlsx', book(thisYear(1, 250), arrivalHeads, 'Năm 2026'));
  const { done } = await imported(core, question);
  const { done: outgoing } = await imported(core, await questionOf(core, 'di.xlsx', book([issue('01/QĐ-UBND', '02/01/2023')], issueHeads, 'Năm 2023')));
  expect(await must('legacy', 'undo', { id: outgoing.id })).toMatchObject({ id: outgoing.id });
  expect((await must('records', 'outgoingList', { state: null, before: null, limit: 10 }))).toEqual({ items: [], total: 0 });
  const undone = await must('legacy', 'undo', { id: done.id });
  expect(undone.undoneAt).not.toBeNull();
  expect(await core.dispatcher.answer('legacy', 'undo', { id: done.id }, 'own-window')).toMatchObject({ failure: { code: 'import-undone' } });
  expect((await must('records', 'incomingList', { state: null, before: null, limit: 10 })).items).toEqual([]);
  // A running register never goes back: the numbers are again given outside.
  expect(await registerOne('sau')).toBe(251);
  expect((await must('printing', 'books', {})).map(({ register, documents, last }) => [register, documents, last])).toEqual([['incoming', 1, 251]]);
  expect((await must('numbers', 'check', { year: null })).series.flatMap(({ problems }) => problems)).toEqual([]);
  // Again, and with work on one of them.
  const again = await imported(core, question);
  expect(again.done.added).toBe(250);
  const { items } = await must('records', 'incomingList', { state: 'done', before: null, limit: 1 });
  await must('handling', 'reopen', { id: items[0]?.id ?? '', reason: 'Còn việc' });
  expect(await core.dispatcher.answer('legacy', 'undo', { id: again.done.id }, 'own-window')).toMatchObject({ failure: { code: 'import-built-on' } });
  expect((await must('legacy', 'imports', {})).map(({ added, undoneAt }) => [added, undoneAt !== null])).toEqual([[250, false], [1, true], [250, true]]);
});

test('an import that is stopped keeps its numbers safe, is completed by the same file, and stands in the log', async () => {
  await open();
  const must = mustOf(core);
  const question = await questionOf(core, 'so-2026.xlsx', book(thisYear(1, 3000), arrivalHeads, 'Năm 2026'));
  const running = core.dispatcher.answer('legacy', 'run', question, 'own-window');
  expect(await core.dispatcher.answer('legacy', 'run', question, 'own-window')).toMatchObject({ failure: { code: 'import-running' } });
  for (;;) {
    const [begun] = await must('legacy', 'imports', {});
    if ((begun?.added ?? 0) > 0) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await must('legacy', 'stop', {});
  expect(await running).toMatchObject({ failure: { code: 'import-stopped' } });
  const [stopped] = await must('legacy', 'imports', {});
  expect(stopped).toMatchObject({ finishedAt: null });
  expect(stopped?.added).toBeLessThan(3000);
  // Whatever is missing still: no number of the register can be given to another document.
  expect(await registerOne('giữa chừng')).toBe(3001);
  expect((await must('numbers', 'check', { year: null })).series.flatMap(({ problems }) => problems)).toEqual([]);
  const { done } = await imported(core, question);
  expect(done.added + done.known).toBe(3000);
  expect((await must('records', 'incomingList', { state: null, before: null, limit: 1 })).total).toBe(3001);
  await core.close();
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const log = all<{ action: string; detail: string }>(opened.value.read, sql`SELECT action, detail FROM audit_entry WHERE action LIKE 'register.%' ORDER BY seq`);
  opened.value.close();
  expect(log.map(({ action }) => action)).toEqual(['register.import-began', 'register.import-stopped', 'register.import-began', 'register.imported']);
  expect(JSON.parse(log[3]?.detail ?? '{}')).toMatchObject({ file: 'so-2026.xlsx', sha256: question.file.sha256, added: done.added, rows: 3001 });
});

test('what cannot be asked is said before a row is read', async () => {
  await open();
  const question = await questionOf(core, 'so.xlsx', book(arrivals(1, 3)));
  const refused = async (more: Partial<LegacyQuestion>): Promise<unknown> => {
    const outcome = await core.dispatcher.answer('legacy', 'preview', { ...question, ...more }, 'own-window');
    return outcome.ok ? 'asked' : [outcome.failure.code, outcome.failure.params];
  };
  expect(await refused({ columns: question.columns.filter(({ field }) => field !== 'arrivalNumber' && field !== 'subject') })).toEqual(['columns-missing', { field: 'columns', fields: 'arrivalNumber subject' }]);
  expect(await refused({ year: 2027 })).toMatchObject(['year-to-come', {}]);
  expect(await refused({ sheet: 'Khác' })).toMatchObject(['sheet-unknown', {}]);
  expect(await refused({ file: { ...question.file, sha256: 'f'.repeat(64) } })).toMatchObject(['file-damaged', {}]);
});
