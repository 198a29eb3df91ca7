import { createServer, request as callOut, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RelayedCall = {
  readonly method: string;
  readonly path: string;
  /** with the letter case in which they came */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};
export type RelayedAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };

/** What a relay changes on the way, so that a rightly behaving client looks like one that is not. */
export type Meddle = {
  readonly request?: (call: RelayedCall) => RelayedCall;
  readonly answer?: (call: RelayedCall, answer: RelayedAnswer) => RelayedAnswer;
  /** such a call is made twice; the second answer counts */
  readonly repeat?: (call: RelayedCall) => boolean;
};

/** Stands on 127.0.0.1 between a client and the server at `port`. A connection that is cut behind is cut in front too. */
export async function relayTo(port: number, meddle: Meddle): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, response) => {
    void (async () => {
      try {
        const plain = { method: incoming.method ?? '', path: incoming.url ?? '', headers: pairs(incoming), body: await bodyOf(incoming) };
        const call = meddle.request?.(plain) ?? plain;
        if (meddle.repeat?.(call) === true) await passOn(port, call);
        const answer = await passOn(port, call);
        const given = meddle.answer?.(call, answer) ?? answer;
        response.writeHead(given.status, { ...given.headers, 'content-length': given.body.length }).end(given.body);
      } catch {
        incoming.socket.destroy();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function passOn(port: number, call: RelayedCall): Promise<RelayedAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = callOut({ host: '127.0.0.1', port, method: call.method, path: call.path, agent: false });
    for (const [name, value] of call.headers) {
      if (!['connection', 'content-length', 'transfer-encoding'].includes(name.toLowerCase())) outgoing.setHeader(name, value);
    }
    outgoing.setHeader('content-length', call.body.length);
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      bodyOf(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: { 'content-type': response.headers['content-type'] ?? '' }, body });
      }, reject);
    });
    outgoing.end(call.body);
  });
}

function pairs(message: IncomingMessage): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at < message.rawHeaders.length; at += 2) found.push([message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? '']);
  return found;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
