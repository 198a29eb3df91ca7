import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { one, sql } from '../../../store/index.ts';
import { printedWords, shownDay } from '../print/form-parts.ts';
import { bookForms, registerBook } from '../print/register-book.ts';
import { csvOf, xlsxOf } from '../print/spreadsheet.ts';
import type { TableRow } from '../print/table.ts';
import { bookRows, spanOf } from './books.store.ts';
import { keepPrinted, printFacts, type PrintingDeps } from './make.ts';

type Method = Contract['printing']['makeBook'];
const fileNames = { incoming: 'so-dang-ky-van-ban-den', outgoing: 'so-dang-ky-van-ban-di', 'follow-up': 'so-theo-doi-giai-quyet-van-ban-den' } as const;

/** Makes a book of the register to be printed, signed and bound (NĐ 30/2020 art. 16.2, 22.2), or its rows for a spreadsheet. */
export async function makeBook(deps: PrintingDeps, input: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const db = deps.store.read;
  const series = input.series === null ? undefined : one<{ office: string; year: number; register: string; name: string }>(db, sql`SELECT office, year, register, name FROM number_series WHERE id = ${input.series}`);
  const register = input.kind === 'outgoing' ? 'outgoing' : 'incoming';
  if (input.series !== null && series?.register !== register) return fail('not-found');
  if (input.series === null && register === 'incoming') return fail('not-found');
  const part = { ...input, year: series?.year ?? input.year };
  const span = spanOf(db, part);
  if (span.documents === 0) return fail('nothing-to-print');
  const facts = printFacts(db, deps.clock, series?.office);
  const form = bookForms[input.kind];
  const bytes = await bytesOf();
  const { volume, format, ...asked } = input;
  return ok(
    await keepPrinted(deps, facts, {
      kind: 'book',
      name: `${fileNames[input.kind]}${bare(series?.name ?? '')}-${String(part.year)}${volume === '' ? '' : `-quyen-${volume}`}`,
      format,
      bytes,
      detail: { ...asked, volume, documents: span.documents },
    }),
  );

  async function bytesOf(): Promise<Uint8Array> {
    if (input.format === 'pdf') {
      return registerBook(
        {
          kind: input.kind,
          parentName: facts.parentName,
          officeName: facts.officeName,
          year: part.year,
          seriesName: series?.name ?? '',
          from: shownDay(input.from ?? span.firstDay),
          to: shownDay(input.to ?? span.lastDay),
          firstNumber: span.firstNumber,
          lastNumber: span.lastNumber,
          volume: input.volume,
          documents: span.documents,
          at: facts.at,
          by: facts.by,
        },
        bookRows(db, part),
        deps.fonts(),
      );
    }
    const heads = form.columns.map((column) => column.head);
    const rows = cellsOf(bookRows(db, part), heads.length);
    if (input.format === 'csv') return csvOf(heads, rows);
    return xlsxOf({
      sheet: `Năm ${String(part.year)}`,
      above: [form.title.join(' '), `${facts.officeName} · năm ${String(part.year)}`, printedWords(facts.at, facts.by)],
      heads,
      widths: form.columns.map((column) => Math.round(column.share * 1.1)),
      rows,
    });
  }
}

/** `-quyet-dinh`: the name of a series in letters that any file system and any mail keeps; '' for none. */
function bare(name: string): string {
  const plain = name.toLocaleLowerCase('vi').normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll(/[^a-z0-9]+/g, '-');
  return plain === '' ? '' : `-${plain}`;
}

/** What is said of a number without a document goes into the last column, under remarks. */
function* cellsOf(rows: Iterable<TableRow>, columns: number): Generator<readonly string[]> {
  for (const row of rows) yield 'note' in row ? [...Array.from({ length: columns - 1 }, () => ''), row.note] : row;
}
