import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

let last: { readonly caPem: string; readonly context: SecureContext } | undefined;

/**
 * The TLS side of every call. Certificates are always verified, whatever the environment says
 * (`NODE_TLS_REJECT_UNAUTHORIZED`); an authority of one's own stands beside those of the machine. Throws when `caPem`
 * cannot be read; the settings take in readable ones only.
 */
export function trusting(caPem: string): { readonly rejectUnauthorized: true; readonly secureContext?: SecureContext } {
  if (caPem === '') return { rejectUnauthorized: true };
  // Reading some 150 authorities takes its time, and the settings seldom change.
  if (last?.caPem !== caPem) {
    last = { caPem, context: createSecureContext({ ca: [...getCACertificates('default'), caPem] }) };
  }
  return { rejectUnauthorized: true, secureContext: last.context };
}
