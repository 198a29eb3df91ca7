/*
 * File form: 24-byte header (magic "TVTBLOB", version 1, 16-byte salt), then chunks of 256 KiB plain text, each
 * AES-256-GCM with its 16-byte tag. The nonce is the chunk's number with its top byte 1 on the last chunk (the STREAM
 * construction), so chunks cannot be cut off, swapped or repeated. The header is bound in as additional data.
 */
export const magic = Buffer.from('TVTBLOB\x01', 'latin1');
export const headerSize = 24;
export const chunkSize = 256 * 1024;
export const tagSize = 16;

/** The nonce of a chunk. */
export function nonce(chunk: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt8(last ? 1 : 0, 0);
  bytes.writeUIntBE(chunk, 6, 6);
  return bytes;
}
