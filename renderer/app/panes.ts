/** Moves the focus to the next pane (`data-pane`) in reading order, or the one before. */
export function switchPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.getClientRects().length > 0,
  );
  if (panes.length === 0) return;
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + direction + panes.length) % panes.length] ?? panes[0];
  if (next === undefined) return;
  const target = next.tabIndex >= -1 && next.hasAttribute('tabindex') ? next : next.querySelector<HTMLElement>('[tabindex="0"], a[href], button, input');
  target?.focus();
}
