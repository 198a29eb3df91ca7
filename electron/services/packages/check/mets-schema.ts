import type { XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import { metsNamespace } from './mets-select.ts';
import { placed, type MetsFile } from './mets-file.ts';
import { isDateTime, short } from './needs.ts';

/**
 * What METS 1.12 allows in an element: children in this order, attributes without a prefix, values from a list, and whether attributes
 * of other namespaces may stand there. Whatever is required and missing is told by a rule of CSIP, except for `needs`.
 */
type Model = {
  readonly children?: readonly string[];
  /** children that may stand there once */
  readonly once?: readonly string[];
  /** children in any order */
  readonly mixed?: true;
  /** only one kind of them */
  readonly either?: true;
  readonly attributes: readonly string[];
  readonly needs?: readonly string[];
  /** a child that must be there */
  readonly child?: string;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly isOpen?: true;
  readonly isText?: true;
  /** content of other formats, not looked at */
  readonly isForeign?: true;
};

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
const locations = ['ARK', 'URN', 'URL', 'PURL', 'HANDLE', 'DOI', 'OTHER'];
const pointer = words('ID LOCTYPE OTHERLOCTYPE');
const digest = words('MIMETYPE SIZE CREATED CHECKSUM CHECKSUMTYPE');
const section: Model = { children: ['mdRef', 'mdWrap'], once: ['mdRef', 'mdWrap'], attributes: words('ID GROUPID ADMID CREATED STATUS'), needs: ['ID'], isOpen: true };
const ordered = words('ID ORDER ORDERLABEL LABEL');

/** The elements of METS 1.12 (mets.xsd), by name: a name has the same model wherever it stands. */
const models: Readonly<Record<string, Model>> = {
  mets: { children: words('metsHdr dmdSec amdSec fileSec structMap structLink behaviorSec'), once: words('metsHdr fileSec structLink'), attributes: words('ID OBJID LABEL TYPE PROFILE'), isOpen: true },
  metsHdr: { children: words('agent altRecordID metsDocumentID'), once: ['metsDocumentID'], attributes: words('ID ADMID CREATEDATE LASTMODDATE RECORDSTATUS'), isOpen: true },
  agent: {
    children: ['name', 'note'],
    once: ['name'],
    attributes: words('ID ROLE OTHERROLE TYPE OTHERTYPE'),
    needs: ['ROLE'],
    child: 'name',
    values: { ROLE: words('CREATOR EDITOR ARCHIVIST PRESERVATION DISSEMINATOR CUSTODIAN IPOWNER OTHER'), TYPE: words('INDIVIDUAL ORGANIZATION OTHER') },
  },
  name: { attributes: [], isText: true },
  note: { attributes: [], isOpen: true, isText: true },
  altRecordID: { attributes: words('ID TYPE'), isText: true },
  metsDocumentID: { attributes: words('ID TYPE'), isText: true },
  dmdSec: section,
  amdSec: { children: words('techMD rightsMD sourceMD digiprovMD'), attributes: ['ID'], isOpen: true },
  techMD: section,
  rightsMD: section,
  sourceMD: section,
  digiprovMD: section,
  mdRef: { attributes: [...pointer, ...digest, ...words('MDTYPE OTHERMDTYPE MDTYPEVERSION LABEL XPTR')] },
  mdWrap: { attributes: [...digest, ...words('ID MDTYPE OTHERMDTYPE MDTYPEVERSION LABEL')], needs: ['MDTYPE'], isForeign: true },
  fileSec: { children: ['fileGrp'], attributes: ['ID'], isOpen: true },
  fileGrp: { children: ['fileGrp', 'file'], either: true, attributes: words('ID VERSDATE ADMID USE'), isOpen: true },
  file: {
    children: words('FLocat FContent stream transformFile file'),
    once: ['FContent'],
    attributes: [...digest, ...words('ID SEQ OWNERID ADMID DMDID GROUPID USE BEGIN END BETYPE')],
    isOpen: true,
  },
  FLocat: { attributes: [...pointer, 'USE'] },
  FContent: { attributes: ['ID', 'USE'], isForeign: true },
  stream: { attributes: words('ID streamType OWNERID ADMID DMDID BEGIN END BETYPE'), isForeign: true },
  transformFile: { attributes: words('ID TRANSFORMTYPE TRANSFORMALGORITHM TRANSFORMKEY TRANSFORMBEHAVIOR TRANSFORMORDER'), isForeign: true },
  structMap: { children: ['div'], attributes: words('ID TYPE LABEL'), isOpen: true },
  div: { children: words('mptr fptr div'), attributes: [...ordered, ...words('DMDID ADMID TYPE CONTENTIDS')] },
  mptr: { attributes: [...pointer, 'CONTENTIDS'] },
  fptr: { children: words('par seq area'), once: words('par seq area'), either: true, attributes: words('ID FILEID CONTENTIDS'), isOpen: true },
  par: { children: ['area', 'seq'], mixed: true, attributes: ordered, isOpen: true },
  seq: { children: ['area', 'par'], mixed: true, attributes: ordered, isOpen: true },
  area: { attributes: [...ordered, ...words('FILEID SHAPE COORDS BEGIN END BETYPE EXTENT EXTTYPE ADMID CONTENTIDS')], needs: ['FILEID'], isOpen: true },
  structLink: { children: ['smLink', 'smLinkGrp'], mixed: true, attributes: ['ID'], isOpen: true },
  smLink: { attributes: ['ID'] },
  smLinkGrp: { children: ['smLocatorLink', 'smArcLink'], attributes: words('ID ARCLINKORDER') },
  smLocatorLink: { attributes: ['ID'] },
  smArcLink: { attributes: words('ID ARCTYPE ADMID') },
  behaviorSec: { children: ['behaviorSec', 'behavior'], attributes: words('ID CREATED LABEL'), isOpen: true },
  behavior: { children: ['interfaceDef', 'mechanism'], once: ['interfaceDef', 'mechanism'], attributes: words('ID STRUCTID BTYPE CREATED LABEL GROUPID ADMID') },
  interfaceDef: { attributes: [...pointer, 'LABEL'] },
  mechanism: { attributes: [...pointer, 'LABEL'] },
};

type Known = Model & { readonly order: ReadonlyMap<string, number>; readonly allowed: ReadonlySet<string>; readonly single: ReadonlySet<string> };
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries(models).map(([name, model]) => [
    name,
    { ...model, order: new Map((model.children ?? []).map((child, index) => [child, index])), allowed: new Set(model.attributes), single: new Set(model.once) },
  ]),
);

const times = ['CREATEDATE', 'LASTMODDATE', 'CREATED', 'VERSDATE'];
/** Namespaces whose attributes the schema names itself, and those that every element may have. */
const linking = /^http:\/\/www\.w3\.org\/(?:1999\/xlink|2001\/XMLSchema-instance|XML\/1998\/namespace) /;

/**
 * Judges a METS file by the schema of METS 1.12, as far as no rule of CSIP does: elements that are not of METS or not in their place,
 * attributes that are unknown or have no such value, text where none belongs. `hasOwnTimes`: the profile judges times by rules of its own.
 */
export function judgeMetsSchema(found: Findings, mets: MetsFile, hasOwnTimes: boolean): void {
  const waiting: XmlElement[] = [mets.root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const model = known.get(element.name);
    if (model === undefined) continue;
    judgeAttributes(found, mets, element, model, hasOwnTimes);
    if (model.isForeign === true) continue;
    if (model.isText !== true && element.text.trim() !== '') found.add('mets.schema', placed(mets, element), { found: short(element.text), wanted: model.children?.join(', ') ?? '' });
    judgeChildren(found, mets, element, model);
    for (let at = element.children.length - 1; at >= 0; at -= 1) {
      const child = element.children[at];
      if (child !== undefined && child.uri === element.uri && model.order.has(child.name)) waiting.push(child);
    }
  }
}

function judgeAttributes(found: Findings, mets: MetsFile, element: XmlElement, model: Known, hasOwnTimes: boolean): void {
  const tell = (has: string, wanted: string): void => {
    found.add('mets.schema', placed(mets, element), { found: short(has), wanted: short(wanted) });
  };
  for (const [name, value] of element.attributes) {
    if (name.includes(' ')) {
      if (!linking.test(name) && (model.isOpen !== true || name.startsWith(`${metsNamespace} `))) tell(`{${name.replace(' ', '}')}`, `${element.name}: ${model.attributes.join(', ')}`);
      continue;
    }
    const values = name === 'LOCTYPE' ? locations : model.values?.[name];
    if (!model.allowed.has(name)) tell(`${name}="${value}"`, `${element.name}: ${model.attributes.join(', ')}`);
    else if (values !== undefined && value !== '' && !values.includes(value)) tell(`${name}="${value}"`, `${name}="${values.join('|')}"`);
    // An empty one is missing, which other rules tell.
    else if (!hasOwnTimes && times.includes(name) && value.trim() !== '' && !isDateTime(value)) tell(`${name}="${value}"`, `${name}="2026-11-22T09:00:00+07:00"`);
  }
  for (const name of model.needs ?? []) if (!element.attributes.has(name)) tell(element.name, `${element.name}/@${name}`);
}

function judgeChildren(found: Findings, mets: MetsFile, element: XmlElement, model: Known): void {
  let last = 0;
  const seen = new Set<string>();
  for (const child of element.children) {
    const at = child.uri === element.uri ? model.order.get(child.name) : undefined;
    const isTwice = model.single.has(child.name) && seen.has(child.name);
    const isOther = model.either === true && seen.size > 0 && !seen.has(child.name);
    if (at === undefined || isTwice || isOther || (model.mixed !== true && at < last)) {
      const name = child.uri === element.uri ? child.name : `{${child.uri}}${child.name}`;
      found.add('mets.schema', placed(mets, child), { found: short(name), wanted: model.children?.join(', ') ?? '' });
    }
    if (at === undefined) continue;
    seen.add(child.name);
    last = Math.max(last, at);
  }
  if (model.child !== undefined && !seen.has(model.child)) found.add('mets.schema', placed(mets, element), { found: element.name, wanted: `${element.name}/${model.child}` });
}
