import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all, one, openStore, sql, type ReadDb } from '../../../electron/store/index.ts';
import { openProfile, taker } from '../../fakes/handover/profile.ts';
import { laidThere, submittedFields } from '../../fakes/handover/submitted.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const documents = [230, 3] as const;

/** A profile in which two packages were checked and accepted, closed. */
async function decided(root: string): Promise<{ readonly folder: string; readonly key: Buffer; readonly receipt: string }> {
  const packages = join(root, 'packages');
  mkdirSync(packages);
  for (const [index, count] of documents.entries()) await laidThere(packages, index, { documents: count, bytes: 200 });
  const profile = await openProfile(join(root, 'archive'), taker);
  const begun = await profile.must('handover', 'startReceipt', { fields: submittedFields });
  await profile.core.handover.takeFrom(begun.id, [packages]);
  const now = await profile.must('handover', 'receipt', { id: begun.id });
  const receipt = await profile.must('handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
  expect(receipt.totals).toMatchObject({ accepted: 2, refused: 0 });
  await profile.core.close();
  return { folder: profile.folder, key: profile.key, receipt: receipt.id };
}

function run(facts: object): { readonly killed: boolean; readonly told: string } {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'killed-taking-main.ts'), JSON.stringify(facts)], { encoding: 'utf8' });
  if (child.signal !== 'SIGKILL' && child.status !== 0) throw new Error(child.stderr);
  return { killed: child.signal === 'SIGKILL', told: child.stdout };
}

/** Everything that a taking leaves, without ids and instants. */
function left(db: ReadDb): unknown {
  return {
    dossiers: all(db, sql`SELECT notation, state, member_total, handed_over_at IS NOT NULL AS handed, arriving FROM dossier ORDER BY notation`),
    members: all(db, sql`SELECT d.notation, m.name, m.subject, m.sha256 FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier ORDER BY d.notation, m.ordinal`),
    counts: all(db, sql`SELECT catalog, state, n FROM dossier_count WHERE n <> 0`),
    unmarked: one(db, sql`SELECT COUNT(*) AS n FROM received_file WHERE sha256 IS NULL`),
    received: all(db, sql`SELECT a.act, COUNT(*) AS n FROM dossier_act AS a GROUP BY a.act ORDER BY a.act`),
    archived: all(db, sql`SELECT COUNT(*) AS packages, SUM(files) AS files, SUM(kept_at IS NULL) AS half, (SELECT COUNT(*) FROM archived_file) AS listed FROM archived_package`),
  };
}

function looked<T>(folder: string, key: Buffer, use: (db: ReadDb) => T): T {
  const opened = openStore({ folder, key: Buffer.from(key), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  try {
    return use(opened.value.read);
  } finally {
    opened.value.close();
  }
}

test('a taking that is killed at any point shows nothing half, makes no minutes, and goes on to what an undisturbed one leaves', { timeout: 400_000 }, async () => {
  const root = scratchFolder();
  const { folder, key, receipt } = await decided(root);
  const copy = (name: string): string => {
    const to = join(root, name);
    cpSync(folder, to, { recursive: true });
    return to;
  };
  const straight = copy('straight');
  const { told } = run({ folder: straight, key: key.toString('hex'), receipt, commit: 0, files: 0 });
  const { commits, state } = JSON.parse(told) as { commits: number; state: string };
  expect(state).toBe('concluded');
  const wanted = looked(straight, key, left);
  expect(wanted).toMatchObject({ counts: [{ state: 'closed', n: 2 }], unmarked: { n: 0 }, received: [{ act: 'archived', n: 2 }, { act: 'received', n: 2 }], archived: [{ packages: 2, half: 0 }] });
  expect((wanted as { members: unknown[] }).members).toHaveLength(documents[0] + documents[1]);
  const points = [{ commit: 0, files: 100 }, ...[3, 5, 6, 8, commits - 1, commits].map((commit) => ({ commit, files: 0 }))];
  for (const point of points) {
    const name = JSON.stringify(point);
    const half = copy('half');
    expect(run({ folder: half, key: key.toString('hex'), receipt, ...point }).killed, name).toBe(true);
    const profile = await openProfile(half, taker, { key: Buffer.from(key) });
    const page = { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 } as const;
    const shown = await profile.must('dossiers', 'list', page);
    // What is shown is whole, and what is counted is shown.
    expect(shown.items.map(({ state: now, members }) => [now, documents.some((count) => count === members)]), name).toEqual(shown.items.map(() => ['closed', true]));
    expect(shown.counts.open + shown.counts.closed, name).toBe(shown.items.length);
    const now = await profile.must('handover', 'receipt', { id: receipt });
    expect(now.held, name).toBe(shown.items.length);
    // After the last commit there is nothing left to do.
    expect(now.state, name).toBe(point.commit === commits && commits % 2 === 1 ? 'concluded' : 'taking');
    if (now.state === 'taking') {
      expect(await profile.refusal('handover', 'makeReceiptMinutes', { id: receipt, format: 'json' }), name).toBe('receipt-step');
      expect(await profile.refusal('handover', 'decide', { id: receipt, version: now.version, packages: null, decision: null, reason: '' }), name).toBe('receipt-step');
      const done = await profile.must('handover', 'conclude', { id: receipt, version: now.version, number: '7/BB', archive: true });
      expect(done, name).toMatchObject({ state: 'concluded', held: 2, archived: 2, minutesNumber: '7/BB' });
    }
    await profile.must('handover', 'makeReceiptMinutes', { id: receipt, format: 'json' });
    await profile.core.close();
    expect(looked(half, key, left), name).toEqual(wanted);
    rmSync(half, { recursive: true });
  }
});
