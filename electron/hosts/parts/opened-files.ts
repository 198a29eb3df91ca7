import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type OpenedFile } from '#contract';
import { newId } from '../../foundation/ids.ts';
import type { OpenedFiles } from '../../services/exchange/index.ts';
import type { Store } from '../../store/index.ts';
import { mostFileBytes } from '../staging.ts';
import { storeFile } from './stored-files.ts';

/** More are not looked at: nobody opens so many by hand. */
const mostWaiting = 50;

export type OpenedByPath = OpenedFiles & { readonly add: (path: string) => void };

/**
 * Files that the system told the program to open, until somebody who may is at the desk. Nothing is read before, and the
 * window learns their names, never where they lie. `changed` hears the list anew.
 */
export function openedFiles(store: Store, changed: (files: readonly OpenedFile[]) => void): OpenedByPath {
  const paths = new Map<string, string>();
  const list = (): OpenedFile[] => [...paths].map(([id, path]) => ({ id, name: basename(path).toWellFormed() }));
  return {
    list,
    add(path) {
      if ([...paths.values()].includes(path) || paths.size >= mostWaiting) return;
      paths.set(newId(), path);
      changed(list());
    },
    async store(id) {
      const path = paths.get(id);
      if (path === undefined) return fail('not-found');
      paths.delete(id);
      changed(list());
      const file = basename(path).toWellFormed();
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() !== true) return fail('file-unreadable', { file });
      const tooLarge = fail('file-too-large', { file, most: mostFileBytes / 1024 / 1024 });
      if (found.size > mostFileBytes) return tooLarge;
      try {
        const bytes = await storeFile(store, atMost(createReadStream(path), mostFileBytes));
        return ok({ name: file.slice(0, 255), mediaType: 'application/x-edxml', ...bytes });
      } catch (error) {
        if (error instanceof TooLarge) return tooLarge;
        // What the disk of the store says is another matter.
        if ((error as NodeJS.ErrnoException).path === path || (error as NodeJS.ErrnoException).syscall === 'read') return fail('file-unreadable', { file });
        throw error;
      }
    },
  };
}

/** A file may grow while it is read. */
class TooLarge extends Error {}

async function* atMost(bytes: AsyncIterable<unknown>, most: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const piece of bytes) {
    seen += (piece as Uint8Array).length;
    if (seen > most) throw new TooLarge();
    yield piece as Uint8Array;
  }
}
