import type { Outcome } from '#contract';
import type {
  AxisFailureCode,
  AxisTransport,
  HttpAnswer,
  HttpFailureCode,
  HttpRequest,
  HttpStreamAnswer,
} from '../../../electron/services/exchange/ports.ts';

/** An answer as a stream of `pieceBytes`, ending with `failure` if one is given. */
export function streamed(
  { status, headers, body }: HttpAnswer,
  pieceBytes = 1000,
  failure?: HttpFailureCode,
): HttpStreamAnswer {
  async function* pieces(): AsyncGenerator<Outcome<Uint8Array, HttpFailureCode>> {
    for (let at = 0; at < body.length; at += pieceBytes) {
      yield await Promise.resolve({ ok: true as const, value: body.subarray(at, at + pieceBytes) });
    }
    if (failure !== undefined) yield { ok: false, failure: { code: failure } };
  }
  return { status, headers, body: pieces(), abort: () => undefined };
}

/** Fetches a message and holds it whole. */
export async function fetchWhole(axis: AxisTransport, docId: string): Promise<Outcome<Buffer, AxisFailureCode>> {
  const pieces: Buffer[] = [];
  const outcome = await axis.fetch(docId, async (piece) => {
    await Promise.resolve();
    pieces.push(Buffer.from(piece));
  });
  return outcome.ok ? { ok: true, value: Buffer.concat(pieces) } : outcome;
}

/** The bytes of a request's body, empty when it has none. */
export async function bytesOfBody(body: HttpRequest['body'] | undefined): Promise<Buffer> {
  if (body === null || body === undefined) return Buffer.alloc(0);
  if (!('open' in body)) return Buffer.from(body);
  const pieces: Uint8Array[] = [];
  for await (const piece of body.open()) pieces.push(Uint8Array.from(piece));
  const whole = Buffer.concat(pieces);
  if (whole.length !== body.size) throw new Error(`the body says ${String(body.size)} bytes and has ${String(whole.length)}`);
  return whole;
}
