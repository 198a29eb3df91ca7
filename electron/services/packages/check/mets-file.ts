import { placeOf, type XmlElement } from '../read/xml.ts';
import { attribute, metsNamespace, select } from './mets-select.ts';

/** Which METS of a package: its own, or that of a representation. */
export type MetsScope = 'root' | 'representation';

/** A METS file that was read. */
export type MetsFile = {
  readonly scope: MetsScope;
  /** path below the package's root folder */
  readonly path: string;
  /** its folder, '' for the root; its links start here */
  readonly folder: string;
  readonly root: XmlElement;
  /** elements by their ID, the first of each */
  readonly ids: ReadonlyMap<string, XmlElement>;
  readonly twice: readonly XmlElement[];
  readonly isMets: boolean;
};

/** A link of a METS file to another file of the package. */
export type MetsLink = {
  readonly mets: MetsFile;
  readonly element: XmlElement;
  readonly kind: 'metadata' | 'file' | 'mets';
  readonly href: string;
  /** declared facts; undefined where nothing is declared */
  readonly size: string | undefined;
  readonly checksum: string | undefined;
  readonly checksumType: string | undefined;
  readonly mediaType: string | undefined;
};

/** Makes the tables that rules look things up in. */
export function metsFile(path: string, scope: MetsScope, root: XmlElement): MetsFile {
  const ids = new Map<string, XmlElement>();
  const twice: XmlElement[] = [];
  const waiting: XmlElement[] = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const id = element.attributes.get('ID');
    if (id !== undefined && id !== '') {
      if (ids.has(id)) twice.push(element);
      else ids.set(id, element);
    }
    // Embedded metadata have names of their own.
    if (element.name === 'xmlData') continue;
    for (let at = element.children.length - 1; at >= 0; at -= 1) {
      const child = element.children[at];
      if (child !== undefined) waiting.push(child);
    }
  }
  return { scope, path, folder: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', root, ids, twice, isMets: root.name === 'mets' && root.uri === metsNamespace };
}

/** Everything that a METS file points to, in file order. */
export function linksOf(mets: MetsFile): readonly MetsLink[] {
  const link = (element: XmlElement, facts: XmlElement, kind: MetsLink['kind']): MetsLink => ({
    mets,
    element,
    kind,
    href: attribute(element, 'xlink:href') ?? '',
    size: attribute(facts, 'SIZE'),
    checksum: attribute(facts, 'CHECKSUM'),
    checksumType: attribute(facts, 'CHECKSUMTYPE'),
    mediaType: attribute(facts, 'MIMETYPE'),
  });
  const { root } = mets;
  const sections = [...select(root, 'dmdSec'), ...select(root, 'amdSec').flatMap(({ children }) => children)];
  return [
    ...sections.flatMap((section) => select(section, 'mdRef').map((one) => link(one, one, 'metadata'))),
    ...groupsOf(mets).flatMap((group) => select(group, 'file').flatMap((file) => select(file, 'FLocat').map((one) => link(one, file, 'file')))),
    ...select(root, 'structMap').flatMap(pointersBelow).map((one) => link(one, one, 'mets')),
  ];
}

/** File groups, also those inside of groups. */
export function groupsOf({ root }: MetsFile): readonly XmlElement[] {
  return below(select(root, 'fileSec/fileGrp'), (group) => select(group, 'fileGrp'));
}

function pointersBelow(element: XmlElement): readonly XmlElement[] {
  return below([element], ({ children }) => children).filter(({ name }) => name === 'mptr');
}

/**
 * Elements and what `next` finds of each, in file order.
 * An array that is taken from its front takes time by the square of its length, and a call has room for some 100 000 arguments.
 */
function below(first: readonly XmlElement[], next: (element: XmlElement) => readonly XmlElement[]): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = first.toReversed();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    found.push(element);
    for (const inner of next(element).toReversed()) waiting.push(inner);
  }
  return found;
}

/** Place and line of an element for a finding. */
export function placed(mets: MetsFile, element: XmlElement): { readonly file: string; readonly at: string; readonly line: number; readonly scope: MetsScope } {
  return { file: mets.path, at: placeOf(element), line: element.line, scope: mets.scope };
}
