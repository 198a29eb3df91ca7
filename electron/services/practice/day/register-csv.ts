import type { IncomingSummary } from '#contract';

/**
 * The incoming register with the columns of NĐ 30/2020 annex IV form VI that this version knows, for a spreadsheet:
 * a byte order mark so that Excel reads Vietnamese, and no cell that a spreadsheet would run as a formula.
 */
export function registerAsCsv(documents: readonly IncomingSummary[]): string {
  const head = ['Ngày đến', 'Số đến', 'Tác giả', 'Số, ký hiệu văn bản', 'Ngày tháng văn bản', 'Tên loại và trích yếu nội dung văn bản'];
  const rows = documents
    .toSorted((a, b) => (a.arrivalNumber ?? 0) - (b.arrivalNumber ?? 0))
    .map((document) => [
      printed(document.arrivedAt.slice(0, 10)),
      `${String(document.arrivalNumber ?? '')}${document.arrivalSuffix}`,
      document.issuerName,
      `${document.codeNumber}/${document.codeNotation}`,
      document.issuedDate === null ? '' : printed(document.issuedDate),
      `${document.typeName}: ${document.subject}`,
    ]);
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function printed(day: string): string {
  return day.split('-').toReversed().join('/');
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
