import { partsOf, type Parts } from './parts.ts';
import { tableLimits, TableRefused } from './refused.ts';
import { sheetRows, type SheetFacts } from './sheet.ts';
import type { Table } from './table.ts';
import { xmlParser } from './xml.ts';

/** Reads a workbook of the form .xlsx (ECMA-376, also its strict form). Macros are never run, formulas never computed. */
export async function workbookTable(archive: Buffer): Promise<Table> {
  const parts = partsOf(archive);
  if (!parts.has('xl/workbook.xml')) throw new TableRefused(parts.has('xl/workbook.bin') ? 'table-xlsb' : 'table-unknown');
  const book = bookOf(await parts.text('xl/workbook.xml'));
  const targets = targetsOf(await parts.text('xl/_rels/workbook.xml.rels'));
  const dated = datedStyles(await parts.text('xl/styles.xml'));
  if (book.sheets.length > tableLimits.sheets) throw new TableRefused('table-damaged');
  // Texts are shared by all sheets and read when the first one is.
  let texts: Promise<readonly string[]> | undefined;
  const shared = (): Promise<readonly string[]> => (texts ??= sharedTexts(parts, targets.get('sharedStrings') ?? 'xl/sharedStrings.xml'));
  const macros = [...targets.values()].some((target) => target.endsWith('vbaProject.bin')) || parts.has('xl/vbaProject.bin');
  return {
    kind: 'xlsx',
    notes: [...(macros ? (['macros'] as const) : []), ...(book.from1904 ? (['dates-of-1904'] as const) : [])],
    sheets: book.sheets.flatMap(({ name, hidden, relation }) => {
      const part = targets.get(relation);
      if (part === undefined || !parts.has(part)) return [];
      const facts: SheetFacts = { parts, part, shared, dated, from1904: book.from1904 };
      return [{ name, hidden, rows: (onPart) => sheetRows(facts, onPart ?? (() => undefined)) }];
    }),
  };
}

type Book = { readonly sheets: { name: string; hidden: boolean; relation: string }[]; readonly from1904: boolean };

function bookOf(xml: string): Book {
  const sheets: Book['sheets'] = [];
  let from1904 = false;
  xmlParser({
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      sheets.push({ name: (attributes['name'] ?? '').slice(0, 100), hidden: (attributes['state'] ?? 'visible') !== 'visible', relation });
    },
  })
    .write(xml)
    .close();
  return { sheets, from1904 };
}

/** Parts by their relation ids; the shared texts also by their kind. Sheets of charts and dialogs are left out. */
function targetsOf(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  xmlParser({
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`.replace('/./', '/');
      if (!/\/(?:chartsheet|dialogsheet)$/.test(Type)) targets.set(Id, target);
      if (Type.endsWith('/sharedStrings')) targets.set('sharedStrings', target);
    },
  })
    .write(xml)
    .close();
  return targets;
}

/** Built-in number formats that show a day (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are those of East Asian versions. */
const isBuiltInDate = (id: number): boolean => (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Which styles of cells show a number as a day. */
function datedStyles(xml: string): readonly boolean[] {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  if (xml !== '') {
    xmlParser({
      open: (name, attributes) => {
        if (name === 'numFmt') own.set(Number(attributes['numFmtId']), showsDay(attributes['formatCode'] ?? ''));
        if (name === 'cellXfs') inCells = true;
        if (name === 'xf' && inCells) {
          const id = Number(attributes['numFmtId'] ?? 0);
          styles.push(own.get(id) ?? isBuiltInDate(id));
        }
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    })
      .write(xml)
      .close();
  }
  return styles;
}

/** A format with days or years in it, outside of what it writes as it stands. */
function showsDay(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[dy]/.test(bare);
}

async function sharedTexts(parts: Parts, part: string): Promise<readonly string[]> {
  if (!parts.has(part)) return [];
  const texts: string[] = [];
  let total = 0;
  let text = '';
  let inText = false;
  // Readings for East Asian letters stand beside the text and are not part of it.
  let inReading = false;
  const parser = xmlParser({
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      inText = false;
      if (name === 'rPh') inReading = false;
      if (name !== 'si') return;
      total += text.length;
      if (total > tableLimits.texts) throw new TableRefused('table-bomb', { most: Math.round(tableLimits.texts / 1024 / 1024) });
      texts.push(text);
    },
  });
  const decoder = new TextDecoder();
  for await (const piece of parts.pieces(part, tableLimits.part)) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
  return texts;
}
