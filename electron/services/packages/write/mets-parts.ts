import { attributeText, elementText } from '../../../foundation/xml-text.ts';
import type { PackageContent } from '../model.ts';
import { shared, type FormProfile } from '../profile/forms.ts';
import { localTime, type Ids } from './ids.ts';
import type { Facts, WrittenFact } from './placed.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** An element; attributes without a value are left out. `inner` is XML already. */
export function element(name: string, attributes: Attributes, inner?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attributeText(value ?? '')}"`)
    .join('');
  return inner === undefined ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

export function textElement(name: string, text: string, attributes: Attributes = {}): string {
  return element(name, attributes, elementText(text));
}

/** The fact of a path that was written before; a METS that names what is not there is a fault of the plan. */
export function factOf(facts: Facts, path: string): WrittenFact {
  const fact = facts.get(path);
  if (fact === undefined) throw new Error(`not written yet: ${path}`);
  return fact;
}

/** Start tag of METS. `depth`: folders between the file and the root, for the way to schemas/. */
export function metsStart(profile: FormProfile, facts: { readonly objectId: string; readonly label: string; readonly url: string; readonly depth: number }): string {
  const schema = `${'../'.repeat(facts.depth)}${shared.folders.schemas}/${profile.metsSchema}`;
  const attributes: Attributes = {
    xmlns: 'http://www.loc.gov/METS/',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:csip': 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS',
    'xmlns:sip': 'https://DILCIS.eu/XML/METS/SIPExtensionMETS',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    OBJID: facts.objectId,
    LABEL: facts.label,
    TYPE: profile.type,
    'csip:CONTENTINFORMATIONTYPE': 'MIXED',
    PROFILE: facts.url,
    'xsi:schemaLocation': profile.metsSchema === '' ? undefined : `http://www.loc.gov/METS/ ${schema}`,
  };
  return element('mets', attributes, '').slice(0, -'</mets>'.length);
}

/** Who made it, whose it is, and what it answers (PL III.II.1.b, metsHdr; CSIP10–16, SIP5–31). */
export function metsHeader(content: PackageContent, profile: FormProfile): string {
  const at = localTime(content.createdAt);
  const { software, sender, archive, agreement } = content;
  const noted = (type: string, text: string): string => textElement('note', text, { 'csip:NOTETYPE': type });
  const agent = (attributes: Attributes, name: string, note: string): string => element('agent', attributes, textElement('name', name) + note);
  const parts = [
    agent({ ROLE: 'CREATOR', TYPE: 'OTHER', OTHERTYPE: 'SOFTWARE' }, software.name, noted('SOFTWARE VERSION', software.version)),
    agent({ ROLE: 'CREATOR', TYPE: 'ORGANIZATION' }, sender.name, noted('IDENTIFICATIONCODE', sender.code)),
  ];
  // For archival packages the circular calls the archive ARCHIVIST (PL I.II.1.c); E-ARK has PRESERVATION for whom it goes to (SIP27).
  if (archive !== null) parts.push(agent({ ROLE: profile.oais === 'SIP' ? 'PRESERVATION' : 'ARCHIVIST', TYPE: 'ORGANIZATION' }, archive.name, noted('IDENTIFICATIONCODE', archive.code)));
  if (agreement !== '') parts.push(textElement('altRecordID', agreement, { TYPE: 'SUBMISSIONAGREEMENT' }));
  return element('metsHdr', { CREATEDATE: at, LASTMODDATE: at, RECORDSTATUS: content.recordStatus, 'csip:OAISPACKAGETYPE': profile.oais }, parts.join(''));
}

/** What a METS file says about one file: the same in mdRef and file. */
function described(fact: WrittenFact, mediaType: string, created: string): Attributes {
  return { MIMETYPE: mediaType, SIZE: String(fact.size), CREATED: localTime(created), CHECKSUM: fact.sha256.toUpperCase(), CHECKSUMTYPE: shared.checksum };
}

export type Reference = { readonly id: string; readonly innerId: string; readonly href: string; readonly fact: WrittenFact; readonly at: string };

/** A field file. */
export function descriptiveSection(profile: FormProfile, { id, innerId, href, fact, at }: Reference): string {
  const attributes = { ID: innerId, LOCTYPE: 'URL', MDTYPE: 'OTHER', OTHERMDTYPE: profile.descriptiveType, MDTYPEVERSION: '1.0', 'xlink:type': 'simple', 'xlink:href': href, ...described(fact, shared.xmlMediaType, at) };
  return `${element('dmdSec', { ID: id, CREATED: localTime(at), STATUS: 'CURRENT' }, element('mdRef', attributes))}\n`;
}

/** The PREMIS file. */
export function preservationSection(sectionId: string, { id, innerId, href, fact, at }: Reference): string {
  const attributes = { ID: innerId, LOCTYPE: 'URL', MDTYPE: 'PREMIS', MDTYPEVERSION: '3.0', 'xlink:type': 'simple', 'xlink:href': href, ...described(fact, shared.xmlMediaType, at) };
  return `${element('amdSec', { ID: sectionId }, element('digiprovMD', { ID: id, CREATED: localTime(at), STATUS: 'CURRENT' }, element('mdRef', attributes)))}\n`;
}

export type FileLine = { readonly path: string; readonly href: string; readonly mediaType: string; readonly created: string; readonly title?: string; readonly descriptiveId?: string };

/** One `<file>`; `path` inside the package makes its id. */
export function fileElement(ids: Ids, facts: Facts, { path, href, mediaType, created, title, descriptiveId }: FileLine): string {
  const location = element('FLocat', { LOCTYPE: 'URL', 'xlink:type': 'simple', 'xlink:href': href, 'xlink:title': title });
  return `${element('file', { ID: ids.file(path), ...described(factOf(facts, path), mediaType, created), DMDID: descriptiveId }, location)}\n`;
}
