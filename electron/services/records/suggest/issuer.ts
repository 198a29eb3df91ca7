import type { Candidate } from '#contract';
import { foldTight, isCapitals, tidy } from './fold.ts';
import type { Head } from './head.ts';
import { bodyName, placeIn } from './names.ts';
import { placeOf, type Segment } from './segments.ts';

/** Words with which the name of a body begins; what begins otherwise goes on with the line above. */
const bodyHeads =
  /^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BỘ|SỞ|CỤC|CHI CỤC|TỔNG CỤC|VỤ|VĂN PHÒNG|PHÒNG|BAN|TRUNG TÂM|TRƯỜNG|VIỆN|HỌC VIỆN|ĐẠI HỌC|BỆNH VIỆN|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|NGÂN HÀNG|KHO BẠC|BẢO HIỂM|TÒA ÁN|TOÀ ÁN|VIỆN KIỂM SÁT|CÔNG AN|QUÂN KHU|THANH TRA|HẢI QUAN|THUẾ|CHI NHÁNH|ĐẢNG BỘ|ĐẢNG ỦY|ĐẢNG UỶ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|HỘI|LIÊN ĐOÀN|CÔNG ĐOÀN|ĐOÀN|MẶT TRẬN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH NƯỚC|QUỸ|BÁO|ĐÀI)(?:\s|$)/u;
const atMost = 8;

/**
 * The body that issues: the last of those named at the left over the number; above it may stand the one that it belongs to
 * (annex I.II.2: in bold, the upper one not). What the type does not tell apart is told by the words.
 */
export function issuerOf(head: Head, numberLine: Segment | undefined, flow: string): { readonly best: Candidate | null; readonly others: readonly Candidate[] } {
  const end = numberLine?.top ?? head.left.find((line) => /^v\s?\/\s?v/iu.test(line.text))?.top ?? head.sheet.height * 0.2;
  const lines = head.left
    .filter((line) => line.bottom <= end + 2 && isCapitals(line.text) && !/^số(?!\p{L})/iu.test(line.text.normalize('NFC')))
    .slice(-atMost);
  if (lines.length === 0) return attachedTo(head);
  const groups = bodies(lines);
  const named = groups.map((group) => {
    const capitals = tidy(group.map((line) => line.text).join(' ')).replace(/[\s*_.-]+$/u, '');
    return { ...bodyName(capitals, flow), places: group.map((line) => placeOf(head.sheet, line)) };
  });
  const own = named.at(-1);
  if (own === undefined) return { best: null, others: [] };
  const candidate = (name: string, rule: string, confidence: Candidate['confidence'], places: Candidate['places']): Candidate => ({ value: name, rule, confidence, places });
  const clear = head.state !== undefined && numberLine !== undefined;
  const upper = named.at(-2);
  const ofPlace = upper === undefined ? undefined : placeIn(upper.name);
  const others = [
    ...(ofPlace !== undefined && placeIn(own.name) === undefined ? [candidate(`${own.name} ${ofPlace}`, 'with-upper-place', 'doubtful', own.places)] : []),
    ...named.slice(0, -1).map((one) => candidate(one.name, 'upper-body', 'doubtful', one.places)),
  ];
  return { best: candidate(own.name, own.seen ? 'agency-line' : 'agency-line-in-capitals', clear && own.seen ? 'sure' : 'likely', own.places), others };
}

/** Lines that make one name each. */
function bodies(lines: readonly Segment[]): readonly (readonly Segment[])[] {
  const weights = new Set(lines.map((line) => line.bold));
  const byWeight = weights.size > 1 && !weights.has(undefined);
  const groups: Segment[][] = [];
  for (const line of lines) {
    const above = groups.at(-1)?.at(-1);
    const begins = byWeight ? above?.bold !== line.bold : bodyHeads.test(tidy(line.text).toUpperCase());
    // A name as long as the column goes on below even with a word that could begin another.
    const gap = above === undefined ? 0 : line.top - above.bottom;
    if (above === undefined || begins || gap > 1.5 * line.size) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups;
}

/** `(Kèm theo văn bản số … của Bộ Xây dựng)`. */
function attachedTo(head: Head): { readonly best: Candidate | null; readonly others: readonly Candidate[] } {
  const start = head.lines.findIndex((line) => /kemtheo/.test(foldTight(line.text)));
  if (start < 0) return { best: null, others: [] };
  const lines = head.lines.slice(start, start + 4);
  const text = lines.map((line) => tidy(line.text)).join(' ');
  const found = /kèm theo.*?\bcủa\s+(?<name>\p{Lu}[^)]{2,120}?)\s*\)/iu.exec(text)?.groups?.['name'];
  if (found === undefined) return { best: null, others: [] };
  const places = lines.filter((line) => tidy(line.text).includes(found)).map((line) => placeOf(head.sheet, line));
  return { best: { value: found, confidence: 'likely', rule: 'attached-to', places }, others: [] };
}
