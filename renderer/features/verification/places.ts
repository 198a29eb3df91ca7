import type { VerdictChange } from '#contract';

/** A place in a file to be shown: page from 1, box in points as the file has them. */
export type PointedPlace = { readonly file: string; readonly page: number; readonly box: readonly [number, number, number, number] };

/** Where a change is to be seen; undefined when it has no place on a page. */
export function verdictPlace(file: string, { page, box }: Pick<VerdictChange, 'page' | 'box'>): PointedPlace | undefined {
  return page === undefined ? undefined : { file, page: page + 1, box: box ?? [0, 0, 0, 0] };
}
