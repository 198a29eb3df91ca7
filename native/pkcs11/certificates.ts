import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { cleanText, type Handle, type Module } from './driver.ts';
import { attribute, attributes, classes, findObjects, flag } from './objects.ts';

export type KeyKind =
  | { readonly type: 'rsa'; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' }
  /** what this library does not sign with; `name` as Node calls it */
  | { readonly type: 'other'; readonly name: string };

/** A certificate on a token, and whether the token holds its private key. */
export type TokenCertificate = {
  /** SHA-256 of the DER form, hex: the name by which the user's choice is kept */
  readonly sha256: string;
  readonly der: Uint8Array;
  readonly label: string;
  /** CKA_ID, hex */
  readonly id: string;
  readonly key: KeyKind;
  /** a CA's certificate, as most tokens carry beside the signer's */
  readonly authority: boolean;
  readonly notBefore: string;
  readonly notAfter: string;
  /** by this machine's clock */
  readonly period: 'current' | 'not-yet' | 'over';
  /** `hidden`: the token shows private keys only after the PIN, so whether it is there is not known yet */
  readonly privateKey: 'found' | 'hidden' | 'none';
};

export type CertificatesOfToken = {
  readonly certificates: readonly TokenCertificate[];
  /** certificate objects without a readable X.509 certificate in them */
  readonly unreadable: number;
};

/** Certificates of a token. Needs no login. Throws `TokenTrouble`. */
export function readCertificates(module: Module, session: Handle, token: { readonly loginRequired: boolean }, now: Date): CertificatesOfToken {
  const objects = findObjects(module, session, 'certificates', [{ type: attributes.class, value: classes.certificate }]);
  const keys = findObjects(module, session, 'keys', [{ type: attributes.class, value: classes.privateKey }]);
  const idOf = (object: Handle): string => attribute(module, session, 'keys', object, attributes.id)?.toString('hex') ?? '';
  const keyIds = new Set(keys.map(idOf));
  const certificates: TokenCertificate[] = [];
  let unreadable = 0;
  for (const object of objects) {
    const value = attribute(module, session, 'certificates', object, attributes.value);
    const parsed = value === undefined ? undefined : parseCertificate(value);
    if (parsed === undefined) {
      unreadable += 1;
      continue;
    }
    const id = attribute(module, session, 'certificates', object, attributes.id)?.toString('hex') ?? '';
    const label = attribute(module, session, 'certificates', object, attributes.label)?.toString('utf8') ?? '';
    const found = id !== '' && keyIds.has(id);
    certificates.push({
      ...factsOf(parsed, now),
      id,
      label: cleanText(label),
      privateKey: found ? 'found' : token.loginRequired && keys.length === 0 && !parsed.certificate.ca ? 'hidden' : 'none',
    });
  }
  return { certificates, unreadable };
}

type Parsed = { readonly certificate: X509Certificate; readonly der: Buffer };

/** Some tokens hand out a certificate with zeros up to the end of its file; DER says where it ends. */
function parseCertificate(value: Buffer): Parsed | undefined {
  try {
    const certificate = new X509Certificate(value);
    return { certificate, der: certificate.raw };
  } catch {
    return undefined;
  }
}

function factsOf({ certificate, der }: Parsed, now: Date): Omit<TokenCertificate, 'label' | 'id' | 'privateKey'> {
  const { validFromDate, validToDate } = certificate;
  return {
    sha256: sha256Of(der),
    der: new Uint8Array(der),
    key: kindOf(certificate.publicKey),
    authority: certificate.ca,
    notBefore: validFromDate.toISOString(),
    notAfter: validToDate.toISOString(),
    period: now < validFromDate ? 'not-yet' : now > validToDate ? 'over' : 'current',
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function kindOf(key: KeyObject): KeyKind {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') return { type: 'rsa', bits: details?.modulusLength ?? 0 };
  if (details?.namedCurve === 'prime256v1') return { type: 'ec', curve: 'P-256' };
  if (details?.namedCurve === 'secp384r1') return { type: 'ec', curve: 'P-384' };
  return { type: 'other', name: details?.namedCurve ?? key.asymmetricKeyType ?? '' };
}

export type ChosenCertificate = { readonly certificate: X509Certificate; readonly id: Buffer | undefined; readonly key: KeyKind };

/** The certificate with this SHA-256 if the token holds exactly it. Needs no login. */
export function chosenCertificate(module: Module, session: Handle, sha256: string): ChosenCertificate | undefined {
  for (const object of findObjects(module, session, 'certificates', [{ type: attributes.class, value: classes.certificate }])) {
    const value = attribute(module, session, 'certificates', object, attributes.value);
    const parsed = value === undefined ? undefined : parseCertificate(value);
    if (parsed === undefined || sha256Of(parsed.der) !== sha256) continue;
    return { certificate: parsed.certificate, key: kindOf(parsed.certificate.publicKey), id: attribute(module, session, 'certificates', object, attributes.id) };
  }
  return undefined;
}

const keyTypes = { rsa: 0x0, ec: 0x3 } as const;

export type SigningKey = { readonly handle: Handle; readonly alwaysAuthenticate: boolean };

/**
 * The private key of a certificate among those that the session sees: by CKA_ID, and where a module keeps no ids, by
 * the modulus. `undefined` when there is none; `forbidden` when there is one that may not sign. That it is the right one
 * is proven by each signature, which is checked against the certificate.
 */
export function keyOf(module: Module, session: Handle, chosen: ChosenCertificate): SigningKey | 'forbidden' | undefined {
  if (chosen.key.type === 'other') return undefined;
  const ofType = [
    { type: attributes.class, value: classes.privateKey },
    { type: attributes.keyType, value: keyTypes[chosen.key.type] },
  ];
  const all = findObjects(module, session, 'keys', ofType);
  const modulus = modulusOf(chosen.certificate.publicKey);
  const contradicts = (object: Handle): boolean => {
    const own = attribute(module, session, 'keys', object, attributes.modulus);
    return modulus !== undefined && own !== undefined && own.length > 0 && !withoutZeros(own).equals(modulus);
  };
  const fitting = all.filter((object) => !contradicts(object));
  const { id } = chosen;
  const byId = fitting.filter((object) => id !== undefined && id.length > 0 && attribute(module, session, 'keys', object, attributes.id)?.equals(id) === true);
  const candidates = byId.length > 0 ? byId : fitting;
  const handle = candidates.find((object) => flag(module, session, 'keys', object, attributes.sign) !== false);
  if (handle === undefined) return candidates.length > 0 ? 'forbidden' : undefined;
  return { handle, alwaysAuthenticate: flag(module, session, 'keys', handle, attributes.alwaysAuthenticate) === true };
}

function modulusOf(key: KeyObject): Buffer | undefined {
  const { n } = key.export({ format: 'jwk' });
  return n === undefined ? undefined : withoutZeros(Buffer.from(n, 'base64url'));
}

function withoutZeros(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  return first <= 0 ? number : number.subarray(first);
}
