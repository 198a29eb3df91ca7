import './without-fsync.ts';
import fs, { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { EdxmlDocument, EdxmlMessage, EdxmlReadCode, EdxmlWriteCode } from '../../electron/services/exchange/edxml/model.ts';
import { bytesSource, readEdxml } from '../../electron/services/exchange/edxml/read.ts';
import { violationsOf } from '../../electron/services/exchange/edxml/violations.ts';
import { beginsLikeZip } from '../../electron/services/exchange/edxml/zip.ts';
import { writeDocumentTo, writeStatus } from '../../electron/services/exchange/edxml/write.ts';
import { openBlobs, type BlobRef } from '../../electron/store/blobs.ts';
import { fuzzInput, fuzzUnzippedBytes } from './fuzz-mutations.ts';

/** What a worker is told. */
export type FuzzTask = {
  readonly seed: number;
  readonly from: number;
  readonly step: number;
  readonly end: number;
  readonly store: string;
  /** goes wrong on purpose at one input, to see it caught */
  readonly sabotage: Sabotage | null;
};

export type Sabotage = { readonly input: number; readonly how: 'hang' | 'exit' | 'reject' | 'write' | 'stray' };

/** What it says of each input, and at the end. `wrong` null = as it should be. */
export type FuzzWord =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly input: number; readonly code: string; readonly ms: number; readonly wrong: string | null }
  | { readonly kind: 'end'; readonly peakMiB: number };

const readCodes: Readonly<Record<EdxmlReadCode, true>> = {
  'not-xml': true,
  truncated: true,
  'not-utf8': true,
  doctype: true,
  'wrong-root': true,
  'missing-element': true,
  'invalid-value': true,
  'invalid-base64': true,
  'too-large': true,
};
const writeCodes: Readonly<Record<EdxmlWriteCode, true>> = { 'missing-element': true, 'invalid-value': true, 'illegal-character': true };

const limits = { unzippedBytes: fuzzUnzippedBytes };

process.on('message', (task: FuzzTask) => void work(task));

async function work({ seed, from, step, end, store, sabotage }: FuzzTask): Promise<void> {
  const blobs = openBlobs(store, Buffer.alloc(32, 7));
  say({ kind: 'ready' });
  for (let input = from; input < end; input += step) {
    const started = performance.now();
    const { bytes, pieceBytes } = fuzzInput(seed, input);
    const made = performance.now() - started;
    let code = 'crash';
    let wrong: string | null = null;
    try {
      if (sabotage?.input === input) spoil(sabotage.how, store);
      [code, wrong] = await tried(bytes, pieceBytes);
    } catch (error) {
      wrong = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const ms = performance.now() - started - made;
    // A rejection that nobody waits for ends the process here, while it is clear whose it was.
    await nextTurn();
    say({ kind: 'done', input, code, ms, wrong });
  }
  say({ kind: 'end', peakMiB: process.resourceUsage().maxRSS / 1024 });

  async function tried(bytes: Buffer, pieceBytes: number): Promise<[code: string, wrong: string | null]> {
    const files = new Map<number, BlobRef>();
    let open = 0;
    const outcome = await readEdxml(
      inPieces(bytes, pieceBytes),
      ({ index }) => {
        open += 1;
        const opening = blobs.writer();
        opening.catch(() => undefined);
        return {
          write: async (piece) => (await opening).write(piece),
          close: async () => {
            files.set(index, await (await opening).finish());
            open -= 1;
          },
          abort: async () => {
            await (await opening).abort();
            open -= 1;
          },
        };
      },
      limits,
    );
    if (open !== 0) return ['crash', `${String(open)} files were left open`];
    if (readdirSync(join(store, 'unfinished')).length > 0) return ['crash', 'an unfinished file was left'];
    if (!outcome.ok) return [outcome.failure.code, Object.hasOwn(readCodes, outcome.failure.code) ? null : 'an undeclared code'];
    return ['ok', await judged(outcome.value, files)];
  }

  /** A message that was read must be whole, be judged without an accident, and come back as it was when it is written. */
  async function judged(message: EdxmlMessage, files: ReadonlyMap<number, BlobRef>): Promise<string | null> {
    for (const violation of violationsOf(message, { today: '2026-11-22' })) {
      if (violation.value.length > 200) return `a violation shows ${String(violation.value.length)} letters`;
    }
    if (message.kind === 'status') {
      const written = writeStatus(message);
      if (!written.ok) return Object.hasOwn(writeCodes, written.failure.code) ? null : 'an undeclared code in writing';
      return compared(message, await readEdxml(bytesSource(written.value), nowhere, limits));
    }
    const sources = message.attachments.map((file) => {
      const blob = files.get(file.index);
      if (blob?.size !== file.size) throw new Error('an attachment has not the size that was said');
      return { ...file, contentId: `c${String(file.index)}`, size: blob.size, open: () => blobs.stream(blob.sha256) };
    });
    // Such a file may be unpacked once more on its way back, or be refused for what is in it: that is the ZIP rule.
    for (const blob of files.values()) if (beginsLikeZip((await blobs.range(blob.sha256, 0, 4)).bytes)) return null;
    const parts: Buffer[] = [];
    const written = await writeDocumentTo(message, sources, { newUuid: () => 'u' }, async (piece) => void parts.push(Buffer.from(piece)));
    if (!written.ok) return Object.hasOwn(writeCodes, written.failure.code) ? null : 'an undeclared code in writing';
    return compared(message, await readEdxml(bytesSource(Buffer.concat(parts)), nowhere, limits));
  }
}

function spoil(how: Sabotage['how'], store: string): void {
  if (how === 'exit') process.exit(3);
  if (how === 'reject') void Promise.reject(new Error('nobody waits for this'));
  if (how === 'write') fs.writeFileSync(join(store, '..', 'stray'), '');
  if (how === 'stray') fs.writeFileSync(join(store, 'unfinished', 'stray'), '');
  while (how === 'hang');
}

function compared(message: EdxmlMessage, again: Awaited<ReturnType<typeof readEdxml>>): string | null {
  if (!again.ok) return `written, it is refused: ${JSON.stringify(again.failure)}`;
  if (isDeepStrictEqual(essence(message), essence(again.value))) return null;
  const [before, after] = [essence(message), essence(again.value)];
  const differing = Object.keys(before).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  const shown = differing.map((key) => `${key}: ${JSON.stringify(before[key]).slice(0, 1000)} / ${JSON.stringify(after[key]).slice(0, 1000)}`);
  return `written, it differs in ${shown.join('; ')}`;
}

/** What must survive being written: everything but the manifest, which is made anew. */
function essence(message: EdxmlMessage): Readonly<Record<string, unknown>> {
  if (message.kind === 'status') return { ...message, statusCodeOnWire: message.statusCode, unknown: sorted(message.unknown) };
  const { header, trace, business, attachments, unknown } = message;
  // What calls itself a workbook and is none is not taken out of its transport ZIP (axis.md §2.6).
  const files = attachments.map(({ name, size }) => [name, /\.xlsx$/i.test(name) ? null : size]);
  return { header, trace, business, unknown: sorted(unknown), files };
}

function sorted(unknown: EdxmlDocument['unknown']): readonly string[] {
  return unknown.map(({ path, text }) => `${path}\n${text}`).toSorted();
}

function nowhere(): { write: () => Promise<void>; close: () => Promise<void>; abort: () => Promise<void> } {
  const nothing = (): Promise<void> => Promise.resolve();
  return { write: nothing, close: nothing, abort: nothing };
}

async function* inPieces(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function say(word: FuzzWord): void {
  process.send?.(word);
}
