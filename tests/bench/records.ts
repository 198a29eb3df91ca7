import type { Figure } from './figures.ts';
import { recordsSearch } from './records-search.ts';

/** The registers at the size of many years. */
export async function records(): Promise<readonly Figure[]> {
  return recordsSearch();
}
