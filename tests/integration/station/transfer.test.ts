import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { IncomingDetail, SearchHit } from '#contract';
import type { Clock } from '../../../electron/foundation/clock.ts';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { openManifest } from '../../../electron/services/transfer/index.ts';
import { saveAxis } from '../../../electron/services/settings/index.ts';
import { openStore } from '../../../electron/store/index.ts';
import { recipient, threeAgencies, type Station } from '../../fakes/station/agencies.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { question } from '../../fakes/search/service.ts';
import { exportOf, importInto, newProfile, tree, withProfile, type Profile } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

async function firstIncoming(station: Station, number: string): Promise<IncomingDetail> {
  const { items } = await station.must('records', 'incomingList', { state: null, before: null, limit: 50 });
  return station.must('records', 'incomingGet', { id: items.find((one) => one.codeNumber === number)?.id ?? '' });
}

/** What came over the axis and was worked on, with all that only another agency brings about. */
async function livedIn(ministry: Station, ward: Station, settle: () => Promise<void>): Promise<void> {
  const sent: Record<string, string> = {};
  for (const number of ['1', '2', '3', '4']) {
    sent[number] = (await ministry.issue(number)).id;
    await ministry.must('exchange', 'sendDocument', { document: sent[number], recipients: [recipient(ward)] });
  }
  await settle();
  for (const number of ['1', '2', '3']) await ward.must('records', 'registerIncoming', { id: (await firstIncoming(ward, number)).id });
  const one = await firstIncoming(ward, '1');
  await ward.must('handling', 'placeStamp', { file: one.files[0]?.id ?? '', x: 31.25, y: 7 });
  await ward.must('handling', 'saveSettings', { soonDays: 3, paperDirections: true, rules: [{ typeName: 'Công văn', urgency: null, issuer: '', workingDays: 5, note: 'Quy chế' }] });
  await ward.must('handling', 'direct', {
    id: one.id, text: 'Tham mưu trả lời', leader: null, leaderName: 'Chủ tịch', delegatedAs: '', givenOn: '2026-11-20', fromPaper: true, deadline: '2026-12-01',
    assignees: [{ part: 'lead', unit: null, unitName: 'Văn phòng', person: null, personName: '', deadline: '2026-11-30' }], withdraw: false, reason: '',
  });
  const answer = await ward.issue('7', { repliesTo: one.id });
  await ward.must('handling', 'finish', { id: one.id, result: 'answered', answer: answer.id, note: '' });
  // A deadline that is set when the work is over leaves the work's own day alone.
  await ward.must('exchange', 'sendDocument', { document: answer.id, recipients: [recipient(ministry)] });
  await settle();
  await ministry.must('records', 'registerIncoming', { id: (await firstIncoming(ministry, '7')).id });
  await ministry.must('exchange', 'recallDocument', { document: sent['3'] ?? '', form: 'status', recipients: null, reason: 'Sai' });
  await ministry.must('exchange', 'updateDocument', { document: sent['2'] ?? '', changes: { subject: 'V/v đã sửa' }, files: null, reason: 'Sửa' });
  await settle();
  for (const request of (await firstIncoming(ward, '3')).changeRequests) await ward.must('records', 'decideChange', { request: request.id, agree: true, reason: '' });
  await settle();
  await ward.must('exchange', 'makeEvidence', { document: answer.id });
  const unit = await ward.must('people', 'saveUnit', { id: null, name: 'Phòng Nội vụ', abbreviation: 'NV', headPosition: '', validFrom: '2025-01-01', since: null });
  await ward.must('people', 'saveUnit', { id: unit.id, name: 'Phòng Văn hóa', abbreviation: 'VH', headPosition: '', validFrom: '2025-01-01', since: '2026-07-01' });
}

/** A profile that is connected as a station is, after its secret was entered again. */
async function connected(profile: Profile, as: Station, axis: { readonly systemId: string; readonly endpoint: string }, clock: Clock): Promise<Core> {
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const { systemId, endpoint } = axis;
    saveAxis(db, { systemId, endpoint, plainHttpHosts: ['127.0.0.1'], pollSeconds: 300, secret: as.secret }, clock.now().toISOString());
  });
  opened.value.close();
  return startCore({ ...quietCore(profile), clock });
}

test('a station with all that the exchange brings comes out of an empty one as it went in, and goes on: nothing is sent twice, numbers go on, texts are found', async () => {
  let now = new Date('2026-11-22T01:00:00.000Z');
  const clock = { now: () => now };
  const office = await threeAgencies({ clock });
  const [ministry, ward] = office.stations;
  try {
    await livedIn(ministry, ward, office.settle);
    // What waits in the outbox at the moment of the export leaves afterwards from the old station.
    await office.axis.deliver(documentMessage({ number: '55' }));
    office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '99', errorDesc: 'bận', times: 1 });
    await ward.sync();
    const late = await ward.issue('8');
    await ward.must('exchange', 'sendDocument', { document: late.id, recipients: [recipient(ministry)] });
    const exported = await exportOf(ward.core);
    expect(exported.unreadable).toBe(0);
    const manifest = openManifest(exported.folder);
    if (!manifest.ok) throw new Error(manifest.failure.code);
    const { counts } = manifest.value.head;
    for (const kind of ['axis-calls', 'arrival-marks', 'deadline-rules', 'recipient-statuses', 'unit-names', 'change-requests', 'outgoing-answers', 'evidence-files', 'assignments']) {
      expect(counts[kind], kind).toBeGreaterThan(0);
    }
    const { axis } = await ward.must('station', 'settings', {});
    const before = await ward.must('exchange', 'outbox', {});
    expect(before.filter(({ state }) => state !== 'delivered').length).toBeGreaterThan(1);
    const left = office.axis.inspect().sent.length;
    now = new Date('2026-11-22T02:00:00.000Z');
    await ward.sync();
    await ward.core.close();
    expect(office.axis.inspect().sent).toHaveLength(left + 2);

    const filled = newProfile();
    const imported = await withProfile(filled, (core) => importInto(core, exported.folder));
    expect(imported).toMatchObject({ ok: true, value: { written: true } });
    const again = await withProfile(filled, (core) => exportOf(core));
    expect(tree(again.folder)).toEqual(tree(exported.folder));
    expect(again.manifestSha256).toBe(exported.manifestSha256);

    now = new Date('2026-11-22T03:00:00.000Z');
    const core = await connected(filled, ward, axis, clock);
    try {
      const must = async (domain: string, method: string, input: unknown): Promise<unknown> => {
        const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
        if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
        return outcome.value;
      };
      await must('exchange', 'receiveNow', {});
      await must('exchange', 'receiveNow', {});
      expect(office.axis.inspect().sent).toHaveLength(left + 2);
      const rows = (await must('exchange', 'outbox', {})) as { state: string }[];
      expect(rows.length).toBe(before.length);
      expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'delivered'));

      const list = (await must('records', 'incomingList', { state: 'arrived', before: null, limit: 50 })) as { items: { id: string; codeNumber: string }[] };
      const next = list.items.find(({ codeNumber }) => codeNumber === '55');
      expect(await must('records', 'registerIncoming', { id: next?.id })).toMatchObject({ arrivalNumber: 4 });
      const found = (await must('search', 'find', { question: question('kiem thu so 1'), after: null, limit: 5 })) as { items: SearchHit[] };
      expect(found.items.map(({ register }) => register)).toContain('incoming');
      expect(await must('audit', 'verify', {})).toMatchObject({ brokenAt: null });
      const { series } = (await must('numbers', 'check', { year: null })) as { series: { problems: unknown[] }[] };
      expect(series.length).toBeGreaterThan(0);
      expect(series.flatMap(({ problems }) => problems)).toEqual([]);
    } finally {
      await core.close();
    }
    await ward.restart();
  } finally {
    await office.close();
  }
});

/** A closed profile with so many documents of ours, each with a file. */
async function withDocuments(count: number, bytes = 2000): Promise<{ readonly profile: Profile; readonly core: Core; readonly record: (n: number, content?: Uint8Array) => Promise<string> }> {
  const profile = newProfile();
  const core = await startCore(quietCore(profile));
  await core.dispatcher.answer('station', 'saveStation', { organId: 'H29.99', name: 'UBND phường', operator: 'Văn Thư' }, 'host');
  const record = async (n: number, content: Uint8Array = randomBytes(bytes)): Promise<string> => {
    const stored = await core.storeFile(
      (async function* () {
        yield await Promise.resolve(content);
      })(),
    );
    const outcome = await core.dispatcher.answer('records', 'recordOutgoing', {
      codeNumber: String(n), codeNotation: 'VP', issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject: `V/v số ${String(n)}`, urgency: 0, dueDate: null, signerName: 'A',
      signerPosition: '', signerCompetence: '', toPlaces: [], pageAmount: null, paper: false, files: [{ name: `${String(n)}.pdf`, mediaType: 'application/pdf', ...stored }], repliesTo: null,
    }, 'own-window');
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    return stored.sha256;
  };
  for (let n = 1; n <= count; n += 1) await record(n);
  return { profile, core, record };
}

test('an export is of one moment although the station works on, does not hold it up, and a second one at a time is refused', async () => {
  const { core, record } = await withDocuments(30);
  try {
    const folder = join(scratchFolder(), 'bản xuất');
    const running = core.transfer.exportTo(folder);
    expect(await core.transfer.exportTo(`${folder}-2`)).toMatchObject({ failure: { code: 'export-running' } });
    await record(31);
    const done = await running;
    expect(done).toMatchObject({ ok: true, value: { files: 30, unreadable: 0 } });
    const lines = readFileSync(join(folder, 'documents/outgoing-documents.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(30);
    expect(await exportOf(core)).toMatchObject({ files: 31 });
  } finally {
    await core.close();
  }
});

test('an export that is given up leaves nothing but its trace', async () => {
  const { core } = await withDocuments(12, 300_000);
  try {
    const place = scratchFolder();
    const giveUp = new AbortController();
    const running = core.transfer.exportTo(join(place, 'x'), giveUp.signal);
    while (!existsSync(join(place, 'x.unfinished/files'))) await pause(1);
    giveUp.abort();
    expect(await running).toMatchObject({ failure: { code: 'export-cancelled' } });
    expect(readdirSync(place)).toEqual([]);
    expect(await core.dispatcher.answer('transfer', 'state', {}, 'host')).toMatchObject({ value: { running: null, last: { end: 'export-cancelled' } } });
    expect(await core.transfer.exportTo(join(place, 'x'))).toMatchObject({ ok: true });
    expect(await core.transfer.exportTo(join(place, 'x'))).toMatchObject({ failure: { code: 'place-taken' } });
  } finally {
    await core.close();
  }
});

test('a stored file that is damaged or missing does not lock the office in: it is named, and the rest goes out and comes in', async () => {
  const { profile, core, record } = await withDocuments(3);
  const [damaged, missing, unreadable] = [await record(4), await record(5), await record(6)];
  const blobAt = (sha256: string): string => join(profile.folder, 'blobs', sha256.slice(0, 2), sha256);
  const bytes = readFileSync(blobAt(damaged));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  writeFileSync(blobAt(damaged), bytes);
  rmSync(blobAt(missing));
  // Where the disk has a bad sector, reading fails in a way of its own.
  rmSync(blobAt(unreadable));
  mkdirSync(blobAt(unreadable));
  const done = await exportOf(core);
  await core.close();
  expect(done).toMatchObject({ files: 3, unreadable: 3 });
  expect(JSON.parse(readFileSync(join(done.folder, 'manifest.json'), 'utf8'))).toMatchObject({
    unreadable: [{ sha256: damaged, why: 'damaged' }, { sha256: missing, why: 'missing' }, { sha256: unreadable, why: 'damaged' }].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  });
  const filled = newProfile();
  const imported = await withProfile(filled, (other) => importInto(other, done.folder));
  expect(imported, JSON.stringify(imported)).toMatchObject({ ok: true, value: { verified: { files: 3 } } });
  expect((await withProfile(filled, (other) => exportOf(other))).files).toBe(3);
});

test('an import that is killed leaves an empty station, and is gone on with', async () => {
  const { core } = await withDocuments(40, 400_000);
  const done = await exportOf(core);
  await core.close();
  const filled = newProfile();
  await withProfile(filled, () => Promise.resolve());
  const program = join(import.meta.dirname, '../../fakes/transfer/import-main.ts');
  for (const wait of [150, 60, 20]) {
    const child = spawn(process.execPath, [program, filled.folder, filled.keyHex, done.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await pause(wait);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const seen = await withProfile(filled, (other) => other.dispatcher.answer('audit', 'verify', {}, 'host'));
    expect(seen).toMatchObject({ value: { entries: 0, brokenAt: null } });
  }
  expect(await withProfile(filled, (other) => importInto(other, done.folder))).toMatchObject({ ok: true });
  expect(tree((await withProfile(filled, (other) => exportOf(other))).folder)).toEqual(tree(done.folder));
});

test('the window exports into the folder that the host gives it, and without a right or a folder it is told so', async () => {
  const { profile, core } = await withDocuments(2);
  const asked = (method: string): Promise<unknown> => core.dispatcher.answer('transfer', method, {}, 'own-window');
  expect(await asked('start')).toMatchObject({ ok: true, value: { files: 2 } });
  const [name = ''] = readdirSync(`${profile.folder}-exports`);
  expect(name).toMatch(/^Tram-Van-thu-H29\.99-\d{8}-\d{4}$/);
  expect(await asked('state')).toMatchObject({ value: { last: { end: 'done', done: { folder: join(`${profile.folder}-exports`, name) } } } });
  // What broke off long ago is taken away, and what another station may be writing is not.
  for (const [left, age] of [['old', 2 * 86_400], ['new', 60]] as const) {
    const folder = join(`${profile.folder}-exports`, `Tram-Van-thu-${left}.unfinished`);
    mkdirSync(join(folder, 'documents'), { recursive: true });
    const then = Date.now() / 1000 - age;
    for (const path of [join(folder, 'documents'), folder]) utimesSync(path, then, then);
  }
  expect(await asked('start')).toMatchObject({ ok: true });
  const names = readdirSync(`${profile.folder}-exports`);
  expect(names).toHaveLength(3);
  expect(names.filter((one) => one.endsWith('.unfinished'))).toEqual(['Tram-Van-thu-new.unfinished']);
  await core.close();
  const { exportPlace: _, ...placeless } = quietCore(profile);
  const other = await startCore(placeless);
  expect(await other.dispatcher.answer('transfer', 'start', {}, 'own-window')).toMatchObject({ failure: { code: 'export-no-place' } });
  const person = (await other.dispatcher.answer('people', 'savePerson', { id: null, name: 'Quản trị', position: '', standing: 'staff', unit: null, roles: ['administrator'], validFrom: null, since: null }, 'own-window')) as { value: { id: string } };
  await other.dispatcher.answer('people', 'setPassword', { person: person.value.id, password: 'Rất bí mật 4!' }, 'own-window');
  for (const method of ['start', 'cancel', 'state']) {
    expect(await other.dispatcher.answer('transfer', method, {}, 'own-window'), method).toMatchObject({ ok: false, failure: { code: 'not-signed-in' } });
  }
  await other.close();
});
