import { crc32, deflateRawSync } from 'node:zlib';

/** A cell of a made sheet: a text, a number, a day in Excel's own count, a formula with its value or without, an error. */
export type MadeCell = string | number | null | { readonly serial: number } | { readonly formula: string; readonly value?: string | number } | { readonly error: string };

export type MadeSheet = { readonly name: string; readonly rows: readonly (readonly MadeCell[])[]; readonly merges?: readonly string[]; readonly hidden?: boolean };

const letters = (column: number): string => (column < 26 ? String.fromCharCode(65 + column) : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A day as Excel counts it. */
export function serialOf(day: string): { readonly serial: number } {
  return { serial: Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569 };
}

/** A workbook as Excel writes it, with shared texts, styles and merged cells. `more`: further parts, such as macros. */
export function madeWorkbook(sheets: readonly MadeSheet[], more: Readonly<Record<string, string>> = {}, from1904 = false): Buffer {
  const texts: string[] = [];
  const index = new Map<string, number>();
  const shared = (text: string): number => {
    const known = index.get(text) ?? texts.push(text) - 1;
    index.set(text, known);
    return known;
  };
  const cellXml = (cell: MadeCell, at: string): string => {
    if (cell === null || cell === '') return `<c r="${at}" s="0"/>`;
    if (typeof cell === 'number') return `<c r="${at}"><v>${String(cell)}</v></c>`;
    if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${String(shared(cell))}</v></c>`;
    if ('serial' in cell) return `<c r="${at}" s="1"><v>${String(cell.serial - (from1904 ? 1462 : 0))}</v></c>`;
    if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
    const value = cell.value === undefined ? '' : `<v>${escaped(String(cell.value))}</v>`;
    return `<c r="${at}"${typeof cell.value === 'string' ? ' t="str"' : ''}><f>${escaped(cell.formula)}</f>${value}</c>`;
  };
  const sheetXml = ({ rows, merges = [] }: MadeSheet): string =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map((cells, row) => (cells.length === 0 ? '' : `<row r="${String(row + 1)}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${String(row + 1)}`)).join('')}</row>`))
      .join('')}</sheetData>${merges.length === 0 ? '' : `<mergeCells count="${String(merges.length)}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`}</worksheet>`;
  const sheetParts = Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${String(at + 1)}.xml`, sheetXml(sheet)]));
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(({ name, hidden }, at) => `<sheet name="${escaped(name)}" sheetId="${String(at + 1)}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${String(at + 1)}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map((_, at) => relation(`rId${String(at + 1)}`, 'worksheet', `worksheets/sheet${String(at + 1)}.xml`))
      .join('')}${relation('rId900', 'sharedStrings', 'sharedStrings.xml')}${relation('rId901', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ...sheetParts,
    'xl/sharedStrings.xml': `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...more,
  });
}

/** A ZIP of these parts. `declared`: sizes that it claims instead of the true ones. */
export function zipOf(parts: Readonly<Record<string, string | Buffer>>, declared: Readonly<Record<string, number>> = {}): Buffer {
  const bodies: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(declared[name] ?? bytes.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('504b010214 00'.replace(' ', ''), 'hex'), facts, tail, Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}
