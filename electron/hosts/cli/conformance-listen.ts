import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../foundation/clock.ts';
import { serveLoopback } from '../../platform/http/serve-loopback.ts';
import {
  checkClient,
  Unmet,
  type Act,
  type AxisAnswer,
  type AxisRequest,
  type ClientDriver,
  type Finding,
  type ScriptedAxis,
} from '../../services/practice/index.ts';

export type ListenOptions = {
  /** 0: any free one */
  readonly port: number;
  readonly account: { readonly systemId: string; readonly secret: string };
  /** whose client it is */
  readonly agency: { readonly code: string; readonly name: string };
  /** how long the client, or the person at it, is waited for */
  readonly waitSeconds: number;
  readonly only: readonly string[];
  /** told where to point the client, once it listens */
  readonly listening: (endpoint: string) => void;
  /** what the person at the client is asked to do */
  readonly say: (line: string) => void;
  readonly done: (finding: Finding) => void;
  /** ends the waiting; what was not tried is skipped */
  readonly stop: AbortSignal;
};

const partner = { code: 'G09', name: 'Bộ Nội vụ' };
const maxBytes = 512 * 1024 * 1024;
/** A client that has done nothing but ask for so long has done what it wanted. */
const quietMs = 1500;
const acts: ReadonlySet<string> = new Set(['getEdoc', 'downloadEdoc', 'updateStatus', 'sendEdoc', 'getSentEdocList']);

/** Plays every case for a client of somebody else's, which is pointed here. Rejects with `EADDRINUSE`. */
export async function checkWhoCalls(options: ListenOptions): Promise<readonly Finding[]> {
  let handle: ((request: AxisRequest) => Promise<AxisAnswer>) | undefined;
  const server = await serveLoopback(
    (request) => {
      if (handle === undefined) throw new Error('no case is being played');
      return handle(request);
    },
    { maxBytes, port: options.port },
  );
  try {
    const client = {
      account: options.account,
      partner,
      clock: systemClock,
      serve: (next: typeof handle) => {
        handle = next;
      },
      open: (axis: ScriptedAxis) => {
        // Before the first case there is a script to answer with.
        if (!announced) options.listening(`http://127.0.0.1:${String(server.port)}/XrdAdapter/adapter`);
        announced = true;
        return Promise.resolve({ driver: watcher(axis, options), close: () => Promise.resolve() });
      },
    };
    let announced = false;
    return await checkClient(client, options.only, options.done);
  } finally {
    await server.close();
  }
}

/** A client that is only watched: rounds are waited for, acts are asked of a person. */
function watcher(axis: ScriptedAxis, options: ListenOptions): ClientDriver {
  const { waitSeconds, stop, say } = options;

  async function until(holds: () => boolean, missing: string): Promise<void> {
    for (const end = Date.now() + waitSeconds * 1000; !holds(); ) {
      if (stop.aborted) throw new Unmet('stopped');
      if (Date.now() > end) throw new Unmet(missing);
      await pause(100);
    }
  }

  return {
    agency: options.agency,
    async round() {
      const before = axis.calls.length;
      await until(() => axis.calls.slice(before).some(({ verb }) => verb === 'getReceivedEdocList'), 'the client did not ask for its list');
      const began = Date.now();
      const lastAct = (): number => axis.calls.findLast(({ verb }) => acts.has(verb))?.at.getTime() ?? 0;
      await until(() => Date.now() - Math.max(began, lastAct()) > quietMs, 'the client does not come to rest');
      return null;
    },
    async act(act, done) {
      say(wordsFor(act));
      await until(done, `not done at the client: ${act.kind}`);
    },
    async later(seconds) {
      if (seconds > waitSeconds) throw new Unmet(`takes ${String(seconds)} s; --wait-seconds is ${String(waitSeconds)}`);
      await pause(seconds * 1000, undefined, { signal: stop }).catch(() => {
        throw new Unmet('stopped');
      });
    },
    held: () => Promise.reject(new Unmet('does not show from outside')),
    takeBack: () => Promise.reject(new Unmet('does not show from outside')),
  };
}

function wordsFor(act: Act): string {
  switch (act.kind) {
    case 'register':
      return `→ Mời vào sổ văn bản đến ${act.code}. | Please register document ${act.code}.`;
    case 'answer-take-back':
      return act.agree
        ? `→ Mời đồng ý cho lấy lại văn bản ${act.code}. | Please agree to the take-back of ${act.code}.`
        : `→ Mời từ chối cho lấy lại văn bản ${act.code}, có lý do. | Please refuse the take-back of ${act.code}, with a reason.`;
    case 'send': {
      const names = act.files.map(({ name }) => name).join(', ');
      return `→ Mời gửi văn bản số ${act.number} tới ${act.to.code} (${act.to.name}), kèm tệp ${names}. | Please send document ${act.number} to ${act.to.code} with files ${names}.`;
    }
    case 'ask-back':
      return `→ Mời xin lấy lại văn bản số ${act.number} (trạng thái 13), có lý do. | Please ask document ${act.number} back (status 13), with a reason.`;
  }
}
