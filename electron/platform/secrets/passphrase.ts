import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWrappedKey, unwrapKey, wrapKey, wrappedKeyText } from '../../foundation/wrapped-key.ts';
import { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from './keeper.ts';
import { createOwnerFile, readOwnerFile } from './owner-file.ts';
import type { Result } from '../../foundation/outcome.ts';

/**
 * Asks a person: `new` for a passphrase to be made (the asker has it typed twice), `known` for the one in use.
 * `null` when the person gave up.
 */
export type AskPassphrase = (what: 'new' | 'known') => Promise<string | null>;

const fileName = 'passphrase.key.json';
const format = 'tvt-passphrase-key';

/** True when the profile's key is kept by a passphrase; then nothing else may be asked for it. */
export function hasPassphrase(folder: string): boolean {
  return existsSync(join(folder, fileName));
}

/**
 * A random master key wrapped by a passphrase: the passphrase can be changed later without touching the data, and
 * its file alone is of no use. Wrong passphrase and altered file look the same to the cipher: both are `key-wrong`.
 */
export function passphrase(folder: string, ask: AskPassphrase): KeyKeeper {
  return {
    async obtain(mayCreate) {
      const found = await readOwnerFile(folder, fileName);
      if (!found.ok) return found;
      if (found.value !== undefined) return unwrap(folder, found.value, ask);
      return mayCreate ? create(folder, ask) : keyFailure('key-missing', { folder });
    },
  };
}

async function create(folder: string, ask: AskPassphrase): Promise<Result<ObtainedKey, KeyFailure>> {
  const words = await ask('new');
  if (words === null || words === '') return keyFailure('key-wrong', { folder, reason: 'cancelled' });
  const key = randomBytes(masterKeyBytes);
  const written = await createOwnerFile(folder, fileName, wrappedKeyText(format, await wrapKey(format, words, key)));
  if (!written.ok) return written;
  // Somebody made a key while this person typed: theirs counts, and this passphrase was not for it.
  if (written.value === 'exists') return keyFailure('key-wrong', { folder, reason: 'passphrase' });
  return { ok: true, value: { key, created: true } };
}

async function unwrap(folder: string, bytes: Buffer, ask: AskPassphrase): Promise<Result<ObtainedKey, KeyFailure>> {
  const file = readWrappedKey(format, bytes.toString('utf8'));
  if (file === undefined) return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
  const words = await ask('known');
  if (words === null) return keyFailure('key-wrong', { folder, reason: 'cancelled' });
  const key = await unwrapKey(format, words, file);
  return key === undefined ? keyFailure('key-wrong', { folder, reason: 'passphrase' }) : { ok: true, value: { key, created: false } };
}
