import type { CodeList } from '../profile/codes.ts';
import { shared } from '../profile/forms.ts';
import { codesOfValues } from '../profile/legacy-values.ts';
import type { Findings } from './findings.ts';
import type { FieldFile } from './fields-judge.ts';
import { short } from './needs.ts';

/**
 * Names of NĐ 30/2020 and TT 02/2019/TT-BNV for what TT 05/2025 calls otherwise (the first letter's case apart). Values are
 * those of legacy-values.ts where it knows them, and as they are else. Fields that say nothing any more map to ''. Source: the field lists of both, confidence S for files, K for dossiers.
 */
const names: Readonly<Record<string, string>> = {
  rights: 'mode',
  doctotal: 'totalDoc',
  pagetotal: 'numberOfPage',
  pagenumber: 'numberOfPage',
  pageamount: 'numberOfPage',
  sheetnumber: 'numberOfPaper',
  inforsign: 'inforSign',
  confidencelevel: 'confidenceLevel',
  codenumber: 'codeNumber',
  codenotation: 'codeNotation',
  issueddate: 'issuedDate',
  organname: 'organName',
  typename: 'typeName',
  filecode: 'fileCode',
  doccode: 'docCode',
  startdate: 'startDate',
  enddate: 'endDate',
  totaldoc: 'totalDoc',
  maintenance: 'maintenance',
  title: 'title',
  language: 'language',
  description: 'description',
  keyword: 'keyword',
  mode: 'mode',
  format: 'format',
  autograph: 'autograph',
  subject: 'subject',
  archivesnumber: 'archivesNumber',
  eventname: 'eventName',
  imagetitle: 'imageTitle',
  photographer: 'photographer',
  photoplace: 'photoPlace',
  phototime: 'photoTime',
  colour: 'colour',
  filmsize: 'filmSize',
  docattached: 'docAttached',
  movietitle: 'movieTitle',
  recorder: 'recorder',
  recordplace: 'recordPlace',
  recorddate: 'recordDate',
  playtime: 'playTime',
  quality: 'quality',
  identifier: '',
  organid: '',
  filecatalog: '',
  filenotation: '',
  docordinal: '',
};

/** Names that only the older lists have, or that they write with a capital letter. */
const older = /^(Identifier|OrganId|FileCatalog|FileNotation|DocOrdinal|PageAmount|PageNumber|SheetNumber|Rights|[A-Z][A-Za-z]+(Code|Name|Date|Sign|Level|Number|Notation|Doc|Total))$/;

/** Whether a field file speaks the older language. */
export function isLegacy(fields: Readonly<Record<string, string>>): boolean {
  return Object.keys(fields).filter((name) => older.test(name)).length >= 2;
}

/** Fields whose values the circular has as codes. */
const coded: Readonly<Record<string, CodeList>> = { maintenance: 'maintenance', mode: 'mode', language: 'language', format: 'format', confidenceLevel: 'confidenceLevel', typeName: 'typeName' };

function valueOf(name: string, value: string): string {
  const list = coded[name];
  return list === undefined || value === '' ? value : (codesOfValues(list, value)?.join(shared.codesSeparator) ?? value);
}

/** The same file under the names of TT 05/2025; what has no place there is told, with its value, and left out. */
export function translated(found: Findings, file: FieldFile): FieldFile {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(file.fields)) {
    const mapped = names[name.toLowerCase()];
    if (mapped === undefined) found.add('legacy.field-unmapped', { file: file.path, at: `/${file.root.name}/${name}` }, { field: short(name), found: short(value) });
    else if (mapped !== '') fields[mapped] ??= valueOf(mapped, value);
  }
  // The code of a file is made of three parts where it does not stand by itself (NĐ 30/2020, Phụ lục VI).
  const { OrganId = '', FileCatalog = '', FileNotation = '' } = file.fields;
  if ((fields['fileCode'] ?? '') === '' && file.kind === 'package' && FileNotation !== '') fields['fileCode'] = [OrganId, FileCatalog, FileNotation].filter((part) => part !== '').join('.');
  found.add('legacy.names', { file: file.path }, { found: short(Object.keys(file.fields).slice(0, 4).join(', ')) });
  return { ...file, fields };
}
