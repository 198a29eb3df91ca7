import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../electron/foundation/clock.ts';
import type { HandoverDeps } from '../../../electron/services/handover/ports.ts';
import { takeIn } from '../../../electron/services/handover/receiving/take-in.ts';
import { handoverRuns } from '../../../electron/services/handover/runs.ts';
import { checkPackage } from '../../../electron/services/packages/index.ts';
import { all, one, openStore, run, sql } from '../../../electron/store/index.ts';
import { batchFields, concluded, packagedBatch, takenIn } from '../../fakes/handover/hand-over.ts';
import { giver, openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { laidThere, submittedFields } from '../../fakes/handover/submitted.ts';
import { closedDossier, makeYear } from '../../fakes/handover/year.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let root: string;
let from: Profile;
let to: Profile;

beforeEach(async () => {
  root = scratchFolder();
  from = await openProfile(join(root, 'giver'), giver);
  to = await openProfile(join(root, 'taker'), taker);
});
afterEach(async () => {
  await from.core.close();
  await to.core.close();
});

async function handed(dossiers: readonly string[], output: 'zip' | 'folder' = 'zip'): Promise<{ readonly folder: string; readonly id: string }> {
  const folder = join(root, 'packages');
  const batch = await packagedBatch(from, dossiers, folder, output);
  await from.must('handover', 'hand', { id: batch.id, version: batch.version, day: '2026-11-22' });
  return { folder, id: batch.id };
}

test('one flipped byte: the package is refused with the reason, the file is named, and its dossier may be handed over again', async () => {
  const year = await makeYear(from, { documents: 9, dossiers: 3 });
  const { folder, id } = await handed(year.dossiers, 'folder');
  const [spoilt = ''] = readdirSync(folder);
  const data = join(folder, spoilt, 'representations/rep1/data');
  const [name = ''] = readdirSync(data).filter((one) => one.endsWith('.pdf'));
  const bytes = readFileSync(join(data, name));
  // A letter of the text: the file stays a PDF.
  const at = bytes.indexOf('nam 2025');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(data, name), bytes);
  const receipt = await takenIn(to, folder, 3);
  expect(receipt).toMatchObject({ packages: 3, passed: 2, failed: 1 });
  const packages = await to.must('handover', 'packages', { receipt: receipt.id, after: 0, limit: 10 });
  const bad = packages.find((one) => !one.passed);
  expect(bad).toMatchObject({ name: spoilt, integrity: 'failed', authenticity: 'passed' });
  const files = await to.must('handover', 'files', { package: bad?.id ?? '', after: '', limit: 1000 });
  expect(files.filter(({ passed }) => !passed).map(({ path, integrity }) => [path, integrity])).toEqual([[`representations/rep1/data/${name}`, 'failed']]);
  expect(await to.refusal('handover', 'decide', { id: receipt.id, version: receipt.version, packages: [bad?.id ?? ''], decision: 'accepted', reason: '' })).toBe('not-acceptable');
  expect(await to.refusal('handover', 'conclude', { id: receipt.id, version: receipt.version, number: '', archive: false })).toBe('packages-undecided');
  const { receipt: done, minutes } = await concluded(to, receipt);
  expect(done.totals).toMatchObject({ accepted: 2, refused: 1 });
  const answered = await from.must('handover', 'importMinutes', { file: await from.store('b.json', 'application/json', minutes) });
  expect(answered).toMatchObject({ state: 'partly-refused', totals: { accepted: 2, refused: 1 } });
  const items = await from.must('handover', 'items', { batch: id, after: 0, limit: 10 });
  const refused = items.find(({ answer }) => answer === 'refused');
  expect(refused?.answerReason).toMatch(/SHA-256|mã kiểm tra|không khớp|khác/i);
  const waiting = await from.must('handover', 'candidates', { retention: null, catalog: null, after: null, limit: 10 });
  expect(waiting.map((dossier) => dossier.id)).toEqual([refused?.dossier]);
  expect(await from.refusal('handover', 'importMinutes', { file: await from.store('b.json', 'application/json', minutes) })).toBe('batch-step');
});

test('taken in twice, nothing is doubled: the second time every package is known, and refused', async () => {
  const year = await makeYear(from, { documents: 6, dossiers: 2 });
  const { folder } = await handed(year.dossiers);
  await concluded(to, await takenIn(to, folder, 2));
  const before = await to.must('dossiers', 'list', { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 });
  const again = await takenIn(to, folder, 2);
  expect(again).toMatchObject({ packages: 2, passed: 2, duplicates: 2 });
  const packages = await to.must('handover', 'packages', { receipt: again.id, after: 0, limit: 10 });
  expect(packages.map(({ duplicate, reasons }) => [duplicate, reasons[0]?.code])).toEqual([['held', 'held-content'], ['held', 'held-content']]);
  expect(await to.refusal('handover', 'decide', { id: again.id, version: again.version, packages: packages.map(({ id }) => id), decision: 'accepted', reason: '' })).toBe('not-acceptable');
  const { receipt } = await concluded(to, again, '02/BB');
  expect(receipt.totals).toMatchObject({ accepted: 0, refused: 2 });
  const after = await to.must('dossiers', 'list', { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 });
  expect(after.items.length).toBe(before.items.length);
  // The same folder once more in one receipt: what was checked is not checked again; a copy under another name is refused as such.
  const twice = join(root, 'copies');
  mkdirSync(twice);
  const [zip = ''] = readdirSync(folder);
  cpSync(join(folder, zip), join(twice, `0${zip}`));
  const third = await takenIn(to, folder, 2);
  const more = await to.core.handover.takeFrom(third.id, [folder, twice]);
  expect(more).toMatchObject({ ok: true, value: { packages: 3, duplicates: 3 } });
  expect((await to.must('handover', 'packages', { receipt: third.id, after: 2, limit: 10 })).map(({ duplicate }) => duplicate)).toEqual(['same-receipt']);
});

test('cancelled in the middle, packaging goes on where it was; a package that was whole before its note is believed after a look', async () => {
  const year = await makeYear(from, { documents: 12, dossiers: 4 });
  const folder = join(root, 'packages');
  const made = await from.must('handover', 'make', { fields: batchFields, dossiers: [...year.dossiers] });
  const { batch, remarks } = await from.must('handover', 'check', { id: made.id, version: made.version });
  const seen = remarks.map(({ key }) => key);
  expect(await from.core.handover.packageTo({ id: batch.id, version: batch.version, seen: [], folder, output: 'zip' })).toMatchObject({ ok: false, failure: { code: 'handover-remarks-unseen' } });
  const stop = new AbortController();
  const order = { id: batch.id, version: batch.version, seen, folder, output: 'zip' } as const;
  const first = from.core.handover.packageTo(order, stop.signal);
  while (!(await from.must('handover', 'items', { batch: batch.id, after: 0, limit: 10 })).some(({ builtAt }) => builtAt !== null)) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  expect(await first).toMatchObject({ ok: false, failure: { code: 'packages-cancelled' } });
  const half = await from.must('handover', 'batch', { id: batch.id });
  expect(half.state).toBe('packaging');
  expect(half.built).toBeLessThan(4);
  expect(await from.refusal('dossiers', 'reopen', { id: year.dossiers[0] ?? '', version: (await from.must('dossiers', 'get', { id: year.dossiers[0] ?? '' })).version, reason: 'x' })).toBe('dossier-handed-over');
  const whole = await from.core.handover.packageTo(order);
  expect(whole).toMatchObject({ ok: true, value: { state: 'packaged', built: 4 } });
  const items = await from.must('handover', 'items', { batch: batch.id, after: 0, limit: 10 });

  // A kill after the last rename and before the note of it: the note is taken away, as if it had never been written.
  await from.core.close();
  const opened = openStore({ folder: from.folder, key: Buffer.from(from.key), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    run(db, sql`DROP TRIGGER handover_step`);
    run(db, sql`UPDATE handover_item SET built_at = NULL, mets_digest = '', files = 0, bytes = 0 WHERE ordinal = 2`);
    run(db, sql`UPDATE handover_batch SET state = 'packaging', packaged_at = NULL`);
  });
  opened.value.close();
  from = await openProfile(from.folder, giver, { key: from.key });
  const now = await from.must('handover', 'batch', { id: batch.id });
  expect(await from.core.handover.packageTo({ ...order, version: now.version })).toMatchObject({ ok: true, value: { state: 'packaged', built: 4 } });
  expect((await from.must('handover', 'items', { batch: batch.id, after: 0, limit: 10 })).map(({ sha256, files, bytes }) => [sha256, files, bytes])).toEqual(items.map(({ sha256, files, bytes }) => [sha256, files, bytes]));
});

test('a package that was changed after its check is not taken over, one that is gone is told; put back, the receipt goes on', async () => {
  const year = await makeYear(from, { documents: 6, dossiers: 2 });
  const { folder } = await handed(year.dossiers);
  const receipt = await takenIn(to, folder, 2);
  const decided = await to.must('handover', 'decide', { id: receipt.id, version: receipt.version, packages: null, decision: null, reason: '' });
  const [first = '', second = ''] = readdirSync(folder).toSorted();
  const bytes = readFileSync(join(folder, second));
  rmSync(join(folder, second));
  expect(await to.refusal('handover', 'conclude', { id: decided.id, version: decided.version, number: '', archive: false })).toBe('package-gone');
  cpSync(join(folder, first), join(folder, second));
  const half = await to.must('handover', 'receipt', { id: decided.id });
  expect(half).toMatchObject({ state: 'open', acceptedEver: 1 });
  expect(await to.refusal('handover', 'conclude', { id: half.id, version: half.version, number: '', archive: false })).toBe('package-changed');
  writeFileSync(join(folder, second), bytes);
  const again = await to.must('handover', 'receipt', { id: half.id });
  expect(again).toMatchObject({ state: 'open', held: 1, archived: 0 });
  const done = await to.must('handover', 'conclude', { id: again.id, version: again.version, number: '9', archive: false });
  expect(done).toMatchObject({ state: 'concluded', acceptedEver: 2, minutesNumber: '9' });
  expect(await to.refusal('handover', 'decide', { id: done.id, version: done.version, packages: null, decision: null, reason: '' })).toBe('receipt-step');
});

test('what stops a batch is said before: open dossier, damaged bytes; and a batch makes no illegal step', async () => {
  const year = await makeYear(from, { documents: 4, dossiers: 2 });
  const empty = await closedDossier(from, { number: 9, title: 'Hồ sơ rỗng', year: 2025, years: 10, refs: [] });
  const made = await from.must('handover', 'make', { fields: batchFields, dossiers: [...year.dossiers, empty] });
  expect(await from.refusal('handover', 'make', { fields: batchFields, dossiers: [empty] })).toBe('dossier-taken');
  expect(await from.must('handover', 'batches', { before: null, limit: 10 })).toHaveLength(1);
  expect(await from.refusal('handover', 'package', { id: made.id, version: made.version, seen: [], output: 'zip', drive: null })).toBe('batch-step');
  expect(await from.refusal('handover', 'hand', { id: made.id, version: made.version, day: '2026-11-22' })).toBe('batch-step');
  const [file] = (await from.must('dossiers', 'members', { dossier: year.dossiers[0] ?? '', after: 0, limit: 1 })).items.flatMap(({ files }) => files);
  const sha256 = file?.sha256 ?? '';
  const blob = readdirSync(from.folder, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(sha256.slice(4)) || path.endsWith(sha256)) ?? '';
  rmSync(join(from.folder, blob));
  const saved = await from.must('handover', 'save', { id: made.id, version: made.version, fields: { ...batchFields, agreement: '' } });
  const { batch, remarks } = await from.must('handover', 'check', { id: saved.id, version: saved.version });
  expect(batch.state).toBe('draft');
  expect(remarks.filter(({ stops }) => stops).map(({ code, dossier }) => [code, dossier])).toEqual([['agreement-missing', null], ['bytes-missing', year.dossiers[0]], ['empty', empty]]);
  expect(await from.refusal('handover', 'removeDossiers', { id: batch.id, version: batch.version - 1, dossiers: [empty] })).toBe('batch-changed');
  const cancelled = await from.must('handover', 'cancel', { id: batch.id, version: batch.version, reason: 'Lập lại' });
  expect(cancelled).toMatchObject({ state: 'cancelled', may: [] });
  expect(await from.must('handover', 'candidates', { retention: null, catalog: null, after: null, limit: 10 })).toHaveLength(3);
});

test('minutes that were changed, or speak of other packages, are not believed', async () => {
  const year = await makeYear(from, { documents: 4, dossiers: 2 });
  const { folder } = await handed(year.dossiers);
  const { minutes } = await concluded(to, await takenIn(to, folder, 2));
  type Value = { packages: { metsSha256: string; bytes: number }[]; totals: { bytes: number } };
  const changed = async (change: (value: Value) => void): Promise<string | undefined> => {
    const value = JSON.parse(minutes.toString()) as Value;
    change(value);
    return from.refusal('handover', 'importMinutes', { file: await from.store('x.json', 'application/json', Buffer.from(JSON.stringify(value))) });
  };
  expect(await changed((value) => { value.totals.bytes += 1; })).toBe('minutes-unreadable');
  expect(await changed((value) => { if (value.packages[0] !== undefined) value.packages[0].metsSha256 = 'a'.repeat(64); })).toBe('minutes-differ');
  expect(await changed((value) => { value.packages.pop(); })).toBe('minutes-unreadable');
  expect(await from.refusal('handover', 'importMinutes', { file: await from.store('x.json', 'application/json', Buffer.from('{')) })).toBe('minutes-unreadable');
  const other = JSON.parse(minutes.toString()) as { packages: { objectId: string }[] };
  for (const each of other.packages) each.objectId = `uuid-other-${each.objectId}`;
  expect(await from.refusal('handover', 'importMinutes', { file: await from.store('y.json', 'application/json', Buffer.from(JSON.stringify(other))) })).toBe('minutes-other');
});

test('a station that is closed while it takes over leaves whole packages only, and goes on when it is opened', async () => {
  const year = await makeYear(from, { documents: 8, dossiers: 2 });
  const { folder } = await handed(year.dossiers);
  const receipt = await takenIn(to, folder, 2);
  const decided = await to.must('handover', 'decide', { id: receipt.id, version: receipt.version, packages: null, decision: null, reason: '' });
  const running = to.must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1', archive: false }).then(() => 'done', () => 'ended');
  while ((await to.must('handover', 'receipt', { id: receipt.id })).acceptedEver === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await to.core.close();
  await running;
  const opened = openStore({ folder: to.folder, key: Buffer.from(to.key), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const db = opened.value.read;
  expect(one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM dossier`)?.n).toBe(one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM received_package WHERE dossier IS NOT NULL`)?.n);
  expect(all(db, sql`SELECT 1 FROM received_file AS f JOIN received_package AS p ON p.id = f.package WHERE (f.sha256 IS NULL) <> (p.dossier IS NULL)`)).toEqual([]);
  opened.value.close();
  to = await openProfile(to.folder, taker, { key: to.key });
  const now = await to.must('handover', 'receipt', { id: receipt.id });
  const done = now.state === 'concluded' ? now : await to.must('handover', 'conclude', { id: now.id, version: now.version, number: '1', archive: false });
  expect(done).toMatchObject({ state: 'concluded', acceptedEver: 2 });
});

test('a package whose check crashes is named, and keeps no other from being looked at', async () => {
  const folder = join(root, 'brought');
  mkdirSync(folder);
  for (const ordinal of [1, 2, 3]) await laidThere(folder, ordinal, { documents: 1, bytes: 100 });
  const receipt = await to.must('handover', 'startReceipt', { fields: submittedFields });
  await to.core.close();
  const opened = openStore({ folder: to.folder, key: Buffer.from(to.key), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const [first = ''] = readdirSync(folder).toSorted();
  const check: HandoverDeps['check'] = async (path) => (path.endsWith(first) ? { ok: false, failure: { code: 'check-crashed', detail: 'out of memory' } } : { ok: true, value: await checkPackage(path) });
  // Of all that a hand-over has, taking in asks for this alone.
  const deps = { store: opened.value, clock: systemClock, place: null, check, running: () => undefined, incident: (error: unknown) => String(error) } as unknown as HandoverDeps;
  const taken = await takeIn(deps, handoverRuns(deps), receipt.id, [folder]);
  expect(taken).toMatchObject({ ok: false, failure: { code: 'handover-thread', params: { detail: `${first}: out of memory` } } });
  opened.value.close();
  to = await openProfile(to.folder, taker, { key: to.key });
  expect(await to.must('handover', 'receipt', { id: receipt.id })).toMatchObject({ packages: 2, passed: 2 });
  // Once its check holds out it comes in as the others.
  expect(await to.core.handover.takeFrom(receipt.id, [folder])).toMatchObject({ ok: true, value: { packages: 3 } });
});
