import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AttachmentSource } from '../../electron/services/exchange/edxml/model.ts';
import { writeDocumentTo } from '../../electron/services/exchange/edxml/write.ts';
import { openBlobs, type Blobs } from '../../electron/store/blobs.ts';
import { sampleDocument } from '../unit/exchange/edxml-samples.ts';
import { systemsPeak } from './exchange-station.ts';
import { figure, median, timings, type Figure } from './figures.ts';

const piece = 64 * 1024;
const mebibyte = 1024 * 1024;

/** Writing messages: speed against the bare work of the same run, memory against a limit. */
export async function writeFigures(scratch: string): Promise<readonly Figure[]> {
  const bytes = randomBytes(37_500_000);
  const blobs = openBlobs(join(scratch, 'write'), randomBytes(32));
  const { sha256 } = await blobs.put(bytes);
  const bareMs = median(await timings(9, () => bareWrite(bytes, join(scratch, 'bare-write'))));
  const memoryMs = median(await timings(9, () => write(blobs, source(bytes.length, () => inPieces(bytes)))));
  const storedMs = median(await timings(9, () => write(blobs, source(bytes.length, () => blobs.stream(sha256)))));
  const common = { unit: 'ms', reference: 'Base64 + SHA-256 + fsynced write (ms)', referenceValue: bareMs, target: '≤ 2 × reference' };
  return [
    figure({ ...common, name: 'write a 50 MB message into an encrypted file, p50', value: memoryMs, met: memoryMs <= 2 * bareMs }),
    figure({ ...common, name: 'the same from an encrypted file', value: storedMs, met: storedMs <= 2 * bareMs }),
    memoryFigure(join(scratch, 'write-memory')),
  ];
}

function source(size: number, open: AttachmentSource['open']): AttachmentSource {
  return { contentId: 'a', name: 'a.pdf', description: '', size, open };
}

async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
}

async function write(blobs: Blobs, attachment: AttachmentSource): Promise<number> {
  const writer = await blobs.writer();
  const outcome = await writeDocumentTo(sampleDocument, [attachment], { newUuid: () => 'u' }, writer.write);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  await writer.finish();
  return outcome.value;
}

/** The least that can be done to have the same letters: encode, hash, write, and make them last. */
function bareWrite(bytes: Buffer, path: string): void {
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  const step = 3 * 16 * 1024;
  for (let at = 0; at < bytes.length; at += step) {
    const letters = Buffer.from(bytes.toString('base64', at, Math.min(bytes.length, at + step)), 'latin1');
    hash.update(letters);
    writeSync(file, letters);
  }
  hash.digest();
  fsyncSync(file);
  closeSync(file);
}

type MemoryReport = { readonly idleBytes: number; readonly peakBytes: number; readonly messageBytes: number };

function memoryFigure(folder: string): Figure {
  const ran = spawnSync(process.execPath, ['--expose-gc', import.meta.filename], { input: folder, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  const { idleBytes, peakBytes, messageBytes } = JSON.parse(ran.stdout) as MemoryReport;
  const value = (peakBytes - idleBytes) / mebibyte;
  return figure({
    name: 'memory above idle, writing a 200 MB message between encrypted files',
    value,
    unit: 'MiB',
    reference: 'the message (MiB)',
    referenceValue: messageBytes / mebibyte,
    target: '≤ 64 MiB',
    met: value <= 64,
  });
}

/** In a process of its own: another test's memory must not be counted, and a peak cannot be set back. */
async function writeOnce(folder: string): Promise<MemoryReport> {
  const blobs = openBlobs(folder, randomBytes(32));
  const writer = await blobs.writer();
  const size = 150_000_000;
  const part = randomBytes(1_000_000);
  for (let at = 0; at < size; at += part.length) await writer.write(part);
  const { sha256 } = await writer.finish();
  globalThis.gc?.();
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = idleBytes;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 5);
  const messageBytes = await write(blobs, source(size, () => blobs.stream(sha256)));
  clearInterval(watch);
  return { idleBytes, peakBytes: Math.max(peakBytes, systemsPeak()), messageBytes };
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify(await writeOnce(readFileSync(0, 'utf8'))));
}
