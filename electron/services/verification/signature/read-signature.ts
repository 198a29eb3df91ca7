import { signatureCoverage, type PdfFile, type PdfSignature, type SignatureCoverage } from '../../../foundation/pdf/index.ts';
import { readSignedData, readTimestamp, timestampsOf, type SignedData, type TimestampToken } from '../../trust/index.ts';

/**
 * How a signature is put into the file (ISO 32000-1 12.8.3, ISO 32000-2 12.8.5): over the ranges; over their SHA-1, which
 * lies inside the CMS; a time-stamp over the ranges. `cades` wants DER and a reference to the certificate (EN 319 142-1 §6.3).
 */
export type Form = 'detached' | 'cades' | 'sha1' | 'timestamp' | 'unknown';

const forms: Readonly<Record<string, Form>> = {
  'adbe.pkcs7.detached': 'detached',
  'ETSI.CAdES.detached': 'cades',
  'adbe.pkcs7.sha1': 'sha1',
  'ETSI.RFC3161': 'timestamp',
};

export type Cms = ReturnType<typeof readSignedData>;
export type Token = ReturnType<typeof readTimestamp>;
export type Range = readonly [number, number, number, number];

/** A signature as it was read; nothing of it has been judged. */
export type ReadSignature = {
  readonly signature: PdfSignature;
  readonly coverage: SignatureCoverage;
  readonly form: Form;
  readonly cms: Cms | undefined;
  /** of a document time-stamp */
  readonly token: Token | undefined;
  /** time-stamp tokens inside the CMS, each once, as far as they can be read */
  readonly tokens: readonly Token[];
  /** more of the same were there */
  readonly duplicates: number;
  /** the ranges, when they can be digested: two, ascending, inside the file */
  readonly range: Range | undefined;
};

/** Real ones have one; each costs a check of a signature. */
const mostTokens = 10;

export function readSignature(file: PdfFile, signature: PdfSignature): ReadSignature {
  const coverage = signatureCoverage(file, signature);
  const form = Object.hasOwn(forms, signature.subFilter) ? (forms[signature.subFilter] ?? 'unknown') : 'unknown';
  const { contents, byteRange } = coverage;
  const isStamp = form === 'timestamp';
  const token = isStamp && contents !== undefined ? readTimestamp(contents) : undefined;
  const cms = contents === undefined || form === 'unknown' ? undefined : readSignedData(contents);
  const { tokens, duplicates } = tokensOf(cms?.ok === true && !isStamp ? cms.value : undefined);
  return { signature, coverage, form, cms, token, tokens, duplicates, range: byteRange !== undefined && isDigestible(byteRange, file.bytes.size) ? byteRange : undefined };
}

function tokensOf(signed: SignedData | undefined): { readonly tokens: readonly Token[]; readonly duplicates: number } {
  const all = signed === undefined ? [] : timestampsOf(signed);
  const different = new Map(all.map((bytes) => [Buffer.from(bytes).toString('base64'), bytes]));
  return { tokens: [...different.values()].slice(0, mostTokens).map(readTimestamp), duplicates: all.length - different.size };
}

function isDigestible([from, length, second, rest]: Range, size: number): boolean {
  return from === 0 && second > length && second + rest <= size;
}

/** The digests that a signature needs over its ranges. */
export function digestsNeeded({ form, cms, token }: ReadSignature): readonly string[] {
  if (form === 'sha1') return ['sha1'];
  if (form === 'timestamp') return token?.ok === true && token.value.imprint.digest !== undefined ? [token.value.imprint.digest] : [];
  return cms?.ok === true && cms.value.signer.digest !== undefined ? [cms.value.signer.digest] : [];
}

export function tokenOf(token: Token | undefined): TimestampToken | undefined {
  return token?.ok === true ? token.value : undefined;
}
