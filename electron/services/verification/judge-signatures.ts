import type { SignatureVerdict, VerdictEvidence, VerificationReason } from '#contract';
import type { PdfFile } from '../../foundation/pdf/index.ts';
import { algorithmFindings } from './certificate/algorithms.ts';
import { certificateState, type CertificateState } from './certificate/judge.ts';
import { clockSkewMs, isGrave, isNotKnownYet, isUnchecked, judgeStamp, judgeToken, toldStamp, type JudgedStamp } from './certificate/stamps.ts';
import { trustFindings } from './certificate/trust-findings.ts';
import { embeddedEvidence, type Embedded } from './evidence/embedded.ts';
import type { SignatureFacts } from './ports.ts';
import type { Question, VerifyDeps } from './question.ts';
import { changeFindings, dynamicFindings, rangeFindings } from './signature/coverage.ts';
import type { Cryptography } from './signature/cryptography.ts';
import { tokenOf, type ReadSignature } from './signature/read-signature.ts';
import { claimsOf, timeOf } from './signature/signing-time.ts';
import { localTime } from './verdict/local-time.ts';
import { judgementOf, partOf, reason } from './verdict/reasons.ts';
import { certificateFacts, signerOf } from './who/signer.ts';

export type Checked = { readonly read: ReadSignature; readonly cryptography: Cryptography };

/** Part (3) of one signature with what it was built on. */
type Trusted = {
  readonly found: readonly VerificationReason[];
  readonly stamps: readonly JudgedStamp[];
  /** the earliest time that is proven by a time-stamp of its own */
  readonly stamp: JudgedStamp | undefined;
  readonly state: CertificateState | undefined;
  readonly time: SignatureVerdict['time'];
  /** a later document time-stamp protects it */
  readonly isArchived: boolean;
};

/** Judges signatures whose mathematics was checked: times first, then certificates, then what later revisions did. */
export async function judgeSignatures(deps: VerifyDeps, file: PdfFile, question: Question, checked: readonly Checked[]): Promise<SignatureVerdict[]> {
  const embedded = embeddedEvidence(file, checked.flatMap(({ cryptography: { signed } }) => (signed === undefined ? [] : [signed])));
  const proofs = await documentProofs(deps, embedded, question, checked);
  const trusted = new Map<Checked, Trusted>();
  for (const one of checked.toSorted((a, b) => revisionOf(a) - revisionOf(b))) {
    trusted.set(one, await trustOf(deps, embedded, question, one, proofs, [...trusted]));
  }
  const facts = checked.map((one) => factsOf(file, one, trusted.get(one)));
  return checked.map((one, index) => {
    const own = trusted.get(one);
    const fact = facts[index];
    if (own === undefined || fact === undefined) throw new Error('a signature that nobody judged');
    return told(deps, file, question, one, own, fact, facts);
  });
}

/** Those whose range ends with no revision come last: nothing is proven by them and nothing of them by others. */
function revisionOf({ read }: Checked): number {
  return read.coverage.revision ?? Infinity;
}

type Proof = { readonly checked: Checked; readonly stamp: JudgedStamp };

/**
 * Document time-stamps, newest first: each proves that everything it covers existed by then, older time-stamps among it,
 * whose authorities may have run out since (EN 319 142-1 §6.3, level LTA).
 */
async function documentProofs(deps: VerifyDeps, embedded: Embedded, question: Question, checked: readonly Checked[]): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const one of checked.toSorted((a, b) => revisionOf(b) - revisionOf(a))) {
    const token = tokenOf(one.read.token);
    if (token === undefined) continue;
    const { found, certificate } = one.cryptography;
    const time = { existedAt: existedAt(question, one, proofs), notBefore: undefined, now: question.at };
    const broken = one.read.coverage.revision === undefined ? [reason('timestamp-other-data')] : [];
    const stamp = await judgeStamp(deps, embedded, { kind: 'document', token, authority: certificate }, time, [...found.filter(isGrave), ...broken]);
    proofs.push({ checked: one, stamp });
  }
  return proofs;
}

/** The earliest time at which the bytes of a signature are proven to have existed by something outside of it. */
function existedAt({ at, arrivedAt }: Question, one: Checked, proofs: readonly Proof[]): Date {
  const later = proofs.filter(({ checked, stamp }) => stamp.isValid && revisionOf(checked) > revisionOf(one) && checked !== one);
  const times = [at, ...(arrivedAt === undefined ? [] : [arrivedAt]), ...later.map(({ stamp }) => stamp.genTime)];
  return new Date(Math.min(...times.map(Number)));
}

async function trustOf(deps: VerifyDeps, embedded: Embedded, question: Question, one: Checked, proofs: readonly Proof[], earlier: readonly (readonly [Checked, Trusted])[]): Promise<Trusted> {
  const { read, cryptography } = one;
  const claims = claimsOf(read.signature.stated, cryptography.signed?.signer.signed?.signingTime);
  const outside = existedAt(question, one, proofs);
  const covered = earlier.filter(([other]) => revisionOf(other) < revisionOf(one)).flatMap(([, { stamp }]) => (stamp === undefined ? [] : [stamp.genTime.getTime()]));
  const notBefore = covered.length === 0 ? undefined : new Date(Math.max(...covered));
  const isArchived = proofs.some(({ checked, stamp }) => stamp.isValid && revisionOf(checked) > revisionOf(one));
  if (read.form === 'timestamp') return documentTrust(question, one, proofs.find(({ checked }) => checked === one)?.stamp, notBefore, isArchived);
  const found: VerificationReason[] = [];
  const stamps: JudgedStamp[] = [];
  for (const token of read.tokens) {
    const value = cryptography.signed?.signer.signature ?? new Uint8Array();
    const judged = await judgeToken(deps, embedded, token, value, { existedAt: outside, notBefore, now: question.at });
    found.push(...judged.found);
    if (judged.stamp !== undefined) stamps.push(judged.stamp);
  }
  if (read.duplicates > 0) found.push(reason('timestamp-duplicate', { count: read.duplicates }));
  const stamp = stamps.filter(({ isValid }) => isValid).toSorted((a, b) => a.genTime.getTime() - b.genTime.getTime())[0];
  const proven = stamp !== undefined && stamp.genTime < outside ? stamp.genTime : outside;
  const time = {
    existedAt: proven,
    isProven: stamp !== undefined || isArchived || question.arrivedAt !== undefined,
    notBefore,
    claimedAt: claims.earliest,
    now: question.at,
  };
  const when = timeOf(claims, stamp ?? stamps.find(isUnchecked), question.arrivedAt);
  const { certificate, signed } = cryptography;
  const more = { stamps, stamp, time: when.time, isArchived };
  if (certificate === undefined || signed === undefined) return { ...more, found: [...found, ...when.found], state: undefined };
  const state = await certificateState(deps, embedded, { certificate, at: proven, purpose: 'signing' });
  const { algorithm, digest } = signed.signer;
  // The old form binds the document by SHA-1, whatever the CMS digests.
  const digests = read.form === 'sha1' ? [digest, 'sha1' as const] : [digest];
  const own = [...trustFindings(state, certificate, time), ...algorithmFindings(algorithm, digests, certificate, proven, question.at)];
  return { ...more, found: [...own, ...found, ...when.found], state };
}

/** Part (3) of a time-stamp of the document, which was judged before; here also beside what it covers. */
function documentTrust({ arrivedAt }: Question, { read, cryptography }: Checked, stamp: JudgedStamp | undefined, notBefore: Date | undefined, isArchived: boolean): Trusted {
  const shown = stamp !== undefined && (stamp.isValid || isUnchecked(stamp)) ? stamp : undefined;
  const { time } = timeOf(claimsOf(read.signature.stated, undefined), shown, arrivedAt);
  if (stamp === undefined) return { found: [], stamps: [], stamp: undefined, state: undefined, time, isArchived };
  const isTooOld = notBefore !== undefined && stamp.genTime.getTime() + clockSkewMs < notBefore.getTime();
  const order = isTooOld ? [reason('timestamp-order', { at: localTime(stamp.genTime) })] : [];
  // What its mathematics showed stands in the first part already.
  const own = stamp.found.filter(({ code }) => !cryptography.found.some((before) => before.code === code));
  return { found: [...own, ...order], stamps: [stamp], stamp: stamp.isValid ? stamp : undefined, state: undefined, time, isArchived };
}

function factsOf(file: PdfFile, { read, cryptography }: Checked, trusted: Trusted | undefined): SignatureFacts {
  const { signature, coverage, form } = read;
  const signer = cryptography.certificate === undefined ? undefined : signerOf(cryptography.certificate, undefined);
  const grave = trusted?.found.filter(isGrave);
  const isSound = cryptography.certificate !== undefined && ![...cryptography.found, ...rangeFindings(file, read)].some(isGrave);
  const { references, lock } = signature;
  const given = <T>(all: readonly (T | undefined)[]): T[] => all.filter((one) => one !== undefined);
  return {
    fields: signature.fields,
    dictionary: signature.dictionary.holder.number,
    revision: coverage.revision ?? null,
    kind: form === 'timestamp' ? 'document-timestamp' : 'signature',
    isCertification: signature.isCertification,
    isSound,
    passes: isSound && grave?.length === 0,
    isUndecided: isSound && grave !== undefined && grave.length > 0 && grave.every(isNotKnownYet),
    levels: given([...references.map(({ level }) => level), lock?.level]),
    locks: given([...references.map(({ rule }) => rule), lock]),
    certificate: cryptography.certificate?.sha256 ?? '',
    organization: signer?.organization ?? '',
    budgetCode: signer?.budgetCode ?? '',
    taxCode: signer?.taxCode ?? '',
  };
}

function told(deps: VerifyDeps, file: PdfFile, question: Question, { read, cryptography }: Checked, trusted: Trusted, fact: SignatureFacts, facts: readonly SignatureFacts[]): SignatureVerdict {
  const { signature, coverage: covered, form } = read;
  const { found: changed, changes } = changeFindings(file, deps.differences, read, fact, facts);
  const parts = { cryptography: partOf(cryptography.found), coverage: partOf([...rangeFindings(file, read), ...changed, ...dynamicFindings(file)]), trust: partOf(trusted.found) };
  const { certificate } = cryptography;
  const { state, stamps } = trusted;
  const ownChain = state !== undefined && state.path.state !== 'incomplete' ? state.path.path : [];
  const chain = form === 'timestamp' ? (stamps[0]?.chain ?? []) : ownChain;
  return {
    ...judgementOf([...parts.cryptography.reasons, ...parts.coverage.reasons, ...parts.trust.reasons]),
    field: fact.fields[0] ?? '',
    kind: fact.kind,
    subFilter: signature.subFilter,
    isCertification: signature.isCertification,
    level: form === 'cades' ? levelOf(trusted) : null,
    ...parts,
    revision: covered.revision ?? null,
    coversFile: covered.coversFile,
    byteRange: covered.byteRange === undefined ? null : [...covered.byteRange],
    changes: [...changes],
    algorithm: cryptography.algorithm,
    ...valueOf(cryptography),
    signer: certificate === undefined ? null : signerOf(certificate, question.expected),
    time: trusted.time,
    timestamps: stamps.map(toldStamp),
    chain: chain.map(certificateFacts),
    evidence: evidenceOf(trusted),
    stated: { ...signature.stated },
  };
}

/** RSA-4096 has 512 octets, SLH-DSA at most 49 856: what is longer is nobody's signature. */
const longestValue = 64 * 1024;

function valueOf({ signed }: Cryptography): Pick<SignatureVerdict, 'value'> {
  const value = signed?.signer.signature;
  return value === undefined || value.length > longestValue ? {} : { value: Buffer.from(value).toString('base64') };
}

/** What the file itself proves, by the levels of EN 319 142-1 §6. */
function levelOf({ stamp, state, isArchived }: Trusted): SignatureVerdict['level'] {
  if (stamp === undefined) return 'B';
  if (state?.fromFile !== true || !stamp.fromFile) return 'T';
  return isArchived ? 'LTA' : 'LT';
}

function evidenceOf({ state, stamps }: Trusted): VerdictEvidence[] {
  const all = [...(state?.used ?? []), ...stamps.flatMap(({ used }) => used)];
  return [...new Map(all.map((one) => [`${one.sha256} ${one.about}`, one])).values()];
}
