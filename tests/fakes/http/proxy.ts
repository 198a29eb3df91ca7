import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export type TestProxy = {
  readonly port: number;
  /** request lines as they came: `CONNECT host:port`, `GET http://…` */
  readonly seen: string[];
  readonly close: () => Promise<void>;
};

export type ProxyManners = {
  /** `user:password` that it asks for, by Basic */
  readonly account?: string;
  /** answers each CONNECT with this status */
  readonly refuseWith?: number;
  /** takes the request in and says nothing */
  readonly hang?: boolean;
  /** the ways of a 407, default Basic */
  readonly ways?: readonly string[];
};

/** A small forward proxy on 127.0.0.1: tunnels by CONNECT, and plain calls by absolute address. */
export async function startProxy(manners: ProxyManners = {}): Promise<TestProxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ keepAlive: false });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });

  const known = (call: IncomingMessage): boolean =>
    manners.account === undefined ||
    call.headers['proxy-authorization'] === `Basic ${Buffer.from(manners.account, 'utf8').toString('base64')}`;
  const ways = manners.ways ?? ['Basic realm="proxy"'];

  server.on('connect', (call: IncomingMessage, socket: Socket) => {
    seen.push(`CONNECT ${call.url ?? ''}`);
    if (manners.hang === true) return;
    if (!known(call)) {
      socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${ways.map((way) => `Proxy-Authenticate: ${way}\r\n`).join('')}\r\n`);
      return;
    }
    if (manners.refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${manners.refuseWith} No\r\n\r\n`);
      return;
    }
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(call.url ?? '') ?? [];
    const other = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(other).pipe(socket);
    });
    other.on('error', () => socket.destroy());
    socket.on('close', () => other.destroy());
  });

  server.on('request', (call, response) => {
    seen.push(`${call.method ?? ''} ${call.url ?? ''}`);
    if (manners.hang === true) return;
    if (!known(call)) {
      response.writeHead(407, { 'Proxy-Authenticate': [...ways] }).end();
      return;
    }
    const onward = request(call.url ?? '', { method: call.method ?? 'GET', headers: call.headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => {
      response.writeHead(502).end();
    });
    call.pipe(onward);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
