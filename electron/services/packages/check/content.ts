import { isUtf8 } from 'node:buffer';
import { shared } from '../profile/forms.ts';
import { flatTrees } from '../read/flat-xml.ts';
import type { ReadLimits } from '../read/limits.ts';
import { readXml, type XmlElement } from '../read/xml.ts';
import { judgeBag, judgeBagFile, type Bag } from './bagit-judge.ts';
import { judgeCsip, judgeFolders } from './csip-judge.ts';
import type { ReadFile } from './digests.ts';
import { fieldsIn, judgeFieldFile, judgeFieldsTogether, kindOf, type FieldFile } from './fields-judge.ts';
import { algorithmsFor, judgeFacts, judgeMissing, judgePremisFixity } from './file-judge.ts';
import type { Findings } from './findings.ts';
import { isLegacy, translated } from './legacy-names.ts';
import { judgeIds, representationsOf, resolveLinks, type Resolved } from './links-judge.ts';
import { attribute } from './mets-select.ts';
import { metsFile, type MetsFile } from './mets-file.ts';
import { judgeMetsSchema } from './mets-schema.ts';
import { innerFiles, type PackageFiles } from './package-files.ts';
import { judgePremis, type PremisFixity } from './premis-judge.ts';
import { formOf, profileOf } from './profile-of.ts';
import type { Reading } from './reading.ts';
import type { Described, PackageReport, ProfileName } from './report.ts';
import { judgeStructure, judgeTt05Mets } from './tt05-judge.ts';
import { judgeLinkage, pathsById } from './tt05-links-judge.ts';

/** What the package's own descriptions say, judged; the files they speak of are compared one by one as they are read. */
export type Content = {
  readonly profile: ProfileName;
  readonly profileFrom: PackageReport['profileFrom'];
  readonly objectId: string;
  readonly described: readonly Described[];
  /** what must be computed for a file beside SHA-256 */
  readonly algorithms: (path: string) => readonly string[];
  readonly judgeFile: (path: string, read: ReadFile) => void;
  readonly conclude: (reads: ReadonlyMap<string, ReadFile>, signed: ReadonlyMap<string, readonly string[]>) => void;
};

/** Reads METS, field files, PREMIS and manifests, finds the profile and judges by it. */
export async function contentOf(found: Findings, package_: PackageFiles, limits: ReadLimits, reading: Pick<Reading, 'described' | 'flat' | 'fields'>, asked: ProfileName | undefined): Promise<Content> {
  const isBag = package_.files.has('bagit.txt');
  const reader = xmlReader(found, package_, limits, reading);
  const bag = isBag ? await judgeBag(found, package_, reader.text) : undefined;
  const payload = isBag ? payloadRoot(package_) : '';
  const inner = innerFiles(package_, payload);
  const xml = async (path: string): Promise<XmlElement | undefined> => reader.xml(`${payload}${path}`);
  const root = inner.files.has('METS.xml') ? await xml('METS.xml') : undefined;
  if (!inner.files.has('METS.xml') && !isBag) found.add('CSIPSTR4', {}, { found: '', wanted: 'METS.xml' });
  const mets = root === undefined ? undefined : metsFile('METS.xml', 'root', root);
  const rootLinks = mets === undefined ? [] : resolveLinks(found, mets, inner);
  const representations = mets === undefined ? [] : await representationFiles(found, inner, mets, rootLinks, xml);
  await reading.fields();
  const fieldFiles = await fieldFilesOf(inner, xml);
  const head = fieldFiles.find(({ kind }) => kind === 'package');
  const old = fieldFiles.some(({ fields }) => isLegacy(fields));
  const seen = profileOf({ mets: root, head: head?.root, isBag, isLegacy: old });
  const profile = asked ?? seen.profile;
  const objectId = attribute(root, 'OBJID') ?? '';
  const all = mets === undefined ? [] : [{ mets, links: rootLinks }, ...representations];
  if (!isBag) judgeFolders(found, inner, objectId);
  for (const one of all) {
    judgeIds(found, one.mets);
    // Of what is no METS that much is said; no rule of one is broken besides.
    if (one.mets.root.name !== 'mets') continue;
    judgeMetsSchema(found, one.mets, formOf(profile) !== undefined);
    judgeCsip(found, one.mets, inner, profile);
  }
  const described = judgeFields(found, inner, profile, objectId, all, old ? fieldFiles.map((file) => translated(found, file)) : fieldFiles);
  const isCircular = formOf(profile) !== undefined;
  const premis = await premisOf(found, inner, xml, isCircular);
  return { profile, profileFrom: asked === undefined ? seen.from : 'asked', objectId, described: described.map((one) => relocated(one, payload)), ...comparison(found, { inner, payload, bag, all, premis, isCircular }) };
}

/** Folder of the package inside a bag: `data/<name>/` when a METS lies there, `data/` when it lies at once; '' for no package. */
function payloadRoot({ files }: PackageFiles): string {
  if (files.has('data/METS.xml')) return 'data/';
  const places = [...files.keys()].flatMap((path) => /^(data\/[^/]+\/)METS\.xml$/.exec(path)?.[1] ?? []);
  return places.length === 1 ? (places[0] ?? '') : '';
}

function xmlReader(found: Findings, { files }: PackageFiles, limits: ReadLimits, { described, flat }: Pick<Reading, 'described' | 'flat'>): { readonly xml: ReadXmlFile; readonly text: (path: string) => Promise<string | undefined> } {
  // The bounds hold for all of a package's XML together: a hundred files at the bound are one too large.
  let elements = limits.xmlElements;
  let left = limits.xmlBytes;
  const treeOf = flatTrees();
  function isWithin(path: string): boolean {
    const file = files.get(path);
    if (file === undefined) return false;
    left -= file.size;
    if (left < 0) found.add('xml.too-large', { file: path }, { detail: String(file.size), most: limits.xmlBytes });
    return left >= 0;
  }
  return {
    text: async (path) => {
      const bytes = isWithin(path) ? (await described(path))?.bytes : undefined;
      if (bytes !== undefined && !isUtf8(bytes)) found.add('bagit.encoding', { file: path });
      return bytes?.toString('utf8');
    },
    xml: async (path) => {
      if (!isWithin(path)) return undefined;
      const fields = flat(path);
      if (fields !== undefined && fields.elements <= elements) {
        elements -= fields.elements;
        return treeOf(fields);
      }
      const content = (await described(path))?.bytes;
      if (content === undefined) return undefined;
      const result = readXml(content, { ...limits, xmlElements: elements });
      if (result.ok) {
        elements -= result.elements;
        return result.root;
      }
      const { why, line, detail } = result.fault;
      found.add(`xml.${why}`, { file: path, line }, { detail, most: limits.xmlBytes });
      return undefined;
    },
  };
}

type ReadXmlFile = (path: string) => Promise<XmlElement | undefined>;
type Judged = { readonly mets: MetsFile; readonly links: readonly Resolved[] };

async function representationFiles(found: Findings, inner: PackageFiles, mets: MetsFile, links: readonly Resolved[], xml: ReadXmlFile): Promise<readonly Judged[]> {
  const lying = [...inner.files.keys()].filter((path) => /^representations\/[^/]+\/METS\.xml$/.test(path));
  const judged: Judged[] = [];
  for (const path of new Set([...representationsOf(mets, links), ...lying])) {
    const root = await xml(path);
    if (root === undefined) continue;
    const one = metsFile(path, 'representation', root);
    judged.push({ mets: one, links: resolveLinks(found, one, inner) });
  }
  return judged;
}

async function fieldFilesOf(inner: PackageFiles, xml: ReadXmlFile): Promise<readonly FieldFile[]> {
  const files: FieldFile[] = [];
  for (const path of inner.files.keys()) {
    if (!/^(representations\/[^/]+\/)?metadata\/descriptive\/[^/]+\.xml$/i.test(path)) continue;
    const root = await xml(path);
    if (root !== undefined) files.push({ path, root, kind: kindOf(path), fields: fieldsIn(root) });
  }
  return files;
}

async function premisOf(found: Findings, inner: PackageFiles, xml: ReadXmlFile, isCircular: boolean): Promise<readonly PremisFixity[]> {
  const fixities: PremisFixity[] = [];
  for (const path of inner.files.keys()) {
    if (!/(^|\/)metadata\/preservation\/[^/]+\.xml$/i.test(path)) continue;
    const root = await xml(path);
    for (const fixity of root === undefined ? [] : judgePremis(found, path, root, isCircular)) fixities.push(fixity);
  }
  return fixities;
}

function judgeFields(found: Findings, inner: PackageFiles, profile: ProfileName, objectId: string, all: readonly Judged[], files: readonly FieldFile[]): readonly Described[] {
  const form = formOf(profile);
  const describedBy = new Map<string, readonly string[]>();
  const attached = new Map<string, readonly string[]>();
  if (form !== undefined) judgeStructure(found, inner, form, objectId);
  for (const { mets, links } of all) {
    if (form !== undefined) judgeTt05Mets(found, mets, form);
    if (form !== undefined && mets.scope === 'representation') {
      const linkage = judgeLinkage(found, mets, links, form);
      for (const [path, targets] of linkage.described) describedBy.set(path, targets);
      for (const [path, targets] of linkage.attached) attached.set(path, targets);
    } else {
      for (const [path, targets] of describedByAttribute(mets, links)) describedBy.set(path, targets);
    }
  }
  const described = files.map(({ path, kind, fields }): Described => ({ metadata: path, kind, fields, files: describedBy.get(path) ?? [] }));
  if (form === undefined) return described;
  for (const file of files) judgeFieldFile(found, file, form);
  judgeFieldsTogether(found, described, attached, form);
  return described;
}

/** Files by the field file that their own DMDID names (CSIP75). */
function describedByAttribute(mets: MetsFile, links: readonly Resolved[]): ReadonlyMap<string, readonly string[]> {
  const paths = pathsById(mets, links);
  const found = new Map<string, string[]>();
  for (const { link, path } of links) {
    if (link.kind !== 'file' || path === undefined) continue;
    for (const id of (attribute(link.element.parent, 'DMDID') ?? '').split(/\s+/)) {
      const metadata = paths.get(id);
      if (metadata !== undefined) found.set(metadata, [...(found.get(metadata) ?? []), path]);
    }
  }
  return found;
}

function relocated({ metadata, files, ...rest }: Described, payload: string): Described {
  return { ...rest, metadata: `${payload}${metadata}`, files: files.map((path) => `${payload}${path}`) };
}

type Compared = { readonly inner: PackageFiles; readonly payload: string; readonly bag: Bag | undefined; readonly all: readonly Judged[]; readonly premis: readonly PremisFixity[]; readonly isCircular: boolean };

/** Compares what is declared with what is there. */
function comparison(found: Findings, { inner, payload, bag, all, premis, isCircular }: Compared): Pick<Content, 'algorithms' | 'judgeFile' | 'conclude'> {
  const links = all.flatMap((one) => one.links);
  const byPath = Map.groupBy(links.filter(({ path }) => path !== undefined), ({ path }) => path ?? '');
  const inside = (path: string): string | undefined => (path.startsWith(payload) ? path.slice(payload.length) : undefined);
  return {
    algorithms: (path) => [...(bag?.algorithms ?? []), ...algorithmsFor(byPath.get(inside(path) ?? '') ?? [])],
    judgeFile: (path, read) => {
      if (bag !== undefined) judgeBagFile(found, bag, path, read);
      const own = byPath.get(inside(path) ?? '');
      if (own !== undefined) judgeFacts(found, path, own, read);
      if (isCircular && path.endsWith(shared.linkEnding) && Buffer.from(read.head, 'latin1').toString('utf8').trim() === '') found.add('tt05.linked-empty', { file: path });
    },
    conclude: (reads, signed) => {
      if (all.length === 0) return;
      const own = new Map([...reads].flatMap(([path, read]) => (inside(path) === undefined ? [] : [[inside(path) ?? '', read] as const])));
      const unlisted = [...inner.files.keys()].filter((path) => path !== 'METS.xml' && !byPath.has(path));
      judgeMissing(found, links.filter(({ path }) => path === undefined), unlisted, own);
      if (premis.length === 0) return;
      const ids = all.map(({ mets, links: some }) => pathsById(mets, some));
      const insideSigned = new Map([...signed].flatMap(([path, values]) => (inside(path) === undefined ? [] : [[inside(path) ?? '', values] as const])));
      judgePremisFixity(found, premis, { package_: inner, reads: own, signed: insideSigned }, (id) => ids.map((paths) => paths.get(id)).find((path) => path !== undefined));
    },
  };
}
