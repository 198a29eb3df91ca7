import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBlobs } from '../../../electron/store/blobs.ts';
import { BlobDamaged, BlobMissing } from '../../../electron/store/errors.ts';
import { scratchFolder } from './helpers.ts';

const chunk = 256 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 17])(
  'content of %i bytes comes back whole, as stream and as ranges',
  async (size) => {
    const blobs = openBlobs(scratchFolder(), randomBytes(32));
    const content = randomBytes(size);
    const ref = await blobs.put(content);
    expect(ref).toEqual({ sha256: sha256(content), size });
    expect(await collect(blobs.stream(ref.sha256))).toEqual(content);
    const { bytes, size: told } = await blobs.range(ref.sha256, Math.floor(size / 3), chunk + 5);
    expect(told).toBe(size);
    expect(bytes).toEqual(content.subarray(Math.floor(size / 3), Math.floor(size / 3) + chunk + 5));
  },
);

test('written in pieces of any size, the content is the same', async () => {
  const blobs = openBlobs(scratchFolder(), randomBytes(32));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 * chunk }), { maxLength: 5 }), async (sizes) => {
      const pieces = sizes.map((size) => randomBytes(size));
      const writer = await blobs.writer();
      for (const piece of pieces) await writer.write(piece);
      const ref = await writer.finish();
      expect(await collect(blobs.stream(ref.sha256))).toEqual(Buffer.concat(pieces));
    }),
    { numRuns: 25 },
  );
});

test('nothing of the content is readable on disk, and the same content twice is one file', async () => {
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  const content = Buffer.from('Số: 11410/BXD-KHCNMT&VLXD '.repeat(2000));
  const { sha256: name } = await blobs.put(content);
  await blobs.put(content);
  const stored = readFileSync(join(folder, name.slice(0, 2), name));
  expect(stored.includes('11410')).toBe(false);
  expect(readdirSync(join(folder, name.slice(0, 2)))).toEqual([name]);
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
});

test('every flipped byte is noticed', async () => {
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  const { sha256: name } = await blobs.put(randomBytes(100));
  const path = join(folder, name.slice(0, 2), name);
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    writeFileSync(path, damaged);
    await expect(blobs.verify(name), `byte ${String(at)}`).rejects.toBeInstanceOf(BlobDamaged);
  }
});

test('a file cut short, with chunks swapped or repeated, or of another profile is noticed', async () => {
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  const { sha256: name } = await blobs.put(randomBytes(3 * chunk));
  const path = join(folder, name.slice(0, 2), name);
  const whole = readFileSync(path);
  const sealed = chunk + 16;
  const part = (index: number): Buffer => whole.subarray(24 + index * sealed, 24 + (index + 1) * sealed);
  const head = whole.subarray(0, 24);
  const forms: Readonly<Record<string, Buffer>> = {
    'last chunk cut off': Buffer.concat([head, part(0), part(1)]),
    'cut inside a chunk': whole.subarray(0, whole.length - 5),
    'header only': head,
    'chunks swapped': Buffer.concat([head, part(1), part(0), part(2)]),
    'chunk repeated': Buffer.concat([whole, part(2)]),
  };
  for (const [what, bytes] of Object.entries(forms)) {
    writeFileSync(path, bytes);
    await expect(blobs.verify(name), what).rejects.toBeInstanceOf(BlobDamaged);
  }
  truncateSync(path, 0);
  await expect(blobs.range(name, 0, 10)).rejects.toBeInstanceOf(BlobDamaged);
  writeFileSync(path, whole);
  await expect(openBlobs(folder, randomBytes(32)).verify(name)).rejects.toBeInstanceOf(BlobDamaged);
  expect(await blobs.verify(name)).toMatchObject({ sha256: name });
});

test('storing the content again mends a damaged file', async () => {
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  const content = randomBytes(1000);
  const { sha256: name } = await blobs.put(content);
  writeFileSync(join(folder, name.slice(0, 2), name), 'x');
  await blobs.put(content);
  expect(await blobs.verify(name)).toEqual({ sha256: name, size: 1000 });
});

test('an aborted write and what a crash left behind are gone after the next opening', async () => {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const blobs = openBlobs(folder, key);
  const aborted = await blobs.writer();
  await aborted.write(randomBytes(2 * chunk));
  await aborted.abort();
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  const crashed = await blobs.writer();
  await crashed.write(randomBytes(2 * chunk));
  expect(readdirSync(join(folder, 'unfinished'))).toHaveLength(1);
  openBlobs(folder, key);
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  await crashed.abort();
});

test('a missing file says so, and only a SHA-256 is a name', async () => {
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  await expect(blobs.verify('0'.repeat(64))).rejects.toBeInstanceOf(BlobMissing);
  await expect(blobs.range('../../etc/passwd', 0, 1)).rejects.toThrow('not a SHA-256');
  expect(existsSync(join(folder, 'unfinished'))).toBe(true);
});

test('what is destroyed cannot be read by whoever finds it on the disk and has the key', async () => {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const blobs = openBlobs(folder, key);
  const { sha256: name } = await blobs.put(Buffer.from('bí mật của một hồ sơ'));
  const path = join(folder, name.slice(0, 2), name);
  // A second name for the same bytes stands for what the disk still holds.
  const found = join(folder, name.slice(0, 2), 'found');
  linkSync(path, found);
  await blobs.remove(name);
  expect(blobs.has(name)).toBe(false);
  const rest = readFileSync(found);
  expect(rest.subarray(0, 7).toString('latin1')).not.toBe('TVTBLOB');
  // Even with its mark put back, its own key is gone.
  writeFileSync(path, Buffer.concat([Buffer.from('TVTBLOB\x01', 'latin1'), rest.subarray(8)]));
  await expect(blobs.verify(name)).rejects.toThrow(BlobDamaged);
  await blobs.remove(name);
  await blobs.remove(name);
});

test('who comes with the same content while it is destroyed keeps his', async () => {
  const blobs = openBlobs(scratchFolder(), randomBytes(32));
  const content = Buffer.from('a letter that was recalled, and came again by another way');
  const { sha256 } = await blobs.put(content);
  const removing = blobs.remove(sha256);
  expect(blobs.has(sha256)).toBe(false);
  await blobs.put(content);
  await removing;
  expect(await blobs.verify(sha256)).toEqual({ sha256, size: content.length });
});

test('what a crash kept from being destroyed cannot be read after the next opening either', async () => {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const { sha256 } = await openBlobs(folder, key).put(Buffer.from('to be destroyed'));
  const path = join(folder, sha256.slice(0, 2), sha256);
  const going = join(folder, 'unfinished', 'going');
  const found = join(folder, sha256.slice(0, 2), 'found');
  linkSync(path, found);
  renameSync(path, going);
  const blobs = openBlobs(folder, key);
  expect(existsSync(going)).toBe(false);
  writeFileSync(path, Buffer.concat([Buffer.from('TVTBLOB\x01', 'latin1'), readFileSync(found).subarray(8)]));
  await expect(blobs.verify(sha256)).rejects.toThrow(BlobDamaged);
});
