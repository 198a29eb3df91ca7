import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../electron/hosts/processes/practice-axis-process.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { readEdxml } from '../../electron/services/exchange/edxml/read.ts';
import { openBlobs, type Blobs } from '../../electron/store/blobs.ts';
import { preparedProfile } from '../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../fakes/station/messages.ts';
import type { StationOptions, StationReport } from './exchange-station.ts';
import { writeFigures } from './exchange-write.ts';
import { figure, median, timings, type Figure } from './figures.ts';

const piece = 64 * 1024;
const mebibyte = 1024 * 1024;
const documents = 1000;
const rounds = 3;
const allReceived = { ok: true, value: { received: documents, duplicates: 0, quarantined: 0 } };
const station = fileURLToPath(new URL('./exchange-station.ts', import.meta.url));

/** Reading and receiving messages: speed against the bare work of the same run, memory against a limit. */
export async function exchange(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    return [...(await readFigures(scratch)), ...(await writeFigures(scratch)), ...(await memoryFigures(scratch)), await receiveFigure(scratch)];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function readFigures(scratch: string): Promise<Figure[]> {
  const message = documentMessage({ files: [{ name: 'a.pdf', bytes: Buffer.concat([Buffer.from('%PDF-'), randomBytes(37_500_000)]) }] });
  const blobs = openBlobs(join(scratch, 'blobs'), randomBytes(32));
  const raw = await blobs.put(message);
  const bareMs = median(await timings(9, () => bareRead(message, join(scratch, 'bare'))));
  const readMs = median(await timings(9, () => read(inPieces(message), blobs)));
  const storedMs = median(await timings(9, () => read(blobs.pieces(raw.sha256), blobs)));
  const common = { unit: 'ms', reference: 'Base64 + SHA-256 + fsynced write (ms)', referenceValue: bareMs, target: '≤ 2 × reference' };
  return [
    figure({ ...common, name: 'read a 50 MB message into encrypted files, p50', value: readMs, met: readMs <= 2 * bareMs }),
    figure({ ...common, name: 'the same from its own encrypted file', value: storedMs, met: storedMs <= 2 * bareMs }),
  ];
}

async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
}

async function read(source: AsyncIterable<Uint8Array>, blobs: Blobs): Promise<void> {
  const outcome = await readEdxml(source, () => {
    const opening = blobs.writer();
    return {
      write: async (bytes) => (await opening).write(bytes),
      close: async () => void (await (await opening).finish()),
      abort: async () => (await opening).abort(),
    };
  });
  if (!outcome.ok) throw new Error(outcome.failure.code);
}

/** The least that can be done with the same bytes: decode, hash, write, and make it last. */
function bareRead(message: Uint8Array, path: string): void {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const to = bytes.lastIndexOf('</edXML:ContentTransferEncoded>');
  const from = bytes.lastIndexOf('>', to) + 1;
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  for (let at = from; at < to; at += piece) {
    const decoded = Buffer.from(bytes.toString('latin1', at, Math.min(to, at + piece)), 'base64');
    hash.update(decoded);
    writeSync(file, decoded);
  }
  hash.digest();
  fsyncSync(file);
  closeSync(file);
}

async function withStation<T>(scratch: string, work: (axis: PracticeAxisProcess, options: StationOptions) => Promise<T>): Promise<T> {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    const { endpoint, systemId, secret } = axis;
    const folder = mkdtempSync(join(scratch, 'station-'));
    const options = { folder, keyHex: randomBytes(32).toString('hex'), axis: { endpoint, systemId, secret } };
    preparedProfile(options);
    return await work(axis, options);
  } finally {
    await axis.stop();
  }
}

function receiveOnce(options: StationOptions): StationReport {
  const ran = spawnSync(process.execPath, ['--expose-gc', ...coreFlags, station], { input: JSON.stringify(options), encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as StationReport;
}

async function memoryFigures(scratch: string): Promise<Figure[]> {
  const message = documentMessage({ files: [{ name: 'a.pdf', bytes: Buffer.concat([Buffer.from('%PDF-'), randomBytes(150_000_000)]) }] });
  const figures: Figure[] = [];
  for (const oldAxis of [false, true]) {
    await withStation(scratch, async (axis, options) => {
      await axis.control.deliver(message);
      if (oldAxis) await axis.control.fault({ kind: 'missing', verb: 'downloadEdoc' });
      const { idleBytes, peakBytes } = receiveOnce(options);
      const value = (peakBytes - idleBytes) / mebibyte;
      figures.push(
        figure({
          name: `memory above idle, 200 MB message ${oldAxis ? 'by getEdoc' : 'by downloadEdoc'}`,
          value,
          unit: 'MiB',
          reference: 'the message (MiB)',
          referenceValue: message.length / mebibyte,
          target: '≤ 64 MiB',
          met: value <= 64,
        }),
      );
    });
  }
  return figures;
}

/** The middle of several rounds, each with its own axis and station: one moment of a busy disk must not decide. */
async function receiveFigure(scratch: string): Promise<Figure> {
  const bare: number[] = [];
  const received: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await withStation(scratch, async (axis, options) => {
      const ids: string[] = [];
      for (let n = 1; n <= documents; n += 1) ids.push(...(await axis.control.deliver(documentMessage({ number: String(n) }))));
      bare.push(await bareReceive(axis, ids, join(scratch, `small-${String(round)}`)));
      const { milliseconds, tally } = receiveOnce(options);
      if (JSON.stringify(tally) !== JSON.stringify(allReceived)) throw new Error(`not all received: ${JSON.stringify(tally)}`);
      received.push(milliseconds);
    });
  }
  const bareMs = median(bare);
  const value = median(received);
  return figure({
    name: `receive ${String(documents)} small documents, p50`,
    value,
    unit: 'ms',
    reference: 'bare loop of HTTP fetch and fsynced write (ms)',
    referenceValue: bareMs,
    target: '≤ 2 × bare loop',
    met: value <= 2 * bareMs,
  });
}

/** One call over a connection of its own and one durable file per document; no list, no acknowledgement. */
async function bareReceive(axis: PracticeAxisProcess, ids: readonly string[], path: string): Promise<number> {
  const from = performance.now();
  for (const id of ids) {
    const bytes = await axis.control.bytesOf(id);
    const file = openSync(`${path}-${id}`, 'w');
    writeSync(file, bytes);
    fsyncSync(file);
    closeSync(file);
  }
  return performance.now() - from;
}
