import { fail, numberText, ok, type AgencyIssues, type Contract, type Handlers, type NumberRules, type SeriesRow, type SeriesVerdict } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../../foundation/clock.ts';
import { newId } from '../../../foundation/ids.ts';
import type { ReadDb, Store, WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { endAbbreviation, holderOf, kindsOf, putAbbreviation, readAbbreviations } from './abbreviations.store.ts';
import { allowLate, closeSeries, insertNumber, noteAct, release, reopenSeries, reserve, setBack, startAfter, voidNumber, type Moment } from './acts.ts';
import { bookPage, gapsOf, seriesOfYear, seriesRow } from './book.store.ts';
import { checkInPieces, seriesToCheck } from './check.store.ts';
import { agencyIssues, isOffered, saveAgencyKind } from './issuers.ts';
import { numberLaw } from './kinds.ts';
import { keptNumbers } from './kept.store.ts';
import { addRules, proposedBook, rulesOn, ruleVersions, scopesOf } from './rules.store.ts';
import { codeTaken, findSeries, seriesById, yearClosed } from './series.store.ts';
import { dayInDigits } from './symbol.ts';
import { placeOf } from './take.ts';
import { closeYearRows, reopenYearRows, reservedInYear } from './year.store.ts';

export type NumbersDeps = { readonly store: Store; readonly clock: Clock };

/** The `numbers` methods of the contract. */
export function numbersHandlers({ store, clock }: NumbersDeps): Handlers<Contract>['numbers'] {
  const now = (): Moment => ({ at: instantOf(clock), today: vietnamDay(clock.now()) });
  /** An act in a transaction of its own, at the moment of the call. */
  function act<In, Out>(work: (db: WriteDb, input: In, moment: Moment) => Out): (input: In) => Out {
    return (input) => store.write((db) => work(db, input, now()));
  }
  return {
    year: ({ year }) => {
      const closing = yearClosed(store.read, currentOffice(store.read), year);
      return ok({
        year,
        thisYear: Number(now().today.slice(0, 4)),
        closedAt: closing?.closed_at ?? null,
        closedReason: closing?.reason ?? '',
        series: seriesIn(store.read, year, now().today),
      });
    },
    book: (page) => {
      if (seriesById(store.read, page.series) === undefined) return fail('series-unknown', { name: '' });
      return ok({ entries: bookPage(store.read, page), gaps: gapsOf(store.read, page.series) });
    },
    check: async ({ year }) => {
      const series: SeriesVerdict[] = [];
      for (const id of seriesToCheck(store.read, year)) series.push(await checked(store.read, id));
      return ok({ series });
    },
    rules: () => {
      const office = currentOffice(store.read);
      return ok({ current: rulesOn(store.read, office, now().today), versions: ruleVersions(store.read, office), agency: issuesOf(store.read), law: [...numberLaw] });
    },
    abbreviations: () => ok(readAbbreviations(store.read, currentOffice(store.read))),
    preview: (request) => {
      const place = placeOf(store.read, { ...request, at: now().at });
      if (!place.ok) return place;
      const { office, scope, year, codeNotation } = place.value;
      let number = (findSeries(store.read, office, scope.register, scope.scope, year)?.last ?? 0) + 1;
      while (codeTaken(store.read, office, year, numberText(number), codeNotation)) number += 1;
      return ok({ register: scope.register, scope: scope.scope, series: scope.name, codeNumber: numberText(number), codeNotation });
    },
    kept: (key) => ok(keptNumbers(store.read, currentOffice(store.read), key)),
    incomingBooks: (document) => {
      const { rules } = rulesOn(store.read, currentOffice(store.read), now().today);
      return ok({ books: [{ id: null, name: '' }, ...rules.books.map(({ id, name }) => ({ id, name }))], proposed: proposedBook(rules, document) });
    },
    saveRules: act((db, { validFrom, rules, reason }, { at, today }) => {
      const office = currentOffice(db);
      if (validFrom < today) return fail('valid-from-past', { field: 'validFrom', day: dayInDigits(today) });
      const fault = faultOf(db, office, rules);
      if (fault !== undefined) return fault;
      const madeBy = noteAct(db, at, 'numbers.rules-saved', { kind: 'number-rules', id: office }, { validFrom, rules: { ...rules, books: rules.books.map(({ id, name, takes = [] }) => ({ id, name, takes })) }, reason });
      return ok(addRules(db, office, { validFrom, rules, reason, madeBy, madeAt: at }));
    }),
    saveAgencyKind: act((db, { kind }, { at }) => {
      const office = currentOffice(db);
      noteAct(db, at, 'numbers.agency-kind-saved', { kind: 'office', id: office }, { kind, before: issuesOf(db).kind });
      saveAgencyKind(db, office, kind, at);
      return ok(issuesOf(db));
    }),
    saveAbbreviation: act((db, row, { at }) => {
      const office = currentOffice(db);
      if (row.name === '' && row.category !== 'office' && row.category !== 'unit') return fail('name-missing', { field: 'name' });
      const holder = holderOf(db, office, row);
      if (holder !== undefined) return fail('abbreviation-in-use', { field: 'abbreviation', abbreviation: row.abbreviation, name: holder });
      const id = row.id ?? (row.category === 'office' ? office : newId());
      if (!putAbbreviation(db, office, { ...row, id, isNew: row.id === null })) return fail('not-found');
      noteAct(db, at, 'numbers.abbreviation-saved', { kind: 'abbreviation', id }, { ...row, id });
      return ok(readAbbreviations(db, office));
    }),
    endAbbreviation: act((db, { id, reason }, { at }) => {
      const office = currentOffice(db);
      const ended = endAbbreviation(db, office, id, at);
      if (ended === undefined) return fail('not-found');
      noteAct(db, at, 'numbers.abbreviation-ended', { kind: 'abbreviation', id }, { ...ended, reason });
      return ok(readAbbreviations(db, office));
    }),
    startAfter: act(startAfter),
    setBack: act(setBack),
    reserve: act(reserve),
    release: act(release),
    voidNumber: act(voidNumber),
    insert: act(insertNumber),
    allowLate: act(allowLate),
    closeSeries: act(closeSeries),
    reopenSeries: act(reopenSeries),
    closeYear: act((db, { year, officeEnds, reason }, { at, today }) => {
      const office = currentOffice(db);
      const thisYear = Number(today.slice(0, 4));
      if (year > thisYear || (year === thisYear && !officeEnds)) return fail('year-not-over', { year: String(year) });
      if (yearClosed(db, office, year) !== undefined) return fail('year-closed', { year: String(year) });
      const reserved = reservedInYear(db, office, year);
      if (reserved > 0) return fail('reservations-open', { count: reserved });
      const closed = closeYearRows(db, office, year, { at, reason, by: actorOf(db).name });
      noteAct(db, at, 'numbers.year-closed', { kind: 'number-year', id: String(year) }, { year, officeEnds, closed, reason });
      return ok({ year, closed });
    }),
    reopenYear: act((db, { year, reason }, { at, today }) => {
      const office = currentOffice(db);
      if (year !== Number(today.slice(0, 4))) return fail('year-over', { year: String(year) });
      const closing = yearClosed(db, office, year);
      if (closing === undefined) return fail('year-not-closed', { year: String(year) });
      const opened = reopenYearRows(db, office, year, closing.closed_at);
      noteAct(db, at, 'numbers.year-reopened', { kind: 'number-year', id: String(year) }, { year, opened, reason });
      return ok({ year, opened });
    }),
  };
}

/** What the office issues, as it is now. */
function issuesOf(db: ReadDb): AgencyIssues {
  const office = currentOffice(db);
  return agencyIssues(db, { id: office, name: readAbbreviations(db, office).officeName });
}

/** Proves a series while others are served in between. */
async function checked(db: ReadDb, id: string): Promise<SeriesVerdict> {
  const pieces = checkInPieces(db, id);
  for (;;) {
    const step = pieces.next();
    if (step.done === true) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The series of a year: those that gave numbers, and for this year those that the rules will open. */
function seriesIn(db: ReadDb, year: number, today: string): SeriesRow[] {
  const office = currentOffice(db);
  const day = year === Number(today.slice(0, 4)) ? today : `${String(year)}-12-31`;
  const bodies = readAbbreviations(db, office).own.filter(({ category }) => category === 'body');
  const [kinds, issues] = [kindsOf(db, office), issuesOf(db)];
  const scopes = scopesOf(rulesOn(db, office, day).rules, kinds, bodies);
  const led = new Set(scopes.map(({ register, scope }) => `${register} ${scope}`));
  const opened = seriesOfYear(db, year).map((id) => seriesRow(db, id, office));
  const rows = opened.map((row) => ({ ...row, current: row.formerOffice === '' && led.has(`${row.register} ${row.scope}`) }));
  const has = new Set(rows.filter(({ formerOffice }) => formerOffice === '').map(({ register, scope }) => `${register} ${scope}`));
  const toCome = scopes.filter(({ register, scope }) => !has.has(`${register} ${scope}`));
  return [
    ...rows,
    ...toCome.map((scope): SeriesRow => ({
      ...scope, year, id: null, formerOffice: '', last: 0, reserved: 0, released: 0, void: 0, skipped: 0, inserted: 0,
      outside: 0, closedAt: null, closedReason: '', lateUntil: null, imported: false, current: true, offered: true,
    })),
  ].map((row) => ({ ...row, offered: isOffered(issues, { scope: row.scope, begun: row.id !== null }, kinds) })).toSorted((a, b) => orderOf(a) - orderOf(b));
}

/** Legal-normative series come last: most offices use few of them. Then what a former office had. */
function orderOf({ register, formerOffice, scope }: SeriesRow): number {
  const place = scope.startsWith('legal:') ? 3 : { incoming: 0, outgoing: 1, copy: 2 }[register];
  return (formerOffice === '' ? 0 : 8) + place * 2 + (scope === '' ? 0 : 1);
}

/** A kind that rules name must exist, and stand in one group only. */
function faultOf(db: ReadDb, office: string, { groups }: NumberRules): ReturnType<typeof fail<'kind-unknown' | 'kind-twice'>> | undefined {
  const kinds = kindsOf(db, office);
  const seen = new Set<string>();
  for (const code of groups.flatMap((group) => group.kinds)) {
    const kind = kinds.find((one) => one.code === code && one.group === 'administrative');
    if (kind === undefined) return fail('kind-unknown', { kind: code });
    if (seen.has(code)) return fail('kind-twice', { kind: kind.name });
    seen.add(code);
  }
  return undefined;
}
