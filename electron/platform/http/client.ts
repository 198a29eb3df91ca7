import { Agent as PlainAgent, request as plainRequest, validateHeaderValue, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { giveBack } from '../../foundation/give-back.ts';
import type { HttpPort, HttpRequest, StreamBody } from '../../services/exchange/ports.ts';
import { failed, piecesOf } from './body.ts';
import { wayTo } from './route.ts';
import { ProxyFault, schemesOf } from './tunnel.ts';

type Result = Awaited<ReturnType<HttpPort>>;

/** How long an open connection that nobody uses is kept; servers close theirs after 5 seconds and more. */
const keptMs = 4000;
const kept = {
  plain: new PlainAgent({ keepAlive: true, timeout: keptMs }),
  tls: new TlsAgent({ keepAlive: true, timeout: keptMs }),
};

/**
 * The station's only way to the network. Certificates always verified, no redirect followed, header names as given;
 * through a proxy when the request names one. A call that is not repeatable has a connection of its own, because one
 * that was kept and dies under it would look like one that was cut; the others share kept ones, and go out again over a
 * new one when theirs was dead. The time limit is for the whole call; when it strikes
 * before a connection stands, the failure is `unreachable`, because nothing can have been processed. The body comes
 * as a stream: what the reader does not ask for stays with the sender.
 */
export const httpClient: HttpPort = (request) =>
  new Promise<Result>((resolve, reject) => {
    const url = URL.parse(request.url);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      resolve(failed('unreachable', 'url'));
      return;
    }
    if (url.protocol === 'http:' && !request.allowPlainHttp) {
      resolve(failed('plain-http-not-allowed', url.host));
      return;
    }
    try {
      // Before anything is begun: thrown out of a second try it would be nobody's.
      for (const [name, value] of request.headers) validateHeaderValue(name, value);
      carry(url, request, resolve, reject, { started: performance.now(), again: false });
    } catch (error) {
      // A header that cannot be written; nothing has left the machine.
      resolve(failed('unreachable', codeOf(error)));
    }
  });

/** `started`: when the call began, also when this is its second try. */
type Try = { readonly started: number; readonly again: boolean };

function carry(
  url: URL,
  request: HttpRequest,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
  { started, again }: Try,
): void {
  const secure = url.protocol === 'https:';
  const way = wayTo(url, request.route);
  // Kept connections are for the straight way only: a proxy or an authority of one's own is no property of an agent.
  const straight = (request.route?.proxy ?? null) === null && (request.route?.caPem ?? '') === '';
  const mayKeep = request.repeatable === true && !again && straight;
  const agent = mayKeep ? { agent: secure ? kept.tls : kept.plain } : {};
  const call: ClientRequest = (secure ? tlsRequest : plainRequest)(url, { ...way.options, ...agent, method: request.method });
  let connected = false;
  let settled = false;

  function settle(result: Result): void {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    if (!result.ok) {
      call.destroy();
      way.abort();
    }
    if (!result.ok && result.failure.code === 'cut' && mayKeep && call.reusedSocket && request.signal?.aborted !== true) {
      carry(url, request, resolve, reject, { started, again: true });
      return;
    }
    resolve(result);
  }

  const idleMs = request.idleMs ?? request.timeoutMs;
  const timer = setTimeout(
    () => {
      settle(failed(connected ? 'time-out' : way.beforeConnected(), 'time-out'));
    },
    Math.max(0, Math.min(request.timeoutMs - (performance.now() - started), idleMs)),
  );

  const give = (): void => {
    settle(failed('cut', 'given-up'));
    call.destroy();
  };
  request.signal?.addEventListener('abort', give);
  if (request.signal?.aborted === true) give();

  // Stays for the whole call: an error after the answer has begun is told by the body.
  call.on('error', (error) => {
    if (error instanceof ProxyFault) settle(failed(error.failure, error.detail));
    else settle(failed(connected ? 'cut' : (tlsTrouble(error) ?? way.beforeConnected()), codeOf(error)));
  });
  call.on('socket', (socket: Socket) => {
    // The parser listens first and has copied what it wants; a large answer leaves some 50 MiB of such pieces otherwise.
    socket.on('data', giveBack);
    call.once('close', () => socket.off('data', giveBack));
    if (call.reusedSocket) {
      connected = true;
      return;
    }
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  call.on('response', (response) => {
    if (way.throughProxy && response.statusCode === 407) {
      settle(failed('proxy-auth', schemesOf(response.headers['proxy-authenticate'])));
      return;
    }
    const leftMs = Math.max(0, request.timeoutMs - (performance.now() - started));
    const end = (): void => {
      call.destroy();
    };
    const { body, abort } = piecesOf(response, { maxBytes: request.maxBytes, idleMs, leftMs }, end);
    settle({ ok: true, value: { status: response.statusCode ?? 0, headers: headersOf(response), body, abort } });
  });
  call.on('close', () => {
    request.signal?.removeEventListener('abort', give);
    settle(failed(connected ? 'cut' : way.beforeConnected(), 'closed'));
  });

  // Without it a gateway may pack its answers in any way it likes (RFC 9110 §12.5.3).
  call.setHeader('Accept-Encoding', 'identity');
  for (const [name, value] of [...Object.entries(way.headers), ...request.headers]) call.setHeader(name, value);
  const { body } = request;
  if (body !== null) call.setHeader('Content-Length', 'open' in body ? body.size : body.length);
  else if (request.method === 'POST') call.setHeader('Content-Length', 0);
  if (body === null || !('open' in body)) call.end(body ?? undefined);
  else feed(call, body).catch(reject);
}

/** Hands a body on as fast as the network takes it. Rejects when the body itself cannot be read; the call ends then. */
async function feed(call: ClientRequest, body: StreamBody): Promise<void> {
  let broken: { readonly error: unknown } | null = null;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield* body.open();
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  try {
    await pipeline(Readable.from(source(), { objectMode: false }), call);
  } catch {
    // What befell the connection is told by its own events.
    if (broken !== null) throw (broken as { readonly error: unknown }).error;
  }
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headersDistinct)) headers[name] = value?.join(', ') ?? '';
  return headers;
}

/** OpenSSL and Node name certificate troubles in many ways; what they share is that TLS was being set up. */
function tlsTrouble(error: Error): 'tls' | undefined {
  return /^(ERR_(TLS|SSL)_|CERT_|DEPTH_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_|INVALID_CA|CRL_|EPROTO$)/.test(codeOf(error))
    ? 'tls'
    : undefined;
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
