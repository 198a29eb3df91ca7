import { expect, test } from 'vitest';
import type { StoredFile } from '#contract';
import { openTable } from '../../../electron/services/legacy/read/open-table.ts';
import { TableRefused } from '../../../electron/services/legacy/read/refused.ts';
import type { TableRow } from '../../../electron/services/legacy/read/table.ts';
import { xlsxOf } from '../../../electron/services/records/index.ts';
import { madeWorkbook, serialOf, zipOf, type MadeSheet } from '../../fakes/legacy/made-workbook.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

async function opened(bytes: Uint8Array, size = bytes.length): ReturnType<typeof openTable> {
  const store = storeIn(scratchFolder());
  const stored = await store.blobs.put(bytes);
  const file: StoredFile = { name: 'so.xlsx', mediaType: '', ...stored, size };
  return openTable(store.blobs, file);
}

async function rowsOf(bytes: Uint8Array, sheet = 0): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const slice of (await opened(bytes)).sheets[sheet]?.rows() ?? []) rows.push(...slice);
  return rows;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await rowsOf(bytes);
  } catch (error) {
    if (error instanceof TableRefused) return error.code;
    throw error;
  }
  return 'read';
}

const texts = (rows: readonly TableRow[]): string[][] => rows.map(({ cells }) => cells.map((cell) => cell?.text ?? ''));
const one = (sheet: Partial<MadeSheet> & Pick<MadeSheet, 'rows'>): Buffer => madeWorkbook([{ name: 'Năm 2024', ...sheet }]);

test('cells come as they are stored: texts, numbers, days in both counts, values of formulas, errors, hidden sheets', async () => {
  const rows = [['Số đến', 'Ngày'], [5, serialOf('2024-03-05')], [{ formula: 'A2+1', value: 6 }, { formula: 'B2' }], [{ error: '#REF!' }, ' hai\n dòng '], [], ['_x0041_', null]];
  const [, second, third, fourth, last] = await rowsOf(one({ rows }));
  expect(second?.cells).toEqual([{ kind: 'number', text: '5' }, { kind: 'date', text: '2024-03-05' }]);
  expect(third?.cells).toEqual([{ kind: 'number', text: '6' }, { kind: 'no-value', text: '' }]);
  expect(fourth?.cells).toEqual([{ kind: 'error', text: '#REF!' }, { kind: 'text', text: 'hai dòng' }]);
  expect([last?.line, last?.cells[0]?.text]).toEqual([6, 'A']);
  const mac = madeWorkbook([{ name: 'a', rows: [[serialOf('2024-03-05')]], hidden: true }], {}, true);
  expect(texts(await rowsOf(mac))).toEqual([['2024-03-05']]);
  expect(await opened(mac)).toMatchObject({ notes: ['dates-of-1904'], sheets: [{ name: 'a', hidden: true }] });
});

test('a merged cell is its first row’s; rows that it covers say so, and how wide the widest one is', async () => {
  const rows = await rowsOf(one({ rows: [['Tháng 3', null, null], ['01/03/2024', '1', 'a'], [null, '2', 'b'], ['02/03/2024', '3', 'c']], merges: ['A1:C1', 'A2:A3'] }));
  expect(rows.map(({ widest }) => widest)).toEqual([3, 1, 1, 1]);
  expect(rows.map(({ covered }) => [...covered])).toEqual([[], [], [[0, { text: '01/03/2024', line: 2 }]], []]);
});

test('macros are named and never matter; what the program writes itself is read back', async () => {
  const macros = madeWorkbook([{ name: 'a', rows: [['x']] }], { 'xl/vbaProject.bin': 'Sub AutoOpen' });
  expect((await opened(macros)).notes).toEqual(['macros']);
  expect(texts(await rowsOf(macros))).toEqual([['x']]);
  const own = await xlsxOf({ sheet: 'Sổ', above: ['Tiêu đề'], heads: ['Số', 'Tên'], widths: [5, 9], rows: [['05', '=1+1'], ['06', 'đ & <ký>']] });
  expect(texts(await rowsOf(own))).toEqual([['Tiêu đề'], ['Số', 'Tên'], ['05', '=1+1'], ['06', 'đ & <ký>']]);
});

test('texts are read in UTF-8 and UTF-16, parted by commas, semicolons or tabs, with lines inside cells', async () => {
  const lines = ['Số,Tên;x', '1,"Đề, ""án""\nhai dòng"', "2,'=tổng", '', '3,'].join('\r\n');
  const expected = [['Số', 'Tên;x'], ['1', 'Đề, "án" hai dòng'], ['2', '=tổng'], ['3', '']];
  const trimmed = (rows: readonly TableRow[]): string[][] => texts(rows).map((cells) => [cells[0] ?? '', cells[1] ?? '']);
  expect(trimmed(await rowsOf(Buffer.from(lines)))).toEqual(expected);
  expect(trimmed(await rowsOf(Buffer.from(`\uFEFF${lines}`)))).toEqual(expected);
  expect((await rowsOf(Buffer.from(lines))).map(({ line }) => line)).toEqual([1, 2, 4, 6]);
  const wide = 'Số\tTên\n1\tĐề án';
  expect(texts(await rowsOf(Buffer.from(`\uFEFF${wide}`, 'utf16le')))).toEqual([['Số', 'Tên'], ['1', 'Đề án']]);
  expect(texts(await rowsOf(Buffer.from(wide, 'utf16le')))).toEqual([['Số', 'Tên'], ['1', 'Đề án']]);
  expect(texts(await rowsOf(Buffer.from(`\uFEFF${wide}`, 'utf16le').swap16()))).toEqual([['Số', 'Tên'], ['1', 'Đề án']]);
  expect(texts(await rowsOf(Buffer.from('Số;Tên\n1;a, b')))).toEqual([['Số', 'Tên'], ['1', 'a, b']]);
});

test('what is no table is refused by what it is, whatever its name', async () => {
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const good = one({ rows: [['a', 'b'], ['1', '2']] });
  const broken = Buffer.from(good);
  const at = broken.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length;
  broken.fill(0xff, at, at + 20);
  const cases: Readonly<Record<string, Buffer>> = {
    'table-empty': Buffer.alloc(0),
    'table-xls': old,
    'table-password': Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]),
    'table-html': Buffer.from('<html><table><tr><td>Số đến</td></tr></table></html>'),
    'table-encoding': Buffer.from('S\xf4 \xd0\xean,Tr\xedch y\xeau\n', 'latin1'),
    'table-xlsb': zipOf({ 'xl/workbook.bin': 'x' }),
    'table-unknown': zipOf({ 'word/document.xml': '<a/>' }),
    'table-damaged': broken,
    'table-bomb': zipOf({ 'xl/workbook.xml': `<workbook><sheets/>${' '.repeat(20 * 1024 * 1024)}</workbook>` }),
  };
  for (const [code, bytes] of Object.entries(cases)) expect(await refusal(bytes), code).toBe(code);
  expect(await refusal(good.subarray(0, good.length - 40))).toBe('table-damaged');
  expect(await refusal(Buffer.from('%PDF-1.7'))).toBe('table-unknown');
  expect(await refusal(Buffer.from('a,"b\n1,2'))).toBe('table-damaged');
  await expect(opened(good, 300 * 1024 * 1024)).rejects.toMatchObject({ code: 'file-too-large' });
});

test('a bomb is left at its limit: one that lies about its size, one that is all rows, one that is too wide, one with a DOCTYPE', async () => {
  const lying = madeWorkbook([{ name: 'a', rows: [['x']] }]);
  const parts = { 'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>', 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="1" Target="worksheets/s.xml" Type="x/worksheet"/></Relationships>' };
  const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  expect(await refusal(lying)).toBe('read');
  expect(await refusal(zipOf({ ...parts, 'xl/worksheets/s.xml': sheet('<row><c><v>1</v></c></row>'.repeat(40_000)) }, { 'xl/worksheets/s.xml': 1000 }))).toBe('table-bomb');
  expect(await refusal(zipOf({ ...parts, 'xl/worksheets/s.xml': sheet('<row><c><v>1</v></c></row>'.repeat(300_001)) }))).toBe('table-too-large');
  expect(await refusal(zipOf({ ...parts, 'xl/worksheets/s.xml': sheet('<row><c r="ZZ1"><v>1</v></c></row>') }))).toBe('table-too-wide');
  // A text that the workbook does not have, and a sheet that is long and empty.
  expect(await refusal(zipOf({ ...parts, 'xl/worksheets/s.xml': sheet('<row><c t="s"><v>7</v></c></row>') }))).toBe('table-damaged');
  expect(await rowsOf(zipOf({ ...parts, 'xl/worksheets/s.xml': sheet('<row><c/></row>'.repeat(600_000)) }))).toEqual([]);
  const entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>';
  expect(await refusal(zipOf({ ...parts, 'xl/worksheets/s.xml': entity + sheet('<row><c><v>&b;</v></c></row>') }))).toBe('table-damaged');
});
