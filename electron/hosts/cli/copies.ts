import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PurposeCode, type DocumentCopy } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import { systemClock, vietnamDay } from '../../foundation/clock.ts';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, wholeFile, withCore } from './profile.ts';
import { done, sentenceFor } from './sentences.ts';
import { languageOf } from './token.ts';

const text = (context: CommandContext, name: string): string => (typeof context.options[name] === 'string' ? context.options[name] : '');

function dayOf(context: CommandContext, name: string): string | null {
  const day = text(context, name);
  if (day !== '' && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))) throw new UsageError(`--${name} YYYY-MM-DD`);
  return day === '' ? null : day;
}

function dossierOf(context: CommandContext): string {
  const [id, ...others] = context.positionals;
  if (id === undefined || others.length > 0 || !/^[0-9a-f-]{36}$/.test(id)) throw new UsageError('DOSSIER');
  return id;
}

function linesOf(context: CommandContext, { kind, recipient, madeAt, downloadUntil, removeOn, files }: DocumentCopy): string[] {
  const head = done(context, 'documentCopy', { kind, recipient: recipient.name, at: madeAt, files: files.length, until: downloadUntil, remove: removeOn });
  return [head, ...files.map(({ id, state, codeNumber, codeNotation, source, pages }) => `  ${state}  ${[codeNumber, codeNotation].filter((part) => part !== '').join('/')}  ${source.name}  ${String(pages)}  [${id}]`)];
}

/** Puts the files of a copy that may be given out into a folder; answers their paths. */
async function saved(core: Core, copy: DocumentCopy, into: string): Promise<string[]> {
  mkdirSync(into, { recursive: true });
  const paths: string[] = [];
  for (const [index, { state, file }] of copy.files.entries()) {
    if (state !== 'ready' || file === null) continue;
    const path = freePath(into, `${String(index + 1).padStart(2, '0')} ${file.name.replace(/\.pdf$/, '')}`);
    writeFileSync(path, await wholeFile(core, file.id), { flag: 'wx' });
    paths.push(path);
  }
  return paths;
}

/** A name that nothing has there: two copies may be called alike, and none takes the place of another. */
function freePath(into: string, stem: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(into, `${stem}${n === 1 ? '' : ` (${String(n)})`}.pdf`);
    if (!existsSync(path)) return path;
  }
}

export const copyGive: Command = {
  about: 'Cấp bản sao văn bản của một hồ sơ đã kết thúc (TT 05/2025 Điều 40); --certified: lập bản chờ cơ quan ký số (Điều 41). Mã thoát 1 khi có tệp không sao được. | Give out copies of documents of a closed dossier; with --certified they wait for the agency; exit 1 when a file could not be copied.',
  usage: 'copy give DOSSIER --profile DIR --recipient NAME --content TEXT [--document ORDINAL]… [--certified] [--recipient-id ID] [--purpose 01|02|03] [--request ID] [--day YYYY-MM-DD] [--approved YYYY-MM-DD] [--approver NAME] [--to DIR]',
  options: { recipient: true, 'recipient-id': true, content: true, purpose: true, request: true, day: true, approved: true, approver: true, certified: false, to: true },
  many: ['document'],
  run: (context) =>
    withCore(context, async (core): Promise<CommandResult> => {
      const dossier = dossierOf(context);
      const purpose = PurposeCode.options.find((code) => code === (text(context, 'purpose') === '' ? '02' : text(context, 'purpose')));
      if (purpose === undefined) throw new UsageError(`--purpose ${PurposeCode.options.join('|')}`);
      const listed = await ask(core, 'dossiers', 'members', { dossier, after: 0, limit: 1000 });
      if (!listed.ok) return refused(listed);
      const wanted = context.lists['document']?.map(Number);
      const members = listed.value.items.filter(({ ordinal }) => wanted?.includes(ordinal) !== false).map(({ id }) => id);
      if (wanted !== undefined && members.length < new Set(wanted).size) throw new UsageError('--document 1, 2, …');
      const outcome = await ask(core, 'copies', 'make', {
        dossier,
        members,
        kind: context.options['certified'] === true ? 'certified' : 'plain',
        recipient: { name: required(context, 'recipient'), id: text(context, 'recipient-id') },
        request: { id: text(context, 'request'), day: dayOf(context, 'day'), purpose, content: required(context, 'content') },
        approvedOn: dayOf(context, 'approved') ?? vietnamDay(systemClock.now()),
        approver: text(context, 'approver'),
      });
      if (!outcome.ok) return refused(outcome);
      const { copy, refused: left } = outcome.value;
      const paths = copy === null || text(context, 'to') === '' ? [] : await saved(core, copy, resolve(text(context, 'to')));
      const reasons = left.map(({ subject, name, code, params }) => `! ${name === '' ? subject : name}: ${sentenceFor(code, { ...params, name }, languageOf(context))}`);
      const lines = [...(copy === null ? [] : linesOf(context, copy)), ...paths, ...reasons];
      return { ok: true, value: { copy, refused: left, paths } as unknown as Json, text: lines.join('\n'), ...(left.length > 0 ? { exit: 1 as const } : {}) };
    }),
};

export const copyList: Command = {
  about: 'Bản sao đã cấp từ một hồ sơ: cho ai, khi nào, đến bao giờ; --to DIR lưu các bản đã sẵn sàng. | Copies given out of a dossier: to whom, when, until when; --to DIR saves those that are ready.',
  usage: 'copy list DOSSIER --profile DIR [--to DIR]',
  options: { to: true },
  run: (context) =>
    withCore(context, async (core): Promise<CommandResult> => {
      const outcome = await ask(core, 'copies', 'list', { dossier: dossierOf(context), before: null, limit: 200 });
      if (!outcome.ok) return refused(outcome);
      const paths: string[] = [];
      if (text(context, 'to') !== '') for (const copy of outcome.value) paths.push(...(await saved(core, copy, join(resolve(text(context, 'to')), copy.id))));
      return { ok: true, value: { copies: outcome.value, paths } as unknown as Json, text: [...outcome.value.flatMap((copy) => linesOf(context, copy)), ...paths].join('\n') };
    }),
};
