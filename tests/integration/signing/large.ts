import { closeSync, openSync, writeSync } from 'node:fs';
import { expect } from 'vitest';
import { document, make } from '../../unit/foundation/pdf/make.ts';
import { peakBeside } from '../cli/tvt.ts';

/** Writes a sound PDF of one page with a stream of `size` bytes, a million at a time. */
export function writeLargeFile(path: string, size: number): void {
  const [head = '', tail = ''] = make({ kind: 'table', objects: [...document, [6, `<</Length ${String(size)}>>\nstream\nHERE\nendstream`]] })
    .toString('latin1')
    .split('HERE');
  const moved = tail.replace(/startxref\n(\d+)/, (_, place: string) => `startxref\n${String(Number(place) + size - 4)}`);
  const handle = openSync(path, 'w');
  writeSync(handle, head, null, 'latin1');
  const piece = Buffer.alloc(1_000_000, 'x');
  for (let written = 0; written < size; written += piece.length) writeSync(handle, piece);
  writeSync(handle, moved, null, 'latin1');
  closeSync(handle);
}

/** The greatest memory, in KiB, of the terminal program while it does this. */
export async function peakOf(words: readonly string[]): Promise<number> {
  const { ok, peak } = await peakBeside(words);
  expect(ok).toBe(true);
  return peak;
}
