import { expect, test } from 'vitest';
import { readPeopleTable } from '../../../electron/services/people/import-table.ts';

const unit = { id: 'u1', office: 'o', name: 'Văn phòng', abbreviation: 'VP', headPosition: '', validFrom: null, validTo: null, past: [] };
const known = { persons: [{ name: 'Lê Văn Cũ', unit: 'u1' }], units: [unit], addUnits: false };

test('a table from a spreadsheet: good lines are read, each bad one says why', () => {
  const text = [
    'Họ tên\tChức vụ\tĐơn vị\tVai trò',
    'Trần Thị  Văn Thư\tVăn thư\tvan phong\tVăn thư, lưu trữ',
    '\tChuyên viên\tVăn phòng\t',
    'Lê Văn Cũ\tChuyên viên\tVĂN PHÒNG\t',
    'Ngô Mới\tChuyên viên\tPhòng Không Có\tngười xử lý',
    'Đỗ Sai\tChuyên viên\tVăn phòng\tvăn thư + giám sát',
    'Lý Đôi\tChuyên viên\tVăn phòng\t',
    'LÝ ĐÔI\tChuyên viên\tVăn phòng\t',
    '',
    'Bùi Không Đơn Vị\tPhó Chủ tịch',
    'x'.repeat(51),
  ].join('\r\n');
  const rows = readPeopleTable(`\uFEFF${text}`, known);
  expect(rows.map(({ line, problem, about }) => [line, problem, about])).toEqual([
    [2, null, ''],
    [3, 'no-name', ''],
    [4, 'known-already', ''],
    [5, 'unit-unknown', 'Phòng Không Có'],
    [6, 'role-unknown', 'giám sát'],
    [7, null, ''],
    [8, 'twice-in-table', ''],
    [10, null, ''],
    [11, 'name-too-long', ''],
  ]);
  expect(rows[0]).toMatchObject({ name: 'Trần Thị Văn Thư', position: 'Văn thư', roles: ['clerk', 'archivist'] });
});

test('semicolons leave commas to the roles; a unit that is not there may be added', () => {
  const rows = readPeopleTable('Ngô Mới;Trưởng phòng;Phòng Mới;quản trị, lãnh đạo', { ...known, addUnits: true });
  expect(rows).toEqual([
    { line: 1, name: 'Ngô Mới', position: 'Trưởng phòng', unit: 'Phòng Mới', roles: ['administrator', 'leader'], problem: null, about: '' },
  ]);
});
