import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { all, sql } from '../../../electron/store/index.ts';
import type { StationOptions, StationReport } from '../../bench/exchange-station.ts';
import { preparedProfile } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../bench/exchange-station.ts', import.meta.url));
const mebibyte = 1024 * 1024;
/** What the station may take above its rest. The bench holds it to 64 MiB; here slack keeps a busy machine from failing. */
const boundMebibytes = 64 + 64;

let axis: PracticeAxisProcess;
let options: StationOptions;

beforeEach(async () => {
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const { endpoint, systemId, secret } = axis;
  options = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex'), axis: { endpoint, systemId, secret } };
  preparedProfile(options);
});
afterEach(async () => {
  await axis.stop();
});

function receiveOnce(): StationReport {
  const ran = spawnSync(process.execPath, ['--expose-gc', program], { input: JSON.stringify(options), encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as StationReport;
}

test.each([
  ['streamed as it is', false],
  ['as Base64 in JSON, from an axis that has no other way', true],
])('a message of 200 MB is received in bounded memory, %s', async (_, oldAxis) => {
  const file = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(150_000_000)]);
  await axis.control.deliver(documentMessage({ number: '200', files: [{ name: 'a.pdf', bytes: file }] }));
  if (oldAxis) await axis.control.fault({ kind: 'missing', verb: 'downloadEdoc' });
  const report = receiveOnce();
  expect(report.tally).toEqual({ ok: true, value: { received: 1, duplicates: 0, quarantined: 0 } });
  expect((report.peakBytes - report.idleBytes) / mebibyte).toBeLessThan(boundMebibytes);

  const store = storeIn(options.folder, Buffer.from(options.keyHex, 'hex'));
  const [row] = all<{ sha256: string; size: number }>(store.read, sql`SELECT sha256, size FROM incoming_file`);
  expect(row?.size).toBe(file.length);
  expect(await store.blobs.verify(row?.sha256 ?? '')).toMatchObject({ size: file.length });
  expect(readdirSync(join(options.folder, 'blobs', 'unfinished'))).toEqual([]);
});
