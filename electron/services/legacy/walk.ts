import type { LegacyPreview, LegacyQuestion } from '#contract';
import { vietnamDay, type Clock } from '../../foundation/clock.ts';
import type { ReadDb, Store } from '../../store/index.ts';
import { shelfFor, type Scope, type Shelf } from '../records/index.ts';
import { headsOf, missingFields } from './columns.ts';
import { judgeOf, type Judge, type Verdict } from './judge.ts';
import { openTable } from './read/open-table.ts';
import { TableRefused } from './read/refused.ts';
import type { TableRow, TableSheet } from './read/table.ts';

export type Progress = { readonly rows: number; readonly percent: number };

/** A sheet that is gone through under a question: its heads, and its rows below them. */
export type Walk = {
  readonly heads: readonly string[];
  readonly shelf: Shelf;
  readonly judge: Judge;
  /** Rows below the header, in slices. Throws TableRefused, and Stopped when it was told to stop. */
  readonly slices: () => AsyncGenerator<readonly TableRow[]>;
};

/** Thrown where a walk was told to stop. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export type WalkDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly onProgress: (progress: Progress) => void;
  readonly stopped: () => boolean;
};

/** Why a question cannot be asked of a sheet. */
export type Unaskable = { readonly code: 'columns-missing' | 'year-to-come'; readonly params: Readonly<Record<string, string | number>> };

/** Looks at a question before any row is read; undefined when it can be asked. */
export function unaskable(question: LegacyQuestion, clock: Clock): Unaskable | undefined {
  const missing = missingFields(question.register, question.columns.map(({ field }) => field));
  if (missing.length > 0) return { code: 'columns-missing', params: { field: 'columns', fields: missing.join(' ') } };
  const year = Number(vietnamDay(clock.now()).slice(0, 4));
  return question.year > year ? { code: 'year-to-come', params: { field: 'year', year: String(question.year) } } : undefined;
}

/** Opens the file of a question and stands before its first row. Throws TableRefused. */
export async function walkOver(deps: WalkDeps, question: LegacyQuestion): Promise<Walk> {
  const table = await openTable(deps.store.blobs, question.file);
  const sheet = table.sheets.find(({ name }) => name === question.sheet);
  if (sheet === undefined) throw new TableRefused('sheet-unknown', { sheet: question.sheet });
  const heads = headsOf(await firstRows(sheet, question.header.row + question.header.rows), question.header);
  const today = vietnamDay(deps.clock.now());
  const shelf = shelfFor(deps.store.read, { ...question, today });
  return { heads, shelf, judge: judgeOf({ question, heads, shelf, today }), slices };

  async function* slices(): AsyncGenerator<readonly TableRow[]> {
    let rows = 0;
    let percent = 0;
    const lastOfHeader = question.header.row + question.header.rows - 1;
    const all = (sheet as TableSheet).rows((part) => {
      percent = Math.floor(part * 100);
    });
    for await (const slice of all) {
      const below = slice.filter(({ line }) => line > lastOfHeader);
      yield below;
      rows += below.length;
      deps.onProgress({ rows, percent });
      if (deps.stopped()) throw new Stopped();
    }
  }
}

/** The rows of a sheet up to a line; what is behind it is not read. */
export async function firstRows(sheet: TableSheet, upTo: number): Promise<readonly TableRow[]> {
  const first: TableRow[] = [];
  for await (const slice of sheet.rows()) {
    first.push(...slice);
    if ((slice.at(-1)?.line ?? 0) >= upTo) break;
  }
  return first;
}

/** What is shown of each kind of rows. */
const most = { good: 50, bad: 500, hints: 200, skipped: 100 };
/** A last number so far above the one before it is looked at again: a zero too many would move the register on. */
const jump = 500;

type Tally = Omit<LegacyPreview, 'series' | 'sharedNumbers'>;

/** What becomes of all rows, in bounded memory: counts, the first of each kind, and the highest number of each series. */
export async function surveyed(walk: Walk, db: ReadDb): Promise<{ readonly preview: LegacyPreview; readonly room: ReadonlyMap<string, Room> }> {
  const counts = { rows: 0, good: 0, bad: 0, known: 0, otherYear: 0, skipped: 0, hints: 0 };
  const tally: Tally = { counts, good: [], bad: [], hints: [], skipped: [], otherYears: [] };
  const years = new Map<number, number>();
  const room = new Map<string, Room>();
  const days = dayWatch();
  const tellHint = (hint: LegacyPreview['hints'][number]): void => {
    counts.hints += 1;
    if (tally.hints.length < most.hints) tally.hints.push(hint);
  };
  for await (const slice of walk.slices()) {
    for (const row of slice) {
      const verdict = walk.judge.judge(db, row);
      counts.rows += 1;
      days.look(row);
      take(row, verdict);
    }
  }
  for (const { scope, last, before } of room.values()) {
    if (before > 0 && last - before > jump) tellHint({ row: room.get(scope.scope)?.lastRow ?? 0, code: 'number-jumps', params: { last, before } });
  }
  if (days.turnedRound()) tellHint({ row: 0, code: 'days-turned-round', params: {} });
  tally.otherYears.push(...Array.from(years, ([year, rows]) => ({ year, rows })).toSorted((a, b) => a.year - b.year));
  return { preview: { ...tally, series: seriesOf(db, walk.shelf, room), sharedNumbers: walk.judge.sharedNumbers() }, room };

  function take(row: TableRow, verdict: Verdict): void {
    switch (verdict.kind) {
      case 'good': {
        counts.good += 1;
        const entry = 'arrival' in verdict ? verdict.arrival : verdict.issue;
        noteRoom(room, entry.scope, entry.number, row.line);
        if (tally.good.length < most.good) tally.good.push({ row: row.line, fields: verdict.fields });
        for (const hint of verdict.hints) tellHint({ row: row.line, ...hint });
        break;
      }
      case 'bad':
        counts.bad += 1;
        if (tally.bad.length < most.bad) {
          const cells = Array.from({ length: walk.heads.length }, (_, index) => row.cells[index]?.text.slice(0, 200) ?? '');
          tally.bad.push({ row: row.line, cells, problems: [...verdict.problems] });
        }
        break;
      case 'known':
        counts.known += 1;
        break;
      case 'other-year':
        counts.otherYear += 1;
        years.set(verdict.year, (years.get(verdict.year) ?? 0) + 1);
        break;
      case 'skipped':
        counts.skipped += 1;
        if (tally.skipped.length < most.skipped) tally.skipped.push({ row: row.line, text: verdict.text.slice(0, 200) });
    }
  }
}

/** What the rows of a file take of a series. */
export type Room = { readonly scope: Scope; rows: number; first: number; last: number; before: number; lastRow: number };

function noteRoom(room: Map<string, Room>, scope: Scope, number: number, line: number): void {
  const known = room.get(scope.scope);
  if (known === undefined) {
    room.set(scope.scope, { scope, rows: 1, first: number, last: number, before: 0, lastRow: line });
    return;
  }
  known.rows += 1;
  known.first = Math.min(known.first, number);
  if (number > known.last) {
    known.before = known.last;
    known.last = number;
    known.lastRow = line;
  } else if (number > known.before && number < known.last) {
    known.before = number;
  }
}

function seriesOf(db: ReadDb, shelf: Shelf, room: ReadonlyMap<string, Room>): LegacyPreview['series'] {
  return Array.from(room.values(), ({ scope, rows, first, last }) => {
    const series = shelf.seriesOf(db, scope.scope);
    const old = series === undefined ? !shelf.running : series.imported === 1;
    return { name: scope.name, old, rows, first, last, next: old ? null : Math.max(last, series?.last ?? 0) + 1 };
  }).toSorted((a, b) => b.rows - a.rows);
}

/**
 * Excel set to American days takes 03/04 for the 4th of March and leaves 13/04 as text. Then every real day of the sheet has a
 * day up to 12, and every typed one a day above.
 */
function dayWatch(): { readonly look: (row: TableRow) => void; readonly turnedRound: () => boolean } {
  const seen = { realLow: 0, realHigh: 0, typedLow: 0, typedHigh: 0 };
  return {
    look: ({ cells }) => {
      for (const cell of cells) {
        if (cell?.kind === 'date') seen[Number(cell.text.slice(8, 10)) <= 12 ? 'realLow' : 'realHigh'] += 1;
        else if (cell?.kind === 'text' && /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(cell.text)) seen[Number.parseInt(cell.text, 10) <= 12 ? 'typedLow' : 'typedHigh'] += 1;
      }
    },
    turnedRound: () => seen.realLow >= 3 && seen.typedHigh >= 3 && seen.realHigh === 0 && seen.typedLow === 0,
  };
}
