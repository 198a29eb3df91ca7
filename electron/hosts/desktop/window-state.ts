import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '../../foundation/durable-file.ts';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type WindowState = Rectangle & { readonly maximized: boolean };

export const smallest = { width: 960, height: 600 } as const;
export const usual = { width: 1360, height: 860 } as const;

const pixels = z.number().int().min(-100_000).max(100_000);
const Saved = z.strictObject({
  x: pixels,
  y: pixels,
  width: pixels.min(smallest.width),
  height: pixels.min(smallest.height),
  maximized: z.boolean(),
});

/**
 * The remembered place of the window, or undefined when it cannot be used: an unreadable file, or a place on a
 * screen that is no longer there.
 */
export function readWindowState(path: string, workAreas: readonly Rectangle[]): WindowState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  const parsed = Saved.safeParse(value);
  if (!parsed.success) return undefined;
  const state = parsed.data;
  const area = workAreas.find((one) => canBeGrabbed(state, one));
  if (area === undefined) return undefined;
  return { ...state, width: Math.min(state.width, area.width), height: Math.min(state.height, area.height) };
}

/** Enough of the title bar must be on the screen to drag the window by. */
function canBeGrabbed(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= 120 && window.y >= area.y - 10 && window.y <= area.y + area.height - 60;
}

/** Remembers the window's place. A folder that refuses is no reason to keep a window from closing. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    replaceFile(path, JSON.stringify(state));
  } catch {
    // Next time the window opens at its usual place.
  }
}
