import type { Result } from '../../../foundation/outcome.ts';
import type { Malformed } from '../asn1/fault.ts';
import { isSignedBy, readCertificate, unarmoured, type Certificate } from '../certificate/read-certificate.ts';
import { readCertificateBag } from '../cms/read-signed-data.ts';
import { findPath, type FindPath, type PathResult } from '../path/find-path.ts';
import { fetchWhole, type CallFailure, type ClientDeps, type Limits } from './call.ts';

const limits: Limits = { timeoutMs: 20_000, idleMs: 15_000, maxBytes: 1024 * 1024 };
/** Issuers' certificates do not change; they are asked for again so that a renewed one is found. */
const keptDays = 30;
/** Paths of the government have two steps above the person. */
const mostSteps = 4;
const mostAddresses = 4;

/** `not-issuer`: what lies at the address did not sign the certificate. */
export type IssuerFailure = CallFailure | Malformed | { readonly code: 'no-address' } | { readonly code: 'not-issuer' };

/**
 * Fetches the certificate of an issuer from the addresses in `certificate` (RFC 5280 §4.2.2.1: DER or `.p7c`; PEM is
 * seen too). Only one whose key made the signature is handed on.
 */
export async function fetchIssuer(deps: ClientDeps, certificate: Certificate): Promise<Result<Certificate, IssuerFailure>> {
  let failure: IssuerFailure = { code: 'no-address' };
  for (const url of certificate.extensions.issuerUrls.slice(0, mostAddresses)) {
    const key = `issuer:${url}`;
    const now = deps.clock.now();
    const kept = deps.cache.get(key, now);
    const known = kept === undefined ? undefined : issuerIn(kept, certificate);
    if (known?.ok === true) return known;
    const fetched = await fetchWhole(deps, { url, ...limits });
    const found = fetched.ok ? issuerIn(fetched.value, certificate) : fetched;
    if (fetched.ok && found.ok) {
      deps.cache.put(key, fetched.value, new Date(now.getTime() + keptDays * 86_400_000));
      return found;
    }
    if (!found.ok) failure = found.failure;
  }
  return { ok: false, failure };
}

function issuerIn(bytes: Uint8Array, certificate: Certificate): Result<Certificate, IssuerFailure> {
  const one = readCertificate(unarmoured(bytes) ?? bytes);
  const bag = one.ok ? undefined : readCertificateBag(bytes);
  if (!one.ok && bag?.ok !== true) return one;
  const all = one.ok ? [one.value] : bag?.ok === true ? bag.value : [];
  const issuer = all.find((found) => found.subject.key === certificate.issuer.key && isSignedBy(certificate, found) === 'good');
  return issuer === undefined ? { ok: false, failure: { code: 'not-issuer' } } : { ok: true, value: issuer };
}

/** What completing a path brought; `fetched` is for keeping with the evidence. */
export type CompletedPath = {
  readonly result: PathResult;
  readonly fetched: readonly Certificate[];
  /** why the next issuer is not there, when the path stayed incomplete for that reason */
  readonly failure: IssuerFailure | undefined;
};

/** `findPath`, and where an issuer is missing it is fetched, a few times at most. */
export async function completePath(deps: ClientDeps, question: FindPath): Promise<CompletedPath> {
  const fetched: Certificate[] = [];
  for (let step = 0; ; step += 1) {
    const result = findPath({ ...question, candidates: [...question.candidates, ...fetched] });
    if (result.state !== 'incomplete' || result.untrusted || result.gaveUp || step === mostSteps) return { result, fetched, failure: undefined };
    const issuer = await fetchIssuer(deps, result.last);
    if (!issuer.ok) return { result, fetched, failure: issuer.failure };
    if (fetched.some(({ sha256 }) => sha256 === issuer.value.sha256)) return { result, fetched, failure: undefined };
    fetched.push(issuer.value);
  }
}
