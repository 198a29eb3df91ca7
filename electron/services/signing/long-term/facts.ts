import { digestRanges, signatureCoverage, signaturesOf, type PdfBytes, type PdfFile, type PdfSignature, type SignaturePlace } from '../../../foundation/pdf/index.ts';
import { checkSignedData, checkTimestamp, isSound, namePart, readSignedData, readTimestamp, timestampsOf, type Certificate, type Covered, type SignedData, type TimestampToken } from '../../trust/index.ts';
import { damaged, read } from '../refusals.ts';

/** A sound time-stamp; whether its authority is believed is asked elsewhere. */
export type ProvenTime = { readonly at: Date; readonly token: TimestampToken; readonly der: Uint8Array; readonly authority: Certificate };

/** What a signature or a document time-stamp of a file is, as far as the file alone tells. */
export type SignatureFacts = {
  readonly kind: 'signature' | 'time-stamp';
  readonly field: string;
  /** its ranges, digest and CMS are in order, and a field of the newest revision leads to it */
  readonly isSound: boolean;
  /** of a form that is read here: a detached CMS; nothing is said about others, such as that of `adbe.x509.rsa_sha1` */
  readonly isRead: boolean;
  /** of a sound one: what a PAdES baseline signature is made of (EN 319 142-1 §6.3), the certificate bound, SubFilter ETSI */
  readonly isBaseline: boolean;
  /** the revision that it signs; undefined when its ranges are not in order */
  readonly revision: number | undefined;
  /** nothing was appended after it */
  readonly coversFile: boolean;
  readonly place: SignaturePlace | undefined;
  /** what /Contents holds, zeros behind the CMS included */
  readonly contents: Uint8Array;
  readonly signed: SignedData | undefined;
  readonly certificate: Certificate | undefined;
  /** of a signature: sound time-stamps over its value, earliest first; of a document time-stamp its own */
  readonly times: readonly ProvenTime[];
};

/** Digests over the ranges of signatures, each made once; they hold for every copy that only grows. */
export type RangeDigests = (bytes: PdfBytes, range: SignaturePlace['byteRange'], algorithm: string) => Buffer;

export function rangeDigests(): RangeDigests {
  const known = new Map<string, Buffer>();
  return (bytes, range, algorithm) => {
    const key = `${algorithm} ${range.join(' ')}`;
    const digest = known.get(key) ?? digestRanges(bytes, range, algorithm);
    known.set(key, digest);
    return digest;
  };
}

/** All signatures and document time-stamps of a file, in the order in which they stand. Refuses a file that hides some. */
export function factsOf(file: PdfFile, digests: RangeDigests): readonly SignatureFacts[] {
  const { signatures, unread } = read(signaturesOf(file));
  if (unread.length > 0) throw damaged(unread.map(({ fault }) => fault));
  return signatures.map((signature) => factsIn(file, signature, digests));
}

const detached: readonly string[] = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'];

function factsIn(file: PdfFile, signature: PdfSignature, digests: RangeDigests): SignatureFacts {
  const { subFilter, type, isInNewest } = signature;
  const { byteRange, contentsAt, contents = new Uint8Array(), revision, coversFile } = signatureCoverage(file, signature);
  const isTime = type === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161';
  const cms = readSignedData(contents);
  const none = { isSound: false, isBaseline: false, certificate: undefined, times: [] };
  const base = {
    kind: isTime ? 'time-stamp' : 'signature',
    isRead: isTime || detached.includes(subFilter),
    field: signature.fields[0] ?? '',
    revision,
    coversFile,
    place: byteRange && contentsAt && { contentsFrom: contentsAt.from, contentsTo: contentsAt.to, byteRange },
    contents,
    signed: cms.ok ? cms.value : undefined,
  } as const;
  // Ranges that are not in order say nothing about what was signed, and cannot be digested safely.
  if (revision === undefined || byteRange === undefined || !cms.ok || cms.value.after === 'junk' || !isInNewest) return { ...base, ...none };
  const covered: Covered = (algorithm) => digests(file.bytes, byteRange, algorithm);
  if (isTime) {
    const time = subFilter === 'ETSI.RFC3161' ? timeIn(contents.subarray(0, cms.value.length), covered) : undefined;
    return { ...base, ...none, isSound: time !== undefined, isBaseline: time !== undefined, certificate: time?.authority, times: time === undefined ? [] : [time] };
  }
  const check = checkSignedData(cms.value, covered);
  const holds = base.isRead && isSound(check) && !check.encapsulated;
  const times = holds ? timestampsOf(cms.value).flatMap((der) => timeIn(der, [cms.value.signer.signature]) ?? []) : [];
  return {
    ...base,
    isSound: holds,
    isBaseline: holds && check.bound === 'yes' && subFilter === 'ETSI.CAdES.detached',
    certificate: check.certificate,
    times: times.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** A time-stamp that is sound over what it is said to be about. */
export function timeIn(der: Uint8Array, covered: Covered): ProvenTime | undefined {
  const token = readTimestamp(der);
  if (!token.ok) return undefined;
  const { sound, check } = checkTimestamp(token.value, covered);
  return sound && check.certificate !== undefined ? { at: token.value.genTime, token: token.value, der, authority: check.certificate } : undefined;
}

/** By what a person knows whose certificate it is. */
export function nameOf({ subject, serial }: Certificate): string {
  return namePart(subject, 'CN') ?? serial;
}
