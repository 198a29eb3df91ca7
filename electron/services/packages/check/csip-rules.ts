import { among, count, has, is, oneOf, text, type Need } from './needs.ts';
import type { RuleLevel } from './report.ts';

/** Which METS of a package a rule is for. */
export type RuleScope = 'every' | 'root' | 'representation';

/**
 * A rule of E-ARK CSIP or SIP that is judged element by element: `need` must hold for each element that `each` finds (below
 * `mets`). Levels by version of the specification: 2.2.0, and 2.1.0 where it differs.
 */
export type MetsRule = {
  readonly id: string;
  readonly level: RuleLevel;
  readonly level210?: RuleLevel;
  readonly scope: RuleScope;
  readonly each: string;
  readonly need: Need;
};

/** DILCIS Board, CSIPVocabularyContentCategory; also "MIXED" and "OTHER", as the rules themselves write. Compared without case and dashes. */
const contentCategories = [
  'Textual works - Print',
  'Textual works - Digital',
  'Textual works - Electronic Serials',
  'Digital Musical Composition (score-based representations)',
  'Musical Scores - Print',
  'Musical Scores - Digital',
  'Photographs - Print',
  'Photographs - Digital',
  'Other Graphic Images - Print',
  'Other Graphic Images - Digital',
  'Microforms',
  'Audio - On Tangible Medium (digital or analog)',
  'Audio - Media-independent (digital)',
  'Motion Pictures - Digital and Physical Media',
  'Video - File-based and Physical Media',
  'Software',
  'Software and Video Games',
  'Email',
  'Datasets',
  'Geospatial Data',
  'Geographic Information System (GIS) - Vector Data',
  'GIS Raster and Georeferenced Images',
  'GIS Vector and Raster Combined',
  'Non-GIS Cartographic',
  '2D and 3D Computer Aided Design',
  'Design (schematics, architectural drawings) - Print',
  'Scanned 3D Objects (output from photogrammetry scanning)',
  'Databases',
  'Websites',
  'Web Archives',
  'Collection',
  'Event',
  'Image',
  'Interactive resource',
  'Moving image',
  'Sound',
  'Still image',
  'Text',
  'Physical object',
  'Service',
  'Mixed',
  'Other',
] as const;

const row = (id: string, each: string, need: Need, level: RuleLevel = 'must', scope: RuleScope = 'every'): MetsRule => ({ id, level, scope, each, need });

const checksumTypes = ['Adler-32', 'CRC32', 'HAVAL', 'MD5', 'MNP', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'TIGER', 'WHIRLPOOL'];
const metadataTypes = ['MARC', 'MODS', 'EAD', 'DC', 'NISOIMG', 'LC-AV', 'VRA', 'TEIHDR', 'DDI', 'FGDC', 'LOM', 'PREMIS', 'PREMIS:OBJECT', 'PREMIS:AGENT', 'PREMIS:RIGHTS', 'PREMIS:EVENT', 'TEXTMD', 'METSRIGHTS', 'ISO 19115:2003 NAP', 'EAC-CPF', 'LIDO', 'OTHER'];

/** The nine rules of a pointer to a metadata file; they come three times, with other numbers. */
function pointerRules(each: string, first: number): readonly MetsRule[] {
  const needs: readonly Need[] = [is('LOCTYPE', 'URL'), is('xlink:type', 'simple'), has('xlink:href'), among('MDTYPE', metadataTypes), has('MIMETYPE'), has('SIZE'), has('CREATED'), has('CHECKSUM'), among('CHECKSUMTYPE', checksumTypes)];
  return needs.map((need, index) => row(`CSIP${first + index}`, each, need));
}

const csip = 'structMap[@LABEL=CSIP]';

/** A representation whose files are listed in the package's own METS has pointers to them and no METS (CSIP101, CSIP105). */
const onePointer: Need = (division) => (count('fptr', 1, Infinity)(division) === undefined ? undefined : count('mptr', 1, 1)(division));

/** E-ARK CSIP 2.1.0 and 2.2.0, the rules that one element shows. Those of agents, links and folders are in `csip-judge.ts`. */
export const csipRules: readonly MetsRule[] = [
  row('CSIP1', '.', has('OBJID')),
  row('CSIP2', '.', among('TYPE', contentCategories)),
  row('CSIP6', '.', has('PROFILE')),
  row('CSIP4', '.', has('csip:CONTENTINFORMATIONTYPE'), 'should', 'representation'),
  row('CSIP117', '.', count('metsHdr', 1, 1)),
  row('CSIP7', 'metsHdr', has('CREATEDATE')),
  row('CSIP9', 'metsHdr', oneOf('csip:OAISPACKAGETYPE', ['SIP', 'AIP', 'DIP', 'AIU', 'AIC'])),
  row('CSIP10', 'metsHdr', count('agent', 1, Infinity)),
  row('CSIP17', '.', count('dmdSec', 1, Infinity), 'should', 'root'),
  row('CSIP18', 'dmdSec', has('ID')),
  row('CSIP19', 'dmdSec', has('CREATED')),
  row('CSIP20', 'dmdSec', among('STATUS', ['CURRENT', 'SUPERSEDED']), 'should'),
  ...pointerRules('dmdSec/mdRef', 22),
  row('CSIP31', '.', count('amdSec', 0, 1), 'should'),
  row('CSIP33', 'amdSec/digiprovMD', has('ID')),
  row('CSIP34', 'amdSec/digiprovMD', among('STATUS', ['CURRENT', 'SUPERSEDED']), 'should'),
  ...pointerRules('amdSec/digiprovMD/mdRef', 36),
  row('CSIP46', 'amdSec/rightsMD', has('ID')),
  ...pointerRules('amdSec/rightsMD/mdRef', 49),
  row('CSIP58', '.', count('fileSec', 1, 1), 'should'),
  row('CSIP59', 'fileSec', has('ID')),
  row('CSIP64', 'fileSec/fileGrp', has('USE')),
  row('CSIP65', 'fileSec/fileGrp', has('ID')),
  row('CSIP66', 'fileSec/fileGrp', count('file', 1, Infinity)),
  row('CSIP67', 'fileSec/fileGrp/file', has('ID')),
  row('CSIP68', 'fileSec/fileGrp/file', has('MIMETYPE')),
  row('CSIP69', 'fileSec/fileGrp/file', has('SIZE')),
  row('CSIP70', 'fileSec/fileGrp/file', has('CREATED')),
  row('CSIP71', 'fileSec/fileGrp/file', has('CHECKSUM')),
  row('CSIP72', 'fileSec/fileGrp/file', among('CHECKSUMTYPE', checksumTypes)),
  row('CSIP76', 'fileSec/fileGrp/file', count('FLocat', 1, 1)),
  row('CSIP77', 'fileSec/fileGrp/file/FLocat', is('LOCTYPE', 'URL')),
  row('CSIP78', 'fileSec/fileGrp/file/FLocat', is('xlink:type', 'simple')),
  row('CSIP79', 'fileSec/fileGrp/file/FLocat', has('xlink:href')),
  row('CSIP80', '.', count('structMap', 1, Infinity)),
  row('CSIP82', '.', count(csip, 1, 1)),
  row('CSIP81', csip, is('TYPE', 'PHYSICAL')),
  row('CSIP83', csip, has('ID')),
  row('CSIP84', csip, count('div', 1, 1)),
  row('CSIP85', `${csip}/div`, has('ID')),
  row('CSIP88', `${csip}/div`, count('div[@LABEL=Metadata]', 1, 1)),
  row('CSIP89', `${csip}/div/div[@LABEL=Metadata]`, has('ID')),
  row('CSIP94', `${csip}/div/div[@LABEL=Documentation]`, has('ID')),
  { ...row('CSIP96', `${csip}/div/div[@LABEL=Documentation]`, count('fptr', 1, Infinity), 'should'), level210: 'must' },
  row('CSIP98', `${csip}/div/div[@LABEL=Schemas]`, has('ID')),
  { ...row('CSIP100', `${csip}/div/div[@LABEL=Schemas]`, count('fptr', 1, Infinity), 'should'), level210: 'must' },
  row('CSIP102', `${csip}/div/div[@LABEL=Representations]`, has('ID')),
  { ...row('CSIP104', `${csip}/div/div[@LABEL=Representations]`, count('fptr', 1, Infinity), 'should'), level210: 'must' },
  row('CSIP106', `${csip}/div/div`, has('ID')),
  row('CSIP109', `${csip}/div/div[@LABEL^=Representations/]`, onePointer, 'must', 'root'),
  row('CSIP110', `${csip}/div/div/mptr`, has('xlink:href')),
  row('CSIP111', `${csip}/div/div/mptr`, is('xlink:type', 'simple')),
  row('CSIP112', `${csip}/div/div/mptr`, is('LOCTYPE', 'URL')),
];

const isCode = is('csip:NOTETYPE', 'IDENTIFICATIONCODE');
const isBody = among('TYPE', ['ORGANIZATION', 'INDIVIDUAL']);

/** E-ARK SIP 2.1.0 and 2.2.0: rules of the package's own METS that one agent shows. The roles are those of the examples. */
export const sipRules: readonly MetsRule[] = [
  row('SIP4', 'metsHdr', is('csip:OAISPACKAGETYPE', 'SIP'), 'must', 'root'),
  row('SIP11', 'metsHdr/agent[@ROLE=ARCHIVIST]', isBody, 'must', 'root'),
  { ...row('SIP12', 'metsHdr/agent[@ROLE=ARCHIVIST]', text('name'), 'must', 'root'), level210: 'may' },
  row('SIP14', 'metsHdr/agent[@ROLE=ARCHIVIST]/note', isCode, 'must', 'root'),
  { ...row('SIP18', 'metsHdr/agent[@ROLE=CREATOR][@TYPE=ORGANIZATION]', text('name'), 'must', 'root'), level210: 'may' },
  row('SIP20', 'metsHdr/agent[@ROLE=CREATOR][@TYPE=ORGANIZATION]/note', isCode, 'must', 'root'),
  row('SIP24', 'metsHdr/agent[@ROLE=CREATOR][@TYPE=INDIVIDUAL]', text('name'), 'must', 'root'),
  row('SIP28', 'metsHdr/agent[@ROLE=PRESERVATION]', is('TYPE', 'ORGANIZATION'), 'must', 'root'),
  { ...row('SIP29', 'metsHdr/agent[@ROLE=PRESERVATION]', text('name'), 'must', 'root'), level210: 'may' },
  row('SIP31', 'metsHdr/agent[@ROLE=PRESERVATION]/note', isCode, 'must', 'root'),
];

/**
 * MUST rules that are not judged by themselves, and why. `same`: the element is found by the very value that the rule demands, so
 * where it is missing another rule is broken. `people`: what is meant is not in the file.
 */
export const notJudged: Readonly<Record<string, { readonly why: 'same' | 'people'; readonly by: string }>> = {
  CSIP90: { why: 'same', by: 'CSIP88' },
  CSIP95: { why: 'same', by: 'CSIP60' },
  CSIP99: { why: 'same', by: 'CSIP113' },
  CSIP103: { why: 'same', by: 'CSIP114' },
  SIP10: { why: 'people', by: 'SIP11' },
  SIP16: { why: 'same', by: 'SIP15' },
  SIP17: { why: 'same', by: 'SIP15' },
  SIP22: { why: 'people', by: 'SIP24' },
  SIP23: { why: 'same', by: 'SIP24' },
  SIP27: { why: 'same', by: 'SIP28' },
};
