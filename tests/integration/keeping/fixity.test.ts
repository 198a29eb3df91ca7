import { cpSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { fixityThread } from '../../../electron/hosts/threads/fixity-thread.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { createKeeping, readFiles } from '../../../electron/services/keeping/index.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { all, one, run, sql, type Store } from '../../../electron/store/index.ts';
import { addMember, given, now, officeOver, putDossier, putIncoming, refused } from '../../fakes/keeping/archive.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const pathOf = (folder: string, sha256: string): string => join(folder, 'blobs', sha256.slice(0, 2), sha256);

function flipByte(path: string, at = -20): void {
  const bytes = readFileSync(path);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

async function filled(): Promise<{ folder: string; store: Store; flipped: { id: string; sha256: string; message: string }; missing: { id: string; sha256: string }; dossier: string }> {
  const folder = join(scratchFolder(), 'profile');
  const store = storeIn(folder);
  const flipped = await putIncoming(store, '101', 'một '.repeat(200_000));
  const missing = await putIncoming(store, '102', 'hai');
  await putIncoming(store, '103', 'ba');
  const dossier = putDossier(store, { notation: '01.VP', years: 5, endedOn: '2024-01-01' });
  addMember(store, dossier, flipped.id);
  return { folder, store, flipped, missing, dossier };
}

test('a flipped byte and a missing file are found with whose they are, raise the alarm, and are mended only by the very same content', async () => {
  const { folder, store, flipped, missing, dossier } = await filled();
  const backup = scratchFolder();
  cpSync(join(folder, 'blobs'), join(backup, 'profile', 'blobs'), { recursive: true });
  const { keeping, failures, alarms } = officeOver(store);
  expect((await keeping.host.check(true)).last).toMatchObject({ files: 6, missing: 0, damaged: 0 });

  flipByte(pathOf(folder, flipped.sha256), 300_000);
  rmSync(pathOf(folder, missing.sha256));
  const state = await keeping.host.check(true);
  expect(state.last).toMatchObject({ files: 6, missing: 1, damaged: 1, unreadable: 0, stopped: false });
  expect([state.bad, state.alarms, alarms.at(-1)]).toEqual([2, 2, 2]);
  const { items } = await given(keeping.handlers.badFiles({ open: true, after: null, limit: 10 }));
  expect(items.map(({ sha256, harm }) => [sha256, harm]).toSorted()).toEqual([[flipped.sha256, 'damaged'], [missing.sha256, 'missing']].toSorted());
  expect(items.find(({ sha256 }) => sha256 === flipped.sha256)?.holders).toEqual([
    { kind: 'incoming', document: flipped.id, about: '101/BNV', subject: 'Về việc số 101', name: 'vb-101.pdf', dossiers: [{ id: dossier, code: '01.VP', title: 'Hồ sơ 01.VP về công tác hành chính' }] },
  ]);

  // Another file of the same size, or of the same name, mends nothing.
  const wrong = scratchFolder();
  writeFileSync(join(wrong, 'same-size.txt'), 'hai '.slice(0, 3).toUpperCase());
  mkdirSync(join(wrong, missing.sha256.slice(0, 2)));
  writeFileSync(join(wrong, missing.sha256.slice(0, 2), missing.sha256), 'hai!');
  expect(await keeping.host.repairFrom(wrong, () => undefined)).toMatchObject({ looked: 2, repaired: [], left: 2 });
  const other = { name: 'khác.pdf', mediaType: 'application/pdf', ...(await store.blobs.put(Buffer.from('khác'))) };
  expect(await given(keeping.handlers.repair({ files: [other] }))).toEqual([{ file: 'khác.pdf', sha256: other.sha256, result: 'not-wanted' }]);
  expect(store.blobs.has(other.sha256)).toBe(false);

  // A damaged copy of a backup neither; then the whole backup does.
  copyFileSync(pathOf(join(backup, 'profile'), missing.sha256), join(backup, 'aside'));
  flipByte(pathOf(join(backup, 'profile'), missing.sha256));
  expect(await keeping.host.repairFrom(backup, () => undefined)).toMatchObject({ repaired: [{ sha256: flipped.sha256 }], left: 1 });
  expect((await store.blobs.verify(flipped.sha256)).sha256).toBe(flipped.sha256);

  // Through the window: the same content under any name.
  const brought = { name: 'bản của tôi.txt', mediaType: 'text/plain', ...(await store.blobs.put(Buffer.from('hai'))) };
  expect(await given(keeping.handlers.repair({ files: [brought] }))).toMatchObject([{ result: 'repaired' }]);
  expect(await keeping.host.check(true)).toMatchObject({ bad: 0, alarms: 0 });
  expect(await refused(keeping.handlers.noteLoss({ sha256: flipped.sha256, reason: 'x' }))).toBe('already-repaired');
  expect(all(store.read, sql`SELECT action, COUNT(*) AS n FROM audit_entry WHERE action LIKE 'fixity.%' GROUP BY 1 ORDER BY 1`)).toEqual([
    { action: 'fixity.bad-file', n: 2 },
    { action: 'fixity.begun', n: 3 },
    { action: 'fixity.ended', n: 3 },
    { action: 'fixity.repaired', n: 2 },
  ]);
  expect(verifyChain(store.read).brokenAt).toBeNull();
  expect(failures).toEqual([]);
});

test('a noted loss is quiet but stays bad; what was destroyed meanwhile is no loss', async () => {
  const { folder, store, flipped, missing } = await filled();
  rmSync(pathOf(folder, missing.sha256));
  rmSync(pathOf(folder, flipped.sha256));
  const { keeping } = officeOver(store);
  await keeping.host.check(true);
  await given(keeping.handlers.noteLoss({ sha256: missing.sha256, reason: 'đã xin lại bản khác' }));
  expect((await given(keeping.handlers.fixity({})))).toMatchObject({ bad: 2, alarms: 1 });
  store.write((db) => run(db, sql`UPDATE incoming_file SET destroyed_at = 'z' WHERE sha256 = ${flipped.sha256}`));
  expect(await keeping.host.check(false)).toMatchObject({ bad: 1, alarms: 0 });
});

test('a check that was broken off goes on where it was, and reads no file twice', async () => {
  const folder = join(scratchFolder(), 'profile');
  const store = storeIn(folder);
  for (let number = 0; number < 30; number += 1) await putIncoming(store, String(100 + number), `nội dung ${String(number)}`);
  const read: string[] = [];
  const over = (most: number): ReturnType<typeof createKeeping> => {
    let left = most;
    const keeping: ReturnType<typeof createKeeping> = createKeeping({
      store,
      clock: { now: () => now },
      fonts: documentFonts,
      whileQuiet: (work) => work(),
      purgeIndex: () => Promise.resolve(),
      check: async (files, share) => {
        const slice = files.slice(0, 7);
        if (left === 0) throw new Error('ended');
        left -= 1;
        read.push(...slice.map(({ sha256 }) => sha256));
        return readFiles(store.blobs, slice, share);
      },
      onDestroyStep: () => undefined,
      disposalsChanged: () => undefined,
      fixityChanged: () => undefined,
      deadlinesChanged: () => undefined,
      failed: () => undefined,
    });
    return keeping;
  };
  const first = over(3);
  await first.host.check(true);
  await first.stop();
  expect(one(store.read, sql`SELECT files, ended_at FROM fixity_run`)).toEqual({ files: 21, ended_at: null });
  const second = over(1000);
  const state = await second.host.check(true);
  expect(state).toMatchObject({ running: null, last: { files: 60, missing: 0, damaged: 0 } });
  expect(new Set(read).size).toBe(60);
  expect(read).toHaveLength(60);
  expect(one(store.read, sql`SELECT COUNT(*) AS n FROM fixity_run`)).toEqual({ n: 1 });
});

test('files are read in a thread: this one is never held up, and a thread that ends is followed by another', async () => {
  const folder = join(scratchFolder(), 'profile');
  const store = storeIn(folder);
  const files = [];
  for (let at = 0; at < 4; at += 1) files.push(await store.blobs.put(randomBytes(24 * 1024 * 1024)));
  const lines: string[] = [];
  const thread = fixityThread(store.blobAccess, (line) => lines.push(line));
  const before = performance.eventLoopUtilization();
  const checked: unknown[] = [];
  while (checked.length < files.length) checked.push(...(await thread.check(files.slice(checked.length), 100)));
  // Reading and hashing 96 MB here would fill this thread's time.
  const { utilization } = performance.eventLoopUtilization(before);
  expect(checked).toEqual(files.map(({ sha256, size }) => ({ sha256, harm: null, detail: '', bytes: size })));
  expect(utilization).toBeLessThan(0.5);
  const stopped = thread.check(files, 1).catch((error: unknown) => String(error));
  await thread.stop();
  expect(await stopped).toMatch(/ended/);
  expect(await thread.check(files.slice(0, 1), 100)).toHaveLength(1);
  await thread.stop();
});
