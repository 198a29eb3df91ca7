import { shared, type FormProfile } from '../profile/forms.ts';
import type { XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import { attribute, select, textOf } from './mets-select.ts';
import { placed, type MetsFile } from './mets-file.ts';
import { isDateTime, short } from './needs.ts';
import type { PackageFiles } from './package-files.ts';

const upperUuid = '[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}';
const objectIds: Readonly<Record<FormProfile['objectId'], { readonly written: RegExp; readonly accepted: RegExp; readonly difference: string; readonly shape: string }>> = {
  uuid: { written: new RegExp(`^uuid-${upperUuid}$`), accepted: new RegExp(`^(uuid[-_:])?${upperUuid}$`, 'i'), difference: 'tt05.object-id-plain', shape: 'uuid-{UUID}' },
  'urn-fonds': { written: new RegExp(`^urn:[^:]+:uuid:${upperUuid}$`), accepted: new RegExp(`^urn:([^:]+:)?uuid[-:]${upperUuid}$`, 'i'), difference: 'tt05.object-id-urn', shape: 'urn:{mã phông}:uuid:{UUID}' },
};
const statuses = ['NEW', 'SUPPLEMENT', 'REPLACEMENT', 'TEST', 'OTHER'];
const csipMap = 'structMap[@LABEL=CSIP]';

/** Judges folders and files by the table of the physical structure (TT 05/2025/TT-BNV, Phụ lục I–V, mục I.2). */
export function judgeStructure(found: Findings, { files, folders, rootName, zipName }: PackageFiles, form: FormProfile, objectId: string): void {
  const { descriptive, preservation, representation, schemas } = shared.folders;
  const missing = (path: string): void => {
    found.add('tt05.path', { file: path }, { wanted: path });
  };
  const representations = [...folders].filter((folder) => /^representations\/[^/]+$/.test(folder));
  if (!files.has(`${descriptive}/EAD.xml`)) missing(`${descriptive}/EAD.xml`);
  if (!folders.has(representation)) missing(representation);
  const within = Map.groupBy(files.keys(), (path) => path.split('/').slice(0, 2).join('/'));
  for (const folder of representations.length === 0 ? [representation] : representations) {
    const has = (test: RegExp): boolean => (within.get(folder) ?? []).some((path) => test.test(path.slice(folder.length + 1)));
    if (!files.has(`${folder}/METS.xml`)) missing(`${folder}/METS.xml`);
    if (!has(/^metadata\/descriptive\/[^/]+\.xml$/)) missing(`${folder}/${descriptive}/EAD_doc_….xml`);
    if (!has(/^data\/./)) missing(`${folder}/data/…`);
    if (form.premis === 'written' && !has(/^metadata\/preservation\/[^/]+\.xml$/)) missing(`${folder}/${preservation}/PREMIS_rep1.xml`);
  }
  if (form.premis === 'written' && !files.has(`${preservation}/PREMIS.xml`)) missing(`${preservation}/PREMIS.xml`);
  judgeSchemas(found, files, schemas, missing);
  const known = /^(METS\.xml|(metadata|representations|schemas|documentation)(\/.*)?)$/;
  for (const path of [...files.keys()].filter((one) => !known.test(one))) found.add('tt05.folder-other', { file: path }, { found: short(path) });
  // Only the name of a SIP's ZIP is prescribed (PL III.II.5, PL IV.II.5).
  if (form.zipName === 'ordinal' && zipName !== undefined && objectId !== '' && !(zipName.endsWith(objectId) && /^\d+[_+-]?$/.test(zipName.slice(0, -objectId.length)))) found.add('tt05.zip-name', {}, { found: short(`${zipName}.zip`), wanted: `1${short(objectId)}.zip` });
  if (rootName !== '' && objectId !== '' && rootName !== objectId.replaceAll(':', '_')) found.add('tt05.folder-name', {}, { found: short(rootName), wanted: short(objectId.replaceAll(':', '_')) });
}

function judgeSchemas(found: Findings, files: PackageFiles['files'], folder: string, missing: (path: string) => void): void {
  const names = [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  if (!names.includes('METS.xsd')) {
    const other = names.find((name) => /^mets[\w.-]*\.xsd$/i.test(name));
    if (other === undefined) missing(`${folder}/METS.xsd`);
    else found.add('tt05.mets-schema-name', { file: `${folder}/${other}` }, { found: other, wanted: 'METS.xsd' });
  }
  if (names.some((name) => /^EAD(_doc|_media|_pic)?\.xsd$/.test(name))) return;
  if (names.includes('TEAD.xsd') || names.includes('key-value.xsd')) found.add('tt05.other-schemas', { file: folder }, { found: short(names.join(', ')), wanted: 'EAD.xsd' });
  else missing(`${folder}/EAD.xsd`);
}

/** Judges a METS file by the field tables of the circular (mục II.1). */
export function judgeTt05Mets(found: Findings, mets: MetsFile, form: FormProfile): void {
  judgeHead(found, mets, form);
  judgeTimes(found, mets);
  judgeIdForms(found, mets);
  judgeChecksums(found, mets);
  if (mets.scope === 'root') judgeRootMap(found, mets, form);
}

function judgeHead(found: Findings, mets: MetsFile, form: FormProfile): void {
  const { root } = mets;
  const place = placed(mets, root);
  const objectId = attribute(root, 'OBJID') ?? '';
  const rule = objectIds[mets.scope === 'root' ? form.objectId : 'uuid'];
  if (objectId !== '' && !rule.accepted.test(objectId)) found.add('tt05.object-id', place, { found: short(objectId), wanted: rule.shape });
  else if (objectId !== '' && !rule.written.test(objectId)) {
    const isCase = rule.written.test(objectId.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/i, (id) => id.toUpperCase()));
    found.add(isCase ? 'tt05.upper-case-ids' : rule.difference, place, { found: short(objectId), wanted: rule.shape });
  }
  const type = attribute(root, 'TYPE') ?? '';
  if (type !== '' && type.toLowerCase() !== form.type.toLowerCase()) found.add('tt05.mets-type', place, { found: short(type), wanted: form.type });
  const address = attribute(root, 'PROFILE') ?? '';
  const wanted = mets.scope === 'root' ? form.rootProfile : form.representationProfile;
  if (address !== '' && address !== wanted) found.add('tt05.root-profile', place, { found: short(address), wanted });
  for (const head of select(root, 'metsHdr')) {
    const kind = attribute(head, 'csip:OAISPACKAGETYPE') ?? '';
    // The example of PL V has SIP in the METS of a DIP's representation.
    const isMisprint = mets.scope === 'representation' && form.oais === 'DIP' && kind === 'SIP';
    if (kind !== '' && kind !== form.oais && !isMisprint) found.add('tt05.package-type', placed(mets, head), { found: short(kind), wanted: form.oais });
    const status = attribute(head, 'RECORDSTATUS');
    if (status !== undefined && !statuses.includes(status)) found.add('tt05.record-status', placed(mets, head), { found: short(status), wanted: statuses.join(', ') });
    judgeAgents(found, mets, head, form);
  }
}

function judgeAgents(found: Findings, mets: MetsFile, head: XmlElement, form: FormProfile): void {
  const agents = select(head, 'agent');
  const whole = agents.filter((agent) => select(agent, 'name').some((one) => textOf(one) !== '') && select(agent, 'note').some((one) => textOf(one) !== ''));
  if (whole.length === 0) found.add('tt05.agent', placed(mets, head), { wanted: 'agent/name, agent/note' });
  const types = new Set(agents.flatMap((agent) => select(agent, 'note').map((note) => attribute(note, 'csip:NOTETYPE') ?? '')));
  if (mets.scope === 'root' && whole.length > 0 && !(types.has('SOFTWARE VERSION') && types.has('IDENTIFICATIONCODE')) && form.oais === 'SIP') {
    found.add('tt05.agent-note', placed(mets, head), { found: short([...types].join(', ')), wanted: 'SOFTWARE VERSION, IDENTIFICATIONCODE' });
  }
  if (mets.scope !== 'root' || form.oais !== 'SIP') return;
  const agreements = select(head, 'altRecordID').filter((one) => textOf(one) !== '');
  const proper = agreements.some((one) => attribute(one, 'TYPE') === 'SUBMISSIONAGREEMENT');
  if (agreements.length === 0) found.add('tt05.agreement', placed(mets, head), { wanted: 'altRecordID[@TYPE="SUBMISSIONAGREEMENT"]' });
  else if (!proper) found.add('tt05.agreement-type', placed(mets, agreements[0] ?? head), { found: short(attribute(agreements[0], 'TYPE') ?? ''), wanted: 'SUBMISSIONAGREEMENT' });
}

const instant = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const printedInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{1,2}:\d{2}|Z)?$/;

function judgeTimes(found: Findings, mets: MetsFile): void {
  for (const path of ['metsHdr', 'dmdSec', 'dmdSec/mdRef', 'amdSec/digiprovMD/mdRef', 'fileSec/fileGrp/file']) {
    for (const element of select(mets.root, path)) {
      for (const name of ['CREATEDATE', 'LASTMODDATE', 'CREATED']) {
        const value = attribute(element, name);
        if (value === undefined || value === '') continue;
        const params = { found: short(value), wanted: `2026-11-22T09:00:00.000${shared.zone}` };
        if (!instant.test(value) || !isDateTime(value)) found.add(printedInstant.test(value) && !instant.test(value) ? 'tt05.time-short-zone' : 'tt05.time', placed(mets, element), params);
        else if (!value.endsWith(shared.zone)) found.add('tt05.time-form', placed(mets, element), params);
      }
    }
  }
}

function judgeIdForms(found: Findings, mets: MetsFile): void {
  const upper = new RegExp(`^(uuid|ID)-${upperUuid}$`);
  let lower = 0;
  for (const [id, element] of mets.ids) {
    const prefix = element.name === 'file' ? shared.fileIdPrefix : shared.idPrefix;
    if (id.startsWith(prefix) && upper.test(id)) continue;
    if (id.startsWith(prefix) && upper.test(id.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/i, (uuid) => uuid.toUpperCase()))) lower += 1;
    else found.add('tt05.id-form', placed(mets, element), { found: short(id), wanted: `${prefix}{UUID}` });
  }
  if (lower > 0) found.add('tt05.upper-case-ids', { file: mets.path, scope: mets.scope }, { found: String(lower), wanted: 'uuid-{UUID}, ID-{UUID}' });
}

function judgeChecksums(found: Findings, mets: MetsFile): void {
  let lower = 0;
  for (const path of ['dmdSec/mdRef', 'amdSec/digiprovMD/mdRef', 'fileSec/fileGrp/file']) {
    for (const element of select(mets.root, path)) {
      const type = attribute(element, 'CHECKSUMTYPE') ?? '';
      if (type !== '' && type !== shared.checksum) found.add('tt05.checksum-type', placed(mets, element), { found: short(type), wanted: shared.checksum });
      if (/[a-f]/.test(attribute(element, 'CHECKSUM') ?? '')) lower += 1;
      const media = attribute(element, 'MIMETYPE') ?? '';
      if (/^application\/pdf./.test(media)) found.add('tt05.pdf-media-type', placed(mets, element), { found: short(media), wanted: 'application/pdf' });
    }
  }
  for (const pointer of select(mets.root, 'amdSec/digiprovMD/mdRef')) {
    const type = attribute(pointer, 'MDTYPE') ?? '';
    if (type !== '' && type !== 'PREMIS') found.add('tt05.premis-type', placed(mets, pointer), { found: short(type), wanted: 'PREMIS' });
  }
  if (lower > 0) found.add('tt05.checksum-case', { file: mets.path, scope: mets.scope }, { found: `${String(lower)} × a–f`, wanted: 'A–F' });
}

/** The map of the package's own METS (mục II.1.b, structMap). */
function judgeRootMap(found: Findings, mets: MetsFile, form: FormProfile): void {
  for (const top of select(mets.root, `${csipMap}/div`)) {
    const objectId = attribute(mets.root, 'OBJID') ?? '';
    const label = attribute(top, 'LABEL') ?? '';
    if (label !== objectId) found.add('tt05.root-label', placed(mets, top), { found: short(label), wanted: short(objectId) });
    const [metadata] = select(top, 'div[@LABEL=Metadata]');
    const described = (attribute(metadata, 'DMDID') ?? '') !== '';
    const preserved = form.premis !== 'written' || (attribute(metadata, 'ADMID') ?? '') !== '';
    if (metadata === undefined || !described || !preserved) found.add('tt05.metadata-div', placed(mets, metadata ?? top), { wanted: form.premis === 'written' ? 'div[@LABEL="Metadata"]/@DMDID, @ADMID' : 'div[@LABEL="Metadata"]/@DMDID' });
    const named = select(top, 'div[@LABEL=Schemas]/fptr').some((pointer) => {
      const group = mets.ids.get(attribute(pointer, 'FILEID') ?? '');
      return group?.name === 'fileGrp' && attribute(group, 'USE') === 'Schemas';
    });
    if (!named) found.add('tt05.schemas-div', placed(mets, top), { wanted: 'div[@LABEL="Schemas"]/fptr/@FILEID' });
    const points = select(top, 'div[@LABEL^=Representations/]').some((division) => select(division, 'mptr').length > 0);
    if (!points) found.add('tt05.representation-div', placed(mets, top), { wanted: 'div[@LABEL="Representations/rep1"]/mptr' });
  }
}
