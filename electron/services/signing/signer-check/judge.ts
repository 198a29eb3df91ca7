import type { DoubtPolicy, SignerDoubt, SignerFinding } from '#contract';
import { nameText, validatePath, type Certificate } from '../../trust/index.ts';
import type { CertificateStatus, Gathered } from './gather.ts';
import { aspectOf, stateOf } from './rules.ts';

export type Judged = Gathered & {
  readonly certificate: Certificate;
  /** by the station's clock */
  readonly at: Date;
  /** seconds by which that clock is ahead of others' as far as is known; negative when it is behind, null when nothing speaks against it */
  readonly clockAhead: number | null;
};

type Doubt = { readonly code: SignerDoubt; readonly params: SignerFinding['params'] };
type Aspect = { readonly aspect: SignerFinding['aspect']; readonly doubts: readonly Doubt[]; readonly good: SignerFinding['params'] };

const day = 86_400_000;
/** Renewing takes days: three to issue (NĐ 68/2024 art. 11 [S]), and what comes before. */
const soonDays = 30;

/** What speaks for and against signing with a certificate, aspect after aspect: pure, every doubt with what follows from it. */
export function findingsOf(judged: Judged, policy: Readonly<Partial<Record<SignerDoubt, DoubtPolicy>>>): SignerFinding[] {
  const aspects = [clockAspect(judged), validityAspect(judged), usageAspect(judged), algorithmsAspect(judged), pathAspect(judged), statusAspect(judged)];
  return aspects.flatMap(({ aspect, doubts, good }): SignerFinding[] => {
    if (doubts.length === 0) return [{ aspect, code: 'good', state: 'good', params: good }];
    return doubts.map(({ code, params }) => ({ aspect: aspectOf(code), code, state: stateOf(code, policy), params }));
  });
}

/** By how much the station's clock is doubted: what others said of it, else what the evidence tells. */
function doubtedSeconds({ clockAhead, statuses }: Judged): number {
  const behind = Math.max(0, ...statuses.map(({ behindSeconds }) => behindSeconds));
  return clockAhead ?? -behind;
}

function clockAspect(judged: Judged): Aspect {
  const seconds = doubtedSeconds(judged);
  const params = { minutes: Math.max(1, Math.round(Math.abs(seconds) / 60)), direction: seconds > 0 ? 'ahead' : 'behind' };
  return { aspect: 'clock', doubts: seconds === 0 ? [] : [{ code: 'clock-doubtful', params }], good: {} };
}

function validityAspect(judged: Judged): Aspect {
  const { certificate, at } = judged;
  const { notBefore, notAfter } = certificate;
  const params = { from: notBefore.toISOString(), to: notAfter.toISOString() };
  const others = new Date(at.getTime() - doubtedSeconds(judged) * 1000);
  const days = Math.floor((notAfter.getTime() - at.getTime()) / day);
  const doubt = ((): SignerDoubt | undefined => {
    if (at < notBefore) return 'not-yet-valid';
    if (at > notAfter) return 'expired';
    if (others < notBefore || others > notAfter) return 'validity-uncertain';
    return days < soonDays ? 'expires-soon' : undefined;
  })();
  return { aspect: 'validity', doubts: doubt === undefined ? [] : [{ code: doubt, params: { ...params, days } }], good: params };
}

function usageAspect({ certificate, at }: Judged): Aspect {
  const { problems } = validatePath({ path: [certificate], at, purpose: 'signing' });
  const barred = certificate.extensions.authority || problems.some(({ code }) => code === 'key-usage' || code === 'extended-key-usage');
  const params = { usages: [...(certificate.extensions.keyUsage ?? [])].join(', ') };
  return { aspect: 'usage', doubts: barred ? [{ code: 'key-usage', params }] : [], good: params };
}

function algorithmsAspect({ certificate, path }: Judged): Aspect {
  const { kind, bits, name } = certificate.key;
  const found = path.state === 'incomplete' ? undefined : path;
  const own: Doubt[] =
    kind === 'other' || bits === 0
      ? [{ code: 'key-unsupported', params: { key: name } }]
      : bits < (kind === 'ec' ? 256 : 2048)
        ? [{ code: 'key-short', params: { key: name } }]
        : [];
  const others = (found?.verdict.remarks ?? []).flatMap(({ code, at }): Doubt[] => {
    const about = { name: nameOf(found?.path[at]) };
    if (code === 'sha1-signature') return [{ code: 'sha1-in-path', params: about }];
    return at === 0 ? [] : [{ code: 'key-short', params: { ...about, key: found?.path[at]?.key.name ?? '' } }];
  });
  const once = others.filter((one, index) => others.findIndex(({ code }) => code === one.code) === index);
  return { aspect: 'algorithms', doubts: [...own, ...once], good: { key: name } };
}

const ofThePerson: readonly string[] = ['not-yet-valid', 'expired', 'key-usage', 'extended-key-usage'];

function pathAspect({ path }: Judged): Aspect {
  const doubts = ((): Doubt[] => {
    if (path.state === 'incomplete') {
      return [path.untrusted ? { code: 'path-untrusted', params: { name: nameOf(path.last) } } : { code: 'path-incomplete', params: { name: nameText(path.last.issuer) } }];
    }
    // What concerns the person's own certificate is told by the other aspects.
    const problem = path.verdict.problems.find(({ code, at }) => at > 0 || !ofThePerson.includes(code));
    return problem === undefined ? [] : [{ code: 'path-refused', params: { problem: problem.code, name: nameOf(path.path[problem.at]) } }];
  })();
  return { aspect: 'path', doubts, good: { anchor: path.state === 'incomplete' ? '' : path.anchor.name } };
}

function statusAspect({ statuses }: Judged): Aspect {
  const [own, ...authorities] = statuses;
  const revoked = authorities.find(({ status }) => status.status === 'revoked');
  const unknown = authorities.find(({ status }) => status.status === 'unknown');
  const above: Doubt[] =
    revoked !== undefined
      ? [{ code: 'authority-revoked', params: { name: nameOf(revoked.certificate) } }]
      : unknown !== undefined
        ? [{ code: 'authority-status-unknown', params: { name: nameOf(unknown.certificate) } }]
        : [];
  const doubt = own === undefined ? { code: 'not-checked-online' as const, params: { why: 'path' } } : ownDoubt(own);
  return { aspect: 'status', doubts: [...(doubt === undefined ? [] : [doubt]), ...above], good: own === undefined ? {} : { asOf: asOf(own) } };
}

function ownDoubt(own: CertificateStatus): Doubt | undefined {
  const { status, online } = own;
  if (status.status === 'revoked') {
    const { reason } = status.revocation;
    return { code: reason === 'certificateHold' ? 'suspended' : 'revoked', params: { since: status.since.toISOString(), reason } };
  }
  if (status.status === 'unknown') return { code: online === 'now' ? 'status-unknown' : 'not-checked-online', params: { why: status.why.join(' ') } };
  return online === 'now' ? undefined : { code: 'kept-evidence', params: { asOf: asOf(own) } };
}

/** Of which moment the evidence speaks that decided; '' when none did. */
function asOf({ status }: CertificateStatus): string {
  return status.status === 'unknown' ? '' : status.thisUpdate.toISOString();
}

function nameOf(certificate: Certificate | undefined): string {
  return certificate === undefined ? '' : nameText(certificate.subject);
}
