import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type NetworkTrap = {
  readonly origin: string;
  readonly port: number;
  /** What reached it: `GET /path` or `UPGRADE /path` */
  readonly hits: string[];
  readonly close: () => Promise<void>;
};

/** A willing server on 127.0.0.1: whatever gets through to it was not refused. */
export async function networkTrap(): Promise<NetworkTrap> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<title>bẫy</title>reached');
  });
  server.on('upgrade', (request, socket) => {
    hits.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    hits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => { resolve(); });
      }),
  };
}
