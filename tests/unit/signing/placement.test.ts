import { expect, test } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { readPdf } from '../../../electron/platform/pdf-text/read-pdf.ts';
import { entryPlaces } from '../../../electron/services/signing/appearance/entries.ts';
import type { PageText } from '../../../electron/services/signing/appearance/lines.ts';
import { asShown, onPage } from '../../../electron/services/signing/appearance/page-shape.ts';
import { signerPlace } from '../../../electron/services/signing/appearance/signer-place.ts';
import { roomAround } from '../../../electron/services/signing/index.ts';
import { codeParts, dateParts, signedLine } from '../../../electron/services/signing/appearance/words.ts';
import { paper, textOf } from '../../integration/signing/papers.ts';
import { hasSamples, sample } from '../foundation/pdf/judges.ts';

const font = documentFonts().regular;
const signer = 'Nguyễn Thị Thử';

test.each([
  ['as composed', {}, signer],
  ['asked for in capitals', {}, 'NGUYỄN THỊ THỬ'],
  ['asked for decomposed', {}, signer.normalize('NFD')],
  ['printed in capitals', { name: 'NGUYỄN THỊ THỬ' }, signer],
  ['printed with degrees and rank', { name: 'Thiếu tướng TS. Nguyễn Thị Thử' }, signer],
  ['broken into runs', { broken: true }, signer],
  ['under one line of position', { title: ['GIÁM ĐỐC'] }, signer],
  ['under a deputy’s two lines', { title: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'] }, signer],
  ['with an annex that names the signer too', { annex: true }, signer],
])('the room between position and name: %s', async (_, more, name) => {
  const found = signerPlace(await textOf(await paper(more)), font, name);
  const lines = (('title' in more ? more.title : undefined) ?? ['', '']).length;
  expect(found).toMatchObject({ page: 1, confidence: 'sure' });
  // Position's line at 20 mm and 372 pt from the top, each further line 17 pt below, the name 90 pt below the last.
  const last = 841.89 - 56.69 - 372 - (lines - 1) * 17;
  const { left, bottom, width, height } = found?.room ?? { left: 0, bottom: 0, width: 0, height: 0 };
  expect(bottom).toBeGreaterThan(last - 90 + 9);
  expect(bottom + height).toBeLessThan(last);
  expect(height).toBeGreaterThan(65);
  expect(left + width / 2).toBeCloseTo(420, -0.5);
});

test('without a name the block under a position is likely; a name in the text alone is doubtful; another name is not found', async () => {
  const text = await textOf(await paper());
  expect(signerPlace(text, font)).toMatchObject({ name: signer, confidence: 'likely' });
  const untitled = await textOf(await paper({ title: [' '] }));
  expect(signerPlace(untitled, font, signer)).toMatchObject({ title: '', confidence: 'doubtful' });
  expect(signerPlace(untitled, font)).toBeUndefined();
  expect(signerPlace(text, font, 'Trần Văn Khác')).toBeUndefined();
  expect(signerPlace(text, font, '')).toBeUndefined();
  expect(signerPlace({ items: [], sheets: [] }, font, signer)).toBeUndefined();
});

test.each([
  ['as printed', {}],
  ['broken into runs', { broken: true }],
  ['on a turned page', { turn: 270 }],
] as const)('the gaps of number, day and month, %s', async (_, more) => {
  const { places, symbol, year } = entryPlaces(await textOf(await paper(more)), font);
  expect([symbol, year]).toEqual(['/UBND-VX', '2026']);
  expect(places).toMatchObject([
    { kind: 'number', size: 13, isDotted: false, isTaken: false, confidence: 'sure' },
    { kind: 'day', confidence: 'sure' },
    { kind: 'month', confidence: 'sure' },
  ]);
  expect(places.map(({ left, right }) => Math.round(right - left))).toEqual([34, 22, 22]);
  for (const { baseline } of places) expect(baseline).toBeCloseTo(841.89 - 56.69 - 55, 0);
});

test('dots, a missing symbol and a missing year are told; what is printed has no gap', async () => {
  const of = async (more: Parameters<typeof paper>[0]): Promise<ReturnType<typeof entryPlaces>> => entryPlaces(await textOf(await paper(more)), font);
  expect((await of({ dots: true })).places).toMatchObject([{ kind: 'number', isDotted: true, confidence: 'likely' }, { kind: 'day', isDotted: true }, { kind: 'month', isDotted: true }]);
  expect((await of({ symbol: ' ' })).places[0]).toMatchObject({ kind: 'code', confidence: 'likely' });
  expect((await of({ year: ' ' })).places.map(({ kind }) => kind)).toEqual(['number', 'day', 'month', 'year']);
  expect((await of({ symbol: '15/UBND-VX', gap: 4 })).places.map(({ kind }) => kind)).toEqual(['day', 'month']);
});

test('number and date in one run with its spaces are found by the widths of its letters', () => {
  const run = (text: string, left: number): PageText['items'][number] => ({ text, page: 1, box: [left, 0.1, left + 0.3, 0.117], size: 13 });
  const { places } = entryPlaces({ items: [run('Số:          /QĐ-UBND', 0.1), run('Hà Nội, ngày      tháng      năm 2026', 0.5)], sheets: [{ width: 595, height: 842 }] }, font);
  expect(places.map(({ kind }) => kind)).toEqual(['number', 'day', 'month']);
  for (const { left, right } of places) expect(right - left).toBeGreaterThan(15);
});

test('a point is the middle of a room that stays on the page; a box goes to the page’s own space and back', () => {
  expect(roomAround({ x: 300, y: 400 }, { width: 595, height: 842 }, { width: 100, height: 50 })).toEqual({ left: 250, bottom: 375, width: 100, height: 50 });
  expect(roomAround({ x: 590, y: 1 }, { width: 595, height: 842 }, { width: 100, height: 50 })).toEqual({ left: 495, bottom: 0, width: 100, height: 50 });
  for (const turn of [0, 90, 180, 270] as const) {
    const shape = { width: 800, height: 500, turn, left: 7, bottom: 9, unit: 1 };
    const box = { left: 20, bottom: 30, width: 100, height: 40 };
    expect(asShown(shape, onPage(shape, box))).toEqual(box);
  }
  // On a page turned clockwise, what is shown lower left is the lower right corner.
  expect(onPage({ width: 800, height: 500, turn: 90, left: 0, bottom: 0, unit: 1 }, { left: 0, bottom: 0, width: 10, height: 5 })).toEqual({ left: 495, bottom: 0, width: 5, height: 10 });
});

test('the strings of Annex I: lower case, day/month/year; hour: minute: second on Vietnam’s clock', () => {
  const at = new Date('2026-03-04T17:14:28Z');
  expect(signedLine({ kind: 'attachment', code: '05/UBND-VX' }, at).join('; ')).toBe('Số: 05/UBND-VX; 05/03/2026; 00:14:28 +07:00');
  const copy = (form: 'sao-y' | 'sao-luc' | 'trich-sao'): string => signedLine({ kind: 'copy', form, agency: 'Sở Nội vụ' }, at).join('; ');
  expect(copy('sao-y')).toBe('Sao y; Sở Nội vụ; 05/03/2026; 00:14:28 +07:00');
  expect([copy('sao-luc'), copy('trich-sao')].map((line) => line.split(';')[0])).toEqual(['Sao lục', 'Trích sao']);
});

test('numbers below 10, days below 10 and the months 1 and 2 have a zero; what is no number or day is undefined', () => {
  expect(codeParts('5/UBND-VX')).toEqual({ number: '05', symbol: '/UBND-VX' });
  expect(codeParts('28/2018/QĐ-TTg')).toEqual({ number: '28', symbol: '/2018/QĐ-TTg' });
  expect(codeParts('12a/KH-UBND')).toEqual({ number: '12a', symbol: '/KH-UBND' });
  for (const wrong of ['', '12', '/UBND', '12/', '12/ UBND', 'x/UBND']) expect(codeParts(wrong)).toBeUndefined();
  expect([dateParts('2026-02-09'), dateParts('2026-03-10')]).toEqual([{ day: '09', month: '02', year: '2026' }, { day: '10', month: '3', year: '2026' }]);
  for (const wrong of ['2026-02-30', '09/02/2026', '']) expect(dateParts(wrong)).toBeUndefined();
});

test.skipIf(!hasSamples)('on published documents: gaps, what stands in them, and the signer’s room (needs ../shared/samples)', async () => {
  const read = async (name: string): Promise<PageText> => readPdf(sample(name), { items: true });
  const letter = await read('cv-11410-bxd-2026.pdf');
  expect(entryPlaces(letter, font)).toMatchObject({ symbol: '/BXD-KHCNMT&VLXD', year: '2026', places: [{ kind: 'number', size: 13, isTaken: true }, { kind: 'day', size: 14, isTaken: true }, { kind: 'month', isTaken: true }] });
  expect(signerPlace(letter, font, 'NGUYỄN DANH HUY')).toMatchObject({ page: 3, title: 'THỨ TRƯỞNG', confidence: 'sure' });
  expect(entryPlaces(await read('cv-11410-bxd-2026-phuluc1.pdf'), font).places).toEqual([]);
  const decree = await read('nd-30-2020-congbao.pdf');
  expect(entryPlaces(decree, font).places).toEqual([]);
  // The Gazette prints the name right under the position: no room, and it says so.
  expect(signerPlace(decree, font, 'Nguyễn Xuân Phúc')).toMatchObject({ page: 20, title: 'THỦ TƯỚNG', confidence: 'doubtful' });
});
