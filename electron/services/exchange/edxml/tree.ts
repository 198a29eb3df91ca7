import type { EdxmlUnknown } from './model.ts';

/** An element of the metadata. Not part of the model: the mappers take from it and mark what they understood. */
export type Element = {
  readonly name: string;
  /** in the edXML namespace or in none */
  readonly ours: boolean;
  readonly children: Element[];
  text: string;
  taken: boolean;
};

/** An element with nothing in it yet. */
export function element(name: string, ours: boolean): Element {
  return { name, ours, children: [], text: '', taken: false };
}

/** All children of one of these names, in file order, marked as understood. */
export function takeAll(parent: Element | undefined, ...names: readonly string[]): readonly Element[] {
  const found = parent?.children.filter((child) => child.ours && names.includes(child.name)) ?? [];
  for (const child of found) child.taken = true;
  return found;
}

/** The first child of one of these names; a repetition stays unknown. */
export function takeOne(parent: Element | undefined, ...names: readonly string[]): Element | undefined {
  const found = parent?.children.find((child) => child.ours && !child.taken && names.includes(child.name));
  if (found !== undefined) found.taken = true;
  return found;
}

/** Text of a child, exactly as in the file; '' when absent. */
export function takeText(parent: Element | undefined, ...names: readonly string[]): string {
  return takeOne(parent, ...names)?.text ?? '';
}

/** Whether there is any text at or below the element. */
export function hasText(node: Element | undefined): boolean {
  if (node === undefined) return false;
  return node.children.length === 0 ? node.text.trim() !== '' : node.children.some(hasText);
}

/** Every leaf with a value that nobody took. Call after mapping. */
export function unknownIn(root: Element): readonly EdxmlUnknown[] {
  const found: EdxmlUnknown[] = [];
  function visit(node: Element, path: string): void {
    for (const child of node.children) {
      const here = path === '' ? child.name : `${path}/${child.name}`;
      if (child.children.length > 0) visit(child, here);
      else if (!child.taken && child.text.trim() !== '') found.push({ path: here, text: child.text });
    }
  }
  visit(root, '');
  return found;
}
