import type { Verdict } from '#contract';
import type { PackageFinding, PackageReport, SignatureState } from '../../services/packages/index.ts';
import type { Words } from './verdict-words.ts';

const levels = ['must', 'should', 'may'] as const;

/** A report as lines for people: the result first, then what is wrong, the gravest first. */
export function reportLines(name: string, report: PackageReport, words: Words): string[] {
  const { fit, profile, files, bytes, broken, complete, findings } = report;
  const lines = [words('package.report.head', { name, fit: fit ? 'yes' : 'no', profile: words(`package.profile.${profile}`, {}), files: files.length, bytes })];
  if (!complete) lines.push(words('package.report.incomplete', {}));
  if (broken.must + broken.should + broken.may === 0) return [...lines, words('package.report.clean', {})];
  lines.push(words('package.report.counts', broken));
  for (const level of levels) {
    for (const finding of findings.filter((one) => one.level === level)) lines.push(...findingLines(finding, words));
  }
  const told = findings.length;
  const all = broken.must + broken.should + broken.may;
  if (all > told) lines.push(words('package.report.more', { rule: '…', count: all - told }));
  return lines;
}

function findingLines(finding: PackageFinding, words: Words): string[] {
  const { level, source, rule, at } = finding;
  const place = [placeOf(finding, words), at].filter((part) => part !== '').join(' ');
  return [
    words('package.report.finding', { level: words(`package.level.${level}`, {}), place, sentence: findingSentence(finding, words) }),
    `    ${words('package.report.source', { source, rule })}`,
  ];
}

function placeOf({ file, line }: PackageFinding, words: Words): string {
  if (file === '') return words('package.report.whole', {});
  return line > 0 ? words('package.report.line', { file, line }) : file;
}

/** The sentence of a finding; what is not there is told in words. */
function findingSentence({ rule, params }: PackageFinding, words: Words): string {
  const shown = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, shownParam(key, value, words)]));
  return words(`package.rule.${rule}`, shown);
}

function shownParam(key: string, value: string | number, words: Words): string | number {
  if (key === 'found' && value === '') return words('package.nothing', {});
  if (key === 'signer' && value === '') return words('package.unknown', {});
  if (key !== 'why' || typeof value !== 'string') return value;
  if (value === '') return words('package.unknown', {});
  const cause = words(`verification.subIndication.${value}`, {});
  return cause === '' ? value : cause;
}

/** What a verdict says for a check of a package: the first reason of the gravest signature. */
export function signatureState({ state, indication, subIndication, signatures, reasons }: Verdict): SignatureState {
  if (state !== 'signed' && signatures.length === 0) return { indication: state === 'none' ? 'none' : 'indeterminate', why: subIndication ?? reasons[0]?.code ?? '', signer: '', ...(state === 'none' ? { values: [] } : {}) };
  const values = signatures.flatMap(({ value }) => value ?? []);
  const grave = signatures.find((one) => one.indication === 'failed') ?? signatures.find((one) => one.indication !== 'passed');
  return { indication: indication === 'passed' || indication === 'failed' ? indication : 'indeterminate', why: grave?.subIndication ?? subIndication ?? '', signer: grave?.signer?.name ?? '', ...(values.length === signatures.length ? { values } : {}) };
}
