import type { SigningProgress, SigningProgressItem } from '#contract';

type Head = Omit<SigningProgress, 'items' | 'done' | 'failed' | 'cancelled'>;

/** Where the one batch of a station stands, for windows that come and go. */
export type Progress = {
  readonly begin: (head: Head, items: readonly SigningProgressItem[]) => void;
  readonly item: (id: string, change: Partial<Omit<SigningProgressItem, 'id'>>) => void;
  readonly head: (change: Partial<Pick<Head, 'cancelling' | 'token'>>) => void;
  /** The batch is over. What has no end by then was spoilt by a mistake of this program. */
  readonly end: (at: string) => void;
  readonly now: () => SigningProgress | null;
};

export function batchProgress(tell: (progress: SigningProgress) => void): Progress {
  let head: Head | undefined;
  let items = new Map<string, SigningProgressItem>();

  function told(changed: readonly SigningProgressItem[]): SigningProgress | null {
    if (head === undefined) return null;
    const count = (state: SigningProgressItem['state']): number => [...items.values()].filter((one) => one.state === state).length;
    return { ...head, done: count('done'), failed: count('failed'), cancelled: count('cancelled'), items: [...changed] };
  }
  function say(changed: readonly SigningProgressItem[]): void {
    const progress = told(changed);
    if (progress !== null) tell(progress);
  }

  return {
    begin: (next, all) => {
      head = next;
      items = new Map(all.map((one) => [one.id, one]));
      say(all);
    },
    item: (id, change) => {
      const before = items.get(id);
      if (before === undefined) return;
      const now = { ...before, ...change };
      items.set(id, now);
      say([now]);
    },
    head: (change) => {
      if (head === undefined) return;
      head = { ...head, ...change };
      say([]);
    },
    end: (at) => {
      if (head === undefined) return;
      head = { ...head, endedAt: at };
      const lost = [...items.values()].filter(({ state }) => !['done', 'failed', 'cancelled'].includes(state));
      const failed = lost.map((one): SigningProgressItem => ({ ...one, state: 'failed', cause: { code: 'sign-crashed', params: { detail: '' } } }));
      for (const one of failed) items.set(one.id, one);
      say(failed);
    },
    now: () => told([...items.values()]),
  };
}
