import { fail, numberText, ok, type CodeOf, type Contract, type heldNumberCodes, type NumberKey, type Outcome, type takeNumberCodes } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { kindNamed, namesUnit, ownNamed, partNamed, readAbbreviations } from './abbreviations.store.ts';
import { bookOf, rulesOn, scopeOf, type Scope } from './rules.store.ts';
import {
  changeEntry,
  codeTaken,
  datedAfter,
  datedBefore,
  findEntry,
  findSeries,
  openSeries,
  plainEntry,
  putCode,
  putEntry,
  raiseOrOpen,
  raiseTo,
  yearClosed,
  type Entry,
  type Series,
} from './series.store.ts';
import { dayInDigits, longestNotation, notationOf } from './symbol.ts';

/** A document that is to be numbered. Days are `yyyy-MM-dd` in Vietnam. */
export type NumberRequest = {
  /** issue date */
  readonly day: string;
  /** instant at which the number is taken */
  readonly at: string;
  readonly typeName: string;
  /** id, name or abbreviation of the unit that drafted it, or of a field; only a công văn's symbol says it */
  readonly unit: string | null;
  /** id, name or abbreviation of the council, board or team that issues under the seal */
  readonly body: string | null;
  /** a State post that issues in its own name (TTg), when the office's table has it; else nothing follows from it */
  readonly signerAuthority: string;
};

export type OutgoingNumber = {
  /** id of the series, for the register row */
  readonly series: string;
  readonly number: number;
  readonly suffix: string;
  /** `05`, `12a` */
  readonly codeNumber: string;
  /** `QĐ-UBND`, `2026/QĐ-UBND` */
  readonly codeNotation: string;
  /** dated before the number before it, which the office's rules let pass with a warning */
  readonly outOfOrder: boolean;
};

type TakeCode = (typeof takeNumberCodes)[number];
type HeldCode = (typeof heldNumberCodes)[number];

/** Symbol and series of a document, before any number. */
export type Place = { readonly office: string; readonly scope: Scope; readonly year: number; readonly codeNotation: string; readonly warnOnly: boolean };

/** Where a document falls by the rules of its day, and what its symbol is (NĐ 30/2020 annex I II.3). Reads only. */
export function placeOf(db: ReadDb, request: NumberRequest): Outcome<Place, TakeCode> {
  const office = currentOffice(db);
  const kind = kindNamed(db, office, request.typeName);
  if (kind === undefined) return fail('kind-unknown', { field: 'typeName', kind: request.typeName });
  if (!kind.numbered) return fail('kind-not-numbered', { field: 'typeName', kind: kind.name });
  if (request.day > todayOf(request.at)) return fail('date-in-future', { field: 'day', day: dayInDigits(request.day) });
  const body = request.body === null ? undefined : ownNamed(db, office, 'body', request.body);
  if (request.body !== null && body === undefined) return fail('issuer-part-unknown', { field: 'body', name: request.body });
  const title = request.signerAuthority === '' ? undefined : ownNamed(db, office, 'title', request.signerAuthority);
  const own = readAbbreviations(db, office);
  const issuer = title ?? body ?? { name: own.officeName, abbreviation: own.office };
  if (issuer.abbreviation === '') return fail('abbreviation-missing', { name: issuer.name });
  let part = '';
  if (namesUnit(kind)) {
    if (request.unit === null) return fail('unit-needed', { field: 'unit', kind: kind.name });
    const unit = partNamed(db, office, request.unit);
    if (unit === undefined) return fail('issuer-part-unknown', { field: 'unit', name: request.unit });
    if (unit.abbreviation === '') return fail('abbreviation-missing', { field: 'unit', name: unit.name });
    part = unit.abbreviation;
  }
  const year = Number(request.day.slice(0, 4));
  const codeNotation = notationOf({ kind: kind.abbreviation, issuer: issuer.abbreviation, part, year: kind.group === 'legal' ? year : null });
  if (codeNotation.length > longestNotation) return fail('symbol-too-long', { code: codeNotation });
  const { rules } = rulesOn(db, office, request.day);
  return ok({ office, scope: scopeOf(rules, kind, body), year, codeNotation, warnOnly: rules.timeOrder === 'warn' });
}

/**
 * Takes the next number of the series into which a document falls, in the caller's transaction: if the register row is
 * not written, the number is not taken either. Numbers whose symbol stands on a document already (the rules changed in
 * mid-year, or it was recorded by hand) are passed over, and the book says so.
 * The caller's audit entry tells of the number.
 */
export function takeOutgoingNumber(db: WriteDb, request: NumberRequest): Outcome<OutgoingNumber, TakeCode> {
  const place = placeOf(db, request);
  if (!place.ok) return place;
  const { office, scope, year, codeNotation } = place.value;
  const open = openFor(db, office, scope, year, todayOf(request.at));
  if (!open.ok) return open;
  const before = open.value === undefined ? undefined : datedBefore(db, open.value.id, open.value.last + 1, '');
  const outOfOrder = before !== undefined && request.day < before.day;
  if (outOfOrder && !place.value.warnOnly) {
    return fail('date-before-last', { field: 'day', day: dayInDigits(before.day), number: numberText(before.number, before.suffix) });
  }
  const series = open.value ?? openSeries(db, office, scope, year);
  let number = series.last + 1;
  while (codeTaken(db, office, year, numberText(number), codeNotation)) {
    const reason = `Số ${numberText(number)}/${codeNotation} đã có trên một văn bản trong năm`;
    putEntry(db, { ...plainEntry(series.id, number, null), state: 'skipped', reason, at: request.at, by: actorOf(db).name });
    number += 1;
  }
  const codeNumber = numberText(number);
  putEntry(db, plainEntry(series.id, number, request.day));
  raiseTo(db, series.id, number);
  putCode(db, series, { series: series.id, number, suffix: '', codeNumber, codeNotation });
  return ok({ series: series.id, number, suffix: '', codeNumber, codeNotation, outOfOrder });
}

/**
 * Uses a number that was kept or inserted, in the caller's transaction. Its date lies between those of its neighbours,
 * whatever the rules say of the order: this is the declared exception.
 */
export function takeHeldNumber(db: WriteDb, held: NumberKey, request: NumberRequest): Outcome<OutgoingNumber, HeldCode> {
  const place = placeOf(db, request);
  if (!place.ok) return place;
  const { office, scope, year, codeNotation } = place.value;
  if (held.register !== scope.register || held.scope !== scope.scope || held.year !== year) return fail('other-series', { code: codeNotation });
  const found = heldEntry(db, office, held, todayOf(request.at));
  if (!found.ok) return found;
  const { series, entry } = found.value;
  const before = datedBefore(db, series.id, held.number, held.suffix);
  const after = datedAfter(db, series.id, held.number, held.suffix);
  if ((before !== undefined && request.day < before.day) || (after !== undefined && request.day > after.day)) {
    return fail('date-not-between', { field: 'day', ...betweenWords(before?.day, after?.day, year) });
  }
  const codeNumber = numberText(held.number, held.suffix);
  if (codeTaken(db, office, year, codeNumber, codeNotation)) return fail('code-taken', { code: `${codeNumber}/${codeNotation}` });
  changeEntry(db, { ...entry, state: 'taken', day: request.day });
  putCode(db, series, { series: series.id, number: held.number, suffix: held.suffix, codeNumber, codeNotation });
  return ok({ series: series.id, number: held.number, suffix: held.suffix, codeNumber, codeNotation, outOfOrder: false });
}

export type ArrivalNumber = { readonly series: string; readonly number: number; readonly suffix: string; readonly year: number };

/** A document that came, where it is entered, and with which number if one was kept for it. */
export type ArrivalRequest = {
  /** instant; the register in which it is entered is that of its year in Vietnam */
  readonly at: string;
  /** id of a book of the rules; null for the register of the office */
  readonly book: string | null;
  /** a number that was kept or inserted */
  readonly held: NumberKey | null;
};

type ArrivalCode = Extract<CodeOf<Contract['records']['registerIncoming']>, 'series-closed' | 'series-unknown' | 'number-not-held' | 'other-series' | 'year-over'>;

/** Takes a number for an incoming document, in the caller's transaction. One series for paper and electronic ones. */
export function takeArrivalNumber(db: WriteDb, { at, book, held }: ArrivalRequest): Outcome<ArrivalNumber, ArrivalCode> {
  const today = todayOf(at);
  const office = currentOffice(db);
  const scope = bookOf(rulesOn(db, office, today).rules, book);
  if (scope === undefined) return fail('series-unknown', { name: book ?? '' });
  if (held !== null) {
    if (held.register !== 'incoming' || held.scope !== scope.scope) return fail('other-series', { code: numberText(held.number, held.suffix) });
    const found = heldEntry(db, office, held, today);
    if (!found.ok) return found;
    const { series, entry } = found.value;
    changeEntry(db, { ...entry, state: 'taken', day: entry.day ?? today });
    return ok({ series: series.id, number: held.number, suffix: held.suffix, year: series.year });
  }
  const year = Number(today.slice(0, 4));
  if (isClosed(db, office, scope, year)) return fail('series-closed', { name: scope.name, year: String(year) });
  return ok(takeNumber(db, 'incoming', year, scope, today));
}

/** The register of incoming documents of the office. */
const arrivals: Scope = { register: 'incoming', scope: '', name: '' };

/**
 * Takes the next number of a register in a year, in the caller's transaction: if the register row is not written, the
 * number is not taken either. From 1 each year and in each office (NĐ 30/2020 art. 22.2). Throws when the register is
 * closed, which the caller has looked at.
 */
export function takeNumber(db: WriteDb, register: 'incoming', year: number, book: Scope = arrivals, day: string | null = null): ArrivalNumber {
  const office = currentOffice(db);
  if (isClosed(db, office, book, year)) throw new Error(`the register of ${String(year)} is closed`);
  const { id, last } = raiseOrOpen(db, office, { ...book, register }, year);
  putEntry(db, plainEntry(id, last, day));
  return { series: id, number: last, suffix: '', year };
}

/** Whether a register gives no more numbers. */
function isClosed(db: ReadDb, office: string, scope: Scope, year: number): boolean {
  const series = findSeries(db, office, scope.register, scope.scope, year);
  return series === undefined ? yearClosed(db, office, year) !== undefined : series.closed_at !== null;
}

/**
 * The series if it may give numbers today, undefined in it when it is still to be opened. A past year's gives them only
 * as long as somebody has let it.
 */
export function openFor(
  db: ReadDb,
  office: string,
  scope: Scope,
  year: number,
  today: string,
): Outcome<Series | undefined, 'series-closed' | 'year-over'> {
  const series = findSeries(db, office, scope.register, scope.scope, year);
  if (isClosed(db, office, scope, year)) return fail('series-closed', { name: scope.name, year: String(year) });
  if (year < Number(today.slice(0, 4)) && (series?.late_until ?? '') < today) return fail('year-over', { year: String(year) });
  return ok(series);
}

/** The words for a failure: between which days a date must lie. */
export function betweenWords(before: string | undefined, after: string | undefined, year: number): { from: string; to: string } {
  return { from: dayInDigits(before ?? `${String(year)}-01-01`), to: dayInDigits(after ?? `${String(year)}-12-31`) };
}

function heldEntry(
  db: ReadDb,
  office: string,
  held: NumberKey,
  today: string,
): Outcome<{ series: Series; entry: Entry }, 'number-not-held' | 'series-closed' | 'year-over'> {
  const open = openFor(db, office, { register: held.register, scope: held.scope, name: '' }, held.year, today);
  if (!open.ok) return open;
  const entry = open.value === undefined ? undefined : findEntry(db, open.value.id, held.number, held.suffix);
  if (open.value === undefined || entry?.state !== 'reserved') return fail('number-not-held', { number: numberText(held.number, held.suffix) });
  return ok({ series: open.value, entry });
}

function todayOf(at: string): string {
  return vietnamDay(new Date(at));
}
