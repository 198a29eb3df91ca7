import { openModule, type Module } from './driver.ts';
import { failureOf, type TokenFailure, type TokenStage } from './failures.ts';
import { wipe } from './pin.ts';
import { reportModule, type ModuleReport } from './report.ts';
import { forget, signBatch, type Keeper, type Signed, type SignEnd, type SignRequest } from './sign.ts';
import { readSlots, type Slot } from './tokens.ts';

/** What is in the slots, without a look at any certificate. */
export type SlotsNow = { readonly ok: true; readonly slots: readonly Slot[] } | { readonly ok: false; readonly failure: TokenFailure };

export type ToTokenProcess =
  | { readonly kind: 'look'; readonly request: number }
  | { readonly kind: 'report'; readonly request: number }
  | { readonly kind: 'sign'; readonly request: number; readonly what: SignRequest }
  /** ends the batch before its next item */
  | { readonly kind: 'cancel'; readonly request: number }
  /** logs out, wipes, and ends the module */
  | { readonly kind: 'end'; readonly request: number };

export type FromTokenProcess =
  | { readonly kind: 'stage'; readonly stage: TokenStage }
  | { readonly kind: 'signed'; readonly request: number; readonly one: Signed }
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

/**
 * Serves one module in a process of its own, one request at a time as the other side sends them. The module is loaded at
 * the first request and stays loaded. Before each call into it the stage is told: a module that hangs or crashes takes
 * this process with it, and the other side must know where.
 */
export function serveTokens(modulePath: string, port: TokenPort): void {
  const keeper: Keeper = { kept: undefined };
  const cancelled = new Set<number>();
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
    let end: SignEnd;
    try {
      end = await signBatch(open(), keeper, what, {
        signed: (one) => {
          port.post({ kind: 'signed', request, one });
        },
        cancelled: () => cancelled.delete(request),
        pause: () => new Promise((resolve) => setImmediate(resolve)),
        now: () => Date.now(),
      });
    } catch (error) {
      // The module did not load: the PIN was for nothing.
      if (what.pin.kind === 'typed') wipe(what.pin.pin, what.pin.keyPin);
      end = { kind: 'failed', failure: failureOf(error, 'load') };
    }
    port.post({ kind: 'sign-ended', request, end, keptFor: forgetInTime() });
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
        cancelled.add(message.request);
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
