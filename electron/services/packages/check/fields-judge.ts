import { codeLists } from '../profile/codes.ts';
import type { Field, FieldTables } from '../profile/fields.ts';
import { shared, type FormProfile } from '../profile/forms.ts';
import { placeOf, type XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import { textOf } from './mets-select.ts';
import { short } from './needs.ts';
import type { Described } from './report.ts';

/** A field file that was read: `simpledc` and its elements. */
export type FieldFile = { readonly path: string; readonly root: XmlElement; readonly kind: Described['kind']; readonly fields: Readonly<Record<string, string>> };

/** Without these a dossier or document cannot be told from another. */
const keys = new Set(['fileCode', 'arcFileCode', 'docCode', 'arcDocCode', 'title', 'subject', 'imageTitle', 'movieTitle', 'requestID']);
/** Missing in one of the circular's own lists of fields (`profile/differences.ts`). */
const mayMiss: Readonly<Record<string, string>> = { riskRecovery: 'tt05.field-missing-recovery', riskRecoveryStatus: 'tt05.field-missing-recovery', numberOfPaper: 'tt05.field-paper', organName: 'tt05.field-dip-organ' };

/** What a file of `metadata/descriptive` describes, by its name. */
export function kindOf(path: string): Described['kind'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^EAD\.xml$/i.test(name)) return 'package';
  if (/^EAD_pic/i.test(name)) return 'pic';
  return /^EAD_media/i.test(name) ? 'media' : 'doc';
}

/** The elements of a field file, the first of each name. */
export function fieldsIn(root: XmlElement): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const child of ownFields(root)) fields[child.name] ??= textOf(child);
  return fields;
}

/** Elements of another namespace are no fields of the circular, whatever their names. */
function ownFields(root: XmlElement): readonly XmlElement[] {
  return root.children.every(({ uri }) => uri === root.uri) ? root.children : root.children.filter(({ uri }) => uri === root.uri);
}

/** Judges one field file by the table of its form (TT 05/2025/TT-BNV, mục II.2). */
export function judgeFieldFile(found: Findings, file: FieldFile, form: FormProfile): void {
  const { path, root, kind, fields } = file;
  if (root.name !== 'simpledc') {
    found.add('tt05.fields-root', { file: path, line: root.line }, { found: short(root.name), wanted: 'simpledc' });
    return;
  }
  if (kind !== 'package' && !/^EAD_(doc|pic|media)_.+\.xml$/.test(path.slice(path.lastIndexOf('/') + 1))) found.add('tt05.description-name', { file: path }, { wanted: 'EAD_doc_….xml' });
  const table = tableOf(form.fields, kind);
  const wanted = new Set<string>(table.map(({ name }) => name));
  const first = new Map<string, XmlElement>();
  const twice = new Set<string>();
  for (const child of root.children) {
    const isOwn = child.uri === root.uri;
    if (!isOwn || !wanted.has(child.name)) found.add('tt05.field-unknown', at(path, child), { field: short(isOwn ? child.name : `{${child.uri}}${child.name}`) });
    // What stands in elements of a field would be read by one program and left out by another.
    const [inner] = child.children;
    if (inner !== undefined) found.add('tt05.field-nested', at(path, inner), { field: short(child.name), found: short(inner.name) });
    if (!isOwn) continue;
    if (!first.has(child.name)) first.set(child.name, child);
    else if (!twice.has(child.name)) {
      twice.add(child.name);
      found.add('tt05.field-twice', at(path, child), { field: child.name });
    }
  }
  for (const field of table) {
    const element = first.get(field.name);
    if (element === undefined) found.add(form.form === 'DIP' || field.name !== 'organName' ? (mayMiss[field.name] ?? 'tt05.field-missing') : 'tt05.field-missing', { file: path, at: '/simpledc' }, { field: field.name, label: field.label, found: '', wanted: field.name });
    else judgeValue(found, path, element, field, form);
  }
  judgeTogether(found, file, table);
  const known = table.map(({ name }) => name).filter((name) => name in fields);
  const order = [...new Set(ownFields(root).map(({ name }) => name).filter((name) => wanted.has(name)))];
  if (order.join() !== known.join()) found.add('tt05.field-order', { file: path, at: '/simpledc' }, { found: short(order.join(', ')), wanted: short(known.join(', ')) });
}

function tableOf(tables: FieldTables, kind: Described['kind']): readonly Field[] {
  return kind === 'package' ? tables.head : tables[kind];
}

function at(path: string, element: XmlElement): { readonly file: string; readonly at: string; readonly line: number } {
  return { file: path, at: placeOf(element), line: element.line };
}

function judgeValue(found: Findings, path: string, element: XmlElement, field: Field, form: FormProfile): void {
  const value = textOf(element);
  // Asked for only when something is wrong: there are two hundred thousand fields in a large package.
  const place = (): ReturnType<typeof at> => at(path, element);
  const facts = (): Readonly<Record<string, string>> => ({ field: field.name, label: field.label, found: short(value) });
  if (value === '') {
    if (field.need === 'required') found.add(keys.has(field.name) ? 'tt05.field-key' : 'tt05.field-empty', place(), facts());
    return;
  }
  // Composing makes a text at most three times as long (UAX #15): what is far from the limit is not counted.
  const length = value.length * 3 <= field.length ? 0 : [...value.normalize('NFC')].length;
  if (length > field.length) found.add('tt05.field-length', place(), { ...facts(), length, most: field.length });
  if (field.type === 'number' && !/^\d+$/.test(value)) found.add('tt05.field-digits', place(), facts());
  if (field.type === 'date') judgeDate(found, place, value, facts);
  if (field.codes === undefined) return;
  const codes = codeLists[field.codes];
  const parts = field.many === true ? value.split(/[,; ]+/) : [value];
  if (parts.every((part) => part in codes)) {
    if (field.many === true && parts.length > 1 && value !== parts.join(shared.codesSeparator)) found.add('tt05.language-separator', place(), { ...facts(), wanted: parts.join(shared.codesSeparator) });
    return;
  }
  // PL III and IV name no list for the state of a thing, PL I does.
  if (field.name === 'format' && form.oais === 'SIP') found.add('tt05.field-format-list', place(), { ...facts(), wanted: Object.keys(codes).join(', ') });
  else found.add('tt05.field-code', place(), { ...facts(), wanted: Object.keys(codes).join(', ') });
}

function judgeDate(found: Findings, place: () => ReturnType<typeof at>, value: string, facts: () => Readonly<Record<string, string>>): void {
  if (dayOf(value) !== undefined) return;
  const part = /^(?:(0[1-9]|1[0-2])\/)?\d{4}$/.test(value);
  found.add(part ? 'tt05.field-dates' : 'tt05.field-date', place(), { ...facts(), wanted: 'DD/MM/YYYY' });
}

/** A day as `yyyymmdd`, which sorts; undefined when it is none. */
function dayOf(value: string | undefined): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value ?? '') ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return year !== '' && date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1 ? `${year}${month}${day}` : undefined;
}

/** What one field asks of another in the same file. */
function judgeTogether(found: Findings, { path, root, kind, fields }: FieldFile, table: readonly Field[]): void {
  const place = { file: path, at: '/simpledc', line: root.line };
  if (fields['riskRecovery'] === '1' && fields['riskRecoveryStatus'] === '') found.add('tt05.field-recovery', place, { field: 'riskRecoveryStatus' });
  if (fields['confidenceLevel'] === '02') {
    for (const { name, label } of table.filter(({ need }) => need === 'digitised')) {
      if (name in fields && fields[name] === '') found.add('tt05.field-digitised', place, { field: name, label });
    }
  }
  const [start, end] = [dayOf(fields['startDate']), dayOf(fields['endDate'])];
  if (kind === 'package' && start !== undefined && end !== undefined && start > end) found.add('tt05.dates-order', place, { start: fields['startDate'] ?? '', end: fields['endDate'] ?? '' });
}

/** The number behind the dossier's code in a file's name; undefined where it is called otherwise. */
function numberIn(path: string, code: string): number | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const digits = name.startsWith(`${code}.`) ? /^\d+(?=\.)/.exec(name.slice(code.length + 1))?.[0] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

/** What the package's field file and those of its documents say of each other. */
export function judgeFieldsTogether(found: Findings, described: readonly Described[], attached: ReadonlyMap<string, readonly string[]>, form: FormProfile): void {
  const head = described.find(({ kind }) => kind === 'package');
  const documents = described.filter(({ kind }) => kind !== 'package');
  const codes = new Map<string, string>();
  const headCode = head?.fields['fileCode'] ?? head?.fields['arcFileCode'] ?? '';
  const [start, end] = [dayOf(head?.fields['startDate']), dayOf(head?.fields['endDate'])];
  let pages = 0;
  for (const { metadata, fields, files } of documents) {
    const place = { file: metadata, at: '/simpledc' };
    const code = fields['docCode'] ?? fields['arcDocCode'] ?? '';
    const other = codes.get(code);
    if (code !== '' && other !== undefined) found.add('tt05.code-twice', place, { found: short(code), other });
    codes.set(code, metadata);
    const follows = form.head !== 'hoso' || headCode === '' || code.startsWith(headCode);
    if (code !== '' && (!/\d{7}$/.test(code) || !follows)) found.add('tt05.doc-code', place, { found: short(code), wanted: `${headCode === '' ? '…' : short(headCode)}.0000001` });
    const day = dayOf(fields['issuedDate']);
    if (day !== undefined && start !== undefined && end !== undefined && (day < start || day > end)) found.add('tt05.date-outside', place, { found: fields['issuedDate'] ?? '', start: head?.fields['startDate'] ?? '', end: head?.fields['endDate'] ?? '' });
    // Files of digitised papers are called by the code of the dossier and the number of the document (Điều 8.1.d).
    for (const path of files) {
      const number = headCode === '' ? undefined : numberIn(path, headCode);
      if (number !== undefined && number !== Number(/\d+$/.exec(code)?.[0] ?? number)) found.add('tt05.file-code', place, { found: short(path), wanted: short(code) });
    }
    if (fields['process'] === '1' && !files.some((path) => (attached.get(path) ?? []).length > 0)) found.add('tt05.trace-missing', place);
    pages += Number(fields['numberOfPage'] ?? 0) || 0;
  }
  if (head === undefined) return;
  const place = { file: head.metadata, at: '/simpledc' };
  const total = head.fields['totalDoc'] ?? '';
  if (/^\d+$/.test(total) && Number(total) !== documents.length) found.add('tt05.total-documents', place, { found: total, wanted: documents.length });
  const years = headCode.split('.').filter((part) => /^(?:19|20|21)\d\d$/.test(part));
  if (years.length > 0 && start !== undefined && end !== undefined && start <= end && !years.some((year) => year >= start.slice(0, 4) && year <= end.slice(0, 4))) {
    found.add('tt05.code-year', place, { found: years.join(', '), start: head.fields['startDate'] ?? '', end: head.fields['endDate'] ?? '' });
  }
  const told = head.fields['numberOfPage'] ?? '';
  if (/^\d+$/.test(told) && Number(told) !== pages) found.add('tt05.page-sum', place, { found: told, wanted: pages });
  if (form.oais === 'SIP' && form.head === 'hoso' && (head.fields['maintenance'] ?? '') in codeLists.maintenance && head.fields['maintenance'] !== '01') found.add('tt05.permanent', place, { found: head.fields['maintenance'] ?? '' });
}
