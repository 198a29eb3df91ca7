import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { noText, textLimits, type PdfText, type PdfTextReader } from '../services/records/ports.ts';
import { workerProgram } from './worker-program.ts';

export type ToPdfText = { readonly request: number; readonly bytes: Uint8Array; readonly items: boolean };
export type FromPdfText = { readonly request: number; readonly text: PdfText };

type Job = {
  readonly bytes: Uint8Array;
  readonly items: boolean;
  readonly done: (text: PdfText) => void;
};

/** A reader that nobody has asked for this long gives its memory back. */
const idleMs = 60_000;

/**
 * Reads PDFs in a process of their own, one at a time; who waits on the screen goes before what is read for the index.
 * A document that takes more time or memory than `textLimits` gives is given up, and the process with it.
 */
export function pdfTextReader(log: (line: string) => void, limits: { readonly time: number } = textLimits): PdfTextReader & { readonly stop: () => void } {
  const urgent: Job[] = [];
  const waiting: Job[] = [];
  let child: ChildProcess | undefined;
  let running: Job | undefined;
  let lastRequest = 0;
  let idle: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  let stopped = false;

  function finish(text: PdfText): void {
    clearTimeout(limit);
    const job = running;
    running = undefined;
    job?.done(text);
    next();
  }

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
  }

  function end(): void {
    const ending = child;
    child = undefined;
    ending?.removeAllListeners();
    ending?.on('error', () => undefined);
    ending?.kill('SIGKILL');
  }

  function start(): ChildProcess {
    const started = fork(workerProgram('pdf-text'), [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Inside Electron the same binary must act as plain Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    started.on('message', (message: FromPdfText) => {
      if (message.request === lastRequest && running !== undefined) finish(message.text);
    });
    if (started.stderr !== null) {
      createInterface({ input: started.stderr }).on('line', (line) => {
        log(`reading text: ${line}`);
      });
    }
    const gone = (): void => {
      if (child !== started) return;
      end();
      if (running !== undefined) finish(noText('too-costly'));
    };
    started.on('exit', gone);
    started.on('error', gone);
    return started;
  }

  function next(): void {
    if (running !== undefined || stopped) return;
    running = urgent.shift() ?? waiting.shift();
    if (running === undefined) {
      rest();
      return;
    }
    clearTimeout(idle);
    child ??= start();
    lastRequest += 1;
    limit = setTimeout(() => {
      end();
      finish(noText('too-costly'));
    }, limits.time);
    // Its end is told by `exit`.
    child.send({ request: lastRequest, bytes: running.bytes, items: running.items } satisfies ToPdfText, () => undefined);
  }

  return {
    read: (bytes, want) => {
      if (bytes.length === 0) return Promise.resolve(noText('empty'));
      if (bytes.length > textLimits.bytes) return Promise.resolve(noText('too-large'));
      return new Promise((resolve) => {
        (want.urgent ? urgent : waiting).push({ bytes, items: want.items, done: resolve });
        next();
      });
    },
    warm: () => {
      if (child !== undefined || stopped) return;
      child = start();
      rest();
    },
    stop: () => {
      stopped = true;
      clearTimeout(limit);
      clearTimeout(idle);
      end();
      for (const job of [...(running === undefined ? [] : [running]), ...urgent.splice(0), ...waiting.splice(0)]) job.done(noText('too-costly'));
      running = undefined;
    },
  };
}
