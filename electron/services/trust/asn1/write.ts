import { Asn1Fault } from './fault.ts';
import { childrenOf, context, isConstructed, isDer, tags, type Element } from './read.ts';
import { octetsOf } from './values.ts';

type Bytes = Uint8Array;

/** One element in DER. */
export function tlv(tag: number, ...contents: readonly Bytes[]): Buffer {
  const length = contents.reduce((sum, { length: part }) => sum + part, 0);
  return Buffer.concat([Buffer.of(tag), lengthOctets(length), ...contents]);
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const octets = minimal(BigInt(length));
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets]);
}

function minimal(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

export function sequence(...contents: readonly Bytes[]): Buffer {
  return tlv(tags.sequence, ...contents);
}

/** SET OF in DER: the elements in the order of their encodings (X.690 §11.6). */
export function setOf(...elements: readonly Bytes[]): Buffer {
  return tlv(tags.set, ...elements.toSorted((a, b) => Buffer.compare(a, b)));
}

/** `[n]` around something. */
export function explicit(n: number, ...contents: readonly Bytes[]): Buffer {
  return tlv(context(n), ...contents);
}

/** INTEGER, not negative, from a number or from the octets of its value. */
export function integer(value: number | Bytes): Buffer {
  const octets = typeof value === 'number' ? minimal(BigInt(value)) : trimmed(value);
  return tlv(tags.integer, (octets[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), octets]) : octets);
}

function trimmed(value: Bytes): Bytes {
  let from = 0;
  while (from < value.length - 1 && value[from] === 0) from += 1;
  return value.length === 0 ? Buffer.of(0) : value.subarray(from);
}

export function octetString(bytes: Bytes): Buffer {
  return tlv(tags.octets, bytes);
}

export function boolean(value: boolean): Buffer {
  return tlv(tags.boolean, Buffer.of(value ? 0xff : 0));
}

export const nothing = tlv(tags.nothing);

const knownOids = new Map<string, Buffer>();

/** OBJECT IDENTIFIER from dotted form. */
export function oid(dotted: string): Buffer {
  const known = knownOids.get(dotted);
  if (known !== undefined) return known;
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [root * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) | 0x80);
    return digits;
  });
  const made = tlv(tags.oid, Buffer.from(octets));
  knownOids.set(dotted, made);
  return made;
}

/**
 * The DER of something read as BER: definite lengths, strings in one piece, members of a SET in order. What is already
 * DER, except for the order in an outer SET, comes out as it was. Throws `Asn1Fault` for nesting without end.
 */
export function toDer(element: Element, depth = 0): Uint8Array {
  if (depth > 20) throw new Asn1Fault('too-deep');
  if ((depth > 0 || element.tag !== tags.set) && isDer(element.raw)) return element.raw;
  if (!isConstructed(element)) return tlv(element.tag, element.content);
  if (element.tag === (tags.octets | 0x20)) return octetString(octetsOf(element));
  const inner = childrenOf(element).map((child) => toDer(child, depth + 1));
  return element.tag === tags.set ? setOf(...inner) : tlv(element.tag, ...inner);
}
