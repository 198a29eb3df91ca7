import { useEffect, useState } from 'react';

/** Follows a value at once when it rests, and only its last state while it changes quickly (a held arrow key). */
export function useSettled<T>(value: T, quietMs: number): T {
  const [state, setState] = useState({ value, at: 0 });
  useEffect(() => {
    if (Object.is(state.value, value)) return undefined;
    const now = performance.now();
    const wait = now - state.at > 2 * quietMs ? 0 : quietMs;
    const timer = setTimeout(() => {
      setState({ value, at: performance.now() });
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [value, state, quietMs]);
  return state.value;
}
