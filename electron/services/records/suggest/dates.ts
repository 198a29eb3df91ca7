import type { Candidate } from '#contract';
import { foldTight, tidy } from './fold.ts';
import type { Head } from './head.ts';
import { placeOf, type Segment } from './segments.ts';

const number = String.raw`\d(?:\s?\d)?`;
const worded = new RegExp(String.raw`ngày\s*(?<day>${number})\s*tháng\s*(?<month>${number})\s*năm\s*(?<year>\d\s?\d\s?\d\s?\d)`, 'giu');
const slashed = new RegExp(String.raw`(?:ngày\s*)?(?<![\d\/.-])(?<day>${number})\s?[\/.-]\s?(?<month>${number})\s?[\/.-]\s?(?<year>\d{4})(?![\d\/])`, 'giu');

export type FoundDate = { readonly day: string; readonly from: number; readonly to: number };

/** Full dates in a text, in their order, as `yyyy-MM-dd`; impossible ones are not told. */
export function datesIn(text: string): readonly FoundDate[] {
  return [...text.matchAll(worded), ...text.matchAll(slashed)]
    .flatMap((found): FoundDate[] => {
      const { day = '', month = '', year = '' } = found.groups ?? {};
      const told = dayOf(year, month, day);
      return told === undefined ? [] : [{ day: told, from: found.index, to: found.index + found[0].length }];
    })
    .toSorted((a, b) => a.from - b.from);
}

/** A calendar day of digits that may stand apart; undefined when there is no such day, or not in a clerk's lifetime. */
function dayOf(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [year, month, day].map((digits) => Number(digits.replaceAll(/\s/g, '')));
  if (y === undefined || m === undefined || d === undefined || y < 1945 || y > 2100) return undefined;
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined;
  return date.toISOString().slice(0, 10);
}

export type IssueFacts = {
  readonly date: Candidate | undefined;
  readonly place: Candidate | undefined;
  /** the line that tells the date; what stands below belongs to the text */
  readonly line: Segment | undefined;
  readonly others: readonly Candidate[];
};

/** Reads `Hà Nội, ngày 05 tháng 3 năm 2026` under the motto (annex I.II.4). */
export function issueFacts(head: Head): IssueFacts {
  const told = dateLine(head);
  const best = told?.date;
  const elsewhere = head.lines.flatMap((line) =>
    datesIn(line.text.normalize('NFC')).map((found): Candidate => ({ value: found.day, confidence: 'doubtful', rule: 'named-on-page', places: [placeOf(head.sheet, line)] })),
  );
  const signing = head.signed.flatMap((line) =>
    datesIn(line.text).map((found): Candidate => ({ value: found.day, confidence: 'doubtful', rule: 'signing-time', places: [placeOf(head.sheet, line)] })),
  );
  const seen = new Set(best === undefined ? [] : [best.value]);
  const others = [...elsewhere, ...signing].filter((one) => !seen.has(one.value) && seen.add(one.value)).slice(0, 6);
  return { date: best, place: told?.place, line: told?.line, others };
}

function dateLine(head: Head): Omit<IssueFacts, 'others'> | undefined {
  const below = head.right.filter((line) => !/conghoaxahoi|dangcongsan|^doclap/.test(foldTight(line.text)));
  for (const [index, line] of below.slice(0, 4).entries()) {
    const next = below[index + 1];
    // A long name of place pushes the year to the next line.
    for (const lines of [[line], ...(next === undefined ? [] : [[line, next]])]) {
      const text = lines.map((one) => one.text).join(' ').normalize('NFC');
      const [found] = datesIn(text);
      if (found === undefined || /kèm theo/iu.test(text)) continue;
      const places = lines.map((one) => placeOf(head.sheet, one));
      return { line: lines.at(-1), date: { value: found.day, confidence: 'sure', rule: 'date-line', places }, place: placeName(head, lines, text) };
    }
    if (/ngay.*thang.*nam/.test(foldTight(line.text))) return { line, date: undefined, place: placeName(head, [line], line.text.normalize('NFC')) };
  }
  return outsideHead(head);
}

/** Where the two columns are missing, the first line that is a place and a date; or what an annex says it belongs to. */
function outsideHead(head: Head): Omit<IssueFacts, 'others'> | undefined {
  for (const line of head.lines) {
    const text = line.text.normalize('NFC');
    const [found] = datesIn(text);
    if (found === undefined) continue;
    const places = [placeOf(head.sheet, line)];
    if (/^[\p{Lu}][\p{L}\s.-]{1,40},\s*ngày/u.test(text.trim())) {
      return { line, date: { value: found.day, confidence: 'likely', rule: 'place-and-date', places }, place: placeName(head, [line], text) };
    }
    if (/kèm theo.*số/iu.test(text)) return { line, date: { value: found.day, confidence: 'likely', rule: 'attached-to', places }, place: undefined };
    if (/^hôm nay/iu.test(text.trim())) return { line, date: { value: found.day, confidence: 'likely', rule: 'today', places }, place: undefined };
  }
  return undefined;
}

function placeName(head: Head, lines: readonly Segment[], text: string): Candidate | undefined {
  const name = tidy(text.slice(0, Math.max(0, text.toLowerCase().indexOf('ngày'))).replace(/[,\s]+$/u, ''));
  const [line] = lines;
  if (line === undefined || !/^\p{Lu}[\p{L}\s.'-]{1,48}$/u.test(name)) return undefined;
  return { value: name, confidence: 'sure', rule: 'date-line', places: [placeOf(head.sheet, line, 0, Math.min(line.text.length, name.length))] };
}
