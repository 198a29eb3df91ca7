import { fold, foldTight, isCapitals } from './fold.ts';
import { joined, middle, partOf, type Segment, type Sheet } from './segments.ts';

/** The first page's top: two columns over the number and the date (NĐ 30/2020 annex I, ô 1–5b). */
export type Head = {
  readonly sheet: Sheet;
  /** the page's lines without what others put on it: stamps of arrival, gazette headers, blocks of signing programs */
  readonly lines: readonly Segment[];
  /** lines of the left column from the agency's name down, to the middle of the page */
  readonly left: readonly Segment[];
  /** lines of the right column: State name, motto, place and date */
  readonly right: readonly Segment[];
  /** the State's or the Party's name; undefined when the page has none */
  readonly state: Segment | undefined;
  /** text of blocks that signing programs drew (Ký bởi, Thời gian ký) */
  readonly signed: readonly Segment[];
};

const stateName = /conghoaxahoichunghiavietnam|dangcongsanvietnam/;
const rightColumn = /conghoaxahoi|dangcongsan|doclaptudo|ngay\d*thang/;
const gazette = /congbao.*so.*ngay/;
const signingBlock = /k[ýy]\s*b[ởo]i|ng[ưu][ờo]i\s*k[ýy]|th[ờo]i\s*gian\s*k[ýy]|c[ơo]\s*quan\s*:|email\s*:/iu;
const codeLike = /\d\s*\/\s*(?:\d{4}\s*\/\s*)?\p{Lu}{2}/u;
/** What a stamp of arrival says beside ĐẾN (annex IV.V). */
const stampLine = /^(?:số và ký hiệu|số|ngày|giờ|chuyển|lưu)\b/iu;
const millimetre = 72 / 25.4;

/** Takes the first page apart. */
export function headOf(sheet: Sheet): Head {
  const blocks = annotationsWith(sheet, (text) => signingBlock.test(text));
  const stamps = annotationsWith(sheet, (text) => /\bđến\b/iu.test(text.normalize('NFC')) && /số|ngày|chuyển/iu.test(text.normalize('NFC')));
  const shownBy = (segment: Segment, marks: ReadonlySet<string>): boolean => segment.marks.some((mark) => marks.has(mark));
  const own = sheet.segments.filter(
    (segment) => !shownBy(segment, blocks) && !shownBy(segment, stamps) && !gazette.test(foldTight(segment.text)),
  );
  const drawn = own.flatMap((segment) => columns(segment, own));
  const lines = withoutStamp(drawn);
  const state = lines.find((line) => stateName.test(foldTight(line.text)));
  const edge = state?.left ?? sheet.width * 0.5;
  const from = state === undefined ? 0 : state.top - 1.2 * (state.bottom - state.top);
  const head = lines.filter((line) => line.top >= from && line.top < sheet.height * 0.6);
  return {
    sheet,
    lines,
    state,
    left: rows(head.filter((line) => middle(line) < edge)),
    right: rows(head.filter((line) => middle(line) >= edge)),
    signed: sheet.segments.filter((segment) => shownBy(segment, blocks)),
  };
}

/** Annotations whose whole text says something. */
function annotationsWith(sheet: Sheet, says: (text: string) => boolean): ReadonlySet<string> {
  const texts = new Map<string, string>();
  for (const segment of sheet.segments) {
    for (const mark of segment.marks) texts.set(mark, `${texts.get(mark) ?? ''}\n${segment.text}`);
  }
  return new Set([...texts].filter(([, text]) => says(text)).map(([mark]) => mark));
}

/** A line that runs through both columns because the gap between them is narrow, cut where the right one begins. */
function columns(segment: Segment, all: readonly Segment[]): readonly Segment[] {
  const edge = all.find((line) => stateName.test(foldTight(line.text)));
  if (edge === undefined || segment.top > edge.bottom + 8 * edge.size) return [segment];
  const starts = [...segment.text.matchAll(/(?<=\s)\S/gu)].map((found) => found.index);
  // The last beginning from which the rest still is what stands on the right.
  const cut = starts.findLast((at) => {
    const rest = foldTight(segment.text.slice(at));
    return /^(?:conghoaxahoi|dangcongsan|doclaptudo)/.test(rest);
  }) ?? placeAndDate(segment, starts, edge);
  if (cut === undefined) return [segment];
  return [partOf(segment, 0, cut), partOf(segment, cut, segment.text.length)].filter((part) => part !== undefined);
}

/** Where `Hà Nội, ngày …` begins in a line that holds the number as well. */
function placeAndDate(segment: Segment, starts: readonly number[], edge: Segment): number | undefined {
  if (!rightColumn.test(foldTight(segment.text)) || !codeLike.test(segment.text)) return undefined;
  const near = (at: number): boolean => (segment.letters[at]?.left ?? 0) > edge.left - 5 * segment.size;
  return starts.find((at) => near(at) && /ngay\d*thang/.test(foldTight(segment.text.slice(at))));
}

/**
 * The page without a stamp of arrival that is part of its content. Its number and date are the receiver's. The line above
 * ĐẾN is the receiver's name.
 */
function withoutStamp(lines: readonly Segment[]): readonly Segment[] {
  const seed = lines.find((line) => /^(?:(?:công văn|văn bản)\s+)?ĐẾN(?:$|\s+(?:số|ngày|giờ))/u.test(line.text.normalize('NFC').trim().replace(/^(công văn|văn bản)/iu, (word) => word.toLowerCase())));
  if (seed === undefined) return lines;
  const near = (line: Segment): boolean =>
    Math.abs(middle(line) - middle(seed)) < 60 * millimetre &&
    line.top > seed.top - 12 * millimetre &&
    line.bottom < seed.bottom + 35 * millimetre;
  const parts = lines.filter(
    (line) => near(line) && stampLine.test(line.text.normalize('NFC').trim()) && !codeLike.test(line.text) && !/tháng/iu.test(line.text.normalize('NFC')),
  );
  if (parts.length === 0 && seed.text.trim().length < 5) return lines;
  const name = lines.filter(
    (line) => line.bottom <= seed.top + 2 && seed.top - line.bottom < 10 * millimetre && isCapitals(line.text) && line.size < seed.size * 1.05 &&
      line.left < seed.right + 25 * millimetre && line.right > seed.left - 25 * millimetre && !stateName.test(foldTight(line.text)) && line.top > belowNumber(lines),
  );
  return lines.filter((line) => line !== seed && !parts.includes(line) && !name.includes(line));
}

/** The height of the number's line: what stands above it is not the receiver's. */
function belowNumber(lines: readonly Segment[]): number {
  return lines.find((line) => /^s[oố]/iu.test(fold(line.text)) && codeLike.test(line.text))?.bottom ?? 0;
}

/** Segments side by side as one line. */
function rows(segments: readonly Segment[]): readonly Segment[] {
  const groups: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.top - b.top)) {
    const group = groups.findLast((one) => {
      const [first] = one;
      if (first === undefined) return false;
      const shared = Math.min(first.bottom, segment.bottom) - Math.max(first.top, segment.top);
      return shared >= 0.5 * Math.min(first.bottom - first.top, segment.bottom - segment.top);
    });
    if (group === undefined) groups.push([segment]);
    else group.push(segment);
  }
  return groups.flatMap((group) => joined(group) ?? []);
}
