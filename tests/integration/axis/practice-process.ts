import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { systemClock } from '../../../electron/foundation/clock.ts';
import type { AxisListening } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import type { AxisTransport } from '../../../electron/services/exchange/ports.ts';
import { vxpTransport, type VxpOptions } from '../../../electron/services/exchange/transports/vxp.ts';
import { practiceControl, type PracticeControl } from '../../../electron/services/practice/axis/control-client.ts';

export const systems = [
  { systemId: '00.21.W00', secret: 'bí mật của ta', agencies: [{ code: 'H37.02', name: 'Sở Thử nghiệm', oldCode: '000.00.02.H37' }] },
  {
    systemId: '00.99.W00',
    secret: 'bí mật của họ',
    agencies: [
      { code: 'G22', name: 'Văn phòng Chính phủ' },
      { code: 'G12', name: 'Bộ Tài chính' },
      { code: '000.00.00.G12', name: 'Bộ Tài chính (mã cũ)' },
    ],
  },
] as const;

export type RunningAxis = {
  readonly port: number;
  readonly control: PracticeControl;
  readonly token: string;
  readonly pid: number;
  /** a client of the system at this place in `systems` */
  readonly client: (system?: 0 | 1, change?: Partial<VxpOptions>) => AxisTransport;
  /** Ends it by SIGKILL, at once. */
  readonly kill: () => Promise<void>;
  /** Closes the line to it and waits; answers the exit code. */
  readonly stop: () => Promise<number | null>;
};

/** Starts the practice axis in a process of its own, as the hosts do. */
export async function startAxis(config: Readonly<Record<string, unknown>> = {}): Promise<RunningAxis> {
  const token = randomUUID();
  const child = fork('electron/hosts/workers/practice-axis.ts', [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send({ systems, controlToken: token, ...config });
  const { port } = await new Promise<AxisListening>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as AxisListening);
    });
    child.once('exit', (code) => {
      reject(new Error(`the practice axis ended at start (${String(code)})`));
    });
  });
  return {
    port,
    token,
    pid: child.pid ?? 0,
    control: practiceControl({ port, token, http: httpClient }),
    client: (system = 0, change = {}) =>
      vxpTransport({
        endpoint: `http://127.0.0.1:${port}/XrdAdapter/adapter`,
        systemId: systems[system].systemId,
        secret: systems[system].secret,
        http: httpClient,
        clock: systemClock,
        allowPlainHttp: true,
        ...change,
      }),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
}
