import { noText, textLimits, type PdfText, type PdfTextReader, type ReadSuggestions } from '../../services/records/ports.ts';
import { ownHelper, type HelperProcess, type StartHelper } from './helper-process.ts';

type Answers = { readonly text: PdfText; readonly places: PdfText; readonly suggestions: ReadSuggestions };
type Want = keyof Answers;
type Unread = Exclude<PdfText['state'], 'read'>;

export type ToPdfText = { readonly request: number; readonly bytes: Uint8Array; readonly want: Want };
export type FromPdfText = { readonly [W in Want]: { readonly request: number; readonly want: W; readonly answer: Answers[W] } }[Want];

type Job = {
  readonly bytes: Uint8Array;
  readonly want: Want;
  readonly done: (answer: FromPdfText['answer']) => void;
  readonly giveUp: (state: Unread) => void;
};

/** A reader that nobody has asked for this long gives its memory back. */
const idleMs = 60_000;

export type PdfReader = PdfTextReader & {
  /** The text with the places of its runs, by which signatures find theirs; somebody waits for it. */
  readonly places: (bytes: Uint8Array) => Promise<PdfText>;
  readonly stop: () => void;
};

/**
 * Reads PDFs in a process of their own, one at a time; who waits on the screen goes before what is read for the index.
 * A document that takes more time (`time`, ms) or memory than `textLimits` gives is given up, and the process with it.
 */
export function pdfTextReader(log: (line: string) => void, options: { readonly time?: number; readonly start?: StartHelper | undefined } = {}): PdfReader {
  const { time = textLimits.time, start = ownHelper } = options;
  const urgent: Job[] = [];
  const waiting: Job[] = [];
  let child: HelperProcess | undefined;
  let running: Job | undefined;
  let lastRequest = 0;
  let idle: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  let stopped = false;

  function finish(settle: (job: Job) => void): void {
    clearTimeout(limit);
    const job = running;
    running = undefined;
    if (job !== undefined) settle(job);
    next();
  }
  const giveUp = (job: Job): void => {
    job.giveUp('too-costly');
  };

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
  }

  function end(): void {
    const ending = child;
    child = undefined;
    ending?.kill();
  }

  function started(): HelperProcess {
    const one = start({
      program: 'pdf-text',
      wrote: (line) => {
        log(`reading text: ${line}`);
      },
    });
    one.onMessage((message) => {
      const told = message as FromPdfText;
      if (child !== one || told.request !== lastRequest) return;
      finish((job) => {
        job.done(told.answer);
      });
    });
    one.onExit(() => {
      if (child !== one) return;
      child = undefined;
      if (running !== undefined) finish(giveUp);
    });
    return one;
  }

  function next(): void {
    if (running !== undefined || stopped) return;
    running = urgent.shift() ?? waiting.shift();
    if (running === undefined) {
      rest();
      return;
    }
    clearTimeout(idle);
    child ??= started();
    lastRequest += 1;
    limit = setTimeout(() => {
      end();
      finish(giveUp);
    }, time);
    child.post({ request: lastRequest, bytes: running.bytes, want: running.want } satisfies ToPdfText);
  }

  /** Puts a document into a queue, unless a look at its size tells enough. */
  function ask<W extends Want>(queue: Job[], bytes: Uint8Array, want: W, unread: (state: Unread) => Answers[W]): Promise<Answers[W]> {
    if (bytes.length === 0) return Promise.resolve(unread('empty'));
    if (bytes.length > textLimits.bytes) return Promise.resolve(unread('too-large'));
    return new Promise((resolve) => {
      queue.push({
        bytes,
        want,
        // The process answers what it was asked for.
        done: (answer) => {
          resolve(answer as Answers[W]);
        },
        giveUp: (state) => {
          resolve(unread(state));
        },
      });
      next();
    });
  }

  return {
    text: (bytes) => ask(waiting, bytes, 'text', (state) => noText(state)),
    places: (bytes) => ask(urgent, bytes, 'places', (state) => noText(state)),
    suggestions: (bytes) => ask(urgent, bytes, 'suggestions', (state) => ({ state, pages: 0, fields: [], secret: null })),
    warm: () => {
      if (child !== undefined || stopped) return;
      child = started();
      rest();
    },
    stop: () => {
      stopped = true;
      clearTimeout(limit);
      clearTimeout(idle);
      end();
      for (const job of [...(running === undefined ? [] : [running]), ...urgent.splice(0), ...waiting.splice(0)]) giveUp(job);
      running = undefined;
    },
  };
}
