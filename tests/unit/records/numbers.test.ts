import { expect, test } from 'vitest';
import { contract, numberText } from '#contract';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { codeTaken } from '../../../electron/services/records/numbers/series.store.ts';
import { insertOutgoing } from '../../../electron/services/records/outgoing.store.ts';
import { dayInWords, notationOf } from '../../../electron/services/records/numbers/symbol.ts';
import { takeHeldNumber, takeNumber, takeOutgoingNumber, type NumberRequest } from '../../../electron/services/records/numbers/take.ts';
import { currentOffice } from '../../../electron/services/settings/index.ts';
import { all, one, run, sql } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { office } from './number-office.ts';

const nobody = (): undefined => undefined;
const series = { register: 'outgoing', scope: '', year: 2026 } as const;
const why = { forWhom: 'Phòng Văn xã', until: null, reason: 'Kỳ họp' } as const;

test('numbers, days and symbols are written as NĐ 30/2020 annex I has them', () => {
  expect([numberText(5), numberText(9, 'a'), numberText(10), numberText(12, 'a'), numberText(1180)]).toEqual(['05', '09a', '10', '12a', '1180']);
  expect([dayInWords('2026-01-05'), dayInWords('2026-02-15'), dayInWords('2026-06-29'), dayInWords('2026-12-09')]).toEqual([
    'ngày 05 tháng 01 năm 2026', 'ngày 15 tháng 02 năm 2026', 'ngày 29 tháng 6 năm 2026', 'ngày 09 tháng 12 năm 2026',
  ]);
  expect(notationOf({ kind: 'QĐ', issuer: 'BNV', part: '', year: null })).toBe('QĐ-BNV');
  expect(notationOf({ kind: '', issuer: 'BNV', part: 'VP', year: null })).toBe('BNV-VP');
  expect(notationOf({ kind: 'QĐ', issuer: 'TTg', part: '', year: 2018 })).toBe('2018/QĐ-TTg');
});

test('symbols are built from the tables of the office: kinds, units, fields, councils, State posts, copies', async () => {
  const { numbers, take } = office();
  for (const [category, name, abbreviation] of [['field', 'Văn xã', 'VX'], ['title', 'Thủ tướng Chính phủ', 'TTg'], ['kind', 'Thông tri', 'TTri']] as const) {
    await numbers.saveAbbreviation({ category, id: null, name, abbreviation });
  }
  expect(take({ typeName: 'Quyết định', unit: 'u1' })).toBe('01/QĐ-UBND');
  expect(take({ unit: 'u1' })).toBe('02/UBND-VP');
  expect(take({ unit: 'Văn xã' })).toBe('03/UBND-VX');
  expect(take({ typeName: 'thông tri' })).toBe('04/TTri-UBND');
  expect(take({ typeName: 'Quyết định', body: 'HĐTĐ' })).toBe('01/QĐ-HĐTĐ');
  expect(take({ typeName: 'Quyết định quy phạm pháp luật', signerAuthority: 'TTg' })).toBe('01/2026/QĐ-TTg');
  expect(take({ typeName: 'Quyết định', signerAuthority: 'KT. CHỦ TỊCH' })).toBe('05/QĐ-UBND');
  expect([take({ typeName: 'Bản sao y' }), take({ typeName: 'Bản trích sao' }), take({ typeName: 'Bản sao lục' })]).toEqual(['01/SY-UBND', '02/TrS-UBND', '03/SL-UBND']);
  expect([take({ typeName: 'giấy  uỷ quyền' }), take({ typeName: 'Bản thoả thuận' })]).toEqual(['06/GUQ-UBND', '07/BTT-UBND']);
  expect([take({ typeName: 'Thư công' }), take({ typeName: 'Không có' }), take({ unit: 'u2' }), take({ unit: 'u9' })]).toEqual([
    'kind-not-numbered', 'kind-unknown', 'abbreviation-missing', 'issuer-part-unknown',
  ]);
});

test('a công văn gets no number without the unit or the field that its symbol names, nor does it use up one', () => {
  const { take } = office();
  expect([take({ unit: null }), take({ unit: null, body: 'HĐTĐ' }), take({ unit: null, typeName: 'Quyết định' }), take({ body: 'HĐTĐ' })]).toEqual([
    'unit-needed', 'unit-needed', '01/QĐ-UBND', '01/HĐTĐ-VP',
  ]);
});

test('every one of the 29 kinds, and each copy, is known with its source', async () => {
  const { numbers } = office();
  const outcome = await numbers.abbreviations({});
  const kinds = outcome.ok ? outcome.value.kinds : [];
  const administrative = kinds.filter(({ group }) => group === 'administrative');
  expect(administrative).toHaveLength(29);
  expect(administrative.filter(({ abbreviation }) => abbreviation === '').map(({ name }) => name)).toEqual(['Công văn', 'Thư công']);
  expect(kinds.every(({ source }) => source !== '')).toBe(true);
});

test('a date before that of the number before is refused, or passes with a word where the rules say so', async () => {
  const { numbers, take, store, request } = office();
  expect(take()).toBe('01/UBND-VP');
  expect(take({ day: '2026-11-21' })).toBe('date-before-last');
  expect(take({ day: '2026-11-23' })).toBe('date-in-future');
  const rules = { administrative: 'common', groups: [], books: [], timeOrder: 'warn' } as const;
  expect(await numbers.saveRules({ validFrom: '2026-11-21', rules: { ...rules, groups: [], books: [] }, reason: 'x' })).toMatchObject({ failure: { code: 'valid-from-past' } });
  expect(await numbers.saveRules({ validFrom: '2026-11-22', rules: { ...rules, groups: [], books: [] }, reason: 'x' })).toMatchObject({ ok: true });
  store.write((db) => run(db, sql`UPDATE number_rules SET valid_from = '2026-11-01'`));
  expect(store.write((db) => takeOutgoingNumber(db, request({ day: '2026-11-21' })))).toMatchObject({ value: { number: 2, outOfOrder: true } });
  expect(await numbers.check({ year: 2026 })).toMatchObject({ value: { series: [{ taken: 2, pending: 2, problems: [{ kind: 'out-of-order', number: '02' }] }] } });
});

test('rules that change in mid-year give no number twice: what exists is passed over, with a reason', async () => {
  const { numbers, take } = office();
  expect([take({ typeName: 'Quyết định' }), take(), take({ typeName: 'Quyết định' })]).toEqual(['01/QĐ-UBND', '02/UBND-VP', '03/QĐ-UBND']);
  await numbers.saveRules({ validFrom: '2026-11-22', rules: { administrative: 'per-kind', groups: [], books: [], timeOrder: 'refuse' }, reason: 'Quy chế mới' });
  expect([take({ typeName: 'Quyết định' }), take({ typeName: 'Quyết định' }), take({ typeName: 'Báo cáo' })]).toEqual(['02/QĐ-UBND', '04/QĐ-UBND', '01/BC-UBND']);
  const year = await numbers.year({ year: 2026 });
  const row = year.ok ? year.value.series.find(({ scope }) => scope === 'kind:QĐ') : undefined;
  expect(row).toMatchObject({ name: 'Quyết định', last: 4, skipped: 2, current: true });
  const book = await numbers.book({ series: row?.id ?? '', exceptions: true, before: null, limit: 10 });
  expect(book.ok ? book.value.entries.map(({ number, state, reason }) => [number, state, reason]) : []).toEqual([
    [3, 'skipped', 'Số 03/QĐ-UBND đã có trên một văn bản trong năm'],
    [1, 'skipped', 'Số 01/QĐ-UBND đã có trên một văn bản trong năm'],
  ]);
  expect((await numbers.check({ year: null })).ok).toBe(true);
});

test('groups of kinds have series of their own, and a kind stands in one group only', async () => {
  const { numbers, take } = office();
  const groups = [{ id: 'a', name: 'Quyết định, chỉ thị', kinds: ['QĐ', 'CT'] }];
  const rules = { administrative: 'groups' as const, books: [], timeOrder: 'refuse' as const };
  const twice = [...groups, { id: 'b', name: 'Khác', kinds: ['CT'] }];
  expect(await numbers.saveRules({ validFrom: '2026-11-22', rules: { ...rules, groups: twice }, reason: 'x' })).toMatchObject({ failure: { code: 'kind-twice' } });
  expect(await numbers.saveRules({ validFrom: '2026-11-22', rules: { ...rules, groups }, reason: 'x' })).toMatchObject({ ok: true });
  expect([take({ typeName: 'Quyết định' }), take({ typeName: 'Chỉ thị' }), take()]).toEqual(['01/QĐ-UBND', '02/CT-UBND', '01/UBND-VP']);
});

test('a number is kept, used with a date between its neighbours, given back, kept again, and voided for good', async () => {
  const { numbers, take, store, request, at } = office();
  take();
  expect(await numbers.reserve({ ...series, number: null, suffix: '', ...why })).toMatchObject({ value: { number: 2, state: 'reserved' } });
  expect(await numbers.reserve({ ...series, number: null, suffix: '', ...why })).toMatchObject({ value: { number: 3 } });
  at('2026-11-25T01:00:00.000Z');
  expect(take({ day: '2026-11-24' })).toBe('04/UBND-VP');
  const held = { ...series, number: 2, suffix: '' };
  const use = (part: Partial<NumberRequest>) => store.write((db) => takeHeldNumber(db, held, request(part)));
  expect(use({ day: '2026-11-25' })).toMatchObject({ failure: { code: 'date-not-between', params: { from: '22/11/2026', to: '24/11/2026' } } });
  expect(use({ day: '2026-11-23', typeName: 'Bản sao y' })).toMatchObject({ failure: { code: 'other-series' } });
  expect(use({ day: '2026-11-23' })).toMatchObject({ value: { codeNumber: '02', codeNotation: 'UBND-VP' } });
  expect(use({ day: '2026-11-23' })).toMatchObject({ failure: { code: 'number-not-held' } });
  const other = { ...series, number: 3, suffix: '' };
  expect(await numbers.release({ ...other, reason: 'Hoãn' })).toMatchObject({ value: { state: 'released', reason: 'Hoãn' } });
  expect(take({ day: '2026-11-25' })).toBe('05/UBND-VP');
  expect(await numbers.reserve({ ...other, ...why })).toMatchObject({ value: { number: 3, state: 'reserved' } });
  expect(await numbers.voidNumber({ ...other, reason: 'Thôi' })).toMatchObject({ value: { state: 'void' } });
  expect(await numbers.reserve({ ...other, ...why })).toMatchObject({ failure: { code: 'number-not-released' } });
  expect(await numbers.voidNumber({ ...series, number: null, suffix: '', reason: 'Hỏng' })).toMatchObject({ value: { number: 6, state: 'void' } });
  expect(await numbers.check({ year: 2026 })).toMatchObject({ value: { series: [{ last: 6, taken: 4, explained: 2, problems: [] }] } });
});

test('an inserted number has a letter and a date between its neighbours', async () => {
  const { numbers, take, store, request, at } = office();
  take({ day: '2026-11-20' });
  take({ day: '2026-11-22' });
  const insert = (after: number, day: string) => numbers.insert({ ...series, after, day, ...why });
  expect(await insert(1, '2026-11-19')).toMatchObject({ failure: { code: 'date-not-between' } });
  expect(await insert(9, '2026-11-21')).toMatchObject({ failure: { code: 'number-unknown' } });
  expect(await insert(1, '2026-11-21')).toMatchObject({ value: { number: 1, suffix: 'a', state: 'reserved' } });
  expect(await insert(1, '2026-11-21')).toMatchObject({ value: { number: 1, suffix: 'b' } });
  at('2026-11-23T01:00:00.000Z');
  expect(store.write((db) => takeHeldNumber(db, { ...series, number: 1, suffix: 'b' }, request({ day: '2026-11-21' })))).toMatchObject({ value: { codeNumber: '01b' } });
  expect(take({ day: '2026-11-23' })).toBe('03/UBND-VP');
  expect(await numbers.check({ year: 2026 })).toMatchObject({ value: { series: [{ problems: [] }] } });
});

test('the year turns in Vietnam; numbers of the past year are given only while somebody lets them', async () => {
  const { numbers, take, at } = office();
  at('2026-12-31T16:59:00.000Z');
  expect(take({ day: '2026-12-31' })).toBe('01/UBND-VP');
  at('2026-12-31T17:01:00.000Z');
  expect([take({ day: '2027-01-01' }), take({ day: '2026-12-31' })]).toEqual(['01/UBND-VP', 'year-over']);
  expect(await numbers.allowLate({ ...series, until: '2027-01-04', reason: 'Ký 31/12' })).toMatchObject({ value: { lateUntil: '2027-01-04' } });
  expect(take({ day: '2026-12-31' })).toBe('02/UBND-VP');
  at('2027-01-05T01:00:00.000Z');
  expect(take({ day: '2026-12-31' })).toBe('year-over');
  expect(await numbers.closeYear({ year: 2027, officeEnds: false, reason: 'x' })).toMatchObject({ failure: { code: 'year-not-over' } });
  expect(await numbers.closeYear({ year: 2026, officeEnds: false, reason: 'Hết năm' })).toMatchObject({ value: { closed: 1 } });
  expect(await numbers.allowLate({ ...series, until: '2027-01-09', reason: 'x' })).toMatchObject({ failure: { code: 'series-closed' } });
  expect(await numbers.reopenYear({ year: 2026, reason: 'x' })).toMatchObject({ failure: { code: 'year-over' } });
});

test('when an office ends its registers close in mid-year, and the one that follows begins at 01', async () => {
  const { numbers, take, store, records } = office();
  take({ typeName: 'Quyết định' });
  await numbers.reserve({ ...series, number: null, suffix: '', ...why });
  const end = { year: 2026, officeEnds: true, reason: 'Sáp nhập' };
  expect(await numbers.closeYear(end)).toMatchObject({ failure: { code: 'reservations-open', params: { count: 1 } } });
  await numbers.voidNumber({ ...series, number: 2, suffix: '', reason: 'Sáp nhập' });
  expect(await numbers.closeYear(end)).toMatchObject({ value: { closed: 1 } });
  // A series that had not opened yet opens no more either.
  expect([take(), take({ typeName: 'Bản sao y' })]).toEqual(['series-closed', 'series-closed']);
  const id = store.write((db) => recordArrival(db, arrival(1), nobody, 'UBND'));
  expect(await records.registerIncoming({ id })).toMatchObject({ failure: { code: 'series-closed' } });
  expect(() => store.write((db) => takeNumber(db, 'incoming', 2026))).toThrow('closed');
  store.write((db) => {
    run(db, sql`UPDATE office SET valid_to = '2026-11-22'`);
    run(db, sql`INSERT INTO office (id, organ_id, name, abbreviation, valid_from) VALUES ('next', 'H1', 'UBND xã mới', 'UBND', '2026-11-22')`);
  });
  expect(take({ typeName: 'Quyết định' })).toBe('01/QĐ-UBND');
  expect(await records.registerIncoming({ id })).toMatchObject({ value: { arrivalNumber: 1 } });
  const year = await numbers.year({ year: 2026 });
  expect(year.ok ? year.value.series.filter(({ formerOffice }) => formerOffice === 'UBND phường') : []).toHaveLength(1);
});

test('an office that begins in mid-year goes on after its paper book, and says why', async () => {
  const { numbers, take } = office();
  expect(await numbers.startAfter({ ...series, last: 57, reason: 'Sổ giấy đến 31/10' })).toMatchObject({ value: { last: 57, outside: 57 } });
  expect(take()).toBe('58/UBND-VP');
  expect(await numbers.startAfter({ ...series, last: 58, reason: 'x' })).toMatchObject({ failure: { code: 'below-last' } });
  expect(await numbers.startAfter({ ...series, year: 2027, last: 5, reason: 'x' })).toMatchObject({ failure: { code: 'series-unknown' } });
  expect(await numbers.startAfter({ ...series, scope: 'kind:QĐ', last: 5, reason: 'x' })).toMatchObject({ failure: { code: 'series-unknown' } });
  expect(await numbers.check({ year: 2026 })).toMatchObject({ value: { series: [{ explained: 57, taken: 1, problems: [] }] } });
});

test('an incoming document gets a number that was kept or inserted, or stands in a book of its own', async () => {
  const { numbers, records, store } = office();
  const ids = store.write((db) => Array.from({ length: 3 }, (_, n) => recordArrival(db, arrival(n + 1), nobody, 'UBND')));
  const arrivals = { register: 'incoming', scope: '', year: 2026 } as const;
  await records.registerIncoming({ id: ids[0] ?? '' });
  await numbers.insert({ ...arrivals, after: 1, day: '2026-11-22', ...why });
  expect(await records.registerIncoming({ id: ids[1] ?? '', held: { ...arrivals, number: 1, suffix: 'a' } })).toMatchObject({ value: { arrivalNumber: 1, arrivalSuffix: 'a' } });
  expect(await numbers.voidNumber({ ...arrivals, number: 1, suffix: '', reason: 'x' })).toMatchObject({ failure: { code: 'number-on-document' } });
  expect(await records.registerIncoming({ id: ids[2] ?? '', book: 'don' })).toMatchObject({ failure: { code: 'series-unknown' } });
  await numbers.saveRules({ validFrom: '2026-11-22', rules: { administrative: 'common', groups: [], books: [{ id: 'don', name: 'Đơn thư' }], timeOrder: 'refuse' }, reason: 'x' });
  expect(await records.registerIncoming({ id: ids[2] ?? '', book: 'don' })).toMatchObject({ value: { arrivalNumber: 1, arrivalSuffix: '' } });
  const check = await numbers.check({ year: 2026 });
  expect(check.ok ? check.value.series.map(({ scope, taken, problems }) => [scope, taken, problems]) : []).toEqual([['', 2, []], ['book:don', 1, []]]);
});

test('kept numbers are told with why and the days between which their document must lie', async () => {
  const { numbers, take, at } = office();
  take();
  await numbers.reserve({ ...series, number: null, suffix: '', ...why, until: '2026-11-30' });
  expect(await numbers.kept(series)).toEqual({ ok: true, value: [{ ...series, number: 2, suffix: '', forWhom: 'Phòng Văn xã', until: '2026-11-30', reason: 'Kỳ họp', from: '2026-11-22', to: '2026-12-31' }] });
  at('2026-11-25T01:00:00.000Z');
  take({ day: '2026-11-24' });
  await numbers.insert({ ...series, after: 1, day: '2026-11-22', ...why });
  const kept = await numbers.kept(series);
  expect(kept.ok ? kept.value.map(({ number, suffix, from, to }) => [number, suffix, from, to]) : []).toEqual([[1, 'a', '2026-11-22', '2026-11-24'], [2, '', '2026-11-22', '2026-11-24']]);
  expect(await numbers.kept({ ...series, scope: 'kind:QĐ' })).toEqual({ ok: true, value: [] });
});

test('the rules propose a book by kind or sender, which holds unless the clerk says otherwise', async () => {
  const { numbers, records, store } = office();
  const { typeName } = arrival(1);
  const books = [
    { id: 'don', name: 'Đơn thư', takes: ['Đơn khiếu nại', typeName.toUpperCase()] },
    { id: 'bo', name: 'Văn bản Trung ương', takes: ['Bộ', 'Chính phủ'] },
  ];
  await numbers.saveRules({ validFrom: '2026-11-22', rules: { administrative: 'common', groups: [], books, timeOrder: 'refuse' }, reason: 'x' });
  const proposed = async (kind: string, issuerName: string): Promise<unknown> => {
    const outcome = await numbers.incomingBooks({ typeName: kind, issuerName });
    return outcome.ok ? outcome.value.proposed : outcome.failure;
  };
  expect([await proposed('đơn khiếu nại', 'Ông A'), await proposed('Quyết định', 'bộ  Nội vụ'), await proposed('Quyết định', 'Bộc'), await proposed('', '')]).toEqual(['don', 'bo', null, null]);
  const ids = store.write((db) => Array.from({ length: 2 }, (_, n) => recordArrival(db, arrival(n + 1), nobody, 'UBND')));
  await records.registerIncoming({ id: ids[0] ?? '' });
  await records.registerIncoming({ id: ids[1] ?? '', book: null });
  const check = await numbers.check({ year: 2026 });
  expect(check.ok ? check.value.series.map(({ scope, taken, problems }) => [scope, taken, problems]) : []).toEqual([['', 1, []], ['book:don', 1, []]]);
});

test('two issuers, or two kinds, never have the same letters', async () => {
  const { numbers } = office();
  const save = (category: 'office' | 'unit' | 'body' | 'kind' | 'field' | 'title', abbreviation: string, id: string | null = null) =>
    numbers.saveAbbreviation({ category, id, name: 'Tên', abbreviation });
  expect(await save('body', 'UBND')).toMatchObject({ failure: { code: 'abbreviation-in-use' } });
  expect(await save('office', 'HĐTĐ')).toMatchObject({ failure: { code: 'abbreviation-in-use' } });
  expect(await save('kind', 'QĐ')).toMatchObject({ failure: { code: 'abbreviation-in-use' } });
  expect(await save('field', 'VP')).toMatchObject({ failure: { code: 'abbreviation-in-use' } });
  expect(await save('office', 'UBND')).toMatchObject({ ok: true });
  expect(await save('field', 'VX')).toMatchObject({ ok: true });
  const input = contract.numbers.saveAbbreviation.input;
  for (const letters of ['bnv', 'B V', 'A/B', 'A-B', '', 'Đ'.repeat(16)]) expect(input.safeParse({ category: 'field', id: null, name: 'x', abbreviation: letters }).success, letters).toBe(false);
  for (const letters of ['TTg', 'TTĐT', 'CNTT&CĐS', 'QLĐT']) expect(input.safeParse({ category: 'field', id: null, name: 'x', abbreviation: letters }).success, letters).toBe(true);
});

test('the proof sees what is not right', async () => {
  const { numbers, take, store, records } = office();
  const id = store.write((db) => recordArrival(db, arrival(1), nobody, 'UBND'));
  await records.registerIncoming({ id });
  take();
  // What no act can do: rows put in by hand, past the acts.
  store.write((db) => {
    const office = currentOffice(db);
    run(db, sql`INSERT INTO number_series (id, office, register, scope, year, last) VALUES ('s', ${office}, 'incoming', 'book:x', 2026, 9)`);
    run(db, sql`INSERT INTO number_entry (series, number, state) VALUES ('s', 4, 'taken'), ('s', 12, 'taken')`);
    run(db, sql`INSERT INTO number_gap VALUES ('s', 6, 7, 'giấy', 'a', 'b')`);
    const given = one<{ series: string }>(db, sql`SELECT arrival_series AS series FROM incoming_document WHERE id = ${id}`);
    run(db, sql`UPDATE incoming_document SET arrival_number = 3 WHERE arrival_series = ${given?.series ?? ''}`);
    run(db, sql`INSERT INTO number_entry (series, number, state) SELECT id, 2, 'taken' FROM number_series WHERE register = 'outgoing'`);
  });
  const check = await numbers.check({ year: 2026 });
  const told = check.ok ? check.value.series.map(({ scope, register, problems }) => [register + scope, problems.map(({ kind, number }) => `${kind} ${number}`)]) : [];
  expect(Object.fromEntries(told as [string, string[]][])).toEqual({
    incoming: ['no-document 01', 'not-in-book 03'],
    'incomingbook:x': ['missing 01–03', 'no-document 04', 'missing 05', 'missing 08–11', 'beyond-last 12', 'no-document 12'],
    outgoing: ['beyond-last 02', 'other-code 02'],
  });
});

test('a book of numbers is read page by page through an index, and its exceptions too', async () => {
  const { numbers, store } = office();
  store.write((db) => {
    for (let n = 0; n < 30; n += 1) takeNumber(db, 'incoming', 2026);
  });
  await numbers.voidNumber({ register: 'incoming', scope: '', year: 2026, number: null, suffix: '', reason: 'x' });
  const id = one<{ id: string }>(store.read, sql`SELECT id FROM number_series WHERE register = 'incoming'`)?.id ?? '';
  const seen: number[] = [];
  let before: { number: number; suffix: string } | null = null;
  for (;;) {
    const page = await numbers.book({ series: id, exceptions: false, before, limit: 7 });
    const entries = page.ok ? page.value.entries : [];
    seen.push(...entries.map(({ number }) => number));
    const last = entries.at(-1);
    if (last === undefined) break;
    before = { number: last.number, suffix: last.suffix };
  }
  expect(seen).toEqual(Array.from({ length: 31 }, (_, n) => 31 - n));
  // The exceptions are named by their index: a book of a million has few, and without it the question does not compile.
  const exceptions = await numbers.book({ series: id, exceptions: true, before: null, limit: 7 });
  expect(exceptions.ok ? exceptions.value.entries.map(({ number }) => number) : []).toEqual([31]);
  const plan = all<{ detail: string }>(
    store.read,
    sql`EXPLAIN QUERY PLAN SELECT e.* FROM number_entry AS e WHERE e.series = 's' AND (e.number, e.suffix) < (9, '')
        ORDER BY e.number DESC, e.suffix DESC LIMIT 9`,
  ).map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/^SEARCH e USING PRIMARY KEY/)]);
});

test('the proof of a long book is made in pieces, and others are served in between', async () => {
  const { numbers, store } = office();
  store.write((db) => {
    const { series } = takeNumber(db, 'incoming', 2026);
    // 24 997 rows in three pieces, with holes at the seams.
    run(
      db,
      sql`WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
          INSERT INTO number_entry (series, number, state, reason, at)
          SELECT ${series}, i, 'void', 'thử', 'a' FROM n WHERE i NOT IN (10001, 10002, 20004)`,
    );
    run(db, sql`UPDATE number_series SET last = 25000 WHERE id = ${series}`);
  });
  let served = 0;
  const others = setInterval(() => (served += 1), 0);
  const check = await numbers.check({ year: null });
  clearInterval(others);
  expect(check.ok ? check.value.series : []).toMatchObject([
    {
      taken: 1,
      explained: 24_996,
      problems: [{ kind: 'no-document', number: '01' }, { kind: 'missing', number: '10001–10002' }, { kind: 'missing', number: '20004' }],
    },
  ]);
  expect(served).toBeGreaterThan(0);
});

test('a number that was recorded by hand is passed over however it was written, and looked for through an index', async () => {
  const { numbers, take, store } = office();
  const record = (codeNumber: string, codeNotation: string): void => {
    store.write((db) => {
      insertOutgoing(db, {
        codeNumber, codeNotation, issuedDate: '2026-11-20', place: '', typeName: 'Quyết định', subject: 'V/v', urgency: 0, dueDate: null, signerName: 'A',
        signerPosition: '', signerCompetence: '', toPlaces: [], pageAmount: 1, paper: true, repliesTo: null, documentId: codeNumber + codeNotation,
        issuedAt: '2026-11-20T01:00:00.000Z', issuedBy: 'A',
      });
    });
  };
  record('1', 'QĐ-UBND');
  record('1/2026', 'QĐ-UBND');
  expect([take({ typeName: 'Quyết định' }), take({ typeName: 'Quyết định quy phạm pháp luật' })]).toEqual(['02/QĐ-UBND', '02/2026/QĐ-UBND']);
  expect(codeTaken(store.read, currentOffice(store.read), 2026, '2', 'QĐ-UBND')).toBe(true);
  expect(codeTaken(store.read, currentOffice(store.read), 2026, '2/2026', 'QĐ-UBND')).toBe(true);
  expect(codeTaken(store.read, currentOffice(store.read), 2025, '2', 'QĐ-UBND')).toBe(false);
  const preview = await numbers.preview({ typeName: 'Quyết định', unit: null, body: null, signerAuthority: '', day: '2026-11-22' });
  expect(preview).toMatchObject({ value: { codeNumber: '03' } });
  const plan = all<{ detail: string }>(
    store.read,
    sql`EXPLAIN QUERY PLAN SELECT 1 FROM outgoing_document WHERE office = 'o' AND substr(issued_date, 1, 4) = '2026'
          AND ltrim(code_number, '0') || '/' || code_notation = '1/A'`,
  ).map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/INDEX outgoing_document_code_read \(office=\? AND <expr>=\? AND <expr>=\?\)/)]);
});
