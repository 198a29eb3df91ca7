import type { ToWindow } from '#contract';

/**
 * The answer to a message from a frame or page that is not the station's own window; undefined when nothing in it
 * could be answered. It goes back to that sender only: the window's own calls use the same numbers.
 */
export function strangerAnswer(message: unknown): ToWindow | undefined {
  if (typeof message !== 'object' || message === null || !Object.hasOwn(message, 'id')) return undefined;
  const id = (message as { readonly id: unknown }).id;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
  return { kind: 'answer', id, outcome: { ok: false, failure: { code: 'wrong-sender' } } };
}
