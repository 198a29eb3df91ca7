import type { GeneralName, NameConstraints } from '../certificate/extensions.ts';
import { isWithin, namePart } from '../certificate/names.ts';
import type { Certificate } from '../certificate/read-certificate.ts';

/**
 * Whether the names of a certificate are allowed by the constraints of one above it (RFC 5280 §4.2.1.10): inside none
 * of the excluded subtrees, and inside one of the permitted for each kind of name that has any. `unsupported`: there are
 * constraints of a kind that is not compared here and the certificate may have such a name.
 */
export function namesAllowed(certificate: Certificate, constraints: NameConstraints): 'yes' | 'no' | 'unsupported' {
  const all = [...constraints.permitted, ...constraints.excluded];
  const names = namesOf(certificate);
  if (all.some(({ kind }) => kind === 'other') && names.some(({ kind }) => kind === 'other')) return 'unsupported';
  const excluded = names.some((name) => constraints.excluded.some((subtree) => fits(name, subtree)));
  if (excluded) return 'no';
  const permitted = names.every((name) => {
    const same = constraints.permitted.filter(({ kind }) => kind === name.kind && kind !== 'other');
    return same.length === 0 || same.some((subtree) => fits(name, subtree));
  });
  return permitted ? 'yes' : 'no';
}

/** An address in the subject counts as one only when there is none in subjectAltName. */
function namesOf({ subject, extensions }: Certificate): GeneralName[] {
  const names: GeneralName[] = [...extensions.alternativeNames];
  if (subject.parts.length > 0) names.push({ kind: 'directory', name: subject });
  const mail = namePart(subject, 'E');
  if (mail !== undefined && !names.some(({ kind }) => kind === 'email')) names.push({ kind: 'email', text: mail });
  return names;
}

function fits(name: GeneralName, subtree: GeneralName): boolean {
  if (name.kind === 'directory') return subtree.kind === 'directory' && isWithin(name.name, subtree.name);
  if (name.kind === 'ip') return subtree.kind === 'ip' && inRange(name.octets, subtree.octets);
  if (name.kind === 'other' || subtree.kind !== name.kind) return false;
  const text = name.text.toLowerCase();
  const base = subtree.text.toLowerCase();
  switch (name.kind) {
    case 'dns':
      return base === '' || text === base || text.endsWith(base.startsWith('.') ? base : `.${base}`);
    case 'email':
      return mailFits(text, base);
    case 'uri':
      return hostFits(URL.parse(name.text)?.hostname.toLowerCase() ?? '', base);
  }
}

function mailFits(address: string, base: string): boolean {
  if (base.includes('@')) return address === base;
  return hostFits(address.slice(address.lastIndexOf('@') + 1), base);
}

/** `.domain` is everything below it, `domain` the host itself. */
function hostFits(host: string, base: string): boolean {
  return base.startsWith('.') ? host.endsWith(base) : host === base;
}

function inRange(address: Uint8Array, range: Uint8Array): boolean {
  if (range.length !== address.length * 2) return false;
  return address.every((octet, n) => {
    const mask = range[address.length + n] ?? 0;
    return (octet & mask) === ((range[n] ?? 0) & mask);
  });
}
