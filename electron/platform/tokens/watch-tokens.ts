import type { ModuleReport, SlotsNow } from '../../../native/pkcs11/index.ts';
import type { TokenProcess } from './token-process.ts';

/**
 * Tells when a token comes, goes or changes its flags. Slots are asked every `everyMs`, which is cheap; certificates are
 * read only after a change. While no token is there the module is started anew every `freshMs`: many see for ever what
 * was plugged in when they were initialised (fortify#473, rust-cryptoki#75). Waiting for the module's own event would
 * block its process. Returns what ends the watch.
 */
export function watchTokens(
  process: TokenProcess,
  onChange: (report: ModuleReport) => void,
  times: { readonly everyMs: number; readonly freshMs: number } = { everyMs: 2_000, freshMs: 30_000 },
): () => void {
  let before: string | undefined;
  let ended = false;
  let freshAt = Date.now() + times.freshMs;
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    const fresh = Date.now() >= freshAt;
    const now = await process.look({ fresh });
    const seen = stateOf(now);
    if (fresh || hasToken(now)) freshAt = Date.now() + times.freshMs;
    if (seen !== before && !isEnded()) {
      before = seen;
      const report = await process.report();
      if (!isEnded()) onChange(report);
    }
    // A module that hangs or crashes is not started over and over.
    if (!isEnded()) timer = setTimeout(() => void round(), now.ok ? times.everyMs : times.freshMs);
  }

  // Asked anew after each wait.
  function isEnded(): boolean {
    return ended;
  }

  void round();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

function hasToken(now: SlotsNow): boolean {
  return now.ok && now.slots.some(({ token }) => token !== null);
}

function stateOf(now: SlotsNow): string {
  if (!now.ok) return JSON.stringify([now.failure.code, now.failure.returned?.value]);
  return JSON.stringify(now.slots.map(({ id, token, failure }) => [id, token?.serialNumber, token?.label, token?.pin, failure?.code]));
}
