import { Worker } from 'node:worker_threads';
import type { Verdict } from '#contract';
import { readCertificate, type Anchors, type Certificate, type Crl } from '../../services/trust/index.ts';
import { stoppedVerdict, type EvidenceSource, type Material, type Question, type StopReason } from '../../services/verification/index.ts';
import { endThread, type EndOfThread } from './end-thread.ts';
import { workerProgram } from './worker-program.ts';

/** Whom a thread believes and which certificates it has; DER, as threads share no objects. */
export type VerificationSetup = { readonly anchors: Anchors; readonly edition: string; readonly certificates: readonly Uint8Array[] };

/** Bytes are given away with the message: the sender has them no more. */
export type VerificationSource = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

type SentCrl = { readonly path: string; readonly facts: Crl['facts'] };

export type ToVerification =
  | EndOfThread
  | { readonly kind: 'verify'; readonly request: number; readonly source: VerificationSource; readonly question: Question }
  | { readonly kind: 'evidence'; readonly call: number; readonly issuers: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[]; readonly crls: readonly SentCrl[] };
export type FromVerification =
  | { readonly kind: 'verdict'; readonly request: number; readonly verdict: Verdict; readonly material: readonly Material[] }
  /** `issuer` null: who may have issued it? else its status */
  | { readonly kind: 'ask'; readonly call: number; readonly certificate: Uint8Array; readonly issuer: Uint8Array | null };

export type Verified = { readonly verdict: Verdict; readonly material: readonly Material[] };

export type VerificationThreads = {
  /** Never rejects: a check that came to no end is a verdict that says so, and an incident. */
  readonly verify: (source: VerificationSource, question: Question) => Promise<Verified>;
  /** Done when the threads have ended. */
  readonly stop: () => Promise<void>;
};

export type VerificationOptions = VerificationSetup & {
  readonly evidence: EvidenceSource;
  /** something unexpected happened; `detail` is for support */
  readonly incident: (why: StopReason, detail: string) => void;
  readonly count?: number;
  /** milliseconds that a thread may be silent while it is not waiting for evidence */
  readonly silenceMs?: number;
  /** milliseconds that one piece of evidence may take; what comes later is not there */
  readonly evidenceMs?: number;
  readonly program?: string;
};

type Job = { readonly source: VerificationSource; readonly question: Question; readonly done: (verified: Verified) => void };

/** A file's own structures are bounded far below this (`pdfLimits`). */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64 };

/**
 * Verifies files in threads, so that nobody waits for a large or hostile one. A thread that is silent for too long, takes too
 * much memory or crashes is ended, and its file has a verdict that says that nothing is known; the next file gets a new thread.
 */
export function verificationThreads(options: VerificationOptions): VerificationThreads {
  const { count = 2, silenceMs = 20_000, evidenceMs = 60_000, program = workerProgram('verification-worker'), edition } = options;
  const waiting: Job[] = [];
  const lanes = Array.from({ length: count }, lane);
  let stopped = false;

  function lane(): { readonly next: () => void; readonly end: () => Promise<void>; readonly isFree: () => boolean } {
    let worker: Worker | undefined;
    let running: Job | undefined;
    let asked = 0;
    let lastRequest = 0;
    let limit: NodeJS.Timeout | undefined;
    let ended = Promise.resolve();

    function giveUp(why: StopReason, detail: string): void {
      clearTimeout(limit);
      const ending = worker;
      worker = undefined;
      ending?.removeAllListeners();
      ending?.on('error', () => undefined);
      if (why !== 'stopped') void ending?.terminate();
      else if (ending !== undefined) ended = endThread(ending);
      const job = running;
      running = undefined;
      if (job === undefined) return;
      if (why !== 'stopped') options.incident(why, detail);
      job.done({ verdict: stoppedVerdict(edition, job.question.at, why), material: [] });
      next();
    }

    function watch(): void {
      clearTimeout(limit);
      if (running !== undefined && asked === 0) limit = setTimeout(giveUp, silenceMs, 'time', `${String(silenceMs)} ms`);
    }

    function start(): Worker {
      const { anchors, certificates } = options;
      const started = new Worker(program, { workerData: { anchors, edition, certificates } satisfies VerificationSetup, resourceLimits });
      started.unref();
      started.on('message', (message: FromVerification) => {
        if (message.kind === 'verdict') {
          if (message.request !== lastRequest || running === undefined) return;
          const job = running;
          running = undefined;
          clearTimeout(limit);
          job.done({ verdict: message.verdict, material: message.material });
          next();
          return;
        }
        asked += 1;
        clearTimeout(limit);
        void answer(message, options.evidence, evidenceMs).then((told) => {
          if (worker !== started) return;
          asked -= 1;
          started.postMessage(told);
          watch();
        });
      });
      started.on('error', (error: Error & { readonly code?: string }) => {
        if (worker === started) giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash', error.stack ?? error.message);
      });
      started.on('exit', (code) => {
        if (worker === started) giveUp('crash', `the thread ended with ${String(code)}`);
      });
      return started;
    }

    function next(): void {
      if (running !== undefined || stopped) return;
      running = waiting.shift();
      if (running === undefined) return;
      asked = 0;
      worker ??= start();
      lastRequest += 1;
      const { source, question } = running;
      const given = source.kind === 'bytes' && source.bytes.buffer instanceof ArrayBuffer && source.bytes.length === source.bytes.buffer.byteLength ? [source.bytes.buffer] : [];
      worker.postMessage({ kind: 'verify', request: lastRequest, source, question } satisfies ToVerification, given);
      watch();
    }

    return {
      next,
      isFree: () => running === undefined,
      end: () => {
        giveUp('stopped', '');
        return ended;
      },
    };
  }

  return {
    verify: (source, question) =>
      new Promise((done) => {
        const job = { source, question, done };
        if (stopped) {
          done({ verdict: stoppedVerdict(edition, question.at, 'stopped'), material: [] });
          return;
        }
        waiting.push(job);
        lanes.find(({ isFree }) => isFree())?.next();
      }),
    stop: async () => {
      stopped = true;
      const ending = lanes.map((one) => one.end());
      for (const { done, question } of waiting.splice(0)) done({ verdict: stoppedVerdict(edition, question.at, 'stopped'), material: [] });
      await Promise.all(ending);
    },
  };
}

/** What a thread asked for; nothing when it takes too long or cannot be read. */
async function answer({ call, certificate, issuer }: Extract<FromVerification, { kind: 'ask' }>, evidence: EvidenceSource, limitMs: number): Promise<ToVerification> {
  const nothing: ToVerification = { kind: 'evidence', call, issuers: [], ocsps: [], crls: [] };
  const [asked, by] = [certificateIn(certificate), issuer === null ? undefined : certificateIn(issuer)];
  if (asked === undefined || (issuer !== null && by === undefined)) return nothing;
  const found = by === undefined ? evidence.issuers(asked).then((all) => ({ ...nothing, issuers: all.map(({ der }) => der) })) : statusOf(evidence, asked, by, nothing);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ToVerification>((resolve) => {
    timer = setTimeout(resolve, limitMs, nothing);
  });
  try {
    return await Promise.race([found, late]);
  } catch {
    return nothing;
  } finally {
    clearTimeout(timer);
  }
}

async function statusOf(evidence: EvidenceSource, certificate: Certificate, issuer: Certificate, nothing: Extract<ToVerification, { kind: 'evidence' }>): Promise<ToVerification> {
  const { ocsps, crls } = await evidence.status(certificate, issuer);
  return { ...nothing, ocsps, crls: crls.map(({ path, crl: { facts } }) => ({ path, facts })) };
}

function certificateIn(der: Uint8Array): Certificate | undefined {
  const read = readCertificate(der);
  return read.ok ? read.value : undefined;
}
