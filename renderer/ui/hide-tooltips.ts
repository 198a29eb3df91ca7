/**
 * Takes away what a tooltip shows, before a dialog covers it. A Fluent tooltip takes the next Esc for itself wherever the focus is,
 * and goes by that key alone when a dialog has come over the pointer: the first Esc would seem to do nothing.
 */
export function hideTooltips(): void {
  // Fluent has no call for this; it listens to the document. The event does not bubble, so that no key of ours hears it.
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
}
