import fontkit from '@cantoo/fontkit';
import { PDFDocument } from 'pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import type { Verdict } from '#contract';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { fonts, issued, prepared, signature, signedAs } from '../signing/office.ts';
import { paper } from '../signing/papers.ts';
import { short, verdictOn } from './world.ts';

const leads = { show: { role: 'leader', picture: signature } } as const;
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** The practice day's own form: its date is printed, the number is not. */
async function decreeForm(): Promise<Buffer> {
  const signer = { authority: ['TM. Ủy ban nhân dân'], position: 'Chủ tịch', fullName: 'Nguyễn Thị Thử' };
  const form = { superior: '', agency: 'Phường Thử Nghiệm', number: '', notation: 'UBND-VX', place: 'Thử Nghiệm', date: '2026-11-22', kind: '', subject: 'trả lời', addressees: ['Sở Nội vụ'], urgency: 0, signer } as const;
  const { bytes } = await composeDecreeForm({ ...form, body: [{ text: 'Ủy ban nhân dân phường trả lời như sau.' }], recipients: ['Như trên', 'Lưu: VT'] }, documentFonts());
  return Buffer.from(bytes);
}

/** One line with the number, another with the date at the right margin, each in one run with spaces for what is entered. */
async function twoLines(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [regular, italic] = [await pdf.embedFont(fonts.regular), await pdf.embedFont(fonts.italic)];
  const page = pdf.addPage([595, 842]);
  page.drawText('Số:               /UBND-VP', { x: 95, y: 750, font: regular, size: 13 });
  const date = 'Thử Nghiệm, ngày        tháng        năm 2026';
  page.drawText(date, { x: 552 - italic.widthOfTextAtSize(date, 13), y: 720, font: italic, size: 13 });
  page.drawText('CHỦ TỊCH', { x: 380, y: 400, font: regular, size: 13 });
  page.drawText('Nguyễn Thị Thử', { x: 372, y: 300, font: regular, size: 13 });
  return Buffer.from(await pdf.save());
}

const layouts: readonly (readonly [what: string, make: () => Promise<Buffer>, entries: number, code: string])[] = [
  ['the practice form, its date printed', decreeForm, 1, '12/UBND-VX'],
  ['number and date in one line', () => paper(), 3, '12/UBND-VX'],
  ['runs of a letter or two', () => paper({ broken: true, symbol: '/UBND-VP' }), 3, '12/UBND-VP'],
  ['a line for the number, the date at the right below it', twoLines, 3, '12/UBND-VP'],
  ['neither symbol nor year printed', () => paper({ symbol: ' ', year: ' ' }), 4, '12/QĐ-UBND'],
  ['a page turned', () => paper({ turn: 90 }), 3, '12/UBND-VX'],
  ['everything printed', () => paper({ printed: ['12', '22', '11'] }), 0, '12/UBND-VX'],
];

const changesOf = ({ signatures }: Verdict): readonly string[] => signatures[0]?.changes.map(({ code }) => code) ?? [];

const signings = layouts.flatMap(([what, ...layout]) => [[what, ...layout, {}], [`${what}, certified`, ...layout, { certify: 2 }]] as const);

test.each(signings)('what we prepare, sign and issue is valid to ourselves: %s', async (_, make, entries, code, more) => {
  const led = await signedAs(pki, await prepared(await make()), 'leader', leads, more);
  const { bytes } = await issued(pki, led, { code });
  const verdict = await verdictOn(pki, bytes, { at: new Date() });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures).toHaveLength(2);
  expect(changesOf(verdict)).toEqual([...Array.from({ length: entries }, () => 'field-filled'), 'seal-touches-text']);
});

test('a font of the form that is not ours to the last byte is not drawn with', async () => {
  const ready = await prepared(await paper());
  const at = ready.lastIndexOf('/CapHeight');
  ready.write('1', at + '/CapHeight '.length, 'latin1');
  const { bytes } = await issued(pki, await signedAs(pki, ready, 'leader', leads));
  const verdict = await verdictOn(pki, bytes, { at: new Date() });
  expect(short(verdict)).toBe('indeterminate SIG_CONSTRAINTS_FAILURE changes-suspicious');
  expect(changesOf(verdict)).toContain('fill-unreadable');
  expect(bytes.subarray(ready.length).toString('latin1').match(/\/FontFile2 /g)?.length).toBeGreaterThan(0);
});
