import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { directoryEnd, directoryLine, localHeader, type ZipEntry } from '../../../electron/services/packages/build/zip-format.ts';
import { buildPackage, type PackageFile } from '../../../electron/services/packages/index.ts';
import { created, originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { zipComplaints } from './judges.ts';

test('70 000 entries are more than 16 bits count, and Info-ZIP reads them', () => {
  const pieces: Buffer[] = [];
  const lines: Buffer[] = [];
  let at = 0;
  for (let n = 0; n < 70_000; n += 1) {
    const data = Buffer.from(String(n));
    const entry: ZipEntry = { name: `a/${String(n)}`, crc: crc32(data), size: data.length, packed: data.length, at, isDeflated: false };
    const header = localHeader(entry, created, false);
    pieces.push(header, data);
    lines.push(directoryLine(entry, created));
    at += header.length + data.length;
  }
  const directory = Buffer.concat(lines);
  const path = join(scratchFolder(), 'many.zip');
  writeFileSync(path, Buffer.concat([...pieces, directory, directoryEnd(70_000, at, directory.length)]));
  expect(zipComplaints(path)).toBe('');
  expect(execFileSync('unzip', ['-p', path, 'a/69999'], { encoding: 'utf8' })).toBe('69999');
});

test('a file of more than 4 GiB, and what lies behind it, come out of the ZIP as they were', { timeout: 300_000 }, async () => {
  const size = 4_300_000_000;
  const block = Buffer.alloc(1_000_000);
  const store = originals();
  const content = smallContent('SIP_hoso', store);
  function* zeros(): Generator<Uint8Array> {
    for (let at = 0; at < size; at += block.length) yield block;
  }
  // SHA-256 of 4 300 000 000 zero bytes: head -c 4300000000 /dev/zero | sha256sum
  const film: PackageFile = { sha256: execFileSync('sh', ['-c', `head -c ${String(size)} /dev/zero | openssl dgst -sha256 -r`], { encoding: 'utf8' }).slice(0, 64), size, name: 'phim.mp4', mediaType: 'video/mpeg', createdAt: created, verdict: null };
  const [first, ...rest] = content.documents;
  if (first === undefined) throw new Error('no document');
  const documents = [{ ...first, content: { kind: 'file' as const, file: film } }, ...rest];
  const outcome = await buildPackage({ content: { ...content, documents }, schemas: stubSchemas, into: scratchFolder(), output: 'zip' }, { open: (sha256) => (sha256 === film.sha256 ? zeros() : store.open(sha256)) });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  expect(zipComplaints(outcome.value.path)).toBe('');
});
