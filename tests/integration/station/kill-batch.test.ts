import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, one, sql } from '../../../electron/store/index.ts';
import { preparedProfile, type DayOptions } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../fakes/station/day.ts', import.meta.url));
/** More than fit into one batch of 32. */
const count = 45;

function runDay(options: DayOptions): { signal: string | null; status: number | null; stderr: string } {
  const ran = spawnSync(process.execPath, [program], { input: JSON.stringify(options), encoding: 'utf8', timeout: 60_000 });
  return { signal: ran.signal, status: ran.status, stderr: ran.stderr };
}

/** A step, its how manieth time, and the least that must be on disk then. */
const cases = [
  ['fetched', 20, 0],
  ['fetched', 40, 0],
  ['files-stored', 32, 0],
  ['files-stored', 45, 0],
  ['stored', 5, 5],
  ['stored', 33, 33],
  ['acknowledged', 10, 10],
  ['acknowledged', 40, 40],
  ['acknowledgement-noted', 3, 3],
  ['acknowledgement-noted', 34, 34],
] as const;

test.each(cases)('killed at "%s" for time %i of 45, nothing is lost, doubled or out of order', async (step, nth, least) => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    const wanted = Array.from({ length: count }, (_, index) => String(index + 1));
    for (const number of wanted) await axis.control.deliver(documentMessage({ number }));
    const base = {
      folder: scratchFolder(),
      keyHex: randomBytes(32).toString('hex'),
      axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret },
    };
    preparedProfile(base);
    expect(runDay({ ...base, kill: { step, nth } }).signal).toBe('SIGKILL');

    // Whatever the axis was told of is on disk, with its files.
    const toUs = async (): Promise<{ docId: string; state: string }[]> =>
      (await axis.control.inspect()).deliveries.filter(({ to }) => to === ownAgency.code).map(({ docId, state }) => ({ docId, state }));
    const broken = storeIn(base.folder, Buffer.from(base.keyHex, 'hex'));
    const stored = new Set(all<{ id: string }>(broken.read, sql`SELECT transport_id AS id FROM inbox_message`).map(({ id }) => id));
    expect(stored.size).toBeGreaterThanOrEqual(least);
    for (const { docId, state } of await toUs()) if (state !== 'initial') expect(stored.has(docId), docId).toBe(true);
    for (const { sha256 } of all<{ sha256: string }>(broken.read, sql`SELECT sha256 FROM incoming_file`)) await broken.blobs.verify(sha256);
    broken.close();

    const rest = runDay({ ...base, kill: null });
    expect(rest.stderr).toBe('');
    expect(rest.status).toBe(0);
    expect(new Set((await toUs()).map(({ state }) => state))).toEqual(new Set(['done']));
    const store = storeIn(base.folder, Buffer.from(base.keyHex, 'hex'));
    const rows = all<{ code_number: string }>(store.read, sql`SELECT code_number FROM incoming_document ORDER BY id`);
    expect(rows.map((row) => row.code_number)).toEqual(wanted);
    expect(one(store.read, sql`SELECT COUNT(*) AS n FROM inbox_message WHERE acknowledged_at IS NULL`)).toEqual({ n: 0 });
    expect(all(store.read, sql`SELECT state FROM outbox WHERE state <> 'delivered'`)).toEqual([]);
    for (const { sha256 } of all<{ sha256: string }>(store.read, sql`SELECT sha256 FROM incoming_file`)) await store.blobs.verify(sha256);
    // Each arrived, registered, and heard of twice by its sender.
    expect(verifyChain(store.read)).toMatchObject({ brokenAt: null, entries: 4 * count });
  } finally {
    await axis.stop();
  }
});
