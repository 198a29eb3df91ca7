import { shared, type FormProfile } from '../profile/forms.ts';
import type { XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import type { Resolved } from './links-judge.ts';
import { attribute, select } from './mets-select.ts';
import { groupsOf, placed, type MetsFile } from './mets-file.ts';
import { short } from './needs.ts';

/** Which files a field file describes, and which come along with a file; paths below the package's root folder. */
export type Links = {
  /** by path of the field file */
  readonly described: ReadonlyMap<string, readonly string[]>;
  /** by path of the document's file */
  readonly attached: ReadonlyMap<string, readonly string[]>;
};

const csipMap = 'structMap[@LABEL=CSIP]';

/**
 * What the map of a representation connects (TT 05/2025/TT-BNV, mục II.1.c): each field file with its document, each document with
 * what is attached. Nothing may be left over on either side.
 */
export function judgeLinkage(found: Findings, mets: MetsFile, links: readonly Resolved[], form: FormProfile): Links {
  const pathOfId = pathsById(mets, links);
  const described = new Map<string, string[]>();
  const attached = new Map<string, string[]>();
  const covered = new Set<string>();
  for (const top of select(mets.root, `${csipMap}/div`)) {
    judgeLabels(found, mets, top, links.some(({ link, path }) => link.kind === 'file' && path?.startsWith(`${mets.folder}/data/`) === true && !path.endsWith(shared.linkEnding)));
    for (const division of select(top, 'div[@LABEL=MetadataLink]/div')) {
      const targets = filesOf(found, mets, division, pathOfId);
      for (const id of (attribute(division, 'DMDID') ?? '').split(/\s+/)) {
        const metadata = pathOfId.get(id);
        if (metadata !== undefined) add(described, metadata, targets);
      }
      if ((attribute(division, 'DMDID') ?? '') === '') found.add('tt05.link-description', placed(mets, division), { found: '', wanted: 'DMDID' });
      else for (const path of targets) covered.add(path);
      const isHoley = attribute(division, 'LABEL') === 'MetadataLink/Holey';
      for (const path of targets) {
        if (isHoley !== path.endsWith(shared.linkEnding)) found.add('tt05.link-target', placed(mets, division), { found: short(path), wanted: isHoley ? `*${shared.linkEnding}` : 'MetadataLink/Holey' });
        if (isHoley && !form.isLinkAllowed) found.add('tt05.linked-forbidden', placed(mets, division), { found: short(path) });
      }
    }
    for (const division of select(top, 'div[@LABEL=AttachmentFile]/div')) {
      const owner = pathOfId.get(attribute(division, 'LABEL') ?? '');
      if (owner === undefined) found.add('tt05.link-attachment', placed(mets, division), { found: short(attribute(division, 'LABEL') ?? ''), wanted: 'file/@ID' });
      const targets = filesOf(found, mets, division, pathOfId);
      for (const path of targets) covered.add(path);
      if (owner !== undefined) add(attached, owner, targets);
    }
  }
  for (const { link, path } of links) {
    if (path === undefined) continue;
    const isData = link.kind === 'file' && path.startsWith(`${mets.folder}/data/`);
    if (isData && !covered.has(path)) found.add('tt05.link-file', { file: path }, { found: short(path), wanted: 'MetadataLink' });
    const isDescription = link.kind === 'metadata' && path.startsWith(`${mets.folder}/metadata/descriptive/`);
    if (isDescription && (described.get(path) ?? []).length === 0) found.add('tt05.link-description', { file: path }, { found: short(path), wanted: 'MetadataLink' });
  }
  return { described, attached };
}

function add(lists: Map<string, string[]>, key: string, more: readonly string[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...more]);
  else for (const one of more) list.push(one);
}

function judgeLabels(found: Findings, mets: MetsFile, top: XmlElement, hasData: boolean): void {
  const name = mets.folder.split('/').at(-1) ?? '';
  const label = attribute(top, 'LABEL') ?? '';
  if (label !== name) found.add('tt05.representation-label', placed(mets, top), { found: short(label), wanted: name });
  const groups = groupsOf(mets);
  const named = select(top, 'div[@LABEL=Data]/fptr').map((pointer) => mets.ids.get(attribute(pointer, 'FILEID') ?? ''));
  const [group] = named;
  if (group?.name !== 'fileGrp') {
    if (hasData) found.add('tt05.data-div', placed(mets, top), { wanted: 'div[@LABEL="Data"]/fptr/@FILEID' });
    return;
  }
  for (const one of groups) {
    const wrong = attribute(one, 'USER');
    if (wrong !== undefined && attribute(one, 'USE') === undefined) found.add('tt05.holey-use', placed(mets, one), { found: `USER="${short(wrong)}"`, wanted: `USE="${shared.linkUse}"` });
  }
  const use = attribute(group, 'USE') ?? '';
  if (use !== 'Data') found.add('tt05.data-use', placed(mets, group), { found: short(use), wanted: 'Data' });
}

/** Paths by the ID of `dmdSec` and of `file`. */
export function pathsById(mets: MetsFile, links: readonly Resolved[]): ReadonlyMap<string, string> {
  const byElement = new Map(links.flatMap(({ link, path }) => (path === undefined || link.element.parent === undefined ? [] : [[link.element.parent, path] as const])));
  const paths = new Map<string, string>();
  for (const [id, element] of mets.ids) {
    const path = byElement.get(element);
    if (path !== undefined && (element.name === 'dmdSec' || element.name === 'file')) paths.set(id, path);
  }
  return paths;
}

function filesOf(found: Findings, mets: MetsFile, division: XmlElement, pathOfId: ReadonlyMap<string, string>): readonly string[] {
  const pointers = select(division, 'fptr');
  if (pointers.length === 0) found.add('tt05.link-target', placed(mets, division), { found: '', wanted: 'fptr/@FILEID' });
  return pointers.flatMap((pointer) => {
    const path = pathOfId.get(attribute(pointer, 'FILEID') ?? '');
    // An ID that leads nowhere is mets.id-dangling, a file that is not there file.missing; a group is not a document.
    if (path === undefined && mets.ids.get(attribute(pointer, 'FILEID') ?? '')?.name === 'fileGrp') found.add('tt05.link-target', placed(mets, pointer), { found: short(attribute(pointer, 'FILEID') ?? ''), wanted: 'file/@ID' });
    return path === undefined ? [] : [path];
  });
}
