import type { XmlElement } from '../read/xml.ts';
import { attribute, select, textOf } from './mets-select.ts';

/** What was there and what should be; both short enough for a sentence. */
export type Broken = { readonly found: string; readonly wanted: string };

/** Judges one element; undefined when all is well. */
export type Need = (element: XmlElement) => Broken | undefined;

/** The attribute is there and not empty. */
export function has(name: string): Need {
  return (element) => ((attribute(element, name) ?? '').trim() === '' ? { found: '', wanted: name } : undefined);
}

/** The attribute has this value. */
export function is(name: string, value: string): Need {
  return (element) => {
    const found = attribute(element, name) ?? '';
    return found === value ? undefined : { found: short(found), wanted: `${name}="${value}"` };
  };
}

/** The attribute has one of these values; case and the kind of dash make no difference, as the lists themselves mix them. */
export function among(name: string, values: readonly string[]): Need {
  const known = new Set(values.map(plain));
  const wanted = values.length > 6 ? name : `${name}="${values.join('|')}"`;
  return (element) => {
    const found = attribute(element, name) ?? '';
    return known.has(plain(found)) ? undefined : { found: short(found), wanted };
  };
}

/** The attribute has one of these values, to the letter. */
export function oneOf(name: string, values: readonly string[]): Need {
  return (element) => {
    const found = attribute(element, name) ?? '';
    return values.includes(found) ? undefined : { found: short(found), wanted: `${name}="${values.join('|')}"` };
  };
}

/** So many elements below this one. */
export function count(path: string, least: number, most: number): Need {
  return (element) => {
    const found = select(element, path).length;
    if (found >= least && found <= most) return undefined;
    return { found: String(found), wanted: least === most ? `${path} × ${least}` : `${path} ≥ ${least}` };
  };
}

/** A child that says something. */
export function text(name: string): Need {
  return (element) => (select(element, name).some((child) => textOf(child) !== '') ? undefined : { found: '', wanted: name });
}

function plain(value: string): string {
  return value.trim().toLowerCase().replaceAll(/[‐-―−]/g, '-');
}

/** A value as a sentence may hold it. */
export function short(value: string): string {
  const one = value.replaceAll(/\s+/g, ' ').trim();
  return one.length > 120 ? `${one.slice(0, 120)}…` : one;
}

/** A day and time as xs:dateTime writes them; the zone may be left out. */
export function isDateTime(value: string): boolean {
  const match = /^-?(\d{4,})-(\d\d)-(\d\d)T(?:([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/.exec(value.trim());
  if (match === null) return false;
  const [year, month, day] = match.slice(1, 4).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day ?? 0);
  return date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day;
}
