import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Encoder } from '../../../electron/services/exchange/edxml/base64.ts';
import type { AttachmentSource } from '../../../electron/services/exchange/edxml/model.ts';
import { readEdxml } from '../../../electron/services/exchange/edxml/read.ts';
import { writeDocumentTo, type WriteOutcome } from '../../../electron/services/exchange/edxml/write.ts';
import { failureOf, sampleDocument } from './edxml-samples.ts';

const newUuid = (): string => 'u';
const mebibyte = 1024 * 1024;

/** Bytes that do not pack well, in pieces of odd sizes, made while they are asked for. */
function source(name: string, size: number, opened: string[] = []): AttachmentSource {
  async function* open(): AsyncIterable<Uint8Array> {
    opened.push(name);
    for (let at = 0, n = 0; at < size; n += 1) {
      const length = Math.min(size - at, [1, 65_537, 250_001, 2][n % 4] ?? 1);
      yield await Promise.resolve(createHash('shake256', { outputLength: length }).update(`${name} ${String(n)}`).digest());
      at += length;
    }
  }
  return { contentId: name, name, description: '', size, open };
}

async function digestOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

describe('writing as a stream', () => {
  test('large files, raw and packed, in bounded pieces; the reader has them back', async () => {
    const opened: string[] = [];
    const files = [source('a.pdf', 20 * mebibyte, opened), source('b.xlsx.txt', 12 * mebibyte, opened), source('c.bin', 0, opened)];
    const parts: Buffer[] = [];
    let largest = 0;
    const outcome = await writeDocumentTo(sampleDocument, files, { newUuid }, async (piece) => {
      largest = Math.max(largest, piece.length);
      parts.push(Buffer.from(piece));
      await new Promise((resolve) => setImmediate(resolve));
      // What was handed over is the writer's again from here on.
      piece.fill(0x21);
    });
    expect(outcome).toEqual({ ok: true, value: parts.reduce((sum, part) => sum + part.length, 0) });
    expect(largest).toBeLessThanOrEqual(64 * 1024);
    expect(opened).toEqual(['a.pdf', 'b.xlsx.txt', 'c.bin']);

    const hashes = new Map<number, ReturnType<typeof createHash>>();
    async function* read(): AsyncIterable<Uint8Array> {
      for (const part of parts) yield await Promise.resolve(part);
    }
    const back = await readEdxml(read(), ({ index }) => {
      const hash = createHash('sha256');
      hashes.set(index, hash);
      return { write: async (bytes) => void hash.update(bytes), close: () => Promise.resolve(), abort: () => Promise.resolve() };
    });
    expect(back.ok).toBe(true);
    for (const [at, file] of files.entries()) expect(hashes.get(at)?.digest('hex')).toBe(await digestOf(file.open()));
  });

  test('a refusal comes before anything is opened or written', async () => {
    const opened: string[] = [];
    const header = { ...sampleDocument.header, subject: '' };
    let written = 0;
    const outcome: WriteOutcome<number> = await writeDocumentTo({ ...sampleDocument, header }, [source('a.pdf', 10, opened)], { newUuid }, async () => {
      written += 1;
    });
    expect(failureOf(outcome)).toEqual(['missing-element', 'Subject', undefined]);
    expect([written, opened]).toEqual([0, []]);
  });

  test.each([
    ['a.pdf', -1],
    ['a.pdf', 1],
    ['a.txt', -1],
    ['a.txt', 1],
  ])('%s that gives another number of bytes than promised (%i) breaks the message off', async (name, more) => {
    const file = source(name, 100_000);
    const writing = writeDocumentTo(sampleDocument, [{ ...file, size: file.size + more }], { newUuid }, async () => undefined);
    await expect(writing).rejects.toThrow('100000 of');
  });

  test.each(['a.pdf', 'a.txt'])('%s: an error of the target ends the reading of the source', async (name) => {
    let closed = false;
    async function* open(): AsyncIterable<Uint8Array> {
      try {
        while (true) yield await Promise.resolve(createHash('shake256', { outputLength: 100_000 }).update('x').digest());
      } finally {
        closed = true;
      }
    }
    let written = 0;
    const writing = writeDocumentTo(sampleDocument, [{ ...source(name, 1), open }], { newUuid }, async (piece) => {
      written += piece.length;
      if (written > 500_000) throw new Error('đĩa đầy');
    });
    await expect(writing).rejects.toThrow('đĩa đầy');
    await expect.poll(() => closed).toBe(true);
  });

  test('Base64 across any boundaries is what it is at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(9), { maxLength: 60 }), async (bytes, cuts) => {
        let letters = '';
        const encoder = base64Encoder(async (piece) => {
          await Promise.resolve();
          letters += Buffer.from(piece).toString('latin1');
        });
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          await encoder.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        await encoder.end();
        expect(letters).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});
