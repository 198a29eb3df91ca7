import { describe, expect, test } from 'vitest';
import { generatedAgencies } from '../../../electron/services/practice/axis/generated-agencies.ts';

const all = [...generatedAgencies(125_000, 7)];
const share = (some: readonly unknown[]): number => some.length / all.length;

describe('the generated directory', () => {
  test('has the size asked for, with ids from 1 on and no code twice', () => {
    expect(all).toHaveLength(125_000);
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    expect(all.every(({ id }, at) => id === at + 1)).toBe(true);
  });

  test.each([0, 1, 50, 400, 3000])('also with %i', (count) => {
    const some = [...generatedAgencies(count, 7)];
    expect(some).toHaveLength(count);
    expect(new Set(some.map(({ code }) => code)).size).toBe(count);
  });

  test('is the same for the same seed, and another for another', () => {
    expect([...generatedAgencies(5000, 3)]).toEqual([...generatedAgencies(5000, 3)]);
    expect([...generatedAgencies(5000, 3)]).not.toEqual([...generatedAgencies(5000, 4)]);
  });

  test('codes have the forms that are in use, turned round between old and new', () => {
    for (const { code, kind, oldCode } of all) {
      if (kind === 'centre') expect(code).toMatch(/^\d{2}\.\d{2}\.W00$/);
      else if (kind === 'old-code') expect(code).toMatch(/^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/);
      else expect(code).toMatch(/^[A-Z]\d{2}(\.[0-9A-Z]{2})*$/);
      expect(code.length).toBeLessThanOrEqual(35);
      if (oldCode === '') continue;
      const groups = code.split('.');
      const [first = '', third, second, top] = oldCode.split('.');
      expect([top, second, third, first.slice(1)]).toEqual([groups[0], groups[1] ?? '00', groups[2] ?? '00', groups[3] ?? '00']);
    }
  });

  test('level-1 codes are those in force, closed ones are closed', () => {
    const top = new Map(all.filter(({ code }) => /^[A-Z]\d{2}$/.test(code)).map((one) => [one.code, one]));
    expect(top.get('G12')).toMatchObject({ name: 'Bộ Tài chính', oldCode: '000.00.00.G12', closed: false });
    expect(top.get('H37')?.name).toBe('Ủy ban nhân dân tỉnh Lạng Sơn');
    expect(top.get('H29')?.name).toBe('Ủy ban nhân dân thành phố Hồ Chí Minh');
    expect(top.get('G04')?.closed).toBe(true);
    expect([...top.values()].filter(({ code, closed }) => code.startsWith('H') && !closed)).toHaveLength(34);
    expect([...top.values()].filter(({ code }) => code.startsWith('H'))).toHaveLength(63);
  });

  test('shares: provinces hold most, some have old codes, twins, closed codes', () => {
    const provincial = all.filter(({ code }) => /H\d{2}/.test(code));
    expect(share(provincial)).toBeGreaterThan(0.75);
    expect(share(provincial)).toBeLessThan(0.9);
    const old = all.filter(({ oldCode }) => oldCode !== '');
    expect(share(old)).toBeGreaterThan(0.1);
    const twins = all.filter(({ kind }) => kind === 'old-code');
    expect(share(twins)).toBeGreaterThan(0.03);
    const codes = new Set(old.map(({ oldCode }) => oldCode));
    expect(twins.every(({ code }) => codes.has(code))).toBe(true);
    const closed = all.filter((one) => one.closed);
    expect(share(closed)).toBeGreaterThan(0.01);
    expect(share(closed)).toBeLessThan(0.03);
    expect(all.filter(({ kind }) => kind === 'centre').length).toBeGreaterThan(60);
  });

  test('parents come first; names are short enough; mail cannot reach anybody', () => {
    for (const { id, parentId, name, mail } of all) {
      expect(parentId).toBeLessThan(id);
      expect(name.length).toBeLessThanOrEqual(200);
      expect(mail === '' || mail.endsWith('.example')).toBe(true);
    }
    const named = all.map(({ name }) => name);
    for (const word of [/^Ủy ban nhân dân xã /, /^Ủy ban nhân dân phường /, /^Sở /, /^Phòng /]) expect(named.some((name) => word.test(name))).toBe(true);
  });

  test('no agency gets the code of the practice office', () => {
    expect(all.some(({ code }) => code.split('.').includes('99'))).toBe(false);
  });
});
