import { constants, sign } from 'node:crypto';
import { chainOf, type SigningWish } from '../../../electron/services/signing/index.ts';
import type { SigningWay } from '../../../electron/services/trust/index.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';

/** What a token does, by a key in memory. */
export function signedBy(pki: TestPki, id: string, { kind, digest }: SigningWay): (attributes: Uint8Array) => Promise<{ readonly ok: true; readonly value: Uint8Array }> {
  const padding = kind === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  return (attributes) => Promise.resolve({ ok: true, value: sign(digest, attributes, { key: pki.key(id), ...padding }) });
}

/** A wish of somebody of the test PKI; on page 1, not seen, level B, now. */
export function wishOf(pki: TestPki, id: string, way: SigningWay, more: Partial<SigningWish> = {}): SigningWish {
  const chain = chainOf(pki.certificate(id), ['g2root', 'g2ca', 'ecca'].map((one) => pki.certificate(one)));
  return { level: 'B', way, certificate: pki.certificate(id), chain, field: { kind: 'new', page: 1 }, at: new Date(), ...more };
}
