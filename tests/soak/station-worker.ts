import { moveClock } from './moved-clock.ts';
import { clientOver, contract, events, type Contract, type Conversation, type OutputOf } from '#contract';
import { startCore, type Core } from '../../electron/hosts/compose.ts';
import { quietCore } from '../fakes/station/day.ts';

/** What a station is told. Every question has a number, under which it is answered. */
export type StationTask =
  | { readonly kind: 'open'; readonly folder: string; readonly keyHex: string; readonly movedByMs: number; readonly randomSeed: number }
  | { readonly kind: 'clock'; readonly movedByMs: number }
  | { readonly kind: 'ask'; readonly question: number; readonly domain: string; readonly method: string; readonly input: unknown }
  | { readonly kind: 'store-file'; readonly question: number; readonly base64: string }
  | { readonly kind: 'close'; readonly question: number };

/** What it says. `trouble` is told whenever the foot of the window tells another one. */
export type StationWord =
  | { readonly kind: 'open' }
  /** its store could not be opened */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'answer'; readonly question: number; readonly value: unknown }
  | { readonly kind: 'threw'; readonly question: number; readonly what: string }
  | { readonly kind: 'trouble'; readonly trouble: string | null };

/** A station that works in the background as in life, over a clock that can be set. It ends with whoever started it. */
let core: Core | undefined;
process.on('message', (task: StationTask) => void take(task));
process.on('disconnect', () => process.exit(1));

async function take(task: StationTask): Promise<void> {
  switch (task.kind) {
    case 'open':
      moveClock(task.movedByMs);
      core = await startCore({ ...quietCore(task), background: true, random: randomOf(task.randomSeed) });
      await sayHowItStands(core);
      return;
    case 'clock':
      moveClock(task.movedByMs);
      return;
    default:
      try {
        say({ kind: 'answer', question: task.question, value: await answerTo(task) });
      } catch (error) {
        say({ kind: 'threw', question: task.question, what: error instanceof Error ? error.message : String(error) });
      }
  }
}

async function sayHowItStands(of: Core): Promise<void> {
  const status = await of.dispatcher.answer('station', 'status', {}, 'own-window');
  const failure = status.ok ? (status.value as OutputOf<Contract['station']['status']>).failure : null;
  if (failure !== null) {
    say({ kind: 'refused', code: failure.code });
    return;
  }
  say({ kind: 'open' });
  watchTrouble(of);
}

async function answerTo(task: Exclude<StationTask, { readonly kind: 'open' | 'clock' }>): Promise<unknown> {
  if (core === undefined) throw new Error('not open');
  if (task.kind === 'ask') return core.dispatcher.answer(task.domain, task.method, task.input, 'own-window');
  if (task.kind === 'close') return core.close();
  return core.storeFile(piecesOf(task.base64));
}

async function* piecesOf(base64: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(base64, 'base64'));
}

function watchTrouble(of: Core): void {
  let conversation: Conversation | undefined;
  const client = clientOver(contract, events, {
    send: (message) => conversation?.receive(message, 'own-window'),
    listen: (onMessage) => {
      conversation = of.dispatcher.converse(onMessage);
    },
  });
  let last: string | null = null;
  client.on.station.bar(({ value: { trouble } }) => {
    if (trouble !== last) say({ kind: 'trouble', trouble });
    last = trouble;
  });
}

/** A plain congruence is enough to spread tries, and the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function say(word: StationWord): void {
  process.send?.(word);
}
