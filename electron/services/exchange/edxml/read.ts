import { fail, type Failure, type Outcome } from '#contract';
import { attachmentSink } from './attachment-sink.ts';
import { mapMessage } from './map.ts';
import type { EdxmlMessage, EdxmlReadCode, OpenAttachment } from './model.ts';
import { defaultReadLimits, edxmlParser, type ReadLimits } from './parser.ts';

const sliceBytes = 64 * 1024;

/**
 * Reads one edXML message from a stream, in memory that does not grow with its plain attachments (a zipped one is
 * held while it is judged). Element order, prefixes, empty elements and the circulating variants do not matter
 * (axis.md §2); DOCTYPE is refused. Attachments are decoded, taken out of their transport ZIP and handed to the
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
  const parser = edxmlParser(sink, bounds);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes: Uint8Array): string | null => {
    try {
      return decoder.decode(bytes, { stream: true });
    } catch {
      return null;
    }
  };

  async function take(bytes: Uint8Array): Promise<Failure<EdxmlReadCode> | undefined> {
    const text = decode(bytes);
    const failure = text === null ? fail('not-utf8').failure : parser.feed(text);
    return failure ?? (await sink.drain());
  }

  async function parse(): Promise<Failure<EdxmlReadCode> | undefined> {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        const failure = await take(chunk.subarray(at, at + sliceBytes));
        if (failure !== undefined) return failure;
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
    await sink.abort();
    throw error;
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
