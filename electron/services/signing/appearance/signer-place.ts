import type { Box } from '../wish.ts';
import { mm } from './drawing.ts';
import type { Confidence } from './entries.ts';
import { linesOf, segmentsOf, type PageText, type Segment } from './lines.ts';

/** Where a leader signs: between position and name (NĐ 30/2020 Annex I, ô 7c). */
export type SignerPlace = {
  readonly page: number;
  /** the room between the two, in points from the lower left of the page as shown */
  readonly room: Box;
  /** as printed; '' when there is no position above the name */
  readonly title: string;
  readonly name: string;
  /** `sure`: the name that was asked for, under a position, with room between; `doubtful`: no position, or hardly any room */
  readonly confidence: Confidence;
};

const authority = /^(?:TM|KT|TL|TUQ|T\/M|K\/T|T\/L|Q)\s*\.\s*\p{L}/u;
const position = /TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|CHÁNH|BÍ THƯ|THỦ TƯỚNG|CHỦ NHIỆM|PHÓ|TỔNG|ĐẠI DIỆN|CHỈ HUY|TƯ LỆNH|CHÍNH ỦY|CHỦ TỌA|THƯ KÝ|VIỆN|THẨM PHÁN/u;
const ranks = /^(?:GS|PGS|TS|THS|KS|CN|BS|LS|CK|I|(?:ĐẠI|THƯỢNG|TRUNG|THIẾU)(?:TƯỚNG|TÁ|ÚY|UÝ))*$/u;
const note = /^\(|đã ký|ký bởi|người ký|thời gian|ngày ký/iu;
const personName = /^\p{Lu}['’]?\p{L}*(?:\s\p{Lu}['’]?\p{L}*){1,5}$/u;

/** The room is at most so wide and high; less than the least is no room for a signature, and it is widened over what is printed. */
const size = { width: 60 * mm, least: 8 * mm, widened: 15 * mm };
/** A name further below its position does not belong to it, in points. */
const furthest = 200;

/**
 * Finds the place by the printed text: the last block of position and name in the document. With `name`, as written
 * anywhere, in capitals or not, with or without ranks; without, any name under a position in the right half of a page.
 */
export function signerPlace(text: PageText, font: Uint8Array, name?: string): SignerPlace | undefined {
  const wanted = name === undefined ? undefined : tight(name);
  if (wanted === '') return undefined;
  const found = text.sheets.flatMap((sheet, index) => {
    const segments = segmentsOf(linesOf(text, index + 1, font));
    const isName = (segment: Segment): boolean => (wanted === undefined ? isPerson(segment, sheet.width) : isNamed(segment.text, wanted));
    return segments.filter(isName).map((segment) => placeAt(segment, segments, sheet, wanted !== undefined));
  });
  return found.findLast(({ title }) => title !== '') ?? (wanted === undefined ? undefined : found.at(-1));
}

/** A room for a signature around a point that somebody clicked at, inside the page; same measures as `SignerPlace.room`. */
export function roomAround(point: { readonly x: number; readonly y: number }, sheet: { readonly width: number; readonly height: number }, wanted: { readonly width: number; readonly height: number }): Box {
  const width = Math.min(wanted.width, sheet.width);
  const height = Math.min(wanted.height, sheet.height);
  const within = (value: number, most: number): number => Math.max(0, Math.min(value, most));
  return { left: within(point.x - width / 2, sheet.width - width), bottom: within(point.y - height / 2, sheet.height - height), width, height };
}

function placeAt(name: Segment, segments: readonly Segment[], sheet: { readonly width: number; readonly height: number }, isAsked: boolean): SignerPlace {
  const centre = middle(name);
  const above = segments
    .filter((one) => one.baseline > name.baseline + 0.5 * name.size && one.baseline - name.baseline < furthest && Math.abs(middle(one) - centre) < 0.17 * sheet.width && !note.test(one.text))
    .sort((a, b) => a.baseline - b.baseline);
  const [nearest] = above;
  const title = nearest !== undefined && isTitle(nearest, above) ? nearest : undefined;
  const bottom = name.baseline + 0.95 * name.size;
  const top = title === undefined ? bottom + 25 * mm : title.baseline - 0.25 * title.size;
  const isTight = top - bottom < size.least;
  const half = Math.max(5 * mm, Math.min(size.width / 2, centre - 5 * mm, sheet.width - centre - 5 * mm));
  const height = isTight ? size.widened : top - bottom;
  return {
    page: name.page,
    room: { left: centre - half, bottom: isTight ? (top + bottom - height) / 2 : bottom, width: 2 * half, height },
    title: title?.text ?? '',
    name: name.text,
    confidence: title === undefined || isTight ? 'doubtful' : isAsked ? 'sure' : 'likely',
  };
}

function middle({ left, right }: Segment): number {
  return (left + right) / 2;
}

/** A line in capitals that speaks of authority or office, or goes on with a line that does. */
function isTitle(line: Segment, above: readonly Segment[]): boolean {
  if (!isCapitals(line.text)) return false;
  if (authority.test(line.text) || position.test(line.text)) return true;
  const next = above.find((one) => one.baseline > line.baseline);
  return next !== undefined && next.baseline - line.baseline < 2 * line.size && isTitle(next, above);
}

function isCapitals(text: string): boolean {
  return /\p{L}{2}/u.test(text) && text === text.toUpperCase();
}

function isPerson(segment: Segment, width: number): boolean {
  const text = segment.text.replace(/^(?:\p{L}{2,4}\.\s*)+/u, '');
  return middle(segment) > 0.5 * width && personName.test(text) && !(isCapitals(text) && position.test(text));
}

function tight(text: string): string {
  return text.normalize('NFC').toUpperCase().replaceAll(/[^\p{L}]/gu, '');
}

function isNamed(text: string, wanted: string): boolean {
  const found = tight(text);
  return found.endsWith(wanted) && ranks.test(found.slice(0, found.length - wanted.length));
}
