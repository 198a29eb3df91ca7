import { createHash } from 'node:crypto';
import type { FakePackage } from './circular-package.ts';

/*
 * E-ARK SIP packages after the text of CSIP and SIP 2.1.0 and 2.2.0, written without the product's writers: a small one whose content
 * stands in its own METS, and one of two representations with all that the specification knows.
 */

export type EarkVersion = '2.1.0' | '2.2.0';

const at = '2026-03-04T05:06:07+07:00';
const namespaces =
  'xmlns:mets="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" xmlns:sip="https://DILCIS.eu/XML/METS/SIPExtensionMETS" xmlns:xlink="http://www.w3.org/1999/xlink"';
const software = '<mets:agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><mets:name>RODA-in</mets:name><mets:note csip:NOTETYPE="SOFTWARE VERSION">2.1.0</mets:note></mets:agent>';
const sender = '<mets:agent ROLE="CREATOR" TYPE="ORGANIZATION"><mets:name>Sở Nội vụ</mets:name></mets:agent>';
const people = `<mets:agent ROLE="ARCHIVIST" TYPE="ORGANIZATION"><mets:name>Sở Nội vụ</mets:name><mets:note csip:NOTETYPE="IDENTIFICATIONCODE">H49</mets:note></mets:agent>
<mets:agent ROLE="CREATOR" TYPE="INDIVIDUAL"><mets:name>Trần Thị Văn Thư</mets:name><mets:note>024 123 456</mets:note><mets:note>vt@example.org</mets:note></mets:agent>
<mets:agent ROLE="PRESERVATION" TYPE="ORGANIZATION"><mets:name>Trung tâm Lưu trữ</mets:name><mets:note csip:NOTETYPE="IDENTIFICATIONCODE">TTLT</mets:note></mets:agent>`;
const ead = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>1</recordid></control></ead>');
/** One entity to a file, as PREMIS allows and many programs write. */
const premis = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?>\n<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0"><object xsi:type="representation"><objectIdentifier><objectIdentifierType>local</objectIdentifierType><objectIdentifierValue>rep1</objectIdentifierValue></objectIdentifier></object></premis>',
);
const pdf = Buffer.from('%PDF-1.7\n% one\n%%EOF\n');
const schema = Buffer.from('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>');

const href = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
const facts = (bytes: Buffer): string => `SIZE="${String(bytes.length)}" CREATED="${at}" CHECKSUM="${createHash('sha256').update(bytes).digest('hex')}" CHECKSUMTYPE="SHA-256"`;
const pointer = (path: string, bytes: Buffer, type: string): string => `<mets:mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="${href(path)}" MDTYPE="${type}" MIMETYPE="text/xml" ${facts(bytes)}/>`;
const file = (id: string, path: string, bytes: Buffer, more = ''): string =>
  `<mets:file ID="${id}" MIMETYPE="application/pdf" ${facts(bytes)}${more}><mets:FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="${href(path)}"/></mets:file>`;
const profile = (kind: 'SIP' | 'CSIP', version: EarkVersion): string => `https://${kind === 'SIP' ? 'earksip' : 'earkcsip'}.dilcis.eu/profile/E-ARK-${kind}-v${version.replaceAll('.', '-')}.xml`;
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Content listed in the package's own METS, nothing that may be left out. */
export function smallEark(version: EarkVersion): FakePackage {
  const id = 'uuid-11111111-2222-4333-8444-555555555555';
  const mets = `${head}<mets:mets ${namespaces} OBJID="${id}" TYPE="Textual works – Digital" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile('SIP', version)}">
<mets:metsHdr CREATEDATE="${at}" csip:OAISPACKAGETYPE="SIP">${software}
${sender}</mets:metsHdr>
<mets:dmdSec ID="d1" CREATED="${at}" STATUS="CURRENT">${pointer('metadata/descriptive/ead.xml', ead, 'EAD')}</mets:dmdSec>
<mets:fileSec ID="fs"><mets:fileGrp ID="g1" USE="Representations/rep1/data">${file('f1', 'representations/rep1/data/a.pdf', pdf)}</mets:fileGrp></mets:fileSec>
<mets:structMap ID="sm" TYPE="PHYSICAL" LABEL="CSIP"><mets:div ID="top" LABEL="${id}"><mets:div ID="dm" LABEL="Metadata" DMDID="d1"/><mets:div ID="dr" LABEL="Representations"><mets:fptr FILEID="g1"/></mets:div></mets:div></mets:structMap>
</mets:mets>
`;
  return { objectId: id, folder: id, files: new Map([['METS.xml', Buffer.from(mets)], ['metadata/descriptive/ead.xml', ead], ['representations/rep1/data/a.pdf', pdf]]) };
}

function representation(version: EarkVersion, name: string, path: string): string {
  return `${head}<mets:mets ${namespaces} OBJID="${name}" TYPE="Datasets" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile('CSIP', version)}">
<mets:metsHdr CREATEDATE="${at}" csip:OAISPACKAGETYPE="SIP">${software}</mets:metsHdr>
<mets:dmdSec ID="d1" CREATED="${at}" STATUS="CURRENT">${pointer('metadata/descriptive/dc.xml', ead, 'DC')}</mets:dmdSec>
<mets:amdSec ID="am"><mets:digiprovMD ID="p1" STATUS="CURRENT">${pointer('metadata/preservation/premis.xml', premis, 'PREMIS')}</mets:digiprovMD></mets:amdSec>
<mets:fileSec ID="fs"><mets:fileGrp ID="g" USE="Representations/${name}/data">${file('f1', path, pdf)}</mets:fileGrp></mets:fileSec>
<mets:structMap ID="sm" TYPE="PHYSICAL" LABEL="CSIP"><mets:div ID="top" LABEL="${name}"><mets:div ID="dm" LABEL="Metadata" DMDID="d1" ADMID="p1"/><mets:div ID="dr" LABEL="Representations"><mets:fptr FILEID="g"/></mets:div></mets:div></mets:structMap>
</mets:mets>
`;
}

/** Two representations with their own METS, agents of every kind, rights, documentation, schemas, a second map. */
export function richEark(version: EarkVersion): FakePackage {
  const id = 'uuid-AAAAAAAA-2222-4333-8444-555555555555';
  const own = Buffer.from(premis.toString('utf8').replace('>rep1<', `>${id}<`));
  const files = new Map<string, Buffer>([
    ['metadata/descriptive/ead.xml', ead],
    ['metadata/preservation/premis.xml', own],
    ['metadata/other/rights.xml', schema],
    ['documentation/Hướng dẫn sử dụng.pdf', pdf],
    ['schemas/ead.xsd', schema],
  ]);
  for (const [name, path] of [['rep1', 'data/a b.pdf'], ['rep2', 'data/sâu/hơn/ảnh.pdf']] as const) {
    const folder = `representations/${name}`;
    files.set(`${folder}/${path}`, pdf).set(`${folder}/metadata/descriptive/dc.xml`, ead).set(`${folder}/metadata/preservation/premis.xml`, premis);
    files.set(`${folder}/METS.xml`, Buffer.from(representation(version, name, path)));
  }
  const names = ['rep1', 'rep2'];
  const groups = names.map((name) => `<mets:fileGrp ID="g${name}" USE="Representations/${name}" ADMID="p1" csip:CONTENTINFORMATIONTYPE="MIXED">${file(`m${name}`, `representations/${name}/METS.xml`, files.get(`representations/${name}/METS.xml`) ?? Buffer.alloc(0), ' sip:FILEFORMATNAME="METS"')}</mets:fileGrp>`).join('\n');
  const divisions = names.map((name) => `<mets:div ID="v${name}" LABEL="Representations/${name}"><mets:mptr LOCTYPE="URL" xlink:type="simple" xlink:href="representations/${name}/METS.xml" xlink:title="g${name}"/></mets:div>`).join('\n');
  const mets = `${head}<!-- by hand -->
<mets:mets ${namespaces} OBJID="${id}" LABEL="Rich" TYPE="OTHER" csip:OTHERTYPE="Patterns" csip:CONTENTINFORMATIONTYPE="MIXED" PROFILE="${profile('SIP', version)}">
<mets:metsHdr CREATEDATE="${at}" LASTMODDATE="2026-03-05T05:06:07Z" RECORDSTATUS="NEW" csip:OAISPACKAGETYPE="SIP">${software}
${sender}
${people}<mets:agent ROLE="OTHER" OTHERROLE="SUBMITTER" TYPE="ORGANIZATION"><mets:name>Đơn vị gửi</mets:name><mets:note>lời ghi</mets:note></mets:agent><mets:altRecordID TYPE="SUBMISSIONAGREEMENT">NL.2026.01</mets:altRecordID></mets:metsHdr>
<mets:dmdSec ID="d1" CREATED="${at}" STATUS="CURRENT">${pointer('metadata/descriptive/ead.xml', ead, 'EAD')}</mets:dmdSec>
<mets:amdSec ID="am"><mets:rightsMD ID="r1" STATUS="SUPERSEDED">${pointer('metadata/other/rights.xml', schema, 'OTHER')}</mets:rightsMD><mets:digiprovMD ID="p1" STATUS="CURRENT" CREATED="${at}">${pointer('metadata/preservation/premis.xml', own, 'PREMIS')}</mets:digiprovMD></mets:amdSec>
<mets:fileSec ID="fs"><mets:fileGrp ID="gdoc" USE="Documentation">${file('f-doc', 'documentation/Hướng dẫn sử dụng.pdf', pdf)}</mets:fileGrp>
<mets:fileGrp ID="gsch" USE="Schemas">${file('f-sch', 'schemas/ead.xsd', schema)}</mets:fileGrp>
${groups}</mets:fileSec>
<mets:structMap ID="sm" TYPE="PHYSICAL" LABEL="CSIP"><mets:div ID="top" LABEL="${id}"><mets:div ID="dm" LABEL="Metadata" DMDID="d1" ADMID="p1"/><mets:div ID="dd" LABEL="Documentation"><mets:fptr FILEID="gdoc"/></mets:div><mets:div ID="ds" LABEL="Schemas"><mets:fptr FILEID="gsch"/></mets:div>
${divisions}</mets:div></mets:structMap>
<mets:structMap ID="own" TYPE="LOGICAL"><mets:div><mets:div LABEL="x"><mets:fptr><mets:area FILEID="f-doc"/></mets:fptr></mets:div></mets:div></mets:structMap>
</mets:mets>
`;
  files.set('METS.xml', Buffer.from(mets));
  return { objectId: id, folder: id, files };
}
