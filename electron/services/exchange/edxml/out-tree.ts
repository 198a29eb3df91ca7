import { fail, ok, type Outcome } from '#contract';
import { attributeText, elementText, illegalIn } from '../../../foundation/xml-text.ts';
import { edxmlNamespace } from './model.ts';
import { elementOrders, type ElementOrder } from './element-order.ts';

/** An element to be written. `uri` '' is the format's own namespace. */
export type OutElement = {
  readonly name: string;
  readonly uri: string;
  readonly attributes: { readonly name: string; readonly uri: string; value: string }[];
  children: OutElement[];
  text: string;
  /** position of the attachment whose content stands here */
  readonly content: number | null;
};

/** Text, or the position of an attachment whose Base64 stands there. */
export type Piece = string | number;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

export function outElement(name: string, uri = '', content: number | null = null): OutElement {
  return { name, uri, attributes: [], children: [], text: '', content };
}

/** An element with text; none for '', as VNPT's builder leaves it out. */
export function leaf(name: string, text: string): readonly OutElement[] {
  return text === '' ? [] : [{ ...outElement(name), text }];
}

/** An element with elements; none when all of them were left out. */
export function branch(name: string, ...children: readonly (readonly OutElement[])[]): readonly OutElement[] {
  const all = children.flat();
  return all.length === 0 ? [] : [{ ...outElement(name), children: all }];
}

/** Brings the elements that a profile orders into its order, at any depth; equal ones keep theirs. */
export function order(root: OutElement, profile: ElementOrder): void {
  const table = new Map<string, readonly string[]>(Object.entries(elementOrders[profile]));
  function visit(node: OutElement): void {
    const names = node.uri === '' ? table.get(node.name) : undefined;
    if (names !== undefined) {
      const other = names.indexOf('*');
      const rank = (child: OutElement): number => {
        const at = child.uri === '' ? names.indexOf(child.name) : -1;
        return at === -1 ? other : at;
      };
      node.children = node.children.toSorted((a, b) => rank(a) - rank(b));
    }
    for (const child of node.children) visit(child);
  }
  visit(root);
}

/**
 * The message in VNPT's form of prefixes (axis.md §2.1): root, `AttachmentEncoded` and what is in it without, the envelope
 * and `ContentTransferEncoded` with `edXML:`. Fails with `illegal-character` (params element, value) for what XML 1.0
 * cannot carry.
 */
export function serialized(root: OutElement): Outcome<readonly Piece[], 'illegal-character'> {
  const pieces: Piece[] = [];
  let text = declaration;
  let wrong: { readonly element: string; readonly value: string } | undefined;

  function legal(value: string, element: string): string {
    const found = illegalIn(value);
    if (found !== undefined && wrong === undefined) wrong = { element, value: found };
    return value;
  }

  function attributes(node: OutElement): string {
    return node.attributes
      .map(({ name, uri, value }, at) => {
        const written = `"${attributeText(legal(value, `${node.name}/@${name}`))}"`;
        if (uri === '') return ` ${name}=${written}`;
        if (uri === xmlNamespace) return ` xml:${name}=${written}`;
        const prefix = `n${String(at)}`;
        return ` xmlns:${prefix}="${attributeText(legal(uri, node.name))}" ${prefix}:${name}=${written}`;
      })
      .join('');
  }

  /** `prefixed`: `edXML:` is bound here; `space`: the default namespace here. */
  function write(node: OutElement, prefixed: boolean, space: string): void {
    let name = node.name;
    let bindings = '';
    let bound = prefixed;
    let inner = space;
    if (node.uri === xmlNamespace) name = `xml:${name}`;
    else if (node.uri !== '') {
      inner = node.uri;
      if (inner !== space) bindings = ` xmlns="${attributeText(legal(inner, name))}"`;
    } else if (prefixed || node.name === 'edXMLEnvelope' || node.content !== null || space !== edxmlNamespace) {
      name = `edXML:${name}`;
      if (!prefixed) bindings = ` xmlns:edXML="${edxmlNamespace}"`;
      bound = true;
    }
    text += `<${name}${bindings}${attributes(node)}>${elementText(legal(node.text, node.name))}`;
    if (node.content !== null) {
      pieces.push(text, node.content);
      text = '';
    }
    for (const child of node.children) write(child, bound, inner);
    text += `</${name}>`;
  }

  text += `<edXML xmlns="${edxmlNamespace}"${attributes(root)}>${elementText(legal(root.text, root.name))}`;
  for (const child of root.children) write(child, false, edxmlNamespace);
  pieces.push(`${text}</edXML>`);
  return wrong === undefined ? ok(pieces) : fail('illegal-character', wrong);
}
