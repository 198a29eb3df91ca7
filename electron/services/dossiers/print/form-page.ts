import type { PrintFormat } from '#contract';
import { csvOf, drawFeet, drawLetterhead, drawTable, formWriter, mm, paper, createSheet, printedWords, writtenDay, xlsxOf, type FormWriter, type PrintFacts, type Sheet, type TableColumn } from '../../records/index.ts';
import type { DossierDeps } from '../deps.ts';

/** A form of NĐ 30/2020 annex V: letterhead, title, table, and what is said and signed below it. */
export type AnnexForm = {
  readonly title: string;
  /** under the title, centred */
  readonly under: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /** paragraphs below the table */
  readonly totals: readonly string[];
  /** who signs, by title; one or two, with the name printed below where it is known */
  readonly signers: readonly { readonly title: string; readonly name: string }[];
  /** of the sheet in a workbook */
  readonly sheet: string;
};

/** A number of the forms, as the minutes of a hand-over write it too: `1.400`. */
export const figure = (value: number): string => value.toLocaleString('vi-VN');

const margins = { left: paper.left, right: paper.right, top: paper.top, bottom: paper.bottom + 4 * mm };
const look = { ...margins, size: 11, numbered: false };
/** Room for signatures by hand, with title and name. */
const signingHeight = 46 * mm;

/** The form as PDF pages, workbook or CSV; all three hold the same rows. */
export async function annexBytes(deps: DossierDeps, facts: PrintFacts, form: AnnexForm, format: PrintFormat): Promise<Uint8Array> {
  const heads = form.columns.map(({ head }) => head);
  if (format === 'csv') return csvOf(heads, form.rows);
  if (format === 'xlsx') {
    return xlsxOf({
      sheet: form.sheet,
      above: [form.title, ...form.under, facts.officeName, ...form.totals, printedWords(facts.at, facts.by)],
      heads,
      widths: form.columns.map(({ share }) => Math.max(8, Math.round(share * 1.1))),
      rows: form.rows,
    });
  }
  const sheet = await createSheet(deps.fonts(), { title: form.title, author: facts.officeName, at: new Date(facts.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, facts, margins) + 24;
  const write = formWriter(sheet, { ...margins, top: below + 8 });
  const centre = margins.left + (sheet.width - margins.left - margins.right) / 2;
  write.centredBlock([form.title.toLocaleUpperCase('vi')], centre, sheet.width - margins.left - margins.right, 'bold', 14);
  for (const line of form.under) write.centredBlock([line], centre, sheet.width - margins.left - margins.right, 'regular', 13);
  write.down(10);
  const ended = await drawTable(sheet, form.columns, form.rows, look, write.y());
  let end = ended + 20;
  if (end + form.totals.length * 20 + signingHeight > sheet.height - margins.bottom) {
    sheet.addPage();
    end = margins.top;
  }
  drawEnd(sheet, form, facts, formWriter(sheet, { ...margins, top: end }));
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}

function drawEnd(sheet: Sheet, { totals, signers }: AnnexForm, facts: PrintFacts, write: FormWriter): void {
  for (const text of totals) {
    write.paragraph([{ text, face: 'regular' }], 13);
    write.down(2);
  }
  const wide = sheet.width - margins.left - margins.right;
  const day = `${facts.place === '' ? '' : `${facts.place}, `}${writtenDay(facts.day)}`;
  write.down(12);
  sheet.centred(day, margins.left + wide * 0.75, write.y(), 'italic', 13);
  write.down(18);
  const top = write.y();
  signers.forEach(({ title, name }, index) => {
    const at = margins.left + wide * (signers.length === 1 ? 0.75 : 0.25 + 0.5 * index);
    sheet.centred(title.toLocaleUpperCase('vi'), at, top, 'bold', 13);
    sheet.centred('(Ký, ghi rõ họ tên)', at, top + 16, 'italic', 12);
    if (name !== '') sheet.centred(name, at, top + 84, 'bold', 13);
  });
}
