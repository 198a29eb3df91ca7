import { createHash } from 'node:crypto';
import type { VerdictEvidence } from '#contract';
import { findPath, nameText, readOcspAnswer, statusAt, type Anchors, type Certificate, type Evidence, type PathResult, type Purpose, type StatusAt } from '../../trust/index.ts';
import type { Embedded } from '../evidence/embedded.ts';
import type { EvidenceSource, Material } from '../ports.ts';
import { localTime } from '../verdict/local-time.ts';

/** Milliseconds of computing that are left. */
export type Effort = { left: number };

/** Runs a piece of work on the account of `effort`; undefined when nothing is left. */
export function within<T>(effort: Effort | undefined, work: () => T): T | undefined {
  if (effort === undefined) return work();
  if (effort.left <= 0) return undefined;
  const from = performance.now();
  try {
    return work();
  } finally {
    effort.left -= performance.now() - from;
  }
}

export type JudgeDeps = {
  readonly anchors: Anchors;
  /** issuers known to this station, believed in nothing */
  readonly certificates: readonly Certificate[];
  readonly evidence: EvidenceSource;
  /** what may still be spent on one file; a hostile one is full of look-alikes with slow keys */
  readonly effort?: Effort;
  /** told of every certificate, answer and list that was used, to be kept with the verdict */
  readonly keep?: ((material: Material) => void) | undefined;
};

/** Path and status of a certificate at a time; what follows from it is for the caller. */
export type CertificateState = {
  readonly path: PathResult;
  /** of each certificate of the path but the root, end entity first; empty without a path */
  readonly statuses: readonly { readonly certificate: Certificate; readonly status: StatusAt }[];
  /** everything that was looked at, whether it decided or not */
  readonly used: readonly VerdictEvidence[];
  /** the file alone would have told the same */
  readonly fromFile: boolean;
};

const mostSteps = 4;

/**
 * Finds a path to a pinned root, completing it from this station's certificates, from the file and from `evidence`, and asks
 * for the status of each certificate below the root. Evidence from the file and from outside counts together: what is newer
 * knows more, and nobody can put a revocation away by sending an old answer along.
 */
export async function certificateState(
  deps: JudgeDeps,
  embedded: Embedded,
  question: { readonly certificate: Certificate; readonly at: Date; readonly purpose: Purpose },
): Promise<CertificateState> {
  const { anchors } = deps;
  const candidates = [...deps.certificates, ...embedded.certificates];
  const find = (): PathResult => within(deps.effort, () => findPath({ ...question, anchors, candidates })) ?? { state: 'incomplete', last: question.certificate, untrusted: false, gaveUp: true };
  let path = find();
  for (let step = 0; step < mostSteps && path.state === 'incomplete' && !path.untrusted && !path.gaveUp; step += 1) {
    const more = await deps.evidence.issuers(path.last);
    if (more.every(({ sha256 }) => candidates.some((one) => one.sha256 === sha256))) break;
    candidates.push(...more);
    path = find();
  }
  if (path.state === 'incomplete') return { path, statuses: [], used: [], fromFile: false };
  const statuses: { certificate: Certificate; status: StatusAt }[] = [];
  const used: VerdictEvidence[] = [];
  for (const { sha256, der } of path.path) deps.keep?.({ kind: 'certificate', sha256, der });
  let fromFile = true;
  for (const [index, certificate] of path.path.slice(0, -1).entries()) {
    const issuer = path.path[index + 1];
    if (issuer === undefined) continue;
    const sent = fileEvidence(embedded, certificate, issuer);
    const outside = await outsideEvidence(deps.evidence, certificate, issuer);
    const at = question.at;
    const all = withoutDisowned([...sent, ...outside]);
    const inFile = all.filter((one) => sent.includes(one));
    statuses.push({ certificate, status: statusAt({ certificate, at, evidence: all.map(({ evidence }) => evidence) }) });
    used.push(...all.map(({ told }) => told));
    for (const { told: { kind, sha256 }, der } of all) deps.keep?.({ kind, sha256, der });
    fromFile &&= statusAt({ certificate, at, evidence: inFile.map(({ evidence }) => evidence) }).status === 'good';
  }
  return { path, statuses, used, fromFile };
}

type Piece = { readonly evidence: Evidence; readonly told: VerdictEvidence; readonly der: Uint8Array | null };

/**
 * After these, signatures that a revoked service made before still count (RFC 3161 §4.1). A revocation without a reason is not among
 * them, and cannot be told from one that says "unspecified".
 */
export const harmless: readonly string[] = ['affiliationChanged', 'superseded', 'cessationOfOperation'];

/**
 * Without the good answers of responders that a list of their issuer calls revoked (RFC 6960 §4.2.2.2.1): whoever has such a key says what
 * he likes. What they call revoked stays.
 */
function withoutDisowned(pieces: readonly Piece[]): readonly Piece[] {
  const lists = pieces.flatMap(({ evidence }) => (evidence.kind === 'crl' ? [evidence.crl] : []));
  return pieces.filter(({ evidence }) => {
    if (evidence.kind !== 'ocsp' || evidence.answer.status !== 'good' || evidence.answer.authority === 'issuer') return true;
    const { responder, producedAt } = evidence.answer;
    const own = lists.filter(({ facts }) => facts.issuer.key === responder.issuer.key);
    return own.every(({ find }) => {
      const revoked = find(responder.serial);
      return revoked === undefined || (harmless.includes(revoked.reason) && revoked.at > producedAt);
    });
  });
}

function fileEvidence({ ocsps, listsOf }: Embedded, certificate: Certificate, issuer: Certificate): readonly Piece[] {
  const lists = listsOf(issuer).map(({ der, crl }) => listPiece(crl, der, certificate, 'file'));
  return [...ocsps.flatMap((der) => answerPiece(der, certificate, issuer, 'file')), ...lists];
}

async function outsideEvidence(source: EvidenceSource, certificate: Certificate, issuer: Certificate): Promise<readonly Piece[]> {
  const { ocsps, crls } = await source.status(certificate, issuer);
  return [...ocsps.flatMap((der) => answerPiece(der, certificate, issuer, 'outside')), ...crls.map(({ crl }) => listPiece(crl, null, certificate, 'outside'))];
}

function answerPiece(der: Uint8Array, certificate: Certificate, issuer: Certificate, from: VerdictEvidence['from']): readonly Piece[] {
  const read = readOcspAnswer(der, certificate, issuer);
  if (!read.ok) return [];
  const { thisUpdate, nextUpdate } = read.value;
  const sha256 = createHash('sha256').update(der).digest('hex');
  return [{ der, evidence: { kind: 'ocsp', answer: read.value }, told: told('ocsp', sha256, certificate, thisUpdate, nextUpdate, from) }];
}

function listPiece(crl: Extract<Evidence, { kind: 'crl' }>['crl'], der: Uint8Array | null, certificate: Certificate, from: VerdictEvidence['from']): Piece {
  const { sha256, thisUpdate, nextUpdate } = crl.facts;
  return { der, evidence: { kind: 'crl', crl }, told: told('crl', sha256, certificate, thisUpdate, nextUpdate, from) };
}

function told(kind: VerdictEvidence['kind'], sha256: string, { subject }: Certificate, issuedAt: Date, nextAt: Date | undefined, from: VerdictEvidence['from']): VerdictEvidence {
  return { kind, sha256, about: nameText(subject), issuedAt: localTime(issuedAt), nextAt: nextAt === undefined ? null : localTime(nextAt), from };
}
