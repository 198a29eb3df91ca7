import { fail, type Failure } from '#contract';
import { giveBack } from '../../../foundation/give-back.ts';
import { base64Decoder, type Base64Decoder } from './base64.ts';
import type { AttachmentWriter, EdxmlReadCode, OpenAttachment } from './model.ts';
import type { StreamedAttachment } from './map.ts';
import { headLength } from './media-type.ts';
import { beginsLikeZip } from './zip.ts';
import { unwrapped } from './zip-rule.ts';

export type AttachmentFacts = Pick<StreamedAttachment, 'contentId' | 'name' | 'description' | 'contentType'>;

/**
 * Takes attachments out of a running parse. The parser calls `begin`, `text`, `contentEnd`, `end` synchronously;
 * `drain` then does the waiting. Between two drains no more is held than was parsed, except for what begins like a
 * ZIP: whether that is a wrapping shows only at its end, so it is kept up to `unzippedBytes`.
 */
export type AttachmentSink = {
  readonly begin: () => void;
  /** `facts` = what is known of the attachment so far. Base64 text, in pieces. */
  readonly text: (text: string, facts: () => AttachmentFacts) => Failure<EdxmlReadCode> | undefined;
  /** The same for nothing but Base64 letters; false, and nothing taken, when there is anything else. */
  readonly plain: (text: string, facts: () => AttachmentFacts) => boolean;
  readonly contentEnd: (facts: () => AttachmentFacts) => Failure<EdxmlReadCode> | undefined;
  readonly end: (facts: AttachmentFacts) => void;
  readonly drain: () => Promise<Failure<EdxmlReadCode> | undefined>;
  /** Gives up the one that is open, if any. */
  readonly abort: () => Promise<void>;
  readonly finished: () => readonly StreamedAttachment[];
};

type Step =
  | { readonly kind: 'bytes'; readonly index: number; readonly bytes: Uint8Array; readonly facts: AttachmentFacts }
  | { readonly kind: 'end'; readonly index: number; readonly facts: AttachmentFacts };

type Current = {
  writer: AttachmentWriter | null;
  size: number;
  head: Buffer;
  /** not yet handed on: too little to judge, or a ZIP whose end is awaited */
  held: Uint8Array[];
  heldBytes: number;
  likeZip: boolean;
};

/** @param unzippedBytes largest file that is taken out of a transport ZIP, and the most that is held for it */
export function attachmentSink(open: OpenAttachment, unzippedBytes: number): AttachmentSink {
  const steps: Step[] = [];
  const finished: StreamedAttachment[] = [];
  let index = -1;
  let decoder: Base64Decoder = base64Decoder();
  let current: Current = fresh();

  async function put(bytes: Uint8Array, at: number, facts: AttachmentFacts): Promise<void> {
    current.writer ??= open({ index: at, contentId: facts.contentId, name: facts.name });
    if (current.head.length < headLength) {
      current.head = Buffer.concat([current.head, bytes.subarray(0, headLength - current.head.length)]);
    }
    current.size += bytes.length;
    if (bytes.length > 0) await current.writer.write(bytes);
    giveBack(bytes);
  }

  async function release(at: number, facts: AttachmentFacts): Promise<void> {
    const held = current.held;
    current.held = [];
    current.heldBytes = 0;
    for (const bytes of held) await put(bytes, at, facts);
  }

  async function take(step: Step & { readonly kind: 'bytes' }): Promise<void> {
    if (current.writer !== null) {
      await put(step.bytes, step.index, step.facts);
      return;
    }
    current.held.push(step.bytes);
    current.heldBytes += step.bytes.length;
    // Four bytes decide whether this can be a ZIP at all.
    if (!current.likeZip && current.heldBytes >= 4) current.likeZip = beginsLikeZip(Buffer.concat(current.held));
    const plain = !current.likeZip && current.heldBytes >= 4;
    if (plain || current.heldBytes > unzippedBytes) await release(step.index, step.facts);
  }

  async function finish(step: Step & { readonly kind: 'end' }): Promise<Failure<EdxmlReadCode> | undefined> {
    let unzipped = false;
    if (current.writer === null && current.heldBytes > 0) {
      const bytes = Buffer.concat(current.held);
      const inner = await unwrapped(step.facts.name, bytes, unzippedBytes);
      if (!inner.ok) return inner.failure;
      if (inner.value !== null) {
        unzipped = true;
        current.held = [inner.value];
      }
    }
    await release(step.index, step.facts);
    await put(new Uint8Array(), step.index, step.facts);
    await current.writer?.close();
    finished.push({ index: step.index, ...step.facts, size: current.size, unzipped, head: current.head });
    current = fresh();
    return undefined;
  }

  return {
    begin() {
      index += 1;
      decoder = base64Decoder();
    },
    text(text, facts) {
      const result = decoder.push(text);
      if ('offending' in result) return invalid(facts(), result.offending);
      if (result.bytes.length > 0) steps.push({ kind: 'bytes', index, bytes: result.bytes, facts: facts() });
      return undefined;
    },
    plain(text, facts) {
      const bytes = decoder.plain(text);
      if (bytes !== null && bytes.length > 0) steps.push({ kind: 'bytes', index, bytes, facts: facts() });
      return bytes !== null;
    },
    contentEnd: (facts) => (decoder.complete() ? undefined : invalid(facts(), '')),
    end(facts) {
      steps.push({ kind: 'end', index, facts });
    },
    async drain() {
      for (const step of steps.splice(0)) {
        if (step.kind === 'bytes') await take(step);
        else {
          const failure = await finish(step);
          if (failure !== undefined) return failure;
        }
      }
      return undefined;
    },
    async abort() {
      const { writer } = current;
      current = fresh();
      await writer?.abort();
    },
    finished: () => finished,
  };
}

function fresh(): Current {
  return { writer: null, size: 0, head: Buffer.alloc(0), held: [], heldBytes: 0, likeZip: false };
}

/** `value` = the letter that is not Base64; '' when the content stops in the middle of a group. */
function invalid(facts: AttachmentFacts, value: string): Failure<EdxmlReadCode> {
  return fail('invalid-base64', { element: 'ContentTransferEncoded', value, attachment: facts.name }).failure;
}
