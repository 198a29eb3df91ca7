import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openDesk, password, type DeskTest } from './desk.ts';

const other = 'Mật-khẩu số 2';
const station = { organId: 'H29.99', name: 'UBND phường', operator: 'Người trực' };

/** Id of a file of a document that is on record. */
async function recordedFile(desk: DeskTest): Promise<string> {
  const bytes = await desk.core.storeFile(Readable.from([Buffer.from('%PDF-1.7')]));
  const document = await desk.must('records', 'recordOutgoing', {
    codeNumber: '1',
    codeNotation: 'VP',
    issuedDate: '2026-11-20',
    place: 'Hà Nội',
    typeName: 'Công văn',
    subject: 'V/v thử',
    urgency: 0,
    dueDate: null,
    signerName: 'Nguyễn Văn Ký',
    signerPosition: '',
    signerCompetence: '',
    toPlaces: [],
    pageAmount: null,
    paper: false,
    repliesTo: null,
    files: [{ name: 'cv.pdf', mediaType: 'application/pdf', ...bytes }],
  });
  return document.files[0]?.id ?? '';
}

/** Two accounts: an administrator, who is signed in, and a clerk, whose password was given. */
async function withAccounts(): Promise<DeskTest & { readonly admin: string; readonly clerk: string }> {
  const desk = await openDesk();
  await desk.must('station', 'saveStation', station);
  const admin = await desk.addPerson('Lê Quản Trị', ['administrator']);
  const clerk = await desk.addPerson('Trần Văn Thư', ['clerk']);
  await desk.must('people', 'setPassword', { person: admin, password });
  await desk.must('people', 'signIn', { person: admin, password });
  await desk.must('people', 'setPassword', { person: clerk, password });
  return { ...desk, admin, clerk };
}

test('before anybody has a password the station asks for none, and the operator stands in the log', async () => {
  const desk = await openDesk();
  await desk.must('station', 'saveStation', station);
  expect(await desk.must('people', 'session', {})).toMatchObject({ state: 'one-operator', lockMinutes: 0, names: [] });
  await desk.must('calendar', 'saveHours', { morningFrom: '08:00', morningTo: '12:00', afternoonFrom: '13:00', afternoonTo: '17:00' });
  expect((await desk.closedLog()).at(-1)).toMatchObject({ action: 'calendar.hours-saved', actor: 'Người trực' });
});

test('with accounts the door is shut until somebody signs in, for queries, streams and files too, but not for the host', async () => {
  const desk = await openDesk();
  await desk.must('station', 'saveStation', station);
  const file = await recordedFile(desk);
  const admin = await desk.addPerson('Lê Quản Trị', ['administrator']);
  expect((await desk.core.readFile(file, 0, 10)).ok).toBe(true);
  await desk.must('people', 'setPassword', { person: admin, password });
  expect(await desk.core.readFile(file, 0, 10)).toMatchObject({ failure: { code: 'not-found' } });
  expect((await desk.core.readFile(file, 0, 10, 'host')).ok).toBe(true);
  const shut = { ok: false, failure: { code: 'not-signed-in' } };
  expect(await desk.ask('records', 'incomingList', { state: null, before: null, limit: 10 })).toEqual(shut);
  expect(await desk.ask('station', 'settings', {})).toEqual(shut);
  expect(await desk.ask('people', 'staff', { ended: false })).toEqual(shut);
  const posted: unknown[] = [];
  const window = desk.core.dispatcher.converse((message) => posted.push(message));
  window.receive({ kind: 'subscribe', id: 1, domain: 'records', event: 'incoming' }, 'own-window');
  window.receive({ kind: 'subscribe', id: 2, domain: 'people', event: 'session' }, 'own-window');
  expect(posted).toMatchObject([{ kind: 'answer', outcome: shut }, { kind: 'event', item: { value: { state: 'signed-out' } } }]);
  expect((await desk.ask('station', 'status', {})).ok).toBe(true);
  expect((await desk.asHost('station', 'settings', {})).ok).toBe(true);
  await desk.core.close();
});

test('each acts under his own name and within his roles; a given password is changed first; leaving is logged', async () => {
  const desk = await withAccounts();
  expect(await desk.must('people', 'signIn', { person: desk.clerk, password })).toMatchObject({ state: 'to-change', roles: [] });
  expect(await desk.ask('records', 'incomingList', { state: null, before: null, limit: 10 })).toMatchObject({ failure: { code: 'password-to-change' } });
  expect(await desk.ask('people', 'changePassword', { old: password, password })).toMatchObject({ failure: { code: 'password-used-before' } });
  for (const weak of ['Ngắn-1', 'khong co hoa 1!', 'KHÔNG THƯỜNG 1!', 'Không có số!', 'Khongcodau1']) {
    expect(await desk.ask('people', 'changePassword', { old: password, password: weak }), weak).toMatchObject({ failure: { code: 'password-weak' } });
  }
  expect(await desk.must('people', 'changePassword', { old: password, password: other })).toMatchObject({ state: 'signed-in', roles: ['clerk'] });
  expect(await desk.ask('station', 'saveStation', station)).toEqual({ ok: false, failure: { code: 'not-allowed', params: { roles: 'administrator' } } });
  await desk.must('directory', 'saveSync', { everyHours: 12 }).then(
    () => expect.unreachable('a clerk set the interval'),
    (error: unknown) => {
      expect(String(error)).toContain('not-allowed');
    },
  );
  await desk.must('duties', 'saveSettings', { leadMinutes: 60, urgentMinutes: 30, receiptAfterHours: 'same-day', morningEnds: 'noon' });
  await desk.must('people', 'lock', {});
  expect(await desk.ask('duties', 'list', {})).toMatchObject({ failure: { code: 'not-signed-in' } });
  expect(await desk.must('people', 'signIn', { person: desk.clerk, password: other })).toMatchObject({ state: 'signed-in' });
  await desk.must('people', 'signOut', {});
  const log = await desk.closedLog();
  expect(log.slice(-7).map(({ action, actor }) => [action, actor])).toEqual([
    ['people.signed-out', 'Lê Quản Trị'],
    ['people.signed-in', 'Lê Quản Trị'],
    ['people.password-changed', 'Trần Văn Thư'],
    ['settings.duties-saved', 'Trần Văn Thư'],
    ['people.locked', 'Trần Văn Thư'],
    ['people.signed-in', 'Trần Văn Thư'],
    ['people.signed-out', 'Trần Văn Thư'],
  ]);
  for (const secret of [password, other]) expect(JSON.stringify(log)).not.toContain(secret);
});

test('wrong passwords slow down, then lock; an administrator opens the account again', async () => {
  const desk = await withAccounts();
  const tryIt = (): Promise<unknown> => desk.ask('people', 'signIn', { person: desk.clerk, password: 'sai' });
  expect(await tryIt()).toMatchObject({ failure: { code: 'sign-in-wrong' } });
  expect(await tryIt()).toEqual({ ok: false, failure: { code: 'sign-in-wait', params: { seconds: 1 } } });
  desk.pass(1);
  expect(await tryIt()).toMatchObject({ failure: { code: 'sign-in-wrong' } });
  expect(await tryIt()).toEqual({ ok: false, failure: { code: 'sign-in-wait', params: { seconds: 2 } } });
  desk.pass(2);
  // Side by side only one is compared.
  const [first, second] = await Promise.all([tryIt(), tryIt()]);
  expect([first, second]).toMatchObject([{ failure: { code: 'sign-in-wrong' } }, { failure: { code: 'sign-in-wait' } }]);
  desk.pass(4);
  await tryIt();
  desk.pass(30);
  expect(await tryIt()).toMatchObject({ failure: { code: 'account-locked' } });
  expect(await desk.ask('people', 'signIn', { person: desk.clerk, password })).toMatchObject({ failure: { code: 'account-locked' } });
  const { persons } = await desk.must('people', 'staff', { ended: false });
  expect(persons.find(({ id }) => id === desk.clerk)?.account).toEqual({ state: 'locked', lastSignInAt: null });
  await desk.must('people', 'unlockAccount', { person: desk.clerk });
  expect(await desk.must('people', 'signIn', { person: desk.clerk, password })).toMatchObject({ state: 'to-change' });
  const log = await desk.closedLog();
  const about = log.filter(({ subject_id }) => subject_id === desk.clerk).map(({ action }) => action.replace('people.', ''));
  expect(about).toEqual([
    'person-saved',
    'account-created',
    'sign-in-failed',
    'sign-in-failed',
    'sign-in-failed',
    'sign-in-failed',
    'account-locked',
    'account-unlocked',
    'signed-in',
  ]);
});

test('an account that nobody used for 45 days is closed; an administrator changes the password every 60', async () => {
  const desk = await withAccounts();
  desk.pass(46 * 86_400);
  expect(await desk.ask('people', 'signIn', { person: desk.clerk, password })).toEqual({ ok: false, failure: { code: 'account-idle', params: { days: 45 } } });
  await desk.must('people', 'unlockAccount', { person: desk.clerk });
  expect((await desk.ask('people', 'signIn', { person: desk.clerk, password })).ok).toBe(true);
  await desk.asHost('people', 'unlockAccount', { person: desk.admin });
  desk.pass(15 * 86_400);
  expect(await desk.must('people', 'signIn', { person: desk.admin, password })).toMatchObject({ state: 'to-change' });
  await desk.core.close();
});

test('the station is never left without an administrator, and what was given up is asked for no more', async () => {
  const desk = await withAccounts();
  const last = { failure: { code: 'last-administrator', params: { name: 'Lê Quản Trị' } } };
  expect(await desk.ask('people', 'removeAccount', { person: desk.admin, reason: 'x' })).toMatchObject(last);
  expect(await desk.ask('people', 'endValidity', { kind: 'person', id: desk.admin, lastDay: '2026-11-22', reason: 'x' })).toMatchObject(last);
  const self = { id: desk.admin, name: 'Lê Quản Trị', position: '', standing: 'staff', unit: null, validFrom: null, since: null } as const;
  expect(await desk.ask('people', 'savePerson', { ...self, roles: ['clerk'] })).toMatchObject(last);
  await desk.must('people', 'removeAccount', { person: desk.clerk, reason: 'chuyển công tác' });
  await desk.must('people', 'removeAccount', { person: desk.admin, reason: 'thôi dùng mật khẩu' });
  expect(await desk.must('people', 'session', {})).toMatchObject({ state: 'one-operator' });
  expect((await desk.ask('station', 'settings', {})).ok).toBe(true);
  await desk.core.close();
});

test('the first account must be an administrator’s, and two of one name cannot both sign in', async () => {
  const desk = await openDesk();
  const clerk = await desk.addPerson('Trần Văn Thư', ['clerk']);
  const [admin, twin] = [await desk.addPerson('Lê Quản Trị', ['administrator']), await desk.addPerson('Lê Quản Trị', ['officer'])];
  expect(await desk.ask('people', 'setPassword', { person: clerk, password })).toMatchObject({ failure: { code: 'first-account-administrator' } });
  await desk.must('people', 'setPassword', { person: admin, password });
  expect(await desk.ask('people', 'setPassword', { person: twin, password })).toMatchObject({ failure: { code: 'not-signed-in' } });
  await desk.must('people', 'signIn', { person: admin, password });
  expect(await desk.ask('people', 'setPassword', { person: twin, password })).toMatchObject({ failure: { code: 'account-name-taken' } });
  await desk.core.close();
});

test('a lost password is replaced by whoever has the profile’s key, and the log says the station did it', async () => {
  const desk = await withAccounts();
  await desk.must('people', 'signOut', {});
  expect(await desk.ask('people', 'setPassword', { person: desk.admin, password: other })).toMatchObject({ failure: { code: 'not-signed-in' } });
  expect((await desk.asHost('people', 'setPassword', { person: desk.admin, password: other })).ok).toBe(true);
  expect(await desk.must('people', 'signIn', { person: desk.admin, password: other })).toMatchObject({ state: 'to-change' });
  expect((await desk.closedLog()).at(-2)).toMatchObject({ action: 'people.password-reset', actor: 'station' });
});
