import { createHash, sign, type KeyObject } from 'node:crypto';
import { context } from '../../../electron/services/trust/asn1/read.ts';
import { boolean, explicit, integer, nothing, octetString, oid, sequence, setOf, tlv } from '../../../electron/services/trust/asn1/write.ts';
import { digestOid } from '../../../electron/services/trust/certificate/algorithms.ts';
import { signatureIdentifier } from '../../../electron/services/trust/cms/build-signed-data.ts';
import { oids } from '../../../electron/services/trust/cms/oids.ts';
import type { Certificate, Digest } from '../../../electron/services/trust/index.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';

/** What a forger, an old program or an honest one may put into a CMS; everything has the value of an honest one. */
export type CmsPlan = {
  readonly signer: string;
  /** whose certificates are sent along */
  readonly certificates?: readonly string[];
  readonly digest?: Digest;
  /** digest that the SignerInfo names, when it is not the one that is used */
  readonly namedDigest?: Digest;
  /** what is signed */
  readonly messageDigest: Uint8Array | undefined;
  readonly contentType?: string;
  /** the attribute, when it is not the same; null: none */
  readonly attributeType?: string | null;
  readonly content?: Uint8Array;
  /** certificate that the reference names; null: no reference */
  readonly reference?: string | null;
  readonly signingTime?: Date;
  /** bytes that are signed directly: no signed attributes at all */
  readonly direct?: readonly Uint8Array[];
  readonly unsigned?: readonly Buffer[];
  readonly moreAttributes?: readonly Buffer[];
  readonly crls?: readonly Uint8Array[];
  /** how many times the SignerInfo stands there */
  readonly signers?: number;
  /** a key other than the signer's */
  readonly key?: KeyObject;
  /** Ed25519 instead of RSA */
  readonly edwards?: KeyObject;
};

export const attribute = (type: string, ...values: readonly Uint8Array[]): Buffer => sequence(oid(type), setOf(...values));

const time = (at: Date): Buffer => tlv(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
const tagged = (element: Buffer, tag: number): Buffer => Buffer.concat([Buffer.of(tag), element.subarray(1)]);

function essReference(certificate: Certificate, digest: Digest): Buffer {
  const hash = octetString(createHash(digest).update(certificate.der).digest());
  return sequence(sequence(digest === 'sha256' ? sequence(hash) : sequence(sequence(oid(digestOid(digest))), hash)));
}

/** A SignedData by this test's own hand. */
export function cmsOf(pki: TestPki, plan: CmsPlan): Buffer {
  const { signer, digest = 'sha256', contentType = oids.data } = plan;
  const certificate = pki.certificate(signer);
  const key = plan.edwards ?? plan.key ?? pki.key(signer);
  const referred = plan.reference === undefined ? signer : plan.reference;
  const members = [
    ...(plan.attributeType === null ? [] : [attribute(oids.contentType, oid(plan.attributeType ?? contentType))]),
    ...(plan.messageDigest === undefined ? [] : [attribute(oids.messageDigest, octetString(plan.messageDigest))]),
    ...(referred === null ? [] : [attribute(oids.signingCertificateV2, essReference(pki.certificate(referred), digest))]),
    ...(plan.signingTime === undefined ? [] : [attribute(oids.signingTime, time(plan.signingTime))]),
    ...(plan.moreAttributes ?? []),
  ];
  const attributes = setOf(...members);
  const signed = plan.direct === undefined ? attributes : Buffer.concat(plan.direct);
  const signature = plan.edwards === undefined ? sign(digest, signed, key) : sign(null, signed, key);
  const algorithm = plan.edwards === undefined ? signatureAlgorithm(digest) : sequence(oid('1.3.101.112'));
  const info = sequence(
    integer(1),
    sequence(certificate.issuer.der, integer(Buffer.from(certificate.serial, 'hex'))),
    sequence(oid(digestOid(plan.namedDigest ?? digest))),
    ...(plan.direct === undefined ? [tagged(attributes, context(0))] : []),
    algorithm,
    octetString(signature),
    ...(plan.unsigned === undefined ? [] : [tagged(setOf(...plan.unsigned), context(1))]),
  );
  const sent = (plan.certificates ?? [signer]).map((id) => pki.der(id));
  return sequence(
    oid(oids.signedData),
    explicit(
      0,
      sequence(
        integer(plan.content === undefined ? 1 : 3),
        setOf(sequence(oid(digestOid(plan.namedDigest ?? digest)))),
        sequence(oid(contentType), ...(plan.content === undefined ? [] : [explicit(0, octetString(plan.content))])),
        ...(sent.length === 0 ? [] : [tagged(setOf(...sent), context(0))]),
        ...(plan.crls === undefined ? [] : [tagged(setOf(...plan.crls), context(1))]),
        setOf(...Array.from({ length: plan.signers ?? 1 }, () => info)),
      ),
    ),
  );
}

function signatureAlgorithm(digest: Digest): Buffer {
  if (digest === 'sha1') return sequence(oid('1.2.840.113549.1.1.5'), nothing);
  if (digest !== 'sha256' && digest !== 'sha384' && digest !== 'sha512') throw new Error(digest);
  return signatureIdentifier({ kind: 'rsa-v1.5', digest });
}

/** A time-stamp token over `stamped` with any time, which no honest authority gives. */
export function tokenOver(pki: TestPki, authority: string, stamped: readonly Uint8Array[], at: Date, more: { readonly digest?: Digest; readonly certificates?: readonly string[] } = {}): Buffer {
  const { digest = 'sha256', certificates = [authority] } = more;
  const hash = createHash(digest);
  for (const piece of stamped) hash.update(piece);
  const content = sequence(
    integer(1),
    oid('2.16.704.1.1.1.2'),
    sequence(sequence(oid(digestOid(digest)), nothing), octetString(hash.digest())),
    integer(Number(at) % 1_000_000),
    tlv(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`)),
    boolean(true),
  );
  return cmsOf(pki, { signer: authority, certificates, content, contentType: oids.tstInfo, messageDigest: createHash('sha256').update(content).digest() });
}

/** The value of the signature in a CMS made here: what a time-stamp is over. RSA's differs with nothing but what is signed. */
export function withToken(pki: TestPki, plan: CmsPlan, value: (cms: Buffer) => Uint8Array, ...tokens: readonly ((value: Uint8Array) => Buffer)[]): Buffer {
  const bare = value(cmsOf(pki, plan));
  return cmsOf(pki, { ...plan, unsigned: [attribute(oids.timestampToken, ...tokens.map((make) => make(bare)))] });
}
