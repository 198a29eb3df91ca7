import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

/**
 * A 32-byte key under a passphrase: stretched by scrypt (RFC 7914), wrapped by AES-256-GCM. As a file it is of no use without
 * the passphrase; wrong passphrase and altered file look the same.
 */
export type WrappedKey = { readonly cost: number; readonly salt: Buffer; readonly nonce: Buffer; readonly key: Buffer; readonly tag: Buffer };

const keyBytes = 32;
/** OWASP's figure for scrypt with r = 8, p = 1: 128 MiB and roughly half a second. */
const costNow = 2 ** 17;
/** What a file may ask of us: not weaker than ours, and not so dear that opening it would stop the machine. */
const costMost = 2 ** 20;

/** Wraps a key. `format` is bound in, so that a file of one use does not pass for one of another. */
export async function wrapKey(format: string, words: string, key: Uint8Array): Promise<WrappedKey> {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await stretch(words, salt, costNow), nonce);
  cipher.setAAD(boundTo(format, costNow, salt));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  return { cost: costNow, salt, nonce, key: wrapped, tag: cipher.getAuthTag() };
}

/** The key, or undefined when the passphrase or the file is another. */
export async function unwrapKey(format: string, words: string, file: WrappedKey): Promise<Buffer | undefined> {
  const decipher = createDecipheriv('aes-256-gcm', await stretch(words, file.salt, file.cost), file.nonce);
  decipher.setAAD(boundTo(format, file.cost, file.salt));
  decipher.setAuthTag(file.tag);
  try {
    return Buffer.concat([decipher.update(file.key), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The text of a file that holds a wrapped key. */
export function wrappedKeyText(format: string, { cost, salt, nonce, key, tag }: WrappedKey): string {
  const text = (bytes: Buffer): string => bytes.toString('base64');
  return JSON.stringify({
    format,
    version: 1,
    kdf: { name: 'scrypt', N: cost, r: 8, p: 1, salt: text(salt) },
    wrap: { name: 'aes-256-gcm', nonce: text(nonce), key: text(key), tag: text(tag) },
  });
}

/** Reads such a file; undefined when it is none of this format, or asks for more or less than a passphrase may be stretched. */
export function readWrappedKey(format: string, text: string): WrappedKey | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { kdf, wrap, ...head } = fieldsOf(value);
  const { N: cost, salt: saltText, ...how } = fieldsOf(kdf);
  const { nonce: nonceText, key: keyText, tag: tagText, ...by } = fieldsOf(wrap);
  if (!same(head, { format, version: 1 }) || !same(how, { name: 'scrypt', r: 8, p: 1 }) || !same(by, { name: 'aes-256-gcm' })) return undefined;
  if (typeof cost !== 'number' || !Number.isInteger(Math.log2(cost)) || cost < costNow || cost > costMost) return undefined;
  const salt = bytesOf(saltText, 32);
  const nonce = bytesOf(nonceText, 12);
  const key = bytesOf(keyText, keyBytes);
  const tag = bytesOf(tagText, 16);
  return salt === undefined || nonce === undefined || key === undefined || tag === undefined ? undefined : { cost, salt, nonce, key, tag };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function same(found: Record<string, unknown>, wanted: Record<string, unknown>): boolean {
  const names = Object.keys(wanted);
  return Object.keys(found).length === names.length && names.every((name) => found[name] === wanted[name]);
}

function bytesOf(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined;
}

/** Binds the parameters to the wrapped key, so that they cannot be exchanged unseen. */
function boundTo(format: string, cost: number, salt: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${format}/1 scrypt ${String(cost)} 8 1 `), salt]);
}

function stretch(words: string, salt: Buffer, cost: number): Promise<Buffer> {
  // One keyboard writes ế as one character and another as two or three: the passphrase must be the same.
  const text = words.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, keyBytes, { N: cost, r: 8, p: 1, maxmem: 128 * cost * 8 + 32 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
