import { drawFeet, formWriter } from './form-parts.ts';
import { createSheet, mm, paper, type DocumentFonts } from './sheet.ts';
import { drawTable, type TableLook } from './table.ts';
import type { WordTable } from './word-table.ts';

const page = { width: paper.height, height: paper.width };
const look: TableLook = { left: 20 * mm, right: 20 * mm, top: 18 * mm, bottom: 18 * mm, size: 10, numbered: false };

/** The same table as a PDF of lying pages, its head again on each. `at`: instant, for the file's own data. */
export async function tablePdf(table: WordTable, facts: { readonly office: string; readonly at: string }, fonts: DocumentFonts): Promise<Uint8Array> {
  const [title = '', ...lines] = table.above;
  const sheet = await createSheet(fonts, { title, author: facts.office, at: new Date(facts.at) }, page);
  sheet.addPage();
  const write = formWriter(sheet, look);
  write.centredBlock([title], sheet.width / 2, sheet.width, 'bold', 14);
  write.down(4);
  for (const line of lines) write.paragraph([{ text: line, face: 'regular' }], 11);
  write.down(4);
  await drawTable(sheet, table.heads.map((one, index) => ({ head: one, share: table.widths[index] ?? 1 })), table.rows, look, write.y());
  drawFeet(sheet, table.foot, look);
  return sheet.save();
}
