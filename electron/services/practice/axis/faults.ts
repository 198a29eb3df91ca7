import { z } from 'zod';
import type { PlainDb } from '../../../store/index.ts';
import { forgetFaults, noteOf, notesFrom, orderedFaults, orderFault, saveNote, useFault } from './axis.store.ts';
import { jsonHead, type AxisAnswer } from './protocol.ts';
import { randomFrom, seedOf } from './random.ts';

/** Misfortunes of one call. */
export const strikes = [
  'delay',
  'cut',
  'cut-before',
  'cut-within',
  'error-500',
  'missing',
  'html',
  'empty',
  'refuse',
  'refuse-signature',
  'truncated',
  'bad-json',
  'wrong-shape',
  'duplicate',
  'late',
  'restart',
] as const;
type StrikeKind = (typeof strikes)[number];

/**
 * A misfortune that tests and the practice day can order.
 * - `delay`: processed, answered after `delayMs`
 * - `cut`: processed, then the connection breaks; `cut-before`: it breaks and nothing was processed
 * - `cut-within`: processed, then the connection breaks in the middle of the answer
 * - `truncated`: processed; half of the answer, whose stated length says that it is whole
 * - `bad-json`, `wrong-shape`: processed; an answer that is no JSON, or JSON of another form
 * - `error-500`, `missing`, `html`, `empty`: not processed; HTTP `httpStatus`, HTTP 404, an HTML page, an empty 200
 * - `refuse`: not processed; FAIL with `errorCode` and `errorDesc`; `refuse-signature`: the same with 15
 * - `duplicate`: a message posted by the call is queued twice; `late`: it becomes visible after `delayMs`
 * - `restart`: not processed; all connections break, and the port is open again after `delayMs`
 * - `wrong-clock`: from now on the axis' times are shifted by `minutes`; 0 sets it right
 *
 * `duplicate` and `late` strike `sendEdoc`, and `deliver`: what the control door and the partners post.
 */
export const Fault = z.strictObject({
  kind: z.enum([...strikes, 'wrong-clock']),
  /** name of the verb, `*` for all */
  verb: z.string().default('*'),
  /** how many calls it strikes */
  times: z.number().int().min(1).default(1),
  delayMs: z.number().int().min(0).max(600_000).default(0),
  errorCode: z.string().default('20'),
  errorDesc: z.string().default('Loi he thong'),
  httpStatus: z.number().int().min(500).max(599).default(500),
  minutes: z.number().int().min(-525_600).max(525_600).default(0),
});
export type Fault = z.output<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

/**
 * Random misfortunes for long runs: a share `rate` of all calls is struck by one of `kinds`. The n-th call of a verb
 * has the same luck with the same seed, whatever other verbs were called in between.
 */
export const Chaos = z.strictObject({
  seed: z.number().int(),
  rate: z.number().min(0).max(1),
  kinds: z
    .array(z.enum(strikes))
    .min(1)
    .default([
      'delay',
      'cut',
      'cut-before',
      'cut-within',
      'error-500',
      'html',
      'empty',
      'refuse',
      'truncated',
      'bad-json',
      'wrong-shape',
      'duplicate',
      'late',
    ]),
  /** of `delay`, `late` and `restart` */
  delayMs: z.number().int().min(0).max(600_000).default(200),
});
export type Chaos = z.output<typeof Chaos>;
export type ChaosInput = z.input<typeof Chaos>;

/** How a posted message goes astray. */
export type Twist = { readonly copies?: number; readonly lateMs?: number };

export type Faults = {
  readonly order: (fault: Fault) => void;
  /** Ends ordered and random misfortunes, and sets the clock right. */
  readonly clear: () => void;
  readonly chaos: (chaos: Chaos | null) => void;
  readonly pending: () => readonly Fault[];
  /** how many calls and deliveries each kind has struck since the store was made */
  readonly struck: () => Readonly<Record<string, number>>;
  /** by how much the axis' clock is wrong, in minutes */
  readonly clockShift: () => number;
  /** What happens to a message that is posted without a call. */
  readonly twistOfDelivery: () => Twist;
  /** Answers a call, struck by the oldest pending fault for its verb; `refusal` is that of the skin it came through. */
  readonly strike: (
    verb: string,
    process: (twist: Twist) => Promise<AxisAnswer>,
    refusal: (errorCode: string, errorDesc: string) => AxisAnswer,
  ) => Promise<AxisAnswer>;
};

const shiftNote = 'clock-shift-minutes';
const chaosNote = 'chaos';
const struckNote = 'struck:';

/** The list of ordered misfortunes, each used up `times` times; it survives with the store. */
export function createFaults(db: PlainDb): Faults {
  // How often each verb was called since the start; after a restart luck begins anew.
  const calls = new Map<string, number>();

  function next(verb: string): Fault | undefined {
    const fault = chosen(verb);
    if (fault !== undefined) {
      db.write((tx) => {
        const name = struckNote + fault.kind;
        saveNote(tx, name, String(Number(noteOf(tx, name) ?? 0) + 1));
      });
    }
    return fault;
  }

  function chosen(verb: string): Fault | undefined {
    for (const { seq, fault: text } of orderedFaults(db.read)) {
      const fault = Fault.parse(JSON.parse(text));
      if (fault.kind === 'wrong-clock' || !strikesAt(fault.kind, verb)) continue;
      if (fault.verb !== '*' && fault.verb !== verb) continue;
      db.write((tx) => {
        useFault(tx, seq);
      });
      return fault;
    }
    return byChance(verb);
  }

  function byChance(verb: string): Fault | undefined {
    const text = noteOf(db.read, chaosNote);
    if (text === undefined) return undefined;
    const { seed, rate, kinds, delayMs } = Chaos.parse(JSON.parse(text));
    const at = calls.get(verb) ?? 0;
    calls.set(verb, at + 1);
    const random = randomFrom(seedOf(seed, verb, at));
    const possible = kinds.filter((kind) => strikesAt(kind, verb));
    if (random() >= rate) return undefined;
    const kind = possible[Math.floor(random() * possible.length)];
    return kind === undefined ? undefined : Fault.parse({ kind, delayMs });
  }

  return {
    order(fault) {
      db.write((tx) => {
        if (fault.kind === 'wrong-clock') saveNote(tx, shiftNote, fault.minutes === 0 ? null : String(fault.minutes));
        else orderFault(tx, JSON.stringify(fault), fault.times);
      });
    },
    clear() {
      db.write((tx) => {
        forgetFaults(tx);
        saveNote(tx, shiftNote, null);
        saveNote(tx, chaosNote, null);
      });
    },
    chaos(chaos) {
      calls.clear();
      db.write((tx) => {
        saveNote(tx, chaosNote, chaos === null ? null : JSON.stringify(chaos));
      });
    },
    pending: () =>
      orderedFaults(db.read).map(({ fault, timesLeft }) => ({ ...Fault.parse(JSON.parse(fault)), times: timesLeft })),
    struck: () =>
      Object.fromEntries(notesFrom(db.read, struckNote).map(({ name, value }) => [name.slice(struckNote.length), Number(value)])),
    clockShift: () => Number(noteOf(db.read, shiftNote) ?? 0),
    twistOfDelivery: () => twistOf(next('deliver')),
    async strike(verb, process, refusal) {
      const fault = next(verb);
      return fault === undefined ? process({}) : struck(fault, process, refusal);
    },
  };
}

function strikesAt(kind: StrikeKind, verb: string): boolean {
  const posts = kind === 'duplicate' || kind === 'late';
  return verb === 'deliver' ? posts : !posts || verb === 'sendEdoc';
}

function twistOf(fault: Fault | undefined): Twist {
  if (fault?.kind === 'duplicate') return { copies: 2 };
  return fault?.kind === 'late' ? { lateMs: fault.delayMs } : {};
}

async function struck(
  fault: Fault,
  process: (twist: Twist) => Promise<AxisAnswer>,
  refusal: (errorCode: string, errorDesc: string) => AxisAnswer,
): Promise<AxisAnswer> {
  switch (fault.kind) {
    case 'duplicate':
    case 'late':
    case 'wrong-clock':
      return process(twistOf(fault));
    case 'delay':
      return { ...(await process({})), delayMs: fault.delayMs };
    case 'cut':
      return { ...(await process({})), cut: true };
    case 'cut-before':
      return { ...page(200, ''), cut: true };
    case 'restart':
      return { ...page(200, ''), cut: true, restartAfterMs: fault.delayMs };
    case 'cut-within': {
      const answer = await process({});
      return { ...answer, cutAfterBytes: Math.floor(answer.body.length / 2) };
    }
    case 'truncated': {
      const answer = await process({});
      return { ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length / 2)) };
    }
    case 'bad-json':
      return json((await process({})).status, '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":}');
    case 'wrong-shape':
      return json((await process({})).status, '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":{"items":1},"DocId":[]}');
    case 'missing':
      return page(404, 'Not Found');
    case 'error-500':
      return page(fault.httpStatus, 'Internal Server Error');
    case 'html':
      return page(200, '<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>');
    case 'empty':
      return page(200, '');
    case 'refuse':
      return refusal(fault.errorCode, fault.errorDesc);
    case 'refuse-signature':
      return refusal('15', 'Sai SystemId hoac SecretKey');
  }
}

function page(status: number, text: string): AxisAnswer {
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(text, 'utf8') };
}

function json(status: number, text: string): AxisAnswer {
  return { status, headers: jsonHead, body: Buffer.from(text, 'utf8') };
}
