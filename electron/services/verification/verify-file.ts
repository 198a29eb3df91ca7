import type { SignatureVerdict, Verdict, VerificationReason } from '#contract';
import { auditDisguised, auditPdf, coveredDigests, eachCovered, openPdf, pagesOf, pdfFaults, permissionsOf, placeOfText, signaturesOf, viewOf, type PdfBytes, type PdfFault, type PdfFile, type SignatureList } from '../../foundation/pdf/index.ts';
import type { SignedBytes } from '../trust/index.ts';
import { judgeSignatures } from './judge-signatures.ts';
import type { Question, VerifyDeps } from './question.ts';
import { cryptographyOf, noDigest } from './signature/cryptography.ts';
import { digestsNeeded, readSignature, type ReadSignature } from './signature/read-signature.ts';
import { localTime } from './verdict/local-time.ts';
import { judgementOf, reason } from './verdict/reasons.ts';

/** Reading stops after this, whatever the file: longer than any real one takes, short enough for somebody to wait. */
const readingMs = 1500;
const msPerMegabyte = 10;
/** For paths and time-stamps of all signatures together; fifty honest ones take some 30 ms. */
const judgingMs = 1000;
/** Signatures of one file; letters have six, drafts of a law some thirty. */
const mostSignatures = 200;
/** How many times over a file may be digested for its signatures; appended ones cost their own part only. */
const mostPasses = 8;

/**
 * Judges the signatures of a PDF: the mathematics over the signed bytes, what they cover and what was changed afterwards,
 * and whose certificate it is, good at which time (signing.md §3, EN 319 102-1). Reads the file in bounded time and memory;
 * throws only what `bytes` throws. What could not be read or asked is never taken for good.
 */
export async function verifyFile(deps: VerifyDeps, bytes: PdfBytes, question: Question): Promise<Verdict> {
  const limits = { milliseconds: readingMs + (bytes.size / 2 ** 20) * msPerMegabyte };
  const opened = openPdf(bytes, { mayRepair: true, limits });
  if (!opened.ok) {
    const { whole } = coveredDigests(bytes, []);
    return verdictOf(deps, bytes, question, { whole, revisions: 0, found: [unopened(bytes, opened.failure)], signatures: [], isSure: false });
  }
  const file = opened.value;
  const listed = signaturesOf(file);
  const { signatures, unread }: SignatureList = listed.ok ? listed.value : { signatures: [], unread: [] };
  const reads = signatures.slice(0, mostSignatures).map((signature) => readSignature(file, signature));
  const { whole, bytesOf } = digested(bytes, reads);
  const cryptography = reads.map((read) => cryptographyOf(read, bytesOf(read), deps.certificates));
  const before = [...readingFindings(file, listed.ok ? unread.map(({ fault }) => fault) : [listed.failure], reads), ...tooMany(signatures.length)];
  const judged = await judgeSignatures({ ...deps, effort: { left: judgingMs } }, file, question, reads.map((read, index) => ({ read, cryptography: cryptography[index] ?? cryptographyOf(read, bytesOf(read), []) })));
  if (signatures.length > 0) pagesOf(viewOf(file));
  const found = unique([...before, ...fileFindings(file, signatures.length > 0)]);
  // Whatever is wrong with the file is wrong with what each of its signatures covers.
  const told = judged.map((one) => withFile(one, found));
  const left = signatures.length === 0 && before.length === 0 ? remainsIn(file) : undefined;
  if (left !== undefined) found.push(reason('signature-remains', { at: left }));
  return verdictOf(deps, bytes, question, { whole, revisions: file.revisions.length, found, signatures: told, isSure: found.length === 0 });
}

function unopened(bytes: PdfBytes, { code, at }: PdfFault): VerificationReason {
  const head = Buffer.from(bytes.read(0, Math.min(bytes.size, 1024)));
  return head.includes('%PDF-') ? reason('file-damaged', { fault: code, at }) : reason('not-a-pdf');
}

/** What only signatures and their fields have: one of them that nothing leads to was cut loose, or its name was spoilt. */
const remains = ['/ByteRange', '/Adobe.PPK', '/ETSI.CAdES', '/ETSI.RFC3161', '/adbe.pkcs7', '/adbe.x509'];

/** Where something says that there was a signature although no field leads to one: a certification that the catalog names, or what is left of one. */
function remainsIn(file: PdfFile): number | undefined {
  const named = permissionsOf(viewOf(file));
  if (!named.ok) return named.failure.at;
  return named.value.get('DocMDP')?.holder.from ?? placeOfText(file.bytes, remains);
}

function tooMany(count: number): VerificationReason[] {
  return count > mostSignatures ? [reason('check-stopped', { why: 'signatures' })] : [];
}

function readingFindings(file: PdfFile, unread: readonly PdfFault[], reads: readonly ReadSignature[]): VerificationReason[] {
  const signed = reads.flatMap(({ coverage: { revision } }) => revision ?? []);
  const whole = auditPdf(file);
  const audited = whole.ok && signed.length > 0 ? auditDisguised(file, Math.min(...signed)) : whole;
  const [first] = unread;
  return [
    ...(first === undefined ? [] : [reason('signatures-unread', { fault: first.code, at: first.at })]),
    ...(audited.ok ? [] : [reason('file-damaged', { fault: audited.failure.code, at: audited.failure.at })]),
    ...(file.isEncrypted ? [reason('file-encrypted')] : []),
  ];
}

/** After everything was asked, as each question may meet further faults. */
function fileFindings(file: PdfFile, isSigned: boolean): VerificationReason[] {
  if (file.isRepaired) return [reason('file-damaged', faultParams(file.faults[0]))];
  const pages = pagesOf(viewOf(file));
  const damage = pages.ok ? [] : [reason('file-damaged', faultParams(pages.failure))];
  const grave = file.faults.find((fault) => pdfFaults[fault.code][0] !== 'oddity' && (isSigned || !isIdleTail(file, fault)));
  return grave === undefined ? damage : [...damage, reason('file-distrusted', faultParams(grave))];
}

/** Longer than what gateways and scanners leave behind a file. */
const longestTail = 64 * 1024;

/**
 * Whether bytes behind the end are none that any reader could take for a part of a PDF. It matters for files without a
 * signature only, which are told as such; what a signature does not cover counts whatever it is.
 */
function isIdleTail({ bytes }: PdfFile, { code, at }: PdfFault): boolean {
  if (code !== 'bytes-after-end' || bytes.size - at > longestTail) return false;
  return !/obj|xref|trailer|stream|%%EOF|%PDF/.test(Buffer.from(bytes.read(at, bytes.size)).toString('latin1'));
}

function faultParams(fault: PdfFault | undefined): VerificationReason['params'] {
  return { fault: fault?.code ?? '', at: fault?.at ?? 0 };
}

function unique(found: readonly VerificationReason[]): VerificationReason[] {
  return [...new Map(found.map((one) => [one.code, one])).values()];
}

function withFile(signature: SignatureVerdict, found: readonly VerificationReason[]): SignatureVerdict {
  const reasons = [...signature.coverage.reasons, ...found];
  const coverage = { ...signature.coverage, ...judgementOf(reasons), reasons };
  return { ...signature, coverage, ...judgementOf([...signature.cryptography.reasons, ...reasons, ...signature.trust.reasons]) };
}

/** Digests of everything that is covered, computed together, and the bytes of each signature as far as they may be read. */
function digested(bytes: PdfBytes, reads: readonly ReadSignature[]): { readonly whole: string; readonly bytesOf: (read: ReadSignature) => SignedBytes } {
  let left = mostPasses * bytes.size + 16 * 2 ** 20;
  const affordable = reads.filter(({ range }) => {
    left -= range?.[3] ?? 0;
    return range !== undefined && left >= 0;
  });
  const wanted = affordable.flatMap((read) => digestsNeeded(read).map((algorithm) => ({ read, algorithm, byteRange: read.range ?? ([0, 0, 0, 0] as const) })));
  const { whole, digests } = coveredDigests(bytes, wanted);
  return {
    whole,
    bytesOf: (read) => ({
      digest: (algorithm) => digests[wanted.findIndex((one) => one.read === read && one.algorithm === algorithm)] ?? noDigest,
      each(use) {
        if (read.range !== undefined && affordable.includes(read)) eachCovered(bytes, read.range, use);
      },
    }),
  };
}

type Parts = {
  readonly whole: string;
  readonly revisions: number;
  readonly found: readonly VerificationReason[];
  readonly signatures: readonly SignatureVerdict[];
  /** nothing hinders saying that there are no other signatures */
  readonly isSure: boolean;
};

function verdictOf({ edition }: VerifyDeps, { size }: PdfBytes, { at }: Question, { whole, revisions, found, signatures, isSure }: Parts): Verdict {
  const isSigned = signatures.some(({ kind }) => kind === 'signature');
  // A time-stamp of the document is no signature; one that does not hold may be a signature that was spoilt.
  const isNone = isSure && signatures.every(({ cryptography, coverage }) => cryptography.indication === 'passed' && coverage.indication !== 'failed');
  const state = isSigned ? 'signed' : isNone ? 'none' : 'unknown';
  const all = [...found, ...signatures.flatMap(({ cryptography, coverage, trust }) => [...cryptography.reasons, ...coverage.reasons, ...trust.reasons])];
  // No signature is no proof of anything: such a file never passes.
  const unsigned = { indication: 'indeterminate', subIndication: 'SIGNED_DATA_NOT_FOUND' } as const;
  const judged = judgementOf(all);
  const judgement = state === 'signed' || (state === 'unknown' && judged.indication !== 'passed') ? judged : unsigned;
  return {
    version: 1,
    file: { size, sha256: whole, revisions },
    checkedAt: localTime(at),
    anchors: edition,
    state,
    ...judgement,
    reasons: [...found],
    signatures: [...signatures],
  };
}
