import type { SignerCheck, SigningRole, SigningWarning } from '#contract';
import type { ToSign } from '../records/index.ts';
import type { DeskToken } from './ports.ts';

/**
 * What the person must have seen: doubts of the check, and whose certificate it is. The comparison is by names alone, as no
 * profile of the certificates is published (signing.md §6.3); so a difference is told and not refused.
 */
export function warningsOf(check: SignerCheck, role: SigningRole, { shown }: Pick<DeskToken, 'shown'>, subjects: readonly ToSign[], agency: string): SigningWarning[] {
  const doubts = check.findings
    .filter(({ state }) => state === 'warning')
    .map(({ code, params }): SigningWarning => ({ key: `doubt:${code}`, code: 'signer-doubt', params: { ...params, doubt: code }, ids: [] }));
  const { name, organisation, purpose } = shown;
  const other = role === 'person' ? 'agency' : 'person';
  const kind: SigningWarning[] = purpose === other ? [{ key: `kind:${other}`, code: `certificate-of-${other}`, params: { certificate: name }, ids: [] }] : [];
  return [...doubts, ...kind, ...(role === 'person' ? otherSigners(name, subjects) : otherAgency([name, organisation], agency))];
}

function otherSigners(certificate: string, subjects: readonly ToSign[]): SigningWarning[] {
  const others = subjects.filter(({ signerName }) => plain(signerName) !== plain(certificate));
  return [...new Set(others.map(({ signerName }) => signerName))].map((signer) => ({
    key: `signer:${plain(certificate)}:${plain(signer)}`,
    code: 'signer-name-differs',
    params: { certificate, signer },
    ids: others.filter(({ signerName }) => signerName === signer).map(({ id }) => id),
  }));
}

/** An agency's name stands in the certificate as common name or as organisation, alone or with the one above it. */
function otherAgency(names: readonly string[], agency: string): SigningWarning[] {
  const wanted = plain(agency);
  if (wanted === '' || names.some((name) => plain(name).includes(wanted) || (name !== '' && wanted.includes(plain(name))))) return [];
  return [{ key: `agency:${wanted}`, code: 'agency-name-differs', params: { certificate: names[0] ?? '', agency }, ids: [] }];
}

/** As two writings of one name are alike: without ranks, in whatever case and normal form. */
function plain(name: string): string {
  const words = name.normalize('NFC').toLocaleLowerCase('vi').split(/[\s.]+/u).filter((word) => word !== '');
  while (words.length > 2 && ranks.has(words[0] ?? '')) words.shift();
  return words.join(' ').replaceAll('uỷ', 'ủy').replaceAll('hoà', 'hòa');
}

const ranks = new Set(['gs', 'pgs', 'ts', 'ths', 'ks', 'cn', 'bs', 'ls']);
