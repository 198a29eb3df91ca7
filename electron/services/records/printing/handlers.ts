import { fail, ok, type CodeOf, type Contract, type Handlers, type InputOf, type Outcome, type OutputOf, type Report } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { printedWords, shownDay } from '../print/form-parts.ts';
import { reportPdf, reportTitles } from '../print/report.ts';
import { csvOf, xlsxOf } from '../print/spreadsheet.ts';
import { listBooks } from './books.store.ts';
import { incomingReport, outgoingReport } from './figures.ts';
import { makeBook } from './make-book.ts';
import { envelopeSender, makeDispatchNote, makeEnvelopes, makeHandlingSlip } from './make-forms.ts';
import { keepPrinted, printFacts, type PrintingDeps } from './make.ts';
import { getPrinted, listPrinted } from './printed.store.ts';

type MakeReport = Contract['printing']['makeReport'];

/** The `printing` methods of the contract. */
export function printingHandlers(deps: PrintingDeps): Handlers<Contract>['printing'] {
  const { store } = deps;
  return {
    books: () => ok(listBooks(store.read)),
    makeBook: (input) => makeBook(deps, input),
    makeHandlingSlip: (input) => makeHandlingSlip(deps, input),
    envelopeSender: () => ok(envelopeSender(store.read)),
    makeEnvelopes: (input) => makeEnvelopes(deps, input),
    makeDispatchNote: (input) => makeDispatchNote(deps, input),
    report: async (input) => (input.from > input.to ? fail('days-reversed', { field: 'to' }) : ok(await reportOf(deps, input))),
    makeReport: (input) => makeReport(deps, input),
    printedGet: ({ id }) => {
      const print = getPrinted(store.read, id);
      return print === undefined ? fail('not-found') : ok(print);
    },
    printed: (page) => ok(listPrinted(store.read, page)),
  };
}

function reportOf(deps: PrintingDeps, { kind, from, to }: Pick<InputOf<MakeReport>, 'kind' | 'from' | 'to'>): Promise<Report> {
  const db = deps.store.read;
  return kind === 'incoming' ? incomingReport(db, { from, to }, vietnamDay(deps.clock.now())) : outgoingReport(db, { from, to });
}

async function makeReport(deps: PrintingDeps, input: InputOf<MakeReport>): Promise<Outcome<OutputOf<MakeReport>, CodeOf<MakeReport>>> {
  if (input.from > input.to) return fail('days-reversed', { field: 'to' });
  const report = await reportOf(deps, input);
  const facts = printFacts(deps.store.read, deps.clock);
  const heads = ['Nội dung', 'Số lượng', 'Câu truy vấn'];
  const rows = [
    ...report.figures.map((figure) => [`${'– '.repeat(figure.level)}${figure.label}`, String(figure.value), figure.sql]),
    ...report.tables.flatMap((table) => [
      [table.title, '', table.sql],
      ...table.rows.map(([label = '', ...values]) => [`– ${label}`, values.map((value, index) => `${table.heads[index + 1] ?? ''}: ${value}`).join('; '), '']),
    ]),
  ];
  const title = reportTitles[input.kind];
  const bytes =
    input.format === 'pdf'
      ? await reportPdf(report, facts, deps.fonts())
      : input.format === 'csv'
        ? csvOf(heads, rows)
        : await xlsxOf({
            sheet: 'Báo cáo',
            above: [title, `${facts.officeName} · từ ${shownDay(input.from)} đến ${shownDay(input.to)}`, printedWords(facts.at, facts.by)],
            heads,
            widths: [50, 30, 80],
            rows,
          });
  return ok(
    await keepPrinted(deps, facts, {
      kind: 'report',
      name: `bao-cao-${input.kind === 'incoming' ? 'van-ban-den' : 'van-ban-di'}-${input.from}-${input.to}`,
      format: input.format,
      bytes,
      detail: { kind: input.kind, from: input.from, to: input.to, figures: report.figures.map(({ key, value, sql }) => ({ key, value, sql })) },
    }),
  );
}
