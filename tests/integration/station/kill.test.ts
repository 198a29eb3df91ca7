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

/** Each step, and how often a day with two documents passes it (a status 01 and 03 each). */
const passes = {
  fetched: 2,
  'files-stored': 2,
  stored: 2,
  acknowledged: 2,
  'acknowledgement-noted': 2,
  registered: 2,
  'send-noted': 4,
  sent: 4,
  'delivery-noted': 4,
} as const;

function runDay(options: DayOptions): { signal: string | null; status: number | null; stderr: string } {
  const ran = spawnSync(process.execPath, [program], { input: JSON.stringify(options), encoding: 'utf8', timeout: 60_000 });
  return { signal: ran.signal, status: ran.status, stderr: ran.stderr };
}

const cases = Object.entries(passes).flatMap(([step, times]) =>
  Array.from({ length: times }, (_, index) => [step, index + 1] as const),
);

test.each(cases)('killed at "%s" for time %i, the day loses nothing and doubles nothing', async (step, nth) => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    for (const number of ['101', '102']) await axis.control.deliver(documentMessage({ number }));
    const base = {
      folder: scratchFolder(),
      keyHex: randomBytes(32).toString('hex'),
      axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret },
    };
    preparedProfile(base);
    expect(runDay({ ...base, kill: { step, nth } }).signal).toBe('SIGKILL');
    const rest = runDay({ ...base, kill: null });
    expect(rest.stderr).toBe('');
    expect(rest.status).toBe(0);

    const { deliveries, sent } = await axis.control.inspect();
    const toUs = deliveries.filter((delivery) => delivery.to === ownAgency.code);
    expect(toUs.map((delivery) => delivery.state)).toEqual(['done', 'done']);
    const texts = await Promise.all(sent.map(async ({ docId }) => Buffer.from(await axis.control.bytesOf(docId)).toString('utf8')));
    const reports = texts.map((text) => {
      const code = /<edXML:StatusCode>(\d+)</.exec(text)?.[1] ?? '?';
      const number = /<edXML:Code>(\d+)/.exec(text)?.[1] ?? '?';
      return `${number}:${code}`;
    });
    expect(reports.toSorted()).toEqual(['101:01', '101:03', '102:01', '102:03']);

    const store = storeIn(base.folder, Buffer.from(base.keyHex, 'hex'));
    const rows = all<{ code_number: string; arrival_number: number }>(
      store.read,
      sql`SELECT code_number, arrival_number FROM incoming_document ORDER BY code_number`,
    );
    expect(rows.map((row) => row.code_number)).toEqual(['101', '102']);
    expect(rows.map((row) => row.arrival_number).toSorted()).toEqual([1, 2]);
    expect(all(store.read, sql`SELECT state FROM outbox WHERE state <> 'delivered'`)).toEqual([]);
    expect(one(store.read, sql`SELECT COUNT(*) AS n FROM inbox_message WHERE acknowledged_at IS NULL`)).toEqual({ n: 0 });
    for (const { sha256 } of all<{ sha256: string }>(store.read, sql`SELECT sha256 FROM incoming_file`)) {
      await store.blobs.verify(sha256);
    }
    const verdict = verifyChain(store.read);
    expect(verdict.brokenAt).toBeNull();
    // 2 arrivals, 2 registrations, 4 statuses delivered: each told once.
    expect(verdict.entries).toBe(8);
  } finally {
    await axis.stop();
  }
});
