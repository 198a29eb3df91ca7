import type { HandoverAspect, HandoverReason, ReceivedFile } from '#contract';
import type { PackageFinding, PackageReport } from '../../packages/index.ts';

type Aspects = Pick<ReceivedFile, 'authenticity' | 'integrity' | 'readability'>;
type AspectName = keyof Aspects;

/** What a rule of the validator speaks about; what is in none of these is the form of the package, and counts in đạt / không đạt alone. */
const spheres: readonly (readonly [RegExp, AspectName])[] = [
  [/^signature\./, 'authenticity'],
  [/^(tt05\.(object-id|agent|agreement))/, 'authenticity'],
  [/^(file\.(missing|extra|size|checksum|renamed|two-facts|algorithm)|bagit\.(missing|extra|checksum|oxum)|premis\.fixity|zip\.(gap|overlap|ambiguous|prefix|trailing|content))/, 'integrity'],
  [/^(CSIP7[0-2])/, 'integrity'],
  [/^(read\.|zip\.|xml\.|file\.format)/, 'readability'],
];

/** Which aspect a broken rule belongs to; undefined: the form alone. */
function aspectOf(rule: string): AspectName | undefined {
  return spheres.find(([form]) => form.test(rule))?.[1];
}

const worse: Readonly<Record<HandoverAspect, number>> = { passed: 0, unsure: 1, failed: 2 };
const worst = (a: HandoverAspect, b: HandoverAspect): HandoverAspect => (worse[a] >= worse[b] ? a : b);

/** What a finding does to the aspect that it belongs to. A signature that is broken is no longer authentic, though the circular only warns. */
function gravity({ rule, level }: PackageFinding): HandoverAspect {
  if (rule === 'signature.failed') return 'failed';
  if (rule.startsWith('signature.')) return 'unsure';
  return level === 'must' ? 'failed' : 'passed';
}

function reasonOf({ rule, file, at, line, source, params }: PackageFinding): HandoverReason {
  const code = rule === 'signature.failed' ? 'signature-failed' : rule.startsWith('signature.') ? 'signature-unsure' : 'rule';
  return { code, file, params: { ...params, rule, at, line, source } };
}

function aspects(findings: readonly PackageFinding[]): Aspects {
  const result: Record<AspectName, HandoverAspect> = { authenticity: 'passed', integrity: 'passed', readability: 'passed' };
  for (const finding of findings) {
    const aspect = aspectOf(finding.rule);
    if (aspect !== undefined) result[aspect] = worst(result[aspect], gravity(finding));
  }
  return result;
}

const matters = (finding: PackageFinding): boolean => finding.level === 'must' || finding.rule.startsWith('signature.');

/** Most reasons that are kept of one file or package; the report of `tvt sip check` has all. */
const mostReasons = 50;

export type Judged = Aspects & {
  readonly passed: boolean;
  readonly reasons: readonly HandoverReason[];
  readonly files: readonly ReceivedFile[];
};

/**
 * đạt / không đạt of a package and of each of its files, with what is to be said of authenticity, integrity and readability
 * (TT 05/2025/TT-BNV art. 24.2). Only a broken MUST rule or a broken signature makes a file fail; what nobody could judge is unsure.
 */
export function judged(report: PackageReport): Judged {
  const byFile = new Map<string, PackageFinding[]>();
  for (const finding of report.findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  const files = report.files.map(({ path, size, sha256, passed }): ReceivedFile => {
    const findings = byFile.get(path) ?? [];
    const its = aspects(findings);
    const read = sha256 !== '';
    return {
      path,
      size,
      sha256,
      ...its,
      readability: read ? its.readability : 'failed',
      integrity: read ? its.integrity : worst(its.integrity, 'unsure'),
      passed: passed && read && its.authenticity !== 'failed',
      reasons: findings.filter(matters).slice(0, mostReasons).map(reasonOf),
    };
  });
  const whole = aspects(report.findings);
  const passed = report.fit && whole.authenticity !== 'failed';
  const reasons: HandoverReason[] = report.findings.filter(matters).slice(0, mostReasons).map(reasonOf);
  if (!report.complete && reasons.length === 0) reasons.push({ code: 'unreadable', file: '', params: {} });
  return { ...whole, passed, reasons, files };
}
