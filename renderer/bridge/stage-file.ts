import { useState } from 'react';
import { stagedPieceBytes, type StoredFile } from '#contract';
import type { Connection } from './connection.ts';
import { useConnection } from './context.ts';
import { failureOf, type AnyFailure } from './failure.ts';
import { ask } from './methods.ts';

/**
 * Hands a file of this machine to the core, piece by piece, and answers how the store knows it. Throws its failure.
 * `onPart` hears after each piece how many percent are through.
 */
export async function stageFile(connection: Connection, file: File, onPart: (percent: number) => void = () => undefined): Promise<StoredFile> {
  const { upload } = await ask(connection, 'staging', 'open', { name: file.name, mediaType: file.type.slice(0, 150), size: file.size });
  try {
    for (let at = 0; at < file.size; at += stagedPieceBytes) {
      const bytes = new Uint8Array(await file.slice(at, at + stagedPieceBytes).arrayBuffer());
      await ask(connection, 'staging', 'piece', { upload, at, base64: base64Of(bytes) });
      onPart(Math.round((100 * Math.min(at + stagedPieceBytes, file.size)) / file.size));
    }
    return await ask(connection, 'staging', 'finish', { upload });
  } catch (error) {
    await ask(connection, 'staging', 'drop', { upload }).catch(() => undefined);
    throw error;
  }
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // A call takes no more than some ten thousand arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export type Staging = {
  /** Takes files one after another; answers those that got through. */
  readonly take: (files: readonly File[]) => Promise<StoredFile[]>;
  /** name of the one under way */
  readonly busy: string | null;
  readonly failure: AnyFailure | undefined;
};

/** Brings files of this machine into the store. */
export function useStaging(): Staging {
  const connection = useConnection();
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  return {
    async take(files) {
      setFailure(undefined);
      const stored: StoredFile[] = [];
      try {
        for (const file of files) {
          setBusy(file.name);
          stored.push(await stageFile(connection, file));
        }
      } catch (error) {
        setFailure(failureOf(error));
      } finally {
        setBusy(null);
      }
      return stored;
    },
    busy,
    failure,
  };
}
