import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = {
  /** where the station finds the axis: the port stays the same whether the line is there or not */
  readonly endpoint: string;
  /** the cable is pulled: nothing listens any more, and what was open is gone */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** connections that came through since the start */
  readonly calls: () => number;
};

/** A line to the axis that can be cut and mended while the axis keeps what it has. */
export async function lineTo(axis: string): Promise<Line> {
  const target = new URL(axis);
  const open = new Set<Socket>();
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    const onward = connect(Number(target.port), target.hostname);
    for (const [one, other] of [[socket, onward], [onward, socket]] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}${target.pathname}`,
    calls: () => calls,
    mend: () => listen(port),
    cut: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
