import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Agency, AgencyDetail, Contract, DirectoryState, OutputOf, RecipientGroup } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { startListAxis, type ListAxis } from '../../fakes/directory/list-axis.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let axis: ListAxis;
let core: Core;
let profile: { folder: string; keyHex: string };
let now = new Date();
const clock = { now: () => now };

async function ask<T>(method: string, input: unknown): Promise<T> {
  const outcome = await core.dispatcher.answer('directory', method, input, 'own-window');
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value as T;
}
async function refusal(method: string, input: unknown): Promise<string> {
  const outcome = await core.dispatcher.answer('directory', method, input, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure.code;
}
const state = (): Promise<DirectoryState> => ask('state', {});
const sync = (acceptShorter = false): Promise<DirectoryState> => ask('syncNow', { acceptShorter });
const search = (text: string, includeClosed = false): Promise<Agency[]> => ask('search', { text, limit: 10, includeClosed });
const codes = async (text: string, includeClosed = false): Promise<string[]> => (await search(text, includeClosed)).map(({ code }) => code);
const get = (code: string): Promise<AgencyDetail> => ask('get', { code });

const row = (code: string, name: string, more: object = {}): object => ({ id: code, pid: '', code, name, mail: '', oldCode: '', ...more });
const few = [
  row('H36', 'UBND tỉnh Lâm Đồng'),
  row('H36.02', 'Sở Nội vụ tỉnh Lâm Đồng', { pid: 'H36', oldCode: '000.00.02.H36' }),
  row('000.00.02.H36', 'Sở Nội vụ tỉnh Lâm Đồng (Mã cũ)'),
  row('H36.03', 'Sở Nông nghiệp tỉnh Lâm Đồng', { pid: 'H36' }),
  row('G12', 'Bộ Tài chính'),
  row('000.00.00.G12', 'Bộ Tài chính (Mã cũ) (qd20)'),
  row('00.36.W00', 'Trung tâm Lâm Đồng'),
];

beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00.000Z');
  axis = await startListAxis();
  axis.answers.agencies = few;
  profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: '00.36.W00', secret: 's' } });
  core = await startCore({ ...quietCore(profile), clock });
});
afterEach(async () => {
  await core.close();
  await axis.stop();
});

describe('before the first list', () => {
  test('the codes of the decisions are there, with what became of merged provinces', async () => {
    expect((await codes('bo tai chinh'))[0]).toBe('G12');
    expect(await get('000.00.00.G12')).toMatchObject({ code: 'G12', otherCodes: ['000.00.00.G12'], source: 'decision' });
    const merged = await get('H10');
    expect(merged).toMatchObject({ closedOn: '2025-06-30', successor: { code: 'H19' }, inferred: true });
    expect((await get('H19')).predecessors.map(({ code }) => code)).toContain('H10');
    // Closed codes are not offered; who asks for the old name is led to the successor.
    const [first] = await search('ubnd tinh binh phuoc');
    expect(first).toMatchObject({ code: 'H19', foundAs: 'UBND tỉnh Bình Phước' });
    expect(await codes('ubnd tinh binh phuoc', true)).toContain('H10');
    expect(await state()).toMatchObject({ lastFullAt: null, trouble: null, running: false });
  });

  test('the same table is not taken over twice', async () => {
    const before = await state();
    await core.close();
    core = await startCore({ ...quietCore(profile), clock });
    expect(await state()).toEqual(before);
  });
});

describe('taking the list over', () => {
  test('agencies are found by either code, shown once, and centres are not offered', async () => {
    const after = await sync();
    expect(after).toMatchObject({ lastFullAt: now.toISOString(), trouble: null, incomplete: true, running: false });
    expect(await codes('so noi vu lam dong')).toContain('H36.02');
    expect((await codes('000.00.02.H36'))[0]).toBe('H36.02');
    expect((await codes('0000002h36'))[0]).toBe('H36.02');
    expect((await search('H36.02'))[0]).toMatchObject({ code: 'H36.02', otherCodes: ['000.00.02.H36'], under: 'UBND tỉnh Lâm Đồng' });
    expect(await codes('so noi vu', true)).not.toContain('000.00.02.H36');
    expect(await codes('trung tam lam dong', true)).not.toContain('00.36.W00');
    expect(await codes('W00', true)).toEqual([]);
    expect((await get('000.00.02.h36')).code).toBe('H36.02');
  });

  test('pairs and changes add what the list does not say', async () => {
    axis.answers.pairs = [{ id: '1', code: 'H36.03', name: '', code102: '000.00.03.H36' }];
    axis.answers.changes = [
      { ...few[3], isAgency: false, deleted: false },
      { id: 'x', code: 'H36', name: 'UBND tỉnh Lâm Đồng', deleted: true },
    ];
    expect(await sync()).toMatchObject({ incomplete: false });
    expect((await get('000.00.03.H36')).code).toBe('H36.03');
    expect(await codes('so nong nghiep lam dong')).not.toContain('H36.03');
    // The list is newer than any change: what it has is not deleted.
    expect((await get('H36')).closedOn).toBeNull();
    expect(axis.asked).toEqual(['getAgenciesList', 'getAgenciesListQD20', 'getSynchronizeUnit']);
  });

  test('a new name keeps the old one, what vanished is closed with the day, and what comes back is open again', async () => {
    await sync();
    axis.answers.agencies = [...few.slice(0, 3), row('H36.03', 'Sở Nông nghiệp và Môi trường tỉnh Lâm Đồng'), ...few.slice(6), row('H36.09', 'Sở Y tế')];
    now = new Date('2026-11-22T18:00:00.000Z');
    await sync();
    expect(await get('H36.03')).toMatchObject({ name: 'Sở Nông nghiệp và Môi trường tỉnh Lâm Đồng', formerNames: ['Sở Nông nghiệp tỉnh Lâm Đồng'] });
    axis.answers.agencies = few.filter((one) => (one as { code: string }).code !== 'H36.02');
    await sync();
    // 18:00 UTC is the next day in Vietnam.
    expect(await get('H36.02')).toMatchObject({ closedOn: '2026-11-23' });
    expect(await codes('so noi vu tinh lam dong')).not.toContain('H36.02');
    expect(await codes('so noi vu tinh lam dong', true)).toContain('H36.02');
    // A ministry is not closed by an omission of the list.
    expect((await get('G12')).closedOn).toBeNull();
    axis.answers.agencies = few;
    await sync();
    expect((await get('H36.02')).closedOn).toBeNull();
  });

  test.each([
    ['nothing', '', 'axis-answer-unreadable'],
    ['an empty list', '{"status":"OK","ErrorCode":"0","data":[]}', 'axis-answer-unreadable'],
    ['a list that breaks off', 'cut', 'axis-unreachable'],
    ['a refusal', '{"status":"FAIL","ErrorCode":"15","ErrorDesc":"Sai"}', 'axis-refused'],
  ])('%s leaves the directory whole, and is shown', async (_name, answer, trouble) => {
    await sync();
    const before = await state();
    axis.answers.agencies = answer;
    expect(await refusal('syncNow', { acceptShorter: true })).toBe(trouble);
    expect(await state()).toEqual({ ...before, trouble, troubleDetail: expect.any(String) as string });
    expect(await codes('so noi vu lam dong')).toContain('H36.02');
    expect(await refusal('get', { code: 'H99' })).toBe('not-found');
    axis.answers.agencies = few;
    expect(await sync()).toMatchObject({ trouble: null, open: before.open, closed: before.closed });
  });

  test('a list less than half as long is taken over only at the word of a person, which is written down', async () => {
    await sync();
    const before = await state();
    axis.answers.agencies = few.slice(0, 3);
    expect(await refusal('syncNow', { acceptShorter: false })).toBe('directory-too-short');
    expect(await state()).toMatchObject({ trouble: 'directory-too-short', troubleDetail: '3 / 7', open: before.open });
    expect((await get('H36.03')).closedOn).toBeNull();
    expect(await sync(true)).toMatchObject({ trouble: null, closed: before.closed + 1 });
    const audit = await core.dispatcher.answer('audit', 'verify', {}, 'own-window');
    expect(audit).toMatchObject({ ok: true, value: { entries: 1, brokenAt: null } });
  });

  test('a run that the end of the program broke off leaves nothing behind', async () => {
    await sync();
    const before = await state();
    axis.answers.agencies = [...few, ...Array.from({ length: 20_000 }, (_, at) => row(`H35.${String(at)}`, `Phòng số ${String(at)}`))];
    const running = core.dispatcher.answer('directory', 'syncNow', { acceptShorter: false }, 'own-window');
    await expect.poll(async () => (await state()).received, { interval: 5 }).toBeGreaterThan(500);
    await core.close();
    await running;
    core = await startCore({ ...quietCore(profile), clock });
    expect(await state()).toEqual(before);
    expect(await refusal('get', { code: 'H35.3' })).toBe('not-found');
    axis.answers.agencies = few;
    expect(await sync()).toMatchObject({ open: before.open, closed: before.closed });
    expect(await refusal('get', { code: 'H35.3' })).toBe('not-found');
  });

  test('two requests at once are one run', async () => {
    await Promise.all([sync(), sync()]);
    expect(axis.asked.filter((verb) => verb === 'getAgenciesList')).toHaveLength(1);
  });

  test('without an axis there is nothing to ask', async () => {
    await core.dispatcher.answer('station', 'saveAxis', { endpoint: '', systemId: '', plainHttpHosts: [], pollSeconds: 300, secret: null }, 'own-window');
    expect(await refusal('syncNow', { acceptShorter: false })).toBe('axis-off');
  });
});

describe('pasted lines', () => {
  const lookup = async (...lines: string[]): Promise<string[]> => {
    const found = await ask<OutputOf<Contract['directory']['lookup']>>('lookup', { lines });
    return found.map(({ result, agencies }) => `${result} ${agencies[0]?.code ?? ''}`.trim());
  };

  test('codes in either form, whole names, and both on one line are found', async () => {
    await sync();
    expect(await lookup('H36.02', ' 000.00.00.G12;', '', '- Sở Nội vụ tỉnh Lâm Đồng', 'so noi vu tinh lam dong', 'Bộ Tài chính (G12)')).toEqual([
      'found H36.02',
      'found G12',
      'found H36.02',
      'found H36.02',
      'found G12',
    ]);
  });

  test('part of a name, a namesake and a closed code are left to the person', async () => {
    axis.answers.agencies = [...few, row('H36.11', 'UBND xã Tân Lập'), row('H19.11', 'UBND xã Tân Lập')];
    await sync();
    const [part, namesake, closed, nobody] = await lookup('Sở Nội', 'UBND xã Tân Lập', 'H10', 'H77.77.77');
    expect(part).toMatch(/^unknown/);
    expect(namesake).toMatch(/^several/);
    expect(closed).toBe('closed H10');
    expect(nobody).toMatch(/^unknown/);
  });
});

describe('groups', () => {
  test('keep their order, each agency once, and its newer code', async () => {
    await sync();
    const group = await ask<RecipientGroup>('saveGroup', { id: null, name: ' Các sở ', codes: ['H36.03', '000.00.02.H36', 'H36.02', 'G12'] });
    expect([group.name, group.members.map(({ code }) => code)]).toEqual(['Các sở', ['H36.03', 'H36.02', 'G12']]);
    const changed = await ask<RecipientGroup>('saveGroup', { id: group.id, name: 'Các sở', codes: ['G12', 'H36.03'] });
    expect(changed.members.map(({ code }) => code)).toEqual(['G12', 'H36.03']);
    expect(await ask<RecipientGroup[]>('groups', {})).toEqual([changed]);
  });

  test('refuse a name that is taken and a code that nobody has, and change nothing', async () => {
    await sync();
    const { id } = await ask<RecipientGroup>('saveGroup', { id: null, name: 'Các sở', codes: ['H36.03'] });
    expect(await refusal('saveGroup', { id: null, name: 'CÁC SỞ', codes: ['G12'] })).toBe('group-name-taken');
    expect(await refusal('saveGroup', { id, name: 'Các sở', codes: ['G12', 'H77'] })).toBe('agency-unknown');
    expect(await refusal('saveGroup', { id, name: 'Các sở', codes: ['00.36.W00'] })).toBe('agency-unknown');
    expect((await ask<RecipientGroup[]>('groups', {}))[0]?.members.map(({ code }) => code)).toEqual(['H36.03']);
    await ask('removeGroup', { id });
    expect(await ask('groups', {})).toEqual([]);
    expect(await refusal('removeGroup', { id })).toBe('not-found');
    expect(await refusal('saveGroup', { id, name: 'Các sở', codes: ['G12'] })).toBe('not-found');
    // Its name is free again.
    expect(await refusal('saveGroup', { id: null, name: 'Các sở', codes: ['G12'] })).toBe('ok');
  });
});
