const zone = 'Asia/Ho_Chi_Minh';
const dayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** An instant's day in Vietnam, `dd/MM/yyyy`, whatever the machine's own zone. */
export function dayOf(instant: string | Date): string {
  return dayFormat.format(new Date(instant));
}

/** An instant's time of day in Vietnam, `HH:mm`. */
export function timeOf(instant: string | Date): string {
  return timeFormat.format(new Date(instant));
}

/** `dd/MM/yyyy HH:mm` in Vietnam. */
export function momentOf(instant: string | Date): string {
  return `${dayOf(instant)} ${timeOf(instant)}`;
}

/** The time alone when it is today in Vietnam, without the year when it is this year; for lists. */
export function shortMomentOf(instant: string, now: Date = new Date()): string {
  const day = dayOf(instant);
  const today = dayOf(now);
  if (day === today) return timeOf(instant);
  return day.slice(6) === today.slice(6) ? `${day.slice(0, 5)} ${timeOf(instant)}` : momentOf(instant);
}

/** A calendar day `yyyy-MM-dd` as `dd/MM/yyyy`. It has no zone, so no Date is made of it. */
export function calendarDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** `02/09/2027` as `2027-09-02`; anything else as it was typed, for the contract to refuse. */
export function dayFromTyped(text: string): string {
  const [, date = '', month = '', year = ''] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text) ?? [];
  return year === '' ? text.trim() : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

/** Whether what was typed is a day that there is. */
export function isDay(text: string): boolean {
  const day = dayFromTyped(text);
  const instant = new Date(`${day}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

/** Today in Vietnam, `yyyy-MM-dd`. */
export function today(now: Date = new Date()): string {
  return dayFromTyped(dayOf(now));
}

/** Day and month only, `dd/MM`, for lists. */
export function shortDayOf(instant: string): string {
  return dayOf(instant).slice(0, 5);
}

/** Whole days from today (in Vietnam) to a calendar day; negative when past. */
export function daysUntil(day: string, now: Date = new Date()): number {
  const [date, month, year] = dayOf(now).split('/');
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${year}-${month}-${date}T00:00:00Z`)) / 86_400_000);
}
