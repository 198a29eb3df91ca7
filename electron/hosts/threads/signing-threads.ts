import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Completed, CompletePorts, FileWork, SigningAside, SigningRefusal, WorkAnswers, WorkFault, WorkOrder } from '../../services/signing/index.ts';
import type { TrustAnswer } from '../../services/trust/index.ts';
import type { Result } from '../../foundation/outcome.ts';
import { endThread } from './end-thread.ts';
import type { FromSigningThread, Given, Question, ThreadAnswer, ToSigningThread } from './signing-thread-messages.ts';
import { workerProgram } from './worker-program.ts';

export type SigningThreads = FileWork & SigningAside & { readonly close: () => Promise<void> };

/** What such threads may be told to differ in, for tests. */
type Options = {
  readonly count?: number;
  readonly program?: string;
  /** one order, in milliseconds */
  readonly limit?: number;
};

/** 1 GB on a slow disk takes minutes; a share that has gone away never answers. */
const longestOrder = 900_000;

type Job = {
  readonly order: Exclude<ToSigningThread, { kind: 'given' | 'end' }>;
  /** who answers what the thread asks */
  readonly ports: CompletePorts | undefined;
  /** of the thread that should have it */
  readonly run: string | undefined;
  readonly settle: (answer: Result<unknown, WorkFault>) => void;
};

type Thread = { readonly worker: Worker; run: string; job: Job | undefined };

/**
 * Starts threads of this process that read, copy, digest and write for signing, so that nobody else waits for it. A thread
 * that ends before its time is told to the file that it had, and another one is started for the next. Finishing goes
 * before preparing: it makes room.
 */
export function signingThreads(log: (line: string) => void, { count = Math.max(1, Math.min(2, availableParallelism() - 1)), program = workerProgram('signing-worker'), limit = longestOrder }: Options = {}): SigningThreads {
  const threads: Thread[] = [];
  const waiting: Job[] = [];
  let isClosed = false;

  function started(): Thread {
    const worker = new Worker(program);
    const thread: Thread = { worker, run: '', job: undefined };
    worker.on('message', (message: FromSigningThread) => {
      if (message.kind === 'ready') thread.run = message.run;
      else if (message.kind === 'done') done(thread, { ok: true, value: message.answer });
      else void given(thread.job?.ports, message.question).then((answer) => {
        worker.postMessage({ kind: 'given', id: message.id, given: answer } satisfies ToSigningThread);
      });
    });
    worker.on('error', (error) => {
      log(`a signing thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      gone(thread, error instanceof Error ? error.message : String(error));
    });
    worker.on('exit', (code) => {
      gone(thread, `exit ${String(code)}`);
    });
    threads.push(thread);
    return thread;
  }

  function gone(thread: Thread, detail: string): void {
    const place = threads.indexOf(thread);
    if (place !== -1) threads.splice(place, 1);
    done(thread, crashed(detail));
  }

  function done(thread: Thread, answer: Result<unknown, WorkFault>): void {
    const { job } = thread;
    thread.job = undefined;
    job?.settle(answer);
    next();
  }

  /** The first job that a thread may have; one that another thread should have waits for that, while there is one. */
  function jobFor(thread: Thread): Job | undefined {
    const place = waiting.findIndex(({ run }) => run === undefined || run === thread.run || threads.every((other) => other.run !== run));
    return place === -1 ? undefined : waiting.splice(place, 1)[0];
  }

  function next(): void {
    if (isClosed) return;
    while (threads.length < count && threads.filter(({ job }) => job === undefined).length < waiting.length) started();
    for (const thread of threads) {
      if (thread.job !== undefined) continue;
      const job = jobFor(thread);
      if (job === undefined) continue;
      const timer = setTimeout(() => {
        gone(thread, `${String(limit / 1000)} s`);
        void thread.worker.terminate();
      }, limit);
      thread.job = {
        ...job,
        settle: (answer) => {
          clearTimeout(timer);
          job.settle(answer);
        },
      };
      thread.worker.postMessage(job.order);
    }
  }

  function ordered<A extends ThreadAnswer>(order: Job['order'], { run, ports }: Partial<Pick<Job, 'run' | 'ports'>> = {}): Promise<Result<A, WorkFault>> {
    return new Promise((resolve) => {
      // A thread answers what it was asked.
      const settle = resolve as Job['settle'];
      if (isClosed) {
        settle(crashed('closed'));
        return;
      }
      waiting.push({ order, run, ports, settle });
      waiting.sort((a, b) => rank(a) - rank(b));
      next();
    });
  }
  function ask<K extends WorkOrder['kind']>(order: Extract<WorkOrder, { kind: K }>, run?: string): Promise<Result<WorkAnswers[K], WorkFault>> {
    return ordered({ kind: 'order', order }, { run });
  }

  return {
    prepare: async (order) => flat(await ask({ kind: 'prepare', order })),
    finish: async (order) => flat(await ask({ kind: 'finish', order }, order.prepared.run)),
    isFinished: (prepared) => ask({ kind: 'isFinished', prepared }),
    clearLeft: (folder, asker) => ask({ kind: 'clearLeft', folder, asker }),
    plan: async (path, wish) => flat(await ask({ kind: 'plan', path, wish })),
    picture: async (bytes, use, widthMm) => flat(await ask({ kind: 'picture', bytes, use, ...(widthMm === undefined ? {} : { widthMm }) })),
    levels: async (path, trust) => flat(await ask({ kind: 'levels', path, trust })),
    copy: async (order) => flat(await ask({ kind: 'copy', order })),
    complete: async (order, ports) => flat(await ordered<Result<Completed, SigningRefusal>>({ kind: 'complete', order }, { ports })),
    close: async () => {
      isClosed = true;
      const ending = threads.splice(0);
      for (const { job } of [...ending, ...waiting.splice(0).map((one) => ({ job: one }))]) job?.settle(crashed('closed'));
      await Promise.all(ending.map(({ worker }) => endThread(worker)));
    },
  };
}

/** Finishing goes before the rest. */
function rank({ order }: Job): number {
  return order.kind === 'order' && order.order.kind === 'finish' ? 0 : 1;
}

/** What a thread asked for, as far as it can be had. */
async function given(ports: CompletePorts | undefined, question: Question): Promise<Given> {
  if (ports === undefined) return { ok: false, failure: { code: 'cut' } };
  try {
    if (question.port === 'http') {
      const answer = await ports.http(question.request);
      return answer.ok ? await whole(answer.value) : answer;
    }
    const list = await ports.lists.fetch(question.url, question.issuer);
    return list.ok ? { ok: true, value: { path: list.value.path, size: list.value.crl.facts.size } } : { ok: false, failure: { code: list.failure.code } };
  } catch (error) {
    return { ok: false, failure: { code: 'cut', params: { detail: error instanceof Error ? error.message : String(error) } } };
  }
}

async function whole({ status, headers, body }: TrustAnswer): Promise<Given> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) {
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  return { ok: true, value: { status, headers, body: new Uint8Array(Buffer.concat(pieces)) } };
}

function crashed(detail: string): Result<never, WorkFault> {
  return { ok: false, failure: { code: 'work-crashed', detail } };
}

function flat<T, F>(answer: Result<Result<T, F>, WorkFault>): Result<T, F | WorkFault> {
  return answer.ok ? answer.value : answer;
}
