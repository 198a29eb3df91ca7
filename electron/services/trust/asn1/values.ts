import { Asn1Fault } from './fault.ts';
import { childrenOf, isConstructed, tags, type Element } from './read.ts';

/** Longest object identifier in octets; the longest in use have some twenty. A long one costs its square (ASN1.js#148). */
const longestOid = 64;
/** RFC 5280 §4.1.2.2 allows 20; older issuers went beyond. */
const longestInteger = 64;
const mostSegments = 10_000;

/** Object identifier in dotted form. Throws `Asn1Fault`. */
export function oidOf(element: Element): string {
  if (element.tag !== tags.oid) throw new Asn1Fault('tag');
  return oidText(element.content);
}

function oidText(content: Uint8Array): string {
  if (content.length === 0 || content.length > longestOid) throw new Asn1Fault('oid');
  const arcs: bigint[] = [];
  let arc = 0n;
  let begun = false;
  for (const octet of content) {
    if (!begun && octet === 0x80) throw new Asn1Fault('oid');
    begun = (octet & 0x80) !== 0;
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (!begun) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  if (begun) throw new Asn1Fault('oid');
  const [first = 0n, ...rest] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

/** INTEGER as lower-case hex of its value, for serial numbers and nonces; negative ones as their octets. Throws `Asn1Fault`. */
export function integerHex(element: Element): string {
  return Buffer.from(integerOctets(element)).toString('hex');
}

/** INTEGER without the octet that only keeps it positive. Throws `Asn1Fault`. */
export function integerOctets(element: Element, longest = longestInteger): Uint8Array {
  if (element.tag !== tags.integer) throw new Asn1Fault('tag');
  const { content } = element;
  if (content.length === 0 || content.length > longest) throw new Asn1Fault('integer');
  let from = 0;
  while (content[from] === 0 && from < content.length - 1) from += 1;
  return content.subarray(from);
}

/** A small INTEGER or ENUMERATED, at most 2^47. Throws `Asn1Fault`. */
export function smallInteger(element: Element): number {
  const { content } = element;
  if (element.tag !== tags.integer && element.tag !== tags.enumerated && (element.tag & 0xc0) !== 0x80) throw new Asn1Fault('tag');
  if (content.length === 0 || content.length > 6) throw new Asn1Fault('integer');
  return Buffer.from(content).readIntBE(0, content.length);
}

/** BOOLEAN; any octet but 0 is true, as BER has it. Throws `Asn1Fault`. */
export function booleanOf(element: Element): boolean {
  if (element.content.length !== 1) throw new Asn1Fault('boolean');
  return element.content[0] !== 0;
}

/** BIT STRING whose bits fill its octets, as keys and signatures do. Throws `Asn1Fault`. */
export function bitOctets(element: Element): Uint8Array {
  const { unused, octets } = bits(element);
  if (unused !== 0) throw new Asn1Fault('bits');
  return octets;
}

/** Numbers of the bits that are set in a named bit list; bit 0 is the first. Throws `Asn1Fault`. */
export function namedBits(element: Element): number[] {
  const { octets } = bits(element);
  if (octets.length > 8) throw new Asn1Fault('bits');
  const set: number[] = [];
  for (const [index, octet] of octets.entries()) {
    for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) set.push(index * 8 + bit);
  }
  return set;
}

function bits(element: Element): { readonly unused: number; readonly octets: Uint8Array } {
  if (isConstructed(element)) throw new Asn1Fault('bits');
  const [unused] = element.content;
  if (unused === undefined || unused > 7) throw new Asn1Fault('bits');
  return { unused, octets: element.content.subarray(1) };
}

/** OCTET STRING, also in pieces as BER allows and with an implicit tag in front. Throws `Asn1Fault`. */
export function octetsOf(element: Element): Uint8Array {
  if (!isConstructed(element)) return element.content;
  const pieces: Uint8Array[] = [];
  collect(element, pieces, 0);
  return Buffer.concat(pieces);
}

function collect(element: Element, pieces: Uint8Array[], depth: number): void {
  if (depth > 8) throw new Asn1Fault('too-deep');
  for (const child of childrenOf(element)) {
    if (pieces.length > mostSegments) throw new Asn1Fault('too-many');
    if (child.tag === tags.octets) pieces.push(child.content);
    else if (child.tag === (tags.octets | 0x20)) collect(child, pieces, depth + 1);
    else throw new Asn1Fault('tag');
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });
const wide = new TextDecoder('utf-16be', { fatal: true });

/** Text of any of ASN.1's kinds of string; old issuers wrote all of them. Throws `Asn1Fault`. */
export function textOf(element: Element): string {
  const { tag, content } = element;
  try {
    switch (tag) {
      case tags.utf8:
        return strict.decode(content);
      case 0x1e: // BMPString
        return wide.decode(content);
      case 0x1c: // UniversalString
        return universal(content);
      case 0x12: // NumericString
      case 0x13: // PrintableString
      case 0x14: // TeletexString, used as Latin 1 by everybody
      case 0x16: // IA5String
      case 0x1a: // VisibleString
        return Buffer.from(content).toString('latin1');
      default:
        throw new Asn1Fault('tag');
    }
  } catch (error) {
    if (error instanceof Asn1Fault) throw error;
    throw new Asn1Fault('text');
  }
}

/** IA5String with an implicit tag, as in GeneralName. */
export function latinText(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1');
}

function universal(content: Uint8Array): string {
  if (content.length % 4 !== 0) throw new Asn1Fault('text');
  const view = Buffer.from(content);
  let text = '';
  for (let at = 0; at < view.length; at += 4) text += String.fromCodePoint(view.readUInt32BE(at));
  return text;
}

const utcTime = 0x17;
const generalizedTime = 0x18;
const timeForm = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})$/;

/**
 * UTCTime or GeneralizedTime. Two digits of a year mean 1950 to 2049 (RFC 5280 §4.1.2.5.1). Seconds may lack and an
 * offset may stand, as BER allows; without either Z or offset nobody knows the instant and it is refused. Throws `Asn1Fault`.
 */
export function timeOf(element: Element): Date {
  const { tag, content } = element;
  if ((tag !== utcTime && tag !== generalizedTime) || content.length > 32) throw new Asn1Fault('time');
  const found = timeForm.exec(latinText(content));
  if (found === null) throw new Asn1Fault('time');
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = 'Z'] = found;
  if ((year.length === 2) !== (tag === utcTime)) throw new Asn1Fault('time');
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = `${fraction}000`.slice(0, 3);
  const text = `${full}-${month}-${day}T${hour}:${minute}:${second}.${ms}`;
  const instant = new Date(`${text}${offset}`);
  // 30 February would become 1 March.
  if (Number.isNaN(instant.getTime()) || !sameDay(text, new Date(`${text}Z`))) throw new Asn1Fault('time');
  return instant;
}

function sameDay(text: string, parsed: Date): boolean {
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text.slice(0, 10);
}
