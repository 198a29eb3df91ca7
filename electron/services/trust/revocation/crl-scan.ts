import { createHash } from 'node:crypto';
import { Asn1Fault, type Asn1Reason, type Malformed } from '../asn1/fault.ts';
import { elementAt, fieldsOf, headerAt, inside, sameBytes, tags, context, wholeElement, type Element } from '../asn1/read.ts';
import { bitOctets, booleanOf, integerHex, namedBits, octetsOf, timeOf } from '../asn1/values.ts';
import { signatureAlgorithmOf, startSignatureCheck, type SignatureAlgorithm, type SignatureVerdict } from '../certificate/algorithms.ts';
import { eachExtension, pointUrls } from '../certificate/extensions.ts';
import { readName, type Name } from '../certificate/names.ts';
import { publicKeyOf, type Certificate } from '../certificate/read-certificate.ts';
import { eachRevoked, type RevokedSink } from './crl-entries.ts';

/** What a list says of itself (RFC 5280 §5.1, §5.2). */
export type CrlFacts = {
  readonly issuer: Name;
  readonly thisUpdate: Date;
  /** undefined: the issuer does not say when the next one comes, which RFC 5280 forbids and some still do */
  readonly nextUpdate: Date | undefined;
  /** hex; undefined when absent */
  readonly number: string | undefined;
  readonly authorityKeyId: string | undefined;
  readonly count: number;
  /** octets and SHA-256 of the whole list */
  readonly size: number;
  readonly sha256: string;
  /** whose certificates it speaks of (RFC 5280 §5.2.5) */
  readonly scope: 'all' | 'users' | 'authorities';
  /** addresses of the distribution point whose certificates alone it speaks of; undefined when it names none (RFC 5280 §5.2.5) */
  readonly points: readonly string[] | undefined;
  /** kind and digest of its signature, for the evidence */
  readonly signedWith: string;
};

/**
 * Why a list cannot be used. `signature`: not made by this issuer's key, or `unsupported`. `issuer`: another name.
 * `unsupported-form`: a delta list, an indirect one, one for some reasons only, or a critical extension that is not
 * understood; such a list must not be used to decide (RFC 5280 §5.2, §5.3).
 */
export type CrlFailure =
  | Malformed
  | { readonly code: 'crl-issuer'; readonly found: string }
  | { readonly code: 'crl-signature'; readonly verdict: Exclude<SignatureVerdict, 'good'> }
  | { readonly code: 'crl-issuer-usage' }
  | { readonly code: 'crl-unsupported-form'; readonly what: string };

type Head = Pick<CrlFacts, 'issuer' | 'thisUpdate' | 'nextUpdate'> & {
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly algorithm: Uint8Array;
  /** begin and end of tbsCertList, and of the entries of revokedCertificates, in octets of the whole list */
  readonly tbsFrom: number;
  readonly tbsTo: number;
  readonly entriesFrom: number;
  readonly entriesTo: number;
};

/** Everything before the entries; real ones take some 200 octets. */
const longestHead = 64 * 1024;
/** Everything behind them: extensions and signature. */
const longestTail = 256 * 1024;

/** A scan of a list whose bytes come one piece after the other. */
export type CrlScan = {
  /** Takes the next bytes; a failure ends the scan. The piece may be used again afterwards. */
  readonly take: (piece: Uint8Array) => CrlFailure | undefined;
  /** Call after the last piece: what the list says, its signature checked. */
  readonly end: () => { readonly ok: true; readonly value: CrlFacts } | { readonly ok: false; readonly failure: CrlFailure };
};

/**
 * Starts to scan a list of `issuer`. Nothing of it is kept but what is needed for the next piece: each entry goes to
 * `sink` as the place where it stands. What the sink was given counts only when `end` is good.
 */
export function startCrlScan(issuer: Certificate, sink: RevokedSink): CrlScan {
  const whole = createHash('sha256');
  let size = 0;
  let rest = Buffer.alloc(0);
  /** where `rest` begins in the list */
  let at = 0;
  let head: Head | undefined;
  let check: ReturnType<typeof startSignatureCheck>;
  let count = 0;
  let failure: CrlFailure | undefined;

  function signed(bytes: Uint8Array, from: number): void {
    if (head === undefined) return;
    const first = Math.max(head.tbsFrom - from, 0);
    const last = Math.min(head.tbsTo - from, bytes.length);
    if (first < last) check?.update(bytes.subarray(first, last));
  }

  function begin(): CrlFailure | undefined {
    const read = headOf(rest);
    if (read === undefined) {
      if (rest.length > longestHead) throw new Asn1Fault('too-large');
      return undefined;
    }
    if (read.issuer.key !== issuer.subject.key) return { code: 'crl-issuer', found: read.issuer.key };
    const usage = issuer.extensions.keyUsage;
    if (usage !== undefined && !usage.has('cRLSign')) return { code: 'crl-issuer-usage' };
    check = startSignatureCheck(read.signatureAlgorithm, publicKeyOf(issuer));
    if (check === undefined) return { code: 'crl-signature', verdict: 'unsupported' };
    head = read;
    signed(rest, 0);
    rest = rest.subarray(read.entriesFrom);
    at = read.entriesFrom;
    return undefined;
  }

  function advance(): CrlFailure | undefined {
    if (head === undefined) {
      const wrong = begin();
      if (wrong !== undefined) return wrong;
    }
    if (head === undefined) return undefined;
    if (at < head.entriesTo) {
      const step = eachRevoked(rest, at, head.entriesTo, sink);
      count += step.count;
      if (step.critical !== undefined) return { code: 'crl-unsupported-form', what: step.critical };
      rest = rest.subarray(step.used);
      at += step.used;
    }
    if (at >= head.entriesTo && rest.length > longestTail) throw new Asn1Fault('too-large');
    return undefined;
  }

  return {
    take(piece) {
      if (failure !== undefined) return failure;
      whole.update(piece);
      signed(piece, size);
      size += piece.length;
      rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
      failure = guarded(advance);
      return failure;
    },
    end() {
      if (failure !== undefined) return { ok: false, failure };
      let facts: CrlFacts | undefined;
      failure = guarded(() => {
        if (head === undefined || at < head.entriesTo) throw new Asn1Fault('truncated');
        const tail = tailOf(rest, at, head);
        if (tail.unsupported !== undefined) return { code: 'crl-unsupported-form', what: tail.unsupported };
        const verdict = check?.end(tail.signature) ?? 'unsupported';
        if (verdict !== 'good') return { code: 'crl-signature', verdict };
        const { issuer: name, thisUpdate, nextUpdate, signatureAlgorithm } = head;
        const { number, authorityKeyId, scope, points } = tail;
        const signedWith = 'digest' in signatureAlgorithm ? `${signatureAlgorithm.kind} ${signatureAlgorithm.digest}` : signatureAlgorithm.kind;
        facts = { issuer: name, thisUpdate, nextUpdate, number, authorityKeyId, scope, points, signedWith, count, size, sha256: whole.digest('hex') };
        return undefined;
      });
      if (failure !== undefined || facts === undefined) return { ok: false, failure: failure ?? fault('missing') };
      return { ok: true, value: facts };
    },
  };
}

function fault(reason: Asn1Reason): Malformed {
  return { code: 'malformed', reason, what: 'CertificateList' };
}

function guarded(step: () => CrlFailure | undefined): CrlFailure | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof Asn1Fault) return fault(error.reason);
    throw error;
  }
}

/** Reads up to the first entry; undefined when more bytes are needed. Throws `Asn1Fault`. */
function headOf(bytes: Uint8Array): Head | undefined {
  const outer = headerAt(bytes, 0);
  const tbs = outer === undefined ? undefined : headerAt(bytes, outer.from);
  if (outer === undefined || tbs === undefined) return undefined;
  if (outer.tag !== tags.sequence || tbs.tag !== tags.sequence) throw new Asn1Fault('tag');
  // A list of thousands in indefinite form has not been seen; where its parts end would only be known at its end.
  if (outer.length === undefined || tbs.length === undefined) throw new Asn1Fault('length');
  const tbsTo = tbs.from + tbs.length;
  let at = tbs.from;
  let header: ReturnType<typeof headerAt>;
  const next = (): Element | undefined => {
    header = at < tbsTo ? headerAt(bytes, at) : undefined;
    if (header?.length === undefined || header.from + header.length > bytes.length) return undefined;
    const element = elementAt(bytes, at);
    at += element.raw.length;
    return element;
  };
  const first = next();
  const algorithm = first?.tag === tags.integer ? next() : first;
  const issuer = next();
  const thisUpdate = next();
  if (algorithm === undefined || issuer === undefined || thisUpdate === undefined) return undefined;
  let nextUpdate: Element | undefined;
  if (at < tbsTo) {
    const found = headerAt(bytes, at);
    if (found === undefined) return undefined;
    if (found.tag === 0x17 || found.tag === 0x18) {
      nextUpdate = next();
      if (nextUpdate === undefined) return undefined;
    }
  }
  const list = at < tbsTo ? headerAt(bytes, at) : { tag: 0, from: at, length: 0 };
  if (list === undefined) return undefined;
  const hasEntries = list.tag === tags.sequence;
  if (hasEntries && (list.length === undefined || list.from + list.length > tbsTo)) throw new Asn1Fault('length');
  const entriesFrom = hasEntries ? list.from : at;
  return {
    issuer: readName(issuer),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: nextUpdate === undefined ? undefined : timeOf(nextUpdate),
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    algorithm: Buffer.from(algorithm.raw),
    tbsFrom: outer.from,
    tbsTo,
    entriesFrom,
    entriesTo: entriesFrom + (hasEntries ? (list.length ?? 0) : 0),
  };
}

type Tail = Pick<CrlFacts, 'number' | 'authorityKeyId' | 'scope' | 'points'> & { readonly signature: Uint8Array; readonly unsupported: string | undefined };

/** Extensions and signature. Throws `Asn1Fault`. */
function tailOf(rest: Uint8Array, at: number, head: Head): Tail {
  const tbsRest = head.tbsTo - at;
  if (rest.length < tbsRest) throw new Asn1Fault('truncated');
  const algorithm = elementAt(rest, tbsRest);
  if (!sameBytes(algorithm.raw, head.algorithm)) throw new Asn1Fault('value');
  const signature = wholeElement(rest.subarray(tbsRest + algorithm.raw.length), tags.bits);
  const extensions = tbsRest === 0 ? undefined : inside(wholeElement(rest.subarray(0, tbsRest), context(0)));
  let found: Omit<Tail, 'signature'> = { number: undefined, authorityKeyId: undefined, scope: 'all', points: undefined, unsupported: undefined };
  for (const { oid, critical, value } of eachExtension(extensions)) {
    if (oid === '2.5.29.20') found = { ...found, number: integerHex(wholeElement(value)) };
    else if (oid === '2.5.29.35') found = { ...found, authorityKeyId: keyIdOf(value) };
    else if (oid === '2.5.29.28') found = { ...found, ...issuingPoint(value) };
    else if (critical || oid === '2.5.29.27') found = { ...found, unsupported: oid };
  }
  return { ...found, signature: bitOctets(signature) };
}

function keyIdOf(value: Uint8Array): string | undefined {
  const id = fieldsOf(wholeElement(value)).optional(context(0, false));
  return id === undefined ? undefined : Buffer.from(octetsOf(id)).toString('hex');
}

/** IssuingDistributionPoint (RFC 5280 §5.2.5). */
function issuingPoint(value: Uint8Array): Pick<Tail, 'scope' | 'points' | 'unsupported'> {
  const fields = fieldsOf(wholeElement(value));
  // Which address it was fetched from does not matter: what it says of itself is signed.
  const point = fields.optional(context(0));
  const points = point === undefined ? undefined : pointUrls(point);
  const flag = (n: number): boolean => {
    const found = fields.optional(context(n, false));
    return found !== undefined && booleanOf(found);
  };
  const users = flag(1);
  const authorities = flag(2);
  const reasons = fields.optional(context(3, false));
  const indirect = flag(4);
  const attributes = flag(5);
  const some = reasons !== undefined && namedBits({ ...reasons, tag: tags.bits }).length > 0;
  const unsupported = indirect || attributes || some ? '2.5.29.28' : undefined;
  return { scope: users ? 'users' : authorities ? 'authorities' : 'all', points, unsupported };
}
