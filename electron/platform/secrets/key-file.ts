import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from './keeper.ts';
import { createOwnerFile, readOwnerFile } from './owner-file.ts';
import type { Result } from '../../foundation/outcome.ts';

const fileName = 'practice.key';

/** True when the profile's key lies in a key file. */
export function hasKeyFile(folder: string): boolean {
  return existsSync(join(folder, fileName));
}

/**
 * A key in the clear in a file that only its owner may read. **For practice profiles**: it keeps the station's form
 * without protecting anything from somebody who has the disk. A real profile uses the system's secret storage or a
 * passphrase.
 */
export function keyFile(folder: string): KeyKeeper {
  async function read(): Promise<Result<ObtainedKey, KeyFailure> | undefined> {
    const found = await readOwnerFile(folder, fileName);
    if (!found.ok) return found;
    if (found.value === undefined) return undefined;
    if (found.value.length !== masterKeyBytes) return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
    return { ok: true, value: { key: found.value, created: false } };
  }
  return {
    async obtain(mayCreate) {
      const found = await read();
      if (found !== undefined) return found;
      if (!mayCreate) return keyFailure('key-missing', { folder });
      const key = randomBytes(masterKeyBytes);
      const written = await createOwnerFile(folder, fileName, key);
      if (!written.ok) return written;
      if (written.value === 'created') return { ok: true, value: { key, created: true } };
      return (await read()) ?? keyFailure('key-missing', { folder });
    },
  };
}
