import type { Result } from '../../../foundation/outcome.ts';
import { Asn1Fault, attempt, type Malformed } from '../asn1/fault.ts';
import { childrenOf, context, elementAt, fieldsOf, inside, isDer, tags, type Element } from '../asn1/read.ts';
import { integerHex, octetsOf, oidOf, smallInteger, timeOf } from '../asn1/values.ts';
import { toDer } from '../asn1/write.ts';
import { digestOf, signatureAlgorithmOf, type Digest, type SignatureAlgorithm } from '../certificate/algorithms.ts';
import { readName } from '../certificate/names.ts';
import { certificateOf, type Certificate } from '../certificate/read-certificate.ts';
import { oids } from './oids.ts';

/** By what a SignerInfo names its certificate (RFC 5652 §5.3). */
export type SignerId =
  | { readonly kind: 'issuer-serial'; readonly issuerKey: string; readonly serial: string }
  | { readonly kind: 'key-id'; readonly keyId: string };

/** The certificate that a signature binds itself to (RFC 2634 §5.4, RFC 5035 §4). */
export type CertificateReference = { readonly digest: Digest | undefined; readonly hash: Uint8Array };

export type SignedAttributes = {
  /** what was signed: SET tag, in DER and in order (RFC 5652 §5.4) */
  readonly der: Uint8Array;
  /** SET tag in front of the members as they came; some signers sign this without having put them in order */
  readonly asSent: Uint8Array;
  /** values of each attribute by its dotted type, as they came */
  readonly values: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly contentType: string | undefined;
  readonly messageDigest: Uint8Array | undefined;
  /** what the signer's machine claimed; some tools of this country write local time as UTC (signing.md §1.3) */
  readonly signingTime: Date | undefined;
  /** the first reference of each such attribute, which is the signer's own (RFC 5035 §3) */
  readonly signingCertificates: readonly CertificateReference[];
};

export type SignerInfo = {
  readonly id: SignerId;
  readonly digest: Digest | undefined;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly signed: SignedAttributes | undefined;
  /** values of each unsigned attribute by its dotted type */
  readonly unsigned: ReadonlyMap<string, readonly Uint8Array[]>;
};

/** A CMS SignedData with its one signer (RFC 5652 §5.1), read and not yet checked. */
export type SignedData = {
  /** PAdES wants DER (EN 319 142-1 §4.1); some published documents have BER with indefinite lengths */
  readonly encoding: 'der' | 'ber';
  /** octets that it takes of the bytes it was read from */
  readonly length: number;
  /** what follows there; zeros are how a placeholder is filled up */
  readonly after: 'nothing' | 'zeros' | 'junk';
  readonly contentType: string;
  /** content that lies inside; a detached signature has none, and one that has is not to be accepted for it */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  /** embedded lists of revoked certificates, each as DER */
  readonly crls: readonly Uint8Array[];
  readonly signer: SignerInfo;
};

/** `signers`: not exactly one SignerInfo; nobody may choose which of several counts. */
export type SignedDataFailure =
  | Malformed
  | { readonly code: 'not-signed-data'; readonly oid: string }
  | { readonly code: 'signers'; readonly count: number };

const mostCertificates = 100;
/** Real ones have three to six. */
const mostAttributes = 200;

/**
 * Reads the SignedData that `bytes` begin with; what follows it is told in `after`. Accepts BER because real documents
 * have it, and the end is found by reading, not from a length.
 */
export function readSignedData(bytes: Uint8Array): Result<SignedData, SignedDataFailure> {
  const read = attempt('ContentInfo', () => signedDataOf(bytes));
  return read.ok ? read.value : read;
}

function signedDataOf(bytes: Uint8Array): Result<SignedData, SignedDataFailure> {
  const outer = elementAt(bytes, 0);
  const { type, fields } = opened(outer);
  if (fields === undefined) return { ok: false, failure: { code: 'not-signed-data', oid: type } };
  smallInteger(fields.next(tags.integer));
  fields.next(tags.set);
  const encapsulated = fieldsOf(fields.next());
  const contentType = oidOf(encapsulated.next());
  const content = encapsulated.optional(context(0));
  const certificates = fields.optional(context(0));
  const crls = fields.optional(context(1));
  const signers = childrenOf(fields.next(tags.set));
  fields.end();
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) return { ok: false, failure: { code: 'signers', count: signers.length } };
  return {
    ok: true,
    value: {
      encoding: isDer(outer.raw) ? 'der' : 'ber',
      length: outer.raw.length,
      after: afterwards(bytes.subarray(outer.raw.length)),
      contentType,
      content: content === undefined ? undefined : octetsOf(inside(content)),
      certificates: certificatesIn(certificates),
      crls: crls === undefined ? [] : childrenOf(crls).flatMap(({ tag, raw }) => (tag === tags.sequence ? [raw] : [])),
      signer: signerOf(signer),
    },
  };
}

function opened(outer: Element): { readonly type: string; readonly fields?: ReturnType<typeof fieldsOf> } {
  const info = fieldsOf(outer);
  const type = oidOf(info.next());
  if (type !== oids.signedData) return { type };
  const fields = fieldsOf(inside(info.next(context(0))));
  info.end();
  return { type, fields };
}

function afterwards(rest: Uint8Array): SignedData['after'] {
  if (rest.length === 0) return 'nothing';
  return rest.every((octet) => octet === 0) ? 'zeros' : 'junk';
}

/** Attribute certificates and the like are passed over. */
function certificatesIn(set: Element | undefined): Certificate[] {
  if (set === undefined) return [];
  const members = childrenOf(set).filter(({ tag }) => tag === tags.sequence);
  if (members.length > mostCertificates) throw new Asn1Fault('too-many');
  return members.map(certificateOf);
}

/** The certificates of a SignedData that may have no signer: the form `.p7c` of an issuer's address (RFC 5280 §4.2.2.1). */
export function readCertificateBag(bytes: Uint8Array): Result<readonly Certificate[], Malformed> {
  return attempt('SignedData', () => {
    const { fields } = opened(elementAt(bytes, 0));
    if (fields === undefined) throw new Asn1Fault('value');
    fields.next(tags.integer);
    fields.next(tags.set);
    fields.next(tags.sequence);
    return certificatesIn(fields.optional(context(0)));
  });
}

function signerOf(element: Element): SignerInfo {
  const fields = fieldsOf(element);
  smallInteger(fields.next(tags.integer));
  const keyId = fields.optional(context(0, false));
  const id: SignerId = keyId === undefined ? issuerSerial(fields.next()) : { kind: 'key-id', keyId: hex(keyId.content) };
  const digest = digestOf(fields.next());
  const signed = fields.optional(context(0));
  const algorithm = signatureAlgorithmOf(fields.next(), digest);
  const signature = octetsOf(fields.next());
  const unsigned = fields.optional(context(1));
  fields.end();
  return {
    id,
    digest,
    algorithm,
    signature,
    signed: signed === undefined ? undefined : signedAttributes(signed),
    unsigned: attributes(unsigned),
  };
}

function issuerSerial(element: Element): SignerId {
  const fields = fieldsOf(element);
  return { kind: 'issuer-serial', issuerKey: readName(fields.next()).key, serial: integerHex(fields.next()) };
}

function attributes(set: Element | undefined): Map<string, readonly Uint8Array[]> {
  const found = new Map<string, Uint8Array[]>();
  const members = set === undefined ? [] : childrenOf(set);
  if (members.length > mostAttributes) throw new Asn1Fault('too-many');
  for (const attribute of members) {
    const fields = fieldsOf(attribute);
    const type = oidOf(fields.next());
    const values = childrenOf(fields.next(tags.set)).map(({ raw }) => raw);
    found.set(type, (found.get(type) ?? []).concat(values));
  }
  return found;
}

function signedAttributes(element: Element): SignedAttributes {
  const values = attributes(element);
  // RFC 5652 §11: one attribute, one value. With two, two programs could read two.
  const single = (type: string): Element | undefined => {
    const [value, ...more] = values.get(type) ?? [];
    if (more.length > 0) throw new Asn1Fault('value');
    return value === undefined ? undefined : elementAt(value, 0);
  };
  const contentType = single(oids.contentType);
  const messageDigest = single(oids.messageDigest);
  const signingTime = single(oids.signingTime);
  const asSet: Element = { ...element, tag: tags.set };
  return {
    der: toDer(asSet),
    asSent: withSetTag(element),
    values,
    contentType: contentType === undefined ? undefined : oidOf(contentType),
    messageDigest: messageDigest === undefined ? undefined : octetsOf(messageDigest),
    signingTime: signingTime === undefined ? undefined : timeOf(signingTime),
    signingCertificates: [...reference(single(oids.signingCertificate), 'sha1'), ...reference(single(oids.signingCertificateV2), 'sha256')],
  };
}

function withSetTag(element: Element): Uint8Array {
  const bytes = Buffer.from(element.raw);
  bytes[0] = tags.set;
  return bytes;
}

/** ESSCertID has no algorithm and means SHA-1; ESSCertIDv2 means SHA-256 where it names none. */
function reference(attribute: Element | undefined, usual: Digest): CertificateReference[] {
  const [first] = attribute === undefined ? [] : childrenOf(fieldsOf(attribute).next(tags.sequence));
  if (first === undefined) return [];
  const fields = fieldsOf(first);
  const algorithm = fields.optional(tags.sequence);
  return [{ digest: algorithm === undefined ? usual : digestOf(algorithm), hash: octetsOf(fields.next(tags.octets)) }];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
