import { fail, ok, type Outcome } from '#contract';
import { giveBack } from '../../foundation/give-back.ts';
import { slots, type Slots } from '../../foundation/slots.ts';
import type { Blobs, BlobWriter } from '../../store/index.ts';
import type { ReadMessage } from './file-message.ts';
import type { AxisFailureCode, AxisTransport } from './ports.ts';
import { readMessage, storeMessage, type MessageThread, type Whole } from './store-message.ts';

/** Fetches one message and puts it on disk, unless the round is over first. Rejects only with what the disk says. */
export type Bring = (docId: string, isOver: () => boolean) => Promise<Outcome<Whole, AxisFailureCode> | 'not-begun'>;

export type BringDeps = {
  readonly blobs: Blobs;
  /** how many calls may be under way; shared with whoever else calls the axis meanwhile */
  readonly connections: Slots;
  /** does the reading and writing of small messages, once it is there */
  readonly thread?: MessageThread | undefined;
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

/** Small messages on their way to the disk at once. More would only hold memory: the disk and the reading are the limit. */
const storedAtOnce = 12;

/** What a fetch left: the message on disk and read, or its bytes. */
type Fetched = { readonly whole: Whole } | { readonly bytes: Buffer<ArrayBuffer> };

/** Whose turn it must be for what may take much memory. */
type Turns = { readonly takeLargeTurn: Slots['tryTake']; readonly zips: Slots; readonly small: Slots };

/**
 * Brings messages side by side, but never two large ones, so that memory stays bounded. How large one is shows only
 * while it arrives: one that must stand back is given up and fetched again in its turn, because a connection that is
 * held without reading would be cut at the other end.
 */
export function bringer(deps: BringDeps, axis: AxisTransport): Bring {
  const large = slots(1);
  const zips = slots(1);
  const small = slots(storedAtOnce);
  return async (docId, isOver) => {
    const bring = (takeLargeTurn: Slots['tryTake']): ReturnType<Bring> =>
      bringSurely((mayBegin, again) => bringOne(deps, axis, { docId, again }, { takeLargeTurn, zips, small }, mayBegin), isOver);
    try {
      return await bring(large.tryTake);
    } catch (error) {
      if (!(error instanceof StandBack)) throw error;
    }
    return large.run(() => bring(() => () => undefined));
  };
}

/**
 * What cannot be read may have been spoilt on its way, by a gateway that cut it short or answered in the axis' place. The
 * axis is told that a message failed, and may then forget it: so it is judged only when the same bytes came twice, and by
 * both ways where there are two.
 */
async function bringSurely(bring: (mayBegin: () => boolean, again: boolean) => ReturnType<Bring>, isOver: () => boolean): ReturnType<Bring> {
  const first = await bring(() => !isOver(), false);
  if (first === 'not-begun' || !first.ok || first.value.read.message.ok) return first;
  const second = await bring(() => true, true);
  if (second === 'not-begun' || !second.ok || second.value.read.message.ok || second.value.raw.sha256 === first.value.raw.sha256) return second;
  return fail('axis-answer-unreadable', { errorCode: 'differs', errorDesc: 'fetched twice, it was not the same', outcomeUnknown: 0 });
}

/** Which message, and whether it came once already and could not be read. */
type Wanted = { readonly docId: string; readonly again: boolean };

async function bringOne(deps: BringDeps, axis: AxisTransport, wanted: Wanted, turns: Turns, mayBegin: () => boolean): ReturnType<Bring> {
  const fetched = await deps.connections.run(async () => (mayBegin() ? fetchOne(deps, axis, wanted, turns) : 'not-begun'));
  if (fetched === 'not-begun' || !fetched.ok) return fetched;
  // A small one does not hold its connection any longer: the next is fetched meanwhile.
  const whole = 'whole' in fetched.value ? fetched.value.whole : await storeSmall(deps, fetched.value.bytes, turns);
  deps.onStep('files-stored', wanted.docId);
  return ok(whole);
}

async function fetchOne(
  { blobs, onStep }: BringDeps,
  axis: AxisTransport,
  { docId, again }: Wanted,
  { takeLargeTurn, zips }: Turns,
): Promise<Outcome<Fetched, AxisFailureCode>> {
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
    const fetched = await axis.fetch(docId, write, again);
    if (!fetched.ok) return fetched;
    onStep('fetched', docId);
    finished = true;
    if (writer === undefined) return ok({ bytes: joined(held, size) });
    return ok({ whole: await storeStreamed(blobs, writer, giveTurnBack === undefined ? zips : null) });
  } finally {
    if (!finished) await writer?.abort();
    giveTurnBack?.();
  }
}

/** What may unpack to much is read one at a time. */
function storeSmall({ blobs, thread }: BringDeps, bytes: Buffer<ArrayBuffer>, { zips, small }: Turns): Promise<Whole> {
  const turn = bytes.includes(zipInBase64) ? zips : small;
  return turn.run(() => thread?.store()?.(bytes) ?? storeMessage(blobs, bytes));
}

/** `turns`: whose turn it must be to read, as what is packed inside cannot be seen; null when it is ours already. */
async function storeStreamed(blobs: Blobs, writer: BlobWriter, turns: Slots | null): Promise<Whole> {
  const raw = await writer.finish();
  const reading = (): Promise<ReadMessage> => readMessage(blobs.pieces(raw.sha256), blobs);
  return { raw, read: await (turns === null ? reading() : turns.run(reading)) };
}

/** In memory of its own, which may be handed to another thread. */
function joined(pieces: readonly Uint8Array[], size: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
