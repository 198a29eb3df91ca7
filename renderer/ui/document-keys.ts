import { useEffect, useEffectEvent } from 'react';
import { useShortcut } from './shortcuts.ts';

/** Keys that do something to the document which a list has chosen: the next step; back, or away with it; change it; answer it; into its dossier, or another. `use-copy` has no key of its own: the palette presses it. */
type DocumentKey = 'F8' | 'Delete' | 'F2' | 'Alt+R' | 'Alt+H' | 'Alt+Shift+H' | 'use-copy';

/** What is shown and may be acted upon, by key. `act`: false when it may not any more, as what is shown is being renewed. */
const ready = new Map<DocumentKey, { readonly id: string; readonly act: () => boolean }>();
/** A key came before the chosen document was shown. */
let early: { readonly key: DocumentKey; readonly id: string; readonly until: number } | null = null;
/** Longer than a busy machine takes to show what was chosen, shorter than anybody waits for a key. */
const patienceMs = 10_000;

/** Does what a key does to the document which a list has chosen, as soon as it is shown. */
export function pressDocumentKey(key: DocumentKey, chosen: string): void {
  const shown = ready.get(key);
  if (shown?.id !== chosen || !shown.act()) early = { key, id: chosen, until: Date.now() + patienceMs };
}

/**
 * Takes these keys for a list with its pane. Pressed while the choice still settles, a key does its act as soon as the chosen
 * document is shown: none of a quick hand is swallowed, and none ever meets the document before.
 */
export function useDocumentKeys(chosen: string | null, enabled = true): void {
  const take = (key: DocumentKey) => (event: KeyboardEvent) => {
    if (!event.repeat && chosen !== null) pressDocumentKey(key, chosen);
  };
  useEffect(() => {
    // A hand that has gone on to another document and comes back does not meet its old key.
    if (early !== null && early.id !== chosen) early = null;
  }, [chosen]);
  useShortcut('F8', take('F8'), enabled);
  useShortcut('Delete', take('Delete'), enabled);
  useShortcut('F2', take('F2'), enabled);
  useShortcut('Alt+R', take('Alt+R'), enabled);
  useShortcut('Alt+H', take('Alt+H'), enabled);
  useShortcut('Alt+Shift+H', take('Alt+Shift+H'), enabled);
}

/** What a key does to the document that is shown, under the id by which the list chose it; undefined while it may do nothing. */
export function useDocumentKey(key: DocumentKey, id: string, act: (() => void) | undefined): void {
  const may = act !== undefined;
  const onAct = useEffectEvent(() => {
    act?.();
    return act !== undefined;
  });
  useEffect(() => {
    if (!may) return undefined;
    const mine = { id, act: () => onAct() };
    ready.set(key, mine);
    if (early?.key === key && early.id === id && Date.now() < early.until) {
      early = null;
      onAct();
    }
    return () => {
      if (ready.get(key) === mine) ready.delete(key);
    };
  }, [key, id, may]);
}
