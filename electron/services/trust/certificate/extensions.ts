import { Asn1Fault } from '../asn1/fault.ts';
import { childrenOf, context, fieldsOf, inside, tags, wholeElement, type Element } from '../asn1/read.ts';
import { booleanOf, latinText, namedBits, octetsOf, oidOf, smallInteger } from '../asn1/values.ts';
import { readName, type Name } from './names.ts';

/** Bits of keyUsage (RFC 5280 §4.2.1.3). */
export const keyUsages = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'] as const;
export type KeyUsage = (typeof keyUsages)[number];

export const anyExtendedKeyUsage = '2.5.29.37.0';
export const timeStamping = '1.3.6.1.5.5.7.3.8';
export const ocspSigning = '1.3.6.1.5.5.7.3.9';
export const anyPolicy = '2.5.29.32.0';

/** A GeneralName of the kinds that are compared; `other` for the rest (RFC 5280 §4.2.1.6). */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'directory'; readonly name: Name }
  | { readonly kind: 'ip'; readonly octets: Uint8Array }
  | { readonly kind: 'other' };

/** Subtrees of the nameConstraints extension (RFC 5280 §4.2.1.10). */
export type NameConstraints = { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] };

/** What a certificate's extensions say; what is absent is undefined or empty. */
export type Extensions = {
  readonly authority: boolean;
  readonly pathLength: number | undefined;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly extendedKeyUsageCritical: boolean;
  readonly policies: readonly string[] | undefined;
  /** SkipCerts of requireExplicitPolicy and inhibitAnyPolicy (RFC 5280 §4.2.1.11, §4.2.1.14) */
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly alternativeNames: readonly GeneralName[];
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly crlUrls: readonly string[];
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1) */
  readonly ocspNoCheck: boolean;
  /** critical ones that are not understood here; such a certificate must not be accepted (RFC 5280 §4.2) */
  readonly unknownCritical: readonly string[];
};

type Writable = { -readonly [K in keyof Extensions]: Extensions[K] };
type Reader = (into: Writable, value: Element, critical: boolean) => void;

const mostExtensions = 100;

const readers: Readonly<Record<string, Reader>> = {
  '2.5.29.19': (into, value) => {
    const fields = fieldsOf(value);
    const flag = fields.optional(tags.boolean);
    const length = fields.optional(tags.integer);
    fields.end();
    into.authority = flag !== undefined && booleanOf(flag);
    if (length !== undefined) into.pathLength = natural(length);
  },
  '2.5.29.15': (into, value) => {
    if (value.tag !== tags.bits) throw new Asn1Fault('tag');
    into.keyUsage = new Set(namedBits(value).flatMap((bit) => keyUsages[bit] ?? []));
  },
  '2.5.29.37': (into, value, critical) => {
    into.extendedKeyUsage = sequenceOf(value).map(oidOf);
    into.extendedKeyUsageCritical = critical;
  },
  '2.5.29.32': (into, value) => {
    into.policies = sequenceOf(value).map((policy) => oidOf(fieldsOf(policy).next()));
  },
  '2.5.29.36': (into, value) => {
    const fields = fieldsOf(value);
    const explicit = fields.optional(context(0, false));
    if (explicit !== undefined) into.requireExplicitPolicy = natural(explicit);
  },
  '2.5.29.54': (into, value) => {
    into.inhibitAnyPolicy = natural(value);
  },
  '2.5.29.30': (into, value) => {
    const fields = fieldsOf(value);
    const permitted = fields.optional(context(0));
    const excluded = fields.optional(context(1));
    fields.end();
    into.nameConstraints = { permitted: subtrees(permitted), excluded: subtrees(excluded) };
  },
  '2.5.29.17': (into, value) => {
    into.alternativeNames = sequenceOf(value).map(generalName);
  },
  '1.3.6.1.5.5.7.1.1': (into, value) => {
    const found = sequenceOf(value).map((access) => {
      const fields = fieldsOf(access);
      return { method: oidOf(fields.next()), place: generalName(fields.next()) };
    });
    const urls = (method: string): string[] =>
      found.flatMap(({ method: own, place }) => (own === method && place.kind === 'uri' ? [place.text] : []));
    into.ocspUrls = urls('1.3.6.1.5.5.7.48.1');
    into.issuerUrls = urls('1.3.6.1.5.5.7.48.2');
  },
  '2.5.29.31': (into, value) => {
    into.crlUrls = sequenceOf(value).flatMap((point) => pointUrls(fieldsOf(point).optional(context(0))));
  },
  '2.5.29.14': (into, value) => {
    into.subjectKeyId = hex(octetsOf(value));
  },
  '2.5.29.35': (into, value) => {
    const id = fieldsOf(value).optional(context(0, false));
    if (id !== undefined) into.authorityKeyId = hex(id.content);
  },
  '1.3.6.1.5.5.7.48.1.5': (into) => {
    into.ocspNoCheck = true;
  },
};

/** Reads the extensions of a certificate. Throws `Asn1Fault`, also for one that stands twice (RFC 5280 §4.2). */
export function readExtensions(list: Element | undefined): Extensions {
  const into: Writable = {
    authority: false,
    pathLength: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    extendedKeyUsageCritical: false,
    policies: undefined,
    requireExplicitPolicy: undefined,
    inhibitAnyPolicy: undefined,
    nameConstraints: undefined,
    alternativeNames: [],
    ocspUrls: [],
    issuerUrls: [],
    crlUrls: [],
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    ocspNoCheck: false,
    unknownCritical: [],
  };
  const unknown: string[] = [];
  for (const { oid, critical, value } of eachExtension(list)) {
    const reader = Object.hasOwn(readers, oid) ? readers[oid] : undefined;
    if (reader !== undefined) reader(into, wholeElement(value), critical);
    else if (critical) unknown.push(oid);
  }
  return { ...into, unknownCritical: unknown };
}

export type RawExtension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

/** The members of an Extensions sequence, also of lists of revoked ones and of OCSP answers. Throws `Asn1Fault`. */
export function eachExtension(list: Element | undefined): RawExtension[] {
  if (list === undefined) return [];
  const seen = new Set<string>();
  return sequenceOf(list).map((extension) => {
    const fields = fieldsOf(extension);
    const oid = oidOf(fields.next());
    const flag = fields.optional(tags.boolean);
    const value = octetsOf(fields.next(tags.octets));
    fields.end();
    if (seen.has(oid)) throw new Asn1Fault('value');
    if (seen.size === mostExtensions) throw new Asn1Fault('too-many');
    seen.add(oid);
    return { oid, critical: flag !== undefined && booleanOf(flag), value };
  });
}

/** URLs of a DistributionPointName; a name relative to the issuer has none. Throws `Asn1Fault`. */
export function pointUrls(point: Element | undefined): string[] {
  if (point === undefined) return [];
  const full = childrenOf(point).find(({ tag }) => tag === context(0));
  if (full === undefined) return [];
  return childrenOf(full).flatMap((name) => {
    const read = generalName(name);
    return read.kind === 'uri' ? [read.text] : [];
  });
}

function generalName(element: Element): GeneralName {
  switch (element.tag) {
    case context(1, false):
      return { kind: 'email', text: latinText(element.content) };
    case context(2, false):
      return { kind: 'dns', text: latinText(element.content) };
    case context(6, false):
      return { kind: 'uri', text: latinText(element.content) };
    case context(7, false):
      return { kind: 'ip', octets: element.content };
    case context(4):
      return { kind: 'directory', name: readName(inside(element)) };
    default:
      return { kind: 'other' };
  }
}

function subtrees(list: Element | undefined): GeneralName[] {
  return list === undefined ? [] : childrenOf(list).map((subtree) => generalName(fieldsOf(subtree).next()));
}

function sequenceOf(element: Element): Element[] {
  if (element.tag !== tags.sequence) throw new Asn1Fault('tag');
  return childrenOf(element);
}

function natural(element: Element): number {
  const value = smallInteger(element);
  if (value < 0) throw new Asn1Fault('integer');
  return value;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
