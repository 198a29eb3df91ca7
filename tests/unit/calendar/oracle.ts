/**
 * A slow second opinion on working days, written from the rules and not from the code: it walks a list of all days,
 * made once by adding 24 hours, and looks each one up.
 */
export type OracleDay = { readonly day: string; readonly worked: boolean; readonly certain: boolean };

export type OracleMark = { readonly date: string; readonly off: boolean; readonly announced: boolean };

const weekdays = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'];

export function oracleDays(from: string, to: string, marks: readonly OracleMark[], knownYears: readonly number[]): OracleDay[] {
  const list: OracleDay[] = [];
  for (let ms = Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1, Number(from.slice(8))); ; ms += 86_400_000) {
    const date = new Date(ms);
    const day = [
      String(date.getUTCFullYear()),
      String(date.getUTCMonth() + 1).padStart(2, '0'),
      String(date.getUTCDate()).padStart(2, '0'),
    ].join('-');
    if (day > to) return list;
    const weekend = ['T7', 'CN'].includes(weekdays[date.getUTCDay()] ?? '');
    const mark = marks.findLast((one) => one.date === day);
    const announced = mark?.announced === true;
    const worked = announced ? !(mark?.off ?? false) : !weekend;
    const open = mark !== undefined && !announced && mark.off !== weekend;
    const certain = knownYears.includes(date.getUTCFullYear()) ? !open : announced;
    list.push({ day, worked, certain });
  }
}

/** The nth worked day after (before, when negative) a day, by counting along the list. */
export function oracleAdd(days: readonly OracleDay[], day: string, n: number): { day: string; certain: boolean } {
  const start = days.findIndex((one) => one.day === day);
  const line = n >= 0 ? days.slice(start + 1) : days.slice(0, start).reverse();
  let left = Math.abs(n);
  if (left === 0) return { day, certain: true };
  const passed: OracleDay[] = [];
  for (const one of line) {
    passed.push(one);
    if (one.worked) left -= 1;
    if (left === 0) return { day: one.day, certain: passed.every((step) => step.certain) };
  }
  throw new Error('the list is too short');
}
