import type { Day } from '../day.ts';

/** Keeps what the station printed among the results. */
export async function keepPrinted(day: Day, path: string, printed: { readonly id: string }): Promise<Uint8Array> {
  const bytes = await day.readFile(printed.id);
  day.keep(path, bytes);
  return bytes;
}
