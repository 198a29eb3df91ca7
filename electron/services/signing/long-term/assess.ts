import { findPath, readCrl, readOcspAnswer, statusAt, type Anchors, type Certificate, type Crl, type Evidence, type Purpose } from '../../trust/index.ts';
import type { Material, Piece } from './material.ts';

/** Whom is believed: the pinned roots, and certificates that are known here without being believed. */
export type Trust = { readonly anchors: Anchors; readonly certificates: readonly Certificate[] };

/** A certificate and the time at which it must have been good. */
export type Target = {
  readonly purpose: Extract<Purpose, 'signing' | 'time-stamping'>;
  readonly certificate: Certificate;
  readonly at: Date;
  /** when a later time-stamp was made over a time-stamp: what is known of its key after that does it no harm */
  readonly provenAt: Date | undefined;
  /** evidence that has run out by then counts for nothing: when a time-stamp is to be proven anew */
  readonly freshAt?: Date | undefined;
};

/**
 * What is missing for checking a certificate later.
 * - `issuer`: it is not at hand; `certificate` names it
 * - `untrusted`: the path ends at a root that is not pinned
 * - `path`: the path is not one to be accepted, `problem` says why (RFC 5280 §6.1)
 * - `status`: nobody trustworthy says whether it was revoked; `why` in the words of `statusAt`
 * - `revoked`: it was revoked at that time
 */
export type Lack =
  | { readonly code: 'issuer' | 'untrusted'; readonly certificate: Certificate }
  | { readonly code: 'path'; readonly certificate: Certificate; readonly problem: string }
  | { readonly code: 'status'; readonly certificate: Certificate; readonly issuer: Certificate; readonly why: string }
  | { readonly code: 'revoked'; readonly certificate: Certificate; readonly since: Date; readonly reason: string };

/** `used`: what was needed of the material, the path with its root included. Nothing lacks: it can be checked from that alone. */
export type Assessment = { readonly lacks: readonly Lack[]; readonly used: Material };

/**
 * Whether a certificate can be checked for a time from this material alone: a valid path to a pinned root, and for each
 * certificate below it evidence that is signed by whom it must be, is about that certificate and counts at that time.
 */
export function assess({ purpose, certificate, at, provenAt, freshAt }: Target, material: Material, { anchors, certificates }: Trust): Assessment {
  const found = findPath({ certificate, candidates: [...material.certificates, ...certificates], anchors, at, purpose });
  const nothing: Material = { certificates: [], pieces: [] };
  if (found.state === 'incomplete') return { lacks: [{ code: found.untrusted ? 'untrusted' : 'issuer', certificate: found.last }], used: nothing };
  const [problem] = found.verdict.problems;
  if (problem !== undefined) return { lacks: [{ code: 'path', certificate: found.path[problem.at] ?? certificate, problem: problem.code }], used: nothing };
  const lacks: Lack[] = [];
  const used = new Set<Piece>();
  for (const [index, one] of found.path.slice(0, -1).entries()) {
    const issuer = found.path[index + 1];
    if (issuer === undefined) continue;
    const limit = index === 0 && purpose === 'time-stamping' ? (provenAt ?? 'for ever') : undefined;
    lacks.push(...lacksOf({ certificate: one, issuer, at, limit, freshAt, responders: [] }, material, used));
  }
  return { lacks, used: { certificates: found.path, pieces: [...used] } };
}

type StatusQuestion = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly at: Date;
  /** of a time-stamping certificate: until when the loss of its key spoils what it stamped */
  readonly limit: Date | 'for ever' | undefined;
  readonly freshAt: Date | undefined;
  /** whose own status is being asked, so that none vouches for itself */
  readonly responders: readonly string[];
};

function lacksOf(question: StatusQuestion, material: Material, used: Set<Piece>): readonly Lack[] {
  const { certificate, issuer, at, limit, freshAt = at } = question;
  const found: { readonly piece: Piece; readonly evidence: Evidence }[] = [];
  const ofResponders: Lack[] = [];
  for (const piece of material.pieces) {
    const evidence = evidenceIn(piece, question, material, used, ofResponders);
    if (evidence !== undefined) found.push({ piece, evidence });
  }
  const fresh = found.filter(({ evidence }) => statusAt({ certificate, at: freshAt, evidence: [evidence] }).status !== 'unknown');
  const status = statusAt({ certificate, at, evidence: fresh.map(({ evidence }) => evidence) });
  if (status.status === 'unknown') {
    const { why } = { why: [], ...statusAt({ certificate, at: freshAt, evidence: found.map(({ evidence }) => evidence) }) };
    return ofResponders.length > 0 ? ofResponders : [{ code: 'status', certificate, issuer, why: why.join(' ') }];
  }
  for (const { piece } of fresh) used.add(piece);
  const revoked = status.status === 'revoked' ? { since: status.since, ...status.revocation } : spoilt(status.revokedLater, limit);
  return revoked === undefined ? [] : [{ code: 'revoked', certificate, since: revoked.since, reason: revoked.reason }];
}

/** Reasons for which what an authority had stamped before stays good (RFC 3161 §4). */
const harmless: readonly string[] = ['affiliationChanged', 'superseded', 'cessationOfOperation'];

type RevokedLater = Extract<ReturnType<typeof statusAt>, { status: 'good' }>['revokedLater'];

function spoilt(later: RevokedLater, limit: StatusQuestion['limit']): { readonly since: Date; readonly reason: string } | undefined {
  if (later === undefined || limit === undefined || harmless.includes(later.reason)) return undefined;
  return limit === 'for ever' || later.at <= limit ? { since: later.at, reason: later.reason } : undefined;
}

/** What a piece says about the certificate, when whoever signed it may speak; a responder's own status is asked too. */
function evidenceIn(piece: Piece, question: StatusQuestion, material: Material, used: Set<Piece>, ofResponders: Lack[]): Evidence | undefined {
  const { certificate, issuer, responders } = question;
  if (piece.kind === 'crl') {
    const crl = crlOf(piece, issuer);
    return crl && { kind: 'crl', crl };
  }
  const answer = readOcspAnswer(piece.der, certificate, issuer);
  if (!answer.ok) return undefined;
  const { responder, authority, producedAt } = answer.value;
  if (authority === 'delegated') {
    if (responders.includes(responder.sha256) || responder.sha256 === certificate.sha256) return undefined;
    const own = lacksOf({ certificate: responder, issuer, at: producedAt, limit: undefined, freshAt: undefined, responders: [...responders, responder.sha256] }, material, used);
    ofResponders.push(...own);
    if (own.length > 0) return undefined;
  }
  return { kind: 'ocsp', answer: answer.value };
}

/** A list is read once for each issuer that it may be of. */
const lists = new WeakMap<Piece, Map<string, Crl | undefined>>();

function crlOf(piece: Piece, issuer: Certificate): Crl | undefined {
  const known = lists.get(piece) ?? new Map<string, Crl | undefined>();
  lists.set(piece, known);
  if (!known.has(issuer.sha256)) {
    const list = readCrl(piece.der, issuer);
    known.set(issuer.sha256, list.ok ? list.value : undefined);
  }
  return known.get(issuer.sha256);
}
