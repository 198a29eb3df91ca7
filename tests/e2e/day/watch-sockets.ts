import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

/** Loaded into every Node process of the station under test: writes down where it wants to connect to. */
const into = process.env['TVT_DAY_SOCKETS'];
const plain = Socket.prototype.connect;
Socket.prototype.connect = function connect(this: Socket, ...given: unknown[]): Socket {
  // Inner callers hand over their arguments as one list.
  const first = (Array.isArray(given[0]) ? (given[0] as unknown[])[0] : given[0]) as { readonly host?: string; readonly port?: number } | undefined;
  if (into !== undefined && first?.port !== undefined) appendFileSync(into, `${first.host ?? 'localhost'}:${String(first.port)}\n`);
  return Reflect.apply(plain, this, given) as Socket;
};
