import { illegalIn } from '../../../foundation/xml-text.ts';
import type { PackageContent, SchemaFile } from '../model.ts';
import { codeLists } from '../profile/codes.ts';
import type { Field } from '../profile/fields.ts';
import { formProfiles, shared, type FormProfile } from '../profile/forms.ts';
import { documentValues, headValues, type Values } from './values.ts';

/** Why a package may not be written as the circular has it. */
export type ProblemCode =
  | 'package-identity'
  | 'package-head'
  | 'package-empty'
  | 'package-archive-missing'
  | 'package-schema-missing'
  | 'document-linked'
  | 'document-code-twice'
  | 'file-facts'
  | 'field-empty'
  | 'field-long'
  | 'field-code'
  | 'field-day'
  | 'field-number'
  | 'field-character';

export type ContentProblem = {
  readonly code: ProblemCode;
  /** 0: the package; n: the n-th document */
  readonly document: number;
  /** element or part it is about */
  readonly place: string;
  /** what is wrong with it: the value, the limit */
  readonly detail: string;
};

const uuidForm = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
const codeForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const sha256Form = /^[0-9a-f]{64}$/;
/** what a person reads to the end */
const mostProblems = 1000;

/** All that keeps this content from being a package of its form; none when it may be written. Strict: see `differences` for what is read. */
export function contentProblems(content: PackageContent, schemas: readonly SchemaFile[]): readonly ContentProblem[] {
  const profile = formProfiles[content.form];
  const problems: ContentProblem[] = [];
  const note = (code: ProblemCode, document: number, place: string, detail = ''): void => {
    if (problems.length < mostProblems) problems.push({ code, document, place, detail });
  };
  if (!uuidForm.test(content.uuid)) note('package-identity', 0, 'uuid', content.uuid);
  if (!codeForm.test(content.sender.code)) note('package-identity', 0, 'sender', content.sender.code);
  if (Number.isNaN(Date.parse(content.createdAt))) note('package-identity', 0, 'createdAt', content.createdAt);
  if (content.batchOrdinal !== null && !(Number.isSafeInteger(content.batchOrdinal) && content.batchOrdinal > 0)) note('package-identity', 0, 'batchOrdinal', String(content.batchOrdinal));
  if (profile.oais !== 'SIP' && content.archive === null) note('package-archive-missing', 0, 'archive');
  if (content.head.kind !== profile.head) note('package-head', 0, content.head.kind);
  if (content.documents.length === 0) note('package-empty', 0, 'documents');
  for (const name of profile.schemas) if (!schemas.some((schema) => schema.name === name)) note('package-schema-missing', 0, name);
  const words = { software: content.software.name, version: content.software.version, sender: content.sender.name, archive: content.archive?.name ?? '', agreement: content.agreement };
  for (const [place, text] of Object.entries(words)) if (illegalIn(text) !== undefined) note('field-character', 0, place, illegalIn(text));
  if (content.head.kind === profile.head) fields(profile.fields.head, headValues(content), 0);

  const codes = new Map<string, number>();
  for (const [index, document] of content.documents.entries()) {
    const ordinal = index + 1;
    if (document.content.kind === 'link' && !profile.isLinkAllowed) note('document-linked', ordinal, 'content');
    if (document.content.kind === 'link' && document.content.link.reference === '') note('field-empty', ordinal, 'reference');
    const files = document.content.kind === 'file' ? [document.content.file, ...document.attachments] : document.attachments;
    for (const { sha256, size, name, createdAt } of files) {
      if (!sha256Form.test(sha256) || !Number.isSafeInteger(size) || size < 0 || Number.isNaN(Date.parse(createdAt))) note('file-facts', ordinal, name);
    }
    const earlier = codes.get(document.fields.docCode);
    if (earlier !== undefined) note('document-code-twice', ordinal, 'docCode', String(earlier));
    codes.set(document.fields.docCode, ordinal);
    fields(profile.fields[document.fields.kind], documentValues(content, document), ordinal);
  }
  return problems;

  function fields(table: readonly Field[], values: Values, document: number): void {
    for (const field of table) {
      const found = fieldProblem(field, values, profile);
      if (found !== undefined) note(found.code, document, field.name, found.detail);
    }
  }
}

function fieldProblem(field: Field, values: Values, profile: FormProfile): { readonly code: ProblemCode; readonly detail: string } | undefined {
  const value = values[field.name] ?? '';
  if (value === '') return isWanted(field, values) ? { code: 'field-empty', detail: field.need } : undefined;
  const character = illegalIn(value);
  if (character !== undefined) return { code: 'field-character', detail: character };
  // The circular counts characters of the Vietnamese text, so composed ones; composing makes a text at most three times as long (UAX #15).
  if (value.length * 3 > field.length && [...value.normalize('NFC')].length > field.length) return { code: 'field-long', detail: String(field.length) };
  if (field.type === 'number' && !/^\d+$/.test(value)) return { code: 'field-number', detail: value };
  if (field.type === 'date' && !isDay(value, profile.partialDates)) return { code: 'field-day', detail: value };
  if (field.codes === undefined) return undefined;
  const list: Readonly<Record<string, string>> = codeLists[field.codes];
  const wrong = (field.many === true ? value.split(shared.codesSeparator) : [value]).find((code) => !Object.hasOwn(list, code));
  return wrong === undefined ? undefined : { code: 'field-code', detail: wrong };
}

function isWanted({ need }: Field, values: Values): boolean {
  if (need === 'required') return true;
  if (need === 'digitised') return values['confidenceLevel'] === '02';
  return need === 'recovery' && values['riskRecovery'] === '1';
}

function isDay(value: string, isPartial: boolean): boolean {
  if (isPartial && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
