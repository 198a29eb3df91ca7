import { createHash, sign } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { explicit, integer, octetString, oid, sequence, tlv } from '../../../electron/services/trust/asn1/write.ts';
import { signatureIdentifier } from '../../../electron/services/trust/cms/build-signed-data.ts';
import type { TestPki } from './pki.ts';

/** Serial number of the nth entry: eight octets that look like chance. */
export function largeSerial(n: number): Buffer {
  const serial = createHash('sha256').update(String(n)).digest().subarray(0, 8);
  serial.writeUInt8(serial.readUInt8(0) & 0x7f | 0x40, 0);
  return serial;
}

/**
 * Writes a list of `count` entries of `issuer` to a file, valid in the week of 2026-11-20. OpenSSL would take minutes
 * for a million rows; that it accepts what this writes is seen with fewer.
 */
export function writeLargeCrl(path: string, pki: TestPki, issuer: string, count: number): void {
  const time = (text: string): Buffer => tlv(0x17, Buffer.from(text));
  const reason = sequence(sequence(oid('2.5.29.21'), octetString(Buffer.from('0a0104', 'hex'))));
  const parts: Buffer[] = [];
  for (let n = 0; n < count; n += 1) {
    parts.push(sequence(integer(largeSerial(n)), time(`25${String((n % 12) + 1).padStart(2, '0')}01000000Z`), ...(n % 2 === 0 ? [reason] : [])));
  }
  const algorithm = signatureIdentifier({ kind: 'rsa-v1.5', digest: 'sha256' });
  const extensions = explicit(0, sequence(sequence(oid('2.5.29.20'), octetString(integer(7)))));
  const certificate = pki.certificate(issuer);
  const tbs = sequence(integer(1), algorithm, Buffer.from(certificate.subject.der), time('261120000000Z'), time('261127000000Z'), tlv(0x30, Buffer.concat(parts)), extensions);
  const signature = tlv(0x03, Buffer.of(0), sign('sha256', tbs, pki.key(issuer)));
  const list = sequence(tbs, algorithm, signature);
  const file = openSync(path, 'w');
  for (let at = 0; at < list.length; ) at += writeSync(file, list, at);
  closeSync(file);
}
