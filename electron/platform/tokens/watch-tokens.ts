import { failedReport, inspectModuleFile, type ModuleReport, type SlotsNow, type TokenFailure } from '../../../native/pkcs11/index.ts';
import type { TokenProcess } from './token-process.ts';

/**
 * Tells how things are, and when a token comes, goes or changes its flags. Slots are asked every `everyMs`, which is cheap;
 * certificates are read at first and after a change. While no token is there the module is started anew every `freshMs`: many see for ever what
 * was plugged in when they were initialised (fortify#473, rust-cryptoki#75). Waiting for the module's own event would
 * block its process. `known`: what was just read, so that it is not read again. Returns what ends the watch.
 */
export function watchTokens(
  process: TokenProcess,
  onChange: (report: ModuleReport) => void,
  times: { readonly everyMs: number; readonly freshMs: number } = { everyMs: 2_000, freshMs: 30_000 },
  known?: ModuleReport,
): () => void {
  let before: string | undefined;
  let ended = false;
  let freshAt = Date.now() + times.freshMs;
  let timer: NodeJS.Timeout | undefined;

  async function first(): Promise<void> {
    const report = known ?? (await process.report());
    if (isEnded()) return;
    before = stateOf(slotsOf(report));
    if (known === undefined) onChange(report);
    next(report.failure === null);
  }

  async function round(): Promise<void> {
    const fresh = Date.now() >= freshAt;
    const now = await process.look({ fresh });
    const seen = stateOf(now);
    if (fresh || hasToken(now)) freshAt = Date.now() + times.freshMs;
    if (seen !== before && !isEnded()) {
      before = seen;
      // One that does not work is not asked a second time for the same answer.
      const report = now.ok ? await process.report() : notWorking(process.modulePath, now.failure);
      if (!isEnded()) onChange(report);
    }
    next(now.ok);
  }

  /** A module that hangs or crashes is not started over and over. */
  function next(works: boolean): void {
    if (!isEnded()) timer = setTimeout(() => void round(), works ? times.everyMs : times.freshMs);
  }

  // Asked anew after each wait.
  function isEnded(): boolean {
    return ended;
  }

  void first();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** The report on a module of which nothing but a failure is known. */
export function notWorking(path: string, failure: TokenFailure): ModuleReport {
  return failedReport({ path, file: inspectModuleFile(path), now: new Date().toISOString() }, failure);
}

function slotsOf({ failure, slots }: ModuleReport): SlotsNow {
  return failure === null ? { ok: true, slots } : { ok: false, failure };
}

function hasToken(now: SlotsNow): boolean {
  return now.ok && now.slots.some(({ token }) => token !== null);
}

function stateOf(now: SlotsNow): string {
  if (!now.ok) return JSON.stringify([now.failure.code, now.failure.returned?.value]);
  return JSON.stringify(now.slots.map(({ id, token, failure }) => [id, token?.serialNumber, token?.label, token?.pin, failure?.code]));
}
