export type Spreadsheet = {
  readonly sheet: string;
  /** lines above the table: title, office, when and by whom it was made */
  readonly above: readonly string[];
  readonly heads: readonly string[];
  /** widths in characters, as many as heads */
  readonly widths: readonly number[];
  readonly rows: Iterable<readonly string[]>;
};

/**
 * A table as an Excel workbook. Every cell is text: a number like 05 keeps its zero, a symbol is never taken for a date,
 * and nothing that a sender wrote is run as a formula.
 */
export async function xlsxOf({ sheet, above, heads, widths, rows }: Spreadsheet): Promise<Uint8Array> {
  // Loaded with the first one: a core at rest does without it.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const border = { borderStyle: 'thin', borderColor: '#808080' } as const;
  const data = [
    ...above.map((value, index) => [{ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const, fontSize: 14 } : {}) }]),
    [],
    heads.map((value) => ({ value, type: String, fontWeight: 'bold' as const, textWrap: true, align: 'center' as const, alignVertical: 'center' as const, ...border })),
    ...Array.from(rows, (row) => heads.map((_, index) => ({ value: row[index] ?? '', type: String, textWrap: true, alignVertical: 'top' as const, ...border }))),
  ];
  const written = writeXlsxFile(data, {
    sheet,
    columns: widths.map((width) => ({ width })),
    orientation: 'landscape',
    stickyRowsCount: above.length + 2,
  }, { fontFamily: 'Times New Roman', fontSize: 11 });
  return new Uint8Array(await written.toBuffer());
}

/**
 * A table as CSV in UTF-8 with a byte order mark, as Excel needs it to see Vietnamese letters. A cell that a spreadsheet
 * would run as a formula has an apostrophe put before it (OWASP, CSV injection). `above`: lines over the table.
 */
export function csvOf(heads: readonly string[], rows: Iterable<readonly string[]>, above: readonly string[] = []): Uint8Array {
  const lines = [...above.map(cell), ...(above.length === 0 ? [] : ['']), heads.map(cell).join(',')];
  for (const row of rows) lines.push(heads.map((_, index) => cell(row[index] ?? '')).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

function cell(value: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
