/*
 * The machine's clock as a person or a time service sets it: every `new Date()` and `Date.now()` of the process is moved,
 * timers are not. To be imported first, as some modules take hold of `Date.now` when they are loaded.
 */
const TrueDate = globalThis.Date;
let movedByMs = 0;

class MovedDate extends TrueDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(TrueDate.now() + movedByMs);
    else super(...args);
  }

  static override now(): number {
    return TrueDate.now() + movedByMs;
  }
}
globalThis.Date = MovedDate as DateConstructor;

/** Sets the clock so many milliseconds ahead of the true time; negative: behind. */
export function moveClock(ms: number): void {
  movedByMs = ms;
}
