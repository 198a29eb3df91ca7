import { linesOf, type Line, type PageText } from './lines.ts';

export type Confidence = 'sure' | 'likely' | 'doubtful';

/** What the clerk enters on the first page (NĐ 30/2020 Annex I.II.3 and 4). `code`: number and symbol, where no symbol is printed. */
export type EntryKind = 'number' | 'code' | 'day' | 'month' | 'year';

/** A gap in the printed text that waits for an entry. Points from the lower left of the page as shown. */
export type EntryPlace = {
  readonly kind: EntryKind;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** of the letters around it */
  readonly size: number;
  /** dots are printed where the entry goes */
  readonly isDotted: boolean;
  /** an annotation shows something there already, as the clerk's signatures of other programs do */
  readonly isTaken: boolean;
  readonly confidence: Confidence;
};

export type EntryPlaces = {
  readonly places: readonly EntryPlace[];
  /** printed behind the number's gap, such as `/UBND-VX`; '' when there is none */
  readonly symbol: string;
  /** printed behind `năm`; '' when there is none */
  readonly year: string;
  /** what is printed where others leave a gap: some offices take the number before anybody signs */
  readonly printed: PrintedEntries;
};

export type PrintedEntries = Readonly<Partial<Record<'number' | 'day' | 'month', string>>>;

const filler = '[\\s.…_]*';
const numberPattern = new RegExp(`(?:^|\\s)(S[ốỐ]\\s*:?)(${filler})(/?)`, 'u');
const datePattern = new RegExp(`([Nn]gày)(${filler})(tháng)(${filler})(năm)\\s*(\\d{4})?`, 'u');
/** As it stands under place and date: behind a comma, with nothing after it. */
const printedDate = /,\s*[Nn]gày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*$/u;
/** Number and date stand in the head of the first page. */
const head = 0.5;
/** Room for what has no end of its own, in points: a number with its symbol, a year. */
const openRoom = { code: 120, year: 30 };

/** The gaps for number and date on the first page, and what is printed in their stead. */
export function entryPlaces(text: PageText, font: Uint8Array): EntryPlaces {
  const height = text.sheets[0]?.height ?? 0;
  const lines = linesOf(text, 1, font).filter(({ baseline }) => baseline > (1 - head) * height);
  const marked = text.items.filter((item) => item.page === 1 && (item.mark ?? '') !== '').map(({ box }) => box);
  const sheet = text.sheets[0] ?? { width: 1, height: 1 };
  const isTaken = ({ left, right, baseline }: Pick<EntryPlace, 'left' | 'right' | 'baseline'>): boolean =>
    marked.some(([l, t, r, b]) => l * sheet.width < right && r * sheet.width > left && (1 - b) * sheet.height < baseline + 5 && (1 - t) * sheet.height > baseline);
  const number = first(lines, numberIn);
  const date = first(lines, (line) => dateIn(line) ?? printedDateIn(line));
  const places = [...(number?.places ?? []), ...(date?.places ?? [])].map((place): EntryPlace => ({ ...place, page: 1, isTaken: isTaken(place) }));
  return { places, symbol: number?.symbol ?? '', year: date?.year ?? '', printed: { ...number?.printed, ...date?.printed } };
}

type Gap = Omit<EntryPlace, 'page' | 'isTaken'>;

function first<T>(lines: readonly Line[], find: (line: Line) => T | undefined): T | undefined {
  for (const line of lines) {
    const found = find(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

function numberIn(line: Line): { readonly places: readonly Gap[]; readonly symbol: string; readonly printed?: PrintedEntries } | undefined {
  const match = numberPattern.exec(line.text);
  if (match === null) return undefined;
  const [whole, label = '', dots = '', slash] = match;
  const from = match.index + whole.length - (slash ?? '').length - dots.length;
  const to = from + dots.length;
  // The word alone is no label: "Số lượng" begins like it.
  if (!label.includes(':') && slash === '') return undefined;
  const [taken] = /^\d{1,6}\p{L}?(?=[/\s]|$)/u.exec(line.text.slice(to)) ?? [];
  if (taken !== undefined) return { places: [], symbol: line.text[to + taken.length] === '/' ? symbolAt(line, to + taken.length) : '', printed: { number: taken } };
  if (/\d/.test(line.text[to] ?? '')) return { places: [], symbol: '' };
  if (slash === '/') return { places: [gap(line, 'number', from, to, dots)], symbol: symbolAt(line, to) };
  const { left, size } = edges(line, from, to);
  const next = line.units[line.unitAt[to] ?? line.units.length]?.left ?? Infinity;
  return { places: [{ kind: 'code', left: left + 3, right: Math.min(left + openRoom.code, next - 6), baseline: line.baseline, size, isDotted: isDotted(dots), confidence: 'likely' }], symbol: '' };
}

function printedDateIn({ text }: Line): { readonly places: readonly Gap[]; readonly year: string; readonly printed: PrintedEntries } | undefined {
  const [, day, month, year] = printedDate.exec(text) ?? [];
  return day === undefined || month === undefined || year === undefined ? undefined : { places: [], year, printed: { day, month } };
}

function dateIn(line: Line): { readonly places: readonly Gap[]; readonly year: string; readonly printed?: PrintedEntries } | undefined {
  const match = datePattern.exec(line.text);
  if (match === null) return undefined;
  const [, day = '', dayGap = '', month = '', monthGap = '', word = '', year] = match;
  const dayFrom = match.index + day.length;
  const monthFrom = dayFrom + dayGap.length + month.length;
  const places = [gap(line, 'day', dayFrom, dayFrom + dayGap.length, dayGap), gap(line, 'month', monthFrom, monthFrom + monthGap.length, monthGap)];
  if (year !== undefined) return { places, year };
  const from = monthFrom + monthGap.length + word.length;
  const { left, size } = edges(line, from, from);
  const next = line.units.slice(line.unitAt[from] ?? line.units.length).find(({ text }) => !/^[\s.…_]$/u.test(text))?.left ?? Infinity;
  return { places: [...places, { kind: 'year', left: left + 2, right: Math.min(left + openRoom.year, next), baseline: line.baseline, size, isDotted: false, confidence: 'likely' }], year: '' };
}

/** Between the letter before `from`, whose size it tells, and the one at `to`. */
function edges(line: Line, from: number, to: number): { readonly left: number; readonly right: number; readonly size: number } {
  const before = line.units[line.unitAt[from - 1] ?? -1];
  const left = before?.right ?? 0;
  return { left, right: line.units[line.unitAt[to] ?? -1]?.left ?? left, size: before?.size ?? line.size };
}

function gap(line: Line, kind: EntryKind, from: number, to: number, filled: string): Gap {
  const { left, right, size } = edges(line, from, to);
  const isSure = right - left >= 0.8 * size && !isDotted(filled);
  return { kind, left, right, baseline: line.baseline, size, isDotted: isDotted(filled), confidence: isSure ? 'sure' : 'likely' };
}

function isDotted(filled: string): boolean {
  return /[.…_]/u.test(filled);
}

/** From the slash to the next wide gap; narrow ones are between runs of one word. */
function symbolAt(line: Line, at: number): string {
  const from = line.unitAt[at] ?? 0;
  const end = line.units.findIndex((unit, index) => index > from && unit.text === ' ' && unit.right - unit.left > 0.6 * line.size);
  return line.units.slice(from, end < 0 ? undefined : end).map(({ text }) => text).join('').replaceAll(' ', '');
}
