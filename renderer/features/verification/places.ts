import type { FileVerdict, SignatureVerdict, VerdictChange } from '#contract';

/** A place in a file to be shown: page from 1, box in points as the file has them. */
export type PointedPlace = { readonly file: string; readonly page: number; readonly box: readonly [number, number, number, number] };

/** Where a change is to be seen; undefined when it has no place on a page. */
export function verdictPlace(file: string, { page, box }: Pick<VerdictChange, 'page' | 'box'>): PointedPlace | undefined {
  return page === undefined ? undefined : { file, page: page + 1, box: box ?? [0, 0, 0, 0] };
}

/** A place to be drawn as it was when the file was signed, and as it is now. */
export type ComparedPlace = {
  readonly file: FileVerdict['file'];
  /** how many the file has */
  readonly revisions: number;
  readonly place: PointedPlace;
  readonly change: VerdictChange;
  readonly signed: SignedPart;
};

/** The part of a file that a signature signed: its revision, counted from 1, and how many bytes there were then. */
export type SignedPart = { readonly revision: number; readonly length: number };

/**
 * The file as it was signed. Only where the reader found that the range ends with a revision (`revision`): its end is then a
 * file of its own (ISO 32000-1 7.5.6). Undefined where nothing came later, or nobody knows what was signed.
 */
export function signedPart({ revision, byteRange, coversFile }: SignatureVerdict): SignedPart | undefined {
  const [, , second, rest] = byteRange ?? [];
  if (revision === null || coversFile || second === undefined || rest === undefined) return undefined;
  return { revision: revision + 1, length: second + rest };
}
