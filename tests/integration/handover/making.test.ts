import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MadeForm, type PackageOrder } from '#contract';
import { giver, openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { batchFields, concluded, packagedBatch, takenIn } from '../../fakes/handover/hand-over.ts';
import { makeYear } from '../../fakes/handover/year.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let root: string;
let place: string;
let plugged: string;
let profile: Profile;
let dossiers: readonly string[];
let outgoing: readonly string[];
let incoming: readonly string[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tvt-making-'));
  place = join(root, 'place');
  plugged = join(root, 'plugged');
  mkdirSync(plugged);
  profile = await openProfile(join(root, 'giver'), giver, { place, drives: [plugged] });
  ({ dossiers } = await makeYear(profile, { documents: 12, dossiers: 3 }));
  const { items } = await profile.must('dossiers', 'members', { dossier: dossiers[0] ?? '', after: 0, limit: 10 });
  outgoing = items.filter(({ kind }) => kind === 'outgoing').map(({ document }) => document ?? '');
  incoming = items.filter(({ kind }) => kind === 'incoming').map(({ document }) => document ?? '');
});
afterAll(async () => {
  await profile.core.close();
  rmSync(root, { recursive: true, force: true });
});

function order(form: MadeForm, more: Partial<PackageOrder> = {}): PackageOrder {
  const loose = form === 'SIP_tailieu' || form === 'AIP_tailieu';
  return {
    form,
    dossiers: loose ? [] : [...dossiers.slice(0, 2)],
    documents: loose ? outgoing.map((id) => ({ kind: 'outgoing' as const, id })) : [],
    agreement: '01.BN.1.2026',
    archive: { name: taker.name, code: taker.organId },
    collection: { title: 'Văn bản đi năm 2025', turn: 1, number: 3, maintenance: '06', description: '' },
    request: { id: 'YC-01', day: '2026-11-20', purpose: '02', content: 'Tra cứu', payer: '', topic: '', description: '' },
    ...more,
  };
}

describe.each(MadeForm.options)('%s made by hand', (form) => {
  const packages = form === 'SIP_tailieu' || form === 'AIP_tailieu' || form === 'DIP' ? 1 : 2;

  test('is made where nothing stands against it, and passes the validator when it is written and when it is looked at again', async () => {
    const look = await profile.must('packages', 'look', order(form));
    expect(look.remarks.filter(({ stops }) => stops)).toEqual([]);
    expect(look.packages).toHaveLength(packages);
    const made = await profile.must('packages', 'make', { order: order(form), output: 'zip', drive: null });
    const verdict = await profile.must('packages', 'judge', { path: made[0]?.path ?? '' });
    expect(verdict.remarks.filter(({ level }) => level === 'must')).toEqual([]);
    expect(made.map(({ fit, broken }) => [fit, broken.must])).toEqual(made.map(() => [true, 0]));
    expect(made.reduce((sum, { documents }) => sum + documents, 0)).toBe(look.packages.reduce((sum, { documents }) => sum + documents, 0));
    expect(verdict).toMatchObject({ fit: true, failed: 0, objectId: form === 'BagIt' ? '' : made[0]?.objectId });
  }, 60_000);
});

test('what stands against an order is told with its place, and is gone when it is mended', async () => {
  const opened = await profile.must('dossiers', 'reopen', { id: dossiers[2] ?? '', version: (await profile.must('dossiers', 'get', { id: dossiers[2] ?? '' })).version, reason: 'Thêm văn bản' });
  const wanted = order('SIP_hoso', { agreement: '', dossiers: [opened.id] });
  const codes = async (asked: PackageOrder): Promise<readonly string[]> => (await profile.must('packages', 'look', asked)).remarks.filter(({ stops }) => stops).map(({ code }) => code);
  expect(await codes(wanted)).toEqual(expect.arrayContaining(['agreement-missing', 'not-closed']));
  expect(await profile.refusal('packages', 'make', { order: wanted, output: 'zip', drive: null })).toBe('packages-remarks-stop');
  const remarks = await profile.must('dossiers', 'check', { id: opened.id, endDate: '2025-12-31' });
  await profile.must('dossiers', 'close', { id: opened.id, version: opened.version, endDate: '2025-12-31', seen: remarks.map(({ key }) => key) });
  expect(await codes({ ...wanted, agreement: '01.BN.1.2026' })).toEqual([]);
  expect(await codes(order('AIP_hoso', { archive: { name: '', code: '' } }))).toEqual(expect.arrayContaining(['content']));
  const both = [...outgoing.map((id) => ({ kind: 'outgoing' as const, id })), ...incoming.map((id) => ({ kind: 'incoming' as const, id }))];
  expect(await codes(order('SIP_tailieu', { documents: both }))).toEqual(['both-registers']);
  expect(await profile.refusal('packages', 'make', { order: order('SIP_hoso', { dossiers: [] }), output: 'zip', drive: null })).toBe('packages-nothing');
});

test('nothing outside of the folders of packages is judged, and what is laid in is a ZIP that writes over nothing', async () => {
  expect(await profile.refusal('packages', 'judge', { path: '../giver/station.db' })).toBe('package-gone');
  const [made] = readdirSync(join(place, 'goi-tin')).filter((name) => name.endsWith('.zip'));
  const bytes = readFileSync(join(place, 'goi-tin', made ?? ''));
  const file = await profile.store('../../goi.zip', 'application/zip', bytes);
  const laid = await profile.must('packages', 'layIn', { file });
  expect(laid).toMatchObject({ path: 'tiep-nhan/goi.zip', in: 'arrived', bytes: bytes.length });
  expect(await profile.refusal('packages', 'layIn', { file })).toBe('package-there');
  expect(await profile.refusal('packages', 'layIn', { file: await profile.store('a.zip', 'application/zip', Buffer.from('no')) })).toBe('package-no-zip');
  expect(existsSync(join(place, 'tiep-nhan/a.zip'))).toBe(false);
});

test('packages go onto a drive that is plugged in and are taken from it; a drive that is not there is no place', async () => {
  const drive = join(root, 'usb');
  mkdirSync(drive);
  const archive = await openProfile(join(root, 'archive-usb'), taker, { drives: [drive] });
  try {
    expect(await profile.refusal('packages', 'make', { order: order('BagIt'), output: 'zip', drive: join(root, 'elsewhere') })).toBe('packages-target-gone');
    const [made] = await profile.must('packages', 'make', { order: order('AIP_hoso', { dossiers: [dossiers[0] ?? ''] }), output: 'zip', drive: plugged });
    expect(made).toMatchObject({ fit: true, folder: join(plugged, 'goi-tin') });
    expect(await profile.must('packages', 'judge', { path: made?.path ?? '' })).toMatchObject({ fit: true });
    cpSync(join(plugged, 'goi-tin'), join(drive, 'nop-luu-1-usb'), { recursive: true });
    const { archive: _, ...frame } = batchFields;
    const receipt = await archive.must('handover', 'startReceipt', { fields: { ...frame, sender: { name: giver.name, code: taker.organId }, registered: 1 } });
    expect(await archive.refusal('handover', 'takeIn', { id: receipt.id, drive: plugged })).toBe('handover-place-gone');
    expect(await archive.must('handover', 'takeIn', { id: receipt.id, drive })).toMatchObject({ packages: 1, passed: 1 });
  } finally {
    await archive.core.close();
  }
});

test('a making that is killed leaves nothing that looks like a package, and the next one clears it', async () => {
  const left = join(place, 'goi-tin', 'uuid-KILLED.zip.unfinished');
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'journal.jsonl'), '{}\n');
  expect((await profile.must('packages', 'lying', {})).packages.some(({ name }) => name.includes('KILLED'))).toBe(false);
  await profile.must('packages', 'make', { order: order('BagIt'), output: 'folder', drive: null });
  expect(existsSync(left)).toBe(false);
});

test('a whole batch brought as one folder is taken in, and both minutes lie beside each other until somebody changes one', async () => {
  const other = scratchFolder();
  const archive = await openProfile(join(other, 'archive'), taker, { place: join(other, 'place') });
  try {
    const batch = await packagedBatch(profile, dossiers, join(other, 'batch'));
    await profile.must('handover', 'hand', { id: batch.id, version: batch.version, day: '2026-11-22' });
    cpSync(join(other, 'batch'), join(other, 'place/tiep-nhan/nop-luu-1'), { recursive: true });
    expect((await archive.must('packages', 'lying', {})).packages.map((one) => one.in)).toEqual(dossiers.map(() => 'arrived'));
    const receipt = await takenIn(archive, join(other, 'place/tiep-nhan'), dossiers.length);
    expect(receipt).toMatchObject({ packages: dossiers.length, passed: dossiers.length });
    const given = await profile.file((await profile.must('handover', 'makeMinutes', { id: batch.id, format: 'json' })).id);
    const before = await archive.must('handover', 'compareMinutes', { side: 'receiving', id: receipt.id, file: await archive.store('g.json', 'application/json', given) });
    expect(before.differences.map(({ what }) => what)).toEqual(dossiers.map(() => 'undecided'));
    // A second receipt finds nothing new where the first one's packages still lie, and what comes later it does.
    const second = await archive.must('handover', 'startReceipt', { fields: receipt.fields });
    expect((await archive.must('packages', 'lying', {})).packages.every(({ taken }) => taken)).toBe(true);
    expect(await archive.must('handover', 'takeIn', { id: second.id, drive: null })).toMatchObject({ packages: 0 });
    const { minutes } = await concluded(archive, receipt);
    const file = await profile.store('r.json', 'application/json', minutes);
    expect(await profile.must('handover', 'compareMinutes', { side: 'giving', id: batch.id, file })).toMatchObject({ differences: [], refused: [], theirs: { totals: { accepted: dossiers.length } } });
    const altered = minutes.toString('utf8').replace(/"metsSha256":"(.)/, (_, first: string) => `"metsSha256":"${first === 'a' ? 'b' : 'a'}`);
    const changed = await profile.store('r2.json', 'application/json', Buffer.from(altered));
    const differing = await profile.must('handover', 'compareMinutes', { side: 'giving', id: batch.id, file: changed });
    expect(differing.differences).toMatchObject([{ what: 'digest', stops: true }]);
    expect(await profile.refusal('handover', 'importMinutes', { file: changed })).toBe('minutes-differ');
    expect(await profile.refusal('handover', 'compareMinutes', { side: 'giving', id: batch.id, file: await profile.store('g.json', 'application/json', given) })).toBe('minutes-unreadable');
  } finally {
    await archive.core.close();
  }
});
