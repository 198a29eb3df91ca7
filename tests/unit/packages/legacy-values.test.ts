import { expect, test } from 'vitest';
import { codeOfValue, codesOfValues } from '../../../electron/services/packages/index.ts';

test('values of older data become the codes of the circular; what nobody knows stays unknown', () => {
  for (const [value, code] of [['Vĩnh viễn', '01'], ['VV', '01'], ['20 năm', '05'], ['20', '05'], ['15 năm', '07'], ['5', '07'], ['01', '01'], ['mãi mãi', undefined]] as const) expect(codeOfValue('maintenance', value), value).toBe(code);
  for (const [value, code] of [['Công khai', '01'], ['Không hạn chế', '01'], ['Hạn chế', '02'], ['SỬ DỤNG CÓ ĐIỀU KIỆN', '02'], ['Mật', '03'], ['2', '02'], ['x', undefined]] as const) expect(codeOfValue('mode', value), value).toBe(code);
  expect(codesOfValues('language', 'Tiếng Việt; Tiếng Anh')).toEqual(['01', '02']);
  expect(codesOfValues('language', 'Tiếng Việt, Klingon')).toBeUndefined();
  expect(codeOfValue('format', 'Tốt')).toBe('01');
  expect(codeOfValue('confidenceLevel', 'Số hoá')).toBe('02');
  expect(codeOfValue('typeName', 'quyết định')).toBe('02');
});
