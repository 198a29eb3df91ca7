import type { ReadLimits } from './limits.ts';
import { attributesOf, namespaces, noAttributes, rootScope, type Attributes, type Scope } from './xml-names.ts';
import { resolved, XmlStop, type XmlFault } from './xml-text.ts';

export type { XmlFault } from './xml-text.ts';

/** An element as it stands in a file. Names come without their prefix. */
export type XmlElement = {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Attributes;
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | undefined;
  /** which of its parent's children of this name, counted from 1 */
  readonly nth: number;
  readonly line: number;
  /** its own text, without that of its children */
  readonly text: string;
};

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Growing[]; counts: Map<string, number> | undefined };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A field file of a large package is one of ten thousand: what most elements have not is shared. */
const noChildren: Growing[] = [];

export type XmlRead = { readonly ok: true; readonly root: XmlElement; readonly elements: number } | { readonly ok: false; readonly fault: XmlFault };

/** NameStartChar and NameChar without the colon (XML 1.0 §2.3, Namespaces in XML 1.0 §3). */
const nameStart = 'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const ncName = `[${nameStart}][\\u0300-\\u036F${nameStart}\\-.0-9\\xB7\\u203F-\\u2040]*`;
const qName = `${ncName}(?::${ncName})?`;
const blank = '[ \\t\\n]';
const forms = {
  start: new RegExp(`<(${qName})`, 'uy'),
  attribute: new RegExp(`${blank}+(${qName})${blank}*=${blank}*(?:"([^"<]*)"|'([^'<]*)')`, 'uy'),
  startEnd: new RegExp(`${blank}*(/?)>`, 'y'),
  end: new RegExp(`</(${qName})${blank}*>`, 'uy'),
  instruction: new RegExp(`<\\?(${ncName})(?=${blank}|\\?>)`, 'uy'),
  declaration: new RegExp(`<\\?xml${blank}+version${blank}*=${blank}*(?:"1\\.[0-9]+"|'1\\.[0-9]+')(?:${blank}+encoding${blank}*=${blank}*(?:"([A-Za-z][\\w.-]*)"|'([A-Za-z][\\w.-]*)'))?(?:${blank}+standalone${blank}*=${blank}*(?:"(?:yes|no)"|'(?:yes|no)'))?${blank}*\\?>`, 'y'),
} as const;
// eslint-disable-next-line no-control-regex -- these are the letters that XML forbids (§2.2)
const illegal = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/**
 * Reads an XML file as a tree (XML 1.0 5th ed., Namespaces in XML 1.0). UTF-8 only, no DOCTYPE (so no entity of its own and no other
 * file), bounded in elements and depth; the bytes are bounded by whoever has them. Never throws. Of its own, since a METS of ten
 * thousand documents and their field files took a general parser, letter by letter, longer than hashing the documents.
 */
export function readXml(bytes: Uint8Array, limits: Pick<ReadLimits, 'xmlElements' | 'xmlDepth'>): XmlRead {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { ok: false, fault: { why: 'not-utf8', line: 0, detail: '' } };
  }
  // Line ends are one character for whoever reads on (§2.11).
  if (text.includes('\r')) text = text.replaceAll(/\r\n?/g, '\n');
  try {
    return parsed(text, limits);
  } catch (error) {
    if (!(error instanceof XmlStop)) throw error;
    let line = 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < error.at; at = text.indexOf('\n', at + 1)) line += 1;
    return { ok: false, fault: { why: error.why, line, detail: error.detail.slice(0, 200) } };
  }
}

function parsed(text: string, limits: Pick<ReadLimits, 'xmlElements' | 'xmlDepth'>): XmlRead {
  const found = illegal.exec(text);
  if (found !== null) throw new XmlStop('not-xml', found.index, 'disallowed character');
  const scopes: Scope[] = [rootScope()];
  const names: string[] = [];
  /** names and values of the attributes of the tag that is read */
  const written: string[] = [];
  let root: Growing | undefined;
  let open: Growing | undefined;
  let elements = 0;
  let line = 1;
  let lineEnd = text.indexOf('\n');
  let at = declarationEnd(text);

  while (at < text.length) {
    const tag = text.indexOf('<', at);
    takeText(at, tag === -1 ? text.length : tag);
    if (tag === -1) break;
    const next = text.charCodeAt(tag + 1);
    if (next === 0x2f) at = closed(tag);
    else if (next === 0x21) at = marked(tag);
    else if (next === 0x3f) at = instructed(text, tag);
    else at = opened(tag);
  }
  if (open !== undefined) throw new XmlStop('not-xml', text.length, `unclosed tag: ${open.name}`);
  if (root === undefined) throw new XmlStop('not-xml', 0, '');
  return { ok: true, root, elements };

  function takeText(from: number, to: number): void {
    if (from === to) return;
    const piece = text.slice(from, to);
    if (open === undefined) {
      if (/[^ \t\n]/.test(piece)) throw new XmlStop('not-xml', from, 'text outside the root element');
      return;
    }
    if (piece.includes(']]>')) throw new XmlStop('not-xml', from, ']]>');
    const plain = resolved(piece, from);
    open.text = open.text === '' ? plain : open.text + plain;
  }

  function opened(from: number): number {
    forms.start.lastIndex = from;
    const name = forms.start.exec(text)?.[1];
    if (name === undefined) throw new XmlStop('not-xml', from, 'tag');
    if (open === undefined && root !== undefined) throw new XmlStop('not-xml', from, `a second root: ${name}`);
    written.length = 0;
    let end = forms.start.lastIndex;
    for (;;) {
      forms.attribute.lastIndex = end;
      const match = forms.attribute.exec(text);
      if (match === null) break;
      end = forms.attribute.lastIndex;
      const raw = match[2] ?? match[3] ?? '';
      // Blanks in a value are spaces, unless written as numbers (§3.3.3).
      written.push(match[1] ?? '', resolved(/[\t\n]/.test(raw) ? raw.replaceAll(/[\t\n]/g, ' ') : raw, end));
    }
    forms.startEnd.lastIndex = end;
    const closing = forms.startEnd.exec(text);
    if (closing === null) throw new XmlStop('not-xml', end, `attribute of ${name}`);
    const after = forms.startEnd.lastIndex;
    while (lineEnd !== -1 && lineEnd < after) {
      line += 1;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    const scope = namespaces(scopes.at(-1) ?? rootScope(), written, from);
    const { local, uri } = scope.element(name, from);
    elements += 1;
    if (names.length >= limits.xmlDepth || elements > limits.xmlElements) throw new XmlStop('too-large', from, local);
    const nth = (open?.counts?.get(local) ?? 0) + 1;
    if (open !== undefined) (open.counts ??= new Map()).set(local, nth);
    const one: Growing = { name: local, uri, attributes: written.length === 0 ? noAttributes : attributesOf(scope, written, from), children: noChildren, parent: open, nth, line, text: '', counts: undefined };
    if (open?.children === noChildren) open.children = [one];
    else open?.children.push(one);
    root ??= one;
    if (closing[1] === '/') return after;
    open = one;
    names.push(name);
    scopes.push(scope);
    return after;
  }

  function closed(from: number): number {
    forms.end.lastIndex = from;
    const name = forms.end.exec(text)?.[1];
    if (name === undefined || open === undefined || name !== names.pop()) throw new XmlStop('not-xml', from, `unexpected end tag: ${name ?? ''}`);
    scopes.pop();
    // Its counts are of no more use.
    open.counts = undefined;
    open = open.parent as Growing | undefined;
    return forms.end.lastIndex;
  }

  /** A comment or CDATA; a DOCTYPE ends the reading. */
  function marked(from: number): number {
    if (text.startsWith('<!--', from)) {
      const end = text.indexOf('--', from + 4);
      if (end === -1 || text[end + 2] !== '>') throw new XmlStop('not-xml', from, 'comment');
      return end + 3;
    }
    if (text.startsWith('<![CDATA[', from) && open !== undefined) {
      const end = text.indexOf(']]>', from);
      if (end === -1) throw new XmlStop('not-xml', from, 'CDATA');
      open.text += text.slice(from + 9, end);
      return end + 3;
    }
    throw new XmlStop(text.startsWith('<!DOCTYPE', from) ? 'doctype' : 'not-xml', from, '');
  }
}

/** The end of the XML declaration, 0 when there is none. */
function declarationEnd(text: string): number {
  if (!/^<\?xml[ \t\n]/.test(text)) return 0;
  forms.declaration.lastIndex = 0;
  const match = forms.declaration.exec(text);
  if (match === null) throw new XmlStop('not-xml', 0, 'XML declaration');
  const encoding = match[1] ?? match[2];
  if (encoding !== undefined && !/^(utf-?8|us-ascii|ascii)$/i.test(encoding)) throw new XmlStop('not-utf8', 0, encoding);
  return forms.declaration.lastIndex;
}

/** The end of a processing instruction, which says nothing to us. */
function instructed(text: string, from: number): number {
  forms.instruction.lastIndex = from;
  const target = forms.instruction.exec(text)?.[1];
  const end = text.indexOf('?>', from + 2);
  if (target === undefined || end === -1 || target.toLowerCase() === 'xml') throw new XmlStop('not-xml', from, 'processing instruction');
  return end + 2;
}

/** Where an element stands, as an XPath without prefixes: `/mets/dmdSec[2]/mdRef`. */
export function placeOf(element: XmlElement): string {
  const parts: string[] = [];
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const { name, parent, nth } = at;
    // In a long list the number is written even for one of its kind, which is as true and needs no search.
    const several = nth > 1 || (parent !== undefined && (parent.children.length > 64 || parent.children.some((child) => child !== at && child.name === name)));
    parts.unshift(several ? `${name}[${nth}]` : name);
  }
  return `/${parts.join('/')}`;
}
