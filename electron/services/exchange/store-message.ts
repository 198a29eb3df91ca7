import { fail } from '#contract';
import { isOfTheContent, type BlobRef, type Blobs } from '../../store/index.ts';
import { bytesSource, readEdxml } from './edxml/read.ts';
import type { ReadMessage } from './file-message.ts';

/** A message whose bytes and attachments are on disk. */
export type Whole = { readonly raw: BlobRef; readonly read: ReadMessage };

/** A second thread that stores messages, while this one fetches others and writes down what was stored. */
export type MessageThread = {
  /**
   * `storeMessage` over there; `bytes` are its own from then on. Undefined while the thread is not there yet and when it
   * could not be started: whoever asks does the work itself.
   */
  readonly store: () => ((bytes: Buffer<ArrayBuffer>) => Promise<Whole>) | undefined;
  /** Ends it. To be called when nothing is under way. */
  readonly close: () => Promise<void>;
};

/**
 * Puts a message that is held in memory and its attachments on disk, side by side, and tells what it says. Rejects only
 * with what the disk says, and after both have ended.
 */
export async function storeMessage(blobs: Blobs, bytes: Uint8Array): Promise<Whole> {
  const [raw, read] = await Promise.allSettled([blobs.put(bytes), readMessage(bytesSource(bytes), blobs)]);
  if (raw.status === 'rejected') throw raw.reason;
  if (read.status === 'rejected') throw read.reason;
  return { raw: raw.value, read: read.value };
}

/** Reads a message and puts its attachments into the blob store on the way. Rejects only with what the disk says. */
export async function readMessage(source: AsyncIterable<Uint8Array>, blobs: Blobs): Promise<ReadMessage> {
  try {
    return await read(source, blobs);
  } catch (error) {
    if (!isOfTheContent(error)) throw error;
    return { message: fail('invalid-value'), files: new Map(), thrown: { error } };
  }
}

async function read(source: AsyncIterable<Uint8Array>, blobs: Blobs): Promise<ReadMessage> {
  const files = new Map<number, BlobRef>();
  const message = await readEdxml(source, ({ index }) => {
    const opening = blobs.writer();
    // Its failure is met where it is first awaited; until then nobody has it in hand.
    opening.catch(() => undefined);
    return {
      write: async (piece) => (await opening).write(piece),
      close: async () => void files.set(index, await (await opening).finish()),
      abort: async () => (await opening).abort(),
    };
  });
  return { message, files };
}
