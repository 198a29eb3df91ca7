import type { VerificationReason } from '#contract';
import type { Certificate, Digest, SignatureAlgorithm } from '../../trust/index.ts';
import { reason } from '../verdict/reasons.ts';

/** What an algorithm is used for; a weakness that matters for one may not for another. */
type Use = 'document' | 'certificate' | 'timestamp';

/** How long something was good enough. */
type Row = {
  readonly what: 'digest' | 'rsa' | 'ec';
  /** digests by name; of keys the fewest bits */
  readonly names: readonly string[];
  readonly bits: number;
  readonly use: readonly Use[];
  /** what was signed before this day counts as signed with it in its time; null: no end */
  readonly until: string | null;
  readonly source: string;
  /** as in signing.md */
  readonly confidence: 'P' | 'S' | 'K';
};

const circular = 'TT 15/2025/TT-BKHCN Phụ lục I';

/**
 * Which algorithms are believed for what was signed when. What no row allows is weak; what a row allowed at the proven
 * time of signing, and no longer today, is told as weak now and good then: a signature with SHA-1 of 2018 is old, not forged.
 * The circular lists no SHA-1; since when it was not to be used before is not established, so its own first day stands there.
 */
const algorithmPolicy: readonly Row[] = [
  { what: 'digest', names: ['sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'], bits: 0, use: ['document', 'certificate', 'timestamp'], until: null, source: circular, confidence: 'P' },
  { what: 'digest', names: ['sha224'], bits: 0, use: ['document', 'certificate', 'timestamp'], until: '2025-08-15', source: `${circular}: not listed`, confidence: 'P' },
  { what: 'digest', names: ['sha1'], bits: 0, use: ['document', 'certificate'], until: '2025-08-15', source: `${circular}: not listed, in force from this day`, confidence: 'S' },
  // The government's own authority of the first generation still imprinted so on 25/12/2025 (published NĐ 335/2025): over a
  // signature that the asker cannot choose, a second preimage would be needed. Held open until that is known to have ended.
  { what: 'digest', names: ['sha1'], bits: 0, use: ['timestamp'], until: '2027-01-01', source: 'time-stamps of the old root seen in 12/2025; end not announced', confidence: 'S' },
  { what: 'rsa', names: [], bits: 2048, use: ['document', 'certificate', 'timestamp'], until: null, source: circular, confidence: 'P' },
  { what: 'rsa', names: [], bits: 1024, use: ['document', 'certificate', 'timestamp'], until: '2014-01-01', source: 'NIST SP 800-131A', confidence: 'K' },
  { what: 'ec', names: [], bits: 256, use: ['document', 'certificate', 'timestamp'], until: null, source: circular, confidence: 'P' },
];

type Standing = { readonly state: 'good' | 'then' | 'weak'; readonly until: string };

/** How a digest or key stands: good today, good at the time, or neither. `at`: when the signature is proven to have existed. */
function standing(what: Row['what'], use: Use, fits: (row: Row) => boolean, at: Date, now: Date): Standing {
  const rows = algorithmPolicy.filter((row) => row.what === what && row.use.includes(use) && fits(row));
  const holds = (when: Date): boolean => rows.some(({ until }) => until === null || when < new Date(`${until}T00:00:00+07:00`));
  const until = rows.map((row) => row.until ?? '').sort().at(-1) ?? '';
  return { state: holds(now) ? 'good' : holds(at) ? 'then' : 'weak', until };
}

function digestStanding(digest: Digest, use: Use, at: Date, now: Date): Standing {
  return standing('digest', use, ({ names }) => names.includes(digest), at, now);
}

function keyStanding({ key }: Certificate, use: Use, at: Date, now: Date): Standing | undefined {
  if (key.kind === 'other') return undefined;
  return standing(key.kind === 'ec' ? 'ec' : 'rsa', use, ({ bits }) => key.bits >= bits, at, now);
}

/** What is to be said of the algorithms of a signature over a document; `digests`: all that stand between the document and the signature. */
export function algorithmFindings(algorithm: SignatureAlgorithm, digests: readonly (Digest | undefined)[], certificate: Certificate, at: Date, now: Date): VerificationReason[] {
  const found: VerificationReason[] = [];
  // Checked where this program can; the circular's list has no such signature.
  if (algorithm.kind === 'eddsa') found.push(reason('algorithm-not-listed', { algorithm: 'EdDSA' }));
  for (const one of new Set([...digests, 'digest' in algorithm ? algorithm.digest : undefined])) {
    if (one === undefined) continue;
    const { state, until } = digestStanding(one, 'document', at, now);
    if (state !== 'good') found.push(reason(state === 'then' ? 'digest-weak-then' : 'digest-weak', { algorithm: one, until }));
  }
  const key = keyStanding(certificate, 'document', at, now);
  if (key !== undefined && key.state !== 'good') found.push(reason(key.state === 'then' ? 'key-short-then' : 'key-short', { key: certificate.key.name, until: key.until }));
  return found;
}

/**
 * Certificates of a path whose issuer signed them with what was too weak when it did: a collision has to be prepared before
 * a certificate is issued, so its first day counts. And authorities whose keys are too short: whoever has found one may issue at
 * any time, so `at` counts, when the path is proven to have been used. The root is pinned, and its own signature proves nothing.
 */
export function chainFindings(path: readonly Certificate[], at: Date, now: Date): VerificationReason[] {
  return path.slice(0, -1).flatMap((certificate, index) => {
    const { signatureAlgorithm, notBefore, subject } = certificate;
    const name = subject.parts.find(({ type }) => type === 'CN')?.value ?? '';
    const found: VerificationReason[] = [];
    if ('digest' in signatureAlgorithm && digestStanding(signatureAlgorithm.digest, 'certificate', notBefore, now).state === 'weak') {
      found.push(reason('certificate-digest-weak', { algorithm: signatureAlgorithm.digest, subject: name }));
    }
    const key = index === 0 ? undefined : keyStanding(certificate, 'certificate', at, now);
    if (key !== undefined && key.state !== 'good') found.push(reason(key.state === 'then' ? 'key-short-then' : 'key-short', { key: `${certificate.key.name} (${name})`, until: key.until }));
    return found;
  });
}

/** How a time-stamp's imprint and signature stand. */
export function timestampFindings(digests: readonly (Digest | undefined)[], authority: Certificate, at: Date, now: Date): VerificationReason[] {
  const known = [...new Set(digests)].filter((one) => one !== undefined);
  const standings = known.map((one) => ({ name: String(one), ...digestStanding(one, 'timestamp', at, now) }));
  const key = keyStanding(authority, 'timestamp', at, now);
  const all = key === undefined ? standings : [...standings, { name: authority.key.name, ...key }];
  return all.flatMap(({ name, state, until }) => (state === 'good' ? [] : [reason(state === 'then' ? 'timestamp-weak-then' : 'timestamp-weak', { algorithm: name, until })]));
}
