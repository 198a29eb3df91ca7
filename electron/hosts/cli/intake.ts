import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileSuggestions, IncomingFields, SuggestedField, Suggestion } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import { pdfTextReader } from '../processes/pdf-text-process.ts';
import type { Core } from '../core.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

export const incomingSuggest: Command = {
  about: 'Đọc các trường dữ liệu từ tệp PDF, không lưu gì. | Read fields off a PDF; nothing is stored.',
  usage: 'incoming suggest --file FILE.pdf',
  options: { file: true },
  run: async (context) => {
    const path = required(context, 'file');
    if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(`--file ${path}`);
    const reader = pdfTextReader(context.log);
    try {
      const { fields, secret, ...read } = await reader.suggestions(await readFile(path));
      const told = { ...read, fields: [...fields], secret };
      const warning = secret === null ? [] : [`CẢNH BÁO: trên trang 1 có dấu "${secret.words}".`];
      return { ok: true, value: told, text: [`Lớp văn bản: ${read.state}, ${String(read.pages)} trang`, ...warning, ...fields.map(lineOf)].join('\n') };
    } finally {
      reader.stop();
    }
  },
};

function lineOf({ field, best, others }: Suggestion): string {
  const more = others.length === 0 ? '' : `   (khác: ${others.map((one) => one.value).join('; ')})`;
  return `${field.padEnd(17)} ${best === null ? '—' : `${best.value}   [${best.confidence}]`}${more}`;
}

const given: Readonly<Record<string, keyof IncomingFields>> = {
  number: 'codeNumber',
  notation: 'codeNotation',
  date: 'issuedDate',
  place: 'place',
  type: 'typeName',
  subject: 'subject',
  issuer: 'issuerName',
  'issuer-code': 'issuerOrganId',
  arrived: 'arrivedOn',
  signer: 'signerName',
  position: 'signerPosition',
  competence: 'signerCompetence',
  urgency: 'urgency',
  due: 'dueDate',
  to: 'holders',
  language: 'language',
  pages: 'pageAmount',
  note: 'description',
};

export const incomingAdd: Command = {
  about: 'Nhập một văn bản đến từ tệp hoặc bản giấy. | Enter an incoming document from files or paper.',
  usage:
    'incoming add --profile DIR [--file FILE.pdf …] [--paper] [--suggested] [--register] [--number N] [--notation S] [--date yyyy-MM-dd] [--type T] [--subject S] [--issuer NAME] [--arrived yyyy-MM-dd] [--signer NAME] [--position P] [--competence C] [--place P] [--urgency 0-4] [--due yyyy-MM-dd] [--to WHO] [--language L] [--pages N] [--note TEXT] [--issuer-code CODE]',
  options: { paper: false, suggested: false, register: false, ...Object.fromEntries(Object.keys(given).map((name) => [name, true])) },
  many: ['file'],
  run: (context) => withCore(context, (core) => add(core, context)),
};

async function add(core: Core, context: CommandContext): Promise<CommandResult> {
  const files: string[] = [];
  for (const path of context.lists['file'] ?? []) {
    const handed = await handIn(core, path);
    if (typeof handed !== 'string') return handed;
    files.push(handed);
  }
  const [first] = files;
  let suggestions: FileSuggestions['fields'] = [];
  if (context.options['suggested'] === true && first !== undefined) {
    const told = await ask(core, 'intake', 'suggest', { file: first });
    if (!told.ok) return refused(told);
    suggestions = told.value.fields;
  }
  const outcome = await ask(core, 'intake', 'addIncoming', {
    fields: fieldsOf(context, suggestions),
    source: context.options['paper'] === true ? 'paper' : 'file',
    files,
    register: context.options['register'] === true,
  });
  if (!outcome.ok) {
    // What was handed in for this document only is of no use without it.
    for (const id of files) await ask(core, 'intake', 'discardFile', { id });
    return refused(outcome);
  }
  const { id, arrivalNumber, arrivalYear } = outcome.value;
  const done = arrivalNumber === null ? 'Đã lưu, chờ vào sổ' : `Đã vào sổ: số đến ${String(arrivalNumber)} năm ${String(arrivalYear)}`;
  return { ok: true, value: outcome.value, text: `${done} [${id}]` };
}

/** Hands a file over as the window does; answers its id, or why not. */
async function handIn(core: Core, path: string): Promise<string | CommandResult> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new UsageError(`--file ${path}`);
  const mediaType = path.toLowerCase().endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream';
  const stored = await core.storeFile(createReadStream(path));
  const finished = await ask(core, 'intake', 'takeFile', { file: { name: basename(path), mediaType, ...stored } });
  return finished.ok ? finished.value.id : refused(finished);
}

function fieldsOf(context: CommandContext, suggestions: readonly Suggestion[]): IncomingFields {
  const suggested = (field: SuggestedField): string => suggestions.find((one) => one.field === field)?.best?.value ?? '';
  const option = (name: string): string => {
    const value = context.options[name];
    return typeof value === 'string' ? value : '';
  };
  const known = new Map(Object.entries(given).map(([name, field]) => [field, option(name)]));
  const text = (field: keyof IncomingFields): string => {
    const typed = known.get(field) ?? '';
    return typed === '' ? suggested(field as SuggestedField) : typed;
  };
  const orNull = (value: string): string | null => (value === '' ? null : value);
  return {
    codeNumber: text('codeNumber'),
    codeNotation: text('codeNotation'),
    issuedDate: orNull(text('issuedDate')),
    place: text('place'),
    typeName: text('typeName'),
    subject: text('subject'),
    issuerName: text('issuerName'),
    issuerOrganId: text('issuerOrganId'),
    arrivedOn: text('arrivedOn') || vietnamDay(new Date()),
    signerName: text('signerName'),
    signerPosition: text('signerPosition'),
    signerCompetence: text('signerCompetence'),
    urgency: Number(text('urgency') || '0'),
    dueDate: orNull(text('dueDate')),
    holders: text('holders'),
    language: text('language'),
    pageAmount: text('pageAmount') === '' ? null : Number(text('pageAmount')),
    description: text('description'),
  };
}
