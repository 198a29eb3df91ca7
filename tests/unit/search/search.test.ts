import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchService } from '../../../electron/services/search/index.ts';
import { openStore, type Store } from '../../../electron/store/index.ts';
import { inserter, madeDocuments, type MadeDocument } from '../../bench/documents.ts';
import { hitsFor, question, searchOver, shown } from '../../fakes/search/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-'));
const made = [...madeDocuments({ count: 1200, seed: 11, textShare: 0.4, textWords: 120, firstYear: 2022, years: 5 })];
const special: readonly Partial<MadeDocument>[] = [
  { subject: 'Về việc tổ chức lễ hội Việt Nam tại xã Bình An', codeNumber: '901', codeNotation: 'KH-UBND', register: 'outgoing' },
  { subject: 'Về việc kiểm kê trong năm tại xã Bình An', codeNumber: '902', codeNotation: 'KH-UBND', register: 'outgoing' },
  { subject: 'Về hoà giải tại thôn Đoài', codeNumber: '903', codeNotation: 'QĐ-UBND', text: 'Căn cứ Nghị quyết số 77/NQ-HĐND ngày 05 tháng 3 năm 2021 về zugzwang.' },
  { subject: 'V/v dự toán zwischenzug', codeNumber: '77', codeNotation: 'NQ-HĐND', text: null },
];
const whole = [
  ...made,
  ...special.map((one, at) => ({ ...(made.at(at - 10) as MadeDocument), arrivalNumber: null, stage: null, text: null, ...one })),
];
let store: Store;
let search: SearchService;

beforeAll(() => {
  const opened = openStore({ folder, key: randomBytes(32), programVersion: '0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  store = opened.value;
  store.write((db) => {
    const insert = inserter(db);
    for (const one of made) insert(one);
    special.forEach((one, at) => {
      const like = made.at(at - 10);
      if (like === undefined) return;
      insert({ ...like, arrivalNumber: null, stage: null, text: null, ...one, id: `${like.id.slice(0, -4)}fff${String(at)}` });
    });
  });
  search = searchOver(store);
  search.finish();
});

afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const codes = (text: string): string[] => hitsFor(search, text).map(({ code }) => code.map((part) => part.text).join(''));

test('accents tell words apart, and who types none finds all', () => {
  const inYear = hitsFor(search, '"trong năm tại xã bình an"');
  expect(inYear.map(({ subject }) => shown(subject))).toEqual(['Về việc kiểm kê [trong năm tại xã Bình An]']);
  expect(hitsFor(search, 'lễ hội Việt năm').filter(({ code }) => shown(code).startsWith('901'))).toEqual([]);
  expect(codes('le hoi viet nam binh an')).toContain('901/KH-UBND');
  expect(codes('kiem ke trong nam binh an')).toContain('902/KH-UBND');
});

test('tone placement, đ, letters in other forms and case do not matter', () => {
  for (const typed of ['hòa giải thôn Đoài', 'HOÀ GIẢI THÔN ĐOÀI', 'hoa giai thon doai', 'hòa giải thôn đoài'.normalize('NFD'), 'giai thon hoa doa']) {
    expect(codes(typed), typed).toContain('903/QĐ-UBND');
  }
});

test('a number comes first, in whatever letters, and before those that only speak of it', () => {
  expect(codes('77/NQ-HĐND')[0]).toBe('77/NQ-HĐND');
  expect(codes('77/nq-hdnd')[0]).toBe('77/NQ-HĐND');
  expect(codes('77/NQ')[0]).toBe('77/NQ-HĐND');
  expect(codes('77/nq-hdnd')).toContain('903/QĐ-UBND');
  expect(codes('90')).toEqual(expect.arrayContaining(['901/KH-UBND', '902/KH-UBND']));
  expect(codes('05/3/2021')).toEqual(['903/QĐ-UBND']);
  expect(codes('5/3/2021')).toEqual(['903/QĐ-UBND']);
});

test('a word of the text is found and shown in its place', () => {
  const [hit] = hitsFor(search, 'zugzw');
  expect(hit?.found.map(({ place, parts }) => [place, shown(parts)])).toEqual([['text', expect.stringContaining('[zugzwang]') as string]]);
});

test('phrases keep words together, exclusions leave out what stands in fields or text, choices take either', () => {
  expect(codes('"thôn hoà giải"')).toEqual([]);
  expect(codes('"hoa giai tai thon"')).toEqual(['903/QĐ-UBND']);
  expect(codes('hoà giải thôn đoài -zugzwang')).toEqual([]);
  expect(codes('zwischenzug -zugzwang')).toEqual(['77/NQ-HĐND']);
  expect(codes('zwischenzug OR zugzwang').toSorted()).toEqual(['77/NQ-HĐND', '903/QĐ-UBND']);
});

/** What an honest look at every document gives for words in any field or text. */
function oracle(words: readonly string[]): number {
  const bare = (text: string): string => text.normalize('NFC').toLowerCase();
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
  return whole.filter((one) => {
    const all = bare([one.subject, one.text ?? '', one.typeName, one.register === 'incoming' ? one.issuer.name : '', one.signer.name, one.signer.position, one.toPlaces.join(' '), one.register === 'incoming' ? `${one.description} ${one.holder}` : '', one.codeNumber, one.codeNotation].join(' '));
    const own = new Set(all.match(/[\p{L}\p{N}]+/gu));
    const ownPlain = new Set([...own].map(plain));
    return words.every((word) => own.has(word) || (plain(word) === word && ownPlain.has(word)));
  }).length;
}

test('pages give every document once, in either order, and as many as there are', () => {
  for (const [order, text] of [['relevance', 'đê điều'], ['date', 'đê điều'], ['relevance', 'ban nhân dân '], ['date', 'báo cáo kết '], ['relevance', '']] as const) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const outcome = search.handlers.find({ question: question(text, {}, order), after, limit: 37 });
      if (outcome instanceof Promise || !outcome.ok) throw new Error('no');
      seen.push(...outcome.value.items.map(({ id }) => id));
      after = outcome.value.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    const words = text.split(' ').filter((word) => word !== '');
    if (words.length > 0 && text.endsWith(' ')) expect(seen.length, text).toBe(oracle(words));
    else if (text === '') expect(seen.length).toBe(made.length + special.length);
    else expect(seen.length).toBeGreaterThan(3);
  }
});

test('nothing that is typed can break the search', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom('"', '“', "'", '*', '(', ')', ':', '^', '-', '+', '{', '}', 'AND', 'OR', 'NOT', 'NEAR(', 'HOẶC', '|', ' ', 'năm', '123/QĐ-', 'facet', 'x:0', 'a', '\u0000', '\u0301', '\ud800', ';', '--', '20/11/2026'), { maxLength: 16 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(nasty, fc.boolean(), (text, byDate) => {
      const asked = question(text.slice(0, 500), { issuer: text.slice(0, 20), holder: text.slice(0, 3) }, byDate ? 'date' : 'relevance');
      expect(Array.isArray(hitsFor(search, asked, 5))).toBe(true);
      expect(Array.isArray(hitsFor(search, question(text.slice(0, 500)), 5))).toBe(true);
    }),
    { numRuns: 400 },
  );
  for (const after of ['x', '1.2', '99.99999999999.0', "0.1.0'; DROP", '0.1.9999']) {
    expect(search.handlers.find({ question: question('năm'), after, limit: 5 })).toMatchObject({ ok: true });
  }
});

test('a field is not found by the name of a column, nor by what the index adds', () => {
  expect(codes('facet')).toEqual([]);
  expect(codes('x:1')).toEqual([]);
  expect(codes('"r incoming"')).toEqual([]);
});

test('filters narrow alone, together and beside words', () => {
  const all = (filters: Parameters<typeof question>[1], text = ''): number => {
    let count = 0;
    let after: string | null = null;
    do {
      const outcome = search.handlers.find({ question: question(text, filters), after, limit: 200 });
      if (outcome instanceof Promise || !outcome.ok) throw new Error('no');
      count += outcome.value.items.length;
      after = outcome.value.next;
    } while (after !== null);
    return count;
  };
  const standingOf = (one: MadeDocument): string => (one.register === 'outgoing' ? 'issued' : (one.stage ?? (one.arrivalNumber === null ? 'arrived' : 'registered')));
  const count = (test: (one: MadeDocument) => boolean): number => whole.filter(test).length;
  expect(all({ register: 'outgoing' })).toBe(count((one) => one.register === 'outgoing'));
  expect(all({ kinds: ['Quyết định', 'TỜ TRÌNH'] })).toBe(count((one) => ['Quyết định', 'Tờ trình'].includes(one.typeName)));
  expect(all({ standings: ['arrived', 'presented'] })).toBe(count((one) => ['arrived', 'presented'].includes(standingOf(one))));
  expect(all({ urgencies: [2, 3] })).toBe(count((one) => one.urgency >= 2));
  expect(all({ issued: { from: '2023-02-10', to: '2024-07-20' } })).toBe(count((one) => one.issuedDate >= '2023-02-10' && one.issuedDate <= '2024-07-20'));
  expect(all({ issued: { from: '2025-11-05', to: null }, register: 'outgoing' })).toBe(count((one) => one.register === 'outgoing' && one.issuedDate >= '2025-11-05'));
  expect(all({ arrived: { from: '2024-03-03', to: '2024-04-04' } })).toBe(count((one) => one.register === 'incoming' && one.day >= '2024-03-03' && one.day <= '2024-04-04'));
  expect(all({ issuer: 'sở nội vụ' })).toBe(count((one) => one.register === 'incoming' && one.issuer.name.startsWith('Sở Nội vụ')));
  expect(all({ issuer: 'G02' })).toBe(count((one) => one.register === 'incoming' && one.issuer.organId === 'G02'));
  expect(all({ holder: 'phong kinh te' })).toBe(count((one) => one.register === 'incoming' && one.holder === 'Phòng Kinh tế'));
  expect(all({ sources: ['paper'] })).toBe(count((one) => one.register === 'incoming' && one.urgency === 3));
  expect(all({ register: 'incoming', issuer: 'bộ', kinds: ['Công văn'] }, 'năm 2024 ')).toBe(
    count((one) => one.register === 'incoming' && one.issuer.name.startsWith('Bộ') && one.typeName === 'Công văn'
      && [one.subject, one.text ?? ''].join(' ').toLowerCase().match(/[\p{L}\p{N}]+/gu)?.includes('năm') === true
      && ([one.subject, one.text ?? ''].join(' ').includes('2024') || [one.day, one.issuedDate, one.dueDate ?? ''].some((day) => day.startsWith('2024')))),
  );
});

test('what is overdue and what is due soon goes by the day', () => {
  const open = made.filter((one) => one.register === 'incoming' && one.stage !== 'done' && one.dueDate !== null);
  const today = open.map(({ dueDate }) => dueDate ?? '').toSorted()[Math.floor(open.length / 2)] ?? '';
  const plus2 = new Date(Date.parse(today) + 2 * 86_400_000).toISOString().slice(0, 10);
  const now = searchOver(store, { now: () => new Date(`${today}T02:00:00Z`) });
  expect(hitsFor(now, question('', { due: 'overdue' }), 200).length).toBe(Math.min(200, open.filter(({ dueDate }) => (dueDate ?? '') < today).length));
  expect(hitsFor(now, question('', { due: 'soon' }), 200).length).toBe(open.filter(({ dueDate }) => (dueDate ?? '') >= today && (dueDate ?? '') <= plus2).length);
});

test('facets count what was found', () => {
  const outcome = search.handlers.facets({ question: question('đê điều') });
  if (outcome instanceof Promise || !outcome.ok) throw new Error('no');
  const { counted, more, registers, kinds, standings } = outcome.value;
  const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);
  expect(more).toBe(false);
  expect(counted).toBeGreaterThan(5);
  expect([sum(registers), sum(kinds), sum(standings)]).toEqual([counted, counted, counted]);
});
