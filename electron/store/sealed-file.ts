import { createDecipheriv, createHash, createSecretKey } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { chunkSize, headerSize, magic, nonce, tagSize } from './blob-form.ts';
import { BlobDamaged } from './errors.ts';
import { blobKey } from './keys.ts';

/** A stored file as it lies on a disk: `sealed` is the SHA-256 of those bytes, `size` how many they are. */
export type SealedFile = { readonly sealed: string; readonly size: number };

const sealedSize = chunkSize + tagSize;

/**
 * Reads a stored file wherever it lies, decrypts it and compares it with the SHA-256 that is its name. For threads that have
 * nothing else to do: it waits for the disk. Throws BlobDamaged, and what the disk says.
 */
export function sealedReader(key: Uint8Array): (path: string, sha256: string) => SealedFile {
  const master = createSecretKey(key);
  const buffer = Buffer.allocUnsafeSlow(sealedSize);
  return (path, sha256) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const fill = (into: Buffer): void => {
        for (let at = 0; at < into.length; ) {
          const read = readSync(file, into, at, into.length - at, null);
          if (read === 0) throw new BlobDamaged(sha256, 'it is cut short');
          at += read;
        }
      };
      const header = Buffer.alloc(headerSize);
      if (size < headerSize + tagSize) throw new BlobDamaged(sha256, 'it is cut short');
      fill(header);
      if (!header.subarray(0, magic.length).equals(magic)) throw new BlobDamaged(sha256, 'its header is not ours');
      const fileKey = blobKey(master, header.subarray(magic.length));
      const sealed = createHash('sha256').update(header);
      const plain = createHash('sha256');
      const count = Math.max(1, Math.ceil((size - headerSize) / sealedSize));
      for (let chunk = 0; chunk < count; chunk += 1) {
        const bytes = buffer.subarray(0, Math.min(sealedSize, size - headerSize - chunk * sealedSize));
        if (bytes.length < tagSize) throw new BlobDamaged(sha256, 'it is cut short');
        fill(bytes);
        sealed.update(bytes);
        const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce(chunk, chunk === count - 1))
          .setAAD(header)
          .setAuthTag(bytes.subarray(bytes.length - tagSize));
        plain.update(decipher.update(bytes.subarray(0, bytes.length - tagSize)));
        try {
          decipher.final();
        } catch {
          throw new BlobDamaged(sha256, `chunk ${String(chunk)} fails its check`);
        }
      }
      if (plain.digest('hex') !== sha256) throw new BlobDamaged(sha256, 'its content has another hash');
      return { sealed: sealed.digest('hex'), size };
    } finally {
      closeSync(file);
    }
  };
}
