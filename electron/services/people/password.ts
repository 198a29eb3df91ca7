import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

export type PasswordHash = { readonly salt: Uint8Array; readonly hash: Uint8Array; readonly cost: number };

/** OWASP's figure for scrypt with r = 8, p = 1: 128 MiB and roughly half a second. */
const costNow = 2 ** 17;
const least = 8;
const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}\s]/u];

/** Whether a password has eight characters of all four classes (QCVN 12:2026/BCA 3.7): small, capital, digit, sign. */
export function isStrong(password: string): boolean {
  const text = password.normalize('NFKC');
  return [...text].length >= least && classes.every((one) => one.test(text));
}

/** Makes what is stored of a password. */
export async function hashOf(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, hash: await stretch(password, salt, costNow), cost: costNow };
}

/** Whether a password is the one that was stored. */
export async function fits(password: string, stored: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await stretch(password, stored.salt, stored.cost), stored.hash);
}

function stretch(password: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  // One keyboard writes ế as one character and another as two or three: the password must be the same.
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, { N: cost, r: 8, p: 1, maxmem: 128 * cost * 8 + 32 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
