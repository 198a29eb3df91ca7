import type { SignatureVerdict, Verdict, VerdictPart, VerificationReason } from '#contract';
import { commonName, reasonSentence, shownLocal } from '../../services/verification/index.ts';

type Params = Readonly<Record<string, string | number>>;
/** A sentence of the catalogue. */
export type Words = (key: string, params: Params) => string;

const parts = ['cryptography', 'coverage', 'trust'] as const;

/** A verdict as lines for people: the result first, then each signature with its three parts and every reason. */
export function verdictLines(name: string, verdict: Verdict, words: Words): string[] {
  if (verdict.state !== 'signed' && verdict.signatures.length === 0) {
    return [words(`verification.report.${verdict.state}`, { file: name }), ...reasonLines(verdict.reasons, words)];
  }
  const count = verdict.signatures.filter(({ kind }) => kind === 'signature').length;
  const head = words('verification.report.signed', { file: name, verdict: indication(verdict, words), cause: cause(verdict, words), count, at: shownLocal(verdict.checkedAt) });
  return [head, ...reasonLines(verdict.reasons, words), ...verdict.signatures.flatMap((one) => signatureLines(one, words).map((line) => `  ${line}`))];
}

function signatureLines(one: SignatureVerdict, words: Words): string[] {
  const { signer, time, kind, chain, evidence } = one;
  const name = kind === 'document-timestamp' ? words('verification.kind.document-timestamp', {}) : (signer?.name ?? words('verification.report.unnamed', {}));
  const newest = evidence.map(({ issuedAt }) => issuedAt).toSorted().at(-1);
  const lines = [words('verification.report.field', { field: one.field, revision: one.revision === null ? '?' : one.revision + 1, whole: one.coversFile ? 'yes' : 'no' })];
  if (signer !== null && kind === 'signature') {
    const { organization, unit, capacity, agency, certificate } = signer;
    lines.push(words('verification.report.signer', { organization, unit: unit === '' ? 'none' : unit, capacity: words(`verification.capacity.${capacity}`, {}), match: words(`verification.agency.${agency.match}`, {}) }));
    lines.push(words('verification.report.certificate', { issuer: commonName(chain[1]?.subject ?? certificate.issuer), from: shownLocal(certificate.validFrom), to: shownLocal(certificate.validTo), algorithm: one.algorithm }));
  }
  lines.push(time.at === null ? words('verification.report.timeUnknown', {}) : words('verification.report.time', { at: shownLocal(time.at), source: words(`verification.source.${time.source}`, {}) }));
  if (newest !== undefined) lines.push(words('verification.report.status', { at: shownLocal(newest) }));
  for (const part of parts) lines.push(words(`verification.part.${part}`, { verdict: indication(one[part], words) }), ...reasonLines([...one[part].reasons, ...one[part].remarks], words).map((line) => `  ${line}`));
  return [words('verification.report.signature', { name, verdict: indication(one, words), cause: cause(one, words) }), ...lines.map((line) => `  ${line}`)];
}

function reasonLines(reasons: readonly VerificationReason[], words: Words): string[] {
  return reasons.map((one) => `- ${reasonSentence(one, words)}`);
}

function indication({ indication: one }: Pick<VerdictPart, 'indication'>, words: Words): string {
  return words(`verification.indication.${one}`, {});
}

function cause({ subIndication }: Pick<VerdictPart, 'subIndication'>, words: Words): string {
  return subIndication === null ? '' : words('verification.report.because', { cause: words(`verification.subIndication.${subIndication}`, {}) });
}
