import { expect, test } from 'vitest';
import type { Contract, InputOf } from '#contract';
import { peopleHandlers, signingStateOn, type CloseRegisters } from '../../../electron/services/people/index.ts';
import { closeOffice } from '../../../electron/services/records/index.ts';
import { takeNumber } from '../../../electron/services/records/numbers/take.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';
import { openDesk, type DeskTest } from './desk.ts';

const fields: Omit<InputOf<Contract['people']['succeedOffice']>, 'firstDay' | 'keepUnits' | 'reason'> = {
  organId: 'H29.12.05',
  formerOrganId: '000.12.05.H29',
  name: 'Ủy ban nhân dân phường Mới',
  parentName: 'Ủy ban nhân dân thành phố',
  abbreviation: 'UBND',
  place: 'Phường Mới',
  fondsCode: 'P-02',
  collective: 'Ủy ban nhân dân',
  headPosition: 'Chủ tịch',
};

async function office(): Promise<DeskTest> {
  const desk = await openDesk();
  await desk.must('station', 'saveStation', { organId: 'H29.99', name: 'Ủy ban nhân dân phường Cũ', operator: 'Trần Thị Văn Thư' });
  return desk;
}

const unitOf = (desk: DeskTest, name: string): Promise<string> =>
  desk.must('people', 'saveUnit', { id: null, name, abbreviation: 'VP', headPosition: 'Chánh Văn phòng', validFrom: null, since: null }).then(({ id }) => id);

test('an office ends and its successor begins in one act: units and persons go over, what was delegated ends, the former stays as it was', async () => {
  const desk = await office();
  const unit = await unitOf(desk, 'Văn phòng');
  const head = await desk.addPerson('Lê Chủ Tịch', ['leader'], { standing: 'head', position: 'Chủ tịch' });
  const vice = await desk.addPerson('Ngô Phó', ['leader'], { standing: 'deputy', position: 'Phó Chủ tịch' });
  const clerk = await desk.addPerson('Trần Văn Thư', ['clerk'], { unit });
  await desk.must('people', 'addDelegation', { kind: 'KT', giver: head, taker: vice, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: '', basis: '' });
  const [before] = await desk.must('people', 'offices', {});

  expect(await desk.ask('people', 'succeedOffice', { ...fields, firstDay: '2026-11-23', keepUnits: true, reason: 'x' })).toMatchObject({ failure: { code: 'day-ahead' } });
  const { office: next } = await desk.must('people', 'succeedOffice', { ...fields, firstDay: '2026-07-01', keepUnits: true, reason: 'Nghị quyết sáp nhập' });
  expect(next).toMatchObject({ ...fields, validFrom: '2026-07-01', validTo: null, predecessor: before?.id });
  expect(await desk.must('people', 'offices', {})).toMatchObject([
    { id: next.id },
    { id: before?.id, name: 'Ủy ban nhân dân phường Cũ', organId: 'H29.99', validTo: '2026-06-30', successor: next.id },
  ]);
  // The one source: what the station writes under is the successor.
  expect((await desk.must('station', 'settings', {})).agency).toEqual({ organId: 'H29.12.05', name: fields.name });
  const { units, persons } = await desk.must('people', 'staff', { ended: true });
  expect(units).toMatchObject([
    { name: 'Văn phòng', office: next.id, validFrom: '2026-07-01', validTo: null },
    { id: unit, office: before?.id, validTo: '2026-06-30' },
  ]);
  expect(persons.find(({ id }) => id === clerk)).toMatchObject({ unit: units[0]?.id, past: [{ unit, until: '2026-06-30' }] });
  expect(await desk.must('people', 'delegations', { ended: true })).toMatchObject([{ validTo: '2026-06-30', endedReason: 'Nghị quyết sáp nhập' }]);

  expect(await desk.ask('people', 'remove', { kind: 'office', id: before?.id ?? '' })).toMatchObject({ failure: { code: 'office-used' } });
  expect(await desk.ask('people', 'remove', { kind: 'office', id: next.id })).toMatchObject({ failure: { code: 'office-used' } });
  expect((await desk.closedLog()).at(-1)).toMatchObject({ action: 'people.office-succeeded', actor: 'Trần Thị Văn Thư' });
});

test('a former office that went in as well is written down with its days, and removed while nothing refers to it', async () => {
  const desk = await office();
  const [present] = await desk.must('people', 'offices', {});
  const former = { ...fields, name: 'Ủy ban nhân dân xã Xưa', validFrom: null, successor: present?.id ?? null };
  expect(await desk.ask('people', 'saveOffice', { id: null, ...former, validTo: null })).toMatchObject({ failure: { code: 'office-not-ended' } });
  expect(await desk.ask('people', 'saveOffice', { id: present?.id ?? '', ...former, successor: null, validTo: '2025-06-30' })).toMatchObject({ failure: { code: 'office-not-ended' } });
  const saved = await desk.must('people', 'saveOffice', { id: null, ...former, validTo: '2025-06-30' });
  expect((await desk.must('people', 'offices', {})).map(({ name }) => name)).toEqual(['Ủy ban nhân dân phường Cũ', 'Ủy ban nhân dân xã Xưa']);
  await desk.must('people', 'remove', { kind: 'office', id: saved.id });
  expect(await desk.must('people', 'offices', {})).toHaveLength(1);
  await desk.core.close();
});

test('what is used is ended, not removed; what was entered by mistake is removed', async () => {
  const desk = await office();
  const unit = await unitOf(desk, 'Văn phòng');
  const person = await desk.addPerson('Trần Văn Thư', ['clerk'], { unit });
  expect(await desk.ask('people', 'remove', { kind: 'unit', id: unit })).toEqual({ ok: false, failure: { code: 'unit-used', params: { name: 'Văn phòng' } } });
  expect(await desk.ask('people', 'endValidity', { kind: 'unit', id: unit, lastDay: '2026-11-20', reason: 'x' })).toMatchObject({ failure: { code: 'unit-has-persons', params: { count: 1 } } });
  const head = await desk.addPerson('Lê Chủ Tịch', [], { standing: 'head', position: 'Chủ tịch' });
  const vice = await desk.addPerson('Ngô Phó', [], { standing: 'deputy' });
  await desk.must('people', 'addDelegation', { kind: 'KT', giver: head, taker: vice, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: '', basis: '' });
  expect(await desk.ask('people', 'remove', { kind: 'person', id: vice })).toMatchObject({ failure: { code: 'person-used' } });
  await desk.must('people', 'endValidity', { kind: 'person', id: person, lastDay: '2026-11-20', reason: 'nghỉ hưu' });
  const mistake = await desk.addPerson('Gõ Nhầm', ['officer']);
  await desk.must('people', 'remove', { kind: 'person', id: mistake });
  expect((await desk.must('people', 'staff', { ended: false })).persons.map(({ name }) => name)).toEqual(['Lê Chủ Tịch', 'Ngô Phó']);
  await desk.core.close();
});

test('a new name or position holds from a day; the lines of a document of before are those of then', async () => {
  const desk = await office();
  const [present] = await desk.must('people', 'offices', {});
  await desk.must('people', 'saveOffice', { id: present?.id ?? '', ...fields, validFrom: null, validTo: null, successor: null });
  const head = await desk.addPerson('Lê Chủ Tịch', ['leader'], { standing: 'head', position: 'Chủ tịch' });
  const vice = await desk.addPerson('Ngô Phó', ['leader'], { standing: 'deputy', position: 'Phó Chủ tịch' });
  await desk.must('people', 'addDelegation', { kind: 'KT', giver: head, taker: vice, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: '', basis: '' });
  const promoted = { id: vice, name: 'Ngô Phó', unit: null, roles: ['leader' as const], validFrom: null, position: 'Quyền Chủ tịch', standing: 'acting-head' as const };
  expect(await desk.ask('people', 'savePerson', { ...promoted, since: '2026-11-23' })).toMatchObject({ failure: { code: 'day-ahead' } });
  await desk.must('people', 'savePerson', { ...promoted, since: '2026-11-01' });
  const linesOn = (day: string): Promise<unknown> => desk.must('people', 'signingLines', { person: vice, day, typeName: 'Quyết định', collective: true });
  expect(await linesOn('2026-10-31')).toMatchObject({ rule: 'KT', authority: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], position: 'PHÓ CHỦ TỊCH' });
  expect(await linesOn('2026-11-01')).toMatchObject({ rule: 'Q', authority: ['TM. ỦY BAN NHÂN DÂN'], position: 'Q. CHỦ TỊCH' });

  const unit = await unitOf(desk, 'Phòng Kinh tế');
  await desk.must('people', 'saveUnit', { id: unit, name: 'Phòng Kinh tế và Hạ tầng', abbreviation: 'KTHT', headPosition: '', validFrom: null, since: '2026-03-01' });
  const { units } = await desk.must('people', 'staff', { ended: false });
  expect(units).toMatchObject([{ name: 'Phòng Kinh tế và Hạ tầng', past: [{ name: 'Phòng Kinh tế', until: '2026-02-28' }] }]);
  expect(await desk.ask('people', 'saveUnit', { id: null, name: 'Phòng Kinh tế và Hạ tầng', abbreviation: '', headPosition: '', validFrom: null, since: null })).toMatchObject({
    failure: { code: 'unit-name-taken' },
  });
  await desk.core.close();
});

test('a pasted table: good lines are taken, bad ones left out, the order can be changed', async () => {
  const desk = await office();
  const text = 'Ngô Một;Phó;Phòng Mới;lãnh đạo\n;x;;\nĐỗ Hai;Chuyên viên;Phòng Mới;người xử lý\nLý Ba;;;vai trò lạ';
  expect((await desk.must('people', 'previewImport', { text, addUnits: true })).map(({ problem }) => problem)).toEqual([null, 'no-name', null, 'role-unknown']);
  expect(await desk.must('people', 'importPeople', { text, addUnits: true })).toEqual({ added: 2, leftOut: 2, units: 1 });
  expect(await desk.ask('people', 'importPeople', { text, addUnits: true })).toMatchObject({ failure: { code: 'import-empty' } });
  const { persons } = await desk.must('people', 'staff', { ended: false });
  expect(persons.map(({ name, roles }) => [name, roles])).toEqual([['Ngô Một', ['leader']], ['Đỗ Hai', ['officer']]]);
  await desk.must('people', 'reorder', { kind: 'person', ids: persons.map(({ id }) => id).reverse() });
  expect((await desk.must('people', 'staff', { ended: false })).persons.map(({ name }) => name)).toEqual(['Đỗ Hai', 'Ngô Một']);
  await desk.core.close();
});

test('a TUQ. without an end is refused with the rule that it breaks', async () => {
  const desk = await office();
  const unit = await unitOf(desk, 'Văn phòng');
  const giver = await desk.addPerson('Lê Chủ Tịch', [], { standing: 'head', position: 'Chủ tịch' });
  const taker = await desk.addPerson('Ngô Chánh', [], { standing: 'unit-head', position: 'Chánh Văn phòng', unit });
  const wanted = { kind: 'TUQ' as const, giver, taker, validFrom: '2026-11-01', acts: ['sign' as const], types: [], content: 'ký giấy mời', basis: 'QĐ 9' };
  expect(await desk.ask('people', 'addDelegation', { ...wanted, validTo: null })).toEqual({ ok: false, failure: { code: 'delegation-rule', params: { rule: 'limited', kind: 'TUQ' } } });
  const { id } = await desk.must('people', 'addDelegation', { ...wanted, validTo: '2026-12-31' });
  await desk.must('people', 'endDelegation', { id, lastDay: '2026-11-15', reason: 'thu hồi ủy quyền' });
  expect(await desk.must('people', 'delegations', { ended: false })).toEqual([]);
  await desk.core.close();
});

test('registers of an office close with it, and the successor’s begin at 1', async () => {
  const store = storeIn(scratchFolder());
  const take = (): number => store.write((db) => takeNumber(db, 'incoming', 2026).number);
  expect([take(), take()]).toEqual([1, 2]);
  const closeRegisters: CloseRegisters = closeOffice;
  const handlers = peopleHandlers({
    store,
    clock: { now: () => new Date('2026-11-22T01:00:00.000Z') },
    practice: false,
    closeRegisters,
    officeChanged: () => undefined,
    sessionChanged: () => undefined,
  });
  const outcome = await handlers.succeedOffice({ ...fields, firstDay: '2026-11-22', keepUnits: false, reason: 'Sáp nhập' });
  expect(outcome).toMatchObject({ ok: true, value: { closedSeries: 1 } });
  // Another office that went in as well was never this station's.
  const merged = { ...fields, collective: 'Hội đồng', validFrom: '2020-01-01', validTo: '2026-11-21', successor: null };
  expect((await handlers.saveOffice({ id: null, ...merged })).ok).toBe(true);
  expect(take()).toBe(1);
  expect([signingStateOn(store.read, '2026-11-21').collective, signingStateOn(store.read, '2026-11-22').collective]).toEqual(['', 'Ủy ban nhân dân']);
  expect(all(store.read, sql`SELECT last, closed_reason FROM number_series ORDER BY closed_at IS NULL`)).toEqual([
    { last: 2, closed_reason: 'Sáp nhập' },
    { last: 1, closed_reason: '' },
  ]);
});
