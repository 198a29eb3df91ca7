import { useEffect, useEffectEvent } from 'react';

/** `F8`, `Ctrl+K`, `Alt+1`, `?`, `Escape`, `Shift+F6` … */
type Combo = string;

/** Name of the pressed combination. The plain character counts for `?`, whatever keys make it. */
function comboOf(event: KeyboardEvent): Combo {
  if (event.key === '?' && !event.ctrlKey && !event.altKey && !event.metaKey) return '?';
  const key = /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.key;
  const name = key.length === 1 ? key.toUpperCase() : key;
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${name}`;
}

/** Whether the person is typing text: those keys belong to the text field and to Unikey. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select');
}

/** Keys of ours that move or delete in a text field. */
const editingKeys: readonly Combo[] = ['Delete', 'Ctrl+ArrowUp'];

/** Whether a dialog or a menu has the floor; the keys of the page below rest meanwhile. */
function isCovered(): boolean {
  return document.querySelector('dialog[open], [role=dialog], [role=menu]') !== null;
}

/**
 * Binds a key of the published table. A key without Ctrl or Alt that could be text is never taken while typing, and
 * no key is taken while an input method is composing.
 */
export function useShortcut(combo: Combo, act: (event: KeyboardEvent) => void, enabled = true): void {
  const onAct = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return undefined;
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || comboOf(event) !== combo) return;
      if ((combo.length === 1 || editingKeys.includes(combo)) && isTyping(event.target)) return;
      if (isCovered()) return;
      event.preventDefault();
      onAct(event);
    }
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [combo, enabled]);
}
