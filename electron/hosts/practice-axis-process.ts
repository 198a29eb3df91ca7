import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { httpClient } from '../platform/http/client.ts';
import { practiceControl, type PracticeControl } from '../services/practice/index.ts';
import { workerProgram } from './worker-program.ts';

export type PracticeAgency = { readonly code: string; readonly name: string };

export type PracticeAxisProcess = {
  /** address of the wire protocol */
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  readonly control: PracticeControl;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the practice axis as a process of its own on 127.0.0.1, with a centre for `own` agencies, whose account is
 * answered, and another for those of the correspondents. Its secrets are made for this run. It ends with this process,
 * however this one ends.
 */
export async function startPracticeAxisProcess(
  own: readonly PracticeAgency[],
  correspondents: readonly PracticeAgency[],
  log: (line: string) => void,
): Promise<PracticeAxisProcess> {
  const systemId = 'luyen.tap.W00';
  const secret = randomBytes(24).toString('base64url');
  const controlToken = randomBytes(24).toString('base64url');
  const child = spawn(process.execPath, [workerProgram('practice-axis')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Inside Electron the same binary must act as plain Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
  createInterface({ input: child.stderr }).on('line', (line) => { log(`practice axis: ${line}`); });
  const systems = [
    { systemId, secret, agencies: own },
    { systemId: 'doi.tac.W00', secret: randomBytes(24).toString('base64url'), agencies: correspondents },
  ];
  child.stdin.write(`${JSON.stringify({ systems, controlToken })}\n`);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => { resolve((JSON.parse(line) as { port: number }).port); });
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`the practice axis ended at start (${String(code)})`)); });
  });
  return {
    endpoint: `http://127.0.0.1:${String(port)}/XrdAdapter/adapter`,
    systemId,
    secret,
    control: practiceControl({ port, token: controlToken, http: httpClient }),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
