import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../bridge/context.ts';
import { failureOf, type AnyFailure } from '../../bridge/failure.ts';
import { ask, methodKey } from '../../bridge/methods.ts';
import { stageFile } from '../../bridge/stage-file.ts';

export type UploadState = {
  /** names of files that were not taken in, and why */
  readonly failed: readonly { readonly name: string; readonly failure: AnyFailure }[];
  /** how far the running hand-over is; null when nothing is handed over */
  readonly progress: { readonly name: string; readonly place: number; readonly count: number; readonly percent: number } | null;
  /** files of a folder that are neither PDF nor message and stayed out */
  readonly leftOut: number;
};

export type Upload = UploadState & {
  /** Hands files over one after another; answers the ids of those that wait now. */
  readonly add: (files: readonly File[], leftOut?: number) => Promise<readonly string[]>;
  readonly forget: () => void;
};

const nothing: UploadState = { failed: [], progress: null, leftOut: 0 };

/** Hands files that a person dropped or picked over to the core: the window has their bytes, never their paths. */
export function useUpload(): Upload {
  const connection = useConnection();
  const cache = useQueryClient();
  const [state, setState] = useState<UploadState>(nothing);

  async function handOver(file: File, onPart: (percent: number) => void): Promise<string> {
    const stored = await stageFile(connection, file, onPart);
    if (!isMessage(file)) return (await ask(connection, 'intake', 'takeFile', { file: stored })).id;
    return (await ask(connection, 'messageFiles', 'take', { file: stored })).id;
  }

  async function add(files: readonly File[], leftOut = 0): Promise<readonly string[]> {
    const ids: string[] = [];
    setState({ ...nothing, leftOut });
    for (const [index, file] of files.entries()) {
      const show = (percent: number): void => {
        setState((before) => ({ ...before, progress: { name: file.name, place: index + 1, count: files.length, percent } }));
      };
      show(0);
      try {
        ids.push(await handOver(file, show));
        void cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
      } catch (error) {
        setState((before) => ({ ...before, failed: [...before.failed, { name: file.name, failure: failureOf(error) }] }));
      }
    }
    setState((before) => ({ ...before, progress: null }));
    await cache.invalidateQueries({ queryKey: methodKey('intake', 'files') });
    return ids;
  }

  return {
    ...state,
    add,
    forget: () => {
      setState(nothing);
    },
  };
}

/** What was dropped, folders opened; of a folder only PDFs and messages, with how many others there were. */
export async function droppedFiles(items: DataTransferItemList): Promise<{ readonly files: readonly File[]; readonly leftOut: number }> {
  // The list is empty after the event; entries outlive it.
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : [])).filter((entry) => entry !== null);
  const files: File[] = [];
  let leftOut = 0;
  async function open(entry: FileSystemEntry, inFolder: boolean): Promise<void> {
    if (entry.isDirectory) {
      for (const inner of await childrenOf(entry as FileSystemDirectoryEntry)) await open(inner, true);
      return;
    }
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    if (inFolder && !isPdf(file) && !isMessage(file)) leftOut += 1;
    else files.push(file);
  }
  for (const entry of entries) await open(entry, false);
  return { files: inOrder(files), leftOut };
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred at a time, and none at the end.
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** The PDFs and messages of a picked folder, with how many others there were. */
export function pickedFolder(list: FileList): { readonly files: readonly File[]; readonly leftOut: number } {
  const all = [...list];
  const files = all.filter((file) => isPdf(file) || isMessage(file));
  return { files: inOrder(files), leftOut: all.length - files.length };
}

function inOrder(files: readonly File[]): readonly File[] {
  return files.toSorted((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }));
}

/** A message of the axis' form: its envelope has the fields. */
function isMessage(file: File): boolean {
  return file.name.toLowerCase().endsWith('.edxml');
}

function isPdf(file: File): boolean {
  return file.type === 'application/pdf' || file.name.toLowerCase().endsWith('.pdf');
}
