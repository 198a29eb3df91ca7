import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage, dropUnfinished, folderNameOf, workingName, type BuildOrder, type BuildPorts, type BuildProgress } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { treeDigest } from './judges.ts';

const isRoot = process.getuid?.() === 0;
const store = originals();
const content = smallContent('SIP_hoso', store);
const orderIn = (into: string, output: BuildOrder['output'] = 'folder'): BuildOrder => ({ content, schemas: stubSchemas, into, output });
const failureOf = async (order: BuildOrder, ports: Partial<BuildPorts> = {}): Promise<unknown> => {
  const outcome = await buildPackage(order, { open: store.open, ...ports });
  return outcome.ok ? 'built' : outcome.failure;
};
/** Opens originals, but does something else at the third. */
function atThird(act: (sha256: string) => Iterable<Uint8Array>): BuildPorts['open'] {
  let opened = 0;
  return (sha256) => {
    opened += 1;
    return opened === 3 ? act(sha256) : store.open(sha256);
  };
}

test.each(['folder', 'zip'] as const)('a name that is taken is refused, and what has it stays as it is (%s)', async (output) => {
  const into = scratchFolder();
  const first = await buildPackage(orderIn(into, output), { open: store.open });
  if (!first.ok) throw new Error(first.failure.code);
  const before = treeDigest(into);
  expect(await failureOf(orderIn(into, output))).toEqual({ code: 'packages-target-exists', path: first.value.path });
  expect(treeDigest(into)).toBe(before);
  expect(readdirSync(into)).toHaveLength(1);
});

test('a folder of somebody else that has the name of the working folder stays as it is', async () => {
  const into = scratchFolder();
  const theirs = join(into, workingName(folderNameOf(content)));
  mkdirSync(theirs);
  writeFileSync(join(theirs, 'bài viết.docx'), 'of somebody else');
  expect(await failureOf(orderIn(into))).toEqual({ code: 'packages-target-exists', path: theirs });
  expect(readdirSync(theirs)).toEqual(['bài viết.docx']);
});

test('content that the circular does not allow begins nothing', async () => {
  const into = scratchFolder();
  expect(await failureOf({ ...orderIn(into), content: { ...content, documents: [] } })).toMatchObject({ code: 'packages-content', problems: [{ code: 'package-empty' }] });
  expect(readdirSync(into)).toEqual([]);
});

test.each(['folder', 'zip'] as const)('an original that is missing, cut short, longer or of other bytes is named; the rest is kept, and made whole when it is back (%s)', async (output) => {
  const wrongs: Readonly<Record<string, (sha256: string) => Iterable<Uint8Array>>> = {
    missing: () => {
      throw new Error('gone');
    },
    short: (sha256) => [(store.bytes.get(sha256) ?? Buffer.alloc(0)).subarray(1)],
    long: (sha256) => [...store.open(sha256), Buffer.from('more')],
    flipped: (sha256) => {
      const bytes = Buffer.from(store.bytes.get(sha256) ?? []);
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
      return [bytes];
    },
  };
  const straight = scratchFolder();
  await buildPackage(orderIn(straight, output), { open: store.open });
  for (const [what, act] of Object.entries(wrongs)) {
    const into = scratchFolder();
    expect(await failureOf(orderIn(into, output), { open: atThird(act) }), what).toMatchObject({ code: 'packages-source-unreadable', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(readdirSync(into), what).toEqual([expect.stringMatching(/\.unfinished$/)]);
    expect(await failureOf(orderIn(into, output)), what).toBe('built');
    expect(treeDigest(into), what).toBe(treeDigest(straight));
  }
});

test.each(['folder', 'zip'] as const)('a target that vanishes on the way is told as gone (%s)', async (output) => {
  const into = join(scratchFolder(), 'usb');
  mkdirSync(into);
  const atOnce = atThird((sha256) => {
    rmSync(into, { recursive: true });
    return store.open(sha256);
  });
  expect(await failureOf(orderIn(into, output), { open: atOnce })).toMatchObject({ code: 'packages-target-gone' });
  expect(await failureOf(orderIn(join(scratchFolder(), 'never')))).toMatchObject({ code: 'packages-target-gone' });
});

test.skipIf(isRoot)('a folder without the right to write is told as refused (needs a user who is not root)', async () => {
  const into = scratchFolder();
  chmodSync(into, 0o555);
  expect(await failureOf(orderIn(into))).toMatchObject({ code: 'packages-target-refused' });
  chmodSync(into, 0o755);
});

test.skipIf(!isRoot)('a disk without room is told before anything is copied, one that fills up on the way then; with room it goes on (needs root, for a small disk)', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'tvt-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  try {
    const big = store.file(Buffer.alloc(900_000, 'scan'), 'scan.pdf');
    const order = { ...orderIn(disk), content: { ...content, documents: content.documents.map((one, index) => (index === 1 ? { ...one, content: { kind: 'file' as const, file: big } } : one)) } };
    expect(await failureOf(order)).toMatchObject({ code: 'packages-disk-full', needed: expect.any(Number) as unknown });
    execFileSync('mount', ['-o', 'remount,size=2m', disk]);
    const atOnce = atThird((sha256) => {
      // Somebody else takes the room that was there.
      writeFileSync(join(disk, 'else'), Buffer.alloc(1_000_000));
      return store.open(sha256);
    });
    expect(await failureOf(order, { open: atOnce })).toMatchObject({ code: 'packages-disk-full' });
    rmSync(join(disk, 'else'));
    expect(await failureOf(order)).toBe('built');
  } finally {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
});

test.each(['folder', 'zip'] as const)('a byte that the disk gives back differently is found by reading again (%s)', async (output) => {
  const probe = await open(process.execPath);
  const methods = Object.getPrototypeOf(probe) as { datasync: (this: FileHandle) => Promise<void> };
  await probe.close();
  const { datasync } = methods;
  let calls = 0;
  methods.datasync = async function () {
    calls += 1;
    // The last byte of what was just written: of an entry's data in a ZIP, of a file in a folder.
    if (calls === 2) await this.write(Buffer.from([0x7f]), 0, 1, (await this.stat()).size - 1);
    await datasync.call(this);
  };
  const into = scratchFolder();
  try {
    expect(await failureOf(orderIn(into, output))).toMatchObject({ code: 'packages-written-differs' });
  } finally {
    methods.datasync = datasync;
  }
  expect(await failureOf(orderIn(into, output))).toBe('built');
});

test('a stray file in the package is found', async () => {
  const into = scratchFolder();
  const atOnce = atThird((sha256) => {
    // Somebody changes a file of the package between writing and the end.
    const working = join(into, readdirSync(into)[0] ?? '', 'package');
    writeFileSync(join(working, 'stray.txt'), 'stray');
    return store.open(sha256);
  });
  expect(await failureOf(orderIn(into), { open: atOnce })).toEqual({ code: 'packages-written-differs', path: 'stray.txt' });
  expect(await failureOf(orderIn(into))).toBe('built');
});

test('cancelled, it keeps what is finished; dropped, nothing is left', async () => {
  const into = scratchFolder();
  const abort = new AbortController();
  const atOnce = atThird((sha256) => {
    abort.abort();
    return store.open(sha256);
  });
  expect(await failureOf(orderIn(into), { open: atOnce, signal: abort.signal })).toEqual({ code: 'packages-cancelled' });
  expect(readdirSync(into)).toEqual([expect.stringMatching(/\.unfinished$/)]);
  await dropUnfinished(orderIn(into));
  expect(readdirSync(into)).toEqual([]);
});

test('half a package of other content under the same name is not used', async () => {
  const into = scratchFolder();
  const abort = new AbortController();
  const atOnce = atThird((sha256) => {
    abort.abort();
    return store.open(sha256);
  });
  await failureOf(orderIn(into), { open: atOnce, signal: abort.signal });
  const other = await buildPackage({ ...orderIn(into), content: { ...content, agreement: 'NL.BNV.2026.02' } }, { open: store.open });
  expect(other).toMatchObject({ ok: true, value: { resumed: 0 } });
});

test('progress goes up to the whole, and the originals stay as they were', async () => {
  const before = new Map([...store.bytes].map(([sha256, bytes]) => [sha256, Buffer.from(bytes)]));
  const told: BuildProgress[] = [];
  const into = scratchFolder();
  expect(await failureOf(orderIn(into), { progress: (now) => told.push(now) })).toBe('built');
  expect(told.map(({ filesDone }) => filesDone)).toEqual(told.map(({ filesDone }) => filesDone).toSorted((a, b) => a - b));
  const last = told.at(-1);
  expect(last?.filesDone).toBe(last?.filesTotal);
  expect(last?.bytesDone).toBe(last?.bytesTotal);
  for (const [sha256, bytes] of before) expect(store.bytes.get(sha256)?.equals(bytes)).toBe(true);
  expect(readFileSync(join(into, readdirSync(into)[0] ?? '', 'METS.xml'), 'utf8')).toContain('Tập quyết định');
});
