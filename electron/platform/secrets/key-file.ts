import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../foundation/outcome.ts';
import { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from './keeper.ts';
import { createOwnerFile, readOwnerFile } from './owner-file.ts';

/** How a key lies in its file. */
export type KeyForm = {
  /** the file's bytes for a new key */
  readonly sealed: (key: Buffer) => Promise<Buffer>;
  /** the key in the file's bytes */
  readonly opened: (bytes: Buffer) => Promise<Result<Buffer, KeyFailure>>;
};

/** Keeps the key in a file of the profile that only its owner may read. Whoever makes it first, his counts. */
export function keptInFile(folder: string, fileName: string, { sealed, opened }: KeyForm): KeyKeeper {
  async function read(): Promise<Result<ObtainedKey, KeyFailure> | undefined> {
    const found = await readOwnerFile(folder, fileName);
    if (!found.ok) return found;
    if (found.value === undefined) return undefined;
    const key = await opened(found.value);
    if (!key.ok) return key;
    if (key.value.length !== masterKeyBytes) return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
    return { ok: true, value: { key: key.value, created: false } };
  }
  return {
    async obtain(mayCreate) {
      const found = await read();
      if (found !== undefined) return found;
      if (!mayCreate) return keyFailure('key-missing', { folder });
      const key = randomBytes(masterKeyBytes);
      const written = await createOwnerFile(folder, fileName, await sealed(key));
      if (!written.ok) return written;
      if (written.value === 'exists') return (await read()) ?? keyFailure('key-missing', { folder });
      return { ok: true, value: { key, created: true } };
    },
  };
}

const clearName = 'practice.key';

/** True when the profile's key lies in a key file. */
export function hasKeyFile(folder: string): boolean {
  return existsSync(join(folder, clearName));
}

/**
 * A key in the clear in a file that only its owner may read. **For practice profiles**: it keeps the station's form
 * without protecting anything from somebody who has the disk. A real profile uses the system's secret storage or a
 * passphrase.
 */
export function keyFile(folder: string): KeyKeeper {
  return keptInFile(folder, clearName, { sealed: (key) => Promise.resolve(key), opened: (bytes) => Promise.resolve({ ok: true, value: bytes }) });
}
