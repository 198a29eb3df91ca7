import { ok, type Outcome } from '#contract';
import { giveBack } from '../../../foundation/give-back.ts';
import type { AxisTransport, HttpFailureCode, HttpStreamAnswer } from '../ports.ts';
import { edocReader } from './edoc-json.ts';
import { noAnswer, unreadable, type AxisFailed } from './answers.ts';
import { okAnswer } from './vxp-answer.ts';

export type MessageCalls = {
  readonly maxMessageBytes: number;
  readonly call: (
    verb: string,
    method: 'GET' | 'POST',
    docId: string,
    maxBytes: number,
  ) => Promise<Outcome<HttpStreamAnswer, HttpFailureCode>>;
};

type Write = Parameters<AxisTransport['fetch']>[1];

/** Bytes of a `/getEdoc` answer beside its message. */
const otherBytes = 64 * 1024;

/**
 * Fetches a message by `/downloadEdoc`, which streams it as it is. An axis before 2.0.1 does not have that verb, and
 * how it says so is not known (axis.md §1.3); so every answer that is not surely a message in full is passed over
 * and `/getEdoc` asked instead, whose word counts. When that one hands the message over, `/downloadEdoc` is not
 * asked again for the life of this fetcher. A page in the place of a message may look like one here (a gateway's login,
 * an error in XML or in plain words), so what could not be read is asked for once more by `/getEdoc` alone.
 */
export function messageFetcher(calls: MessageCalls): AxisTransport['fetch'] {
  let downloads = true;
  return async (docId, write, again = false) => {
    if (downloads && !again) {
      const downloaded = await download(calls, docId, write);
      if (downloaded !== 'not-a-message') return downloaded;
    }
    const fetched = await getEdoc(calls, docId, write);
    if (fetched.ok && !again) downloads = false;
    return fetched;
  };
}

async function download(
  { call, maxMessageBytes }: MessageCalls,
  docId: string,
  write: Write,
): Promise<Awaited<ReturnType<AxisTransport['fetch']>> | 'not-a-message'> {
  const answer = await call('downloadEdoc', 'GET', docId, maxMessageBytes);
  if (!answer.ok) return noAnswer(answer.failure);
  if (answer.value.status !== 200 || !tellsItsEnd(answer.value) || !mayBeMessage(answer.value.headers['content-type'])) {
    answer.value.abort();
    return 'not-a-message';
  }
  let begun = false;
  let head = Buffer.alloc(0);
  for await (const piece of answer.value.body) {
    if (!piece.ok) return noAnswer(piece.failure);
    if (begun) {
      await write(piece.value);
      giveBack(piece.value);
      continue;
    }
    // The first letters tell a message from an answer of another kind; they may come one by one.
    head = Buffer.concat([head, piece.value]);
    if (head.length < headBytes) continue;
    if (!beginsLikeMessage(head)) return 'not-a-message';
    begun = true;
    await write(head);
  }
  if (begun) return ok(null);
  if (!beginsLikeMessage(head)) return 'not-a-message';
  await write(head);
  return ok(null);
}

const headBytes = 256;

/** Without a length or chunks, a connection that was cut looks like the end. */
function tellsItsEnd({ headers }: HttpStreamAnswer): boolean {
  return headers['content-length'] !== undefined || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
}

function mayBeMessage(contentType = ''): boolean {
  return !/\b(json|html)\b/i.test(contentType);
}

/** Not empty, not JSON, not HTML. Junk before the XML is let through: such messages circulate (axis.md §6). */
function beginsLikeMessage(head: Buffer): boolean {
  const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '').trimStart();
  return text !== '' && !text.startsWith('{') && !/^<(!doctype\s+html|html)\b/i.test(text);
}

async function getEdoc(
  { call, maxMessageBytes }: MessageCalls,
  docId: string,
  write: Write,
): Promise<Awaited<ReturnType<AxisTransport['fetch']>>> {
  // Base64 in JSON, with escapes: up to a half larger than the message.
  const answer = await call('getEdoc', 'POST', docId, Math.ceil(maxMessageBytes * 1.5) + otherBytes);
  if (!answer.ok) return noAnswer(answer.failure);
  const { status, headers } = answer.value;
  const reader = edocReader(otherBytes);
  let size = 0;
  for await (const piece of answer.value.body) {
    if (!piece.ok) return noAnswer(piece.failure);
    for (const bytes of reader.push(piece.value)) {
      size += bytes.length;
      if (size > maxMessageBytes) return tooLarge(maxMessageBytes);
      await write(bytes);
      giveBack(bytes);
    }
    giveBack(piece.value);
    if (reader.hopeless()) return unreadable('JSON', answer.value);
  }
  const { json, data } = reader.end();
  const said = okAnswer({ status, headers, body: json });
  if (!said.ok) return said;
  return data === 'whole' ? ok(null) : unreadable('data', answer.value);
}

function tooLarge(limit: number): AxisFailed {
  return noAnswer({ code: 'too-large', params: { detail: String(limit) } });
}
