import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, one, openStore, run, sql } from '../../../electron/store/index.ts';
import { addMember, addOwnFile, closeDossier, decided, officeOver, putDossier, putIncoming } from '../../fakes/keeping/archive.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../fakes/keeping/destroy-main.ts', import.meta.url));

/** Each step, and how often it is passed with two dossiers. */
const passes = { 'dossier-marked': 2, 'bytes-removed': 2, 'bytes-noted': 2, 'dossier-destroyed': 2, 'index-purged': 1, ended: 1 } as const;
const cases = Object.entries(passes).flatMap(([step, times]) => Array.from({ length: times }, (_, index) => [step, index + 1] as const));

function goOn(folder: string, keyHex: string, kill: { step: string; nth: number } | null): { signal: string | null; status: number | null; stderr: string } {
  const ran = spawnSync(process.execPath, [program], { input: JSON.stringify({ folder, keyHex, kill }), encoding: 'utf8', timeout: 60_000 });
  return { signal: ran.signal, status: ran.status, stderr: ran.stderr };
}

/** A list with two dossiers whose destruction was begun, and nothing of it done; one document is also in a dossier that stays. */
async function begun(folder: string, keyHex: string): Promise<{ disposal: string; gone: string[]; stays: string[] }> {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const office = officeOver(store);
  const [one1, two, kept] = (['01.VP', '02.VP', '03.VP'] as const).map((notation) => putDossier(store, { notation, years: notation === '03.VP' ? 20 : 5, endedOn: '2019-05-06' })) as [string, string, string];
  const first = await putIncoming(store, '101', 'nội dung một');
  const second = await putIncoming(store, '102', 'nội dung hai');
  const shared = await putIncoming(store, '103', 'nội dung ba');
  addMember(store, one1, first.id);
  addMember(store, one1, shared.id);
  addMember(store, kept, shared.id);
  addMember(store, two, second.id);
  const own = await addOwnFile(store, two, 'a.txt', 'riêng');
  for (const dossier of [one1, two, kept]) closeDossier(store, dossier);
  const disposal = await decided(office, store, [one1, two]);
  // Begun, but the process ends before the first step.
  store.write((db) => run(db, sql`UPDATE disposal SET state = 'destroying' WHERE id = ${disposal}`));
  store.close();
  return { disposal, gone: [first.sha256, first.message, second.sha256, second.message, own], stays: [shared.sha256, shared.message] };
}

test.each(cases)('killed at "%s" for time %i, each dossier is whole or destroyed, and the next start ends it', async (step, nth) => {
  const folder = join(scratchFolder(), 'profile');
  const keyHex = randomBytes(32).toString('hex');
  const { disposal, gone, stays } = await begun(folder, keyHex);
  expect(goOn(folder, keyHex, { step, nth }).signal).toBe('SIGKILL');

  const between = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!between.ok) throw new Error(between.failure.code);
  // What is not marked has all of its bytes.
  for (const { sha256 } of all<{ sha256: string }>(between.value.read, sql`SELECT sha256 FROM incoming_file WHERE destroyed_at IS NULL
      UNION SELECT sha256 FROM dossier_member WHERE sha256 IS NOT NULL AND destroyed_at IS NULL`)) await between.value.blobs.verify(sha256);
  // What has no bytes has a trace.
  for (const sha256 of gone) {
    if (!between.value.blobs.has(sha256)) expect(one(between.value.read, sql`SELECT 1 AS n FROM destroyed_file WHERE content = ${sha256}`), sha256).toEqual({ n: 1 });
  }
  between.value.close();

  expect(goOn(folder, keyHex, null)).toEqual({ signal: null, status: 0, stderr: '' });
  const store = storeIn(folder, Buffer.from(keyHex, 'hex'));
  expect(one(store.read, sql`SELECT state FROM disposal WHERE id = ${disposal}`)).toEqual({ state: 'destroyed' });
  for (const sha256 of gone) expect(store.blobs.has(sha256)).toBe(false);
  for (const sha256 of stays) expect((await store.blobs.verify(sha256)).sha256).toBe(sha256);
  expect(one(store.read, sql`SELECT COUNT(*) AS n, SUM(gone_at IS NULL) AS waiting FROM destroyed_file`)).toEqual({ n: 5, waiting: 0 });
  expect(all(store.read, sql`SELECT action, COUNT(*) AS n FROM audit_entry WHERE action IN ('dossier.destroyed', 'disposal.destroyed') GROUP BY 1 ORDER BY 1`)).toEqual([
    { action: 'disposal.destroyed', n: 1 },
    { action: 'dossier.destroyed', n: 2 },
  ]);
  expect(verifyChain(store.read).brokenAt).toBeNull();
});
