import type { PackageContent } from '../model.ts';
import { formProfiles, shared } from '../profile/forms.ts';
import { xmlHead } from './descriptive.ts';
import { idsOf, objectIdOf } from './ids.ts';
import { descriptiveSection, element, factOf, fileElement, metsHeader, metsStart, preservationSection, type Reference } from './mets-parts.ts';
import type { Facts } from './placed.ts';

type Named = { readonly path: string; readonly mediaType: string };

/** Paths of what the METS of the package names. */
export type RootParts = {
  readonly head: string;
  readonly premis: string | null;
  readonly schemas: readonly string[];
  readonly documentation: readonly Named[];
  readonly representation: string;
};

/** METS.xml of the package (PL III.II.1.b and the like; CSIP): fields of the whole, PREMIS, schemas, documentation, the representation. */
export function* rootMets(content: PackageContent, label: string, parts: RootParts, facts: Facts): Generator<string> {
  const profile = formProfiles[content.form];
  const ids = idsOf(content);
  const objectId = objectIdOf(content);
  const at = content.createdAt;
  const reference = (path: string): Reference => ({
    id: ids.of(`section ${path}`),
    innerId: ids.of(`reference ${path}`),
    href: path,
    fact: factOf(facts, path),
    at,
  });
  yield `${xmlHead}${metsStart(profile, { objectId, label, url: profile.rootProfile, depth: 0 })}\n${metsHeader(content, profile)}\n`;
  yield descriptiveSection(profile, reference(parts.head));
  const amdId = ids.of('amdSec');
  if (parts.premis !== null) yield preservationSection(amdId, reference(parts.premis));

  const group = (use: string): string => ids.of(`group ${use}`);
  const representationUse = 'Representations/rep1';
  yield `<fileSec ID="${ids.of('fileSec')}">\n`;
  const groups: readonly (readonly [use: string, files: readonly Named[], more?: Readonly<Record<string, string>>])[] = [
    ['Schemas', parts.schemas.map((path) => ({ path, mediaType: shared.schemaMediaType }))],
    ['Documentation', parts.documentation],
    [representationUse, [{ path: parts.representation, mediaType: shared.xmlMediaType }], { 'csip:CONTENTINFORMATIONTYPE': 'MIXED' }],
  ];
  for (const [use, named, more] of groups) {
    if (named.length === 0) continue;
    const files = named.map(({ path, mediaType }) => fileElement(ids, facts, { path, href: path, mediaType, created: at }));
    yield `${element('fileGrp', { ID: group(use), USE: use, ...more }, `\n${files.join('')}`)}\n`;
  }
  yield '</fileSec>\n';

  const division = (name: string, inner: string): string => element('div', { ID: ids.of(`div ${name}`), LABEL: name }, inner);
  const pointing = (use: string): string => element('fptr', { FILEID: group(use) });
  // The circular links to the amdSec (PL I.II.1.b, structMap row 8), CSIP91 to what is in it.
  const administrative = parts.premis === null ? undefined : profile.linkage === 'csip' ? ids.of(`section ${parts.premis}`) : amdId;
  const divisions = [
    element('div', { ID: ids.of('div Metadata'), ADMID: administrative, DMDID: ids.of(`section ${parts.head}`), LABEL: 'Metadata' }),
    ...(parts.schemas.length === 0 ? [] : [division('Schemas', pointing('Schemas'))]),
    ...(parts.documentation.length === 0 ? [] : [division('Documentation', pointing('Documentation'))]),
    division(representationUse, element('mptr', { 'xlink:type': 'simple', 'xlink:href': parts.representation, 'xlink:title': group(representationUse), LOCTYPE: 'URL' })),
  ];
  const top = element('div', { ID: ids.of('div top'), LABEL: objectId }, `\n${divisions.join('\n')}\n`);
  yield `${element('structMap', { ID: ids.of('structMap'), TYPE: 'PHYSICAL', LABEL: 'CSIP' }, `\n${top}\n`)}\n</mets>\n`;
}
