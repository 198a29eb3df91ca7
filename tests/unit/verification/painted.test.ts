import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pagesOf, streamData, viewOf, type PdfFile } from '../../../electron/foundation/pdf/index.ts';
import { identity, shared, type Area } from '../../../electron/services/verification/differences/content/geometry.ts';
import { pictureOf, type Picture } from '../../../electron/services/verification/differences/content/painted.ts';
import { asDictionary } from '../../../electron/services/verification/differences/values.ts';
import { letter, letterText, picture, stream } from '../../fakes/pdf-attacks/letter.ts';
import { good } from '../../fakes/pki/pki.ts';
import { hasSamples, sample } from '../foundation/pdf/judges.ts';
import { opened } from '../foundation/pdf/make.ts';
import { scratchFolder } from '../store/helpers.ts';

function painted(file: PdfFile, page = 0): Picture {
  const view = viewOf(file);
  const one = good(pagesOf(view))[page];
  const contents = one?.page.value.entries.get('Contents');
  const bytes = contents?.kind === 'reference' ? good(streamData(view, contents.number)) : Buffer.alloc(0);
  return pictureOf(view, bytes, asDictionary(one?.inherited.get('Resources')), identity, false);
}

/** Words with their boxes as poppler finds them, in points from below. */
function wordsByPoppler(bytes: Buffer, page: number): readonly { readonly text: string; readonly area: Area }[] {
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const html = execFileSync('pdftotext', ['-bbox', '-f', String(page + 1), '-l', String(page + 1), path, '-'], { encoding: 'utf8' });
  const height = Number(/<page width="[\d.]+" height="([\d.]+)"/.exec(html)?.[1]);
  return [...html.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)/g)].map(([, left, top, right, bottom, text = '']) => ({
    text,
    area: [Number(left), height - Number(bottom), Number(right), height - Number(top)],
  }));
}

/** Every word of poppler has our ink on it, to its edges within a point; and where it has none between words of a line, neither have we. */
function agree(bytes: Buffer, page: number, skip: (text: string) => boolean = () => false): void {
  const { items, isKnown } = painted(opened(bytes), page);
  expect(isKnown).toBe(true);
  const texts = items.filter(({ kind }) => kind === 'text').map(({ area }) => area);
  const words = wordsByPoppler(bytes, page).filter(({ text }) => !skip(text));
  expect(words.length).toBeGreaterThan(5);
  for (const { text, area } of words) {
    const middle: Area = [area[0] + 1, (area[1] + area[3]) / 2 - 0.5, area[2] - 1, (area[1] + area[3]) / 2 + 0.5];
    const on = texts.map((one) => shared(one, middle)).filter((one) => one !== undefined);
    const left = Math.min(...on.map(([x]) => x));
    const right = Math.max(...on.map(([, , x]) => x));
    expect([text, left <= middle[0] + 1 && right >= middle[2] - 1]).toEqual([text, true]);
  }
  for (const [n, { area }] of words.entries()) {
    const next = words[n + 1];
    const isGap = next !== undefined && Math.abs(next.area[1] - area[1]) < 1 && next.area[0] - area[2] > 4;
    if (!isGap) continue;
    const gap: Area = [area[2] + 1.5, (area[1] + area[3]) / 2 - 0.5, next.area[0] - 1.5, (area[1] + area[3]) / 2 + 0.5];
    expect([next.text, texts.filter((one) => shared(one, gap) !== undefined).length]).toEqual([next.text, 0]);
  }
}

test('words stand where poppler finds them, and nothing between them, in fonts with widths', () => {
  const widths = Array.from({ length: 95 }, () => 600).join(' ');
  const font = `<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/FirstChar 32/Widths[${widths}]>>`;
  const spaced = `${letterText}BT /F1 10 Tf 1 0 0 1 72 400 Tm 3 Tc 5 Tw 80 Tz (Mot hai ba) Tj 12 TL T* [(bon) -900 (nam)] TJ 4 Ts (sau) ' ET\n`;
  // Poppler lists the text of fields too.
  agree(letter('table', { 5: font, 4: stream('', spaced) }), 0, (text) => text === '12');
});

test.each(['Helvetica', 'Courier'])('the same in %s, which need not say its widths', (name) => {
  const every = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n)).join('').replaceAll(/[()\\]/g, '\\$&');
  const content = `BT /F1 6 Tf 20 700 Td (${every.slice(0, 50)} mot) Tj 0 -20 Td (${every.slice(50)} hai) Tj ET\nBT /F1 12 Tf 72 600 Td (So tien: 1000000 dong) Tj ET`;
  agree(letter('table', { 5: `<</Type/Font/Subtype/Type1/BaseFont/${name}/Encoding/WinAnsiEncoding>>`, 4: stream('', content) }), 0, (text) => text === '12');
});

test('a font that says no widths and is no standard one has no known place', () => {
  expect(drawn('BT /F1 12 Tf (x) Tj ET', { 5: '<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>' }).isKnown).toBe(false);
  expect(drawn('BT /F1 12 Tf (x) Tj ET', { 5: '<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 65/Widths[500]/Encoding/WinAnsiEncoding>>' }).isKnown).toBe(false);
});

test.skipIf(!hasSamples).each([0, 1, 2])('words of a real letter stand where poppler finds them, page %i (needs ../shared/samples)', (page) => {
  agree(sample('cv-11410-bxd-2026.pdf'), page, (text) => ['11410', '23', '7', '23tháng', 'Số:11410/BXD-KHCNMT&amp;VLXD'].includes(text));
});

const drawn = (operators: string, more: Record<number, string> = {}): Picture => painted(opened(letter('table', { 4: stream('', operators), ...more })));
const areas = ({ items }: Picture): readonly (readonly number[])[] => items.map(({ area }) => area.map((x) => Math.round(x)));

test('paths, images and forms leave ink where they are drawn; white areas and clips leave none', () => {
  expect(areas(drawn('10 20 30 40 re f'))).toEqual([[10, 20, 40, 60]]);
  expect(areas(drawn('2 0 0 2 100 100 cm 4 w 0 0 m 50 0 l S'))).toEqual([[96, 96, 204, 104]]);
  expect(areas(drawn('q 200 0 0 100 50 60 cm /Ov Do Q', { 11: stream('/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'x') }))).toEqual([[50, 60, 250, 160]]);
  expect(areas(drawn('q 0 100 -100 0 300 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID EI EI Q 5 5 5 5 re f'))).toEqual([[200, 0, 300, 100], [5, 5, 10, 10]]);
  expect(areas(drawn('1 0 0 1 7 9 cm /Ov Do', { 11: stream('/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 0 0]', '1 1 2 2 re f') }))).toEqual([[9, 11, 13, 15]]);
  expect(areas(drawn('1 g 0 0 595 842 re f 1 1 1 rg 0 0 9 9 re f 0 0 0 0 k 0 0 9 9 re f 0 0 9 9 re W n'))).toEqual([]);
  expect(areas(drawn('BT /F1 12 Tf 3 Tr 72 72 Td (an) Tj ET'))).toEqual([]);
});

test('what cannot be read or known is not called blank', () => {
  expect(drawn('0 0 1 (').isKnown).toBe(false);
  expect(drawn('/P sh').isKnown).toBe(false);
  expect(drawn('BT /F9 12 Tf (x) Tj ET').isKnown).toBe(false);
  expect(drawn('BT /F1 12 Tf (x) Tj ET', { 5: '<</Type/Font/Subtype/Type0/Encoding/UniJIS-UCS2-V/DescendantFonts[]>>' }).isKnown).toBe(false);
  expect(drawn('1 0 0 cm').isKnown).toBe(false);
});

test('forms that lead in circles end, and the rest is unknown', () => {
  const own = (data: string): Record<number, string> => ({ 11: stream('/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Ov 11 0 R>>>>', data) });
  expect(drawn('/Ov Do', own('/Ov Do')).isKnown).toBe(false);
  const bush = drawn('/Ov Do', own('/Ov Do '.repeat(50)));
  expect(bush.isKnown).toBe(false);
  expect(drawn('q '.repeat(1000)).isKnown).toBe(true);
  // More states than are kept: nobody knows which one comes back.
  expect(drawn('q '.repeat(100_000)).isKnown).toBe(false);
});

test('the letters of a picture come in the order of drawing', () => {
  const { items } = drawn('/Ov Do', { 11: picture(100, 20, 'BT /Helv 12 Tf (So) Tj 0 -14 Td (28) Tj ET') });
  expect(items.map((item) => (item.kind === 'text' ? item.text : item.kind))).toEqual(['So', '28']);
});
