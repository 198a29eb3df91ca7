import { fail, ok, type Outcome } from '#contract';
import { giveBack } from '../../foundation/give-back.ts';
import { slots, type Slots } from '../../foundation/slots.ts';
import { isOfTheContent, type BlobRef, type Blobs, type BlobWriter } from '../../store/index.ts';
import { bytesSource, readEdxml } from './edxml/read.ts';
import type { ReadMessage } from './file-message.ts';
import type { AxisFailureCode, AxisTransport } from './ports.ts';

/** A message whose bytes and attachments are on disk. */
export type Whole = { readonly raw: BlobRef; readonly read: ReadMessage };

/** Fetches one message and puts it on disk, unless the round is over first. Rejects only with what the disk says. */
export type Bring = (docId: string, isOver: () => boolean) => Promise<Outcome<Whole, AxisFailureCode> | 'not-begun'>;

export type BringDeps = {
  readonly blobs: Blobs;
  /** how many calls may be under way; shared with whoever else calls the axis meanwhile */
  readonly connections: Slots;
  readonly onStep: (step: 'fetched' | 'files-stored', docId: string) => void;
};

/** Up to this size a message is held in memory; a longer one goes to the disk as it comes. */
const heldBytes = 256 * 1024;
/** Above this size a message is large: no other large one may be under way. */
const largeBytes = 1024 * 1024;

/** How a ZIP begins, in Base64. Its unpacked form is held whole while it is judged. */
const zipInBase64 = 'UEsD';

/** Thrown out of a fetch whose message turns out to be large while another large one is under way. */
class StandBack extends Error {}

/**
 * Brings messages side by side, but never two large ones, so that memory stays bounded. How large one is shows only
 * while it arrives: one that must stand back is given up and fetched again in its turn, because a connection that is
 * held without reading would be cut at the other end.
 */
export function bringer(deps: BringDeps, axis: AxisTransport): Bring {
  const large = slots(1);
  const zips = slots(1);
  return async (docId, isOver) => {
    const bring = (takeLargeTurn: Slots['tryTake']): ReturnType<Bring> =>
      deps.connections.run(async () => (isOver() ? 'not-begun' : bringSurely(() => bringOne(deps, axis, docId, { takeLargeTurn, zips }))));
    try {
      return await bring(large.tryTake);
    } catch (error) {
      if (!(error instanceof StandBack)) throw error;
    }
    return large.run(() => bring(() => () => undefined));
  };
}

/**
 * What cannot be read may have been spoilt on its way, by a gateway that cut it short. The axis is told that a message
 * failed, and may then forget it: so it is judged only when the same bytes came twice.
 */
async function bringSurely(bring: () => Promise<Outcome<Whole, AxisFailureCode>>): Promise<Outcome<Whole, AxisFailureCode>> {
  const first = await bring();
  if (!first.ok || first.value.read.message.ok) return first;
  const second = await bring();
  if (!second.ok || second.value.read.message.ok || second.value.raw.sha256 === first.value.raw.sha256) return second;
  return fail('axis-answer-unreadable', { errorCode: 'differs', errorDesc: 'fetched twice, it was not the same', outcomeUnknown: 0 });
}

async function bringOne(
  { blobs, onStep }: BringDeps,
  axis: AxisTransport,
  docId: string,
  { takeLargeTurn, zips }: { readonly takeLargeTurn: Slots['tryTake']; readonly zips: Slots },
): Promise<Outcome<Whole, AxisFailureCode>> {
  const held: Uint8Array[] = [];
  let size = 0;
  let giveTurnBack: (() => void) | undefined;
  let writer: BlobWriter | undefined;
  let finished = false;

  async function write(piece: Uint8Array): Promise<void> {
    size += piece.length;
    if (size > largeBytes && giveTurnBack === undefined) {
      giveTurnBack = takeLargeTurn();
      if (giveTurnBack === undefined) throw new StandBack();
    }
    if (writer === undefined && size <= heldBytes) {
      // A piece is good only until this resolves.
      held.push(Buffer.from(piece));
      return;
    }
    if (writer === undefined) {
      writer = await blobs.writer();
      for (const earlier of held.splice(0)) {
        await writer.write(earlier);
        giveBack(earlier);
      }
    }
    await writer.write(piece);
  }

  try {
    const fetched = await axis.fetch(docId, write);
    if (!fetched.ok) return fetched;
    onStep('fetched', docId);
    finished = true;
    const whole = writer === undefined ? await storeSmall(blobs, Buffer.concat(held), zips) : await storeStreamed(blobs, writer, giveTurnBack === undefined ? zips : null);
    onStep('files-stored', docId);
    return ok(whole);
  } finally {
    if (!finished) await writer?.abort();
    giveTurnBack?.();
  }
}

/** The message and its attachments go to the disk side by side; what may unpack to much is read one at a time. */
async function storeSmall(blobs: Blobs, bytes: Buffer, zips: Slots): Promise<Whole> {
  const reading = (): Promise<ReadMessage> => readMessage(bytesSource(bytes), blobs);
  const [raw, read] = await Promise.allSettled([
    blobs.put(bytes),
    bytes.includes(zipInBase64) ? zips.run(reading) : reading(),
  ]);
  if (raw.status === 'rejected') throw raw.reason;
  if (read.status === 'rejected') throw read.reason;
  return { raw: raw.value, read: read.value };
}

/** `turns`: whose turn it must be to read, as what is packed inside cannot be seen; null when it is ours already. */
async function storeStreamed(blobs: Blobs, writer: BlobWriter, turns: Slots | null): Promise<Whole> {
  const raw = await writer.finish();
  const reading = (): Promise<ReadMessage> => readMessage(blobs.pieces(raw.sha256), blobs);
  return { raw, read: await (turns === null ? reading() : turns.run(reading)) };
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
