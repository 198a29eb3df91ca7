import { randomBytes } from 'node:crypto';
import type { CodeOf, Contract, InputOf, Outcome, OutputOf } from '#contract';
import { systemClock, type Clock } from '../../../electron/foundation/clock.ts';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { serveLoopback } from '../../../electron/platform/http/serve-loopback.ts';
import { practiceAxis } from '../../../electron/services/practice/index.ts';
import { withAbbreviations } from './office.ts';
import { saveAxis, saveStation } from '../../../electron/services/settings/index.ts';
import { openStore } from '../../../electron/store/index.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { quietCore } from './day.ts';

const agencies = [
  { code: 'G09', name: 'Bộ Nội vụ' },
  { code: 'H29.99', name: 'Ủy ban nhân dân phường Luyện Tập' },
  { code: 'H37', name: 'Ủy ban nhân dân tỉnh Lạng Sơn' },
] as const;

export type Station = {
  readonly agency: { readonly code: string; readonly name: string };
  readonly folder: string;
  readonly key: Buffer;
  /** of its account at the axis */
  readonly secret: string;
  core: Core;
  /** Calls a method as the window would. */
  readonly ask: <D extends keyof Contract, M extends keyof Contract[D] & string>(
    domain: D,
    method: M,
    input: InputOf<Contract[D][M]>,
  ) => Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>>;
  /** The same for calls that must succeed. */
  readonly must: <D extends keyof Contract, M extends keyof Contract[D] & string>(
    domain: D,
    method: M,
    input: InputOf<Contract[D][M]>,
  ) => Promise<OutputOf<Contract[D][M]>>;
  /** Receives and sends once. */
  readonly sync: () => Promise<OutputOf<Contract['exchange']['receiveNow']>>;
  /** Puts an issued document with one file into the register. */
  readonly issue: (number: string, more?: Partial<InputOf<Contract['records']['recordOutgoing']>>) => Promise<OutputOf<Contract['records']['recordOutgoing']>>;
  readonly restart: () => Promise<void>;
};

export type Agencies = {
  readonly axis: ReturnType<typeof practiceAxis>;
  readonly stations: readonly [Station, Station, Station];
  /** Everybody sends and receives until nothing moves. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Three agencies with a station each over one practice axis, served over HTTP; nothing happens by itself. */
export async function threeAgencies(options: { readonly clock?: Clock } = {}): Promise<Agencies> {
  const clock = options.clock ?? systemClock;
  const systems = agencies.map((agency, at) => ({
    systemId: `0${String(at)}.00.W00`,
    secret: randomBytes(24).toString('base64url'),
    agencies: [agency],
  }));
  const axis = practiceAxis({ systems, clock });
  const server = await serveLoopback(axis.handle, { maxBytes: 64 * 1024 * 1024 });
  const endpoint = `http://127.0.0.1:${String(server.port)}/XrdAdapter/adapter`;
  const stations: Station[] = [];
  for (const [at, agency] of agencies.entries()) {
    const { systemId = '', secret = '' } = systems[at] ?? {};
    stations.push(await stationOf(agency, { endpoint, systemId, secret }, clock));
  }
  const [a, b, c] = stations;
  if (a === undefined || b === undefined || c === undefined) throw new Error('three agencies');
  return {
    axis,
    stations: [a, b, c],
    settle: async () => {
      for (let round = 0; round < 6; round += 1) {
        let moved = 0;
        for (const station of stations) {
          const { received, sent } = await station.sync();
          moved += received + sent;
        }
        if (moved === 0) return;
      }
      throw new Error('the agencies do not come to rest');
    },
    close: async () => {
      for (const station of stations) await station.core.close();
      await server.close();
    },
  };
}

async function stationOf(
  agency: Station['agency'],
  account: { readonly endpoint: string; readonly systemId: string; readonly secret: string },
  clock: Clock,
): Promise<Station> {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const at = clock.now().toISOString();
    saveStation(db, { agency: { organId: agency.code, name: agency.name }, operator: 'Trần Thị Văn Thư' }, at);
    withAbbreviations(db, agency.name.startsWith('Bộ') ? 'BNV' : 'UBND');
    saveAxis(db, { ...account, plainHttpHosts: ['127.0.0.1'], pollSeconds: 300 }, at);
  });
  opened.value.close();
  const start = (): Promise<Core> => startCore({ ...quietCore({ folder, keyHex: key.toString('hex') }), clock });
  const station: Station = {
    agency,
    folder,
    key,
    secret: account.secret,
    core: await start(),
    async ask(domain, method, input) {
      return (await station.core.dispatcher.answer(domain, method, input, 'own-window')) as never;
    },
    async must(domain, method, input) {
      const outcome = await station.ask(domain, method, input);
      if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
      return outcome.value;
    },
    sync: () => station.must('exchange', 'receiveNow', {}),
    async issue(number, more = {}) {
      async function* bytes(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(Buffer.from(`%PDF-1.7 ${agency.code} ${number}`));
      }
      const stored = await station.core.storeFile(bytes());
      return station.must('records', 'recordOutgoing', {
        codeNumber: number,
        codeNotation: 'VP',
        issuedDate: '2026-11-20',
        place: 'Hà Nội',
        typeName: 'Công văn',
        subject: `V/v kiểm thử số ${number}`,
        urgency: 0,
        dueDate: null,
        signerName: 'Nguyễn Văn Ký',
        signerPosition: 'Chủ tịch',
        signerCompetence: '',
        toPlaces: ['Như trên', 'Lưu: VT'],
        pageAmount: 1,
        paper: false,
        files: [{ name: `cv-${number}.pdf`, mediaType: 'application/pdf', ...stored }],
        repliesTo: null,
        ...more,
      });
    },
    async restart() {
      await station.core.close();
      station.core = await start();
    },
  };
  return station;
}

/** The agency of a station as a recipient. */
export function recipient(station: Station): { organId: string; name: string } {
  return { organId: station.agency.code, name: station.agency.name };
}
