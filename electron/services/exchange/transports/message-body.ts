import { createHash } from 'node:crypto';
import type { Blobs } from '../../../store/index.ts';
import type { MessageBody, StreamBody } from '../ports.ts';

/** A message that is in memory. */
export function bytesBody(bytes: Uint8Array): MessageBody {
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}

/** A message in the blob store, read while it is sent. A damaged one breaks the call off. */
export function storedBody(blobs: Blobs, stored: { readonly sha256: string; readonly size: number }): MessageBody {
  return { ...stored, open: () => blobs.stream(stored.sha256) };
}

/** The slowest line that a message is still sent over; below it a send is taken for stuck. */
const slowestBytesPerSecond = 32 * 1024;

/** How long the bytes of a message may take to leave, in milliseconds, beside the time that the answer is given. */
export function uploadMs(bytes: number): number {
  return Math.ceil((bytes / slowestBytesPerSecond) * 1000);
}

/** A body with something before and behind it. */
export function framed(before: Uint8Array, body: StreamBody, behind: Uint8Array): StreamBody {
  return {
    size: before.length + body.size + behind.length,
    async *open() {
      if (before.length > 0) yield before;
      yield* body.open();
      if (behind.length > 0) yield behind;
    },
  };
}
