import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { AxisAnswer, AxisRequest } from '../../services/practice/index.ts';

export type LoopbackServer = { readonly port: number; readonly close: () => Promise<void> };

type Handle = (request: AxisRequest) => Promise<AxisAnswer>;
type Options = {
  /** Larger bodies are answered with 413. */
  readonly maxBytes: number;
  /** default 0: any free port */
  readonly port?: number;
};

/** How long running calls may take to end when the server is closed for good, in milliseconds. */
const graceMs = 1000;
/** Waits between two tries to take the port again after a restart, in milliseconds. */
const retryMs = 100;

/**
 * Listens on 127.0.0.1 and hands each request, read whole, to `handle`. Only for the practice axis: the station itself
 * has no listening port (design §2.4). A handler that throws is answered with 500. Rejects with `EADDRINUSE` when the
 * port is taken. After an answer that says so, all connections are closed and the same port is opened again later.
 */
export async function serveLoopback(handle: Handle, options: Options): Promise<LoopbackServer> {
  let closed = false;
  const closing = new AbortController();
  let restarting: Promise<void> | undefined;
  const server = createServer({ keepAlive: false, maxHeaderSize: 64 * 1024 }, (request, response) => {
    void serve(request, response, handle, options.maxBytes).then((restartAfterMs) => {
      if (restartAfterMs !== undefined && !closed) restarting ??= restart(restartAfterMs);
    });
  });

  function listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  function shut(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        server.closeAllConnections();
      }, withinMs);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Cut short when the server is closed for good. */
  async function wait(ms: number): Promise<false> {
    await pause(ms, undefined, { signal: closing.signal }).catch(() => undefined);
    return false;
  }

  async function restart(afterMs: number): Promise<void> {
    await shut(0);
    await wait(afterMs);
    for (let open = false; !open && !closed; ) {
      // Somebody may have taken the port in between; the axis must come back where it was.
      open = await listen(port).then(
        () => true,
        () => wait(retryMs),
      );
    }
    restarting = undefined;
  }

  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      closed = true;
      closing.abort();
      await restarting;
      await shut(graceMs);
    },
  };
}

/** Answers one request; says after how many milliseconds the server is to be open again, if it is to restart. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: Handle,
  maxBytes: number,
): Promise<number | undefined> {
  try {
    const body = await bodyOf(request, maxBytes);
    if (body === null) {
      response.writeHead(413, { connection: 'close' }).end();
      return undefined;
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) {
      headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
    }
    const answer = await handle({ method: request.method ?? '', path: request.url ?? '/', headers, body });
    if (answer.delayMs !== undefined) await pause(answer.delayMs);
    if (answer.cut === true) {
      request.socket.destroy();
      return answer.restartAfterMs;
    }
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    if (answer.cutAfterBytes === undefined) {
      const sent = new Promise((resolve) => response.once('close', resolve));
      response.end(answer.body);
      if (answer.restartAfterMs !== undefined) await sent;
    } else response.write(answer.body.subarray(0, answer.cutAfterBytes), () => request.socket.destroy());
    return answer.restartAfterMs;
  } catch {
    if (response.headersSent) request.socket.destroy();
    else response.writeHead(500, { connection: 'close' }).end();
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
