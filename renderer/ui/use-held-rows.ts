import { useEffect, useMemo, useState, type RefObject } from 'react';

/** `scope` null: nothing is held, the next rows are */
type Held = { readonly scope: string | null; readonly ids: readonly string[] };

export type HeldRows<T> = {
  readonly rows: readonly T[];
  /** what is shown is no longer what the list would be if read now */
  readonly stale: boolean;
  /** Shows the list as it is now. */
  readonly settle: () => void;
};

/**
 * Rows that stay where they are while pointer or keyboard is in the list: a row that no longer belongs keeps its place
 * with its new state, a new one comes at the end. With nobody there the list is simply what it is.
 * @param items every item, belonging or not
 * @param fresh those that belong, in order
 * @param scope what is listed (tab, filter); another scope starts anew
 */
export function useHeldRows<T extends { readonly id: string }>(
  items: readonly T[],
  fresh: readonly T[],
  scope: string,
  area: RefObject<HTMLElement | null>,
): HeldRows<T> {
  const [held, setHeld] = useState<Held>(() => ({ scope, ids: idsOf(fresh) }));
  const ids = held.scope === scope ? held.ids : idsOf(fresh);
  const rows = useMemo(() => {
    const byId = new Map(items.map((item) => [item.id, item]));
    const kept = ids.flatMap((id) => byId.get(id) ?? []);
    const shown = new Set(ids);
    return [...kept, ...fresh.filter((item) => !shown.has(item.id))];
  }, [items, fresh, ids]);
  const stale = rows.length !== fresh.length || rows.some((row, at) => row.id !== fresh[at]?.id);
  useEffect(() => {
    const settle = (): void => {
      setHeld({ scope, ids: idsOf(fresh) });
    };
    const inUse = (): boolean => area.current?.matches(':hover, :focus-within') === true;
    const element = area.current;
    if (held.scope !== scope) settle();
    if (!stale || element === null) return undefined;
    // The focus comes to rest only after the event, and after a dialog that closes gave it back.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const left = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!inUse()) settle();
      }, 50);
    };
    left();
    element.addEventListener('pointerleave', left);
    element.addEventListener('focusout', left);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointerleave', left);
      element.removeEventListener('focusout', left);
    };
  }, [held.scope, scope, fresh, stale, area]);
  return {
    rows,
    stale,
    // Whoever calls this may have been drawn with an older list.
    settle: () => {
      setHeld({ scope: null, ids: [] });
    },
  };
}

function idsOf(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map((item) => item.id);
}
