import { fail, numberText, ok, type CodeOf, type Contract, type NumberEntry, type Outcome, type ParsedInputOf, type SeriesKey, type SeriesRow } from '#contract';
import type { WriteDb } from '../../../store/index.ts';
import { appendAudit, type AuditFact } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { kindsOf, readAbbreviations } from './abbreviations.store.ts';
import { seriesRow } from './book.store.ts';
import { rulesOn, scopesOf, type Scope } from './rules.store.ts';
import {
  changeEntry,
  datedAfter,
  datedBefore,
  entriesAbove,
  entryOf,
  findEntry,
  findSeries,
  lastSuffix,
  onDocument,
  openSeries,
  plainEntry,
  putEntry,
  putGap,
  raiseTo,
  reservedIn,
  setSeriesBack,
  type Entry,
  type Series,
} from './series.store.ts';
import { closeSeriesRow, noteLate, reopenSeriesRow } from './year.store.ts';
import { betweenWords, openFor } from './take.ts';
import { dayInDigits } from './symbol.ts';

type Methods = Contract['numbers'];
type Input<M extends keyof Methods> = ParsedInputOf<Methods[M]>;
type Code<M extends keyof Methods> = CodeOf<Methods[M]>;

/** When an act is done; `today` is its day in Vietnam. */
export type Moment = { readonly at: string; readonly today: string };

/** Writes the entry of an act in its transaction. Answers who did it. */
export function noteAct(db: WriteDb, at: string, action: string, subject: { readonly kind: string; readonly id: string }, detail: AuditFact['detail']): string {
  const operator = actorOf(db).name;
  appendAudit(db, { at, actor: operator, action, subjectKind: subject.kind, subjectId: subject.id, detail });
  return operator;
}

/** Goes on after a number that was given outside the program. */
export function startAfter(db: WriteDb, { last, reason, ...key }: Input<'startAfter'>, { at, today }: Moment): Outcome<SeriesRow, Code<'startAfter'>> {
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const series = found.value;
  if (last <= series.last) return fail('below-last', { field: 'last', last: series.last });
  const by = noteAct(db, at, 'numbers.started-after', subject(series), { ...key, from: series.last, last, reason });
  putGap(db, { series: series.id, first: series.last + 1, last, reason, at, by });
  raiseTo(db, series.id, last);
  return ok(seriesRow(db, series.id, currentOffice(db)));
}

/** So many numbers that stand in the way of a lower last number are named. */
const namedInTheWay = 12;

/** Puts a last number right that was told too high, as long as no number above the right one has a row in the book. */
export function setBack(db: WriteDb, { last, reason, ...key }: Input<'setBack'>, { at, today }: Moment): Outcome<SeriesRow, Code<'setBack'>> {
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const series = found.value;
  if (last >= series.last) return fail('not-below-last', { field: 'last', last: series.last });
  const { first, count } = entriesAbove(db, series.id, last, namedInTheWay);
  if (count > 0) {
    const numbers = first.map(({ number, suffix }) => numberText(number, suffix)).join(', ');
    return fail('numbers-in-the-way', { field: 'last', last, count, numbers: count > first.length ? `${numbers}…` : numbers });
  }
  const gaps = setSeriesBack(db, series.id, last);
  noteAct(db, at, 'numbers.set-back', subject(series), { ...key, from: series.last, last, gaps, reason });
  return ok(seriesRow(db, series.id, currentOffice(db)));
}

/** Keeps the next number, or one that was given back. */
export function reserve(db: WriteDb, input: Input<'reserve'>, { at, today }: Moment): Outcome<NumberEntry, Code<'reserve'>> {
  const { number: asked, suffix, forWhom, until, reason, ...key } = input;
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const series = found.value;
  const former = asked === null ? undefined : findEntry(db, series.id, asked, suffix);
  if (asked !== null && former?.state !== 'released') return fail('number-not-released', { field: 'number', number: numberText(asked, suffix) });
  const number = asked ?? series.last + 1;
  const by = noteAct(db, at, 'numbers.reserved', subject(series), { ...key, number: numberText(number, former?.suffix), forWhom, until, reason });
  const entry: Entry = {
    ...(former ?? plainEntry(series.id, number, null)),
    state: 'reserved', held: 1, for_whom: forWhom, until, reason, at, by,
  };
  putNew(db, series, entry, former);
  return ok(entryOf(entry));
}

/** Gives a kept number back; somebody else may keep it again. */
export function release(db: WriteDb, input: Input<'release'>, { at, today }: Moment): Outcome<NumberEntry, Code<'release'>> {
  const { number, suffix, reason, ...key } = input;
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const entry = findEntry(db, found.value.id, number, suffix);
  if (entry?.state !== 'reserved') return fail('number-not-held', { number: numberText(number, suffix) });
  const by = noteAct(db, at, 'numbers.released', subject(found.value), { ...key, number: numberText(number, suffix), reason });
  const released: Entry = { ...entry, state: 'released', until: null, reason, at, by };
  changeEntry(db, released);
  return ok(entryOf(released));
}

/** Voids the next number, or one that no document of a register has; it is never given again. */
export function voidNumber(db: WriteDb, input: Input<'voidNumber'>, { at, today }: Moment): Outcome<NumberEntry, Code<'voidNumber'>> {
  const { number: asked, suffix, reason, ...key } = input;
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const series = found.value;
  const former = asked === null ? undefined : findEntry(db, series.id, asked, suffix);
  if (asked !== null && (former === undefined || former.state === 'void' || former.state === 'skipped')) {
    return fail('number-unknown', { field: 'number', number: numberText(asked, suffix) });
  }
  const number = asked ?? series.last + 1;
  if (former?.state === 'taken' && onDocument(db, series, number, suffix)) return fail('number-on-document', { number: numberText(number, suffix) });
  const by = noteAct(db, at, 'numbers.voided', subject(series), { ...key, number: numberText(number, former?.suffix), reason });
  const entry: Entry = { ...(former ?? plainEntry(series.id, number, null)), state: 'void', until: null, reason, at, by };
  putNew(db, series, entry, former);
  return ok(entryOf(entry));
}

/** Keeps the next letter after a number, for a document dated between the neighbours of the place. */
export function insertNumber(db: WriteDb, input: Input<'insert'>, { at, today }: Moment): Outcome<NumberEntry, Code<'insert'>> {
  const { after, day, forWhom, until, reason, ...key } = input;
  const found = seriesFor(db, key, today);
  if (!found.ok) return found;
  const series = found.value;
  if (after > series.last) return fail('number-unknown', { field: 'after', number: numberText(after) });
  if (day > today) return fail('date-in-future', { field: 'day', day: dayInDigits(day) });
  const former = lastSuffix(db, series.id, after);
  if (former === 'z') return fail('letters-used-up', { number: numberText(after) });
  const suffix = former === '' ? 'a' : String.fromCharCode(former.charCodeAt(0) + 1);
  const before = datedBefore(db, series.id, after, suffix)?.day;
  const next = datedAfter(db, series.id, after, suffix)?.day;
  if (Number(day.slice(0, 4)) !== series.year || day < (before ?? day) || day > (next ?? day)) {
    return fail('date-not-between', { field: 'day', ...betweenWords(before, next, series.year) });
  }
  const by = noteAct(db, at, 'numbers.inserted', subject(series), { ...key, number: numberText(after, suffix), day, forWhom, until, reason });
  const entry: Entry = {
    ...plainEntry(series.id, after, day),
    suffix, state: 'reserved', held: 1, for_whom: forWhom, until, reason, at, by,
  };
  putEntry(db, entry);
  return ok(entryOf(entry));
}

/** Lets numbers of a past year be given until a day: what was signed in it is registered in it. */
export function allowLate(db: WriteDb, input: Input<'allowLate'>, { at, today }: Moment): Outcome<SeriesRow, Code<'allowLate'>> {
  const { until, reason, ...key } = input;
  if (key.year >= Number(today.slice(0, 4))) return fail('year-not-over', { year: String(key.year) });
  if (until < today) return fail('until-past', { field: 'until' });
  // The only act for which a past year opens by itself: it is the one that opens it.
  const found = seriesFor(db, key, `${String(key.year)}-12-31`);
  if (!found.ok) return found;
  noteLate(db, found.value.id, until);
  noteAct(db, at, 'numbers.late-allowed', subject(found.value), { ...key, until, reason });
  return ok(seriesRow(db, found.value.id, currentOffice(db)));
}

/** Closes one series for good, or until it is opened again in the same year. */
export function closeSeries(db: WriteDb, { reason, ...key }: Input<'closeSeries'>, { at }: Moment): Outcome<SeriesRow, Code<'closeSeries'>> {
  const series = findSeries(db, currentOffice(db), key.register, key.scope, key.year);
  if (series === undefined) return fail('series-unknown', { name: key.scope });
  if (series.closed_at !== null) return fail('series-closed', { name: series.name, year: String(series.year) });
  const reserved = reservedIn(db, series.id);
  if (reserved > 0) return fail('reservations-open', { count: reserved });
  const by = noteAct(db, at, 'numbers.series-closed', subject(series), { ...key, last: series.last, reason });
  closeSeriesRow(db, series.id, { at, reason, by });
  return ok(seriesRow(db, series.id, currentOffice(db)));
}

/** Takes back the closing of a series of this year. */
export function reopenSeries(db: WriteDb, { reason, ...key }: Input<'reopenSeries'>, { at, today }: Moment): Outcome<SeriesRow, Code<'reopenSeries'>> {
  const series = findSeries(db, currentOffice(db), key.register, key.scope, key.year);
  if (series === undefined) return fail('series-unknown', { name: key.scope });
  if (series.closed_at === null) return fail('series-not-closed', { year: String(series.year) });
  if (series.year !== Number(today.slice(0, 4))) return fail('year-over', { year: String(series.year) });
  if (!reopenSeriesRow(db, series.id)) return fail('year-closed', { year: String(series.year) });
  noteAct(db, at, 'numbers.series-reopened', subject(series), { ...key, reason });
  return ok(seriesRow(db, series.id, currentOffice(db)));
}

/** The series that may give numbers today, opened if the rules know it. */
function seriesFor(db: WriteDb, key: SeriesKey, today: string): Outcome<Series, 'series-unknown' | 'series-closed' | 'year-over'> {
  const office = currentOffice(db);
  const scope = scopeFor(db, office, key, today);
  const open = scope === undefined || key.year > Number(today.slice(0, 4)) ? undefined : openFor(db, office, scope, key.year, today);
  if (open === undefined || scope === undefined) return fail('series-unknown', { name: key.scope });
  if (!open.ok) return open;
  return ok(open.value ?? openSeries(db, office, scope, key.year));
}

/** A series that exists, or one that the rules of the day lead to. */
function scopeFor(db: WriteDb, office: string, key: SeriesKey, today: string): Scope | undefined {
  const series = findSeries(db, office, key.register, key.scope, key.year);
  if (series !== undefined) return series;
  const bodies = readAbbreviations(db, office).own.filter(({ category }) => category === 'body');
  return scopesOf(rulesOn(db, office, today).rules, kindsOf(db, office), bodies).find(
    ({ register, scope }) => register === key.register && scope === key.scope,
  );
}

function putNew(db: WriteDb, series: Series, entry: Entry, former: Entry | undefined): void {
  if (former !== undefined) {
    changeEntry(db, entry);
    return;
  }
  putEntry(db, entry);
  raiseTo(db, series.id, entry.number);
}

function subject(series: Series): { kind: string; id: string } {
  return { kind: 'number-series', id: series.id };
}
