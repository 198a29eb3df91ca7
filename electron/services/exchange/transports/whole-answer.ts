import { ok, type Outcome } from '#contract';
import type { HttpAnswer, HttpFailureCode, HttpPort, HttpRequest } from '../ports.ts';

/** Makes a call and holds its answer whole; `maxBytes` of the request bounds the memory. */
export async function wholeAnswer(http: HttpPort, request: HttpRequest): Promise<Outcome<HttpAnswer, HttpFailureCode>> {
  const answer = await http(request);
  if (!answer.ok) return answer;
  const { status, headers } = answer.value;
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.value.body) {
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  return ok({ status, headers, body: Buffer.concat(pieces) });
}
