import { fold } from '../../../i18n/fold.ts';

/** What is read of a PDF to judge its form. Lengths in mm from the page's upper left corner, letters as they stand. */
export type PageFacts = {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly {
    readonly text: string;
    readonly left: number;
    readonly right: number;
    /** of the line the letters stand on */
    readonly base: number;
    /** height of the letters in points */
    readonly size: number;
    readonly font: string;
  }[];
};

/** What a draft says of itself that must stand on the paper. */
export type ExpectedParts = {
  readonly agency: string;
  readonly subject: string;
  readonly signerName: string;
  readonly signerPosition: string;
};

export const hintCodes = [
  'no-text',
  'page-size',
  'margin-left',
  'margin-right',
  'margin-top',
  'margin-bottom',
  'font',
  'body-size',
  'nation',
  'motto',
  'agency',
  'number',
  'number-filled',
  'date',
  'subject',
  'signer',
  'position',
  'recipients',
] as const;

/** `clause`: of NĐ 30/2020 annex I, from records-rules.md §1.7; `value`: what was met. */
export type FormHint = { readonly code: (typeof hintCodes)[number]; readonly clause: string; readonly value: string };

const clauses: Readonly<Record<FormHint['code'], string>> = {
  'no-text': 'I',
  'page-size': 'I.1',
  'margin-left': 'I.3',
  'margin-right': 'I.3',
  'margin-top': 'I.3',
  'margin-bottom': 'I.3',
  font: 'I.4',
  'body-size': 'II.6',
  nation: 'II.1',
  motto: 'II.1',
  agency: 'II.2',
  number: 'II.3',
  'number-filled': 'II.3',
  date: 'II.4',
  subject: 'II.5',
  signer: 'II.7',
  position: 'II.7',
  recipients: 'II.9',
};

/** What a pen or a printer may be off by. */
const tolerance = 2;
/** Fonts with the widths of Times New Roman; embedded ones carry six letters before the name. */
const rightFonts = /times|tinos|liberation\s?serif|nimbus\s?rom|symbol|wingdings/i;

/**
 * The form of a document as far as a machine can judge it, as hints for the person who checks (NĐ 30/2020 annex I). Only the
 * first page is judged for its parts and its upper margin: number and seal may still be missing, other pages have a page
 * number in the margin.
 */
export function formHints(pages: readonly PageFacts[], expected: ExpectedParts): FormHint[] {
  const hints: FormHint[] = [];
  const add = (code: FormHint['code'], value = ''): void => {
    hints.push({ code, clause: clauses[code], value });
  };
  const [first] = pages;
  if (first === undefined) return hints;
  const odd = pages.findIndex((page) => Math.abs(page.width - 210) > tolerance || Math.abs(page.height - 297) > tolerance);
  if (odd >= 0) add('page-size', `${mm(pages[odd]?.width)} × ${mm(pages[odd]?.height)} mm`);
  if (pages.every((page) => page.pieces.length === 0)) {
    add('no-text');
    return hints;
  }
  margins(pages, add);
  const pieces = pages.flatMap((page) => page.pieces);
  const others = [...new Set(pieces.map((piece) => piece.font.replace(/^[A-Z]{6}\+/, '')).filter((font) => font !== '' && !rightFonts.test(font)))];
  if (others.length > 0) add('font', others.slice(0, 4).join(', '));
  const size = commonSize(pieces);
  if (size < 12.5 || size > 14.5) add('body-size', size.toFixed(1));
  parts(pages, first, expected, add);
  return hints;
}

type Add = (code: FormHint['code'], value?: string) => void;

function margins(pages: readonly PageFacts[], add: Add): void {
  const withText = pages.filter((page) => page.pieces.length > 0);
  const left = Math.min(...withText.flatMap((page) => page.pieces.map((piece) => piece.left)));
  const right = Math.min(...withText.flatMap((page) => page.pieces.map((piece) => page.width - piece.right)));
  if (left < 30 - tolerance || left > 35 + tolerance) add('margin-left', mm(left));
  // Ragged or short lines leave more; less is what the decree forbids.
  if (right < 15 - tolerance) add('margin-right', mm(right));
  const [first] = pages;
  if (first === undefined || first.pieces.length === 0) return;
  const top = Math.min(...first.pieces.map((piece) => piece.base - piece.size * pointMm));
  // The address of the office and the drafter's mark stand small in the lower margin, and are meant to (parts 12, 13).
  const body = withText.flatMap((page) => page.pieces.filter((piece) => piece.size > smallSize).map((piece) => page.height - piece.base));
  const bottom = Math.min(...body);
  if (top < 20 - tolerance || top > 25 + tolerance) add('margin-top', mm(top));
  if (bottom < 20 - tolerance) add('margin-bottom', mm(bottom));
}

function parts(pages: readonly PageFacts[], first: PageFacts, expected: ExpectedParts, add: Add): void {
  const front = plain(first.pieces.map((piece) => piece.text).join(' '));
  const whole = plain(pages.flatMap((page) => page.pieces.map((piece) => piece.text)).join(' '));
  const has = (text: string, words: string): boolean => words.trim() === '' || text.includes(plain(words));
  if (!has(front, 'Cộng hòa xã hội chủ nghĩa Việt Nam')) add('nation');
  if (!has(front, 'Độc lập - Tự do - Hạnh phúc')) add('motto');
  if (!has(front, expected.agency)) add('agency', expected.agency);
  const number = numberLine(first);
  if (number === undefined) add('number');
  else if (/^\d+$/.test(number)) add('number-filled', number);
  if (!/ngay\d*thang\d*nam\d*/.test(front)) add('date');
  if (!has(front, expected.subject)) add('subject');
  if (!has(whole, expected.signerName)) add('signer', expected.signerName);
  if (!has(whole, expected.signerPosition)) add('position', expected.signerPosition);
  if (!has(whole, 'Nơi nhận')) add('recipients');
}

/** What stands between "Số:" and the symbol in the upper left; undefined when there is no such line. */
function numberLine(page: PageFacts): string | undefined {
  const upperLeft = page.pieces.filter((piece) => piece.base < page.height / 3 && piece.left < page.width / 2);
  const lines = Map.groupBy(upperLeft, (piece) => Math.round(piece.base));
  for (const pieces of lines.values()) {
    const line = pieces.toSorted((a, b) => a.left - b.left).map((piece) => piece.text).join('');
    const found = /S\s*ố\s*:\s*([^/]*)/.exec(line.normalize('NFC'));
    if (found !== null) return (found[1] ?? '').trim();
  }
  return undefined;
}

/** The size most letters have. */
function commonSize(pieces: PageFacts['pieces']): number {
  const letters = new Map<number, number>();
  for (const { size, text } of pieces) {
    const half = Math.round(size * 2) / 2;
    letters.set(half, (letters.get(half) ?? 0) + text.length);
  }
  return [...letters].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/** What is set smaller than this is no running text. */
const smallSize = 12.4;
const pointMm = 25.4 / 72;

/** Without spaces and accents: pieces are cut anywhere, and old texts write hoà for hòa. */
function plain(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}

function mm(length: number | undefined): string {
  return (length ?? 0).toFixed(0);
}
