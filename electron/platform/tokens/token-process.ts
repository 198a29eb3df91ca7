import {
  failedReport,
  inspectModuleFile,
  wipe,
  type FromTokenProcess,
  type ModuleReport,
  type Signed,
  type SignEnd,
  type SignItem,
  type SignRequest,
  type SlotsNow,
  type ToTokenProcess,
  type TokenFailure,
  type TokenFailureCode,
  type TokenStage,
} from '../../../native/pkcs11/index.ts';
import { tokenLimits, type StartTokenProcess, type TokenChild, type TokenLimits } from './token-limits.ts';

/** How a batch ended, and what was signed before it did. */
export type BatchEnd = SignEnd & { readonly signed: readonly Signed[] };

export type SignHandle = {
  /** Ends the batch before its next item; what is signed stays signed. */
  readonly cancel: () => void;
  readonly end: Promise<BatchEnd>;
};

/** A batch whose items come while it runs. */
export type FedSignHandle = SignHandle & {
  /** Signed after what was fed before. What comes after `close`, or to a batch that has ended, is not signed. */
  readonly feed: (items: readonly SignItem[]) => void;
  /** The last item has come: without this the batch does not end by itself, and the token stays logged in. */
  readonly close: () => void;
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
  /** The same for items that are fed to it: one login, and what waits for the feeder is under no time limit of ours. */
  readonly signFed: (request: Omit<SignRequest, 'items' | 'isFed'>, onSigned: (one: Signed) => void) => FedSignHandle;
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
  /** whether the process has items of a fed batch that it has not signed yet */
  readonly owes: () => boolean;
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

  function unwatch(): void {
    clearTimeout(timers.call);
    clearTimeout(timers.whole);
  }

  function finish(): Job | undefined {
    unwatch();
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
    // Said before it heard of the items that are on their way to it: then it does not wait.
    if (message.kind === 'waiting' && !job.owes()) unwatch();
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

  const plain = { atPad: false, secrets: [], endsProcess: false, fresh: false, limits: looking, signs: false, owes: () => true };

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

  function batch(what: SignRequest, onSigned?: (one: Signed) => void): FedSignHandle {
    const signed: Signed[] = [];
    const items = [...what.items];
    let isOpen = what.isFed === true;
    const { promise: end, resolve } = Promise.withResolvers<BatchEnd>();
    const job: Job = {
      ...plain,
      limits,
      signs: true,
      atPad: what.pin.kind !== 'typed',
      secrets: what.pin.kind === 'typed' ? [what.pin.pin, what.pin.keyPin] : [],
      owes: () => signed.length < items.length,
      // What was fed while the batch waited for its turn goes along.
      message: (request) => ({ kind: 'sign', request, what: { ...what, items, isFed: isOpen } }),
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
    const post = (message: (request: number) => ToTokenProcess): void => {
      if (running?.job === job) child?.post(message(running.request));
    };
    add(job);
    return {
      end,
      feed: (more) => {
        if (!isOpen) return;
        if (running?.job === job && !job.owes()) {
          watchCall(job);
          watchWhole(job);
        }
        items.push(...more);
        post((request) => ({ kind: 'items', request, items: more }));
      },
      close: () => {
        isOpen = false;
        post((request) => ({ kind: 'close', request }));
      },
      cancel: () => {
        isOpen = false;
        post((request) => ({ kind: 'cancel', request }));
        const place = waiting.indexOf(job);
        if (place === -1) return;
        waiting.splice(place, 1);
        wipe(...job.secrets);
        resolve({ kind: 'cancelled', signed });
      },
    };
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
    sign: (what, onSigned) => batch(what, onSigned),
    signFed: (what, onSigned) => batch({ ...what, items: [], isFed: true }, onSigned),
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
