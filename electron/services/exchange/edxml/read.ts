import { fail, type Failure, type Outcome } from '#contract';
import { attachmentSink } from './attachment-sink.ts';
import { mapMessage } from './map.ts';
import type { EdxmlMessage, EdxmlReadCode, OpenAttachment } from './model.ts';
import { defaultReadLimits, edxmlParser, type ReadLimits } from './parser.ts';
import { asUtf8, NotWide } from './wide.ts';

/** Texts above some 100 KiB are kept apart by the engine, which makes each of them ten times as expensive. */
const sliceBytes = 64 * 1024;
const lessThan = 0x3c;

/**
 * Reads one edXML message from a stream, in memory that does not grow with its plain attachments (a zipped one is
 * held while it is judged). Element order, prefixes, empty elements and the circulating variants do not matter
 * (axis.md §2), nor whether it is UTF-8 or UTF-16; DOCTYPE is refused. Attachments are decoded, taken out of their transport ZIP and handed to the
 * writers in file order, before it is known whether the message as a whole is good: on a failure the caller
 * discards what was closed. Rejects only when `source` or a writer does; the open writer is aborted first.
 */
export async function readEdxml(
  source: AsyncIterable<Uint8Array>,
  openAttachment: OpenAttachment,
  limits: Partial<ReadLimits> = {},
): Promise<Outcome<EdxmlMessage, EdxmlReadCode>> {
  const bounds = { ...defaultReadLimits, ...limits };
  const sink = attachmentSink(openAttachment, bounds.unzippedBytes);
  let isWide = false;
  const parser = edxmlParser(sink, bounds, () => isWide);
  const pieces = asUtf8(source, () => {
    isWide = true;
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes: Uint8Array): string | null => {
    try {
      return decoder.decode(bytes, { stream: true });
    } catch {
      return null;
    }
  };

  let midCharacter = false;

  async function feed(bytes: Uint8Array): Promise<Failure<EdxmlReadCode> | undefined> {
    midCharacter = (bytes.at(-1) ?? 0) > 0x7f;
    const text = decode(bytes);
    const failure = text === null ? fail('not-utf8').failure : parser.feed(text);
    return failure ?? (await sink.drain());
  }

  /** Takes what can be taken of a run of Base64 at the beginning of `bytes`; answers how much that was. */
  async function run(bytes: Buffer): Promise<number | Failure<EdxmlReadCode>> {
    if (midCharacter || !parser.inRun()) return 0;
    const end = bytes.indexOf(lessThan);
    const length = end === -1 ? bytes.length : end;
    if (length === 0 || !parser.run(bytes.toString('latin1', 0, length))) return 0;
    return (await sink.drain()) ?? length;
  }

  async function parse(): Promise<Failure<EdxmlReadCode> | undefined> {
    for await (const chunk of pieces) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      for (let at = 0; at < bytes.length; ) {
        const taken = await run(bytes.subarray(at, at + sliceBytes));
        if (typeof taken !== 'number') return taken;
        at += taken;
        if (taken > 0) continue;
        const failure = await feed(bytes.subarray(at, at + sliceBytes));
        if (failure !== undefined) return failure;
        at += sliceBytes;
      }
    }
    const failure = parser.finish();
    if (failure !== undefined) return failure;
    try {
      decoder.decode();
    } catch {
      return fail('truncated').failure;
    }
    return undefined;
  }

  let failure: Failure<EdxmlReadCode> | undefined;
  try {
    failure = await parse();
  } catch (error) {
    if (error instanceof NotWide) failure = fail(error.why).failure;
    else {
      await sink.abort();
      throw error;
    }
  }
  if (failure !== undefined) {
    await sink.abort();
    return { ok: false, failure };
  }
  return mapMessage(parser.root(), sink.finished());
}

/** Reads the metadata only: attachments are decoded and counted, and thrown away. */
export function readEdxmlHead(
  source: AsyncIterable<Uint8Array>,
  limits: Partial<ReadLimits> = {},
): Promise<Outcome<EdxmlMessage, EdxmlReadCode>> {
  const nowhere = { write: nothing, close: nothing, abort: nothing };
  return readEdxml(source, () => nowhere, limits);
}

/** A message that is in memory already, as a source. */
export async function* bytesSource(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function nothing(): Promise<void> {}
