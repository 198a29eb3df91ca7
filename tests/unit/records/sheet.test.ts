import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { createSheet, paper } from '../../../electron/services/records/index.ts';
import { scratchFolder } from '../store/helpers.ts';

const at = new Date('2026-11-22T01:00:00.000Z');

/** What a reader gets out of a page with these words in each face, one line per face. */
async function printed(words: string): Promise<string[]> {
  const sheet = await createSheet(documentFonts(), { title: 'Thử', author: 'Trạm', at });
  sheet.addPage();
  const faces = ['regular', 'bold', 'italic', 'boldItalic'] as const;
  faces.forEach((face, index) => {
    const [line] = sheet.wrap([{ text: words, face }], 11, 2000);
    if (line !== undefined) sheet.line(line, paper.left, 100 + 30 * index, 11);
  });
  sheet.text(words, paper.left, 300, 'regular', 11);
  const path = join(scratchFolder(), 'sheet.pdf');
  writeFileSync(path, await sheet.save());
  execFileSync('qpdf', ['--check', path]);
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  return text.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' ')).filter((line) => line !== '' && line !== '\f');
}

test.each([
  ['an emoji', 'Đã nhận 😀 rồi', 'Đã nhận ‹U+1F600› rồi'],
  ['a family of emoji', '👨\u200d👧', '‹U+1F468›‹U+200D›‹U+1F467›'],
  ['marks that turn the order round', 'hoa\u202efdp.exe\u202c', 'hoa‹U+202E›fdp.exe‹U+202C›'],
  ['marks that cannot be seen', 'a\u200bb\u00adc\ufeffd\u2066e', 'a‹U+200B›b‹U+00AD›c‹U+FEFF›d‹U+2066›e'],
  ['control characters', 'a\u0000b\u0007c\u001bd\u0085e', 'a‹U+0000›b‹U+0007›c‹U+001B›d‹U+0085›e'],
  ['half of a character', 'a\ud83db', 'a‹U+D83D›b'],
  ['letters from right to left', 'cv אב 1', 'cv ‹U+05D0›‹U+05D1› 1'],
  ['letters that the font lacks', '公文', '‹U+516C›‹U+6587›'],
  ['Vietnamese, also in pieces', 'U\u0309y ban → “Nghị định” – số 1 · é', 'Ủy ban → “Nghị định” – số 1 · é'],
])('%s: what has no glyph, or would not be seen, is printed as its code', async (_, words, expected) => {
  expect(await printed(words)).toEqual(Array(5).fill(expected));
});
