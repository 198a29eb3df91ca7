import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Verdict } from '#contract';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { materialOf, newestVerdict, nextFiles, queueFile, renewalOf, renewUndecided, saveVerdict, verifyFile, type Material } from '../../../electron/services/verification/index.ts';
import { newId } from '../../../electron/foundation/ids.ts';
import { all, sql, type Store } from '../../../electron/store/index.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { depsOf, listEvidence, signedWith, today } from '../../integration/verification/world.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

let store: Store;
let pki: TestPki;
beforeEach(async () => {
  pki = await testPki();
  store = storeIn(join(scratchFolder(), 'profile'));
});

async function look(bytes: Buffer, without: readonly string[] = []): Promise<{ readonly verdict: Verdict; readonly material: Material[] }> {
  const material: Material[] = [];
  const deps = { ...depsOf(pki), evidence: listEvidence(pki, without), keep: (one: Material) => material.push(one) };
  return { verdict: await verifyFile(deps, memoryBytes(bytes), { at: today }), material };
}

function save(verdict: Verdict, material: readonly Material[], at = '2026-11-22T02:00:00.000Z', renewAt: string | null = null): string {
  const id = newId();
  expect(store.write((db) => saveVerdict(db, { id, verdict, material, at, online: false, renewAt }))).toBe(true);
  return id;
}

test('a verdict is kept with the certificates it stands on, and read back as it was', async () => {
  const bytes = signedWith(pki, { signer: 'clerk' });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  store.write((db) => queueFile(db, sha256, '2026-11-20T01:00:00.000Z', '2026-11-22T01:00:00.000Z'));
  const { verdict, material } = await look(bytes);
  expect(Verdict.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
  const id = save(verdict, material);
  expect(newestVerdict(store.read, sha256)).toEqual({ id, at: '2026-11-22T02:00:00.000Z', online: false, verdict });
  expect(newestVerdict(store.read, 'another')).toBeUndefined();
  const kept = materialOf(store.read, id);
  expect(kept.filter(({ kind }) => kind === 'certificate').map(({ sha256: one }) => one).sort()).toEqual(['clerk', 'g2ca', 'g2root'].map((one) => pki.certificate(one).sha256).sort());
  expect(kept.find(({ sha256: one }) => one === pki.certificate('clerk').sha256)?.der).toEqual(pki.der('clerk'));
  // Both lists by their hash, as they lie outside of the file.
  expect(kept.filter(({ kind }) => kind === 'crl').map(({ der }) => der)).toEqual([null, null]);
  const again = save(verdict, material, '2026-11-23T02:00:00.000Z');
  expect(newestVerdict(store.read, sha256)?.id).toBe(again);
  expect(all(store.read, sql`SELECT id FROM file_verdict`)).toHaveLength(2);
});

test('a file that is not in the queue gets no verdict', async () => {
  const { verdict, material } = await look(signedWith(pki, { signer: 'clerk' }));
  expect(store.write((db) => saveVerdict(db, { id: newId(), verdict, material, at: 'z', online: true, renewAt: null }))).toBe(false);
  expect(all(store.read, sql`SELECT 1 FROM verdict_material`)).toEqual([]);
});

test('the queue gives new files in their order, then those worth another look, and all undecided ones when new data came', async () => {
  const bytes = signedWith(pki, { signer: 'clerk' });
  const known = createHash('sha256').update(bytes).digest('hex');
  const queue = (sha256: string, arrivedAt: string, at: string): void => {
    store.write((db) => {
      queueFile(db, sha256, arrivedAt, at);
    });
  };
  queue('b', '2026-01-02', '2026-02-02');
  queue(known, '2026-01-03', '2026-02-01');
  queue(known, '2026-01-01', '2026-03-01');
  const names = (now: string, limit = 10): string[] => nextFiles(store.read, now, limit).map(({ sha256 }) => (sha256 === known ? 'known' : sha256));
  expect(names('2026-11-22')).toEqual(['known', 'b']);
  expect(names('2026-11-22', 1)).toEqual(['known']);
  expect(nextFiles(store.read, 'z', 1)[0]).toEqual({ sha256: known, arrivedAt: '2026-01-01', tries: 0 });
  const undecided = await look(bytes, ['g2ca']);
  const now = new Date('2026-11-22T02:00:00Z');
  const renewAt = renewalOf(undecided.verdict, 0, now);
  expect(renewAt).toBe('2026-11-22T03:00:00.000Z');
  save(undecided.verdict, undecided.material, now.toISOString(), renewAt);
  expect(names('2026-11-22T02:30:00.000Z')).toEqual(['b']);
  expect(names('2026-11-22T03:00:00.000Z')).toEqual(['b', 'known']);
  expect(store.write((db) => renewUndecided(db, '2026-11-22T02:10:00.000Z'))).toBe(1);
  expect(names('2026-11-22T02:30:00.000Z')).toEqual(['b', 'known']);
  const decided = await look(bytes);
  save(decided.verdict, decided.material);
  expect(names('2027-11-22T02:30:00.000Z')).toEqual(['b']);
  expect(store.write((db) => renewUndecided(db, 'z'))).toBe(0);
});

test('only what time can mend is looked at again by itself, and not for ever', async () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const { verdict } = await look(signedWith(pki, { signer: 'clerk' }));
  expect(renewalOf(verdict, 0, now)).toBeNull();
  const late = (await look(signedWith(pki, { signer: 'clerk' }), ['g2ca'])).verdict;
  expect([0, 1, 4, 9, 20, 21].map((tries) => renewalOf(late, tries, now))).toEqual(['2026-11-22T01:00:00.000Z', '2026-11-22T02:00:00.000Z', '2026-11-22T16:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', null]);
  expect(renewalOf((await look(signedWith(pki, { signer: 'encipher' }))).verdict, 0, now)).toBeNull();
});
