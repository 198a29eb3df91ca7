import { beginText, endText, moveText, PDFDocument, PDFHexString, rgb, setFillingColor, setFontAndSize, showText, type PDFFont, type PDFName, type PDFPage } from 'pdf-lib';
import * as fontkit from '@cantoo/fontkit';
import { makeArchival } from './archival-pdf.ts';
import type { DocumentFonts, Face, Ink, Line, Placed, Run, Sheet, SheetFacts } from './paper.ts';

const inks = { black: rgb(0, 0, 0), red: rgb(0.93, 0.11, 0.14), grey: rgb(0.45, 0.45, 0.45) };

/**
 * Characters that are never drawn as they are though the font may have a glyph: those that nobody sees, and those that
 * turn the order of what is around them; Hebrew is the one script of the font that runs from right to left.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Script=Hebrew}\p{Default_Ignorable_Code_Point}]/u;

/** Text in which everything can be seen: what is not drawn stands as its code, ‹U+1F600›. The brackets are in Tinos; ⟨⟩ are not. */
function visible(text: string, glyphs: ReadonlySet<number>): string {
  let shown = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    shown += glyphs.has(code) && !unseen.test(letter) ? letter : `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  }
  return shown;
}

/** What `createSheet` answers, drawn by the library. */
export async function drawnSheet(fonts: DocumentFonts, facts: SheetFacts, { width, height }: { readonly width: number; readonly height: number }): Promise<Sheet> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  // Ligatures would come back from a search or a copy as letters that were never typed.
  const embed = (bytes: Uint8Array): Promise<PDFFont> => pdf.embedFont(bytes, { subset: true, features: { liga: false } });
  const faces: Record<Face, PDFFont> = {
    regular: await embed(fonts.regular),
    bold: await embed(fonts.bold),
    italic: await embed(fonts.italic),
    boldItalic: await embed(fonts.boldItalic),
  };
  const glyphs = Object.fromEntries(Object.entries(faces).map(([face, font]) => [face, new Set(font.getCharacterSet())])) as Record<Face, Set<number>>;
  pdf.setTitle(facts.title, { showInWindowTitleBar: true });
  pdf.setAuthor(facts.author);
  pdf.setLanguage('vi-VN');
  pdf.setCreator('Trạm Văn thư');
  pdf.setProducer('Trạm Văn thư');
  pdf.setCreationDate(facts.at);
  pdf.setModificationDate(facts.at);

  let page: PDFPage | undefined;
  const current = (): PDFPage => {
    page ??= pdf.addPage([width, height]);
    return page;
  };
  const fontNames = new WeakMap<PDFPage, Partial<Record<Face, PDFName>>>();
  function nameOnPage(face: Face): PDFName {
    const names = fontNames.get(current()) ?? {};
    fontNames.set(current(), names);
    return (names[face] ??= current().node.newFontDictionary(faces[face].name, faces[face].ref));
  }
  // A long print has the same letters a million times; shaping them anew each time is what would take its time. Without
  // ligatures a letter looks the same in every word.
  const known: Record<Face, Map<string, Shaped>> = { regular: new Map(), bold: new Map(), italic: new Map(), boldItalic: new Map() };
  function shaped(letter: string, face: Face): Shaped {
    const before = known[face].get(letter);
    if (before !== undefined) return before;
    const drawn = visible(letter, glyphs[face]);
    const one = { hex: faces[face].encodeText(drawn).asString(), width: faces[face].widthOfTextAtSize(drawn, 1) };
    known[face].set(letter, one);
    return one;
  }
  const widthOf = (value: string, face: Face, size: number): number =>
    lettersOf(value).reduce((sum, letter) => sum + shaped(letter, face).width, 0) * size;

  function text(value: string, x: number, y: number, face: Face, size: number, ink: Ink = 'black'): void {
    const hex = lettersOf(value).map((letter) => shaped(letter, face).hex).join('');
    current().pushOperators(
      beginText(),
      setFillingColor(inks[ink]),
      setFontAndSize(nameOnPage(face), size),
      moveText(x, height - y),
      showText(PDFHexString.of(hex)),
      endText(),
    );
  }

  function pieces(runs: readonly Run[], size: number, width: number): readonly Run[] {
    const words = runs.flatMap(({ text: value, face }) =>
      value.split(/[ \t\r\n]+/).filter((word) => word !== '').map((word) => ({ text: word.normalize('NFC'), face })),
    );
    return words.flatMap((word) => (widthOf(word.text, word.face, size) <= width ? [word] : broken(word, size, width)));
  }

  // A word that is too long goes on after a sign that divides it, as the symbol of a document does; else after any letter.
  function broken({ text: value, face }: Run, size: number, width: number): readonly Run[] {
    const parts: string[] = [];
    let here = '';
    for (const letter of lettersOf(value)) {
      if (widthOf(here + letter, face, size) <= width) {
        here += letter;
        continue;
      }
      const divided = /^(.*[/\-–_.,;@])(.+)$/u.exec(here) ?? [here, here, ''];
      parts.push(divided[1] ?? '');
      here = (divided[2] ?? '') + letter;
    }
    return [...parts, here].map((part) => ({ text: part, face }));
  }

  function wrap(runs: readonly Run[], size: number, width: number, indent = 0): readonly Line[] {
    const lines: { words: Placed[]; width: number }[] = [{ words: [], width: indent }];
    for (const word of pieces(runs, size, width - indent)) {
      const wide = widthOf(word.text, word.face, size);
      const line = lines.at(-1) ?? { words: [], width: 0 };
      const gap = line.words.length === 0 ? 0 : widthOf(' ', word.face, size);
      if (line.width + gap + wide > width && line.words.length > 0) {
        lines.push({ words: [{ ...word, x: 0, width: wide }], width: wide });
      } else {
        line.words.push({ ...word, x: line.width + gap, width: wide });
        line.width += gap + wide;
      }
    }
    return lines.map((line, at) => ({ ...line, last: at === lines.length - 1 }));
  }

  return {
    width,
    height,
    addPage() {
      page = pdf.addPage([width, height]);
    },
    turnTo(index) {
      page = pdf.getPage(index);
    },
    pageCount: () => pdf.getPageCount(),
    widthOf,
    wrap,
    text,
    centred(value, centre, y, face, size, ink = 'black') {
      text(value, centre - widthOf(value, face, size) / 2, y, face, size, ink);
    },
    line(line, x, y, size, spreadTo) {
      const gaps = line.words.length - 1;
      const extra = spreadTo === undefined || gaps < 1 ? 0 : (spreadTo - line.width) / gaps;
      line.words.forEach((word, at) => {
        // The space travels with its word, so that extraction does not have to guess it.
        text(at < gaps ? `${word.text} ` : word.text, x + word.x + extra * at, y, word.face, size);
      });
    },
    rule(from, to, y) {
      const at = height - y;
      current().drawLine({ start: { x: from, y: at }, end: { x: to, y: at }, thickness: 0.7, color: inks.black });
    },
    upright(x, from, to) {
      current().drawLine({ start: { x, y: height - from }, end: { x, y: height - to }, thickness: 0.7, color: inks.black });
    },
    frame(x, y, wide, high, ink) {
      current().drawRectangle({ x, y: height - y - high, width: wide, height: high, borderColor: inks[ink], borderWidth: 1 });
    },
    // A long print gives others their turn every few objects.
    save: () => {
      if (facts.archival === true) makeArchival(pdf, facts);
      return pdf.save({ useObjectStreams: false, addDefaultPage: false, objectsPerTick: 20 });
    },
  };
}

/** A letter as the font draws it: glyphs in hexadecimal, width at size 1. */
type Shaped = { readonly hex: string; readonly width: number };

/** Letters with the marks that stand over or under them. */
function lettersOf(value: string): readonly string[] {
  const composed = value.normalize('NFC');
  return /\p{M}/u.test(composed) ? (composed.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) : Array.from(composed);
}
