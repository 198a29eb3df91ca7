import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SetupState } from '#contract';
import { startCore, type Core, type CoreOptions } from '../../../electron/hosts/compose.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

let folder: string;
let keyHex: string;
let core: Core;

const start = (more: Partial<CoreOptions> = {}): Promise<Core> => startCore({ ...quietCore({ folder, keyHex }), ...more });

beforeEach(async () => {
  folder = join(scratchFolder(), 'profile');
  keyHex = randomBytes(32).toString('hex');
  core = await start();
});
afterEach(() => core.close());

async function ask(domain: string, method: string, input: unknown = {}): Promise<unknown> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  return outcome.ok ? outcome.value : outcome.failure.code;
}
const setup = async (method: string, input: unknown = {}): Promise<SetupState> => (await ask('setup', method, input)) as SetupState;
const stands = ({ steps }: SetupState): Record<string, string> => Object.fromEntries(steps.map(({ step, state }) => [step, state]));
const lacks = ({ steps }: SetupState, step: string): readonly string[] => steps.find((one) => one.step === step)?.lacks ?? [];

const office = {
  organId: 'H37.02.02', formerOrganId: '000.02.02.H37', name: 'Ủy ban nhân dân xã Đồng Mỏ', parentName: '', abbreviation: '', place: '',
  fondsCode: '', collective: '', headPosition: '', validFrom: null, validTo: null, successor: null,
};
const person = { id: null, position: '', standing: 'staff', unit: null, validFrom: null, since: null };

async function saveOffice(more: Partial<typeof office> = {}): Promise<void> {
  const [present] = (await ask('people', 'offices')) as { id: string }[];
  await ask('people', 'saveOffice', { ...office, ...more, id: present?.id });
}

test('a new office opens into the set-up, goes on at the same place after a restart, and works without once it is put away', async () => {
  expect(await setup('state')).toMatchObject({ opens: true, begun: null, place: null });
  expect(await setup('begin', { operator: 'Nguyễn Thị Hoa' })).toMatchObject({ opens: true, begun: { by: 'Nguyễn Thị Hoa' }, place: 'agency' });
  await saveOffice();
  expect(await setup('settle', { step: 'agency', as: 'done' })).toMatchObject({ place: 'people' });
  await setup('settle', { step: 'people', as: 'skipped' });
  await core.close();
  core = await start();
  const after = await setup('state');
  expect(after).toMatchObject({ opens: true, place: 'numbers' });
  expect(stands(after)).toEqual({ agency: 'done', people: 'skipped', numbers: 'open', token: 'open', axis: 'open', backup: 'open', review: 'open' });
  expect(after.steps[1]?.said).toMatchObject({ as: 'skipped', by: 'Nguyễn Thị Hoa' });
  expect(await setup('putAway')).toMatchObject({ opens: false, putAway: { by: 'Nguyễn Thị Hoa' } });
  expect(await setup('stand', { step: 'axis' })).toMatchObject({ opens: false, place: 'axis' });
  await core.close();
  const store = storeIn(folder, Buffer.from(keyHex, 'hex'));
  expect(all(store.read, sql`SELECT actor, action FROM audit_entry WHERE action LIKE 'setup.%' ORDER BY seq`)).toEqual(
    ['begun', 'step-done', 'step-skipped', 'put-away'].map((action) => ({ actor: 'Nguyễn Thị Hoa', action: `setup.${action}` })),
  );
  store.close();
  core = await start();
});

test('how a step stands is read from the settings, wherever they were made, and not from what was said', async () => {
  const said = await setup('settle', { step: 'agency', as: 'done' });
  expect(stands(said)['agency']).toBe('open');
  expect(lacks(said, 'agency')).toEqual(['agency-name', 'agency-code', 'agency-abbreviation', 'agency-place', 'agency-head']);
  await ask('station', 'saveStation', { organId: 'H37.02.02', name: 'UBND xã', operator: 'Hoa' });
  const named = await setup('state');
  expect([stands(named)['agency'], lacks(named, 'agency')]).toEqual(['done', ['agency-abbreviation', 'agency-place', 'agency-head']]);

  await ask('people', 'savePerson', { ...person, name: 'Trần Văn Thư', roles: ['clerk'] });
  const admin = (await ask('people', 'savePerson', { ...person, name: 'Đỗ Quản Trị', roles: ['administrator'] })) as { id: string };
  expect(lacks(await setup('state'), 'people')).toEqual(['administrator', 'leader', 'archivist', 'units']);
  await ask('people', 'setPassword', { person: admin.id, password: 'Mat-khau so 1' });
  await ask('people', 'signIn', { person: admin.id, password: 'Mat-khau so 1' });
  const staffed = await setup('state');
  expect([stands(staffed)['people'], lacks(staffed, 'people')]).toEqual(['done', ['leader', 'archivist', 'units']]);

  const year = Number(new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 4));
  await setup('settle', { step: 'numbers', as: 'skipped' });
  await ask('numbers', 'startAfter', { register: 'incoming', scope: '', year, last: 1180, reason: 'Sổ giấy' });
  expect(stands(await setup('state'))['numbers']).toBe('done');

  await ask('station', 'saveAxis', { endpoint: 'https://truc.example.vn/adapter', systemId: 'x', plainHttpHosts: [], pollSeconds: 300, secret: null });
  expect(lacks(await setup('state'), 'axis')).toEqual(['axis-secret', 'axis-answer']);
  await ask('station', 'saveAxis', { endpoint: 'https://truc.example.vn/adapter', systemId: 'x', plainHttpHosts: [], pollSeconds: 300, secret: 'bí mật' });
  const joined = await setup('state');
  expect([stands(joined)['axis'], lacks(joined, 'axis')]).toEqual(['done', ['axis-answer']]);
});

test('who puts the first page aside has begun nothing, and may begin later', async () => {
  expect(await setup('putAway')).toMatchObject({ opens: false, begun: null, place: null, putAway: { by: 'station' } });
  expect(await setup('begin', { operator: 'Hoa' })).toMatchObject({ opens: true, begun: { by: 'Hoa' }, place: 'agency', putAway: null });
});

test('a person’s word stands where no setting can say it; the review done puts the set-up away', async () => {
  expect(stands(await setup('settle', { step: 'numbers', as: 'done' }))['numbers']).toBe('done');
  expect(stands(await setup('settle', { step: 'token', as: 'skipped' }))['token']).toBe('skipped');
  expect(stands(await setup('settle', { step: 'token', as: 'done' }))['token']).toBe('done');
  expect(await setup('settle', { step: 'review', as: 'done' })).toMatchObject({ opens: false, place: 'review' });
});

test('once somebody has a password only an administrator sets the station up; anybody may practise', async () => {
  let asked = 0;
  await core.close();
  core = await start({ changeProfile: () => (asked += 1) });
  const admin = (await ask('people', 'savePerson', { ...person, name: 'Đỗ Quản Trị', roles: ['administrator'] })) as { id: string };
  const clerk = (await ask('people', 'savePerson', { ...person, name: 'Trần Văn Thư', roles: ['clerk'] })) as { id: string };
  await ask('people', 'setPassword', { person: admin.id, password: 'Mat-khau so 1' });
  expect(await ask('setup', 'begin', { operator: null })).toBe('not-signed-in');
  await ask('people', 'signIn', { person: admin.id, password: 'Mat-khau so 1' });
  await ask('people', 'setPassword', { person: clerk.id, password: 'Mat-khau so 2' });
  expect(await setup('begin', { operator: null })).toMatchObject({ begun: { by: 'Đỗ Quản Trị' } });
  await ask('people', 'signOut');
  await ask('people', 'signIn', { person: clerk.id, password: 'Mat-khau so 2' });
  await ask('people', 'changePassword', { old: 'Mat-khau so 2', password: 'Mat-khau so 3' });
  expect(await ask('setup', 'settle', { step: 'people', as: 'done' })).toBe('not-allowed');
  expect(await ask('setup', 'putAway')).toBe('not-allowed');
  expect(await setup('state')).toMatchObject({ changesTo: 'practice' });
  expect(await ask('setup', 'changeProfile')).toEqual({});
  expect(asked).toBe(1);
});

test('an office that worked before there was a set-up is not asked; practice is not set up, and leads back', async () => {
  await core.close();
  folder = join(scratchFolder(), 'older');
  preparedProfile({ folder, keyHex, axis: { endpoint: 'http://127.0.0.1:1/', systemId: 'x', secret: 'y' } });
  core = await start();
  expect(await setup('state')).toMatchObject({ opens: false, begun: null, changesTo: null });
  expect(await ask('setup', 'changeProfile')).toBe('other-profile-not-offered');
  await core.close();

  folder = join(scratchFolder(), 'practice');
  core = await start({ practice: true, changeProfile: () => undefined });
  expect(await setup('state')).toMatchObject({ opens: false, changesTo: 'office' });
  expect(await ask('setup', 'begin', { operator: 'Hoa' })).toBe('practice-fixed');
  expect(await ask('setup', 'settle', { step: 'axis', as: 'done' })).toBe('practice-fixed');
});
