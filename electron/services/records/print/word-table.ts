import { strToU8, zipSync } from 'fflate';

export type WordTable = {
  /** lines above the table, the title first */
  readonly above: readonly string[];
  readonly heads: readonly string[];
  /** shares of the width, as many as heads */
  readonly widths: readonly number[];
  readonly rows: Iterable<readonly string[]>;
  /** at the foot of each page, before its number */
  readonly foot: string;
};

/** A4 lying, in twentieths of a point; margins of NĐ 30/2020 annex I as far as a lying page has them. */
const page = { width: 16_838, height: 11_906, margin: 1_134 };

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/**
 * A table as a Word document (.docx, ISO/IEC 29500): lying A4, its head again on each page, every cell as plain text. The
 * few parts that it takes are written here; a library for them would be many times their size.
 */
export function docxOf(table: WordTable): Uint8Array {
  const wide = page.width - 2 * page.margin;
  const shares = table.widths.reduce((sum, one) => sum + one, 0);
  const columns = table.widths.map((one) => Math.floor((one / shares) * wide));
  const cells = (values: readonly string[], bold: boolean): string =>
    columns.map((width, index) => `<w:tc><w:tcPr><w:tcW w:w="${String(width)}" w:type="dxa"/></w:tcPr>${paragraph(values[index] ?? '', { bold, size: 20, centred: bold })}</w:tc>`).join('');
  const rows = Array.from(table.rows, (row) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells(row, false)}</w:tr>`);
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join('');
  const body = [
    ...table.above.map((line, index) => paragraph(line, index === 0 ? { bold: true, size: 28, centred: true } : { size: 22 })),
    paragraph('', { size: 12 }),
    `<w:tbl><w:tblPr><w:tblW w:w="${String(wide)}" w:type="dxa"/><w:tblBorders>${border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`,
    `<w:tblGrid>${columns.map((width) => `<w:gridCol w:w="${String(width)}"/>`).join('')}</w:tblGrid>`,
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${cells(table.heads, true)}</w:tr>`,
    ...rows,
    '</w:tbl>',
    // Word asks for a paragraph after a table at the end.
    paragraph('', { size: 2 }),
    `<w:sectPr><w:footerReference w:type="default" r:id="foot"/><w:pgSz w:w="${String(page.width)}" w:h="${String(page.height)}" w:orient="landscape"/>`,
    `<w:pgMar w:top="${String(page.margin)}" w:right="${String(page.margin)}" w:bottom="${String(page.margin)}" w:left="${String(page.margin)}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`,
  ].join('');
  const number = (code: string): string => `<w:r>${look({ size: 18 })}<w:fldChar w:fldCharType="begin"/></w:r><w:r>${look({ size: 18 })}<w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r>${look({ size: 18 })}<w:fldChar w:fldCharType="end"/></w:r>`;
  const foot = `<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="${String(wide)}"/></w:tabs></w:pPr>${run(table.foot, { size: 18 })}<w:r><w:tab/></w:r>${number('PAGE')}${run('/', { size: 18 })}${number('NUMPAGES')}</w:p>`;
  const parts = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${mime}.document.main+xml"/><Override PartName="/word/footer1.xml" ContentType="${mime}.footer+xml"/></Types>`,
    '_rels/.rels': relationships(`<Relationship Id="main" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    'word/_rels/document.xml.rels': relationships(`<Relationship Id="foot" Type="${office}/footer" Target="footer1.xml"/>`),
    'word/document.xml': `${head}<w:document ${main}><w:body>${body}</w:body></w:document>`,
    'word/footer1.xml': `${head}<w:ftr ${main}>${foot}</w:ftr>`,
  };
  // The earliest day that a ZIP can say: the same table makes the same bytes.
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), { mtime: new Date(1980, 0, 1) });
}

function relationships(rows: string): string {
  return `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows}</Relationships>`;
}

/** `size` in half points. */
type Look = { readonly size: number; readonly bold?: boolean; readonly centred?: boolean };

function paragraph(words: string, style: Look): string {
  return `<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>${style.centred === true ? '<w:jc w:val="center"/>' : ''}</w:pPr>${words === '' ? '' : run(words, style)}</w:p>`;
}

function run(words: string, style: Look): string {
  return `<w:r>${look(style)}<w:t xml:space="preserve">${escaped(words)}</w:t></w:r>`;
}

function look({ size, bold = false }: Look): string {
  return `<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>${bold ? '<w:b/>' : ''}<w:sz w:val="${String(size)}"/></w:rPr>`;
}

/** What XML 1.0 cannot hold is left out: a sender's control characters must not make a file that Word refuses. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replace(/[^\t\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
