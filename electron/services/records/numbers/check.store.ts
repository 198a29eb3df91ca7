import { numberText, type NumberProblem, type SeriesVerdict } from '#contract';
import { all, each, sql, type ReadDb } from '../../../store/index.ts';
import { gapsOf } from './book.store.ts';
import { seriesById, type Entry, type Series } from './series.store.ts';

/** More problems than this are not told one by one. */
const mostProblems = 200;

/**
 * Proves a series from its rows, in one walk in bounded memory and without trusting the constraints of the tables: each
 * number is there once, each gap is explained, the register and the book tell the same.
 */
export function checkSeries(db: ReadDb, id: string): SeriesVerdict {
  const series = seriesById(db, id);
  if (series === undefined) throw new Error('a series that was just listed is gone');
  const problems: { kind: NumberProblem; number: string }[] = [];
  const tell = (kind: NumberProblem, number: string): void => {
    if (problems.length < mostProblems) problems.push({ kind, number });
  };
  const gaps = gapsOf(db, id).toReversed();
  let expected = 1;
  let former: Walked | undefined;
  let formerDay = '';
  const counts = { taken: 0, pending: 0, explained: gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0) };

  /** Numbers from `expected` up to, without, `until` have no row: a gap must speak of each. */
  function skipTo(until: number): void {
    while (expected < until) {
      const gap = gaps.find(({ first, last }) => first <= expected && expected <= last);
      const next = gap === undefined ? Math.min(until, ...gaps.map(({ first }) => first).filter((first) => first > expected)) : Math.min(until, gap.last + 1);
      if (gap === undefined) tell('missing', expected === next - 1 ? numberText(expected) : `${numberText(expected)}–${numberText(next - 1)}`);
      expected = next;
    }
  }

  for (const row of walk(db, series)) {
    const words = numberText(row.number, row.suffix);
    if (former?.number === row.number && former.suffix === row.suffix) {
      tell('twice', words);
      continue;
    }
    skipTo(row.number);
    if (row.suffix === '') expected = row.number + 1;
    else if (expected === row.number && !gaps.some(({ first, last }) => first <= row.number && row.number <= last)) tell('missing', numberText(row.number));
    if (row.number > series.last) tell('beyond-last', words);
    if (row.state === 'taken') {
      counts.taken += 1;
      if (series.register === 'incoming') {
        if (row.document === null) tell('no-document', words);
      } else {
        if (row.code === null) tell('other-code', words);
        if (row.document === null) counts.pending += 1;
        if (row.day !== null && row.day < formerDay) tell('out-of-order', words);
        formerDay = row.day ?? formerDay;
      }
    } else {
      counts.explained += 1;
      if (row.reason.trim() === '') tell('without-reason', words);
      if (row.document !== null && row.state !== 'void') tell('not-in-book', words);
    }
    former = row;
  }
  skipTo(series.last + 1);
  for (const { number, suffix } of strangers(db, series)) tell('not-in-book', numberText(number, suffix));
  const { register, scope, year, name, last } = series;
  return { id, register, scope, year, name, last, ...counts, problems };
}

/** Ids of the series of a year, or of all, of every office that this one was. */
export function seriesToCheck(db: ReadDb, year: number | null): string[] {
  const which = year === null ? sql`1 = 1` : sql`year = ${year}`;
  return all<{ id: string }>(db, sql`SELECT id FROM number_series WHERE ${which} ORDER BY year, office, register, scope`).map(({ id }) => id);
}

type Walked = Entry & { readonly code: string | null; readonly document: string | null };

/** Every row of the book, in order, with the document that the register has under it. */
function walk(db: ReadDb, series: Series): IterableIterator<Walked> {
  if (series.register === 'incoming') {
    return each<Walked>(
      db,
      sql`SELECT e.*, '' AS code, d.id AS document FROM number_entry AS e LEFT JOIN incoming_document AS d
            ON d.arrival_series = e.series AND d.arrival_number = e.number AND d.arrival_suffix = e.suffix
          WHERE e.series = ${series.id} ORDER BY e.number, e.suffix`,
    );
  }
  return each<Walked>(
    db,
    sql`SELECT e.*, c.code_number AS code, d.id AS document FROM number_entry AS e
        LEFT JOIN number_code AS c ON c.series = e.series AND c.number = e.number AND c.suffix = e.suffix
        LEFT JOIN outgoing_document AS d ON d.office = c.office AND substr(d.issued_date, 1, 4) = CAST(c.year AS TEXT)
          AND d.code_notation = c.code_notation AND d.code_number = c.code_number
        WHERE e.series = ${series.id} ORDER BY e.number, e.suffix`,
  );
}

/** Register rows whose number the book does not know, or not as given to a document. */
function strangers(db: ReadDb, series: Series): { number: number; suffix: string }[] {
  return all(
    db,
    sql`SELECT d.arrival_number AS number, d.arrival_suffix AS suffix FROM incoming_document AS d
        WHERE d.arrival_series = ${series.id} AND NOT EXISTS (SELECT 1 FROM number_entry AS e
          WHERE e.series = d.arrival_series AND e.number = d.arrival_number AND e.suffix = d.arrival_suffix)
        LIMIT ${mostProblems}`,
  );
}
