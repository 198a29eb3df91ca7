import type { Findings } from './findings.ts';
import { attribute } from './mets-select.ts';
import { linksOf, placed, type MetsFile, type MetsLink } from './mets-file.ts';
import { short } from './needs.ts';
import { sameName } from '../read/names.ts';
import type { PackageFiles } from './package-files.ts';

/** A link and the file that it leads to; undefined when there is none. */
export type Resolved = { readonly link: MetsLink; readonly path: string | undefined; readonly wanted: string };

/** Where the links of a METS file lead. What is wrong with the way they are written is told here; missing files are not. */
export function resolveLinks(found: Findings, mets: MetsFile, package_: PackageFiles): readonly Resolved[] {
  return linksOf(mets).flatMap((link) => {
    const place = (): ReturnType<typeof placed> => placed(mets, link.element);
    const href = link.href.trim();
    // An empty one is CSIP24 and its like.
    if (href === '') return [];
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(href) || href.startsWith('//')) {
      found.add('link.elsewhere', place(), { found: short(href) });
      return [];
    }
    const plain = decoded(href);
    if (plain !== href || /^[\x21-\x7e]*$/.test(href)) {
      // as RFC 3986 wants it
    } else found.add('link.encoding', place(), { found: short(href), wanted: short(encodeURI(href)) });
    const wanted = joined(mets.folder, plain);
    if (wanted === undefined) {
      found.add('link.outside', place(), { found: short(href) });
      return [];
    }
    return [{ link, wanted, path: pathOf(found, link, package_, wanted, plain) }];
  });
}

function pathOf(found: Findings, link: MetsLink, package_: PackageFiles, wanted: string, plain: string): string | undefined {
  const { files } = package_;
  if (files.has(wanted)) return wanted;
  const place = placed(link.mets, link.element);
  if (link.mets.folder !== '' && files.has(plain)) {
    // Some systems write links of the representation from the package's root folder.
    found.add('link.base', place, { found: short(plain), wanted: short(plain.slice(link.mets.folder.length + 1)) });
    return plain;
  }
  const alike = package_.alike.get(sameName(wanted));
  if (alike !== undefined) found.add('link.letters', place, { found: short(wanted), wanted: short(alike) });
  return alike;
}

/** Without percent signs; as it stands when they make no UTF-8. */
function decoded(href: string): string {
  try {
    return decodeURIComponent(href.replace(/^\.\//, ''));
  } catch {
    return href;
  }
}

/** A path from the package's root folder; undefined when it leads out of it. */
function joined(folder: string, href: string): string | undefined {
  if (href.startsWith('/') || href.includes('\\')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of href.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  // With a slash at its end it names a folder, and no file is called so.
  return parts.length === 0 ? undefined : `${parts.join('/')}${href.endsWith('/') ? '/' : ''}`;
}

const references = ['DMDID', 'ADMID', 'FILEID'] as const;

/** IDs of a METS file: each once, and every reference leads to one. */
export function judgeIds(found: Findings, mets: MetsFile): void {
  if (!mets.isMets) found.add('mets.root', placed(mets, mets.root), { found: short(`{${mets.root.uri}}${mets.root.name}`) });
  for (const element of mets.twice) found.add('mets.id-twice', placed(mets, element), { found: short(attribute(element, 'ID') ?? '') });
  for (const [id, element] of mets.ids) {
    // xs:ID is an XML name without a colon: no digit in front.
    if (!/^[A-Za-z_][\w.-]*$/.test(id) && !/^[\p{L}_][\p{L}\p{N}\p{M}._·-]*$/u.test(id)) found.add('mets.id-form', placed(mets, element), { found: short(id) });
  }
  const waiting = [mets.root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.name === 'xmlData') continue;
    for (const name of references) {
      const value = attribute(element, name);
      if (value === undefined) continue;
      let place: ReturnType<typeof placed> | undefined;
      for (const id of value.split(/\s+/)) {
        if (id !== '' && !leads(mets, name, id)) found.add('mets.id-dangling', (place ??= placed(mets, element)), { found: short(id), name });
      }
    }
    for (const child of element.children) waiting.push(child);
  }
}

const targets: Readonly<Record<(typeof references)[number], readonly string[]>> = {
  DMDID: ['dmdSec'],
  ADMID: ['amdSec', 'digiprovMD', 'rightsMD', 'techMD', 'sourceMD'],
  // A group, as CSIP and the circular use it; the AIP of PL I points to the mdRef of preservation metadata.
  FILEID: ['file', 'fileGrp', 'mdRef'],
};

function leads(mets: MetsFile, name: (typeof references)[number], id: string): boolean {
  const target = mets.ids.get(id);
  return target !== undefined && targets[name].includes(target.name);
}

/** METS files of representations that a package's own METS points to. */
export function representationsOf(mets: MetsFile, links: readonly Resolved[]): readonly string[] {
  const pointed = links.filter(({ link }) => link.kind === 'mets').flatMap(({ path }) => (path === undefined ? [] : [path]));
  return [...new Set(pointed)].filter((path) => path !== mets.path);
}
