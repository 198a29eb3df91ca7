import { X509Certificate } from 'node:crypto';
import { fail, ok, type CertificateFacts, type Outcome } from '#contract';

export type CaFailureCode = 'ca-unreadable' | 'ca-not-authority' | 'ca-private-key';

const block = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * The certificates in a PEM text, which may have words around them as OpenSSL prints them. '' has none. Failures:
 * - `ca-private-key`: a private key was pasted along; it must not be kept here
 * - `ca-unreadable`: no certificate, or one that cannot be read
 * - `ca-not-authority`: `subject` may not vouch for others, so trusting it would have no effect
 */
export function certificatesIn(pem: string): Outcome<CertificateFacts[], CaFailureCode> {
  if (pem.trim() === '') return ok([]);
  if (/PRIVATE KEY-----/.test(pem)) return fail('ca-private-key', { field: 'caPem' });
  const facts: CertificateFacts[] = [];
  for (const text of pem.match(block) ?? []) {
    const certificate = read(text);
    if (certificate === undefined) return fail('ca-unreadable', { field: 'caPem' });
    const subject = oneLine(certificate.subject);
    if (!certificate.ca) return fail('ca-not-authority', { field: 'caPem', subject });
    facts.push({
      subject,
      issuer: oneLine(certificate.issuer),
      validFrom: certificate.validFromDate.toISOString(),
      validTo: certificate.validToDate.toISOString(),
      fingerprint: certificate.fingerprint256,
    });
  }
  return facts.length === 0 ? fail('ca-unreadable', { field: 'caPem' }) : ok(facts);
}

function read(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Node writes one part of a name per line. */
function oneLine(name: string): string {
  return name.split('\n').join(', ');
}
