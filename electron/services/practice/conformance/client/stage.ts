import type { AxisAnswer } from '../../axis/protocol.ts';
import { documentIdOf, documentXml, vietnamTime, type Party, type SampleDocument } from '../edxml-sample.ts';
import type { Rule, Verdict } from '../rule.ts';
import type { Recorded, ScriptedAxis } from './scripted-axis.ts';

/** What somebody at the client is to do. Codes are number and notation. */
export type Act =
  | { readonly kind: 'register'; readonly code: string }
  | { readonly kind: 'answer-take-back'; readonly code: string; readonly agree: boolean; readonly reason: string }
  | { readonly kind: 'send'; readonly number: string; readonly to: Party; readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] }
  | { readonly kind: 'ask-back'; readonly number: string; readonly reason: string };

/** What the client holds of a document that came in. */
export type Held = { readonly subject: string; readonly documentId: string; readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] };

/** How a client is moved and looked into. Ours does all of it; a client of somebody else's is only watched. */
export type ClientDriver = {
  /** the agency whose client it is */
  readonly agency: Party;
  /**
   * One round of asking the axis and sending what is due: its failure code, '' when it went well, null when that does
   * not show from outside. Throws Unmet when the client does not come.
   */
  readonly round: () => Promise<string | null>;
  /** Has it done; until `done` says so, where it is done by a person. Throws Unmet when it cannot be. */
  readonly act: (act: Act, done: () => boolean) => Promise<void>;
  /** Lets time pass for the client. Throws Unmet when it cannot be. */
  readonly later: (seconds: number) => Promise<void>;
  /** The documents of this code that it holds. Throws Unmet when that does not show. */
  readonly held: (code: string) => Promise<readonly Held[]>;
  /** How a take-back of ours stands, by its own words. Throws Unmet when that does not show. */
  readonly takeBack: (number: string) => Promise<string | null>;
};

/** One case's stage. */
export type Stage = {
  readonly axis: ScriptedAxis;
  readonly client: ClientDriver;
  /** who writes to the client, and is written to */
  readonly partner: Party;
  readonly sample: (more?: Partial<SampleDocument>) => SampleDocument;
  /** Lets a document wait; answers its docId. */
  readonly put: (sample: SampleDocument) => string;
  /** Rounds until all of these were answered for, at most three. */
  readonly settle: (docIds: readonly string[]) => Promise<void>;
  /** The statuses that the client sent about a document, oldest first. */
  readonly statuses: (sample: SampleDocument) => readonly { readonly code: string; readonly xml: string }[];
};

/** A rule for a client that a case of its own tries. */
export type ClientCase = { readonly rule: Rule; readonly play: (stage: Stage) => Promise<Verdict> };

export function stageOf(axis: ScriptedAxis, client: ClientDriver, partner: Party, serial: string, now: () => Date): Stage {
  let samples = 0;
  return {
    axis,
    client,
    partner,
    sample(more = {}) {
      samples += 1;
      const number = `${serial}${String(samples)}`;
      return {
        from: partner,
        to: [client.agency],
        number,
        notation: 'KT-TVT',
        date: vietnamTime(now()).slice(0, 10),
        subject: `Thư kiểm tra số ${number}`,
        files: [{ name: `kiem-tra-${number}.pdf`, contentType: 'application/pdf', bytes: Buffer.from(`%PDF-1.4 kiểm tra ${number}`) }],
        ...more,
      };
    },
    put: (sample) => axis.put('edoc', partner.code, client.agency.code, documentXml(sample)),
    async settle(docIds) {
      const open = (): boolean => docIds.some((docId) => !axis.said(docId).some((word) => word !== 'processing'));
      for (let round = 0; round === 0 || (round < 3 && open()); round += 1) await client.round();
    },
    statuses: (sample) =>
      axis.sent
        .filter(({ messageType, xml }) => messageType === 'status' && textOf(xml, 'DocumentId') === documentIdOf(sample))
        .map(({ xml }) => ({ code: textOf(xml, 'StatusCode'), xml })),
  };
}

/** Number and notation of a sample. */
export function codeOf({ number, notation }: SampleDocument): string {
  return `${number}/${notation}`;
}

/** The verbs of calls that are about one message. */
export function verbsAbout(calls: readonly Recorded[], docId: string): readonly string[] {
  return calls.filter(({ headers }) => headers['xroadvnpt-docid'] === docId).map(({ verb }) => verb);
}

export function callsOf(calls: readonly Recorded[], verb: string): readonly Recorded[] {
  return calls.filter((call) => call.verb === verb);
}

export function page(status: number, contentType: string, text: string): AxisAnswer {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(text, 'utf8') };
}

/** The connection breaks instead of an answer. */
export const cutOff: AxisAnswer = { ...page(200, 'text/plain', ''), cut: true };

function textOf(xml: string, name: string): string {
  return new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(xml)?.[1] ?? '';
}
