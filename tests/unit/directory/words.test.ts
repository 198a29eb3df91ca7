import { describe, expect, test } from 'vitest';
import { codesAbove, isCentre, levelOneOf, looksLikeCode, newFormOf, plainCode } from '../../../electron/services/exchange/directory/codes.ts';
import { distance, nameTerms, unmarked, wordsOf } from '../../../electron/services/exchange/directory/words.ts';

describe('words', () => {
  test.each([
    ['Uỷ ban', 'Ủy ban'],
    ['Sở Lý', 'sở lí'],
    ['ĐẮK LẮK', 'dak lak'],
    ['Hội đồng  nhân-dân', 'hoi dong nhan dan'],
  ])('%s and %s are the same', (a, b) => {
    expect(wordsOf(a)).toEqual(wordsOf(b));
  });

  test.each([
    ['ddaof', 'dao'],
    ['tajo', 'tao'],
    ['nooij', 'noi'],
    ['vuj', 'vu'],
    ['ddoongf', 'dong'],
    ['truwowngf', 'truong'],
    ['thwr', 'thu'],
    ['d9a2o', 'dao'],
    ['to6ng3', 'tong'],
    ['daod', 'dao'],
  ])('marks typed as letters, %s, are taken out: %s', (typed, meant) => {
    expect(unmarked(typed)).toBe(meant);
  });

  test.each(['noi', 'truong', 'khanh', 'xuan', 'sang', 'quang', 'gia'])('%s has no such letters', (word) => {
    expect(unmarked(word)).toBeNull();
  });

  test('a name is looked for by its short forms, its long forms and its first letters', () => {
    expect(nameTerms('UBND tỉnh Lâm Đồng').words).toEqual(expect.arrayContaining(['ubnd', 'uy', 'ban', 'nhan', 'dan']));
    expect(nameTerms('Ủy ban nhân dân thành phố Huế').signs).toEqual(expect.arrayContaining(['ubnd', 'tp']));
    expect(nameTerms('Sở Nội vụ tỉnh Lâm Đồng').signs).toContain('snv');
    expect(nameTerms('Sở Giáo dục và Đào tạo tỉnh Cà Mau').signs).toEqual(expect.arrayContaining(['gddt', 'sgddt']));
  });

  test('letters apart', () => {
    expect([distance('dong', 'dong', 2), distance('dnog', 'dong', 2), distance('dog', 'dong', 2), distance('lam', 'dong', 2)]).toEqual([0, 1, 1, 3]);
  });
});

describe('codes (axis.md §3)', () => {
  test.each([
    ['H37.02.02', 'H37'],
    ['000.00.00.G22', 'G22'],
    ['000.01.32.H53', 'H53'],
    ['28.22.H17', 'H17'],
    ['G12', 'G12'],
    ['020123456789', ''],
  ])('the first level of %s is %s', (code, level) => {
    expect(levelOneOf(code)).toBe(level);
  });

  test('old forms of the first level have a new form, others none by rule', () => {
    expect([newFormOf('000.00.00.G12'), newFormOf('000.00.02.H36'), newFormOf('G12')]).toEqual(['G12', null, null]);
    expect(codesAbove('H37.02.02')).toEqual(['H37.02', 'H37']);
    expect(codesAbove('000.00.02.H36')).toEqual([]);
    expect(plainCode(' 000.00.00.g12 ')).toBe('0000000G12');
  });

  test('centres are no addressees', () => {
    expect(['00.21.W00', 'vxp.saas.07', 'H36.02'].map(isCentre)).toEqual([true, true, false]);
  });

  test.each([
    ['H36.02', true],
    ['h36', true],
    ['000.00', true],
    ['0000000G12', true],
    ['sở nội vụ', false],
    ['snv', false],
  ])('%s is a code: %s', (text, yes) => {
    expect(looksLikeCode(text)).toBe(yes);
  });
});
