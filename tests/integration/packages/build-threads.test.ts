import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageBuildThreads } from '../../../electron/hosts/threads/package-build-threads.ts';
import type { BuildOrder, BuildProgress, PackageContent, PackageFile } from '../../../electron/services/packages/index.ts';
import { openBlobs, type BlobAccess } from '../../../electron/store/blobs.ts';
import { created, originals, smallContent, stubSchemas, text } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { treeDigest } from './judges.ts';

async function stored(sizes: readonly number[]): Promise<{ readonly access: BlobAccess; readonly content: PackageContent }> {
  const access = { folder: join(scratchFolder(), 'blobs'), key: randomBytes(32) };
  const blobs = openBlobs(access.folder, access.key);
  const documents: PackageContent['documents'][number][] = [];
  for (const [index, size] of sizes.entries()) {
    const ref = await blobs.put(randomBytes(size));
    const file: PackageFile = { ...ref, name: `${String(index)}.pdf`, mediaType: 'application/pdf', createdAt: created, verdict: null };
    documents.push({ fields: text(index + 1), content: { kind: 'file', file }, attachments: [], trace: null });
  }
  return { access, content: { ...smallContent('SIP_hoso', originals()), documents } };
}
const order = (content: PackageContent, into: string, output: BuildOrder['output'] = 'folder'): BuildOrder => ({ content, schemas: stubSchemas, into, output });

test('a thread builds from the encrypted store, tells how far it is, and two orders do not disturb each other', async () => {
  const { access, content } = await stored([300_000, 5_000_000, 1]);
  const threads = packageBuildThreads(access, () => undefined);
  const [one, two] = [scratchFolder(), scratchFolder()];
  const told: BuildProgress[] = [];
  const both = await Promise.all([threads.build(order(content, one), { progress: (now) => told.push(now) }), threads.build(order(content, two))]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  expect(treeDigest(one)).toBe(treeDigest(two));
  expect(told.at(-1)).toMatchObject({ bytesDone: 5_300_001, bytesTotal: 5_300_001 });
  await threads.close();
});

test('cancelled on the way, or before its turn, an order says so; the next run goes on', async () => {
  const { access, content } = await stored(Array.from({ length: 60 }, () => 4_000_000));
  const threads = packageBuildThreads(access, () => undefined);
  const into = scratchFolder();
  const abort = new AbortController();
  const first = threads.build(order(content, into), {
    signal: abort.signal,
    progress: ({ filesDone }) => {
      if (filesDone >= 1) abort.abort();
    },
  });
  const waiting = threads.build(order(content, scratchFolder()), { signal: abort.signal });
  expect(await first).toEqual({ ok: false, failure: { code: 'packages-cancelled' } });
  expect(await waiting).toEqual({ ok: false, failure: { code: 'packages-cancelled' } });
  const again = await threads.build(order(content, into));
  expect(again).toMatchObject({ ok: true });
  if (again.ok) expect(again.value.resumed).toBeGreaterThan(0);
  await threads.close();
});

test('a thread that crashes is told, and the next order has a new one', async () => {
  const { access, content } = await stored([1000]);
  const program = join(scratchFolder(), 'crash.mjs');
  writeFileSync(program, 'throw new Error("deliberate");');
  const lines: string[] = [];
  const broken = packageBuildThreads(access, (line) => lines.push(line), program);
  expect(await broken.build(order(content, scratchFolder()))).toEqual({ ok: false, failure: { code: 'packages-thread-ended', detail: 'deliberate' } });
  expect(lines).toHaveLength(1);
  await broken.close();
});

test('an original that is damaged in the store is named', async () => {
  const { access, content } = await stored([1000, 2000]);
  const body = content.documents[1]?.content;
  if (body?.kind !== 'file') throw new Error('no file');
  const { sha256 } = body.file;
  writeFileSync(join(access.folder, sha256.slice(0, 2), sha256), 'damaged');
  const threads = packageBuildThreads(access, () => undefined);
  const into = scratchFolder();
  expect(await threads.build(order(content, into))).toMatchObject({ ok: false, failure: { code: 'packages-source-unreadable', sha256 } });
  expect(readdirSync(into)).toHaveLength(1);
  await threads.close();
});
