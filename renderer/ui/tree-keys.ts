type Row = { readonly key: string; readonly level: number; readonly expanded: boolean | null; readonly text: string };

export type TreeMove = { readonly kind: 'choose'; readonly key: string } | { readonly kind: 'fold'; readonly key: string; readonly expanded: boolean };

/**
 * What a key does in a tree laid flat (WAI-ARIA tree view); undefined when the key is not the tree's, null when it is and nothing
 * moves. `typed`: the letters pressed in quick succession, with this one.
 */
export function treeMove(rows: readonly Row[], at: number, key: string, typed: string): TreeMove | null | undefined {
  const here = rows[at];
  const choose = (row: Row | undefined): TreeMove | null => (row === undefined ? null : { kind: 'choose', key: row.key });
  switch (key) {
    case 'ArrowDown':
      return choose(rows[Math.min(at + 1, rows.length - 1)]);
    case 'ArrowUp':
      return choose(rows[Math.max(at - 1, 0)]);
    case 'Home':
      return choose(rows[0]);
    case 'End':
      return choose(rows.at(-1));
    case 'PageDown':
      return choose(rows[Math.min(at + 10, rows.length - 1)]);
    case 'PageUp':
      return choose(rows[Math.max(at - 10, 0)]);
    case 'ArrowRight':
      if (here === undefined || here.expanded === null) return null;
      return here.expanded ? choose(rows[at + 1]) : { kind: 'fold', key: here.key, expanded: true };
    case 'ArrowLeft':
      if (here === undefined) return null;
      if (here.expanded === true) return { kind: 'fold', key: here.key, expanded: false };
      return choose(rows.slice(0, at).findLast((row) => row.level < here.level));
    default:
      return key.length === 1 && key !== ' ' && key !== '?' ? choose(found(rows, at, typed)) : undefined;
  }
}

/** The next row, from this one on and around, that begins with the letters; one letter again goes on to the next. */
function found(rows: readonly Row[], at: number, typed: string): Row | undefined {
  const wanted = typed.toLocaleLowerCase('vi');
  const from = typed.length === 1 ? at + 1 : Math.max(at, 0);
  return [...rows.slice(from), ...rows.slice(0, from)].find((row) => row.text.toLocaleLowerCase('vi').startsWith(wanted));
}
