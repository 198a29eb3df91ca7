import {
  failedReport,
  inspectModuleFile,
  wipe,
  type FromTokenProcess,
  type ModuleReport,
  type Signed,
  type SignEnd,
  type SignRequest,
  type SlotsNow,
  type ToTokenProcess,
  type TokenFailure,
  type TokenFailureCode,
  type TokenStage,
} from '../../../native/pkcs11/index.ts';

/** A process that serves one module, however the host starts it. */
export type TokenChild = {
  /** Copies the message before it returns: what holds a PIN is overwritten then. */
  readonly post: (message: ToTokenProcess) => void;
  readonly onMessage: (listener: (message: FromTokenProcess) => void) => void;
  /** `how`: a signal, an exit code or the reason that it never ran; for support */
  readonly onExit: (listener: (how: string) => void) => void;
  /** Ends it at once, even inside a module that hangs. */
  readonly kill: () => void;
};

/** Each host fills this port: a forked Node process, a utility process of Electron, or a double in a test. */
export type StartTokenProcess = (modulePath: string) => TokenChild;

/** Milliseconds. */
export type TokenLimits = {
  /** starting the process, loading and initialising the module */
  readonly start: number;
  /** one call into the module */
  readonly call: number;
  /** a PIN or a yes that is given on the device */
  readonly pad: number;
  /** a report, or one item of a batch, as a whole */
  readonly whole: number;
  /** a process without work and without a kept login ends after this */
  readonly idle: number;
};

/**
 * Reading a slow card takes 2 seconds, a signature under 1, a bad module up to 10 for each document (signing facts §5):
 * these are several times that. A person at a PIN pad is given two minutes.
 */
export const tokenLimits: TokenLimits = { start: 20_000, call: 15_000, pad: 120_000, whole: 60_000, idle: 60_000 };

/** Who looks at a screen wants the cause within ten seconds, and loses nothing when a slow driver is given up. */
export const lookLimits: TokenLimits = { ...tokenLimits, start: 6_500, call: 6_500, whole: 8_000 };

/** How a batch ended, and what was signed before it did. */
export type BatchEnd = SignEnd & { readonly signed: readonly Signed[] };

export type SignHandle = {
  /** Ends the batch before its next item; what is signed stays signed. */
  readonly cancel: () => void;
  readonly end: Promise<BatchEnd>;
};

/** One module behind its own process. */
export type TokenProcess = {
  readonly modulePath: string;
  /** Everything that shows itself without a PIN; reads every certificate. `fresh`: as with `look`. */
  readonly report: (options?: { readonly fresh?: boolean }) => Promise<ModuleReport>;
  /**
   * What is plugged in, quickly. `fresh`: in a new process, since some modules see for ever what was there when they were
   * initialised; not while a login is kept.
   */
  readonly look: (options?: { readonly fresh?: boolean }) => Promise<SlotsNow>;
  /** Signs a batch. The PIN in `request` is overwritten before this returns or as soon as its turn has come. */
  readonly sign: (request: SignRequest, onSigned?: (one: Signed) => void) => SignHandle;
  /** Forgets a kept login, after what is running. */
  readonly forget: () => Promise<void>;
  /** how long a login is still kept, in milliseconds; 0 when none is */
  readonly keptFor: () => number;
  /** A batch runs or waits: whoever only looks would wait for all of it. */
  readonly signing: () => boolean;
  /**
   * Gives up at once what only looks, and its process with it; it is answered `stopped`. Neither a batch nor a kept login
   * is touched: then nothing happens.
   */
  readonly stopLooking: () => void;
  /** Ends the process at once; everything that waits is answered `stopped`. */
  readonly stop: () => void;
};

type Job = {
  readonly message: (request: number) => ToTokenProcess;
  /** after this message the answer is there */
  readonly onMessage: (message: FromTokenProcess) => boolean;
  readonly onFailure: (failure: TokenFailure) => void;
  /** the batch waits for a person at the device */
  readonly atPad: boolean;
  /** overwritten when the job has left, or never will */
  readonly secrets: readonly (Uint8Array | null)[];
  readonly endsProcess: boolean;
  readonly fresh: boolean;
  readonly limits: TokenLimits;
  readonly signs: boolean;
};

/**
 * One operation at a time in a process that may hang or crash without hurting anybody: a call that takes too long ends
 * the process, and the next operation starts a new one. A process that has seen a PIN does not outlive the time that the
 * login is kept, so that no copy of the PIN does either. `looking`: the limits of what only looks; default: the same.
 */
export function tokenProcess(modulePath: string, start: StartTokenProcess, limits: TokenLimits = tokenLimits, looking: TokenLimits = limits): TokenProcess {
  const waiting: Job[] = [];
  let child: TokenChild | undefined;
  let running: { readonly job: Job; readonly request: number } | undefined;
  let requests = 0;
  let stage: TokenStage = 'start';
  let keptUntil = 0;
  let stopped = false;
  const timers: { call?: NodeJS.Timeout; whole?: NodeJS.Timeout; rest?: NodeJS.Timeout } = {};

  function after(name: keyof typeof timers, ms: number, run: () => void): void {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(run, ms);
    timers[name].unref();
  }

  function failure(code: TokenFailureCode, detail: string): TokenFailure {
    return { code, stage, returned: null, detail };
  }

  function endChild(): void {
    const ending = child;
    child = undefined;
    keptUntil = 0;
    ending?.kill();
  }

  function tooLong(ms: number): void {
    fail(failure('module-hangs', `${String(ms / 1000)} s`));
  }

  function watchWhole(job: Job): void {
    const ms = job.limits.whole + (job.atPad ? job.limits.pad : 0);
    after('whole', ms, () => {
      tooLong(ms);
    });
  }

  function watchCall(job: Job): void {
    const starting = stage === 'start' || stage === 'load' || stage === 'initialize';
    const asking = job.atPad && (stage === 'login' || stage === 'context-login' || stage === 'sign');
    const ms = starting ? job.limits.start : asking ? job.limits.pad : job.limits.call;
    after('call', ms, () => {
      tooLong(ms);
    });
  }

  /** The process is gone or going: its operation failed, the next one gets a new process. */
  function fail(why: TokenFailure): void {
    endChild();
    const job = finish();
    job?.onFailure(why);
    next();
  }

  function finish(): Job | undefined {
    clearTimeout(timers.call);
    clearTimeout(timers.whole);
    const job = running?.job;
    running = undefined;
    return job;
  }

  function started(): TokenChild {
    const one = start(modulePath);
    one.onMessage((message) => {
      if (child === one) heard(message);
    });
    one.onExit((how) => {
      if (child !== one) return;
      if (running === undefined) endChild();
      else fail(failure('module-crashed', how));
    });
    return one;
  }

  function heard(message: FromTokenProcess): void {
    if (running === undefined) return;
    const { job, request } = running;
    if (message.kind === 'stage') {
      ({ stage } = message);
      watchCall(job);
      return;
    }
    if (message.request !== request) return;
    if (message.kind === 'signed') watchWhole(job);
    if (message.kind === 'sign-ended') keptUntil = message.keptFor === 0 ? 0 : Date.now() + message.keptFor;
    if (!job.onMessage(message)) return;
    finish();
    const sawPin = job.secrets.length > 0 && keptUntil === 0;
    if (job.endsProcess || sawPin || mustBeNew(message)) endChild();
    next();
  }

  function next(): void {
    if (running !== undefined || stopped) return;
    const job = waiting.shift();
    if (job === undefined) {
      rest();
      return;
    }
    clearTimeout(timers.rest);
    if (job.fresh && keptFor() === 0) endChild();
    requests += 1;
    running = { job, request: requests };
    stage = 'start';
    try {
      child ??= started();
      watchCall(job);
      watchWhole(job);
      child.post(job.message(requests));
    } catch (error) {
      fail(failure('module-crashed', error instanceof Error ? error.message : String(error)));
    } finally {
      wipe(...job.secrets);
    }
  }

  function rest(): void {
    if (child === undefined) return;
    // Our clock and the process' may differ by a little; it has logged out by itself then.
    after('rest', keptFor() === 0 ? limits.idle : keptFor() + 100, () => {
      if (keptUntil === 0) endChild();
      else void forget();
    });
  }

  function keptFor(): number {
    return child === undefined ? 0 : Math.max(0, keptUntil - Date.now());
  }

  function add(job: Job): void {
    if (stopped) {
      wipe(...job.secrets);
      job.onFailure(failure('stopped', ''));
      return;
    }
    waiting.push(job);
    next();
  }

  const plain = { atPad: false, secrets: [], endsProcess: false, fresh: false, limits: looking, signs: false };

  function forget(): Promise<void> {
    return new Promise((resolve) => {
      if (child === undefined && running === undefined) {
        resolve();
        return;
      }
      add({
        ...plain,
        endsProcess: true,
        message: (request) => ({ kind: 'end', request }),
        onMessage: (message) => {
          if (message.kind === 'ended') resolve();
          return message.kind === 'ended';
        },
        // Gone is forgotten.
        onFailure: () => {
          resolve();
        },
      });
    });
  }

  function signing(): boolean {
    return running?.job.signs === true || waiting.some(({ signs }) => signs);
  }

  return {
    modulePath,
    look: (options = {}) =>
      new Promise((resolve) => {
        add({
          ...plain,
          fresh: options.fresh === true,
          message: (request) => ({ kind: 'look', request }),
          onMessage: (message) => {
            if (message.kind !== 'seen') return false;
            resolve(message.now);
            return true;
          },
          onFailure: (why) => {
            resolve({ ok: false, failure: why });
          },
        });
      }),
    report: (options = {}) =>
      new Promise((resolve) => {
        add({
          ...plain,
          fresh: options.fresh === true,
          message: (request) => ({ kind: 'report', request }),
          onMessage: (message) => {
            if (message.kind !== 'reported') return false;
            resolve(message.report);
            return true;
          },
          onFailure: (why) => {
            resolve(failedReport({ path: modulePath, file: inspectModuleFile(modulePath), now: new Date().toISOString() }, why));
          },
        });
      }),
    sign: (what, onSigned) => {
      const signed: Signed[] = [];
      const { promise: end, resolve } = Promise.withResolvers<BatchEnd>();
      const job: Job = {
        ...plain,
        limits,
        signs: true,
        atPad: what.pin.kind !== 'typed',
        secrets: what.pin.kind === 'typed' ? [what.pin.pin, what.pin.keyPin] : [],
        message: (request) => ({ kind: 'sign', request, what }),
        onMessage: (message) => {
          if (message.kind === 'signed') {
            signed.push(message.one);
            onSigned?.(message.one);
          }
          if (message.kind !== 'sign-ended') return false;
          resolve({ ...message.end, signed });
          return true;
        },
        onFailure: (why) => {
          resolve({ kind: 'failed', failure: why, signed });
        },
      };
      add(job);
      return {
        end,
        cancel: () => {
          if (running?.job === job) child?.post({ kind: 'cancel', request: running.request });
          const place = waiting.indexOf(job);
          if (place === -1) return;
          waiting.splice(place, 1);
          wipe(...job.secrets);
          resolve({ kind: 'cancelled', signed });
        },
      };
    },
    forget,
    keptFor,
    stopLooking: () => {
      if (signing() || keptFor() > 0) return;
      const left = waiting.splice(0);
      if (running !== undefined) fail(failure('stopped', ''));
      for (const job of left) job.onFailure(failure('stopped', ''));
    },
    signing,
    stop: () => {
      stopped = true;
      clearTimeout(timers.rest);
      endChild();
      const left = [finish(), ...waiting.splice(0)];
      for (const job of left) {
        wipe(...(job?.secrets ?? []));
        job?.onFailure(failure('stopped', ''));
      }
    },
  };
}

/** A module that would not load or start is not asked again in the same process: many are worse the second time. */
function mustBeNew(message: FromTokenProcess): boolean {
  if (message.kind === 'seen') return !message.now.ok;
  if (message.kind === 'reported') return message.report.finding === 'module-failed';
  if (message.kind !== 'sign-ended' || message.end.kind !== 'failed') return false;
  return ['file', 'load', 'initialize'].includes(message.end.failure.stage);
}
