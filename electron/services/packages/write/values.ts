import type { DocumentFields, PackageContent, PackageDocument } from '../model.ts';
import { formProfiles, shared } from '../profile/forms.ts';
import type { Field } from '../profile/fields.ts';
import { archivalCode } from './ids.ts';

/** What stands in each element, by its name. Days are still as in the model. */
export type Values = Readonly<Record<string, string>>;

const flag = (is: boolean): string => (is ? '1' : '0');
const count = (value: number | null): string => (value === null ? '' : String(value));
const codes = (list: readonly string[]): string => list.join(shared.codesSeparator);

/** Values of the file about the package. */
export function headValues(content: PackageContent): Values {
  const profile = formProfiles[content.form];
  const { head } = content;
  if (head.kind === 'request') {
    const { kind, ...rest } = head;
    return rest;
  }
  const shown = { ...codesOf(archivalCode(profile, content, head.fileCode), 'fileCode', 'arcFileCode'), totalDoc: String(content.documents.length) };
  if (head.kind === 'tailieu') return { ...shown, title: head.title, source: head.source, description: head.description };
  const { kind, fileCode, languages, numberOfPaper, numberOfPage, riskRecovery, ...rest } = head;
  return { ...rest, ...shown, language: codes(languages), numberOfPaper: count(numberOfPaper), numberOfPage: count(numberOfPage), riskRecovery: flag(riskRecovery) };
}

/** Values of the file about one document. */
export function documentValues(content: PackageContent, { fields, trace }: PackageDocument): Values {
  const code = archivalCode(formProfiles[content.form], content, fields.docCode);
  const maintenance = fields.maintenance === '' && content.head.kind === 'hoso' ? content.head.maintenance : fields.maintenance;
  const common = { ...ownValues(fields), ...codesOf(code, 'docCode', 'arcDocCode'), maintenance, riskRecovery: flag(fields.riskRecovery) };
  return fields.kind === 'doc' ? { ...common, process: flag(trace !== null) } : common;
}

function ownValues(fields: DocumentFields): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') values[name] = value;
    else if (typeof value === 'boolean') values[name] = flag(value);
    else if (typeof value === 'number') values[name] = String(value);
  }
  if ('languages' in fields) values['language'] = codes(fields.languages);
  return values;
}

function codesOf(code: string, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, code]));
}

/** A value as it is written: days as DD/MM/YYYY, MM/YYYY or YYYY. */
export function writtenValue(field: Field, value: string): string {
  return field.type === 'date' ? value.split('-').toReversed().join('/') : value;
}
