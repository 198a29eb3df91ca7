import { createDecipheriv, createHash, createSecretKey } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { giveBack } from '../foundation/give-back.ts';
import { chunkSize, headerSize, magic, nonce, tagSize } from './blob-form.ts';
import { blobKey } from './keys.ts';

/** A stored file as it lies on a disk: `sealed` is the SHA-256 of those bytes, `size` how many they are. */
export type SealedFile = { readonly sealed: string; readonly size: number };

export type LookAtSealed = (path: string, sha256: string) => SealedFile | undefined;

const sealedSize = chunkSize + tagSize;

/**
 * Reads a stored file wherever it lies, decrypts it and compares it with the SHA-256 that is its name; undefined when it is not
 * what its name promises. For threads that have nothing else to do: it waits for the disk. Throws what that says.
 */
export function sealedReader(key: Uint8Array): LookAtSealed {
  const master = createSecretKey(key);
  const buffer = Buffer.allocUnsafeSlow(sealedSize);
  return (path, sha256) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const filled = (into: Buffer): boolean => {
        for (let at = 0; at < into.length; ) {
          const read = readSync(file, into, at, into.length - at, null);
          if (read === 0) return false;
          at += read;
        }
        return true;
      };
      const header = Buffer.alloc(headerSize);
      if (!filled(header) || !header.subarray(0, magic.length).equals(magic)) return undefined;
      const fileKey = blobKey(master, header.subarray(magic.length));
      const sealed = createHash('sha256').update(header);
      const plain = createHash('sha256');
      const count = Math.max(1, Math.ceil((size - headerSize) / sealedSize));
      for (let chunk = 0; chunk < count; chunk += 1) {
        const bytes = buffer.subarray(0, Math.min(sealedSize, size - headerSize - chunk * sealedSize));
        if (bytes.length < tagSize || !filled(bytes)) return undefined;
        sealed.update(bytes);
        const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce(chunk, chunk === count - 1))
          .setAAD(header)
          .setAuthTag(bytes.subarray(bytes.length - tagSize));
        const content = decipher.update(bytes.subarray(0, bytes.length - tagSize));
        plain.update(content);
        giveBack(content);
        try {
          decipher.final();
        } catch {
          return undefined;
        }
      }
      return plain.digest('hex') === sha256 ? { sealed: sealed.digest('hex'), size } : undefined;
    } finally {
      closeSync(file);
    }
  };
}
