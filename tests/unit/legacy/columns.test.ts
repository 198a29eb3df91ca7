import { expect, test } from 'vitest';
import { fieldOf, lookAt, missingFields } from '../../../electron/services/legacy/columns.ts';
import { uncovered, type TableRow } from '../../../electron/services/legacy/read/table.ts';
import { readCode, readDay, readNumber } from '../../../electron/services/legacy/values.ts';
import { bookForms } from '../../../electron/services/records/print/register-book.ts';

const rows = (lines: readonly (readonly string[])[]): TableRow[] =>
  lines.map((cells, at) => ({ line: at + 1, cells: cells.map((text) => (text === '' ? undefined : { kind: 'text', text })), covered: uncovered, widest: 1 }));

test('the columns of both printed registers are known by their names, and by those that offices gave them', () => {
  expect(bookForms.incoming.columns.map(({ head }) => fieldOf('incoming', head))).toEqual([
    'arrivedOn', 'arrivalNumber', 'issuerName', 'code', 'issuedDate', 'subject', 'holders', 'transferred', 'receivedBy', 'description',
  ]);
  expect(bookForms.outgoing.columns.map(({ head }) => fieldOf('outgoing', head))).toEqual([
    'code', 'issuedDate', 'subject', 'signerName', 'toPlaces', 'keepUnit', 'issuedAmount', 'transferred', 'receivedBy', 'description',
  ]);
  const met: readonly (readonly [head: string, incoming: string])[] = [
    ['STT', 'ignore'], ['Số CV đến', 'arrivalNumber'], ['SỐ ĐẾN', 'arrivalNumber'], ['so den', 'arrivalNumber'], ['Ngày nhận', 'arrivedOn'], ['Ngày tháng đến', 'arrivedOn'],
    ['Số KH', 'code'], ['Số, ký hiệu', 'code'], ['Số/KH VB', 'code'], ['So ky hieu', 'code'], ['Số hiệu', 'code'], ['Số VB', 'codeNumber'], ['Ký hiệu', 'codeNotation'],
    ['Ngày tháng VB', 'issuedDate'], ['Ngày VB', 'issuedDate'], ['Ngày ban hành', 'issuedDate'], ['Trích yếu', 'subject'], ['Trích yếu ND', 'subject'], ['Nội dung', 'subject'],
    ['Nơi gửi', 'issuerName'], ['Cơ quan ban hành', 'issuerName'], ['CQ BH', 'issuerName'], ['Nơi ban hành', 'issuerName'], ['Loại VB', 'typeName'], ['Tên loại', 'typeName'],
    ['Người ký', 'signerName'], ['Đơn vị nhận', 'holders'], ['Nơi nhận', 'holders'], ['Chuyển cho', 'holders'], ['Độ mật', 'secrecy'], ['Số trang', 'pageAmount'], ['Ghi chú', 'description'],
    ['Hồ sơ số', 'note'], ['', 'ignore'],
  ];
  expect(met.map(([head]) => [head, fieldOf('incoming', head)])).toEqual(met);
  expect([['Số đi', 'codeNumber'], ['Số bản', 'issuedAmount'], ['SL', 'issuedAmount'], ['Nơi nhận', 'toPlaces'], ['ĐV soạn thảo', 'unitName']].map(([head = '', field]) => [fieldOf('outgoing', head), field])).toEqual(
    [['codeNumber', 'codeNumber'], ['issuedAmount', 'issuedAmount'], ['issuedAmount', 'issuedAmount'], ['toPlaces', 'toPlaces'], ['unitName', 'unitName']],
  );
});

test('the row with the names is found below titles, also where it takes two rows; register and year follow', () => {
  const simple = lookAt('Sheet1', false, rows([['UBND XÃ A'], ['SỔ VĂN BẢN ĐI NĂM 2023'], ['Số, ký hiệu', 'Ngày tháng VB', 'Trích yếu'], ['01/QĐ-UBND', '02/01/2022', 'x']]), 'a.xlsx');
  expect(simple).toMatchObject({ header: { row: 3, rows: 1 }, register: 'outgoing', year: 2023 });
  const two = lookAt('Sheet1', false, rows([['Số đến', 'Ngày đến', 'Nơi gửi', 'Văn bản', '', 'Trích yếu'], ['', '', '', 'Số KH', 'Ngày tháng', ''], ['1', '03/04/2021', 'A', '1/A', '1/4/2021', 'x']]), 'a.xlsx');
  expect(two).toMatchObject({ header: { row: 1, rows: 2 }, register: 'incoming', year: 2021 });
  expect(two.columns.map(({ incoming }) => incoming)).toEqual(['arrivalNumber', 'arrivedOn', 'issuerName', 'code', 'issuedDate', 'subject']);
  expect(lookAt('a', false, rows([['x', 'y'], ['1', '2']]), 'a.csv')).toMatchObject({ header: null, year: null });
  expect(missingFields('incoming', ['arrivedOn'])).toEqual(['arrivalNumber', 'subject']);
  expect(missingFields('outgoing', ['codeNotation', 'issuedDate', 'subject'])).toEqual(['codeNumber']);
});

test('days, numbers and symbols are read as hands have typed them, and nothing is made of what is none', () => {
  const day = (text: string, year: number | null = null): unknown => {
    const read = readDay({ kind: 'text', text }, year);
    return typeof read === 'string' ? read : read.problem;
  };
  const days: readonly (readonly [typed: string, read: string])[] = [
    ['05/03/2024', '2024-03-05'], ['5-3-24', '2024-03-05'], ['5.3.98', '1998-03-05'], ['2024-03-05', '2024-03-05'], ['ngày 05 tháng 3 năm 2024', '2024-03-05'], ['05/03/2024 08:30', '2024-03-05'],
    ['45356', '2024-03-05'], ['29/02/2024', '2024-02-29'], ['29/02/2023', 'day-impossible'], ['31/11/2024', 'day-impossible'], ['13/13/2024', 'day-impossible'], ['12', 'day-unreadable'],
    ['hôm qua', 'day-unreadable'], ['05/03', 'day-without-year'], ['3/2024', 'day-unreadable'],
  ];
  expect(days.map(([typed]) => [typed, day(typed)])).toEqual(days);
  expect(day('05/03', 2024)).toBe('2024-03-05');
  expect(['12', '012', '12A', 'Số: 12', '12.0', '12bis', '0', '-3', '12/QĐ'].map((text) => readNumber(text))).toEqual([
    { number: 12, suffix: '' }, { number: 12, suffix: '' }, { number: 12, suffix: 'a' }, { number: 12, suffix: '' }, { number: 12, suffix: '' }, undefined, undefined, undefined, undefined,
  ]);
  for (const code of ['12/QĐ-UBND', '05/2023/NĐ-CP', '123-CV/TU', 'không số']) {
    const { codeNumber, codeNotation } = readCode(code);
    expect([codeNumber, codeNotation].filter((part) => part !== '').join('/')).toBe(code);
  }
  expect(readCode('Số 12 / QĐ-UBND')).toEqual({ codeNumber: '12', codeNotation: 'QĐ-UBND' });
});
