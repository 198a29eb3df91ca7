import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { openManifest, verifyExport } from '../../../electron/services/transfer/index.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { exportOf, importInto, newProfile, withProfile } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** Outlives a test. */
const kept = mkdtempSync(join(tmpdir(), 'tvt-'));
let whole = '';
let core: Core;

beforeAll(async () => {
  const profile = { folder: join(kept, 'profile'), keyHex: '07'.repeat(32) };
  await withProfile(profile, async (station) => {
    const ask = async (domain: string, method: string, input: unknown): Promise<unknown> => {
      const outcome = await station.dispatcher.answer(domain, method, input, 'own-window');
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
      return outcome.value;
    };
    await ask('station', 'saveStation', { organId: 'H29.99', name: 'UBND phường', operator: 'Văn Thư' });
    for (const number of ['1', '2', '3']) {
      const stored = await station.storeFile(
        (async function* () {
          yield await Promise.resolve(Buffer.from(`%PDF-1.7 ${number}`));
        })(),
      );
      await ask('records', 'recordOutgoing', {
        codeNumber: number, codeNotation: 'VP', issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject: `V/v số ${number}`, urgency: 0, dueDate: null, signerName: 'A',
        signerPosition: '', signerCompetence: '', toPlaces: [], pageAmount: null, paper: false, files: [{ name: `${number}.pdf`, mediaType: 'application/pdf', ...stored }], repliesTo: null,
      });
    }
    const outcome = await station.transfer.exportTo(join(kept, 'export'));
    if (!outcome.ok) throw new Error(outcome.failure.code);
    whole = outcome.value.folder;
  });
  core = await startCore({ ...quietCore({ folder: join(kept, 'empty'), keyHex: '08'.repeat(32) }), practice: 'as-stored' });
});
afterAll(async () => {
  await core.close();
  rmSync(kept, { recursive: true, force: true });
});

/** A copy of the export, changed. */
function changed(change: (folder: string) => void): string {
  const folder = join(scratchFolder(), 'export');
  cpSync(whole, folder, { recursive: true });
  change(folder);
  return folder;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
const edit = (folder: string, path: string, change: (text: string) => string): void => {
  const before = read(folder, path);
  const after = change(before);
  if (after === before) throw new Error(`nothing was changed in ${path}`);
  writeFileSync(join(folder, path), after);
};

/** Writes the hashes and sizes of the files as they are now into the manifest, as a forger would. */
function rehash(folder: string): void {
  const text = read(folder, 'manifest.json').replaceAll(/\{"path":"([^"]+)","sha256":"[0-9a-f]{64}","size":\d+\}/g, (_, path: string) => {
    const bytes = readFileSync(join(folder, path));
    return `{"path":"${path}","sha256":"${createHash('sha256').update(bytes).digest('hex')}","size":${String(bytes.length)}}`;
  });
  writeFileSync(join(folder, 'manifest.json'), text);
}

const aFile = (folder: string): string => {
  const shard = readdirSync(join(folder, 'files'))[0] ?? '';
  return `files/${shard}/${readdirSync(join(folder, 'files', shard))[0] ?? ''}`;
};
const documents = 'documents/outgoing-documents.jsonl';
const listed = /^\{"path".*$/m;

type Change = readonly [name: string, change: (folder: string) => void, code: string, params?: object];
const told = ([name, change, code, params = {}]: Change) => ({ name, change, code, params });

/** Each kind of change, what is said of it, and where. */
const changes: readonly Change[] = [
  ['a letter of a record', (f) => edit(f, documents, (text) => text.replace('V/v số 1', 'V/v số 9')), 'export-changed', { file: documents, count: 1 }],
  ['a record that is gone', (f) => edit(f, documents, (text) => text.replace(/^.*\n/, '')), 'export-changed', { file: documents }],
  ['a byte of a stored file', (f) => edit(f, aFile(f), (text) => text.replace('PDF', 'PDX')), 'export-changed', { count: 1 }],
  ['a stored file that was cut', (f) => truncateSync(join(f, aFile(f)), 4), 'export-changed', { count: 1 }],
  ['a stored file that grew', (f) => appendFileSync(join(f, aFile(f)), 'x'), 'export-changed', { count: 1 }],
  ['a stored file that is gone', (f) => rmSync(join(f, aFile(f))), 'export-changed', { count: 1 }],
  ['a kind of records that is gone', (f) => rmSync(join(f, 'documents/people.jsonl')), 'export-changed', { file: 'documents/people.jsonl' }],
  ['a further file beside the manifest', (f) => writeFileSync(join(f, 'autorun.inf'), 'x'), 'export-changed', { file: 'autorun.inf' }],
  ['a further kind of records', (f) => writeFileSync(join(f, 'documents/more.jsonl'), '{}\n'), 'export-changed', { file: 'documents/more.jsonl' }],
  ['a further stored file', (f) => writeFileSync(join(f, aFile(f).slice(0, 8), '0'.repeat(64)), 'x'), 'export-changed', { count: 1 }],
  ['a further folder of stored files', (f) => mkdirSync(join(f, 'files/zz')), 'export-changed', { file: 'files/zz' }],
  ['a stored file that is a link to the same bytes', (f) => {
    renameSync(join(f, aFile(f)), join(f, '..', 'elsewhere'));
    symlinkSync(join(f, '..', 'elsewhere'), join(f, aFile(whole)));
  }, 'export-changed', { count: 1 }],
  ['a folder that is a link', (f) => {
    renameSync(join(f, 'documents'), join(f, '..', 'documents'));
    symlinkSync(join(f, '..', 'documents'), join(f, 'documents'));
  }, 'export-changed', { file: 'documents/abbreviations.jsonl' }],
  ['an entry that climbs out', (f) => edit(f, 'manifest.json', (text) => text.replace('"path":"documents/agencies.jsonl"', '"path":"documents/../../../etc/passwd"')), 'export-changed', {}],
  ['an entry with a whole path', (f) => edit(f, 'manifest.json', (text) => text.replace('"path":"README.txt"', '"path":"/etc/passwd"')), 'export-changed', {}],
  ['an entry under the name of another content', (f) => edit(f, 'manifest.json', (text) => text.replace(/("path":"files\/..\/)[0-9a-f]{2}/, '$100')), 'export-changed', {}],
  ['an entry that is there twice', (f) => edit(f, 'manifest.json', (text) => text.replace(listed, '$&\n$&')), 'export-changed', {}],
  ['an entry that is gone', (f) => edit(f, 'manifest.json', (text) => text.replace(/^\{"path":"documents\/people.jsonl".*\n/m, '')), 'export-changed', { file: 'documents/people.jsonl' }],
  ['an absurd size', (f) => edit(f, 'manifest.json', (text) => text.replace(/"size":\d+/, '"size":99999999999999999999')), 'export-changed', {}],
  ['a manifest that was cut', (f) => truncateSync(join(f, 'manifest.json'), statSync(join(f, 'manifest.json')).size - 200), 'export-changed', {}],
  ['a manifest with something behind it', (f) => appendFileSync(join(f, 'manifest.json'), 'x\n'), 'export-changed', {}],
  ['a manifest in another form', (f) => edit(f, 'manifest.json', (text) => JSON.stringify(JSON.parse(text), null, 2)), 'export-unknown-form'],
  ['a manifest without line breaks, of any length', (f) => writeFileSync(join(f, 'manifest.json'), Buffer.alloc(20 * 1024 * 1024, 'x')), 'export-unknown-form'],
  ['a newer version', (f) => edit(f, 'manifest.json', (text) => text.replace('"version":1', '"version":2')), 'export-newer'],
  ['another format', (f) => edit(f, 'manifest.json', (text) => text.replace('tram-van-thu-export', 'khác')), 'export-unknown-form'],
  ['no manifest', (f) => rmSync(join(f, 'manifest.json')), 'export-unfinished'],
  ['no folder', (f) => rmSync(f, { recursive: true }), 'export-missing'],
  ['a practice station', (f) => edit(f, 'manifest.json', (text) => text.replace('"office",', '"practice",')), 'export-other-kind', { kind: 'practice' }],
];

/** Changes by somebody who put the manifest right afterwards; they are found when the records are taken in. */
const forgeries: readonly Change[] = [
  ['an entry of the log', (f) => edit(f, 'documents/audit-entries.jsonl', (text) => text.replace('Văn Thư', 'Ai Đó')), 'export-log-broken', { entry: 1 }],
  ['a log without its end', (f) => {
    edit(f, 'documents/audit-entries.jsonl', (text) => text.replace(/[^\n]*\n$/, ''));
    edit(f, 'manifest.json', (text) => text.replace('"audit-entries":4', '"audit-entries":3'));
  }, 'export-log-broken', { entry: 3 }],
  ['an element that is gone', (f) => edit(f, documents, (text) => text.replace(/"place":"",/, '')), 'export-records-unfit', { file: documents, line: 1 }],
  ['an element more', (f) => edit(f, documents, (text) => text.replace(/\{(?=[^{]*$)/m, '{"more":1,')), 'export-records-unfit', { file: documents }],
  ['an element of another type', (f) => edit(f, documents, (text) => text.replace('"urgency":0', '"urgency":"0"')), 'export-records-unfit', { file: documents, line: 1 }],
  ['a number beyond what is exact', (f) => edit(f, documents, (text) => text.replace('"urgency":0', '"urgency":9007199254740993')), 'export-records-unfit', { file: documents, line: 1 }],
  ['a state that there is not', (f) => edit(f, documents, (text) => text.replace('"state":"issued"', '"state":"lost"')), 'export-records-unfit', { file: documents, line: 1 }],
  ['a record that is there twice', (f) => {
    edit(f, documents, (text) => text.replace(/^.*\n/, '$&$&'));
    edit(f, 'manifest.json', (text) => text.replace('"outgoing-documents":3', '"outgoing-documents":4'));
  }, 'export-records-unfit', { file: documents, line: 2 }],
  ['a record that others refer to is gone', (f) => {
    edit(f, documents, (text) => text.replace(/^.*\n/, ''));
    edit(f, 'manifest.json', (text) => text.replace('"outgoing-documents":3', '"outgoing-documents":2'));
  }, 'export-records-unfit', { file: 'documents/outgoing-files.jsonl' }],
  ['a record less than is counted', (f) => edit(f, 'documents/search-lists.jsonl', () => '{}\n'), 'export-records-unfit', { line: 1 }],
  ['a line that is no JSON', (f) => edit(f, documents, (text) => text.replace('{', '(')), 'export-records-unfit', { line: 1 }],
  ['bytes that are no text', (f) => writeFileSync(join(f, documents), Buffer.from([0xff, 0xfe, 10])), 'export-records-unfit', { file: documents }],
  ['a connection that is none', (f) => edit(f, 'documents/settings.jsonl', (text) => text.replace('"name":"station","value":{"operator":"Văn Thư"}', '"name":"axis","value":5')), 'export-records-unfit', { line: 1 }],
  ['a setting that no export has', (f) => edit(f, 'documents/settings.jsonl', (text) => text.replace('"station"', '"profile-kind"')), 'export-records-unfit', { file: 'documents/settings.jsonl' }],
];

describe('a changed export is refused, and the station stays empty', () => {
  test.each(changes.map(told))('$name', async ({ change, code, params }) => {
    const folder = changed(change);
    expect(await importInto(core, folder, false)).toMatchObject({ ok: false, failure: { code, params } });
    expect(await importInto(core, folder)).toMatchObject({ ok: false, failure: { code } });
    expect(await core.dispatcher.answer('audit', 'verify', {}, 'host')).toMatchObject({ value: { entries: 0 } });
  });

  test.each(forgeries.map(told))('although its hashes were put right: $name', async ({ change, code, params }) => {
    const folder = changed((copy) => {
      change(copy);
      rehash(copy);
    });
    const outcome = await importInto(core, folder);
    expect(outcome, JSON.stringify(outcome)).toMatchObject({ ok: false, failure: { code, params } });
    expect(await core.dispatcher.answer('audit', 'verify', {}, 'host')).toMatchObject({ value: { entries: 0 } });
  });

  test('every change is named by the check', async () => {
    const folder = changed((copy) => {
      edit(copy, documents, (text) => text.replace('V/v số 1', 'V/v số 9'));
      appendFileSync(join(copy, 'documents/people.jsonl'), 'x');
      rmSync(join(copy, aFile(copy)));
      writeFileSync(join(copy, 'x'), '');
      rmSync(join(copy, 'documents/units.jsonl'));
      mkdirSync(join(copy, 'documents/units.jsonl'));
    });
    const manifest = openManifest(folder);
    if (!manifest.ok) throw new Error(manifest.failure.code);
    const { problems, problemCount } = await verifyExport(folder, manifest.value);
    expect(problemCount).toBe(5);
    expect(problems).toEqual([
      { path: documents, what: 'changed' },
      { path: 'documents/people.jsonl', what: 'size' },
      { path: 'documents/units.jsonl', what: 'no-file' },
      { path: aFile(whole), what: 'missing' },
      { path: 'x', what: 'not-listed' },
    ]);
  });
});

test('the whole export is taken in, after all that was refused; and not a second time, nor into a station in which something was done', async () => {
  const looked = await importInto(core, whole, false);
  expect(looked).toMatchObject({ ok: true, value: { written: false, head: { office: { organId: 'H29.99' }, counts: { 'outgoing-documents': 3, 'audit-entries': 4 } }, verified: { files: 3, problems: [] } } });
  const profile = newProfile();
  expect(await withProfile(profile, (station) => importInto(station, whole))).toMatchObject({ ok: true });
  expect(await withProfile(profile, (station) => importInto(station, whole))).toMatchObject({ failure: { code: 'station-not-empty' } });
  const used = newProfile();
  await withProfile(used, async (station) => {
    await station.dispatcher.answer('station', 'saveStation', { organId: 'H1', name: 'B', operator: 'C' }, 'host');
    expect(await importInto(station, whole, false)).toMatchObject({ failure: { code: 'station-not-empty' } });
  });
  const practice = newProfile();
  expect(await withProfile(practice, (station) => importInto(station, whole), 'practice')).toMatchObject({ failure: { code: 'export-other-kind', params: { kind: 'office' } } });
  expect(await withProfile(profile, (station) => exportOf(station))).toMatchObject({ files: 3 });
});
