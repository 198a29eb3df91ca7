import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { DeskPolicies } from '#contract';
import { verificationThreads } from '../../../electron/hosts/threads/verification-threads.ts';
import { recordsHandlers } from '../../../electron/services/records/index.ts';
import { noEvidence, renewUndecided } from '../../../electron/services/verification/index.ts';
import { all, run, sql } from '../../../electron/store/index.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { issuers, signedWith, today } from '../verification/world.ts';
import { arrived, known, lookHere, openDesk, value } from './desk-world.ts';

let pki: TestPki;
let honest: Buffer;
let forged: Buffer;
beforeAll(async () => {
  pki = await testPki();
  honest = signedWith(pki, { signer: 'agency' });
  forged = signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) });
});
const bare = (): Buffer => bases()['table'] ?? Buffer.alloc(0);

test('what arrives is looked at offline at once and then with the authorities; the decision follows, and it is registered without a word', async () => {
  const { store, desk, records, told, failures, state } = openDesk(pki);
  state.line = false;
  const id = await arrived(store, honest);
  expect(value(await desk.handlers.ofDocument({ document: id }))).toMatchObject({ pending: true, decision: null, files: [{ state: 'waiting', result: null }] });
  const offline = await known(desk, id);
  expect(offline.files[0]?.result).toMatchObject({ online: false, verdict: { state: 'signed', indication: 'indeterminate', subIndication: 'TRY_LATER' } });
  expect(offline.decision).toEqual({ decision: 'accept', why: 'status-waits' });
  state.line = true;
  const online = await known(desk, id, ({ files }) => files[0]?.result?.online === true);
  expect(online.files[0]?.result?.verdict.indication).toBe('passed');
  expect(online).toMatchObject({ decision: { decision: 'accept', why: 'document-passed' }, alarm: null, returnReason: '' });
  expect(told.flat()).toEqual([id, id]);
  expect(value(await records.registerIncoming({ id })).arrivalNumber).toBe(1);
  expect(failures).toEqual([]);
  await desk.stop();
});

test('a verdict that is not there yet holds nobody up; one that comes later and is bad raises a mark, which a person settles with a word', async () => {
  const { store, desk, records } = openDesk(pki);
  const id = await arrived(store, forged);
  expect(value(await records.registerIncoming({ id })).arrivalNumber).toBe(1);
  const found = await known(desk, id);
  expect(found.alarm).toMatchObject({ decision: 'ask', why: 'document-failed', settledAt: null, reason: '' });
  const settled = value(await desk.handlers.settleAlarm({ document: id, reason: 'Đã hỏi nơi gửi' }));
  expect(settled.alarm).toMatchObject({ reason: 'Đã hỏi nơi gửi', settledAt: '2026-11-22T02:00:00.000Z' });
  expect(await desk.handlers.settleAlarm({ document: id, reason: 'lần nữa' })).toMatchObject({ failure: { code: 'already-decided' } });
  // Looked at again, it says the same: nobody is asked twice.
  value(await desk.handlers.again({ document: id }));
  expect((await known(desk, id)).alarm?.settledAt).not.toBeNull();
  expect(all(store.read, sql`SELECT action FROM audit_entry WHERE action = 'verdict.alarm-settled'`)).toHaveLength(1);
  await desk.stop();
});

test('over a doubt or a refusal nothing is registered silently: the word stands in the log, and the reason for status 02 is ready', async () => {
  const { store, desk, records } = openDesk(pki);
  const [bad, none] = [await arrived(store, forged), await arrived(store, bare(), {}, 2)];
  const found = await known(desk, bad);
  await known(desk, none);
  expect(found.returnReason).toMatch(/^Chữ ký không hợp lệ\. cong-van\.pdf: Nội dung tệp khác với nội dung đã ký/);
  expect(found.returnReason).toMatch(/gửi lại văn bản điện tử/);
  expect(found.returnReason.length).toBeLessThanOrEqual(500);
  expect(await records.registerIncoming({ id: bad })).toMatchObject({ failure: { code: 'verdict-asks', params: { why: 'document-failed' } } });
  const { policies } = value(await desk.handlers.policy({}));
  value(await desk.handlers.savePolicy(DeskPolicies.parse({ ...policies, axis: { ...policies.axis, failed: 'refuse', none: 'accept' } })));
  expect(await records.registerIncoming({ id: bad })).toMatchObject({ failure: { code: 'verdict-refuses' } });
  expect(value(await records.registerIncoming({ id: none })).arrivalNumber).toBe(1);
  expect(value(await records.registerIncoming({ id: bad, despite: 'Lãnh đạo cho nhận' })).arrivalNumber).toBe(2);
  const logged = all<{ detail: string }>(store.read, sql`SELECT detail FROM audit_entry WHERE action = 'document.registered' AND subject_id = ${bad}`);
  expect(JSON.parse(logged[0]?.detail ?? '{}')).toMatchObject({ verdict: { decision: 'refuse', why: 'document-failed' }, despite: 'Lãnh đạo cho nhận' });
  expect(value(await desk.handlers.ofDocument({ document: bad })).alarm).toMatchObject({ reason: 'Lãnh đạo cho nhận' });
  await desk.stop();
});

test('what was registered past the question, by whatever way, is marked as well', async () => {
  const { store, desk, records, queueStatus } = openDesk(pki);
  const first = await arrived(store, forged);
  await known(desk, first);
  // The same file came once before: its verdict is there before anybody could be asked.
  const second = await arrived(store, forged, {}, 2);
  expect(await records.registerIncoming({ id: second })).toMatchObject({ ok: false });
  const unasked = recordsHandlers({ store, clock: { now: () => today }, queueStatus, changed: desk.changed, outgoingChanged: () => undefined, recalled: () => undefined });
  value(await unasked.registerIncoming({ id: second }));
  expect(value(await desk.handlers.ofDocument({ document: second })).alarm).toMatchObject({ why: 'document-failed', settledAt: null });
  await desk.stop();
});

test('a list marks what is asked about before it is registered, and afterwards what nobody has seen to', async () => {
  const { store, desk, records } = openDesk(pki);
  const [bad, good, late] = [await arrived(store, forged), await arrived(store, honest, {}, 2), await arrived(store, bare(), {}, 3)];
  const documents = [bad, good, late];
  const marks = async (): Promise<unknown> => value(await desk.handlers.marks({ documents }));
  expect(await marks()).toEqual([]);
  value(await records.registerIncoming({ id: late }));
  await known(desk, late);
  await known(desk, bad);
  await known(desk, good, ({ files }) => files[0]?.result?.verdict.indication === 'passed');
  expect(await marks()).toEqual([
    { document: bad, decision: 'ask', why: 'document-failed' },
    { document: late, decision: 'ask', why: 'no-signature' },
  ]);
  value(await desk.handlers.settleAlarm({ document: late, reason: 'Đã có bản giấy' }));
  value(await records.registerIncoming({ id: bad, despite: 'Lãnh đạo cho nhận' }));
  expect(await marks()).toEqual([]);
  await desk.stop();
});

const broken = fileURLToPath(new URL('../../fakes/verification/broken-worker.ts', import.meta.url));

test('a thread that crashes leaves a verdict that knows nothing, the next file is looked at, and another look is planned', async () => {
  const incidents: string[] = [];
  const threads = verificationThreads({ anchors: pki.anchors('g2root'), edition: 'test', certificates: [], evidence: noEvidence, count: 1, program: broken, incident: (why) => incidents.push(why) });
  const { store, desk, failures } = openDesk(pki, { look: async (source, question) => ({ ...(await threads.verify(source, question)), online: false }) });
  const id = await arrived(store, Buffer.from('crash'));
  const found = await known(desk, id);
  expect(found.files[0]?.result?.verdict).toMatchObject({ state: 'unknown', indication: 'indeterminate', reasons: [{ code: 'check-stopped', params: { why: 'crash' } }], file: { sha256: createHash('sha256').update('crash').digest('hex'), size: 5 } });
  expect(found.decision).toEqual({ decision: 'ask', why: 'unreadable' });
  expect(all(store.read, sql`SELECT renew_at FROM verification`)).toEqual([{ renew_at: '2026-11-23T02:00:00.000Z' }]);
  expect([incidents, failures]).toEqual([['crash'], []]);
  await desk.stop();
  await threads.stop();
});

test('real threads say the same from memory as from a file for the moment, which only this user may read and which is gone afterwards', async () => {
  const scratch = join(scratchFolder(), 'looks');
  const modes: number[] = [];
  const threads = verificationThreads({ anchors: pki.anchors('g1root', 'g2root'), edition: 'test', certificates: issuers.map((one) => pki.der(one)), evidence: noEvidence, incident: () => undefined });
  const results = [];
  for (const mostInMemory of [1_000_000, 10]) {
    const { store, desk } = openDesk(pki, {
      scratch,
      mostInMemory,
      look: async (source, question) => {
        if (source.kind === 'path') modes.push(statSync(source.path).mode & 0o777, statSync(scratch).mode & 0o777);
        return { ...(await threads.verify(source, question)), online: true };
      },
    });
    results.push((await known(desk, await arrived(store, honest))).files[0]?.result?.verdict);
    await desk.stop();
  }
  expect(results[0]).toEqual(results[1]);
  expect(results[0]?.signatures).toHaveLength(1);
  expect(modes).toEqual([0o600, 0o700]);
  expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
  await threads.stop();
});

test('when somebody new is believed, what could not be decided is looked at again; with a recalled document its verdicts go', async () => {
  const { store, desk } = openDesk(pki, { look: async (source, question, mayAsk) => ({ ...(await lookHere(pki, source, question, mayAsk)), online: mayAsk }) });
  const stranger = await arrived(store, signedWith(pki, { signer: 'forged' }));
  await known(desk, stranger, ({ files }) => files[0]?.result?.online === true);
  expect(store.write((db) => renewUndecided(db, '2026-11-22T03:00:00.000Z'))).toBe(1);
  const before = all(store.read, sql`SELECT 1 FROM file_verdict`).length;
  await known(desk, stranger);
  expect(all(store.read, sql`SELECT 1 FROM file_verdict`)).toHaveLength(before + 1);
  store.write((db) => run(db, sql`UPDATE incoming_file SET destroyed_at = '2026-11-22T03:00:00.000Z' WHERE document = ${stranger}`));
  for (const left of [sql`SELECT 1 FROM file_verdict`, sql`SELECT 1 FROM verification`, sql`SELECT 1 FROM verdict_material`]) expect(all(store.read, left)).toEqual([]);
  expect(value(await desk.handlers.ofDocument({ document: stranger }))).toMatchObject({ files: [], decision: null });
  await desk.stop();
});
