import { createHash } from 'node:crypto';

/*
 * Packages after the text of TT 05/2025/TT-BNV (Phụ lục I, III, IV, V), written without the product's writers and field tables: a
 * second reading of the same text.
 */

export type Form = 'sip-hoso' | 'sip-tailieu' | 'aip-hoso' | 'dip';

/** Files by path below the package's root folder. */
export type Files = Map<string, Buffer>;

export type FakeDocument = { readonly name: string; readonly content: Buffer; readonly fields?: Readonly<Record<string, string>>; readonly trace?: Buffer };
export type FakePackage = { readonly objectId: string; readonly folder: string; readonly files: Files };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').toUpperCase();

/** Stable UUIDs in upper case: the n-th of a package. */
function uuids(seed: string): () => string {
  let nth = 0;
  return () => {
    nth += 1;
    const hex = sha256(Buffer.from(`${seed} ${nth}`)).slice(0, 32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}

const at = '2026-11-22T09:00:00.073+07:00';
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

const dossierFields = {
  title: 'Hồ sơ về tập quyết định nhân sự năm 2021',
  maintenance: '01',
  mode: '01',
  language: '01',
  startDate: '01/01/2021',
  endDate: '31/12/2021',
  keyword: '',
};
const afterTotal = { numberOfPaper: '', numberOfPage: '0', format: '', inforSign: '', confidenceLevel: '01', paperFileCode: '', riskRecovery: '0', riskRecoveryStatus: '', description: '' };

function headFields(form: Form, total: number, pages: number): Readonly<Record<string, string>> {
  if (form === 'dip') return { requestID: 'YC.2026.01', requestDate: '20/11/2026', purpose: '02', purposeContent: 'Nghiên cứu', feeObjectType: '10', researchTopic: '', description: '' };
  if (form === 'sip-tailieu') return { fileCode: 'G09.2021.01.0000001', title: 'Tài liệu năm 2021', source: '0', totalDoc: String(total), description: '' };
  const code = form === 'aip-hoso' ? { arcFileCode: 'TTLT.G09.2021.01.TCCB' } : { fileCode: 'G09.2021.01.TCCB' };
  return { ...code, ...dossierFields, totalDoc: String(total), ...afterTotal, numberOfPage: String(pages) };
}

function documentFields(form: Form, nth: number): Readonly<Record<string, string>> {
  const ordinal = String(nth).padStart(7, '0');
  const code = form === 'aip-hoso' || form === 'dip' ? { arcDocCode: `TTLT.G09.2021.01.TCCB.${ordinal}` } : { docCode: `${form === 'sip-tailieu' ? 'G09.2021.01' : 'G09.2021.01.TCCB'}.${ordinal}` };
  return {
    docId: `000.00.00.G09.${ordinal}`,
    ...code,
    maintenance: '01',
    typeName: '02',
    codeNumber: String(nth),
    codeNotation: 'QĐ-BNV',
    issuedDate: '15/06/2021',
    organName: 'Bộ Nội vụ',
    subject: `Về việc bổ nhiệm cán bộ số ${nth}`,
    language: '01',
    numberOfPage: '2',
    inforSign: '',
    keyword: '',
    mode: '01',
    confidenceLevel: '01',
    autograph: '',
    format: '',
    process: '0',
    riskRecovery: '0',
    riskRecoveryStatus: '',
    description: '',
  };
}

export function simpledc(fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `  <${name}>${escape(value)}</${name}>\n`);
  return Buffer.from(`${head}<simpledc>\n${lines.join('')}</simpledc>\n`);
}

const schema = (name: string): Buffer => Buffer.from(`${head}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" id="${name}"/>\n`);

const metsStart = (objectId: string, type: string, profile: string): string =>
  `${head}<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" OBJID="${objectId}" LABEL="x" TYPE="${type}" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile}">\n`;

const agent = (type: string, name: string, noteType: string, note: string): string =>
  `<agent ROLE="CREATOR" TYPE="${type}"${type === 'OTHER' ? ' OTHERTYPE="SOFTWARE"' : ''}><name>${name}</name><note csip:NOTETYPE="${noteType}">${note}</note></agent>`;

const facts = (bytes: Buffer): string => `SIZE="${bytes.length}" CREATED="${at}" CHECKSUM="${sha256(bytes)}" CHECKSUMTYPE="SHA-256"`;
const href = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const premis = (objects: string): Buffer =>
  Buffer.from(
    `${head}<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">${objects}<event><eventIdentifier><eventIdentifierType>UUID</eventIdentifierType><eventIdentifierValue>1</eventIdentifierValue></eventIdentifier><eventType>information package creation</eventType><eventDateTime>${at}</eventDateTime></event><agent><agentIdentifier><agentIdentifierType>LOCAL</agentIdentifierType><agentIdentifierValue>test</agentIdentifierValue></agentIdentifier><agentName>test</agentName><agentType>software</agentType></agent></premis>\n`,
  );

const fileObject = (id: string, bytes: Buffer): string =>
  `<object xsi:type="file"><objectIdentifier><objectIdentifierType>File</objectIdentifierType><objectIdentifierValue>${id}</objectIdentifierValue></objectIdentifier><objectCharacteristics><fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm><messageDigest>${sha256(bytes).toLowerCase()}</messageDigest></fixity><size>${bytes.length}</size><format><formatDesignation><formatName>PDF</formatName></formatDesignation></format></objectCharacteristics></object>`;

const profiles = { 'sip-hoso': 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml', 'sip-tailieu': 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml', 'aip-hoso': 'http://www.ra.ee/METS/v01/IP.xml', dip: 'https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml' };
const types = { 'sip-hoso': 'Mixed', 'sip-tailieu': 'Collection', 'aip-hoso': 'Mixed', dip: 'MIXED' };
const kinds = { 'sip-hoso': 'SIP', 'sip-tailieu': 'SIP', 'aip-hoso': 'AIP', dip: 'DIP' };

/** The documents that a package has when nothing else is asked for. */
const twoDocuments: readonly FakeDocument[] = [
  { name: '0000001.pdf', content: Buffer.from('%PDF-1.7\nmột\n%%EOF\n') },
  { name: '0000002.pdf', content: Buffer.from('%PDF-1.7\nhai\n%%EOF\n'), fields: { process: '1' }, trace: Buffer.from('thời gian,người,việc\n') },
];

/** A whole package that keeps to every rule. */
export function circularPackage(form: Form = 'sip-hoso', documents: readonly FakeDocument[] = twoDocuments): FakePackage {
  const uuid = uuids(form);
  const files: Files = new Map();
  const objectId = form === 'aip-hoso' ? `urn:G09:uuid:${uuid()}` : `uuid-${uuid()}`;
  const id = (): string => `uuid-${uuid()}`;
  const rep = 'representations/rep1';
  const repId = id();
  const isArchived = form === 'aip-hoso';

  const sections: string[] = [];
  const fileLines: string[] = [];
  const links: string[] = [];
  const attachments: string[] = [];
  const objects: string[] = [];
  const section = (path: string, bytes: Buffer): string => {
    const key = id();
    sections.push(`<dmdSec ID="${key}" CREATED="${at}" STATUS="CURRENT"><mdRef ID="${id()}" LOCTYPE="URL" MDTYPE="OTHER" OTHERMDTYPE="EAD" MDTYPEVERSION="1.0" xlink:type="simple" xlink:href="${href(path)}" MIMETYPE="text/xml" ${facts(bytes)}/></dmdSec>\n`);
    return key;
  };
  const line = (path: string, bytes: Buffer, mediaType: string): string => {
    const key = `ID-${uuid()}`;
    fileLines.push(`<file ID="${key}" MIMETYPE="${mediaType}" ${facts(bytes)}><FLocat xlink:type="simple" xlink:href="${href(path)}" LOCTYPE="URL"/></file>\n`);
    return key;
  };
  const amdId = id();
  for (const [index, { name, content, fields, trace }] of documents.entries()) {
    const described = simpledc({ ...documentFields(form, index + 1), ...fields });
    const fieldsPath = `metadata/descriptive/EAD_doc_${name}.xml`;
    files.set(`${rep}/data/${name}`, content);
    files.set(`${rep}/${fieldsPath}`, described);
    const key = line(`data/${name}`, content, 'application/pdf');
    objects.push(fileObject(key, content));
    links.push(`<div ID="${id()}" DMDID="${section(fieldsPath, described)}"${isArchived ? ` ADMID="${amdId}"` : ''} LABEL="MetadataLink/File"><fptr FILEID="${key}"/></div>\n`);
    if (trace === undefined) continue;
    files.set(`${rep}/data/${name}.process.csv`, trace);
    attachments.push(`<div ID="${id()}" LABEL="${key}"><fptr FILEID="${line(`data/${name}.process.csv`, trace, 'text/csv')}"/></div>\n`);
  }
  const preservation = (path: string, bytes: Buffer): string =>
    `<amdSec ID="${amdId}"><digiprovMD ID="${id()}" STATUS="CURRENT"><mdRef ID="${id()}" LOCTYPE="URL" MDTYPE="PREMIS" xlink:type="simple" xlink:href="${path}" MIMETYPE="text/xml" ${facts(bytes)}/></digiprovMD></amdSec>\n`;
  let repAmd = '';
  if (isArchived) {
    const bytes = premis(objects.join(''));
    files.set(`${rep}/metadata/preservation/PREMIS_rep1.xml`, bytes);
    repAmd = preservation('metadata/preservation/PREMIS_rep1.xml', bytes);
  }
  const dataGroup = id();
  const header = (inner: string): string => `<metsHdr CREATEDATE="${at}" LASTMODDATE="${at}" RECORDSTATUS="NEW" csip:OAISPACKAGETYPE="${kinds[form]}">${inner}</metsHdr>\n`;
  const repMets = Buffer.from(
    `${metsStart(repId, types[form], profiles['sip-hoso'])}${header(agent('ORGANIZATION', 'Bộ Nội vụ', 'IDENTIFICATIONCODE', 'G09'))}${sections.splice(0).join('')}${repAmd}<fileSec ID="${id()}"><fileGrp ID="${dataGroup}" USE="Data">\n${fileLines.splice(0).join('')}</fileGrp></fileSec>\n<structMap ID="${id()}" TYPE="PHYSICAL" LABEL="CSIP"><div ID="${id()}" TYPE="ORIGINAL" LABEL="rep1"><div ID="${id()}" LABEL="Data"><fptr FILEID="${dataGroup}"/></div>${attachments.length === 0 ? '' : `<div ID="${id()}" LABEL="AttachmentFile">${attachments.join('')}</div>`}<div ID="${id()}" LABEL="MetadataLink">\n${links.join('')}</div></div></structMap></mets>\n`,
  );
  files.set(`${rep}/METS.xml`, repMets);

  const eadBytes = simpledc(headFields(form, documents.length, documents.length * 2));
  files.set('metadata/descriptive/EAD.xml', eadBytes);
  const eadId = section('metadata/descriptive/EAD.xml', eadBytes);
  let rootAmd = '';
  const rootAmdId = amdId;
  if (isArchived) {
    const bytes = premis(`<object xsi:type="intellectualEntity"><objectIdentifier><objectIdentifierType>OBJID</objectIdentifierType><objectIdentifierValue>${objectId}</objectIdentifierValue></objectIdentifier></object>`);
    files.set('metadata/preservation/PREMIS.xml', bytes);
    rootAmd = preservation('metadata/preservation/PREMIS.xml', bytes);
  }
  for (const name of ['METS.xsd', 'EAD.xsd', 'EAD_doc.xsd', 'EAD_media.xsd', 'EAD_pic.xsd']) {
    files.set(`schemas/${name}`, schema(name));
    line(`schemas/${name}`, schema(name), 'application/octet-stream');
  }
  const schemaLines = fileLines.splice(0).join('');
  line('representations/rep1/METS.xml', repMets, 'text/xml');
  const [schemaGroup, repGroup] = [id(), id()];
  const agreement = kinds[form] === 'SIP' ? '<altRecordID TYPE="SUBMISSIONAGREEMENT">NL.BNV.2023.01</altRecordID>' : '';
  files.set(
    'METS.xml',
    Buffer.from(
      `${metsStart(objectId, types[form], profiles[form])}${header(`${agent('OTHER', 'Fake', 'SOFTWARE VERSION', '1.0')}${agent('ORGANIZATION', 'Bộ Nội vụ', 'IDENTIFICATIONCODE', 'G09')}${agreement}`)}${sections.join('')}${rootAmd}<fileSec ID="${id()}"><fileGrp ID="${schemaGroup}" USE="Schemas">\n${schemaLines}</fileGrp><fileGrp ID="${repGroup}" USE="Representations/rep1">\n${fileLines.join('')}</fileGrp></fileSec>\n<structMap ID="${id()}" TYPE="PHYSICAL" LABEL="CSIP"><div ID="${id()}" LABEL="${objectId}"><div ID="${id()}" DMDID="${eadId}"${isArchived ? ` ADMID="${rootAmdId}"` : ''} LABEL="Metadata"/><div ID="${id()}" LABEL="Schemas"><fptr FILEID="${schemaGroup}"/></div><div ID="${id()}" LABEL="Representations/rep1"><mptr xlink:type="simple" xlink:href="representations/rep1/METS.xml" xlink:title="${repGroup}" LOCTYPE="URL"/></div></div></structMap></mets>\n`,
    ),
  );
  return { objectId, folder: objectId.replaceAll(':', '_'), files };
}

/** Changes a METS file as text and puts the new facts of the representation's one into the package's own. */
export function withMets(made: FakePackage, which: 'root' | 'rep1', change: (text: string) => string): FakePackage {
  const files = new Map(made.files);
  const repPath = 'representations/rep1/METS.xml';
  const path = which === 'root' ? 'METS.xml' : repPath;
  const before = files.get(path) ?? Buffer.alloc(0);
  const changed = Buffer.from(change(before.toString('utf8')));
  if (changed.equals(before)) throw new Error('the change changed nothing');
  files.set(path, changed);
  if (which === 'rep1') {
    const root = (files.get('METS.xml') ?? Buffer.alloc(0)).toString('utf8');
    files.set('METS.xml', Buffer.from(root.replace(facts(before), facts(changed))));
  }
  return { ...made, files };
}

/** Changes a field file and puts its new facts into the METS that names it. */
export function withFields(made: FakePackage, path: string, change: (text: string) => string): FakePackage {
  const before = made.files.get(path) ?? Buffer.alloc(0);
  const changed = Buffer.from(change(before.toString('utf8')));
  if (changed.equals(before)) throw new Error('the change changed nothing');
  const files = new Map(made.files).set(path, changed);
  return withMets({ ...made, files }, path.startsWith('representations/') ? 'rep1' : 'root', (text) => text.replace(facts(before), facts(changed)));
}
