import { readFileSync } from 'node:fs';
import { CalendarDayKind, type CalendarDay } from '#contract';
import { required, UsageError, type Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

const kindWords: Readonly<Record<CalendarDayKind, string>> = {
  statutory: 'nghỉ lễ',
  'in-lieu': 'nghỉ bù',
  'swapped-rest': 'nghỉ hoán đổi',
  'makeup-workday': 'làm bù',
  'office-rest': 'cơ quan nghỉ',
  ordinary: 'ngày thường',
};

function lineOf(day: CalendarDay): string {
  const own = day.origin === 'office' ? `  [cơ quan ghi: ${day.reason}]` : '';
  const open = day.confidence === 'unannounced' ? '  (chưa công bố, chưa tính)' : '';
  return `${day.date}  ${kindWords[day.kind].padEnd(13)}  ${day.name}  ${day.basis}${open}${own}`;
}

export const calendarShow: Command = {
  about: 'Xem ngày nghỉ, ngày làm bù của một năm. | Show the working calendar of a year.',
  usage: 'calendar show YEAR --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'calendar', 'year', { year: yearOf(context.positionals[0]) });
      if (!outcome.ok) return refused(outcome);
      const { year, known, workingDays, days } = outcome.value;
      const foot = known
        ? `Năm ${String(year)}: ${String(workingDays)} ngày làm việc.`
        : `Năm ${String(year)} chưa có đủ bảng ngày nghỉ: chỉ biết thứ Bảy, Chủ nhật.`;
      return { ok: true, value: outcome.value, text: [...days.map(lineOf), foot].join('\n') };
    }),
};

function yearOf(word: string | undefined): number {
  if (word === undefined || !/^\d{4}$/.test(word)) throw new UsageError('YEAR');
  return Number(word);
}

export const calendarAdd: Command = {
  about: 'Ghi một ngày nghỉ hoặc làm bù của cơ quan. | Write a day of this office.',
  usage: `calendar add --profile DIR --date yyyy-MM-dd --kind ${CalendarDayKind.options.join('|')} --name NAME --reason WHY [--basis ACT] [--linked yyyy-MM-dd]`,
  options: { date: true, kind: true, name: true, reason: true, basis: true, linked: true },
  run: (context) =>
    withCore(context, async (core) => {
      const kind = CalendarDayKind.safeParse(required(context, 'kind'));
      if (!kind.success) throw new UsageError(`--kind ${CalendarDayKind.options.join('|')}`);
      const { basis, linked } = context.options;
      const outcome = await ask(core, 'calendar', 'saveDay', {
        date: required(context, 'date'),
        kind: kind.data,
        name: required(context, 'name'),
        linkedDate: typeof linked === 'string' ? linked : null,
        basis: typeof basis === 'string' ? basis : '',
        reason: required(context, 'reason'),
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: lineOf(outcome.value) } : refused(outcome);
    }),
};

export const calendarRemove: Command = {
  about: 'Bỏ một ngày do cơ quan ghi. | Remove a day that this office wrote.',
  usage: 'calendar remove --profile DIR --date yyyy-MM-dd --reason WHY',
  options: { date: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'calendar', 'removeDay', {
        date: required(context, 'date'),
        reason: required(context, 'reason'),
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: `Đã bỏ dòng của cơ quan cho ngày ${outcome.value.date}.` } : refused(outcome);
    }),
};

export const calendarImport: Command = {
  about: 'Nhập bảng ngày nghỉ (TSV, CSV). | Take over a table of days.',
  usage: 'calendar import --profile DIR --file FILE --reason WHY',
  options: { file: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const text = textOf(required(context, 'file'));
      const outcome = await ask(core, 'calendar', 'importDays', { text, reason: required(context, 'reason') });
      if (!outcome.ok) return refused(outcome);
      const { written, unchanged } = outcome.value;
      return { ok: true, value: outcome.value, text: `Đã ghi ${String(written)} ngày, ${String(unchanged)} ngày không đổi.` };
    }),
};

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--file ${file}`);
  }
}
