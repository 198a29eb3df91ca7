import { Asn1Fault } from './fault.ts';

/**
 * One element of DER or BER (X.690), as a view of the bytes it was read from. Children are read when they are asked
 * for, so a structure costs what is looked at and not what somebody put into it.
 */
export type Element = {
  /** identifier octet; all tags that our structures use fit into one */
  readonly tag: number;
  readonly content: Uint8Array;
  /** with identifier and length, and the end-of-contents octets of an indefinite form */
  readonly raw: Uint8Array;
  readonly indefinite: boolean;
};

export type Header = {
  readonly tag: number;
  /** where the content begins */
  readonly from: number;
  /** undefined: indefinite form */
  readonly length: number | undefined;
};

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of the context-specific tag `[n]`. */
export function context(n: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | n;
}

const constructedBit = 0x20;
/** Real structures nest some fifteen deep. */
const deepest = 40;
/** A certificate has some tens, a list of revoked ones is read elsewhere (`revocation/crl-scan.ts`). */
const mostChildren = 100_000;

/** The header at `at`; undefined when the bytes end inside it, which a stream may still mend. Throws `Asn1Fault`. */
export function headerAt(bytes: Uint8Array, at: number): Header | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if ((tag & 0x1f) === 0x1f) throw new Asn1Fault('tag');
  if (first < 0x80) return { tag, from: at + 2, length: first };
  if (first === 0x80) {
    if ((tag & constructedBit) === 0) throw new Asn1Fault('length');
    return { tag, from: at + 2, length: undefined };
  }
  const octets = first & 0x7f;
  // Six octets count 256 TiB; more is an attack on whoever adds it up.
  if (octets > 6) throw new Asn1Fault('length');
  let length = 0;
  for (let n = 0; n < octets; n += 1) {
    const octet = bytes[at + 2 + n];
    if (octet === undefined) return undefined;
    length = length * 256 + octet;
  }
  return { tag, from: at + 2 + octets, length };
}

/** The element that begins at `at`. Throws `Asn1Fault`. */
export function elementAt(bytes: Uint8Array, at: number): Element {
  const header = headerAt(bytes, at);
  if (header === undefined) throw new Asn1Fault('truncated');
  const { tag, from, length } = header;
  if (length !== undefined) {
    const end = from + length;
    if (end > bytes.length) throw new Asn1Fault('truncated');
    return { tag, content: bytes.subarray(from, end), raw: bytes.subarray(at, end), indefinite: false };
  }
  const end = endOfContents(bytes, from);
  return { tag, content: bytes.subarray(from, end), raw: bytes.subarray(at, end + 2), indefinite: true };
}

/** Where the end-of-contents octets of an indefinite form stand (X.690 §8.1.5). */
function endOfContents(bytes: Uint8Array, from: number): number {
  let at = from;
  let open = 1;
  for (;;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      open -= 1;
      if (open === 0) return at;
      at += 2;
      continue;
    }
    const header = headerAt(bytes, at);
    if (header === undefined) throw new Asn1Fault('truncated');
    if (header.length === undefined) {
      open += 1;
      if (open > deepest) throw new Asn1Fault('too-deep');
    }
    at = header.from + (header.length ?? 0);
    if (at > bytes.length) throw new Asn1Fault('truncated');
  }
}

/** The one element that `bytes` are. Throws `Asn1Fault`, 'trailing' when something follows it. */
export function wholeElement(bytes: Uint8Array, tag?: number): Element {
  const element = elementAt(bytes, 0);
  if (tag !== undefined && element.tag !== tag) throw new Asn1Fault('tag');
  if (element.raw.length !== bytes.length) throw new Asn1Fault('trailing');
  return element;
}

export function isConstructed(element: Element): boolean {
  return (element.tag & constructedBit) !== 0;
}

/** The elements inside a constructed one, in their order. Throws `Asn1Fault`. */
export function childrenOf(element: Element): Element[] {
  if (!isConstructed(element)) throw new Asn1Fault('tag');
  const { content } = element;
  const children: Element[] = [];
  let at = 0;
  while (at < content.length) {
    if (children.length === mostChildren) throw new Asn1Fault('too-many');
    const child = elementAt(content, at);
    children.push(child);
    at += child.raw.length;
  }
  return children;
}

/** The fields of a SEQUENCE, read in their order. */
export type Fields = {
  /** the next field; throws `Asn1Fault` when there is none or it has another tag */
  readonly next: (tag?: number) => Element;
  /** the next field if it has this tag */
  readonly optional: (tag: number) => Element | undefined;
  /** the next field's tag; undefined at the end */
  readonly peek: () => number | undefined;
  /** throws `Asn1Fault` when something is left that nobody read */
  readonly end: () => void;
};

/** Reads the fields of a constructed element. Throws `Asn1Fault` for another tag than `tag`. */
export function fieldsOf(element: Element, tag: number = tags.sequence): Fields {
  if (element.tag !== tag) throw new Asn1Fault('tag');
  const children = childrenOf(element);
  let at = 0;
  return {
    next(wanted) {
      const child = children[at];
      if (child === undefined) throw new Asn1Fault('missing');
      if (wanted !== undefined && child.tag !== wanted) throw new Asn1Fault('tag');
      at += 1;
      return child;
    },
    optional(wanted) {
      const child = children[at];
      if (child?.tag !== wanted) return undefined;
      at += 1;
      return child;
    },
    peek: () => children[at]?.tag,
    end() {
      if (at < children.length) throw new Asn1Fault('trailing');
    },
  };
}

/** The one element inside an explicitly tagged one. Throws `Asn1Fault`. */
export function inside(element: Element, tag?: number): Element {
  return wholeElement(element.content, tag);
}

/** Whether two strings of bytes are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Whether the bytes are one element in DER (X.690 §10): definite lengths, each as short as can be, strings in one piece.
 * The order inside a SET is not looked at: signers of this world do not keep it. Throws `Asn1Fault` for what is not BER.
 */
export function isDer(bytes: Uint8Array): boolean {
  wholeElement(bytes);
  // Without an object per element: a signature may carry a list of a million revoked ones inside.
  const ends = [bytes.length];
  let at = 0;
  for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
    if (at === end) {
      ends.pop();
      continue;
    }
    const header = headerAt(bytes, at);
    if (header === undefined) throw new Asn1Fault('truncated');
    const { tag, from, length } = header;
    if (length === undefined || from - at !== headerLength(length)) return false;
    if (from + length > end) throw new Asn1Fault('truncated');
    if (tag === (tags.octets | constructedBit) || tag === (tags.bits | constructedBit)) return false;
    at = from;
    if ((tag & constructedBit) === 0) at += length;
    else if (ends.push(from + length) > deepest) throw new Asn1Fault('too-deep');
  }
  return true;
}

function headerLength(content: number): number {
  if (content < 0x80) return 2;
  let octets = 0;
  for (let left = content; left > 0; left = Math.floor(left / 256)) octets += 1;
  return 2 + octets;
}
