import { createHash } from 'node:crypto';
import { entropy } from '../../../foundation/entropy.ts';
import type { Result } from '../../../foundation/outcome.ts';
import type { Certificate } from '../certificate/read-certificate.ts';
import { ocspRequest, readOcspAnswer, type CertIdDigest, type OcspAnswer, type OcspFailure } from '../revocation/ocsp.ts';
import { fetchWhole, type CallFailure, type ClientDeps, type Limits } from './call.ts';

const limits: Limits = { timeoutMs: 20_000, idleMs: 15_000, maxBytes: 256 * 1024 };
const nonceOctets = 16;
/** How far the clocks of responder and station may differ. The stations of two published documents were 4 and 13 minutes off. */
const skewMs = 15 * 60_000;
/** How long an answer without nextUpdate counts: it says that newer ones are always at hand (RFC 6960 §4.2.2.1). */
const withoutNextMs = 3_600_000;

/**
 * `ocsp-nonce`: an answer to somebody else's question. `ocsp-not-fresh`: of another time than the station's clock, in
 * the past or in the future; an old answer may have been kept by somebody. `no-address`: the certificate names no responder.
 */
export type OcspClientFailure =
  | CallFailure
  | OcspFailure
  | { readonly code: 'no-address' }
  | { readonly code: 'ocsp-nonce' }
  | { readonly code: 'ocsp-not-fresh'; readonly thisUpdate: Date; readonly nextUpdate: Date | undefined };

export type OcspQuestion = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** default: those in the certificate */
  readonly urls?: readonly string[];
  readonly digest?: CertIdDigest;
  /** asks even when an answer is kept that still counts */
  readonly renew?: boolean;
};

/** `der`: the answer as it came, for the evidence and for a DSS dictionary. */
export type OcspOutcome = { readonly der: Uint8Array; readonly answer: OcspAnswer; readonly kept: boolean };

/**
 * Asks for the status of a certificate now (RFC 6960, over HTTP appendix A). An answer is handed on when it is
 * authorised, about this certificate and fresh by the station's clock; it is kept until its nextUpdate. Responders that
 * leave the nonce out are tolerated, as most prepare their answers.
 */
export async function askOcsp(deps: ClientDeps, question: OcspQuestion): Promise<Result<OcspOutcome, OcspClientFailure>> {
  const { certificate, issuer, urls = certificate.extensions.ocspUrls } = question;
  const key = `ocsp:${createHash('sha256').update(issuer.spki).update(certificate.der).digest('hex')}`;
  const now = deps.clock.now();
  const kept = keptAnswer(deps, key, question, now);
  if (kept !== undefined && question.renew !== true) return { ok: true, value: kept };
  let failure: OcspClientFailure = { code: 'no-address' };
  for (const url of urls) {
    const asked = await ask(deps, url, question);
    if (asked.ok) {
      const { nextUpdate, thisUpdate } = asked.value.answer;
      // An answer without a nonce may be an old one: it never hides what a newer one said.
      if (kept !== undefined && thisUpdate < kept.answer.thisUpdate) return { ok: true, value: kept };
      if (nextUpdate !== undefined) deps.cache.put(key, asked.value.der, nextUpdate);
      return asked;
    }
    failure = asked.failure;
  }
  return { ok: false, failure };
}

/** What was answered before and still counts. */
function keptAnswer({ cache }: ClientDeps, key: string, { certificate, issuer }: OcspQuestion, now: Date): OcspOutcome | undefined {
  const der = cache.get(key, now);
  const answer = der === undefined ? undefined : readOcspAnswer(der, certificate, issuer);
  return der !== undefined && answer?.ok === true && isFresh(answer.value, now) ? { der, answer: answer.value, kept: true } : undefined;
}

async function ask(deps: ClientDeps, url: string, { certificate, issuer, digest }: OcspQuestion): Promise<Result<OcspOutcome, OcspClientFailure>> {
  const nonce = entropy(nonceOctets);
  const answer = await fetchWhole(deps, {
    url,
    headers: [['Content-Type', 'application/ocsp-request'], ['Accept', 'application/ocsp-response']],
    body: ocspRequest(certificate, issuer, nonce, digest),
    ...limits,
  });
  if (!answer.ok) return answer;
  const read = readOcspAnswer(answer.value, certificate, issuer);
  if (!read.ok) return read;
  const { thisUpdate, nextUpdate } = read.value;
  if (read.value.nonce !== undefined && read.value.nonce !== nonce.toString('hex')) return { ok: false, failure: { code: 'ocsp-nonce' } };
  if (!isFresh(read.value, deps.clock.now())) return { ok: false, failure: { code: 'ocsp-not-fresh', thisUpdate, nextUpdate } };
  return { ok: true, value: { der: answer.value, answer: read.value, kept: false } };
}

function isFresh({ thisUpdate, nextUpdate }: OcspAnswer, now: Date): boolean {
  const until = nextUpdate?.getTime() ?? thisUpdate.getTime() + withoutNextMs;
  return thisUpdate.getTime() - skewMs <= now.getTime() && now.getTime() <= until + skewMs;
}
