import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../foundation/durable-file.ts';

/**
 * A profile that came from a backup keeps the master key that its data are under, so that its next backups share files with
 * those of before. What this machine keeps (secret storage, passphrase) then opens this file only.
 */
export const heldKeyName = 'held.key';
const keyBytes = 32;

/** The master key of a profile's data: the machine's own, or the one that it holds for them; undefined when it does not fit. */
export function masterKeyOf(folder: string, machineKey: Uint8Array): Uint8Array | undefined {
  let held: Buffer;
  try {
    held = readFileSync(join(folder, heldKeyName));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return machineKey;
    throw error;
  }
  if (held.length !== 12 + keyBytes + 16) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrapping(machineKey), held.subarray(0, 12)).setAuthTag(held.subarray(12 + keyBytes));
  try {
    return Buffer.concat([decipher.update(held.subarray(12, 12 + keyBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Writes the master key of data that come from elsewhere, under this machine's key. */
export function holdMasterKey(folder: string, machineKey: Uint8Array, master: Uint8Array): void {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping(machineKey), nonce);
  const wrapped = Buffer.concat([cipher.update(master), cipher.final()]);
  replaceFile(join(folder, heldKeyName), Buffer.concat([nonce, wrapped, cipher.getAuthTag()]));
}

function wrapping(machineKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', machineKey, '', 'tram-van-thu/held-key/1', keyBytes));
}
