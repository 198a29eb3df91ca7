import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AxisAnswer, AxisRequest } from '../../services/practice/index.ts';

export type LoopbackServer = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Listens on 127.0.0.1 at a free port and hands each request, read whole, to `handle`. Only for the practice axis:
 * the station itself has no listening port (design §2.4). Bodies above `maxBytes` are answered with 413; a handler
 * that throws with 500.
 */
export async function serveLoopback(
  handle: (request: AxisRequest) => Promise<AxisAnswer>,
  options: { readonly maxBytes: number },
): Promise<LoopbackServer> {
  const server = createServer({ keepAlive: false, maxHeaderSize: 64 * 1024 }, (request, response) => {
    void serve(request, response, handle, options.maxBytes);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: AxisRequest) => Promise<AxisAnswer>,
  maxBytes: number,
): Promise<void> {
  try {
    const body = await bodyOf(request, maxBytes);
    if (body === null) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) {
      headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
    }
    const answer = await handle({ method: request.method ?? '', path: request.url ?? '/', headers, body });
    if (answer.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    if (answer.cut === true) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    if (answer.cutAfterBytes === undefined) response.end(answer.body);
    else response.write(answer.body.subarray(0, answer.cutAfterBytes), () => request.socket.destroy());
  } catch {
    if (response.headersSent) request.socket.destroy();
    else response.writeHead(500, { connection: 'close' }).end();
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
