import { constants, createHash, createVerify, verify, type KeyObject } from 'node:crypto';
import { Asn1Fault } from '../asn1/fault.ts';
import { childrenOf, context, fieldsOf, inside, type Element } from '../asn1/read.ts';
import { oidOf, smallInteger } from '../asn1/values.ts';

/** Digests by their name in Node. SHA-1 is read in old signatures and never written. */
export type Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha512-224' | 'sha512-256' | 'sha3-224' | 'sha3-256' | 'sha3-384' | 'sha3-512';

const digestOids: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.5': 'sha512-224',
  '2.16.840.1.101.3.4.2.6': 'sha512-256',
  '2.16.840.1.101.3.4.2.7': 'sha3-224',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
};

/**
 * How a signature was made. `unknown` keeps the identifier, to be named to people; so does `rsa-pss` whose mask
 * generation uses another digest than the signature, which nobody's tools make and Node cannot check.
 */
export type SignatureAlgorithm =
  | { readonly kind: 'rsa-v1.5'; readonly digest: Digest }
  | { readonly kind: 'rsa-pss'; readonly digest: Digest; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly digest: Digest }
  | { readonly kind: 'eddsa' }
  | { readonly kind: 'unknown'; readonly oid: string };

const withDigest: Readonly<Record<string, readonly ['rsa-v1.5' | 'ecdsa', Digest]>> = {
  '1.2.840.113549.1.1.5': ['rsa-v1.5', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa-v1.5', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa-v1.5', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa-v1.5', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa-v1.5', 'sha512'],
  '1.2.840.113549.1.1.15': ['rsa-v1.5', 'sha512-224'],
  '1.2.840.113549.1.1.16': ['rsa-v1.5', 'sha512-256'],
  '2.16.840.1.101.3.4.3.13': ['rsa-v1.5', 'sha3-224'],
  '2.16.840.1.101.3.4.3.14': ['rsa-v1.5', 'sha3-256'],
  '2.16.840.1.101.3.4.3.15': ['rsa-v1.5', 'sha3-384'],
  '2.16.840.1.101.3.4.3.16': ['rsa-v1.5', 'sha3-512'],
  '1.2.840.10045.4.1': ['ecdsa', 'sha1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'sha224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'sha512'],
  '2.16.840.1.101.3.4.3.9': ['ecdsa', 'sha3-224'],
  '2.16.840.1.101.3.4.3.10': ['ecdsa', 'sha3-256'],
  '2.16.840.1.101.3.4.3.11': ['ecdsa', 'sha3-384'],
  '2.16.840.1.101.3.4.3.12': ['ecdsa', 'sha3-512'],
};
const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';
const mgf1 = '1.2.840.113549.1.1.8';
const edwards = ['1.3.101.112', '1.3.101.113'];

/** The digest that an AlgorithmIdentifier names; undefined for one that is not known or not usable here. Throws `Asn1Fault`. */
export function digestOf(element: Element): Digest | undefined {
  const digest = digestOids[oidOf(fieldsOf(element).next())];
  return digest !== undefined && isUsable(digest) ? digest : undefined;
}

const usable = new Map<Digest, boolean>();

/** Electron's Node is built on BoringSSL, which lacks SHA-3 and others that Node on OpenSSL has. */
function isUsable(digest: Digest): boolean {
  let known = usable.get(digest);
  if (known === undefined) {
    try {
      createHash(digest);
      known = true;
    } catch {
      known = false;
    }
    usable.set(digest, known);
  }
  return known;
}

/** Dotted identifier of a digest. */
export function digestOid(digest: Digest): string {
  const found = Object.entries(digestOids).find(([, name]) => name === digest);
  if (found === undefined) throw new Error(`no identifier for ${digest}`);
  return found[0];
}

/**
 * Reads a signature's AlgorithmIdentifier. `digest` is that of the SignerInfo, for identifiers that name the key only
 * (`rsaEncryption`, RFC 5754 §3.2). Throws `Asn1Fault`.
 */
export function signatureAlgorithmOf(element: Element, digest?: Digest): SignatureAlgorithm {
  const fields = fieldsOf(element);
  const oid = oidOf(fields.next());
  const known = withDigest[oid];
  if (known !== undefined) return { kind: known[0], digest: known[1] };
  if (oid === rsaEncryption && digest !== undefined) return { kind: 'rsa-v1.5', digest };
  if (oid === ecPublicKey && digest !== undefined) return { kind: 'ecdsa', digest };
  if (oid === rsaPss) return pssOf(fields.peek() === undefined ? undefined : fields.next());
  return edwards.includes(oid) ? { kind: 'eddsa' } : { kind: 'unknown', oid };
}

/** RSASSA-PSS-params (RFC 4055 §3.1), whose defaults are SHA-1 and a salt of 20. */
function pssOf(parameters: Element | undefined): SignatureAlgorithm {
  const unknown: SignatureAlgorithm = { kind: 'unknown', oid: rsaPss };
  if (parameters === undefined) return unknown;
  const fields = fieldsOf(parameters);
  const hash = fields.optional(context(0));
  const mask = fields.optional(context(1));
  const salt = fields.optional(context(2));
  const trailer = fields.optional(context(3));
  fields.end();
  const digest = hash === undefined ? 'sha1' : digestOf(inside(hash));
  const saltLength = salt === undefined ? 20 : smallInteger(inside(salt));
  if (saltLength < 0 || saltLength > 512) throw new Asn1Fault('integer');
  if (digest === undefined || maskDigest(mask) !== digest) return unknown;
  if (trailer !== undefined && smallInteger(inside(trailer)) !== 1) return unknown;
  return { kind: 'rsa-pss', digest, saltLength };
}

function maskDigest(mask: Element | undefined): Digest | undefined {
  if (mask === undefined) return 'sha1';
  const [oid, parameters] = childrenOf(inside(mask));
  return oid !== undefined && parameters !== undefined && oidOf(oid) === mgf1 ? digestOf(parameters) : undefined;
}

/** `unsupported`: an algorithm that is not known, or a key of another kind than it. Never to be taken for `bad`. */
export type SignatureVerdict = 'good' | 'bad' | 'unsupported';

/** Checks a signature over the bytes of `pieces`, one after the other. ECDSA signatures as DER (RFC 3279 §2.2.3). */
export function checkSignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject | undefined,
  pieces: readonly Uint8Array[],
  signature: Uint8Array,
): SignatureVerdict {
  if (algorithm.kind === 'eddsa') {
    if (key?.asymmetricKeyType?.startsWith('ed') !== true) return 'unsupported';
    try {
      return verify(null, Buffer.concat(pieces), key, signature) ? 'good' : 'bad';
    } catch {
      return 'unsupported';
    }
  }
  const streamed = startSignatureCheck(algorithm, key);
  if (streamed === undefined) return 'unsupported';
  for (const piece of pieces) streamed.update(piece);
  return streamed.end(signature);
}

/** The same for bytes that come one after the other; undefined for what cannot be checked so. */
export function startSignatureCheck(
  algorithm: SignatureAlgorithm,
  key: KeyObject | undefined,
): { readonly update: (piece: Uint8Array) => void; readonly end: (signature: Uint8Array) => SignatureVerdict } | undefined {
  if (key === undefined || algorithm.kind === 'eddsa' || algorithm.kind === 'unknown' || !fits(algorithm.kind, key)) return undefined;
  if (!isUsable(algorithm.digest)) return undefined;
  const check = createVerify(algorithm.digest);
  return {
    update(piece) {
      check.update(piece);
    },
    end(signature) {
      try {
        return check.verify(keyFor(algorithm, key), signature) ? 'good' : 'bad';
      } catch {
        // OpenSSL refuses what it cannot make sense of, such as a salt longer than the key: not a signature.
        return 'bad';
      }
    },
  };
}

function keyFor(algorithm: SignatureAlgorithm, key: KeyObject): Parameters<ReturnType<typeof createVerify>['verify']>[0] {
  if (algorithm.kind === 'rsa-pss') return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength };
  if (algorithm.kind === 'rsa-v1.5') return { key, padding: constants.RSA_PKCS1_PADDING };
  return { key, dsaEncoding: 'der' };
}

function fits(kind: 'rsa-v1.5' | 'rsa-pss' | 'ecdsa', key: KeyObject): boolean {
  const type = key.asymmetricKeyType;
  if (kind === 'ecdsa') return type === 'ec';
  return type === 'rsa' || (kind === 'rsa-pss' && type === 'rsa-pss');
}
