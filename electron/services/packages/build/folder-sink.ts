import { closeSync, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderSynced } from '../../../foundation/durable-file.ts';
import { fileBytes } from '../../../foundation/pdf/index.ts';
import { piecesAt } from '../read/random-access.ts';
import { BuildStop } from './failures.ts';
import { inLanes } from './lanes.ts';
import { writeAll, type Put, type Sink, type SmallText } from './sink.ts';

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
  /** Writes a file so that a power cut leaves it there, and takes its stamp. Closed first: Windows sets the times of a file then. */
  async function durable(path: string, write: (file: FileHandle) => Promise<void>): Promise<Put> {
    const file = await created(path);
    try {
      await write(file);
      await file.datasync();
    } finally {
      await file.close();
    }
    return { stamp: fileStamp(join(folder, path)) };
  }
  async function putText({ path, bytes }: SmallText): Promise<Put> {
    const put = await durable(path, (file) => writeAll(file, bytes, 0));
    if (!readFileSync(join(folder, path)).equals(bytes)) throw new BuildStop({ code: 'packages-written-differs', path });
    return put;
  }

  return {
    lanes,
    takesTextsBetween: true,
    resume: async (done) => {
      const there = done.filter(({ path, size }) => {
        const facts = lstatSync(join(folder, path), { throwIfNoEntry: false });
        return facts?.isFile() === true && facts.size === size;
      });
      const paths = new Set(there.map(({ path }) => path));
      for (const path of await filesIn(folder)) if (!paths.has(path)) await rm(join(folder, path));
      const { same = [], doubtful = [] } = Object.groupBy(there, ({ path, stamp }) => (fileStamp(join(folder, path)) === stamp ? 'same' : 'doubtful'));
      return { same, doubtful };
    },
    put: (path, pieces) =>
      durable(path, async (file) => {
        let position = 0;
        for await (const piece of pieces) {
          await writeAll(file, piece, position);
          position += piece.length;
        }
      }),
    putTexts: async (texts) => {
      const put = new Map<SmallText, Put>();
      await inLanes(texts, lanes, async (one) => {
        put.set(one, await putText(one));
      });
      return texts.map((one) => put.get(one) ?? {});
    },
    again: async function* (path) {
      const file = openSync(join(folder, path), 'r');
      try {
        yield* piecesAt(file, 0, fstatSync(file).size);
      } finally {
        closeSync(file);
      }
    },
    place: ({ path, size }) => ({ kind: 'file', path: join(folder, path), name: path, size }),
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

/**
 * What a system changes when it writes to a file, puts another in its place, or has its time set back: number, times of writing and
 * of change, in nanoseconds. The last one no call of POSIX sets; on Windows a program made for that can.
 */
function fileStamp(path: string): string {
  const { ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
  return [ino, mtimeNs, ctimeNs].join(' ');
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
