import type { Candidate, PagePlace } from '#contract';
import { datesIn } from './dates.ts';
import { foldTight, isCapitals } from './fold.ts';
import type { Flow } from './flow.ts';
import type { Head } from './head.ts';
import { placeOf, type Segment } from './segments.ts';

/** The red stamp of urgency (annex I.II.10): 1 khẩn, 2 thượng khẩn, 3 hoả tốc, 4 hoả tốc with a time. */
export function urgencyOf(head: Head): Candidate | null {
  for (const line of stampLines(head)) {
    const tight = foldTight(line.text);
    const value = /^hoatoc(?:hengio|.*\d.*gio|.*gio)/.test(tight) ? '4' : tight === 'hoatoc' ? '3' : tight === 'thuongkhan' ? '2' : tight === 'khan' ? '1' : '';
    if (value !== '') return { value, confidence: 'sure', rule: 'urgency-stamp', places: [placeOf(head.sheet, line)] };
  }
  return null;
}

/** A stamp of State secrecy. Such a document must not be on a machine with a network (records-rules 1.8). */
export function secretMark(head: Head): { readonly words: string; readonly place: PagePlace } | null {
  const line = stampLines(head).find((one) => /^(?:mat|toimat|tuyetmat)$/.test(foldTight(one.text)));
  return line === undefined ? null : { words: line.text.trim(), place: placeOf(head.sheet, line) };
}

function stampLines(head: Head): readonly Segment[] {
  return head.lines.filter((line) => line.top < head.sheet.height * 0.6 && isCapitals(line.text) && line.text.length < 40);
}

const asked =
  /(?:gửi|báo cáo|hoàn thành|trả lời|nộp|có ý kiến|góp ý|phản hồi|đăng ký|cung cấp|tổng hợp|thực hiện|tham gia|phúc đáp)[^.;]{0,160}?(?:trước|chậm nhất|muộn nhất|hạn cuối|đến hết|thời hạn)[^.;]{0,40}?(?=ngày\s*\d|\d{1,2}\/\d)/giu;
const normative = /^(?:Luật|Nghị định|Thông tư|Pháp lệnh|Bộ luật)/;

/** By when an answer is asked for, where the text says so plainly with day, month and year after the day of issue. */
export function dueDates(flow: Flow, issued: string | undefined, kind: string | undefined, notation: string | undefined): readonly Candidate[] {
  // Law gives days to many; its symbol holds the year.
  if ((kind !== undefined && normative.test(kind)) || /^\d{4}\//.test(notation ?? '')) return [];
  const found: Candidate[] = [];
  for (const phrase of flow.text.matchAll(asked)) {
    const from = phrase.index + phrase[0].length;
    const [date] = datesIn(flow.text.slice(from, from + 48));
    if (date === undefined || date.from > 3) continue;
    if (issued !== undefined && (date.day < issued || date.day > later(issued))) continue;
    const start = flow.at(from);
    const end = flow.at(from + date.to - 1);
    const places = [start, end].filter((one) => one !== undefined).map((one) => placeOf(one.sheet, one.segment));
    const distinct = start?.segment === end?.segment ? places.slice(0, 1) : places;
    if (!found.some((one) => one.value === date.day)) found.push({ value: date.day, confidence: issued === undefined ? 'doubtful' : 'likely', rule: 'asked-by', places: distinct });
  }
  return found;
}

/** A year and a bit after a day; what is asked for later is a plan, not a reply. */
function later(day: string): string {
  return `${String(Number(day.slice(0, 4)) + 1)}-12-31`;
}
