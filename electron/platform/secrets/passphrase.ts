import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from './keeper.ts';
import { createOwnerFile, readOwnerFile } from './owner-file.ts';
import type { Result } from '../../foundation/outcome.ts';

/**
 * Asks a person: `new` for a passphrase to be made (the asker has it typed twice), `known` for the one in use.
 * `null` when the person gave up.
 */
export type AskPassphrase = (what: 'new' | 'known') => Promise<string | null>;

const fileName = 'passphrase.key.json';
/** OWASP's figure for scrypt with r = 8, p = 1: 128 MiB and roughly half a second. */
const costNow = 2 ** 17;
/** What a file may ask of us: not weaker than ours, and not so dear that opening it would stop the machine. */
const costMost = 2 ** 20;

const base64 = (bytes: number): z.ZodType<Buffer> =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((value) => value.length === bytes);

const KeyFile = z.strictObject({
  format: z.literal('tvt-passphrase-key'),
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .min(costNow)
      .max(costMost)
      .refine((value) => (value & (value - 1)) === 0),
    r: z.literal(8),
    p: z.literal(1),
    salt: base64(32),
  }),
  wrap: z.strictObject({
    name: z.literal('aes-256-gcm'),
    nonce: base64(12),
    key: base64(masterKeyBytes),
    tag: base64(16),
  }),
});

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
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const key = randomBytes(masterKeyBytes);
  const wrapping = await stretch(words, salt, costNow);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce);
  cipher.setAAD(boundTo(costNow, salt));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = JSON.stringify({
    format: 'tvt-passphrase-key',
    version: 1,
    kdf: { name: 'scrypt', N: costNow, r: 8, p: 1, salt: salt.toString('base64') },
    wrap: {
      name: 'aes-256-gcm',
      nonce: nonce.toString('base64'),
      key: wrapped.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
    },
  } satisfies z.input<typeof KeyFile>);
  const written = await createOwnerFile(folder, fileName, text);
  if (!written.ok) return written;
  // Somebody made a key while this person typed: theirs counts, and this passphrase was not for it.
  if (written.value === 'exists') return keyFailure('key-wrong', { folder, reason: 'passphrase' });
  return { ok: true, value: { key, created: true } };
}

async function unwrap(folder: string, bytes: Buffer, ask: AskPassphrase): Promise<Result<ObtainedKey, KeyFailure>> {
  const file = parse(bytes);
  if (file === undefined) return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
  const words = await ask('known');
  if (words === null) return keyFailure('key-wrong', { folder, reason: 'cancelled' });
  const wrapping = await stretch(words, file.kdf.salt, file.kdf.N);
  const decipher = createDecipheriv('aes-256-gcm', wrapping, file.wrap.nonce);
  decipher.setAAD(boundTo(file.kdf.N, file.kdf.salt));
  decipher.setAuthTag(file.wrap.tag);
  try {
    const key = Buffer.concat([decipher.update(file.wrap.key), decipher.final()]);
    return { ok: true, value: { key, created: false } };
  } catch {
    return keyFailure('key-wrong', { folder, reason: 'passphrase' });
  }
}

function parse(bytes: Buffer): z.output<typeof KeyFile> | undefined {
  try {
    const parsed = KeyFile.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Binds the parameters to the wrapped key, so that they cannot be exchanged unseen. */
function boundTo(cost: number, salt: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`tvt-passphrase-key/1 scrypt ${cost} 8 1 `), salt]);
}

function stretch(words: string, salt: Buffer, cost: number): Promise<Buffer> {
  // One keyboard writes ế as one character and another as two or three: the passphrase must be the same.
  const text = words.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, { N: cost, r: 8, p: 1, maxmem: 128 * cost * 8 + 32 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
