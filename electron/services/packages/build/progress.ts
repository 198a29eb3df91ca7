/** How far a package is. Each byte counts twice: once copied, once read again. */
export type BuildProgress = {
  readonly filesDone: number;
  readonly filesTotal: number;
  /** of files that are copied; finished by an earlier run included */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** seconds; null while nothing can be said */
  readonly secondsLeft: number | null;
};

/** a report a fifth of a second at most */
const between = 200;
/** before that the speed is chance */
const warmUp = 1000;

export type Meter = {
  /** bytes copied or read again in this run */
  readonly moved: (bytes: number) => void;
  /** `bytes`: of the store, 0 for a text; `isEarlier`: by an earlier run */
  readonly finished: (bytes: number, isEarlier?: boolean) => void;
};

/** Counts, and tells `report` at most five times a second, and at the end. */
export function meter(filesTotal: number, bytesTotal: number, report: (now: BuildProgress) => void): Meter {
  const started = performance.now();
  let told = -Infinity;
  let filesDone = 0;
  let bytesEarlier = 0;
  let moves = 0;

  function tell(isForced: boolean): void {
    const now = performance.now();
    if (!isForced && now - told < between) return;
    told = now;
    const spent = now - started;
    const left = Math.max(0, 2 * (bytesTotal - bytesEarlier) - moves);
    report({
      filesDone,
      filesTotal,
      bytesDone: Math.min(bytesTotal, bytesEarlier + Math.floor(moves / 2)),
      bytesTotal,
      secondsLeft: moves === 0 || spent < warmUp ? null : Math.ceil((left * spent) / moves / 1000),
    });
  }
  return {
    moved: (bytes) => {
      moves += bytes;
      tell(false);
    },
    finished: (bytes, isEarlier = false) => {
      filesDone += 1;
      if (isEarlier) bytesEarlier += bytes;
      tell(filesDone === filesTotal);
    },
  };
}
