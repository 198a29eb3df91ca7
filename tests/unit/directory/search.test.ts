import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '#contract';
import type { AgencyRow, AxisTransport } from '../../../electron/services/exchange/ports.ts';
import { buildIndex, type SearchIndex } from '../../../electron/services/exchange/directory/search-index.ts';
import { searchAgencies } from '../../../electron/services/exchange/directory/search.ts';
import { takeFullList } from '../../../electron/services/exchange/directory/sync.ts';
import { wordsOf } from '../../../electron/services/exchange/directory/words.ts';
import { openStore, type Store } from '../../../electron/store/index.ts';
import { madeAgencies } from '../../fakes/directory/agencies.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-'));
let store: Store;
let index: SearchIndex;

beforeAll(async () => {
  const opened = openStore({ folder, key: randomBytes(32), programVersion: '0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  store = opened.value;
  const rows: AgencyRow[] = [...madeAgencies(8000)].map(({ pid, ...row }) => ({ ...row, parentId: pid }));
  const axis: Pick<AxisTransport, 'agencies' | 'agenciesQd20' | 'unitChanges'> = {
    agencies: async (take) => {
      await take(rows);
      return ok(rows.length);
    },
    agenciesQd20: () => Promise.resolve(ok(0)),
    unitChanges: () => Promise.resolve(ok(0)),
  };
  const deps = { store, clock: { now: () => new Date() }, received: () => undefined, stopped: () => false };
  const taken = await takeFullList(deps, axis as AxisTransport, false);
  expect(taken.ok).toBe(true);
  const built = await buildIndex(store.read, () => false);
  if (built === undefined) throw new Error('no index');
  index = built;
});

afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const found = (text: string, limit = 20): ReturnType<typeof searchAgencies> => searchAgencies(store.read, index, { text, limit, includeClosed: false });
const names = (text: string, limit = 20): string[] => found(text, limit).map(({ name }) => name);
const first = (text: string): string => names(text, 5)[0] ?? '';

describe('among 8000 agencies', () => {
  test.each([
    ['Sở Nội vụ tỉnh Lâm Đồng', 'as it is written'],
    ['so noi vu lam dong', 'without diacritics and without the kind of place'],
    ['lâm đồng nội vụ sở', 'in another order'],
    ['so noi vu lam do', 'with half a last word'],
    ['sở nội vụ lâm đông', 'with a wrong mark'],
    ['soo nooij vuj laam ddoongf', 'in Telex letters'],
    ['so noi vu lma dnog', 'with swapped letters'],
    ['sonoivu lam dong', 'without spaces'],
    ['snv lam dong', 'by its first letters'],
    ['H36.02', 'by its code'],
    ['h3602', 'by its code without dots'],
    ['000.00.02.h36', 'by its old code'],
  ])('%s finds the Sở Nội vụ of Lâm Đồng: %s', (text) => {
    expect(first(text)).toBe('Sở Nội vụ tỉnh Lâm Đồng');
  });

  test.each([
    ['tp hcm', 'UBND Thành phố Hồ Chí Minh'],
    ['sở gddt tp huế', 'Sở Giáo dục và Đào tạo thành phố Huế'],
    ['bql khu cong nghiep ca mau', 'Ban Quản lý các khu công nghiệp tỉnh Cà Mau'],
    ['uy ban nhan dan tinh gia lai', 'UBND tỉnh Gia Lai'],
    ['vpcp', 'Văn phòng Chính phủ'],
    ['BTC', 'Bộ Tài chính'],
  ])('short forms: %s finds %s', (text, name) => {
    expect(first(text)).toBe(name);
  });

  test('marks that were typed decide between namesakes without marks', () => {
    expect(first('Sở Tư pháp Sơn La')).toBe('Sở Tư pháp tỉnh Sơn La');
  });

  test('what is spelt right finds only agencies that have all of it, and says nothing of likeness', () => {
    const rows = found('so noi vu lam dong');
    expect(rows[0]?.name).toBe('Sở Nội vụ tỉnh Lâm Đồng');
    for (const { name, under, nearly } of rows) {
      const said = wordsOf(`${name} ${under ?? ''}`);
      expect(said, name).toEqual(expect.arrayContaining(['so', 'noi', 'vu', 'lam', 'dong']));
      expect(nearly).toBe(false);
    }
    // `tuoc`, `thu`, `phap` are no letters away from `tư pháp`.
    for (const name of names('tu phap')) expect(` ${wordsOf(name).join(' ')} `).toContain(' tu phap ');
  });

  test('the whole name comes first, then names that begin so, then names that have the words in their order', () => {
    expect(first('bo noi vu')).toBe('Bộ Nội vụ');
    const rows = names('thanh tra', 50).map((name) => wordsOf(name).join(' '));
    const begins = rows.map((name) => name.startsWith('thanh tra'));
    expect(begins.filter(Boolean).length).toBeGreaterThan(3);
    expect(begins.indexOf(false) === -1 || begins.lastIndexOf(true) < begins.indexOf(false)).toBe(true);
  });

  test('a code finds its agency and what lies below it, never a name that is merely alike', () => {
    const rows = found('H36.02');
    expect(rows[0]?.code).toBe('H36.02');
    for (const { code, otherCodes } of rows) expect([code, ...otherCodes].some((one) => one.startsWith('H36.02') || one.endsWith('.H36')), code).toBe(true);
  });

  test('only when nobody is called so, names that are alike are offered, and called so', () => {
    const rows = found('so noi vu lma dnog');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ nearly }) => nearly)).toBe(true);
    for (const { name } of rows) expect(wordsOf(name), name).toEqual(expect.arrayContaining(['so']));
  });

  test('a short word alone is not mended, and one known word of two is not enough', () => {
    for (const text of ['xq', 'qzt', 'noi qqqqqqqq', 'zzzzzz wwwwww noi']) expect(names(text), text).toEqual([]);
  });

  test('nothing, signs and nonsense find nobody', () => {
    for (const text of ['', '   ', '…?!', 'qqqqqqqq']) expect(first(text)).toBe('');
  });
});
