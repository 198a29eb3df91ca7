import { Asn1Fault } from '../asn1/fault.ts';
import { elementAt, fieldsOf, headerAt, tags, wholeElement, type Element } from '../asn1/read.ts';
import { integerHex, smallInteger, timeOf } from '../asn1/values.ts';
import { eachExtension } from '../certificate/extensions.ts';
import { reasonOf, type Revocation } from './reasons.ts';

/** Told of each entry: octets of its serial number as encoded, in `bytes`, and where the entry stands in the list. */
export type RevokedSink = (bytes: Uint8Array, serialFrom: number, serialTo: number, entryAt: number) => void;

/** An entry is some 40 octets; a long one is an attack. */
export const longestEntry = 16 * 1024;
const reasonCode = '2.5.29.21';
const invalidityDate = '2.5.29.24';
/** A critical extension's flag, as DER writes it; entries without it need no closer look. */
const criticalFlag = Buffer.of(0x01, 0x01, 0xff);

/**
 * Walks over the entries that `bytes` hold whole. `at` is where `bytes` begin in the list, `end` where its entries end.
 * Tells how many octets were used, and the identifier of a critical extension that is not understood. Throws `Asn1Fault`.
 */
export function eachRevoked(
  bytes: Uint8Array,
  at: number,
  end: number,
  sink: RevokedSink,
): { readonly used: number; readonly count: number; readonly critical: string | undefined } {
  let used = 0;
  let count = 0;
  const last = end - at;
  while (used < last) {
    const entry = headerAt(bytes, used);
    if (entry === undefined) break;
    if (entry.tag !== tags.sequence || entry.length === undefined) throw new Asn1Fault('tag');
    const next = entry.from + entry.length;
    if (entry.length > longestEntry || next > last) throw new Asn1Fault('length');
    if (next > bytes.length) break;
    const serial = headerAt(bytes, entry.from);
    if (serial?.tag !== tags.integer || serial.length === undefined || serial.length === 0) throw new Asn1Fault('tag');
    const serialTo = serial.from + serial.length;
    const time = headerAt(bytes, serialTo);
    if (time?.length === undefined || time.from + time.length > next) throw new Asn1Fault('length');
    if (time.from + time.length < next) {
      const critical = unknownCritical(bytes.subarray(time.from + time.length, next));
      if (critical !== undefined) return { used, count, critical };
    }
    sink(bytes, serial.from, serialTo, at + used);
    used = next;
    count += 1;
  }
  return { used, count, critical: undefined };
}

function unknownCritical(extensions: Uint8Array): string | undefined {
  if (!Buffer.from(extensions.buffer, extensions.byteOffset, extensions.length).includes(criticalFlag)) return undefined;
  return eachExtension(wholeElement(extensions)).find(({ oid, critical }) => critical && oid !== reasonCode && oid !== invalidityDate)?.oid;
}

/** Reads the entry that `bytes` begin with: its serial number in hex, and what it says. Throws `Asn1Fault`. */
export function readRevoked(bytes: Uint8Array): { readonly serial: string; readonly revocation: Revocation } {
  const fields = fieldsOf(elementAt(bytes, 0));
  const serial = integerHex(fields.next());
  const at = timeOf(fields.next());
  const extensions = fields.optional(tags.sequence);
  fields.end();
  return { serial, revocation: { at, ...extensionsOf(extensions) } };
}

function extensionsOf(list: Element | undefined): Omit<Revocation, 'at'> {
  const found = new Map(eachExtension(list).map(({ oid, value }) => [oid, value]));
  const reason = found.get(reasonCode);
  const since = found.get(invalidityDate);
  return {
    reason: reasonOf(reason === undefined ? 0 : smallInteger(wholeElement(reason))),
    invaliditySince: since === undefined ? undefined : timeOf(wholeElement(since)),
  };
}
