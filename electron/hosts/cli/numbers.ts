import { NumberRegister, numberText, type Contract, type NumberEntry, type OutputOf, type SeriesKey } from '#contract';
import { required, UsageError, type Command, type CommandContext } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { vietnamDay } from '../../foundation/clock.ts';

type Row = OutputOf<Contract['numbers']['year']>['series'][number];

const registerWords: Readonly<Record<NumberRegister, string>> = { incoming: 'đến', outgoing: 'đi', copy: 'bản sao' };
const stateWords: Readonly<Record<NumberEntry['state'], string>> = {
  taken: 'đã cấp',
  reserved: 'đang giữ',
  released: 'đã trả lại',
  void: 'đã bỏ',
  skipped: 'bỏ qua',
};
const onSeries = { register: true, scope: true, year: true };
const seriesUsage = '[--register incoming|outgoing|copy] [--scope SCOPE] [--year YEAR]';

/** The series that a call names; the office's outgoing documents of this year when it says nothing else. */
function seriesOf(context: CommandContext): SeriesKey {
  const { register = 'outgoing', scope = '' } = context.options;
  const known = NumberRegister.safeParse(register);
  if (!known.success || typeof scope !== 'string') throw new UsageError('--register');
  return { register: known.data, scope, year: yearOf(context) };
}

/** The year of a call; this one when it says nothing. */
export function yearOf(context: CommandContext): number {
  const year = context.options['year'] ?? vietnamDay(new Date()).slice(0, 4);
  if (typeof year !== 'string' || !/^\d{4}$/.test(year)) throw new UsageError('--year');
  return Number(year);
}

/** `12a` of an option as number and letter. */
export function numberOf(context: CommandContext, option: string): { number: number; suffix: string } {
  const [, number = '', suffix = ''] = /^0*([1-9]\d{0,7})([a-z]?)$/.exec(required(context, option)) ?? [];
  if (number === '') throw new UsageError(`--${option}`);
  return { number: Number(number), suffix };
}

function rowWords(row: Row): string {
  const counts = [
    [row.reserved, 'giữ'],
    [row.released, 'trả'],
    [row.void, 'bỏ'],
    [row.inserted, 'chèn'],
    [row.skipped, 'bỏ qua'],
    [row.outside, 'ngoài'],
  ] as const;
  const told = counts.filter(([n]) => n > 0).map(([n, word]) => `${word} ${String(n)}`);
  const closed = row.closedAt === null ? '' : '  (đã đóng)';
  const name = row.name === '' ? '' : `  ${row.name}`;
  return `${registerWords[row.register].padEnd(8)} ${row.scope.padEnd(16)}  số cuối ${String(row.last).padStart(5)}  ${told.join(', ')}${name}${closed}`;
}

function entryWords(entry: NumberEntry): string {
  const rest = [entry.code, entry.subject, entry.forWhom, entry.reason].filter((part) => part !== '').join(' · ');
  return `${numberText(entry.number, entry.suffix).padStart(6)}  ${stateWords[entry.state].padEnd(10)}  ${entry.day ?? '          '}  ${rest}`;
}

export const numbersList: Command = {
  about: 'Xem các sổ của năm; với --book là sổ số của một sổ. | List the series of a year, or the book of one.',
  usage: `numbers list --profile DIR ${seriesUsage} [--book] [--exceptions]`,
  options: { ...onSeries, book: false, exceptions: false },
  run: (context) =>
    withCore(context, async (core) => {
      const year = await ask(core, 'numbers', 'year', { year: yearOf(context) });
      if (!year.ok) return refused(year);
      if (context.options['book'] !== true) return { ok: true, value: year.value, text: year.value.series.map(rowWords).join('\n') };
      const key = seriesOf(context);
      const row = year.value.series.find((one) => one.register === key.register && one.scope === key.scope && one.formerOffice === '');
      if (row?.id == null) return { ok: false, code: 'series-unknown', params: { name: key.scope } };
      const exceptions = context.options['exceptions'] === true;
      const book = await ask(core, 'numbers', 'book', { series: row.id, exceptions, before: null, limit: 500 });
      if (!book.ok) return refused(book);
      const gaps = book.value.gaps.map(({ first, last, reason }) => `${numberText(first)}–${numberText(last)}  cấp ngoài chương trình  ${reason}`);
      return { ok: true, value: book.value, text: [rowWords(row), ...book.value.entries.map(entryWords), ...gaps].join('\n') };
    }),
};

export const numbersReserve: Command = {
  about: 'Giữ số kế tiếp. | Keep the next number.',
  usage: `numbers reserve --profile DIR --for WHOM --reason WHY [--until yyyy-MM-dd] ${seriesUsage}`,
  options: { ...onSeries, for: true, reason: true, until: true },
  run: (context) =>
    withCore(context, async (core) => {
      const { until } = context.options;
      const outcome = await ask(core, 'numbers', 'reserve', {
        ...seriesOf(context),
        number: null,
        forWhom: required(context, 'for'),
        until: typeof until === 'string' ? until : null,
        reason: required(context, 'reason'),
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: entryWords(outcome.value) } : refused(outcome);
    }),
};

export const numbersVoid: Command = {
  about: 'Bỏ số kế tiếp, hoặc một số chưa có trên văn bản. | Void the next number, or one that is on no document.',
  usage: `numbers void --profile DIR --reason WHY [--number 12a] ${seriesUsage}`,
  options: { ...onSeries, number: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const which = context.options['number'] === undefined ? { number: null, suffix: '' } : numberOf(context, 'number');
      const outcome = await ask(core, 'numbers', 'voidNumber', { ...seriesOf(context), ...which, reason: required(context, 'reason') });
      return outcome.ok ? { ok: true, value: outcome.value, text: entryWords(outcome.value) } : refused(outcome);
    }),
};

export const numbersInsert: Command = {
  about: 'Chèn số (12a) sau một số đã cấp. | Insert a number after one that was given.',
  usage: `numbers insert --profile DIR --after NUMBER --day yyyy-MM-dd --for WHOM --reason WHY ${seriesUsage}`,
  options: { ...onSeries, after: true, day: true, for: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'numbers', 'insert', {
        ...seriesOf(context),
        after: numberOf(context, 'after').number,
        day: required(context, 'day'),
        forWhom: required(context, 'for'),
        until: null,
        reason: required(context, 'reason'),
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: entryWords(outcome.value) } : refused(outcome);
    }),
};

export const numbersClose: Command = {
  about: 'Đóng các sổ của năm; với --scope hoặc --register là một sổ. | Close the registers of a year, or one series.',
  usage: `numbers close --profile DIR --reason WHY [--office-ends] ${seriesUsage}`,
  options: { ...onSeries, reason: true, 'office-ends': false },
  run: (context) =>
    withCore(context, async (core) => {
      const reason = required(context, 'reason');
      if (context.options['register'] !== undefined || context.options['scope'] !== undefined) {
        const outcome = await ask(core, 'numbers', 'closeSeries', { ...seriesOf(context), reason });
        return outcome.ok ? { ok: true, value: outcome.value, text: rowWords(outcome.value) } : refused(outcome);
      }
      const officeEnds = context.options['office-ends'] === true;
      const outcome = await ask(core, 'numbers', 'closeYear', { year: yearOf(context), officeEnds, reason });
      if (!outcome.ok) return refused(outcome);
      const { year, closed } = outcome.value;
      return { ok: true, value: outcome.value, text: `Đã đóng ${String(closed)} sổ của năm ${String(year)}.` };
    }),
};

export const numbersCheck: Command = {
  about: 'Chứng minh các sổ: không số nào trùng, mọi khoảng trống có lý do. | Prove all series.',
  usage: 'numbers check --profile DIR [--year YEAR]',
  options: { year: true },
  run: (context) =>
    withCore(context, async (core) => {
      const year = context.options['year'] === undefined ? null : yearOf(context);
      const outcome = await ask(core, 'numbers', 'check', { year });
      if (!outcome.ok) return refused(outcome);
      const { series } = outcome.value;
      const problems = series.flatMap((one) =>
        one.problems.map(({ kind, number }) => `${String(one.year)} ${registerWords[one.register]} ${one.scope}: ${number} ${kind}`),
      );
      const wrong = series.some((one) => one.problems.some(({ kind }) => kind !== 'out-of-order'));
      const taken = series.reduce((sum, one) => sum + one.taken, 0);
      const foot = `${String(series.length)} sổ, ${String(taken)} số đã cấp: ${wrong ? 'có điều chưa đúng' : 'không trùng, mọi khoảng trống có lý do'}.`;
      return { ok: true, value: outcome.value, text: [...problems, foot].join('\n'), ...(wrong ? { exit: 1 as const } : {}) };
    }),
};
