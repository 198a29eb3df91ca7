import type { JudgedResults } from './judge-results.ts';

/** Verdicts as lines for people: one row for each judge, every red word in full, and who was not there. */
export function verdictTable({ words, absent, red }: JudgedResults): readonly string[] {
  const rows = [...Map.groupBy(words, ({ judge }) => judge)].map(([judge, all]) => {
    const good = all.filter(({ ok }) => ok).length;
    return [judge, `${String(good)} trên ${String(all.length)}`, good === all.length ? 'đạt' : 'KHÔNG ĐẠT'] as const;
  });
  const missing = absent.map((judge) => [judge, '—', 'không có trên máy này'] as const);
  const head = ['Bên xét', 'Số việc', 'Kết luận'] as const;
  const all = [head, ...rows, ...missing];
  const wide = [0, 1].map((column) => Math.max(...all.map((row) => width(row[column as 0]))));
  const line = (row: readonly [string, string, string]): string => `  ${padded(row[0], wide[0] ?? 0)}  ${padded(row[1], wide[1] ?? 0)}  ${row[2]}`;
  const reds = words.filter(({ ok }) => !ok).map(({ judge, what, said }) => `  ✗ ${judge}: ${what}: ${said}`);
  return [line(head), ...all.slice(1).map(line), ...(red === 0 ? [] : ['', ...reds])];
}

/** Columns that a text takes: marks that stand over a letter take none. */
function width(text: string): number {
  return [...text.normalize('NFC')].length;
}

function padded(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)));
}
