import { numberText, type NumberGap, type NumberProblem, type SeriesVerdict } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';
import { gapsOf } from './book.store.ts';
import { documentOfCode, seriesById, type Entry, type Series } from './series.store.ts';

/** More problems than this are not told one by one. */
const mostProblems = 200;

/** Rows that are looked at in one piece: some tens of milliseconds, so that others come in between. */
const pieceSize = 10_000;

/**
 * Proves a series from its rows, in bounded memory and without trusting the constraints of the tables: each number is there
 * once, each gap is explained, the register and the book tell the same. Comes to a stop after each piece, so that numbers
 * can be given meanwhile; what is given then is looked at too.
 */
export function* checkInPieces(db: ReadDb, id: string): Generator<undefined, SeriesVerdict> {
  const problems: SeriesVerdict['problems'] = [];
  const tell = (kind: NumberProblem, number: string): void => {
    if (problems.length < mostProblems) problems.push({ kind, number });
  };
  const counts = { taken: 0, pending: 0, explained: 0 };
  let expected = 1;
  let former: Walked | undefined;
  let formerDay = '';

  function judge(row: Walked, series: Series, gaps: readonly NumberGap[]): void {
    const words = numberText(row.number, row.suffix);
    if (former?.number === row.number && former.suffix === row.suffix) {
      tell('twice', words);
      return;
    }
    // A letter alone does not stand for its number. What an old register leaves out is not ours to explain.
    if (series.imported === 0) tellMissing(gaps, expected, row.suffix === '' ? row.number : row.number + 1);
    expected = row.number + 1;
    former = row;
    if (row.number > series.last) tell('beyond-last', words);
    if (row.state !== 'taken') {
      counts.explained += 1;
      if (row.reason.trim() === '') tell('without-reason', words);
      if (row.document !== null && row.state !== 'void') tell('not-in-book', words);
      return;
    }
    counts.taken += 1;
    if (series.register === 'incoming') {
      if (row.document === null) tell('no-document', words);
      return;
    }
    if (row.code === null) tell('other-code', words);
    if (row.document === null) counts.pending += 1;
    if (series.imported === 0 && row.day !== null && row.day < formerDay) tell('out-of-order', words);
    formerDay = row.day ?? formerDay;
  }

  /** Numbers from `from` up to, without, `until` have no row: a gap must speak of each. */
  function tellMissing(gaps: readonly NumberGap[], from: number, until: number): void {
    let at = from;
    while (at < until) {
      const here = at;
      const gap = gaps.find(({ first, last }) => first <= here && here <= last);
      const end = Math.min(until, gap === undefined ? Math.min(...gaps.map(({ first }) => first).filter((first) => first > here)) : gap.last + 1);
      if (gap === undefined) tell('missing', here === end - 1 ? numberText(here) : `${numberText(here)}–${numberText(end - 1)}`);
      at = end;
    }
  }

  for (;;) {
    const series = seriesById(db, id);
    if (series === undefined) throw new Error('a series that was just listed is gone');
    const gaps = gapsOf(db, id);
    const after = former ?? { number: 0, suffix: '' };
    const rows = piece(db, series, after);
    for (const row of rows) judge(row, series, gaps);
    const end = rows.length < pieceSize ? null : (former ?? null);
    for (const { number, suffix } of strangers(db, series, after, end)) tell('not-in-book', numberText(number, suffix));
    if (end === null) {
      if (series.imported === 0) tellMissing(gaps, expected, series.last + 1);
      const explained = counts.explained + gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      const { register, scope, year, name, last } = series;
      return { id, register, scope, year, name, last, ...counts, explained, problems };
    }
    yield undefined;
  }
}

/** The same without a stop. */
export function checkSeries(db: ReadDb, id: string): SeriesVerdict {
  const pieces = checkInPieces(db, id);
  for (;;) {
    const step = pieces.next();
    if (step.done === true) return step.value;
  }
}

/** Ids of the series of a year, or of all, of every office that this one was. */
export function seriesToCheck(db: ReadDb, year: number | null): string[] {
  const which = year === null ? sql`1 = 1` : sql`year = ${year}`;
  return all<{ id: string }>(db, sql`SELECT id FROM number_series WHERE ${which} ORDER BY year, office, register, scope`).map(({ id }) => id);
}

type Walked = Entry & { readonly code: string | null; readonly document: string | null };

type Place = { readonly number: number; readonly suffix: string };

/** Rows of the book after a place, in order, with the document that the register has under each. */
function piece(db: ReadDb, series: Series, after: Place): Walked[] {
  const rows = sql`(SELECT * FROM number_entry WHERE series = ${series.id} AND (number, suffix) > (${after.number}, ${after.suffix})
    ORDER BY number, suffix LIMIT ${pieceSize}) AS e`;
  if (series.register === 'incoming') {
    return all<Walked>(
      db,
      sql`SELECT e.*, '' AS code, d.id AS document FROM ${rows} LEFT JOIN incoming_document AS d
            ON d.arrival_series = e.series AND d.arrival_number = e.number AND d.arrival_suffix = e.suffix
          ORDER BY e.number, e.suffix`,
    );
  }
  return all<Walked>(
    db,
    sql`SELECT e.*, c.code_number AS code, d.id AS document FROM ${rows}
        LEFT JOIN number_code AS c ON c.series = e.series AND c.number = e.number AND c.suffix = e.suffix
        LEFT JOIN outgoing_document AS d ON ${documentOfCode}
        ORDER BY e.number, e.suffix`,
  );
}

/** Register rows between two places whose number the book does not know. */
function strangers(db: ReadDb, series: Series, after: Place, end: Place | null): Place[] {
  const { number, suffix } = end ?? { number: Number.MAX_SAFE_INTEGER, suffix: '' };
  return all(
    db,
    sql`SELECT d.arrival_number AS number, d.arrival_suffix AS suffix FROM incoming_document AS d
        WHERE d.arrival_series = ${series.id} AND (d.arrival_number, d.arrival_suffix) > (${after.number}, ${after.suffix})
          AND (d.arrival_number, d.arrival_suffix) <= (${number}, ${suffix})
          AND NOT EXISTS (SELECT 1 FROM number_entry AS e
            WHERE e.series = d.arrival_series AND e.number = d.arrival_number AND e.suffix = d.arrival_suffix)
        LIMIT ${mostProblems}`,
  );
}
