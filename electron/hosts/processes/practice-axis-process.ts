import { randomBytes } from 'node:crypto';
import { httpClient } from '../../platform/http/client.ts';
import { lgspBase, practiceControl, type Correspondent, type LgspWrapper, type PracticeControl } from '../../services/practice/index.ts';
import { ownHelper, type StartHelper } from './helper-process.ts';
import type { AxisServerInput } from '../practice/practice-axis-server.ts';

/** What the axis' process says once it listens; `delivered`: messages of today that wait there. */
export type AxisListening = { readonly port: number; readonly delivered: number };

export type PracticeAxisProcess = {
  /** address of the wire protocol */
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  /** the same mailbox behind a provincial broker's skin */
  readonly lgsp: {
    readonly endpoint: string;
    readonly username: string;
    readonly password: string;
    readonly applicationCode: string;
  };
  readonly control: PracticeControl;
  /** how many messages of today wait there from the start */
  readonly delivered: number;
  readonly stop: () => Promise<void>;
};

export type PracticeAxisStart = {
  /** agencies of our own centre, whose account is answered */
  readonly own: readonly Correspondent[];
  /** agencies of another centre, which we may write to */
  readonly correspondents: readonly Correspondent[];
  /** makes the practice messages of today wait for `agency`, but for those it has already */
  readonly today?: {
    readonly agency: Correspondent;
    readonly except: readonly string[];
    readonly samplesFolder: string | null;
  };
  /** how the broker's skin behaves (see `PracticeAxisOptions`) */
  readonly lgspSkin?: { readonly lgspWrapper?: LgspWrapper; readonly lgspSentList?: boolean };
  /** a folder to remember in, a directory, partners, misfortunes; in memory and without all that by default */
  readonly server?: Pick<AxisServerInput, 'folder' | 'generated' | 'partners' | 'tickSeconds' | 'faults' | 'chaos' | 'hashForm' | 'clockToleranceMinutes' | 'failedItemsStay'>;
  readonly log: (line: string) => void;
  /** Default: as a Node process. */
  readonly startHelper?: StartHelper | undefined;
};

/**
 * Starts the practice axis as a process of its own on 127.0.0.1. Its secrets are made for this run. It ends with this
 * process, however this one ends.
 */
export async function startPracticeAxisProcess(start: PracticeAxisStart): Promise<PracticeAxisProcess> {
  const systemId = 'luyen.tap.W00';
  const secret = randomBytes(24).toString('base64url');
  const lgsp = { username: 'luyen.tap', password: randomBytes(24).toString('base64url'), applicationCode: 'TVT' };
  const controlToken = randomBytes(24).toString('base64url');
  const child = (start.startHelper ?? ownHelper)({
    program: 'practice-axis',
    wrote: (line) => {
      start.log(`practice axis: ${line}`);
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.onExit(() => {
      resolve();
    });
  });
  const systems = [
    { systemId, secret, agencies: start.own, lgsp },
    { systemId: 'doi.tac.W00', secret: randomBytes(24).toString('base64url'), agencies: start.correspondents },
  ];
  const config = { systems, controlToken, ...start.lgspSkin, ...start.server, ...(start.today === undefined ? {} : { today: start.today }) };
  child.post(config);
  const { port, delivered } = await new Promise<AxisListening>((resolve, reject) => {
    child.onMessage((message) => {
      resolve(message as AxisListening);
    });
    child.onExit((how) => {
      reject(new Error(`the practice axis ended at start (${how})`));
    });
  });
  return {
    endpoint: `http://127.0.0.1:${String(port)}/XrdAdapter/adapter`,
    systemId,
    secret,
    lgsp: { ...lgsp, endpoint: `http://127.0.0.1:${String(port)}${lgspBase}` },
    control: practiceControl({ port, token: controlToken, http: httpClient }),
    delivered,
    stop: async () => {
      child.post('end');
      await ended;
    },
  };
}
