import { anyExtendedKeyUsage, anyPolicy, ocspSigning, timeStamping } from '../certificate/extensions.ts';
import { isSelfIssued, isSignedBy, type Certificate } from '../certificate/read-certificate.ts';
import { isForTimestamps } from '../cms/timestamp.ts';
import { namesAllowed } from './name-constraints.ts';

/** What the first certificate of a path is used for. */
export type Purpose = 'signing' | 'time-stamping' | 'ocsp';

/**
 * What speaks against a path; `at` counts from the end entity, 0.
 * - `signature`: not signed by the next one; `unsupported-signature`: by an algorithm that is not known here
 * - `name`: its issuer is not the next one's subject
 * - `not-yet-valid`, `expired`: at the time in question
 * - `not-authority`, `path-length`, `authority-usage`: the next one may not issue it
 * - `key-usage`, `extended-key-usage`: not for this purpose
 * - `name-constraint`, `unsupported-constraint`, `policy`, `unknown-critical`
 */
export type PathProblemCode =
  | 'signature'
  | 'unsupported-signature'
  | 'name'
  | 'not-yet-valid'
  | 'expired'
  | 'not-authority'
  | 'path-length'
  | 'authority-usage'
  | 'key-usage'
  | 'extended-key-usage'
  | 'name-constraint'
  | 'unsupported-constraint'
  | 'policy'
  | 'unknown-critical';
export type PathProblem = { readonly code: PathProblemCode; readonly at: number };

/** What a reader may want to warn of without refusing; the law on algorithms is judged by the verifier, not here. */
export type PathRemark = { readonly code: 'sha1-signature' | 'short-key'; readonly at: number };

export type PathQuestion = {
  /** end entity first, anchor last */
  readonly path: readonly Certificate[];
  readonly at: Date;
  readonly purpose: Purpose;
  /** the path must be valid for one of these policies; default: for any or none (RFC 5280 §6.1.1 (c)) */
  readonly policies?: readonly string[];
};

export type PathVerdict = { readonly problems: readonly PathProblem[]; readonly remarks: readonly PathRemark[] };

/**
 * Validates a path whose last certificate is trusted (RFC 5280 §6.1). The anchor's own validity is looked at too, as
 * OpenSSL does, because our roots have ends. Policy mappings are not processed: a certificate that makes them critical
 * is refused as `unknown-critical`.
 */
export function validatePath({ path, at, purpose, policies }: PathQuestion): PathVerdict {
  const problems: PathProblem[] = [];
  for (const [index, certificate] of path.entries()) {
    const found = index === 0 ? usageProblems(certificate, purpose) : authorityProblems(path, index, purpose);
    const own = [...signatureProblems(certificate, path[index + 1]), ...validityProblems(certificate, at), ...found];
    problems.push(...own.map((code) => ({ code, at: index })));
  }
  problems.push(...constraintProblems(path));
  if (!policiesHold(path, policies)) problems.push({ code: 'policy', at: 0 });
  return { problems, remarks: remarksOf(path) };
}

function signatureProblems(certificate: Certificate, issuer: Certificate | undefined): PathProblemCode[] {
  if (issuer === undefined) return [];
  if (certificate.issuer.key !== issuer.subject.key) return ['name'];
  const verdict = isSignedBy(certificate, issuer);
  return verdict === 'good' ? [] : [verdict === 'bad' ? 'signature' : 'unsupported-signature'];
}

function validityProblems({ notBefore, notAfter, extensions }: Certificate, at: Date): PathProblemCode[] {
  const time: PathProblemCode[] = at < notBefore ? ['not-yet-valid'] : at > notAfter ? ['expired'] : [];
  return extensions.unknownCritical.length > 0 ? [...time, 'unknown-critical'] : time;
}

/** What an end entity may be used for (RFC 5280 §4.2.1.3, §4.2.1.12; RFC 3161 §2.3; RFC 6960 §4.2.2.2). */
function usageProblems(certificate: Certificate, purpose: Purpose): PathProblemCode[] {
  const { keyUsage, extendedKeyUsage } = certificate.extensions;
  const problems: PathProblemCode[] = [];
  // Old certificates of the government are for nonRepudiation only, new ones for both (samples).
  if (keyUsage !== undefined && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation')) problems.push('key-usage');
  if (purpose === 'time-stamping' && !isForTimestamps(certificate)) problems.push('extended-key-usage');
  if (purpose === 'ocsp' && extendedKeyUsage?.includes(ocspSigning) !== true) problems.push('extended-key-usage');
  if (purpose === 'signing' && extendedKeyUsage !== undefined && isOfMachine(extendedKeyUsage)) problems.push('extended-key-usage');
  return problems;
}

/** serverAuth, the three of IPsec, time-stamps, OCSP (RFC 5280 §4.2.1.12). */
const machines: readonly string[] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.5', '1.3.6.1.5.5.7.3.6', '1.3.6.1.5.5.7.3.7', timeStamping, ocspSigning];
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Nothing says which extended usage signs documents; what is for machines alone does not. Servers are often certified as clients
 * besides; those of persons (clientAuth, emailProtection, smart card logon) may be for servers too.
 */
function isOfMachine(usages: readonly string[]): boolean {
  return usages.every((usage) => machines.includes(usage) || usage === clientAuth) && usages.some((usage) => machines.includes(usage));
}

function authorityProblems(path: readonly Certificate[], index: number, purpose: Purpose): PathProblemCode[] {
  const certificate = path[index];
  if (certificate === undefined) return [];
  const { authority, pathLength, keyUsage, extendedKeyUsage } = certificate.extensions;
  const problems: PathProblemCode[] = [];
  if (!authority) problems.push('not-authority');
  if (keyUsage !== undefined && !keyUsage.has('keyCertSign')) problems.push('authority-usage');
  const below = path.slice(1, index).filter((one) => !isSelfIssued(one)).length;
  if (pathLength !== undefined && below > pathLength) problems.push('path-length');
  const needed = purpose === 'signing' ? undefined : purpose === 'ocsp' ? ocspSigning : timeStamping;
  const isAnchor = index === path.length - 1;
  if (!isAnchor && needed !== undefined && extendedKeyUsage !== undefined && !extendedKeyUsage.some((usage) => usage === needed || usage === anyExtendedKeyUsage)) {
    problems.push('extended-key-usage');
  }
  return problems;
}

function constraintProblems(path: readonly Certificate[]): PathProblem[] {
  const problems: PathProblem[] = [];
  for (const [index, above] of path.entries()) {
    const { nameConstraints } = above.extensions;
    if (nameConstraints === undefined) continue;
    for (const [below, certificate] of path.slice(0, index).entries()) {
      // RFC 5280 §6.1.3 (b): a self-issued one in the middle is exempt.
      if (below > 0 && isSelfIssued(certificate)) continue;
      const allowed = namesAllowed(certificate, nameConstraints);
      if (allowed !== 'yes') problems.push({ code: allowed === 'no' ? 'name-constraint' : 'unsupported-constraint', at: below });
    }
  }
  return problems;
}

/**
 * RFC 5280 §6.1.3 (d)–(f) without mappings: which policies all certificates below the anchor agree on, whether one was
 * demanded by a certificate or by the caller. `inhibitAnyPolicy` takes the wildcard's meaning away further down.
 */
function policiesHold(path: readonly Certificate[], wanted: readonly string[] | undefined): boolean {
  let common: ReadonlySet<string> | 'any' = 'any';
  let explicit = wanted === undefined ? Infinity : 0;
  let wildcard = Infinity;
  const below = path.slice(0, -1).toReversed();
  for (const [index, certificate] of below.entries()) {
    const { policies = [], requireExplicitPolicy, inhibitAnyPolicy } = certificate.extensions;
    const isLast = index === below.length - 1;
    const own = policies.filter((policy) => policy !== anyPolicy);
    const hasAny: boolean = policies.includes(anyPolicy) && (wildcard > 0 || (!isLast && isSelfIssued(certificate)));
    if (!hasAny) common = intersect(common, own);
    if (explicit <= 0 && common !== 'any' && common.size === 0) return false;
    if (!isSelfIssued(certificate)) {
      explicit -= 1;
      wildcard -= 1;
    }
    if (requireExplicitPolicy !== undefined) explicit = Math.min(explicit, isLast && requireExplicitPolicy > 0 ? explicit : requireExplicitPolicy);
    if (inhibitAnyPolicy !== undefined) wildcard = Math.min(wildcard, inhibitAnyPolicy);
  }
  if (explicit > 0 || common === 'any') return true;
  const [...agreed] = common;
  return wanted === undefined ? agreed.length > 0 : agreed.some((policy) => wanted.includes(policy));
}

function intersect(common: ReadonlySet<string> | 'any', own: readonly string[]): ReadonlySet<string> {
  return new Set(common === 'any' ? own : own.filter((policy) => common.has(policy)));
}

/** TT 15/2025/TT-BKHCN Phụ lục I: no SHA-1, RSA from 2048 bits, ECDSA from 256. The anchor's own signature proves nothing. */
function remarksOf(path: readonly Certificate[]): PathRemark[] {
  return path.flatMap(({ signatureAlgorithm, key }, at): PathRemark[] => {
    const old = 'digest' in signatureAlgorithm && signatureAlgorithm.digest === 'sha1' && at < path.length - 1;
    const short = key.bits > 0 && key.bits < (key.kind === 'ec' ? 256 : 2048);
    return [...(old ? [{ code: 'sha1-signature' as const, at }] : []), ...(short ? [{ code: 'short-key' as const, at }] : [])];
  });
}
