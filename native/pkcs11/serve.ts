import { openModule, type Module } from './driver.ts';
import { failureOf, type TokenFailure, type TokenStage } from './failures.ts';
import { wipe } from './pin.ts';
import { reportModule, type ModuleReport } from './report.ts';
import { forget, signBatch, type Keeper, type Signed, type SignEnd, type SignHooks, type SignItem, type SignRequest } from './sign.ts';
import { readSlots, type Slot } from './tokens.ts';

/** What is in the slots, without a look at any certificate. */
export type SlotsNow = { readonly ok: true; readonly slots: readonly Slot[] } | { readonly ok: false; readonly failure: TokenFailure };

/**
 * What a token process is asked. A batch that is fed (`isFed`) gets its items by `items`, in as many messages as there are
 * to be, all within one login; `close` says that the last has come, and only then is the batch done. Messages to a batch
 * that has ended are passed over.
 */
export type ToTokenProcess =
  | { readonly kind: 'look'; readonly request: number }
  | { readonly kind: 'report'; readonly request: number }
  | { readonly kind: 'sign'; readonly request: number; readonly what: SignRequest }
  | { readonly kind: 'items'; readonly request: number; readonly items: readonly SignItem[] }
  | { readonly kind: 'close'; readonly request: number }
  /** ends the batch before its next item */
  | { readonly kind: 'cancel'; readonly request: number }
  /** logs out, wipes, and ends the module */
  | { readonly kind: 'end'; readonly request: number };

export type FromTokenProcess =
  | { readonly kind: 'stage'; readonly stage: TokenStage }
  | { readonly kind: 'signed'; readonly request: number; readonly one: Signed }
  /** the batch has signed all that it was fed and waits, outside the module, for more */
  | { readonly kind: 'waiting'; readonly request: number }
  | { readonly kind: 'seen'; readonly request: number; readonly now: SlotsNow }
  | { readonly kind: 'reported'; readonly request: number; readonly report: ModuleReport }
  /** `keptFor`: how long a login is still kept, in milliseconds; 0 when none is */
  | { readonly kind: 'sign-ended'; readonly request: number; readonly end: SignEnd; readonly keptFor: number }
  | { readonly kind: 'ended'; readonly request: number };

/** The line to the process that started this one. */
export type TokenPort = {
  readonly post: (message: FromTokenProcess) => void;
  readonly onMessage: (listener: (message: ToTokenProcess) => void) => void;
};

/** The items of one batch on their way to the token. */
type Feed = { readonly items: SignItem[]; open: boolean; cancelled: boolean; wake: () => void };

/** So long a login stays open for items that do not come: whoever feeds may be preparing a file of 1 GB, or hang. */
const longestWaitMs = 300_000;

/**
 * Serves one module in a process of its own, one request at a time as the other side sends them. The module is loaded at
 * the first request and stays loaded. Before each call into it the stage is told: a module that hangs or crashes takes
 * this process with it, and the other side must know where.
 */
export function serveTokens(modulePath: string, port: TokenPort, waitMs = longestWaitMs): void {
  const keeper: Keeper = { kept: undefined };
  const feeds = new Map<number, Feed>();
  let module: Module | undefined;
  let forgetting: NodeJS.Timeout | undefined;

  const open = (): Module => {
    module ??= openModule(modulePath, (stage) => {
      port.post({ kind: 'stage', stage });
    });
    return module;
  };

  function look(): SlotsNow {
    try {
      return { ok: true, slots: readSlots(open()).map(({ handle: _, ...slot }) => slot) };
    } catch (error) {
      return { ok: false, failure: failureOf(error, 'load') };
    }
  }

  /** The time of a kept login is held here too, should the other side be too busy to. */
  function forgetInTime(): number {
    clearTimeout(forgetting);
    const left = keeper.kept === undefined ? 0 : keeper.kept.until - Date.now();
    if (left <= 0) return 0;
    forgetting = setTimeout(() => {
      if (module !== undefined) forget(module, keeper);
    }, left);
    return left;
  }

  async function sign(request: number, what: SignRequest): Promise<void> {
    // The time must not run out in the middle of a batch.
    clearTimeout(forgetting);
    const feed: Feed = { items: [...what.items], open: what.isFed === true, cancelled: false, wake: () => undefined };
    feeds.set(request, feed);
    let end: SignEnd;
    try {
      end = await signBatch(open(), keeper, what, {
        signed: (one) => {
          port.post({ kind: 'signed', request, one });
        },
        next: () => nextOf(feed, request),
        now: () => Date.now(),
      });
    } catch (error) {
      // The module did not load: the PIN was for nothing.
      if (what.pin.kind === 'typed') wipe(what.pin.pin, what.pin.keyPin);
      end = { kind: 'failed', failure: failureOf(error, 'load') };
    }
    feeds.delete(request);
    port.post({ kind: 'sign-ended', request, end, keptFor: forgetInTime() });
  }

  function tell(request: number, what: (feed: Feed) => unknown): void {
    const feed = feeds.get(request);
    if (feed === undefined) return;
    what(feed);
    feed.wake();
  }

  async function nextOf(feed: Feed, request: number): ReturnType<SignHooks['next']> {
    // Lets messages in.
    await new Promise((resolve) => setImmediate(resolve));
    const waits = (): boolean => feed.items.length === 0 && feed.open && !feed.cancelled;
    if (waits()) port.post({ kind: 'waiting', request });
    while (waits()) {
      if (!(await isWoken(feed, waitMs))) return 'forsaken';
    }
    const item = feed.items.shift();
    // With nothing left to cancel the batch is done.
    if (item === undefined && !feed.open) return 'done';
    return item === undefined || feed.cancelled ? 'cancelled' : item;
  }

  port.onMessage((message) => {
    switch (message.kind) {
      case 'look':
        port.post({ kind: 'seen', request: message.request, now: look() });
        break;
      case 'report':
        port.post({ kind: 'reported', request: message.request, report: reportModule(modulePath, new Date(), open) });
        break;
      case 'sign':
        void sign(message.request, message.what);
        break;
      case 'cancel':
        tell(message.request, (feed) => (feed.cancelled = true));
        break;
      case 'items':
        tell(message.request, (feed) => feed.items.push(...message.items));
        break;
      case 'close':
        tell(message.request, (feed) => (feed.open = false));
        break;
      case 'end':
        if (module !== undefined) {
          forget(module, keeper);
          module.close();
        }
        port.post({ kind: 'ended', request: message.request });
        break;
    }
  });
}

function isWoken(feed: Feed, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, ms);
    feed.wake = () => {
      clearTimeout(timer);
      resolve(true);
    };
  });
}
