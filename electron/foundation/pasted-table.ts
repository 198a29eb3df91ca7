/** Lines of a pasted table without a byte order mark; numbers of lines in messages count from 1. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

/** What parts the cells of a table, judged by its first line: tabs, else semicolons, else commas. */
export function separatorOf(line: string): string {
  return ['\t', ';', ','].find((one) => line.includes(one)) ?? '\t';
}

/** The cells of a line; cells in quotation marks may hold the separator. */
export function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    if (letter === '"' && (quoted || cell === '')) {
      if (quoted && line.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else {
        quoted = !quoted;
      }
    } else if (letter === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += letter;
    }
  }
  return [...cells, cell];
}

/** Lower case without diacritics, so that "Nghỉ bù" and "nghi bu" are one. */
export function folded(text: string): string {
  return text
    .trim()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
}
