import { useSyncExternalStore } from 'react';

function watch(changed: () => void): () => void {
  addEventListener('resize', changed);
  return () => {
    removeEventListener('resize', changed);
  };
}

/** Width of the window in px, followed. */
export function useWindowWidth(): number {
  return useSyncExternalStore(watch, () => innerWidth);
}
