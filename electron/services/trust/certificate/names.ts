import { Asn1Fault } from '../asn1/fault.ts';
import { childrenOf, fieldsOf, tags, type Element } from '../asn1/read.ts';
import { oidOf, textOf } from '../asn1/values.ts';

/** One attribute of a distinguished name. */
export type NamePart = {
  /** `CN`, `O`, `UID` …, or the dotted identifier of a type that has no short name here */
  readonly type: string;
  readonly value: string;
};

/** A distinguished name (RFC 5280 §4.1.2.4), in the order of the certificate: country first, person last. */
export type Name = {
  readonly der: Uint8Array;
  readonly parts: readonly NamePart[];
  /** for comparing (RFC 5280 §7.1): equal for names that differ in the kind of string, in case or in spaces only */
  readonly key: string;
};

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/** Names in use have under ten parts. */
const mostParts = 100;

/** Reads a Name. Throws `Asn1Fault`. */
export function readName(element: Element): Name {
  if (element.tag !== tags.sequence) throw new Asn1Fault('tag');
  const parts: NamePart[] = [];
  const keys: string[] = [];
  for (const relative of childrenOf(element)) {
    if (relative.tag !== tags.set) throw new Asn1Fault('tag');
    const together: string[] = [];
    for (const attribute of childrenOf(relative)) {
      if (parts.length === mostParts) throw new Asn1Fault('too-many');
      const fields = fieldsOf(attribute);
      const type = oidOf(fields.next());
      const value = valueText(fields.next());
      parts.push({ type: shortNames[type] ?? type, value });
      together.push(JSON.stringify([type, folded(value)]));
    }
    keys.push(together.toSorted().join('+'));
  }
  return { der: element.raw, parts, key: keys.join(',') };
}

/** Types that are no text at all exist; they are kept as hex, as RFC 4514 §2.4 does. */
function valueText(element: Element): string {
  try {
    return textOf(element);
  } catch {
    return `#${Buffer.from(element.raw).toString('hex')}`;
  }
}

function folded(value: string): string {
  return value.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

/** Whether a name is another or lies below it: each of its first parts the same (RFC 5280 §4.2.1.10, directoryName). */
export function isWithin(name: Name, above: Name): boolean {
  return above.key === '' || name.key === above.key || name.key.startsWith(`${above.key},`);
}

/** First value of a type; undefined when the name has none. */
export function namePart(name: Name, type: string): string | undefined {
  return name.parts.find((part) => part.type === type)?.value;
}

/** A name on one line for people and logs, most particular part first. */
export function nameText(name: Name): string {
  return name.parts
    .toReversed()
    .map(({ type, value }) => `${type}=${value.replaceAll(/[,\\+]/g, '\\$&')}`)
    .join(', ');
}

/**
 * The codes that Vietnamese issuers put into `UID=MNS:…` (mã số đơn vị có quan hệ với ngân sách) and `UID=MST:…` (mã số
 * thuế), one or both. Seen in published documents of 2025 and 2026.
 */
export function agencyCodes(name: Name): { readonly budget: string | undefined; readonly tax: string | undefined } {
  const uids = name.parts.filter(({ type }) => type === 'UID').map(({ value }) => value.trim());
  const after = (prefix: string): string | undefined => {
    const found = uids.find((uid) => uid.toUpperCase().startsWith(prefix));
    return found?.slice(prefix.length).trim();
  };
  return { budget: after('MNS:'), tax: after('MST:') };
}
