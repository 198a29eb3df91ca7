import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPeriod } from '../../../electron/services/keeping/schedule/read-schedule.ts';
import { csvOf, xlsxOf } from '../../../electron/services/records/index.ts';
import { run, sql, type Store } from '../../../electron/store/index.ts';
import { given, officeOver, refused } from '../../fakes/keeping/archive.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const heads = ['STT', 'Tên nhóm hồ sơ, tài liệu', 'Thời hạn bảo quản'];
const rows = [
  ['I', 'Tài liệu tổng hợp', ''],
  ['1', 'Kế hoạch, báo cáo công tác:', ''],
  ['', '- Năm', 'Vĩnh viễn'],
  ['', '- Quý, tháng', '05 năm'],
  ['2', 'Công văn trao đổi', '10 năm'],
  ['II', 'Tài liệu tổ chức', ''],
  ['1', 'Hồ sơ nâng lương', '20'],
];

async function fileOf(store: Store, bytes: Uint8Array, name: string): Promise<{ name: string; mediaType: string; size: number; sha256: string }> {
  return { name, mediaType: 'text/csv', ...(await store.blobs.put(bytes)) };
}
const columns = [{ index: 0, field: 'code' as const }, { index: 1, field: 'description' as const }, { index: 2, field: 'period' as const }];
const about = { name: 'Bảng thời hạn', source: 'QĐ 5/QĐ-UBND', confidence: 'office' as const, validTo: null, replaces: null, note: '' };

test('an Excel table is known by its heads, and read with its groups and the lines below an entry', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const file = await fileOf(store, await xlsxOf({ sheet: 'Bảng', above: ['BẢNG THỜI HẠN BẢO QUẢN'], heads, widths: [5, 40, 20], rows }), 'bang.xlsx');
  const [sheet] = await given(handlers.lookAtSchedule({ file }));
  expect(sheet?.columns.map(({ field }) => field)).toEqual(['code', 'description', 'period']);
  const question = { file, sheet: sheet?.name ?? '', header: sheet?.header ?? 0, columns: columns, without: [] };
  expect(await given(handlers.previewSchedule(question))).toMatchObject({ good: 4, bad: 0, groups: 2, permanent: 1, problems: [] });
  const made = await given(handlers.importSchedule({ ...question, ...about, validFrom: '2026-01-01' }));
  expect(made).toMatchObject({ rows: 4, current: true, file: { sha256: file.sha256 } });
  const { items } = await given(handlers.findRows({ schedule: made.id, day: '2026-06-01', words: '', after: null, limit: 10 }));
  expect(items.map(({ code, group, description, period }) => [code, group, description, period])).toEqual([
    ['1', 'I Tài liệu tổng hợp', 'Kế hoạch, báo cáo công tác: Năm', { kind: 'permanent' }],
    ['1', 'I Tài liệu tổng hợp', 'Kế hoạch, báo cáo công tác: Quý, tháng', { kind: 'years', years: 5 }],
    ['2', 'I Tài liệu tổng hợp', 'Công văn trao đổi', { kind: 'years', years: 10 }],
    ['1', 'II Tài liệu tổ chức', 'Hồ sơ nâng lương', { kind: 'years', years: 20 }],
  ]);
});

test('what is typed without accents finds all, with accents only what has them; a page after another', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const file = await fileOf(store, csvOf(heads, [['1', 'Kế hoạch năm', '5'], ['2', 'Ké hoạch', '5'], ['3', 'Báo cáo năm', '10'], ['4', 'Báo cáo nắm tình hình', '10']]), 'b.csv');
  const [sheet] = await given(handlers.lookAtSchedule({ file }));
  const { id } = await given(handlers.importSchedule({ file, sheet: '', header: sheet?.header ?? 0, columns, without: [], ...about, validFrom: '2026-01-01' }));
  const find = async (words: string): Promise<string[]> => (await given(handlers.findRows({ schedule: null, day: '2026-06-01', words, after: null, limit: 10 }))).items.map(({ code }) => code);
  expect(await find('ke hoach')).toEqual(['1', '2']);
  expect(await find('kế')).toEqual(['1']);
  expect(await find('năm')).toEqual(['1', '3', '4']);
  expect(await find('nắm')).toEqual(['4']);
  expect(await find('bao nam')).toEqual(['3', '4']);
  expect(await find('không có')).toEqual([]);
  expect(await given(handlers.findRows({ schedule: null, day: '2025-06-01', words: '', after: null, limit: 10 }))).toEqual({ items: [], next: null });
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: { items: { code: string }[]; next: string | null } = await given(handlers.findRows({ schedule: id, day: '2026-06-01', words: '', after, limit: 1 }));
    seen.push(...page.items.map(({ code }) => code));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toEqual(['1', '2', '3', '4']);
});

test('bad rows are told with their reason and keep the whole out, until they are mended or left out; a new version ends the old one', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const file = await fileOf(store, csvOf(heads, [['1', 'A', '5 năm'], ['2', 'B', 'Đến khi hết hiệu lực'], ['3', 'C', ''], ['4', 'D', '10 năm'], ['4', 'E', '10 năm'], ['5', '', '10 năm']]), 'b.csv');
  const question = { file, sheet: '', header: 1, columns, without: [] as number[] };
  const preview = await given(handlers.previewSchedule(question));
  const problems = new Map(preview.problems.map(({ row, problem }) => [row, problem]));
  expect([...problems.values()].toSorted()).toEqual(['code-twice', 'description-missing', 'period-unreadable']);
  expect(await refused(handlers.importSchedule({ ...question, ...about, validFrom: '2026-01-01' }))).toBe('schedule-rows-bad');
  expect(await given(handlers.schedules({}))).toEqual([]);
  const first = await given(handlers.importSchedule({ ...question, without: [...problems.keys()], ...about, validFrom: '2025-01-01' }));
  expect(await refused(handlers.importSchedule({ ...question, without: [...problems.keys()], ...about, validFrom: '2025-01-01', replaces: first.id }))).toBe('schedule-days');
  await given(handlers.importSchedule({ ...question, without: [...problems.keys()], ...about, validFrom: '2026-07-01', replaces: first.id }));
  expect((await given(handlers.schedules({}))).map(({ validFrom, validTo, current }) => [validFrom, validTo, current])).toEqual([['2026-07-01', null, true], ['2025-01-01', '2026-06-30', false]]);
  expect(await refused(handlers.importSchedule({ ...question, columns: [{ index: 0, field: 'code' }], ...about, validFrom: '2026-01-01' }))).toBe('columns-missing');
  expect(() => store.write((db) => run(db, sql`DELETE FROM retention_row`))).toThrow(/stays/);
});

test('a period is read as permanent or as whole years, and nothing else is guessed', () => {
  for (const text of ['Vĩnh viễn', 'VĨNH VIỄN', 'vv', 'Bảo quản vĩnh viễn']) expect(readPeriod(text), text).toEqual({ kind: 'permanent' });
  fc.assert(fc.property(fc.integer({ min: 1, max: 150 }), fc.constantFrom('', ' năm', ' Năm '), (years, unit) => {
    expect(readPeriod(`${String(years)}${unit}`)).toEqual({ kind: 'years', years });
  }));
  for (const text of ['', '0', '0 năm', '151', '5-10 năm', 'lâu dài', 'Đến khi văn bản hết hiệu lực', '5 tháng', '-5', '2.5']) expect(readPeriod(text), text).toBeUndefined();
});
