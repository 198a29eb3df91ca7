/** A wait with an end: `over` tells that it took too long. */
export type Patience = { readonly over: Promise<'late'>; readonly end: () => void };

/** Waits so many milliseconds at most. */
export function patienceOf(ms: number): Patience {
  let end = (): void => undefined;
  const over = new Promise<'late'>((resolve) => {
    const timer = setTimeout(resolve, ms, 'late');
    end = () => {
      clearTimeout(timer);
    };
  });
  return { over, end };
}
