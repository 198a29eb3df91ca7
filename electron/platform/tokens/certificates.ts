import type { ShownCertificate, TokenChain } from '#contract';
import type { ModuleReport } from '../../../native/pkcs11/index.ts';
import { agencyCodes, findPath, namePart, nameText, readCertificate, type Anchors, type Certificate } from '../../services/trust/index.ts';

type ReportedSlot = ModuleReport['slots'][number];
type TokenCertificate = ReportedSlot['certificates'][number];
type Name = Certificate['subject'];

/** What certificates are judged by, offline. */
export type TrustAtHand = {
  readonly anchors: Anchors;
  /** authorities' certificates that the station has kept; believed in nothing until a path to an anchor holds */
  readonly issuers: readonly Certificate[];
  readonly at: Date;
};

/** The certificates of a token that are not an authority's, each with where it leads. `chosen`: SHA-256 or null. */
export function shownCertificates(slot: ReportedSlot, trust: TrustAtHand, chosen: string | null): readonly ShownCertificate[] {
  const read = new Map(slot.certificates.map((one) => [one.sha256, readCertificate(one.der)]));
  const candidates = [...[...read.values()].flatMap((one) => (one.ok ? [one.value] : [])), ...trust.issuers];
  return slot.certificates.filter(({ authority }) => !authority).map((one) => {
    const own = read.get(one.sha256);
    const certificate = own?.ok === true ? own.value : undefined;
    return {
      ...(certificate === undefined ? { name: one.label, organisation: '', title: '', issuer: '', serial: '', purpose: 'unknown' as const } : namesOf(certificate)),
      sha256: one.sha256,
      key: keyName(one.key),
      notBefore: one.notBefore,
      notAfter: one.notAfter,
      period: periodOf(one, trust.at),
      privateKey: one.privateKey,
      chain: certificate === undefined ? { state: 'unreadable', names: [], problem: '' } : chainOf(certificate, candidates, trust),
      chosen: one.sha256 === chosen,
    };
  });
}

function periodOf({ notBefore, notAfter }: TokenCertificate, at: Date): ShownCertificate['period'] {
  return at.getTime() < Date.parse(notBefore) ? 'not-yet' : at.getTime() > Date.parse(notAfter) ? 'over' : 'current';
}

function namesOf({ subject, issuer, serial }: Certificate): Pick<ShownCertificate, 'name' | 'organisation' | 'title' | 'issuer' | 'serial' | 'purpose'> {
  const organisation = subject.parts.filter(({ type }) => type === 'OU' || type === 'O').map(({ value }) => value);
  return {
    name: commonName(subject),
    organisation: organisation.toReversed().join(', '),
    title: namePart(subject, 'T') ?? '',
    issuer: commonName(issuer),
    serial,
    purpose: purposeOf(subject),
  };
}

function commonName(name: Name): string {
  return namePart(name, 'CN') ?? nameText(name);
}

const agencyWords = /^(ủy ban|uỷ ban|hội đồng|bộ|sở|ban|cục|chi cục|tổng cục|vụ|viện|văn phòng|phòng|thanh tra|trung tâm|trường|đảng ủy|huyện ủy|tỉnh ủy|công an|tòa án|toà án|kho bạc|cổng)\s/iu;

/**
 * Whose certificate it is, by its names: no profile is published (signing facts §6.3). Published documents show agencies
 * and units in capitals and with `UID=MNS:` or `MST:`, persons by their name; public authorities write `UID=CCCD:` for persons.
 */
function purposeOf(subject: Name): ShownCertificate['purpose'] {
  const name = namePart(subject, 'CN') ?? '';
  const uids = subject.parts.filter(({ type }) => type === 'UID').map(({ value }) => value.trim().toUpperCase());
  if (uids.some((uid) => /^(CCCD|CMND|HC):/.test(uid))) return 'person';
  const { budget, tax } = agencyCodes(subject);
  if (budget !== undefined || tax !== undefined || agencyWords.test(name)) return 'agency';
  if (/\p{L}/u.test(name) && name === name.toLocaleUpperCase('vi')) return 'unknown';
  return /^\p{Lu}\p{Ll}*(\s\p{Lu}\p{Ll}*){1,6}$/u.test(name) ? 'person' : 'unknown';
}

function keyName(key: TokenCertificate['key']): string {
  return key.type === 'rsa' ? `RSA-${String(key.bits)}` : key.type === 'ec' ? key.curve : key.name;
}

function chainOf(certificate: Certificate, candidates: readonly Certificate[], { anchors, at }: TrustAtHand): TokenChain {
  const found = findPath({ certificate, candidates, anchors, at, purpose: 'signing' });
  if (found.state === 'incomplete') {
    return { state: found.untrusted ? 'untrusted' : 'incomplete', names: [commonName(found.last.issuer)], problem: '' };
  }
  // Whether the certificate itself is in force is a step of its own.
  const problem = found.verdict.problems.find(({ code, at: place }) => !(place === 0 && (code === 'expired' || code === 'not-yet-valid')));
  const names = found.path.slice(1).map(({ subject }) => commonName(subject));
  return { state: problem === undefined ? 'valid' : 'refused', names, problem: problem?.code ?? '' };
}
