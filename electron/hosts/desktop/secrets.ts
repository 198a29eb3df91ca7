import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keyFile } from '../../platform/secrets/key-file.ts';
import { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from '../../platform/secrets/keeper.ts';
import { createOwnerFile, readOwnerFile } from '../../platform/secrets/owner-file.ts';
import { hasPassphrase, passphrase, type AskPassphrase } from '../../platform/secrets/passphrase.ts';
import type { Result } from '../../foundation/outcome.ts';

/** What is used of Electron's `safeStorage`. */
export type SystemStorage = {
  readonly isAsyncEncryptionAvailable: () => Promise<boolean>;
  readonly encryptStringAsync: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync: (encrypted: Buffer) => Promise<{ readonly result: string }>;
  readonly getSelectedStorageBackend: () => string;
};

const fileName = 'system.key';

/**
 * The key, encrypted by the system's own storage (Windows DPAPI, Linux secret service). The file is bound to this
 * user on this machine: a restored disk copy alone does not open.
 */
export function safeStorageKeeper(folder: string, storage: SystemStorage): KeyKeeper {
  async function read(): Promise<Result<ObtainedKey, KeyFailure> | undefined> {
    const found = await readOwnerFile(folder, fileName);
    if (!found.ok) return found;
    if (found.value === undefined) return undefined;
    try {
      const { result } = await storage.decryptStringAsync(found.value);
      const key = Buffer.from(result, 'base64');
      if (key.length === masterKeyBytes) return { ok: true, value: { key, created: false } };
      return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
    } catch {
      // Another user, another machine, or a keyring that was made anew.
      return keyFailure('key-wrong', { folder, reason: 'system-storage' });
    }
  }
  return {
    async obtain(mayCreate) {
      const found = await read();
      if (found !== undefined) return found;
      if (!mayCreate) return keyFailure('key-missing', { folder });
      const key = randomBytes(masterKeyBytes);
      const encrypted = await storage.encryptStringAsync(key.toString('base64'));
      const written = await createOwnerFile(folder, fileName, encrypted);
      if (!written.ok) return written;
      if (written.value === 'exists') return (await read()) ?? keyFailure('key-missing', { folder });
      return { ok: true, value: { key, created: true } };
    },
  };
}

/**
 * Whether the system really protects what it stores. On Linux without a keyring Electron falls back to a password
 * that is part of its source (`basic_text`).
 */
export async function systemProtects(storage: SystemStorage, platform: string): Promise<boolean> {
  if (!(await storage.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
}

export type KeeperChoice = {
  readonly practice: boolean;
  readonly folder: string;
  readonly storage: SystemStorage;
  readonly platform: string;
  readonly ask: AskPassphrase;
};

/**
 * Who keeps this profile's key. What kept it before keeps it now, whatever the system offers today; a new profile
 * uses the system's storage where that protects, and a passphrase where it does not.
 */
export async function chooseKeeper(choice: KeeperChoice): Promise<KeyKeeper> {
  const { folder, storage, platform, ask } = choice;
  if (choice.practice) return keyFile(folder);
  if (hasPassphrase(folder)) return passphrase(folder, ask);
  if (existsSync(join(folder, fileName)) || (await systemProtects(storage, platform))) {
    return safeStorageKeeper(folder, storage);
  }
  return passphrase(folder, ask);
}
