import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Result } from '../../../foundation/outcome.ts';
import { Asn1Fault, attempt, type Malformed } from '../asn1/fault.ts';
import { childrenOf, context, fieldsOf, inside, sameBytes, tags, wholeElement, type Element } from '../asn1/read.ts';
import { bitOctets, integerHex, integerOctets, oidOf, timeOf } from '../asn1/values.ts';
import { checkSignature, signatureAlgorithmOf, type SignatureAlgorithm, type SignatureVerdict } from './algorithms.ts';
import { readExtensions, type Extensions } from './extensions.ts';
import { readName, type Name } from './names.ts';

/** Kind and size of a public key, as law and people ask for it. */
export type KeyFacts = {
  readonly kind: 'rsa' | 'rsa-pss' | 'ec' | 'other';
  /** modulus or curve; 0 when not known */
  readonly bits: number;
  /** `P-256` …; else the identifier */
  readonly name: string;
};

/** A certificate (RFC 5280 §4.1), read and not yet believed. */
export type Certificate = {
  readonly der: Uint8Array;
  /** of the whole certificate, lower-case hex */
  readonly sha256: string;
  /** the signed part, as it was encoded */
  readonly tbs: Uint8Array;
  /** hex of the value, without leading zeros of the encoding */
  readonly serial: string;
  readonly subject: Name;
  readonly issuer: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo */
  readonly spki: Uint8Array;
  /** octets of subjectPublicKey, which OCSP hashes */
  readonly keyOctets: Uint8Array;
  readonly key: KeyFacts;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly extensions: Extensions;
};

/** The largest seen are below 4 KiB. */
const largest = 256 * 1024;

const curves: Readonly<Record<string, readonly [name: string, bits: number]>> = {
  '1.2.840.10045.3.1.7': ['P-256', 256],
  '1.3.132.0.34': ['P-384', 384],
  '1.3.132.0.35': ['P-521', 521],
};

/** Reads one certificate in DER (or in the BER that some issuers write), nothing around it. */
export function readCertificate(der: Uint8Array): Result<Certificate, Malformed> {
  return attempt('Certificate', () => certificateOf(wholeElement(der)));
}

/** Reads a certificate that stands inside something else. Throws `Asn1Fault`. */
export function certificateOf(element: Element): Certificate {
  if (element.raw.length > largest) throw new Asn1Fault('too-large');
  const outer = fieldsOf(element);
  const tbs = outer.next(tags.sequence);
  const algorithm = outer.next(tags.sequence);
  const signature = bitOctets(outer.next(tags.bits));
  outer.end();
  const fields = fieldsOf(tbs);
  fields.optional(context(0));
  const serial = integerHex(fields.next());
  // RFC 5280 §4.1.1.2: both must be the same, or the outer one could be exchanged.
  if (!sameBytes(fields.next(tags.sequence).raw, algorithm.raw)) throw new Asn1Fault('value');
  const issuer = readName(fields.next());
  const validity = fieldsOf(fields.next());
  const notBefore = timeOf(validity.next());
  const notAfter = timeOf(validity.next());
  const subject = readName(fields.next());
  const spki = fields.next(tags.sequence);
  fields.optional(context(1, false));
  fields.optional(context(2, false));
  const extensions = fields.optional(context(3));
  fields.end();
  return {
    der: element.raw,
    sha256: createHash('sha256').update(element.raw).digest('hex'),
    tbs: tbs.raw,
    serial,
    subject,
    issuer,
    notBefore,
    notAfter,
    spki: spki.raw,
    ...keyFacts(spki),
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    signature,
    extensions: readExtensions(extensions === undefined ? undefined : inside(extensions)),
  };
}

function keyFacts(spki: Element): Pick<Certificate, 'key' | 'keyOctets'> {
  const fields = fieldsOf(spki);
  const [algorithm, parameters] = childrenOf(fields.next(tags.sequence));
  if (algorithm === undefined) throw new Asn1Fault('missing');
  const oid = oidOf(algorithm);
  const keyOctets = bitOctets(fields.next(tags.bits));
  const rsa = (kind: 'rsa' | 'rsa-pss'): KeyFacts => {
    const bits = modulusBits(keyOctets);
    return { kind, bits, name: `RSA-${String(bits)}` };
  };
  if (oid === '1.2.840.113549.1.1.1') return { key: rsa('rsa'), keyOctets };
  if (oid === '1.2.840.113549.1.1.10') return { key: rsa('rsa-pss'), keyOctets };
  if (oid !== '1.2.840.10045.2.1') return { key: { kind: 'other', bits: 0, name: oid }, keyOctets };
  const curve = parameters?.tag === tags.oid ? oidOf(parameters) : 'explicit';
  const [name, bits] = curves[curve] ?? [curve, 0];
  return { key: { kind: 'ec', bits, name }, keyOctets };
}

/** OpenSSL itself refuses a modulus above 16 384 bits. */
const largestModulus = 2049;

function modulusBits(key: Uint8Array): number {
  const modulus = integerOctets(fieldsOf(wholeElement(key)).next(), largestModulus);
  return (modulus.length - 1) * 8 + (32 - Math.clz32(modulus[0] ?? 0));
}

const keys = new WeakMap<Certificate, KeyObject | 'none'>();

/** The public key for checking signatures; undefined when OpenSSL cannot use it. */
export function publicKeyOf(certificate: Certificate): KeyObject | undefined {
  let key = keys.get(certificate);
  if (key === undefined) {
    try {
      key = createPublicKey({ key: Buffer.from(certificate.spki), format: 'der', type: 'spki' });
    } catch {
      key = 'none';
    }
    keys.set(certificate, key);
  }
  return key === 'none' ? undefined : key;
}

/** Whether `issuer`'s key made the signature on `certificate`. Names and rights are not looked at. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): SignatureVerdict {
  return checkSignature(certificate.signatureAlgorithm, publicKeyOf(issuer), [certificate.tbs], certificate.signature);
}

/** Whether the subject is its own issuer by name (RFC 5280 §6.1: self-issued). */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key;
}

const armour = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/;

/** DER of a certificate that came as DER or as PEM; undefined when PEM holds no certificate. */
export function unarmoured(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === tags.sequence) return bytes;
  const found = armour.exec(Buffer.from(bytes).toString('latin1'));
  return found?.[1] === undefined ? undefined : Buffer.from(found[1], 'base64');
}
