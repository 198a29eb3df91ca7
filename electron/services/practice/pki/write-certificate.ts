import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { boolean, explicit, integer, octetString, oid, sequence, setOf, tlv } from '../../trust/index.ts';

/** What a certificate of the practice authorities says. */
export type Outline = {
  /** common name, organisation, and an agency's code where it has one */
  readonly name: PracticeName;
  readonly issuer: PracticeName;
  readonly from: Date;
  readonly to: Date;
  /** of whom it is about */
  readonly key: KeyObject;
  readonly issuerKey: KeyObject;
  readonly use: 'authority' | 'signer' | 'time';
  /** where the issuer's certificate lies and who answers for its status; '' for a root */
  readonly issuerUrl: string;
  readonly ocspUrl: string;
};

export type PracticeName = { readonly common: string; readonly organisation: string; readonly uid?: string };

const bitString = 0x03;
const utf8 = 0x0c;
const printable = 0x13;
const oids = {
  country: '2.5.4.6', organisation: '2.5.4.10', common: '2.5.4.3', uid: '0.9.2342.19200300.100.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  keyId: '2.5.29.14', keyUsage: '2.5.29.15', constraints: '2.5.29.19', issuerKeyId: '2.5.29.35', extendedUsage: '2.5.29.37',
  authorityAccess: '1.3.6.1.5.5.7.1.1', ocsp: '1.3.6.1.5.5.7.48.1', issuers: '1.3.6.1.5.5.7.48.2',
  timeStamping: '1.3.6.1.5.5.7.3.8', clientAuth: '1.3.6.1.5.5.7.3.2', email: '1.3.6.1.5.5.7.3.4',
} as const;
/** KeyUsage bits with the count of unused ones (RFC 5280 §4.2.1.3). */
const usages = { authority: [1, 0x06], signer: [6, 0xc0], time: [7, 0x80] } as const;

/** A certificate in DER (RFC 5280) signed with SHA-256 and RSA; its serial number is random. */
export function writeCertificate(outline: Outline): { readonly der: Buffer; readonly serial: Buffer } {
  const serial = Buffer.concat([Buffer.of(0x40), randomBytes(7)]);
  const algorithm = sequence(oid(oids.sha256WithRsa), Buffer.of(0x05, 0x00));
  const publicKey = createPublicKey(outline.key).export({ type: 'spki', format: 'der' });
  const validity = sequence(time(outline.from), time(outline.to));
  const body = sequence(explicit(0, integer(2)), integer(serial), algorithm, name(outline.issuer), validity, name(outline.name), publicKey, explicit(3, extensions(outline)));
  const signature = sign('sha256', body, outline.issuerKey);
  return { der: sequence(body, algorithm, tlv(bitString, Buffer.of(0), signature)), serial };
}

/** Armoured, as OpenSSL's tools take it. */
export function pemOf(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function name({ common, organisation, uid }: PracticeName): Buffer {
  const part = (type: string, tag: number, value: string): Buffer => setOf(sequence(oid(type), tlv(tag, Buffer.from(value.normalize('NFC')))));
  return sequence(part(oids.country, printable, 'VN'), part(oids.organisation, utf8, organisation), part(oids.common, utf8, common), ...(uid === undefined ? [] : [part(oids.uid, utf8, uid)]));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
function time(at: Date): Buffer {
  const digits = `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
}

function extensions({ key, issuerKey, use, issuerUrl, ocspUrl }: Outline): Buffer {
  const extension = (type: string, value: Buffer, critical = false): Buffer => sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
  const [unused, bits] = usages[use];
  const all = [
    extension(oids.constraints, use === 'authority' ? sequence(boolean(true)) : sequence(), true),
    extension(oids.keyUsage, tlv(bitString, Buffer.of(unused, bits)), true),
    extension(oids.keyId, octetString(keyId(key))),
    extension(oids.issuerKeyId, sequence(tlv(0x80, keyId(issuerKey)))),
  ];
  if (use === 'time') all.push(extension(oids.extendedUsage, sequence(oid(oids.timeStamping)), true));
  if (use === 'signer') all.push(extension(oids.extendedUsage, sequence(oid(oids.clientAuth), oid(oids.email))));
  const access = (type: string, url: string): Buffer[] => (url === '' ? [] : [sequence(oid(type), tlv(0x86, Buffer.from(url, 'latin1')))]);
  const places = [...access(oids.issuers, issuerUrl), ...access(oids.ocsp, ocspUrl)];
  if (places.length > 0) all.push(extension(oids.authorityAccess, sequence(...places)));
  return sequence(...all);
}

/** SHA-1 of the public key's bits (RFC 5280 §4.2.1.2, method 1). */
function keyId(key: KeyObject): Buffer {
  const der = createPublicKey(key).export({ type: 'pkcs1', format: 'der' });
  return createHash('sha1').update(der).digest();
}
