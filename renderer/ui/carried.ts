import { useSyncExternalStore } from 'react';

/** A document of either register that is dragged out of a list. */
export type CarriedDocument = { readonly kind: 'incoming' | 'outgoing'; readonly id: string; readonly code: string };

let carried: CarriedDocument | null = null;
const listeners = new Set<() => void>();

/** A drag began, or ended wherever that was (null). */
export function carry(document: CarriedDocument | null): void {
  if (carried === document) return;
  carried = document;
  for (const tell of listeners) tell();
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The document that is being dragged now; null for none. */
export function useCarried(): CarriedDocument | null {
  return useSyncExternalStore(listen, () => carried);
}
