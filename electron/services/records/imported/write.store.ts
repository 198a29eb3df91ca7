import { idAt } from '../../../foundation/ids.ts';
import { changeOne, run, sql, type WriteDb } from '../../../store/index.ts';
import type { Scope } from '../numbers/rules.store.ts';
import { findEntry, openSeries, plainEntry, putCode, putEntry, putGap, raiseTo, type Series } from '../numbers/series.store.ts';
import { closeSeriesRow } from '../numbers/year.store.ts';
import type { Shelf } from './place.store.ts';

type Common = {
  /** row of the sheet */
  readonly line: number;
  readonly scope: Scope;
  readonly number: number;
  /** `a` of 12a; '' else */
  readonly suffix: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly typeName: string;
  readonly subject: string;
  readonly signerName: string;
  readonly description: string;
  readonly pageAmount: number | null;
  readonly transferred: string;
  readonly receivedBy: string;
};

/** An entry of an old register of received documents. Days are `yyyy-MM-dd` in Vietnam. */
export type OldArrival = Common & {
  readonly arrivedOn: string;
  readonly issuedDate: string | null;
  readonly issuerName: string;
  readonly holders: string;
};

/** An entry of an old register of issued documents. */
export type OldIssue = Common & {
  readonly issuedDate: string;
  readonly toPlaces: readonly string[];
  readonly keepUnit: string;
  readonly unitName: string;
  readonly issuedAmount: number | null;
};

/** When, by whom and in which import. */
export type ImportMoment = { readonly import: string; readonly at: string; readonly by: string; readonly reason: string };

/**
 * Makes room for numbers up to `highest` before the first of them is written: from here on no other document can get one of
 * them, also when the import breaks off. In a running series all of them are explained as given outside the program; those
 * that the import brings then stand in the book.
 */
export function makeRoom(db: WriteDb, shelf: Shelf, scope: Scope, highest: number, { at, by, reason }: ImportMoment): Series {
  const found = shelf.seriesOf(db, scope.scope);
  const series = found ?? openSeries(db, shelf.office, scope, shelf.year);
  if (found === undefined && !shelf.running) {
    changeOne(db, sql`UPDATE number_series SET imported = 1 WHERE id = ${series.id}`);
    closeSeriesRow(db, series.id, { at, reason, by });
  }
  const old = found === undefined ? !shelf.running : found.imported === 1;
  if (highest > series.last) {
    if (!old) putGap(db, { series: series.id, first: series.last + 1, last: highest, reason, at, by });
    raiseTo(db, series.id, highest);
  }
  return series;
}

/** Writes entries whose numbers are free; the caller has looked, in the same transaction. */
export function writeArrivals(db: WriteDb, shelf: Shelf, rows: readonly OldArrival[], moment: ImportMoment): void {
  for (const row of rows) {
    const series = seriesOf(db, shelf, row);
    putEntry(db, { ...plainEntry(series, row.number, row.arrivedOn), suffix: row.suffix });
    // What is entered late still stands in lists by its day, and on a day by its number.
    const id = idAt(startOf(row.arrivedOn).getTime() + row.number);
    changeOne(
      db,
      sql`INSERT INTO incoming_document (
            id, state, stage, source, arrived_at, arrival_series, arrival_number, arrival_suffix, arrival_year, document_id,
            issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, issued_date, place, type_name,
            subject, urgency, signer_name, signer_position, signer_competence, to_places, page_amount, description, holders
          ) VALUES (
            ${id}, 'registered', 'done', 'paper', ${startOf(row.arrivedOn).toISOString()}, ${series}, ${row.number},
            ${row.suffix}, ${shelf.year}, '', '', ${row.issuerName}, '', ${row.codeNumber}, ${row.codeNotation},
            ${row.issuedDate}, '', ${row.typeName}, ${row.subject}, 0, ${row.signerName}, '', '', '[]', ${row.pageAmount},
            ${row.description}, ${row.holders}
          )`,
    );
    putImported(db, id, row, moment);
  }
}

/** The same for issued documents. */
export function writeIssues(db: WriteDb, shelf: Shelf, rows: readonly OldIssue[], moment: ImportMoment): void {
  for (const row of rows) {
    const series = seriesOf(db, shelf, row);
    putEntry(db, { ...plainEntry(series, row.number, row.issuedDate), suffix: row.suffix });
    const id = idAt(startOf(row.issuedDate).getTime() + row.number);
    const { codeNumber, codeNotation, number, suffix } = row;
    putCode(db, { office: shelf.office, year: shelf.year }, { series, number, suffix, codeNumber, codeNotation });
    changeOne(
      db,
      sql`INSERT INTO outgoing_document (
            id, state, office, document_id, series, number, suffix, code_number, code_notation, issued_date, place, type_name,
            subject, urgency, description, unit_name, signer_name, signer_position, signer_competence, to_places, page_amount,
            issued_amount, keep_unit, paper, issued_at
          ) VALUES (
            ${id}, 'issued', ${shelf.office}, ${`import:${id}`}, ${series}, ${number}, ${suffix}, ${codeNumber}, ${codeNotation},
            ${row.issuedDate}, '', ${row.typeName}, ${row.subject}, 0, ${row.description}, ${row.unitName}, ${row.signerName}, '',
            '', ${JSON.stringify(row.toPlaces)}, ${row.pageAmount}, ${row.issuedAmount}, ${row.keepUnit}, 1,
            ${startOf(row.issuedDate).toISOString()}
          )`,
    );
    putImported(db, id, row, moment);
  }
}

function putImported(db: WriteDb, document: string, row: Common, moment: ImportMoment): void {
  changeOne(
    db,
    sql`INSERT INTO imported_entry (document, import, line, transferred, received_by)
        VALUES (${document}, ${moment.import}, ${row.line}, ${row.transferred}, ${row.receivedBy})`,
  );
}

function seriesOf(db: WriteDb, shelf: Shelf, { scope, number, suffix }: Common): string {
  const series = shelf.seriesOf(db, scope.scope);
  if (series === undefined || series.last < number) throw new Error('an old register is written before there is room for it');
  if (findEntry(db, series.id, number, suffix) !== undefined) throw new Error('a number of an old register is not free any more');
  return series.id;
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00.000+07:00`);
}

/**
 * Takes entries of an import out again, with their numbers: what the register of the past gave is not there any more, and
 * numbers of a running series are again what they were before, given outside the program. Answers how many it took.
 */
export function removeImported(db: WriteDb, importId: string, limit: number): number {
  const some = sql`(SELECT document FROM imported_entry WHERE import = ${importId} ORDER BY document LIMIT ${limit})`;
  run(db, sql`DELETE FROM number_code WHERE (series, number, suffix) IN (SELECT series, number, suffix FROM outgoing_document WHERE id IN ${some})`);
  // Each register for itself: over a UNION SQLite goes through the whole book.
  run(db, sql`DELETE FROM number_entry WHERE (series, number, suffix) IN (SELECT series, number, suffix FROM outgoing_document WHERE id IN ${some})`);
  run(db, sql`DELETE FROM number_entry WHERE (series, number, suffix) IN (SELECT arrival_series, arrival_number, arrival_suffix FROM incoming_document WHERE id IN ${some})`);
  run(db, sql`DELETE FROM outgoing_document WHERE id IN ${some}`);
  run(db, sql`DELETE FROM incoming_document WHERE id IN ${some}`);
  return run(db, sql`DELETE FROM imported_entry WHERE document IN ${some}`);
}
