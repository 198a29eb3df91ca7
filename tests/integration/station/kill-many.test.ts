import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, one, sql } from '../../../electron/store/index.ts';
import { preparedProfile } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../fakes/station/day.ts', import.meta.url));
/** So many that a second thread is started and does most of the storing. */
const count = 400;

/** A step, its how manieth time, and the least that must be on disk then. */
const cases = [
  ['files-stored', 350, 0],
  ['acknowledged', 300, 300],
] as const;

test.each(cases)('killed at "%s" for time %i of 400, stored by two threads, nothing is lost, doubled or out of order', async (step, nth, least) => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    const wanted = Array.from({ length: count }, (_, index) => String(index + 1));
    for (const number of wanted) await axis.control.deliver(documentMessage({ number }));
    const { endpoint, systemId, secret } = axis;
    const base = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex'), axis: { endpoint, systemId, secret } };
    preparedProfile(base);
    const run = (kill: { step: string; nth: number } | null): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [program], { input: JSON.stringify({ ...base, kill }), encoding: 'utf8', timeout: 60_000 });
    const deliveries = async (): Promise<{ docId: string; state: string }[]> =>
      (await axis.control.inspect()).deliveries.filter(({ to }) => to === ownAgency.code).map(({ docId, state }) => ({ docId, state }));
    expect(run({ step, nth }).signal).toBe('SIGKILL');

    const broken = storeIn(base.folder, Buffer.from(base.keyHex, 'hex'));
    const stored = new Set(all<{ id: string }>(broken.read, sql`SELECT transport_id AS id FROM inbox_message`).map(({ id }) => id));
    expect(stored.size).toBeGreaterThanOrEqual(least);
    expect(stored.size).toBeLessThan(count);
    // Whatever the axis was told of is on disk, with its files.
    for (const { docId, state } of await deliveries()) if (state !== 'initial') expect(stored.has(docId), docId).toBe(true);
    const files = sql`SELECT sha256 FROM incoming_file UNION SELECT sha256 FROM inbox_message`;
    for (const { sha256 } of all<{ sha256: string }>(broken.read, files)) await broken.blobs.verify(sha256);
    broken.close();

    const rest = run(null);
    expect(rest.stderr).toBe('');
    expect(rest.status).toBe(0);
    expect(new Set((await deliveries()).map(({ state }) => state))).toEqual(new Set(['done']));
    const store = storeIn(base.folder, Buffer.from(base.keyHex, 'hex'));
    const rows = all<{ code_number: string }>(store.read, sql`SELECT code_number FROM incoming_document ORDER BY id`);
    expect(rows.map((row) => row.code_number)).toEqual(wanted);
    expect(one(store.read, sql`SELECT COUNT(*) AS n FROM inbox_message WHERE acknowledged_at IS NULL`)).toEqual({ n: 0 });
    for (const { sha256 } of all<{ sha256: string }>(store.read, files)) await store.blobs.verify(sha256);
    expect(verifyChain(store.read)).toMatchObject({ brokenAt: null });
  } finally {
    await axis.stop();
  }
});
