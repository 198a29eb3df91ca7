import type { PackageForm } from '../model.ts';
import { fieldTables, type FieldTables } from './fields.ts';

/** How one form of package is written. Everything in which forms differ is here; the writers ask, and know no form by name. */
export type FormProfile = {
  readonly form: PackageForm;
  /** the circular's appendix or the specification */
  readonly source: string;
  readonly layout: 'csip' | 'bag';
  /** `csip:OAISPACKAGETYPE` */
  readonly oais: 'SIP' | 'AIP' | 'DIP';
  /** whose `head` the content must have */
  readonly head: 'hoso' | 'tailieu' | 'request';
  readonly fields: FieldTables;
  /** `uuid-{UUID}` or `urn:{mã phông}:uuid:{UUID}` */
  readonly objectId: 'uuid' | 'urn-fonds';
  /** `mets/@TYPE` */
  readonly type: string;
  /** `mets/@PROFILE` of the package and of the representation */
  readonly rootProfile: string;
  readonly representationProfile: string;
  /** name in schemas/, the value of `xsi:schemaLocation` for METS; '' when no schemas are wanted */
  readonly metsSchema: string;
  /** must be in schemas/ */
  readonly schemas: readonly string[];
  /** whether `metadata/preservation` is written */
  readonly premis: 'written' | 'none';
  /** struct map of the representation: the circular's MetadataLink, or CSIP's plain one */
  readonly linkage: 'metadata-link' | 'csip';
  /** USE of the group of data files in the METS of the representation */
  readonly dataUse: string;
  /** the ZIP's name: `{số thứ tự}{OBJID}` or the folder's */
  readonly zipName: 'ordinal' | 'folder';
  readonly isLinkAllowed: boolean;
  /** PL I and II allow MM/YYYY and YYYY */
  readonly partialDates: boolean;
  /** `mdRef/@OTHERMDTYPE` of the field files: the circular calls them EAD, which they are not */
  readonly descriptiveType: string;
};

const circular = {
  layout: 'csip',
  linkage: 'metadata-link',
  dataUse: 'Data',
  partialDates: false,
  descriptiveType: 'EAD',
  metsSchema: 'METS.xsd',
  schemas: ['METS.xsd', 'EAD.xsd', 'EAD_doc.xsd', 'EAD_media.xsd', 'EAD_pic.xsd'],
  representationProfile: 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml',
} as const;
const submission = { ...circular, oais: 'SIP', objectId: 'uuid', rootProfile: 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml', premis: 'none', zipName: 'ordinal' } as const;
const archival = { ...circular, oais: 'AIP', objectId: 'urn-fonds', rootProfile: 'http://www.ra.ee/METS/v01/IP.xml', premis: 'written', zipName: 'folder', partialDates: true } as const;

const eark = (version: string): FormProfile => ({
  form: version === '2-1-0' ? 'EARK_2_1_0' : 'EARK_2_2_0',
  source: `E-ARK SIP ${version.replaceAll('-', '.')}`,
  layout: 'csip',
  oais: 'SIP',
  head: 'hoso',
  fields: fieldTables.SIP_hoso,
  objectId: 'uuid',
  type: 'Mixed',
  rootProfile: `https://earksip.dilcis.eu/profile/E-ARK-SIP-v${version}.xml`,
  representationProfile: `https://earksip.dilcis.eu/profile/E-ARK-SIP-v${version}.xml`,
  metsSchema: '',
  schemas: [],
  premis: 'written',
  linkage: 'csip',
  dataUse: 'Representations/rep1/data',
  zipName: 'folder',
  isLinkAllowed: false,
  partialDates: false,
  descriptiveType: 'simpledc',
});

/** The forms that can be written. */
export const formProfiles: Readonly<Record<PackageForm, FormProfile>> = {
  SIP_hoso: { ...submission, form: 'SIP_hoso', source: 'TT 05/2025/TT-BNV, Phụ lục III', head: 'hoso', fields: fieldTables.SIP_hoso, type: 'Mixed', isLinkAllowed: true },
  SIP_tailieu: { ...submission, form: 'SIP_tailieu', source: 'TT 05/2025/TT-BNV, Phụ lục IV', head: 'tailieu', fields: fieldTables.SIP_tailieu, type: 'Collection', isLinkAllowed: false },
  AIP_hoso: { ...archival, form: 'AIP_hoso', source: 'TT 05/2025/TT-BNV, Phụ lục I', head: 'hoso', fields: fieldTables.AIP_hoso, type: 'Mixed', isLinkAllowed: true },
  AIP_tailieu: { ...archival, form: 'AIP_tailieu', source: 'TT 05/2025/TT-BNV, Phụ lục II', head: 'tailieu', fields: fieldTables.AIP_tailieu, type: 'Collection', isLinkAllowed: false },
  DIP: {
    ...circular,
    form: 'DIP',
    source: 'TT 05/2025/TT-BNV, Phụ lục V',
    oais: 'DIP',
    head: 'request',
    fields: fieldTables.DIP,
    objectId: 'uuid',
    type: 'MIXED',
    rootProfile: 'https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml',
    premis: 'none',
    zipName: 'folder',
    isLinkAllowed: false,
  },
  EARK_2_1_0: eark('2-1-0'),
  EARK_2_2_0: eark('2-2-0'),
  BagIt: { ...eark('2-2-0'), form: 'BagIt', source: 'RFC 8493 (BagIt 1.0)', layout: 'bag', premis: 'none' },
};

/** What all forms have in common. */
export const shared = {
  /** METS ids: `uuid-` and, for `<file>`, `ID-`, with the UUID in upper case */
  idPrefix: 'uuid-',
  fileIdPrefix: 'ID-',
  /** folders of a package (PL I–V, table of the physical structure) */
  folders: { descriptive: 'metadata/descriptive', preservation: 'metadata/preservation', representation: 'representations/rep1', data: 'data', schemas: 'schemas', documentation: 'documentation' },
  /** name without ending of the file about the package */
  headFile: 'EAD',
  /** between the parts of a code: "+" is printed, "." is what all printed examples have */
  codeSeparator: '.',
  /** between several codes of one element */
  codesSeparator: ',',
  ordinalDigits: 7,
  checksum: 'SHA-256',
  linkEnding: '.fetch.txt',
  linkUse: 'Holeyfile',
  /** `2023-01-13T15:46:25.073+07:00` */
  zone: '+07:00',
  /** of `simpledc` and PREMIS files, and of schemas */
  xmlMediaType: 'text/xml',
  schemaMediaType: 'application/octet-stream',
} as const;
