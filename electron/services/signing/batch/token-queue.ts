import type { Result } from '../../../foundation/outcome.ts';
import type { TokenItem, TokenLine, TokenSignature } from './job.ts';

/** Why a signature was not had. */
export type NotHad<F> = { readonly kind: 'cancelled' } | { readonly kind: 'no-signature'; readonly cause: F };

type Answer<F> = Result<Uint8Array, NotHad<F>>;

/** What a file asks of the token: `file` is its place in the batch, `step` the signature of the file. */
export type Ask = { readonly file: number; readonly step: number; readonly isLast: boolean; readonly attributes: Uint8Array };

/** The one token of a batch and who waits for it. */
export type TokenQueue<F> = {
  readonly ask: (what: Ask) => Promise<Answer<F>>;
  /** This file will ask no more; if it has not asked yet, the next one's turn comes. */
  readonly leave: (file: number) => void;
  /** No first signature is made any more; files that have one of several go on. */
  readonly cancel: () => void;
  /** Nobody will ask any more. Answers why the token ended, when it failed. */
  readonly close: () => Promise<F | null>;
  /** why nothing is signed any more; undefined while it goes on */
  readonly ended: () => NotHad<F> | undefined;
};

type Waiter<F> = Ask & { readonly answer: (answer: Answer<F>) => void };

/** One that is being signed and one that waits beside it: it never waits for us, and a cancelled batch soon ends. */
const fedAhead = 2;

/**
 * Feeds the token. First signatures are made in the order of the batch, whoever is ready sooner; a file's further ones go
 * before them, since they were waited for already. The token is opened, and the PIN tried, when the first file is ready.
 */
export function tokenQueue<F>(open: (onSigned: (one: TokenSignature) => void) => TokenLine<F>): TokenQueue<F> {
  const firsts = new Map<number, Waiter<F>>();
  const laters: Waiter<F>[] = [];
  const fed = new Map<string, Waiter<F>>();
  const left = new Set<number>();
  /** files with a signature, at the token or made, that need another */
  const midway = new Set<number>();
  let turn = 0;
  let line: TokenLine<F> | undefined;
  let isCancelled = false;
  let end: NotHad<F> | undefined;

  function next(): Waiter<F> | undefined {
    const later = laters.shift();
    if (later !== undefined) return later;
    while (left.has(turn)) turn += 1;
    const first = firsts.get(turn);
    if (first === undefined) return undefined;
    firsts.delete(turn);
    turn += 1;
    return first;
  }

  function pump(): void {
    while (fed.size < fedAhead && end === undefined) {
      const one = next();
      if (one === undefined) return;
      if (!one.isLast) midway.add(one.file);
      const item: TokenItem = { id: `${String(one.file)}.${String(one.step)}`, data: one.attributes };
      fed.set(item.id, one);
      line ??= opened();
      line.feed([item]);
    }
  }

  function opened(): TokenLine<F> {
    const one = open(({ id, signature }) => {
      const waiter = fed.get(id);
      fed.delete(id);
      waiter?.answer({ ok: true, value: signature });
      if (waiter?.isLast === true) midway.delete(waiter.file);
      endIfCancelled();
      pump();
    });
    void one.end.then((how) => {
      end = how.kind === 'failed' ? { kind: 'no-signature', cause: how.failure } : { kind: 'cancelled' };
      giveUp([...fed.values(), ...laters.splice(0), ...firsts.values()], end);
      firsts.clear();
      fed.clear();
    });
    return one;
  }

  function giveUp(waiters: readonly Waiter<F>[], why: NotHad<F>): void {
    for (const waiter of waiters) waiter.answer({ ok: false, failure: why });
  }

  function endIfCancelled(): void {
    if (isCancelled && midway.size === 0) line?.cancel();
  }

  return {
    ask: (what) =>
      new Promise((answer) => {
        const waiter = { ...what, answer };
        if (end !== undefined) giveUp([waiter], end);
        else if (what.step > 0) laters.push(waiter);
        else if (isCancelled) giveUp([waiter], { kind: 'cancelled' });
        else firsts.set(what.file, waiter);
        laters.sort((a, b) => a.file - b.file);
        pump();
      }),
    leave: (file) => {
      left.add(file);
      midway.delete(file);
      endIfCancelled();
      pump();
    },
    cancel: () => {
      isCancelled = true;
      const waiting = [...firsts.values()];
      firsts.clear();
      giveUp(waiting, { kind: 'cancelled' });
      endIfCancelled();
    },
    close: async () => {
      line?.close();
      const how = await line?.end;
      return how?.kind === 'failed' ? how.failure : null;
    },
    ended: () => end ?? (isCancelled ? { kind: 'cancelled' } : undefined),
  };
}
