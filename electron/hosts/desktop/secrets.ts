import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keptInFile, keyFile } from '../../platform/secrets/key-file.ts';
import { keyFailure, type KeyKeeper } from '../../platform/secrets/keeper.ts';
import { hasPassphrase, passphrase, type AskPassphrase } from '../../platform/secrets/passphrase.ts';

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
  return keptInFile(folder, fileName, {
    sealed: (key) => storage.encryptStringAsync(key.toString('base64')),
    async opened(bytes) {
      try {
        const { result } = await storage.decryptStringAsync(bytes);
        return { ok: true, value: Buffer.from(result, 'base64') };
      } catch {
        // Another user, another machine, or a keyring that was made anew.
        return keyFailure('key-wrong', { folder, reason: 'system-storage' });
      }
    },
  });
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
