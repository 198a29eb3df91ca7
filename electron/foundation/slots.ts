/** A number of places of which each may be held by one piece of work at a time. */
export type Slots = {
  /** Waits for a place, in the order of asking, and holds it while `work` runs. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Takes a place that is free now; answers how to give it back, undefined when there is none. */
  readonly tryTake: () => (() => void) | undefined;
};

/** `count` places, all free. */
export function slots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  function giveBack(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
    tryTake() {
      if (free === 0) return undefined;
      free -= 1;
      return giveBack;
    },
  };
}
