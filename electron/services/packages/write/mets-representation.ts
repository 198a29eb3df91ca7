import type { PackageContent } from '../model.ts';
import { formProfiles, shared } from '../profile/forms.ts';
import { xmlHead } from './descriptive.ts';
import { idsOf } from './ids.ts';
import { descriptiveSection, element, factOf, fileElement, metsHeader, metsStart, preservationSection, type Reference } from './mets-parts.ts';
import type { Facts, PlacedDocument, PlacedFile } from './placed.ts';

/** Paths of what the METS of the representation names, beside the documents. */
export type RepresentationParts = { readonly folder: string; readonly premis: string | null };

/** METS.xml of representations/rep1 (PL III.II.1.c and the like), piece by piece: a dossier may have ten thousand documents. */
export function* representationMets(content: PackageContent, label: string, documents: readonly PlacedDocument[], { folder, premis }: RepresentationParts, facts: Facts): Generator<string> {
  const profile = formProfiles[content.form];
  const isCircular = profile.linkage === 'metadata-link';
  const ids = idsOf(content);
  const at = content.createdAt;
  const hrefOf = (path: string): string => path.slice(folder.length);
  const reference = (path: string): Reference => ({ id: ids.of(`section ${path}`), innerId: ids.of(`reference ${path}`), href: hrefOf(path), fact: factOf(facts, path), at });
  const sectionId = (document: PlacedDocument): string => ids.of(`section ${document.fieldsPath}`);

  yield `${xmlHead}${metsStart(profile, { objectId: ids.of('rep1'), label, url: profile.representationProfile, depth: 2 })}\n${metsHeader(content, profile)}\n`;
  for (const { fieldsPath } of documents) yield descriptiveSection(profile, reference(fieldsPath));
  if (premis !== null) yield preservationSection(ids.of('amdSec rep1'), reference(premis));

  const line = (document: PlacedDocument, { path, mediaType, createdAt, title }: PlacedFile): string =>
    // PL III fileSec row 8: "ngày tạo thẻ <file>"; CSIP70: the file's own.
    fileElement(ids, facts, { path, href: hrefOf(path), mediaType, created: isCircular ? at : createdAt, title, ...(isCircular ? {} : { descriptiveId: sectionId(document) }) });
  yield `<fileSec ID="${ids.of('fileSec rep1')}">\n`;
  const groups = [
    { use: profile.dataUse, filesOf: ({ main, isLink, others }: PlacedDocument) => (isLink ? others : [main, ...others]) },
    { use: shared.linkUse, filesOf: ({ main, isLink }: PlacedDocument) => (isLink ? [main] : []) },
  ].filter(({ filesOf }) => documents.some((document) => filesOf(document).length > 0));
  for (const { use, filesOf } of groups) {
    yield `<fileGrp ID="${ids.of(`group ${use}`)}" USE="${use}">\n`;
    for (const document of documents) for (const file of filesOf(document)) yield line(document, file);
    yield '</fileGrp>\n';
  }
  yield '</fileSec>\n';

  const preservation = premis === null ? undefined : ids.of(`section ${premis}`);
  const pointer = (id: string): string => element('fptr', { FILEID: id });
  yield `<structMap ID="${ids.of('structMap rep1')}" TYPE="PHYSICAL" LABEL="CSIP">\n`;
  yield `<div ID="${ids.of('div rep1')}" TYPE="ORIGINAL" LABEL="rep1">\n`;
  // CSIP88: always; of the circular's forms only those with PREMIS have it (PL I.II.1.c, structMap rows 6, 7).
  if (!isCircular) {
    yield `<div ID="${ids.of('div Metadata rep1')}"${preservation === undefined ? '' : ` ADMID="${preservation}"`} DMDID="`;
    for (const [index, document] of documents.entries()) yield `${index === 0 ? '' : ' '}${sectionId(document)}`;
    yield '" LABEL="Metadata"/>\n';
  } else if (premis !== null) yield `${element('div', { ID: ids.of('div Metadata rep1'), LABEL: 'Metadata' }, pointer(ids.of(`reference ${premis}`)))}\n`;
  if (documents.some(({ isLink, others }) => !isLink || others.length > 0)) {
    yield `${element('div', { ID: ids.of('div Data rep1'), LABEL: isCircular ? 'Data' : 'Representations' }, pointer(ids.of(`group ${profile.dataUse}`)))}\n`;
  }
  if (isCircular) yield* links(documents);
  yield '</div>\n</structMap>\n</mets>\n';

  function* links(all: readonly PlacedDocument[]): Generator<string> {
    if (all.some(({ others }) => others.length > 0)) {
      yield `<div ID="${ids.of('div AttachmentFile')}" LABEL="AttachmentFile">\n`;
      for (const { main, others } of all) {
        if (others.length === 0) continue;
        const pointers = others.map(({ path }) => pointer(ids.file(path))).join('');
        yield `${element('div', { ID: ids.of(`attachments ${main.path}`), LABEL: ids.file(main.path) }, pointers)}\n`;
      }
      yield '</div>\n';
    }
    yield `<div ID="${ids.of('div MetadataLink')}" LABEL="MetadataLink">\n`;
    for (const document of all) {
      const { main, isLink } = document;
      yield `${element('div', { ID: ids.of(`link ${main.path}`), DMDID: sectionId(document), ADMID: preservation, LABEL: isLink ? 'MetadataLink/Holey' : 'MetadataLink/File' }, pointer(ids.file(main.path)))}\n`;
    }
    yield '</div>\n';
  }
}
