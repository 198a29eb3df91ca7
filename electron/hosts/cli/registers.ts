import { createReadStream, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LegacyField, LegacyRegister, type LegacyFile, type LegacyPreview, type LegacyProblem, type LegacyQuestion, type LegacySheet, type StoredFile } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import type { Core } from '../core.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, wholeFile, withCore } from './profile.ts';
import { wordsFor } from './sentences.ts';

export const registersImport: Command = {
  about: 'Xem trước một sổ cũ (.xlsx, .csv, .tsv); với --write thì nhập. | Preview an old register; with --write take it over.',
  usage:
    'registers import FILE --profile DIR [--write] [--bad FILE.xlsx|FILE.csv] [--sheet NAME] [--register incoming|outgoing] [--year YEAR] [--header ROW|ROW-ROW] [--column LETTER=FIELD …] [--book NAME] [--per-kind]',
  options: { write: false, bad: true, sheet: true, register: true, year: true, header: true, book: true, 'per-kind': false },
  many: ['column'],
  run: (context) => {
    const [path] = context.positionals;
    if (path === undefined) throw new UsageError('FILE');
    return withCore(context, (core) => run(core, context, path));
  },
};

export const registersList: Command = {
  about: 'Xem các lần nhập sổ cũ. | List imports of old registers.',
  usage: 'registers list --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const imports = await ask(core, 'legacy', 'imports', {});
      if (!imports.ok) return refused(imports);
      const lines = imports.value.map(
        ({ id, file, register, year, added, startedAt, finishedAt, undoneAt, by }) =>
          `${startedAt}  ${register} ${String(year)}  ${String(added)} văn bản  ${file.name}  ${by}${undoneAt !== null ? '  (đã hoàn tác)' : finishedAt === null ? '  (dở dang)' : ''}  [${id}]`,
      );
      return { ok: true, value: imports.value, text: lines.join('\n') };
    }),
};

export const registersUndo: Command = {
  about: 'Hoàn tác cả một lần nhập sổ cũ. | Take a whole import out again.',
  usage: 'registers undo --profile DIR ID',
  options: {},
  run: (context) => {
    const [id] = context.positionals;
    if (id === undefined) throw new UsageError('ID');
    return withCore(context, async (core) => {
      const undone = await ask(core, 'legacy', 'undo', { id });
      return undone.ok ? { ok: true, value: undone.value, text: `Đã hoàn tác ${String(undone.value.added)} văn bản của ${undone.value.file.name}.` } : refused(undone);
    });
  },
};

async function run(core: Core, context: CommandContext, path: string): Promise<CommandResult> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(path);
  const file: StoredFile = { name: basename(path), mediaType: 'application/octet-stream', ...(await core.storeFile(createReadStream(path))) };
  const look = await ask(core, 'legacy', 'look', { file });
  if (!look.ok) return refused(look);
  const question = questionFrom(context, file, look.value);
  const preview = await ask(core, 'legacy', 'preview', question);
  if (!preview.ok) return refused(preview);
  const bad = context.options['bad'];
  if (typeof bad === 'string' && preview.value.counts.bad > 0) {
    const saved = await ask(core, 'legacy', 'saveBad', { question, format: bad.endsWith('.csv') ? 'csv' : 'xlsx' });
    if (!saved.ok) return refused(saved);
    writeFileSync(bad, await wholeFile(core, saved.value.id));
  }
  const asked = { sheet: question.sheet, register: question.register, year: question.year, header: question.header, columns: question.columns };
  if (context.options['write'] !== true) return { ok: true, value: { written: false, asked, ...preview.value }, text: previewText(question, preview.value) };
  const done = await ask(core, 'legacy', 'run', question);
  if (!done.ok) return refused(done);
  const { added, known } = done.value;
  return {
    ok: true,
    value: { written: true, asked, ...done.value },
    text: [...previewText(question, preview.value).split('\n').slice(0, -1), `Đã nhập ${String(added)} văn bản, đã có ${String(known)}, cần sửa ${String(done.value.bad)}.`].join('\n'),
  };
}

function questionFrom(context: CommandContext, file: StoredFile, look: LegacyFile): LegacyQuestion {
  const option = (name: string): string => {
    const value = context.options[name];
    return typeof value === 'string' ? value : '';
  };
  const named = option('sheet');
  const sheet: LegacySheet | undefined = named === '' ? (look.sheets.find(({ header }) => header !== null) ?? look.sheets[0]) : look.sheets.find(({ name }) => name === named);
  if (sheet === undefined) throw new UsageError('--sheet');
  const register = LegacyRegister.safeParse(option('register') === '' ? (sheet.register ?? '') : option('register'));
  if (!register.success) throw new UsageError('--register');
  const [, first, second] = /^(\d+)(?:-(\d+))?$/.exec(option('header')) ?? [];
  const header = first === undefined ? sheet.header : { row: Number(first), rows: second === undefined ? 1 : 2 };
  if (header === null) throw new UsageError('--header');
  const year = option('year') === '' ? (sheet.year ?? Number(vietnamDay(new Date()).slice(0, 4))) : Number(option('year'));
  if (!Number.isInteger(year)) throw new UsageError('--year');
  const columns = sheet.columns.map(({ index, letter, ...guess }) => ({ index, letter, field: guess[register.data] }));
  for (const words of context.lists['column'] ?? []) {
    const [letter = '', field = ''] = words.split('=', 2);
    const column = columns.find((one) => one.letter === letter.toUpperCase());
    const known = LegacyField.safeParse(field);
    if (column === undefined || !known.success) throw new UsageError(`--column ${words}`);
    column.field = known.data;
  }
  return {
    file,
    sheet: sheet.name,
    header,
    columns: columns.map(({ index, field }) => ({ index, field })),
    register: register.data,
    year,
    book: option('book'),
    perKind: context.options['per-kind'] === true,
  };
}

function previewText(question: LegacyQuestion, { counts, bad, series, otherYears }: LegacyPreview): string {
  const years = otherYears.map(({ year, rows }) => `${String(year)} (${String(rows)})`).join(', ');
  return [
    ...bad.map(({ row, problems }) => `Dòng ${String(row)}: ${problems.map(problemText).join(' ')}`),
    ...series.map(({ name, old, rows, first, last, next }) => `${old ? 'Sổ cũ' : 'Sổ đang dùng'} ${String(question.year)}${name === '' ? '' : ` · ${name}`}: ${String(rows)} văn bản, số ${String(first)}–${String(last)}${next === null ? '' : `; số kế tiếp ${String(next)}`}`),
    `${String(counts.rows)} dòng: nhập được ${String(counts.good)}, cần sửa ${String(counts.bad)}, đã có ${String(counts.known)}, năm khác ${String(counts.otherYear)}${years === '' ? '' : ` [${years}]`}, bỏ qua ${String(counts.skipped)}.`,
    'Chưa ghi gì. Thêm --write để nhập.',
  ].join('\n');
}

function problemText({ code, column, params }: LegacyProblem): string {
  const words = wordsFor(`legacy.problem.${code}`, params, 'vi');
  return column === '' ? words : `Cột ${column}: ${words}`;
}
