import { createHash } from 'node:crypto';
import { fail, type OnlineState } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import { storeFaultOf } from '../../../store/index.ts';
import { askOcsp, completePath, crlInMemory, statusAt, type Anchors, type Certificate, type CrlClient, type DiskCache, type Evidence, type HostTable, type OcspOutcome, type PathResult, type TrustHttp } from '../../trust/index.ts';

/** An answer or list that a status rests on, for keeping. */
export type EvidencePiece = {
  readonly kind: 'certificate' | 'ocsp' | 'crl';
  /** SHA-256 of the certificate that it is about */
  readonly about: string;
  readonly sha256: string;
  readonly size: number;
  /** lists lie on the disk */
  readonly content: Uint8Array | { readonly path: string };
};

/** What is known of one certificate of a path. */
export type CertificateStatus = {
  readonly certificate: Certificate;
  readonly status: ReturnType<typeof statusAt>;
  /** `now`: its authority answered a moment ago, whatever it said */
  readonly online: OnlineState;
  readonly pieces: readonly EvidencePiece[];
  /** seconds by which our clock is behind the time that the evidence speaks of; 0 when it is not */
  readonly behindSeconds: number;
};

export type Gathered = { readonly path: PathResult; readonly statuses: readonly CertificateStatus[] };

export type GatherDeps = {
  readonly http: TrustHttp;
  readonly clock: Clock;
  readonly cache: DiskCache;
  readonly crls: CrlClient;
  readonly hosts: HostTable;
  readonly anchors: Anchors;
  /** for all that is asked; what has not come by then goes on in the background, and is there the next time */
  readonly limitMs: number;
  readonly failed: (error: unknown) => void;
};

/** Clocks of authorities differ by some minutes (published documents). */
const skewMs = 15 * 60_000;

const noNetwork: TrustHttp = () => Promise.resolve(fail('unreachable'));

/**
 * Looks for the path of a certificate and for the status of every certificate of it below the anchor: over the network,
 * and where that does not answer in time, in what is kept. `others`: what the token has beside it. `renew` asks although
 * something kept still counts.
 */
export async function gather(deps: GatherDeps, certificate: Certificate, others: readonly Certificate[], renew: boolean): Promise<Gathered> {
  const ends = performance.now() + deps.limitMs;
  // No single service may take all the time: the list is for when the responder is silent.
  const capped: TrustHttp = (request) => deps.http({ ...request, timeoutMs: Math.min(request.timeoutMs, deps.limitMs * 0.6) });
  const at = deps.clock.now();
  const question = { certificate, candidates: [...others, ...deps.cache.issuers()], anchors: deps.anchors, at, purpose: 'signing' } as const;
  const pathBy = async (http: TrustHttp): Promise<PathResult> => (await completePath({ ...deps, http }, question)).result;
  const path = await within(deps, ends, pathBy(capped), () => pathBy(noNetwork));
  if (path.state === 'incomplete' || path.verdict.problems.some(({ at: place }) => place > 0)) return { path, statuses: [] };
  deps.cache.keepIssuers(path.path, at);
  const statuses = await Promise.all(
    path.path.slice(0, -1).map((one, index) => {
      const issuer = path.path[index + 1];
      if (issuer === undefined) throw new Error('a path without an end');
      const ask = (http: TrustHttp | undefined): Promise<CertificateStatus> => statusBy({ ...deps, http: http ?? noNetwork }, one, issuer, http === undefined ? 'kept' : renew ? 'renew' : 'usual');
      return within(deps, ends, ask(capped), () => ask(undefined));
    }),
  );
  return { path, statuses };
}

/** The result of `work`, or when the time is over that of `late`. */
async function within<T>(deps: Pick<GatherDeps, 'failed'>, ends: number, work: Promise<T>, late: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ends - performance.now()), 'over');
  });
  work.catch(() => undefined);
  const first = await Promise.race([work, over]);
  clearTimeout(timer);
  if (first !== 'over') return first;
  work.catch(deps.failed);
  return late();
}

type Way = 'renew' | 'usual' | 'kept';

async function statusBy(deps: GatherDeps, certificate: Certificate, issuer: Certificate, way: Way): Promise<CertificateStatus> {
  const at = deps.clock.now();
  const evidence: Evidence[] = [];
  const pieces: EvidencePiece[] = [];
  let online = 'none' as OnlineState;
  let behindMs = 0;
  const speaksOf = (time: Date): void => {
    behindMs = Math.max(behindMs, time.getTime() - at.getTime());
  };
  const about = certificate.sha256;

  const takeAnswer = ({ der, answer, kept }: OcspOutcome): void => {
    online = kept ? 'kept' : 'now';
    evidence.push({ kind: 'ocsp', answer });
    pieces.push({ kind: 'ocsp', about, ...hashed(der), content: der });
    speaksOf(answer.thisUpdate);
  };
  if (certificate.extensions.ocspUrls.length > 0) {
    const answered = await askOcsp(deps, { certificate, issuer, renew: way === 'renew' });
    if (answered.ok) takeAnswer(answered.value);
    else {
      if (answered.failure.code === 'ocsp-not-fresh') speaksOf(answered.failure.thisUpdate);
      const kept = await askOcsp({ ...deps, http: noNetwork }, { certificate, issuer });
      if (kept.ok) takeAnswer(kept.value);
    }
  }
  let status = statusAt({ certificate, at, evidence });
  for (const url of certificate.extensions.crlUrls) {
    // A list of today says more than an answer of before.
    if (status.status !== 'unknown' && (online === 'now' || way !== 'renew')) break;
    const list = await listOf(deps, url, issuer, way);
    if (list === undefined) continue;
    evidence.push({ kind: 'crl', crl: list.crl });
    pieces.push({ kind: 'crl', about, sha256: list.crl.facts.sha256, size: list.crl.facts.size, content: list.content });
    speaksOf(list.crl.facts.thisUpdate);
    if (list.asked) online = 'now';
    else if (online === 'none') online = 'kept';
    status = statusAt({ certificate, at, evidence });
  }
  return { certificate, status, online, pieces, behindSeconds: behindMs > skewMs ? Math.round(behindMs / 1000) : 0 };
}

type FoundList = { readonly crl: Extract<Evidence, { kind: 'crl' }>['crl']; readonly content: EvidencePiece['content']; readonly asked: boolean };

async function listOf(deps: GatherDeps, url: string, issuer: Certificate, way: Way): Promise<FoundList | undefined> {
  const onDisk = ({ crl, path, asked }: { readonly crl: FoundList['crl']; readonly path: string; readonly asked: boolean }): FoundList => ({ crl, content: { path }, asked });
  try {
    const fetched = way === 'kept' ? undefined : await deps.crls.fetch(url, issuer, way === 'renew');
    if (fetched?.ok === true) return onDisk(fetched.value);
  } catch (error) {
    if (storeFaultOf(error) === undefined) throw error;
    deps.failed(error);
    const before = await deps.crls.kept(url, issuer);
    const held = await crlInMemory(deps, url, issuer, before?.crl);
    if (held.ok) return { crl: held.value.crl, content: held.value.bytes, asked: true };
  }
  const kept = await deps.crls.kept(url, issuer);
  return kept === undefined ? undefined : onDisk(kept);
}

/** SHA-256 and size of what is kept whole. */
export function hashed(bytes: Uint8Array): Pick<EvidencePiece, 'sha256' | 'size'> {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}
