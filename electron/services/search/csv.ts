/**
 * Rows as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel spoils Vietnamese letters. A cell that a
 * spreadsheet would run as a formula has an apostrophe put before it (OWASP, CSV injection).
 */
export function rowsToCsv(rows: Iterable<readonly string[]>): Uint8Array {
  return Buffer.from(`\uFEFF${Array.from(rows, (row) => `${row.map(cell).join(',')}\r\n`).join('')}`, 'utf8');
}

function cell(value: string): string {
  const harmless = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
