import { isSignedBy, type Certificate } from '../certificate/read-certificate.ts';
import type { Anchors, Pin } from './anchors.ts';
import { validatePath, type PathQuestion, type PathVerdict } from './validate-path.ts';

/** Longer ones do not exist; the government's have three certificates. */
const longestPath = 8;
/** Signatures tried while a path is looked for: a bound on what a file full of look-alikes can cost. */
const mostTries = 200;

export type FoundPath = {
  /** end entity first, anchor last */
  readonly path: readonly Certificate[];
  readonly anchor: Pin;
  readonly verdict: PathVerdict;
};

/**
 * - `valid`: nothing speaks against the path
 * - `refused`: paths to an anchor exist, and this one has the fewest problems
 * - `incomplete`: no path reaches an anchor. `last` is where the longest one ends: its issuer is not at hand, and the
 *   addresses in its `issuerUrls` may have it; `untrusted` when it is its own issuer, so that nothing is missing but trust
 */
export type PathResult =
  | ({ readonly state: 'valid' } & FoundPath)
  | ({ readonly state: 'refused' } & FoundPath)
  | { readonly state: 'incomplete'; readonly last: Certificate; readonly untrusted: boolean; readonly gaveUp: boolean };

export type FindPath = Omit<PathQuestion, 'path'> & {
  readonly certificate: Certificate;
  /** whatever may be an issuer: embedded ones, those kept here, those fetched; in no order, believed in nothing */
  readonly candidates: readonly Certificate[];
  /** a certificate is an anchor only when its SHA-256 is pinned, wherever it came from */
  readonly anchors: Anchors;
};

/** Looks for a path from a certificate to a pinned root and validates it (RFC 5280 §6, RFC 4158). Pure and bounded. */
export function findPath({ certificate, candidates, anchors, ...question }: FindPath): PathResult {
  const bySubject = Map.groupBy(new Map(candidates.map((one) => [one.sha256, one])).values(), ({ subject }) => subject.key);
  let tries = 0;
  let best: FoundPath | undefined;
  let longest: readonly Certificate[] = [certificate];

  /** True when a path without problems was found. */
  function follow(path: readonly Certificate[]): boolean {
    const last = path.at(-1);
    if (last === undefined) return false;
    const anchor = anchors.get(last.sha256);
    if (anchor !== undefined && path.length > 1) {
      const found: FoundPath = { path, anchor, verdict: validatePath({ ...question, path }) };
      if (best === undefined || found.verdict.problems.length < best.verdict.problems.length) best = found;
      return found.verdict.problems.length === 0;
    }
    if (path.length > longest.length) longest = path;
    if (path.length === longestPath) return false;
    return issuersOf(last).some((issuer) => {
      if (path.some(({ sha256 }) => sha256 === issuer.sha256)) return false;
      tries += 1;
      return tries <= mostTries && isSignedBy(last, issuer) !== 'bad' && follow([...path, issuer]);
    });
  }

  /** Those whose key identifier fits come first; one that does not fit is tried too, because identifiers are hints. */
  function issuersOf(last: Certificate): readonly Certificate[] {
    const wanted = last.extensions.authorityKeyId;
    const rank = (one: Certificate): number => {
      const pinned = anchors.has(one.sha256) ? 0 : 1;
      return pinned + (wanted !== undefined && one.extensions.subjectKeyId === wanted ? 0 : 2);
    };
    return (bySubject.get(last.issuer.key) ?? []).toSorted((a, b) => rank(a) - rank(b));
  }

  if (follow([certificate]) && best !== undefined) return { state: 'valid', ...best };
  if (best !== undefined) return { state: 'refused', ...best };
  const last = longest.at(-1) ?? certificate;
  return { state: 'incomplete', last, untrusted: last.issuer.key === last.subject.key, gaveUp: tries > mostTries };
}
