import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { ReadLimits } from './limits.ts';

/** An element as it stands in a file. Names come without their prefix. */
export type XmlElement = {
  readonly name: string;
  readonly uri: string;
  /** by local name for attributes of no namespace, by `uri name` for the others */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | undefined;
  /** which of its parent's children of this name, counted from 1 */
  readonly nth: number;
  readonly line: number;
  /** its own text, without that of its children */
  readonly text: string;
};

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Growing[]; counts: Map<string, number> | undefined };

/** A field file of a large package is one of ten thousand: what most elements have not is shared. */
const noAttributes: ReadonlyMap<string, string> = new Map();

export type XmlFault = { readonly why: 'not-utf8' | 'doctype' | 'not-xml' | 'too-large'; readonly line: number; readonly detail: string };

export type XmlRead = { readonly ok: true; readonly root: XmlElement; readonly elements: number } | { readonly ok: false; readonly fault: XmlFault };

class Stopped extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault.why);
    this.fault = fault;
  }
}

const xmlns = 'http://www.w3.org/2000/xmlns/';
const pieceChars = 64 * 1024;
/** METS has twenty at most on one element. A parser looks each up among the others, so a million on one take a minute. */
const mostAttributes = 1000;
/** for each element that is allowed: a METS of the largest package has one or two */
const attributesPerElement = 2;

/**
 * Reads an XML file as a tree. UTF-8 only, no DOCTYPE (so no entity of its own and no other file), bounded in elements, attributes and
 * depth; the bytes are bounded by whoever has them. Never throws.
 */
export function readXml(bytes: Uint8Array, limits: Pick<ReadLimits, 'xmlElements' | 'xmlDepth'>): XmlRead {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, fault: { why: 'not-utf8', line: 0, detail: '' } };
  }
  const parser = new SaxesParser({ xmlns: true });
  let root: Growing | undefined;
  let open: Growing | undefined;
  let depth = 0;
  let elements = 0;
  const stop = (why: XmlFault['why'], detail: string): never => {
    throw new Stopped({ why, line: parser.line, detail: detail.slice(0, 200) });
  };
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii|ascii)$/i.test(encoding)) stop('not-utf8', encoding);
  });
  parser.on('doctype', () => stop('doctype', ''));
  parser.on('error', (error) => stop('not-xml', error.message.replace(/^\d+:\d+: /, '')));
  let attributes = 0;
  let here = 0;
  parser.on('opentagstart', () => {
    here = 0;
  });
  // Told as each is read, before the tag is whole; declarations of namespaces as well.
  parser.on('attribute', ({ name }) => {
    attributes += 1;
    here += 1;
    if (here > mostAttributes || attributes > limits.xmlElements * attributesPerElement) stop('too-large', name);
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    elements += 1;
    if (depth > limits.xmlDepth || elements > limits.xmlElements) stop('too-large', tag.local);
    const nth = (open?.counts?.get(tag.local) ?? 0) + 1;
    if (open !== undefined) (open.counts ??= new Map()).set(tag.local, nth);
    const one: Growing = { name: tag.local, uri: tag.uri, attributes: attributesOf(tag), children: [], parent: open, nth, line: parser.line, text: '', counts: undefined };
    open?.children.push(one);
    root ??= one;
    open = one;
  });
  const takeText = (piece: string): void => {
    if (open !== undefined) open.text += piece;
  };
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('closetag', () => {
    depth -= 1;
    // Its counts are of no more use.
    if (open !== undefined) open.counts = undefined;
    open = open?.parent as Growing | undefined;
  });
  try {
    for (let at = 0; at < text.length; at += pieceChars) parser.write(text.slice(at, at + pieceChars));
    parser.close();
  } catch (error) {
    if (error instanceof Stopped) return { ok: false, fault: error.fault };
    throw error;
  }
  return root === undefined ? { ok: false, fault: { why: 'not-xml', line: 1, detail: '' } } : { ok: true, root, elements };
}

/** Without the namespace declarations, which say nothing by themselves. */
function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  let attributes: Map<string, string> | undefined;
  for (const { local, uri, value } of Object.values(tag.attributes)) {
    if (uri !== xmlns) (attributes ??= new Map()).set(uri === '' ? local : `${uri} ${local}`, value);
  }
  return attributes ?? noAttributes;
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
