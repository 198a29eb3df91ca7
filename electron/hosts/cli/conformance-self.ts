import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, vietnamDay, type Clock } from '../../foundation/clock.ts';
import { httpClient } from '../../platform/http/client.ts';
import { serveLoopback } from '../../platform/http/serve-loopback.ts';
import {
  checkClient,
  checkServer,
  practiceAgency,
  practiceOperator,
  Unmet,
  type Act,
  type AxisAnswer,
  type AxisRequest,
  type ClientDriver,
  type Finding,
} from '../../services/practice/index.ts';
import { saveAxis, saveStation } from '../../services/settings/index.ts';
import { openStore } from '../../store/index.ts';
import { startCore, type Core } from '../compose.ts';
import { AxisServerConfig, startAxisServer } from '../practice/practice-axis-server.ts';
import { ask, wholeFile } from './profile.ts';

type Handle = (request: AxisRequest) => Promise<AxisAnswer>;
type Ports = { readonly version: string; readonly log: (line: string) => void; readonly only: readonly string[]; readonly done: (finding: Finding) => void };

const partner = { code: 'G09', name: 'Bộ Nội vụ' };
const maxBytes = 64 * 1024 * 1024;

/** Both sides of the suite against our own: the practice axis as the server, the station's core as the client. */
export async function checkOurselves(ports: Ports): Promise<readonly Finding[]> {
  return [...(await checkOwnAxis(ports)), ...(await checkOwnStation(ports))];
}

/** Rules for a server that nobody asked for are not tried; a made-up directory gives the lists something to show. */
async function checkOwnAxis({ log, only, done }: Ports): Promise<readonly Finding[]> {
  const sender = { systemId: '00.09.W00', secret: randomBytes(24).toString('base64url') };
  const receiver = { systemId: '00.29.W00', secret: randomBytes(24).toString('base64url') };
  const config = AxisServerConfig.parse({
    systems: [
      { ...sender, agencies: [partner] },
      { ...receiver, agencies: [practiceAgency] },
    ],
    controlToken: randomBytes(24).toString('base64url'),
    generated: { count: 300, seed: 1 },
  });
  const server = await startAxisServer(config, log);
  if (!server.ok) throw new Error(server.failure.code);
  try {
    const endpoint = `http://127.0.0.1:${String(server.value.port)}/XrdAdapter/adapter`;
    const target = { endpoint, from: partner, to: practiceAgency, sender, receiver, patienceMs: 0, settleMs: 0 };
    return await checkServer(target, { http: httpClient, clock: systemClock }, only, done);
  } finally {
    await server.value.close();
  }
}

/**
 * The client side against a core of ours, a fresh one for each case.
 * @param through the port that the station calls, when something stands between it and the scripted axis at this port
 */
export async function checkOwnStation(ports: Ports, through: (port: number) => Promise<number> = (port) => Promise.resolve(port)): Promise<readonly Finding[]> {
  const account = { systemId: '00.29.W00', secret: randomBytes(24).toString('base64url') };
  let aheadMs = 0;
  const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
  let handle: Handle | undefined;
  const server = await serveLoopback(
    (request) => {
      if (handle === undefined) throw new Error('no case is being played');
      return handle(request);
    },
    { maxBytes },
  );
  try {
    const endpoint = `http://127.0.0.1:${String(await through(server.port))}/XrdAdapter/adapter`;
    const client = {
      account,
      partner,
      clock,
      serve: (next: Handle) => {
        handle = next;
      },
      open: async () => {
        const folder = mkdtempSync(join(tmpdir(), 'tvt-conformance-'));
        const core = await stationIn(folder, { endpoint, ...account }, clock, ports);
        const later = (seconds: number): void => {
          aheadMs += seconds * 1000;
        };
        return {
          driver: driverOf(core, later),
          close: async () => {
            await core.close();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      },
    };
    return await checkClient(client, ports.only, ports.done);
  } finally {
    await server.close();
  }
}

async function stationIn(
  folder: string,
  axis: { readonly endpoint: string; readonly systemId: string; readonly secret: string },
  clock: Clock,
  { version, log }: Ports,
): Promise<Core> {
  const key = randomBytes(32);
  const opened = openStore({ folder, key, programVersion: version, mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const at = clock.now().toISOString();
    saveStation(db, { agency: { organId: practiceAgency.code, name: practiceAgency.name }, operator: practiceOperator }, at);
    saveAxis(db, { ...axis, plainHttpHosts: ['127.0.0.1'], pollSeconds: 300 }, at);
  });
  opened.value.close();
  return startCore({
    profileDir: folder,
    key: { ok: true, value: key },
    practice: false,
    background: false,
    version,
    log,
    clock,
    // The middle: intervals are those of the settings.
    random: () => 0.5,
  });
}

function must<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string } }): T {
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

/** Our station, moved through its own contract as the window would. */
function driverOf(core: Core, later: (seconds: number) => void): ClientDriver {
  const outgoing = new Map<string, string>();

  async function incoming(code: string): Promise<readonly string[]> {
    const { items } = must(await ask(core, 'records', 'incomingList', { state: null, before: null, limit: 100 }));
    return items.filter((item) => `${item.codeNumber}/${item.codeNotation}` === code).map(({ id }) => id);
  }

  async function documentOf(code: string): Promise<string> {
    const [id] = await incoming(code);
    if (id === undefined) throw new Unmet(`${code} is not there`);
    return id;
  }

  return {
    agency: practiceAgency,
    async round() {
      const outcome = await ask(core, 'exchange', 'receiveNow', {});
      return outcome.ok ? '' : outcome.failure.code;
    },
    act: async (act) => {
      switch (act.kind) {
        case 'register':
          must(await ask(core, 'records', 'registerIncoming', { id: await documentOf(act.code) }));
          return;
        case 'answer-take-back': {
          const { changeRequests } = must(await ask(core, 'records', 'incomingGet', { id: await documentOf(act.code) }));
          const request = changeRequests.find(({ state }) => state === 'open');
          if (request === undefined) throw new Error('no request to take back');
          must(await ask(core, 'records', 'decideChange', { request: request.id, agree: act.agree, reason: act.reason }));
          return;
        }
        case 'send':
          outgoing.set(act.number, await issueAndSend(core, act));
          return;
        case 'ask-back': {
          const document = outgoing.get(act.number) ?? '';
          must(await ask(core, 'exchange', 'recallDocument', { document, form: 'status', recipients: null, reason: act.reason }));
          return;
        }
      }
    },
    later: (seconds) => {
      later(seconds);
      return Promise.resolve();
    },
    async held(code) {
      const documents = [];
      for (const id of await incoming(code)) {
        const { subject, documentId, files } = must(await ask(core, 'records', 'incomingGet', { id }));
        const whole = [];
        for (const { id: fileId, name } of files) whole.push({ name, bytes: await wholeFile(core, fileId) });
        documents.push({ subject, documentId, files: whole });
      }
      return documents;
    },
    async takeBack(number) {
      const document = outgoing.get(number);
      if (document === undefined) return null;
      return must(await ask(core, 'exchange', 'deliveries', { document }))[0]?.takeBack ?? null;
    },
  };
}

async function issueAndSend(core: Core, { number, to, files }: Extract<Act, { kind: 'send' }>): Promise<string> {
  const stored = [];
  for (const { name, bytes } of files) {
    async function* whole(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes);
    }
    stored.push({ name, mediaType: 'application/octet-stream', ...(await core.storeFile(whole())) });
  }
  const { id } = must(
    await ask(core, 'records', 'recordOutgoing', {
      codeNumber: number,
      codeNotation: 'UBND',
      issuedDate: vietnamDay(new Date()),
      place: 'Luyện Tập',
      typeName: 'Công văn',
      subject: `Thư kiểm tra số ${number}`,
      urgency: 0,
      dueDate: null,
      signerName: 'Nguyễn Văn Thử',
      signerPosition: 'Chủ tịch',
      signerCompetence: '',
      toPlaces: ['Như trên'],
      pageAmount: 1,
      paper: false,
      files: stored,
      repliesTo: null,
    }),
  );
  must(await ask(core, 'exchange', 'sendDocument', { document: id, recipients: [{ organId: to.code, name: to.name }] }));
  return id;
}
