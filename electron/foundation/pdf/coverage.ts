import { placeOf } from './bytes.ts';
import type { PdfFile } from './file.ts';
import { isSpace } from './lexer.ts';
import { integerOf, type PdfString, type Span } from './object.ts';
import { isSameEntry } from './entries.ts';
import { entryIn, lookUp } from './revisions.ts';
import type { PdfSignature } from './signatures.ts';

/** Why the bytes that a signature covers are not those that a sound signature covers; each alone is a FORMAT_FAILURE. */
export type CoverageFault =
  | 'file-repaired' /* the reading is made up */
  | 'byte-range-missing'
  | 'byte-range-not-two' /* not exactly four numbers */
  | 'byte-range-not-integer' /* or negative, or an indirect object */
  | 'byte-range-not-from-zero'
  | 'byte-range-overlaps' /* the second range does not begin behind the first */
  | 'byte-range-outside' /* of the file */
  | 'byte-range-ends-elsewhere' /* not at the end of a revision */
  | 'contents-missing'
  | 'contents-not-hexadecimal' /* or an indirect object: the gap could hide it */
  | 'contents-compressed' /* the dictionary lies in an object stream */
  | 'gap-not-contents' /* what is left out is not exactly the Contents string with its delimiters */
  | 'dictionary-outside-range' /* the dictionary is not part of what was signed */
  | 'dictionary-not-in-revision' /* the revision that the range ends with has another object there */
  | 'shared-by-fields'
  | 'not-in-form' /* only a page shows it: the file was put together anew */;

export type SignatureCoverage = {
  readonly faults: readonly CoverageFault[];
  /** as written, when it is four integers */
  readonly byteRange: readonly [number, number, number, number] | undefined;
  /** the Contents string with its delimiters, in the file */
  readonly contentsAt: Span | undefined;
  /** what the string holds, zero padding included */
  readonly contents: Uint8Array | undefined;
  /** the revision that was signed: the range ends with it. Undefined when there is a fault. */
  readonly revision: number | undefined;
  /** revisions appended after it */
  readonly laterRevisions: readonly number[];
  /** no byte stands behind the range but the end of line after the last `%%EOF`; what is there is no later revision either */
  readonly coversFile: boolean;
};

/**
 * What a signature covers (ISO 32000-1 12.8.1, EN 319 142-1 5.5): exactly two ranges, the first from byte 0, the gap
 * exactly the Contents string, the end the end of a revision that holds the very dictionary. Says nothing about whether
 * the bytes are those that were signed, nor whether later revisions were permitted.
 */
export function signatureCoverage(file: PdfFile, signature: PdfSignature): SignatureCoverage {
  const faults = new Set<CoverageFault>();
  if (file.isRepaired) faults.add('file-repaired');
  if (signature.fields.length > 1) faults.add('shared-by-fields');
  if (!signature.isInForm) faults.add('not-in-form');
  const contents = contentsOf(signature, faults);
  const byteRange = byteRangeOf(signature, faults);
  if (byteRange !== undefined) checkRange(file, byteRange, contents, faults);
  const end = byteRange === undefined ? 0 : byteRange[2] + byteRange[3];
  const revision = byteRange && revisionAt(file, end, faults);
  if (byteRange !== undefined && revision !== undefined) checkDictionary(file, signature, byteRange, revision, faults);
  const isSound = faults.size === 0 && revision !== undefined;
  return {
    faults: [...faults],
    byteRange,
    contentsAt: contents && { from: contents.from, to: contents.to },
    contents: contents?.bytes,
    revision: isSound ? revision : undefined,
    laterRevisions: isSound ? file.revisions.slice(revision + 1).map(({ index }) => index) : [],
    coversFile: isSound && revision === file.revisions.length - 1 && Math.max(end, file.revisions[revision]?.to ?? 0) === file.bytes.size,
  };
}

function contentsOf({ dictionary }: PdfSignature, faults: Set<CoverageFault>): PdfString | undefined {
  if (dictionary.holder.inStream !== undefined) faults.add('contents-compressed');
  const contents = dictionary.value.entries.get('Contents');
  if (contents === undefined || contents.kind === 'null') faults.add('contents-missing');
  else if (contents.kind !== 'string' || !contents.isHex) faults.add('contents-not-hexadecimal');
  else if (dictionary.holder.inStream === undefined) return contents;
  return undefined;
}

function byteRangeOf({ dictionary }: PdfSignature, faults: Set<CoverageFault>): [number, number, number, number] | undefined {
  const value = dictionary.value.entries.get('ByteRange');
  if (value === undefined || value.kind === 'null') faults.add('byte-range-missing');
  else if (value.kind !== 'array') faults.add('byte-range-not-integer');
  else if (value.items.length !== 4) faults.add('byte-range-not-two');
  else {
    const [a, b, c, d] = value.items.map(integerOf);
    if (a !== undefined && b !== undefined && c !== undefined && d !== undefined && Math.min(a, b, c, d) >= 0) return [a, b, c, d];
    faults.add('byte-range-not-integer');
  }
  return undefined;
}

function checkRange(
  file: PdfFile,
  [start, length, second, rest]: readonly [number, number, number, number],
  contents: PdfString | undefined,
  faults: Set<CoverageFault>,
): void {
  if (start !== 0) faults.add('byte-range-not-from-zero');
  if (second <= start + length) faults.add('byte-range-overlaps');
  if (second + rest > file.bytes.size || start + length > file.bytes.size) faults.add('byte-range-outside');
  if (contents !== undefined && (contents.from !== start + length || contents.to !== second)) faults.add('gap-not-contents');
}

/** A range may end with the `%%EOF`, or with the white space behind it, of which the next writer may have added some. */
function revisionAt(file: PdfFile, end: number, faults: Set<CoverageFault>): number | undefined {
  const revision = file.revisions.findLast(({ markerTo, to }) => {
    const isNear = end >= markerTo && end - to < 1024 && end <= file.bytes.size;
    return isNear && (end <= to || file.bytes.read(to, end).every(isSpace));
  });
  if (revision === undefined) faults.add('byte-range-ends-elsewhere');
  return revision?.index;
}

function checkDictionary(
  file: PdfFile,
  { dictionary: { holder }, reading }: PdfSignature,
  [, , second, rest]: readonly [number, number, number, number],
  revision: number,
  faults: Set<CoverageFault>,
): void {
  const end = second + rest;
  if (holder.inStream === undefined && (holder.from >= end || holder.to > end)) faults.add('dictionary-outside-range');
  const signed = lookUp(file.revisions.slice(0, revision + 1), holder.number, reading)?.entry;
  const isThere = signed?.kind === 'in-use' && Math.abs(signed.offset - placeOf(holder.source, holder.from)) <= 16 && signed.offset <= holder.from;
  if (!isThere && holder.inStream === undefined) faults.add('dictionary-not-in-revision');
  // Signed together with what was there before: the revision must have written the dictionary itself.
  const own = file.revisions[revision];
  const written = own && entryIn(own, holder.number, reading);
  if (signed !== undefined && (written === undefined || !isSameEntry(written, signed))) faults.add('dictionary-not-in-revision');
}
