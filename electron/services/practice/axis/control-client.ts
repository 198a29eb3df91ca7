import { wholeAnswer, type HttpPort } from '../../exchange/index.ts';
import type { PartnerTick } from '../partners/partners.ts';
import { practiceTokenHeader } from './control-door.ts';
import type { DeliverAs, Inspection } from './controls.ts';
import type { ChaosInput, FaultInput } from './faults.ts';

/** The control calls of a practice axis in another process, for tests and the practice day. */
export type PracticeControl = {
  /** The receivers' ids. */
  readonly deliver: (bytes: Uint8Array, as?: DeliverAs) => Promise<readonly string[]>;
  readonly inspect: () => Promise<Inspection>;
  readonly bytesOf: (docId: string) => Promise<Uint8Array>;
  readonly fault: (fault: FaultInput) => Promise<void>;
  /** Ends ordered and random misfortunes, and sets the axis' clock right. */
  readonly clearFaults: () => Promise<void>;
  /** Strikes a random share of all calls from now on; null ends it. */
  readonly chaos: (chaos: ChaosInput | null) => Promise<void>;
  /** One tick of the partner agencies. */
  readonly advance: () => Promise<PartnerTick>;
  /** Closes every connection; the port is open again after so many milliseconds. */
  readonly restart: (afterMs: number) => Promise<void>;
  /** Ends the logins at the provincial broker's skin before their time. */
  readonly expireLogins: () => Promise<void>;
};

/** Talks to the practice axis at `http://127.0.0.1:<port>`. Rejects when it does not do what was asked. */
export function practiceControl(options: {
  readonly port: number;
  readonly token: string;
  readonly http: HttpPort;
}): PracticeControl {
  async function ask(method: 'GET' | 'POST', path: string, body: Uint8Array | null): Promise<Uint8Array> {
    const answer = await wholeAnswer(options.http, {
      method,
      url: `http://127.0.0.1:${options.port}/practice/${path}`,
      headers: [[practiceTokenHeader, options.token]],
      body,
      timeoutMs: 30_000,
      allowPlainHttp: true,
      maxBytes: 512 * 1024 * 1024,
    });
    if (!answer.ok) throw new Error(`practice axis: ${path}: ${answer.failure.code}`);
    if (answer.value.status !== 200) throw new Error(`practice axis: ${path}: HTTP ${answer.value.status}`);
    return answer.value.body;
  }

  const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

  return {
    async deliver(bytes, as = {}) {
      const query = new URLSearchParams();
      if (as.messageType !== undefined) query.set('messageType', as.messageType);
      if (as.from !== undefined) query.set('from', as.from);
      for (const to of as.to ?? []) query.append('to', to);
      const outcome = json(await ask('POST', `deliver?${query.toString()}`, bytes));
      return (outcome as { value: { docIds: readonly string[] } }).value.docIds;
    },
    inspect: async () => json(await ask('GET', 'inspect', null)) as Inspection,
    bytesOf: (docId) => ask('GET', `message?docId=${encodeURIComponent(docId)}`, null),
    async fault(fault) {
      await ask('POST', 'fault', Buffer.from(JSON.stringify(fault)));
    },
    async clearFaults() {
      await ask('POST', 'clear-faults', null);
    },
    async chaos(chaos) {
      await ask('POST', 'chaos', Buffer.from(JSON.stringify(chaos)));
    },
    advance: async () => json(await ask('POST', 'advance', null)) as PartnerTick,
    async restart(afterMs) {
      await ask('POST', `restart?afterMs=${String(afterMs)}`, null);
    },
    async expireLogins() {
      await ask('POST', 'expire-logins', null);
    },
  };
}
