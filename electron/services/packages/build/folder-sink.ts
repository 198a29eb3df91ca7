import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderSynced } from '../../../foundation/durable-file.ts';
import { fileBytes } from '../../../foundation/pdf/index.ts';
import { BuildStop } from './failures.ts';
import { inLanes } from './lanes.ts';
import { stretch, writeAll, type Sink, type SmallText } from './sink.ts';

/** One file is made durable while others are copied; the system's threads for that are four. */
const lanes = 6;

/** A package as a folder: grows as `folder` in the working folder and is moved to `target` at the end. */
export function folderSink(folder: string, target: string): Sink {
  const made = new Map<string, Promise<unknown>>();

  function parentOf(path: string): Promise<unknown> {
    const parent = dirname(path);
    const making = made.get(parent) ?? mkdir(parent, { recursive: true });
    made.set(parent, making);
    return making;
  }

  async function created(path: string): Promise<FileHandle> {
    const full = join(folder, path);
    await parentOf(full);
    return open(full, 'w+');
  }
  async function putText({ path, bytes }: SmallText): Promise<void> {
    const file = await created(path);
    try {
      await writeAll(file, bytes, 0);
      await file.datasync();
      const there = Buffer.alloc(bytes.length + 1);
      const { bytesRead } = await file.read(there, 0, there.length, 0);
      if (!there.subarray(0, bytesRead).equals(bytes)) throw new BuildStop({ code: 'packages-written-differs', path });
    } finally {
      await file.close();
    }
  }

  return {
    lanes,
    resume: async (done) => {
      const kept = new Set<string>();
      for (const { path, size } of done) {
        const there = statSync(join(folder, path), { throwIfNoEntry: false });
        if (there?.isFile() === true && there.size === size) kept.add(path);
      }
      for (const path of await filesIn(folder)) if (!kept.has(path)) await rm(join(folder, path));
      return done.filter(({ path }) => kept.has(path));
    },
    put: async (path, pieces) => {
      const file = await created(path);
      try {
        let position = 0;
        for await (const piece of pieces) {
          await writeAll(file, piece, position);
          position += piece.length;
        }
        await file.datasync();
      } finally {
        await file.close();
      }
      return undefined;
    },
    putTexts: async (texts) => {
      await inLanes(texts, lanes, putText);
      return texts.map(() => undefined);
    },
    again: async function* (path) {
      const file = await open(join(folder, path));
      try {
        const { size } = await file.stat();
        yield* stretch(async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead, 0, size);
      } finally {
        await file.close();
      }
    },
    look: (path, _, use) => {
      const file = openSync(join(folder, path), 'r');
      try {
        return use(fileBytes(file, fstatSync(file).size));
      } finally {
        closeSync(file);
      }
    },
    finish: async (files) => {
      const there = new Set(await filesIn(folder));
      for (const { path } of files) if (!there.delete(path)) throw new BuildStop({ code: 'packages-written-differs', path });
      const [extra] = there;
      if (extra !== undefined) throw new BuildStop({ code: 'packages-written-differs', path: extra });
      const folders = new Set([folder, ...files.map(({ path }) => dirname(join(folder, path)))]);
      for (const one of folders) await folderSynced(one);
    },
    publish: async () => {
      await rename(folder, target);
      await folderSynced(dirname(target));
    },
    close: async () => undefined,
  };
}

/** Paths of all files below a folder, "/" between. */
async function filesIn(folder: string, prefix = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await filesIn(folder, `${path}/`)));
    else paths.push(path);
  }
  return paths;
}
