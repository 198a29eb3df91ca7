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
  name: new RegExp(qName, 'uy'),
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
    const name = nameAt(from + 1);
    if (open === undefined && root !== undefined) throw new XmlStop('not-xml', from, `a second root: ${name}`);
    written.length = 0;
    let end = from + 1 + name.length;
    for (;;) {
      const before = end;
      end = blanksEnd(text, end);
      const mark = text.charCodeAt(end);
      if (mark === 0x2f || mark === 0x3e) break;
      if (end === before) throw new XmlStop('not-xml', end, `attribute of ${name}`);
      end = attributed(end);
    }
    const isEmpty = text.charCodeAt(end) === 0x2f;
    const after = end + (isEmpty ? 2 : 1);
    if (isEmpty && text.charCodeAt(end + 1) !== 0x3e) throw new XmlStop('not-xml', end, `attribute of ${name}`);
    while (lineEnd !== -1 && lineEnd < after) {
      line += 1;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    const scope = namespaces(scopes.at(-1) ?? rootScope(), written, from);
    const { local, uri } = scope.element(name, from);
    elements += 1;
    if (names.length >= limits.xmlDepth || elements > limits.xmlElements) throw new XmlStop('too-large', from, local);
    const nth = open === undefined ? 1 : nthIn(open, local);
    const one: Growing = { name: local, uri, attributes: written.length === 0 ? noAttributes : attributesOf(scope, written, from), children: noChildren, parent: open, nth, line, text: '', counts: undefined };
    if (open?.children === noChildren) open.children = [one];
    else open?.children.push(one);
    root ??= one;
    if (isEmpty) return after;
    open = one;
    names.push(name);
    scopes.push(scope);
    return after;
  }

  function nameAt(from: number): string {
    forms.name.lastIndex = from;
    if (!forms.name.test(text)) throw new XmlStop('not-xml', from, 'name');
    return text.slice(from, forms.name.lastIndex);
  }

  /** Takes an attribute; answers where it ends. */
  function attributed(from: number): number {
    const name = nameAt(from);
    const equals = blanksEnd(text, from + name.length);
    if (text.charCodeAt(equals) !== 0x3d) throw new XmlStop('not-xml', equals, name);
    const start = blanksEnd(text, equals + 1);
    const quote = text[start];
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, start + 1) : -1;
    if (end === -1) throw new XmlStop('not-xml', start, name);
    const raw = text.slice(start + 1, end);
    if (raw.includes('<')) throw new XmlStop('not-xml', start, name);
    // Blanks in a value are spaces, unless written as numbers (§3.3.3).
    written.push(name, resolved(raw.includes('\n') || raw.includes('\t') ? raw.replaceAll(/[\t\n]/g, ' ') : raw, start));
    return end + 1;
  }

  function closed(from: number): number {
    const name = names.pop();
    const end = name === undefined || !text.startsWith(name, from + 2) ? -1 : blanksEnd(text, from + 2 + name.length);
    if (end === -1 || open === undefined || text.charCodeAt(end) !== 0x3e) throw new XmlStop('not-xml', from, `unexpected end tag in ${name ?? ''}`);
    scopes.pop();
    // Its counts are of no more use.
    open.counts = undefined;
    open = open.parent as Growing | undefined;
    return end + 1;
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

function blanksEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x09; code = text.charCodeAt(at)) at += 1;
  return at;
}

/** so many siblings are looked at for one of the same name before all are counted */
const nearby = 64;

/** Which of its parent's children of this name the next one is: those of one name mostly stand together. */
function nthIn(parent: Growing, name: string): number {
  const { children } = parent;
  if (parent.counts === undefined) {
    for (let at = children.length - 1; at >= 0 && at >= children.length - nearby; at -= 1) {
      const child = children[at];
      if (child?.name === name) return child.nth + 1;
    }
    if (children.length <= nearby) return 1;
    parent.counts = new Map();
    for (const child of children) parent.counts.set(child.name, child.nth);
  }
  const nth = (parent.counts.get(name) ?? 0) + 1;
  parent.counts.set(name, nth);
  return nth;
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
