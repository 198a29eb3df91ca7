import { edxmlNamespace, type EdxmlUnknown } from './model.ts';
import { stepOf } from './path.ts';

export type Attribute = { readonly name: string; readonly uri: string; readonly value: string };

/** An element of the metadata. Not part of the model: the mappers take from it and mark what they understood. */
export type Element = {
  readonly name: string;
  /** '' for the edXML namespace and for none */
  readonly uri: string;
  readonly attributes: readonly Attribute[];
  readonly children: Element[];
  text: string;
  /** its place in the format is known */
  taken: boolean;
  /** its text is in the model */
  read: boolean;
  /** an empty one of a list, which the model leaves out */
  passedOver: boolean;
};

/** An element with nothing in it yet. */
export function element(name: string, uri: string, attributes: readonly Attribute[]): Element {
  const known = uri === edxmlNamespace ? '' : uri;
  return { name, uri: known, attributes, children: [], text: '', taken: false, read: false, passedOver: false };
}

/** All children of one of these names, in file order, marked as understood. */
export function takeAll(parent: Element | undefined, ...names: readonly string[]): readonly Element[] {
  const found = parent?.children.filter((child) => child.uri === '' && names.includes(child.name)) ?? [];
  for (const child of found) child.taken = true;
  return found;
}

/** The same without those that hold nothing: some builders write an empty one where others write none. */
export function takeFilled(parent: Element | undefined, ...names: readonly string[]): readonly Element[] {
  const found = takeAll(parent, ...names);
  for (const child of found) child.passedOver = !hasText(child);
  return found.filter((child) => !child.passedOver);
}

/** The first child of one of these names; a repetition stays unknown. */
export function takeOne(parent: Element | undefined, ...names: readonly string[]): Element | undefined {
  const found = parent?.children.find((child) => child.uri === '' && !child.taken && names.includes(child.name));
  if (found !== undefined) found.taken = true;
  return found;
}

/** Text of a child, exactly as in the file; '' when absent. */
export function takeText(parent: Element | undefined, ...names: readonly string[]): string {
  const found = takeOne(parent, ...names);
  if (found === undefined) return '';
  found.read = true;
  return found.text;
}

/** Texts of all children of a name, without the empty ones. */
export function takeTexts(parent: Element | undefined, name: string): readonly string[] {
  const found = takeAll(parent, name);
  for (const child of found) {
    child.read = true;
    child.passedOver = child.text === '';
  }
  return found.filter((child) => !child.passedOver).map((child) => child.text);
}

/** Whether there is any text at or below the element. */
export function hasText(node: Element | undefined): boolean {
  if (node === undefined) return false;
  return node.text.trim() !== '' || node.children.some(hasText);
}

/** Everything with a value that nobody took, in file order. Call after mapping. */
export function unknownIn(root: Element): readonly EdxmlUnknown[] {
  const found: EdxmlUnknown[] = [];
  function visit(node: Element, path: string): void {
    const prefix = path === '' ? '' : `${path}/`;
    for (const { name, uri, value } of node.attributes) {
      const ours = node.name === 'edXMLManifest' && name === 'version' && value === '1.0';
      if (!ours) found.push({ path: `${prefix}@${stepOf(name, uri, 1)}`, text: value });
    }
    const counts = new Map<string, number>();
    for (const child of node.children) {
      if (child.passedOver) continue;
      const plain = stepOf(child.name, child.uri, 1);
      const nth = (counts.get(plain) ?? 0) + 1;
      counts.set(plain, nth);
      const here = `${prefix}${stepOf(child.name, child.uri, nth)}`;
      if (!child.read && child.text.trim() !== '') found.push({ path: here, text: child.text });
      visit(child, here);
    }
  }
  visit(root, '');
  return found;
}
