/**
 * Where a key leads in a grid of rows; undefined when the key is not the grid's. `page` is how many rows are seen at
 * once. Arrow, Home, End and Page keys only, and none with Ctrl or Alt except Ctrl+Home and Ctrl+End.
 */
export function rowAfterKey(key: string, active: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, last);
    case 'ArrowUp':
      return Math.max(active < 0 ? 0 : active - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(Math.max(active, 0) + Math.max(page - 1, 1), last);
    case 'PageUp':
      return Math.max(active - Math.max(page - 1, 1), 0);
    default:
      return undefined;
  }
}
