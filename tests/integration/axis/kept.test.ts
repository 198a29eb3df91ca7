import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import type { z } from 'zod';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import type { PartnerScript } from '../../../electron/services/practice/partners/script.ts';
import { valueOf } from '../../unit/exchange/edxml-samples.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { documentFor, statusFor } from './axis-messages.ts';
import { startAxis, type RunningAxis } from './practice-process.ts';
import { ask } from './raw-call.ts';

type PartnerInput = z.input<typeof PartnerScript>;

const here = 'H37.02';
const partners: PartnerInput[] = [
  { agency: { code: 'G22', name: 'Văn phòng Chính phủ' }, to: [{ code: here, name: 'Sở Thử nghiệm' }], sends: ['document'] },
];

/** Everything that can be seen of an axis from outside, bytes included. */
async function seen(axis: RunningAxis): Promise<unknown> {
  const inspection = await axis.control.inspect();
  const ids = [...inspection.sent, ...inspection.deliveries].map(({ docId }) => docId);
  const bytes = await Promise.all(ids.map(async (id) => [id, Buffer.from(await axis.control.bytesOf(id)).toString('base64')]));
  const agencies = await ask(axis.port, 'getAgenciesList');
  const deltas = await ask(axis.port, 'getSynchronizeUnit');
  return { inspection, bytes, agencies, deltas };
}

async function filled(folder: string): Promise<RunningAxis> {
  const axis = await startAxis({ folder, partners });
  const client = axis.client();
  for (const code of ['01', '03', '06']) valueOf(await client.send({ from: here, messageType: 'status', body: bytesBody(statusFor(here, 'G22', code)) }));
  valueOf(await client.send({ from: here, messageType: 'edoc', body: bytesBody(documentFor(here, 'G12')) }));
  const [first = '', second = ''] = [
    ...(await axis.control.deliver(documentFor('G22', here, { documentId: 'a' }))),
    ...(await axis.control.deliver(documentFor('G22', here, { documentId: 'b' }))),
  ];
  valueOf(await client.acknowledge(first, 'done'));
  valueOf(await client.acknowledge(second, 'processing'));
  await ask(axis.port, 'registerAgency', { body: Buffer.from('{"code":"H37.02.01","name":"Phòng Mới"}') });
  await ask(axis.port, 'deleteAgency', { params: [['AgencyCode', 'G12']], system: 1 });
  await axis.control.fault({ kind: 'refuse', verb: 'getEdoc', times: 3 });
  await axis.control.fault({ kind: 'wrong-clock', minutes: 30 });
  await axis.control.advance();
  return axis;
}

test.each(['kill -9', 'an orderly end'])('after %s everything is as it was', async (how) => {
  const folder = scratchFolder();
  const axis = await filled(folder);
  const before = await seen(axis);
  expect((before as { inspection: { deliveries: unknown[] } }).inspection.deliveries.length).toBeGreaterThan(6);
  await (how === 'kill -9' ? axis.kill() : axis.stop());
  const again = await startAxis({ folder, partners });
  expect(await seen(again)).toEqual(before);
  await again.stop();
});

test('whatever was answered with OK before a kill -9 in the middle of sending is there, whole', async () => {
  const folder = scratchFolder();
  const axis = await startAxis({ folder });
  const answered: string[] = [];
  const client = axis.client();
  const senders = [0, 1, 2, 3].map(async (sender) => {
    for (let at = 0; ; at++) {
      const body = documentFor(here, 'G22', { documentId: `${String(sender)}-${String(at)}` });
      const outcome = await client.send({ from: here, messageType: 'edoc', body: bytesBody(body) });
      if (!outcome.ok) return;
      answered.push(`${outcome.value.docId} ${Buffer.from(body).toString('base64')}`);
      if (answered.length === 40) await axis.kill();
    }
  });
  await Promise.all(senders);
  expect(answered.length).toBeGreaterThanOrEqual(40);
  const again = await startAxis({ folder });
  const { sent, deliveries } = await again.control.inspect();
  const kept = new Map(await Promise.all(sent.map(async ({ docId }) => [docId, Buffer.from(await again.control.bytesOf(docId)).toString('base64')] as const)));
  for (const one of answered) expect(kept.get(one.split(' ')[0] ?? '')).toBe(one.split(' ')[1]);
  // Each has its queue item, what was not answered as well.
  expect(deliveries.map(({ senderDocId }) => senderDocId)).toEqual(sent.map(({ docId }) => docId));
  expect(readdirSync(join(folder, 'messages')).length).toBe(sent.length);
  await again.stop();
});

test('what a crash left without a row is swept away, the rest is not', async () => {
  const folder = scratchFolder();
  const axis = await startAxis({ folder });
  const [docId = ''] = await axis.control.deliver(documentFor('G22', here));
  await axis.kill();
  writeFileSync(join(folder, 'messages', 'orphan.edxml'), 'x');
  writeFileSync(join(folder, 'messages', 'half.edxml.part'), 'x');
  const again = await startAxis({ folder });
  expect(readdirSync(join(folder, 'messages'))).toHaveLength(1);
  expect(Buffer.from(await again.control.bytesOf(docId)).equals(documentFor('G22', here))).toBe(true);
  await again.stop();
});

test('only the owner can read what is kept', async () => {
  const folder = scratchFolder();
  const axis = await startAxis({ folder });
  await axis.control.deliver(documentFor('G22', here));
  for (const path of ['axis.db', 'axis.db-wal', join('messages', readdirSync(join(folder, 'messages'))[0] ?? '')]) {
    expect(statSync(join(folder, path)).mode & 0o077, path).toBe(0);
  }
  await axis.stop();
});

test.skipIf(process.platform !== 'linux')('messages are not held in memory where there is a folder (needs Linux)', async () => {
  const memory = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const axis = await startAxis({ folder: scratchFolder() });
  const deliver = (bytes: Uint8Array): Promise<unknown> => axis.control.deliver(bytes, { from: 'G22', to: [here], messageType: 'edoc' });
  const message = Buffer.concat([Buffer.from(documentFor('G22', here)), Buffer.alloc(8 * 1024 * 1024, ' ')]);
  for (let at = 0; at < 5; at++) await deliver(message);
  const before = memory(axis.pid);
  for (let at = 0; at < 30; at++) await deliver(message);
  // 30 messages are 240 MB.
  expect(memory(axis.pid) - before).toBeLessThan(120);
  await axis.stop();
});

test('a second axis on the same folder is refused', async () => {
  const folder = scratchFolder();
  const axis = await startAxis({ folder });
  await expect(startAxis({ folder })).rejects.toThrow('ended');
  await axis.stop();
});

test('the hosts can start it with a folder, a directory and partners', async () => {
  const folder = scratchFolder();
  const own = [{ code: here, name: 'Sở Thử nghiệm' }];
  const started = (): ReturnType<typeof startPracticeAxisProcess> =>
    startPracticeAxisProcess({
      own,
      correspondents: [],
      server: { folder, generated: { count: 500, seed: 1 }, partners },
      log: (line) => {
        process.stderr.write(`${line}\n`);
      },
    });
  const first = await started();
  expect(await first.control.advance()).toMatchObject({ tick: 1, sent: 1 });
  await first.stop();
  const second = await started();
  expect((await second.control.inspect()).deliveries).toMatchObject([{ from: 'G22', to: here }]);
  expect(await second.control.advance()).toMatchObject({ tick: 2, sent: 0 });
  await second.stop();
});
