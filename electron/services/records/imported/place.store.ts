import type { DocumentKind } from '#contract';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { kindsOf, readAbbreviations } from '../numbers/abbreviations.store.ts';
import { folded, issuedKinds } from '../numbers/kinds.ts';
import { bookOf, rulesOn, scopeOf, type Scope } from '../numbers/rules.store.ts';
import { codeTaken, findEntry, findSeries, type Series } from '../numbers/series.store.ts';

/** Where numbers of an old register fall. */
export type Shelf = {
  readonly office: string;
  readonly year: number;
  /** the year of today: its register goes on in the program */
  readonly running: boolean;
  /** The series of a symbol (`QĐ-UBND`), or of the arrival register for ''. */
  readonly scopeOf: (codeNotation: string) => Scope;
  /** The series of the symbol alone, for a number that its own has given to another symbol. */
  readonly apartOf: (codeNotation: string) => Scope | undefined;
  readonly seriesOf: (db: ReadDb, scope: string) => Series | undefined;
};

export type ShelfQuestion = {
  readonly register: 'incoming' | 'outgoing';
  readonly year: number;
  /** yyyy-MM-dd in Vietnam */
  readonly today: string;
  /** incoming: the name of a book beside the register of the office, e.g. đơn thư; '' for the register itself */
  readonly book: string;
  /** outgoing of a past year: each kind had a running order of its own */
  readonly perKind: boolean;
};

/**
 * Where the rows of an old register belong. What the program has a series for already goes into that one, so that a number
 * is there once; a past year that it knows nothing of becomes a register of its own. In the year that runs the office's
 * own rules lead each document into its series.
 */
export function shelfFor(db: ReadDb, { register, year, today, book, perKind }: ShelfQuestion): Shelf {
  const office = currentOffice(db);
  const running = year === Number(today.slice(0, 4));
  const day = running ? today : `${String(year)}-12-31`;
  const { rules } = rulesOn(db, office, day);
  const seriesOf: Shelf['seriesOf'] = (at, scope) => findSeries(at, office, register, scope, year);
  if (register === 'incoming') {
    const known = rules.books.find(({ name }) => folded(name) === folded(book));
    const scope = bookOf(rules, book === '' ? null : (known?.id ?? '')) ?? { register, scope: `book:old ${folded(book)}`.slice(0, 80), name: book };
    return { office, year, running, scopeOf: () => scope, apartOf: () => undefined, seriesOf };
  }
  const kinds = kindsOf(db, office);
  const bodies = readAbbreviations(db, office).own.filter(({ category }) => category === 'body');
  const ruled = running ? rules : { ...rules, administrative: perKind ? ('per-kind' as const) : ('common' as const) };
  return {
    office,
    year,
    running,
    scopeOf: (codeNotation) => {
      const kind = kindOfSymbol(kinds, codeNotation);
      const issuer = codeNotation.split('-').at(-1) ?? '';
      const found = scopeOf(ruled, kind, bodies.find(({ abbreviation }) => abbreviation === issuer && codeNotation.includes('-')));
      // Copies that stand in a register of issued documents were numbered with it.
      return found.register === 'copy' ? { register, scope: running ? '' : 'kind:copy', name: running ? '' : kind.name } : { ...found, register };
    },
    apartOf: (codeNotation) => (running ? undefined : { register, scope: `symbol:${codeNotation}`.slice(0, 80), name: codeNotation }),
    seriesOf,
  };
}

/** The kind that a symbol names by its first letters; a công văn names none. */
function kindOfSymbol(kinds: readonly DocumentKind[], codeNotation: string): DocumentKind {
  const [, year, rest = codeNotation] = /^(\d{4})\/(.+)$/.exec(codeNotation) ?? [];
  const [letters = ''] = rest.split('-');
  const group = year === undefined ? ['administrative', 'copy'] : ['legal'];
  const named = kinds.findLast((kind) => kind.abbreviation === letters && group.includes(kind.group));
  const letter = issuedKinds.find(({ code }) => code === 'cong-van');
  if (letter === undefined) throw new Error('the kinds of the decree have no công văn');
  return named ?? letter;
}

/** What stands under a number already. */
export type Holder = {
  readonly id: string;
  readonly code: string;
  readonly issuerName: string;
  readonly issuedDate: string | null;
  readonly subject: string;
};

/** A number as it stands in its series: nothing has it, a document has it, or it was kept, voided or passed over. */
export function holderOfNumber(db: ReadDb, series: Series, number: number, suffix: string): 'free' | 'not-free' | Holder {
  if (findEntry(db, series.id, number, suffix) === undefined) return 'free';
  const row =
    series.register === 'incoming'
      ? one<Holder>(
          db,
          sql`SELECT id, code_number || '/' || code_notation AS code, issuer_name AS issuerName, issued_date AS issuedDate, subject
              FROM incoming_document WHERE arrival_series = ${series.id} AND arrival_number = ${number} AND arrival_suffix = ${suffix}`,
        )
      : one<Holder>(
          db,
          sql`SELECT id, code_number || '/' || code_notation AS code, '' AS issuerName, issued_date AS issuedDate, subject
              FROM outgoing_document WHERE series = ${series.id} AND number = ${number} AND suffix = ${suffix}`,
        );
  return row ?? 'not-free';
}

/** Who has a number and symbol of the year; undefined when nobody has, null when no document has it. */
export function holderOfCode(db: ReadDb, shelf: Shelf, codeNumber: string, codeNotation: string): Holder | null | undefined {
  if (!codeTaken(db, shelf.office, shelf.year, codeNumber, codeNotation)) return undefined;
  const code = `${codeNumber.replace(/^0+/, '')}/${codeNotation}`;
  return (
    one<Holder>(
      db,
      sql`SELECT id, code_number || '/' || code_notation AS code, '' AS issuerName, issued_date AS issuedDate, subject
          FROM outgoing_document WHERE office = ${shelf.office} AND substr(issued_date, 1, 4) = ${String(shelf.year)}
            AND ltrim(code_number, '0') || '/' || code_notation = ${code} LIMIT 1`,
    ) ?? null
  );
}

/** A received document with this number and symbol from that day, under whatever arrival number. */
export function sameReceived(db: ReadDb, codeNumber: string, codeNotation: string, issuedDate: string): readonly { arrivalNumber: number | null; issuerName: string }[] {
  return [
    ...new Set([codeNumber, codeNumber.padStart(2, '0'), codeNumber.replace(/^0+(?=\d)/, '')]),
  ].flatMap((number) => {
    const row = one<{ arrivalNumber: number | null; issuerName: string }>(
      db,
      sql`SELECT arrival_number AS arrivalNumber, issuer_name AS issuerName FROM incoming_document
          WHERE code_number = ${number} AND code_notation = ${codeNotation} AND issued_date = ${issuedDate} LIMIT 1`,
    );
    return row === undefined ? [] : [row];
  });
}
