import { localTime } from './ids.ts';
import type { TraceEntry } from '../model.ts';

/** CSV (RFC 4180) with the mark by which spreadsheet programs know UTF-8. */
export function csv(rows: Iterable<readonly string[]>): string {
  let text = '\ufeff';
  for (const row of rows) text += `${row.map(cell).join(',')}\r\n`;
  return text;
}

function cell(text: string): string {
  // A cell that begins like a formula would be run by a spreadsheet program; an apostrophe keeps it text.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The trace of a document (`process` = 1): who did what when, in the order of the audit. The circular prescribes no form. */
export function traceFile(trace: readonly TraceEntry[]): string {
  const rows = trace.map(({ at, actor, role, act, detail, auditHash }, index) => [String(index + 1), localTime(at), actor, role, act, detail, auditHash]);
  return csv([['STT', 'Thời gian', 'Người thực hiện', 'Vai trò', 'Việc', 'Chi tiết', 'Mã băm nhật ký'], ...rows]);
}
