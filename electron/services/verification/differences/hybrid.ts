import { objectOf, viewOf, type PdfFile } from '../../../foundation/pdf/index.ts';
import type { Graph } from './graph.ts';
import { isSame, read } from './values.ts';

/**
 * Whether the two readings of a hybrid file (ISO 32000-1 7.5.8.4) show different things: an object that only one of them
 * has, or has otherwise, and that something refers to.
 */
export function hybridDiffers(file: PdfFile, graph: Graph): boolean {
  const full = viewOf(file);
  const table = viewOf(file, full.newest.index, 'table');
  const hidden = new Set(file.revisions.flatMap(({ sections }) => sections.flatMap((one) => [...(one.hidden?.entries.numbers ?? [])].slice(0, one.hidden?.entries.count ?? 0))));
  return [...hidden].some((number) => graph.referrers(number, full.newest.index).length > 0 && !isSame(read(objectOf(full, number)), read(objectOf(table, number))));
}
