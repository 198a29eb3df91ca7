import { constants, createHash, verify, type X509Certificate } from 'node:crypto';
import type { Mechanism } from 'pkcs11js';
import type { KeyKind } from './certificates.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';

/** What kind of signature is wanted; RFC 8017 §8.2 and §8.1 (salt as long as the hash), FIPS 186-5 for ECDSA. */
export type SignatureScheme = { readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa'; readonly hash: HashName };

/** One way to get it from a token: the mechanism, and what the token is handed. */
export type SigningWay = { readonly mechanism: Mechanism; readonly input: (data: Uint8Array) => Buffer };

const hashes = {
  sha256: { size: 32, ckm: 0x250, mgf: 2, rsa: 0x40, pss: 0x43, ecdsa: 0x1044, info: '3031300d060960864801650304020105000420' },
  sha384: { size: 48, ckm: 0x260, mgf: 3, rsa: 0x41, pss: 0x44, ecdsa: 0x1045, info: '3041300d060960864801650304020205000430' },
  sha512: { size: 64, ckm: 0x270, mgf: 4, rsa: 0x42, pss: 0x45, ecdsa: 0x1046, info: '3051300d060960864801650304020305000440' },
} as const;
const plain = { 'rsa-pkcs1': 0x1, 'rsa-pss': 0xd, ecdsa: 0x1041 } as const;
/** pkcs11js' name for CK_RSA_PKCS_PSS_PARAMS */
const pssParameters = 5;

export function fits(scheme: SignatureScheme, key: KeyKind): boolean {
  return scheme.kind === 'ecdsa' ? key.type === 'ec' : key.type === 'rsa';
}

/**
 * Ways to a signature, best first: hashing here and letting the token do only what it alone can, then the mechanisms
 * that hash on the token. `offered`: the token's mechanism list; ways that it does not name are left out, unless it names
 * none of them: then the list is not believed and all are tried.
 */
export function waysTo(scheme: SignatureScheme, key: KeyKind, offered: readonly number[]): readonly SigningWay[] {
  const hash = hashes[scheme.hash];
  const parameter = scheme.kind === 'rsa-pss' ? { parameter: { type: pssParameters, hashAlg: hash.ckm, mgf: hash.mgf, saltLen: hash.size } } : {};
  const hashing = scheme.kind === 'rsa-pkcs1' ? hash.rsa : scheme.kind === 'rsa-pss' ? hash.pss : hash.ecdsa;
  const ways: readonly SigningWay[] = [
    { mechanism: { mechanism: plain[scheme.kind], ...parameter }, input: (data) => digestFor(scheme, key, data) },
    { mechanism: { mechanism: hashing, ...parameter }, input: (data) => Buffer.from(data) },
  ];
  const named = ways.filter(({ mechanism }) => offered.includes(mechanism.mechanism));
  return named.length > 0 ? named : ways;
}

function digestFor(scheme: SignatureScheme, key: KeyKind, data: Uint8Array): Buffer {
  const digest = createHash(scheme.hash).update(data).digest();
  if (scheme.kind === 'rsa-pkcs1') return Buffer.concat([Buffer.from(hashes[scheme.hash].info, 'hex'), digest]);
  // FIPS 186-5 §6.4: the leftmost bits, as many as the order has. Not every module cuts it itself.
  return scheme.kind === 'ecdsa' && key.type === 'ec' ? digest.subarray(0, coordinateBytes(key.curve)) : digest;
}

function coordinateBytes(curve: 'P-256' | 'P-384'): number {
  return curve === 'P-256' ? 32 : 48;
}

/**
 * The signature in the form that CMS wants, if it is one of this certificate over these bytes; undefined otherwise. A
 * token returns ECDSA as r‖s (PKCS#11 v2.40 mechanisms §2.3.1) and CMS wants ECDSA-Sig-Value in DER (RFC 5753 §2.1.1);
 * modules that return DER already are understood too.
 */
export function checkedSignature(scheme: SignatureScheme, key: KeyKind, certificate: X509Certificate, data: Uint8Array, signature: Buffer): Buffer | undefined {
  if (scheme.kind !== 'ecdsa') return holds(scheme, certificate, data, signature) ? signature : undefined;
  const isPair = key.type === 'ec' && signature.length === 2 * coordinateBytes(key.curve);
  const forms = isPair ? [pairInDer(signature), signature] : [signature];
  return forms.find((form) => holds(scheme, certificate, data, form));
}

function holds(scheme: SignatureScheme, certificate: X509Certificate, data: Uint8Array, signature: Buffer): boolean {
  const { RSA_PKCS1_PADDING: v15, RSA_PKCS1_PSS_PADDING: pss } = constants;
  const padding = { 'rsa-pkcs1': { padding: v15 }, 'rsa-pss': { padding: pss, saltLength: hashes[scheme.hash].size }, ecdsa: {} }[scheme.kind];
  return verify(scheme.hash, data, { key: certificate.publicKey, ...padding }, signature);
}

function pairInDer(pair: Buffer): Buffer {
  const half = pair.length / 2;
  const body = Buffer.concat([integerInDer(pair.subarray(0, half)), integerInDer(pair.subarray(half))]);
  // At most 2 × (2 + 49) bytes: one byte of length is enough up to 127.
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function integerInDer(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.from([0]) : number.subarray(first);
  const content = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, content.length]), content]);
}
