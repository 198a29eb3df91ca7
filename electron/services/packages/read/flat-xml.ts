import { readXml, type XmlElement } from './xml.ts';

/**
 * A file of fields as plain data, which costs little to hand to another thread: a root whose children have text alone, no attributes
 * and no other namespace. Most of ten thousand field files have the same `shape`.
 */
export type FlatXml = {
  /** name, namespace and line of the root, then name and line of each child */
  readonly shape: string;
  /** own text of the root, then that of each child */
  readonly texts: string;
  readonly elements: number;
};

/** No XML 1.0 holds it; what of 1.1 does is not flat. */
const divider = '\u0001';
/** Four times as many as any table of fields has. */
const limits = { xmlElements: 200, xmlDepth: 2 };

/** Reads a file of fields; undefined for one that is something else, or not to be read at all: `readXml` tells why. */
export function readFlatXml(bytes: Uint8Array): FlatXml | undefined {
  const read = readXml(bytes, limits);
  if (!read.ok) return undefined;
  const { root, elements } = read;
  const { children } = root;
  if (root.attributes.size > 0 || children.some(({ attributes, uri }) => attributes.size > 0 || uri !== root.uri)) return undefined;
  const texts = [root, ...children].map(({ text }) => text);
  if (root.uri.includes(divider) || texts.some((text) => text.includes(divider))) return undefined;
  return { shape: [root.name, root.uri, root.line, ...children.flatMap(({ name, line }) => [name, line])].join(divider), texts: texts.join(divider), elements };
}

type Shape = { readonly root: Pick<XmlElement, 'name' | 'uri' | 'line'>; readonly children: readonly Pick<XmlElement, 'name' | 'nth' | 'line'>[] };

const nothing = { attributes: new Map<string, string>(), children: [] } satisfies Partial<XmlElement>;

/** Makes of flat files the trees that `readXml` makes of their bytes. */
export function flatTrees(): (flat: FlatXml) => XmlElement {
  const shapes = new Map<string, Shape>();
  return ({ shape: told, texts }) => {
    const shape = shapes.get(told) ?? shapeOf(told);
    shapes.set(told, shape);
    const [own = '', ...rest] = texts.split(divider);
    const children: XmlElement[] = [];
    const root: XmlElement = { ...shape.root, attributes: nothing.attributes, children, parent: undefined, nth: 1, text: own };
    for (const [index, { name, nth, line }] of shape.children.entries()) {
      children.push({ name, uri: root.uri, ...nothing, parent: root, nth, line, text: rest[index] ?? '' });
    }
    return root;
  };
}

function shapeOf(told: string): Shape {
  const [name = '', uri = '', line = '', ...rest] = told.split(divider);
  const children: Shape['children'][number][] = [];
  const counts = new Map<string, number>();
  for (let at = 0; at < rest.length; at += 2) {
    const [child = '', childLine = ''] = rest.slice(at, at + 2);
    const nth = (counts.get(child) ?? 0) + 1;
    counts.set(child, nth);
    children.push({ name: child, nth, line: Number(childLine) });
  }
  return { root: { name, uri, line: Number(line) }, children };
}
