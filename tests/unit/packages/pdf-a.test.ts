import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { pdfAScan } from '../../../electron/services/packages/pdf-a/scan.ts';
import { pdfAFacts, type PdfACondition } from '../../../electron/services/packages/pdf-a/structure.ts';
import { archivalPdf as file, id, xmp } from '../../fakes/packages/pdf-a.ts';
import { pages } from '../foundation/pdf/make.ts';
import { scratchFolder } from '../store/helpers.ts';
import { hasSamples, sample } from '../foundation/pdf/judges.ts';

function scanned(bytes: Buffer, piece: number): unknown {
  const scan = pdfAScan();
  for (let at = 0; at < bytes.length; at += piece) scan.feed(bytes.subarray(at, at + piece));
  return scan.state();
}
const pdf = (xmp: string): Buffer => Buffer.from(`%PDF-1.7\n${'x'.repeat(3000)}${xmp}${'y'.repeat(3000)}`);

test.each([
  ['elements', '<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>', '2', 'U'],
  ['attributes', `<rdf:Description pdfaid:part='1' pdfaid:conformance = "B"/>`, '1', 'B'],
  ['PDF/A-4 without a conformance', '<pdfaid:part> 4 </pdfaid:part>', '4', ''],
  ['of two the later', '<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance> <pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>', '3', 'B'],
])('a declaration is found wherever pieces are cut: %s', (_, xmp, part, conformance) => {
  for (const piece of [10_000, 3_040, 3_023, 1_500]) expect(scanned(pdf(xmp), piece), String(piece)).toEqual({ state: 'declared', part, conformance });
});

test('what says nothing, and what is no PDF', () => {
  expect(scanned(pdf('xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'), 4096)).toEqual({ state: 'no-declaration-found' });
  expect(scanned(Buffer.from('pdfaid:part>2<'), 4096)).toEqual({ state: 'not-pdf' });
  expect(scanned(Buffer.alloc(0), 1)).toEqual({ state: 'not-pdf' });
});

test.skipIf(!hasSamples)('published documents are told as poppler tells them: none says that it is PDF/A (needs ../shared/samples)', () => {
  for (const name of ['cv-11410-bxd-2026.pdf', 'nd-30-2020-congbao.pdf', 'qd-09-2025-printed.pdf']) expect(scanned(sample(name), 65_536), name).toEqual({ state: 'no-declaration-found' });
});

test.each<{ what: string; bytes: () => Buffer; broken: readonly PdfACondition[] }>([
  { what: 'all of them hold', bytes: () => file(), broken: [] },
  { what: 'a declaration of a level that there is not', bytes: () => file({ metadata: xmp('1', 'U') }), broken: ['declaration'] },
  { what: 'metadata that nothing leads to', bytes: () => file({ metadata: '<</Length 0>>\nstream\n\nendstream', more: [[8, xmp('2', 'B')]] }), broken: ['declaration'] },
  { what: 'encryption', bytes: () => file({ trailer: `${id}/Encrypt<</Filter/Standard/V 1/R 2/O<00>/U<00>/P -4>>` }), broken: ['not-encrypted'] },
  { what: 'no ID', bytes: () => file({ trailer: '' }), broken: ['file-id'] },
  { what: 'a font without its program', bytes: () => file({ font: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' }), broken: ['fonts-embedded'] },
  { what: 'a font of a font without its program', bytes: () => file({ font: '<</Type/Font/Subtype/Type0/DescendantFonts[8 0 R]>>', more: [[8, '<</Type/Font/Subtype/CIDFontType2/FontDescriptor<</Type/FontDescriptor>>>>']] }), broken: ['fonts-embedded'] },
  { what: 'one inside a form that is drawn', bytes: () => file({ more: [[2, pages.replace('/Kids', '/Resources<</XObject<</X 8 0 R>>>>/Kids')], [3, '<</Type/Page/Parent 2 0 R>>'], [8, '<</Type/XObject/Subtype/Form/Resources<</Font<</F 9 0 R>>>>/Length 0>>\nstream\n\nendstream'], [9, '<</Type/Font/Subtype/Type1/BaseFont/Courier>>']] }), broken: ['fonts-embedded'] },
  { what: 'a picture in another file', bytes: () => file({ more: [[3, '<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 8 0 R>>>>>>'], [8, '<</Type/XObject/Subtype/Image/F(anh.jpg)/Length 0>>\nstream\n\nendstream']] }), broken: ['nothing-external'] },
  { what: 'an output intent without its profile', bytes: () => file({ catalog: '/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1>>]' }), broken: ['output-intent'] },
  { what: 'an output intent with it', bytes: () => file({ catalog: '/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 7 0 R>>]' }), broken: [] },
  { what: 'files inside in part 1', bytes: () => file({ metadata: xmp('1', 'B'), catalog: '/Names<</EmbeddedFiles<</Names[]>>>>' }), broken: ['no-files-inside'] },
  { what: 'files inside in part 3', bytes: () => file({ metadata: xmp('3', 'B'), catalog: '/Names<</EmbeddedFiles<</Names[]>>>>' }), broken: [] },
  { what: 'a script on opening', bytes: () => file({ catalog: '/OpenAction<</S/JavaScript/JS(app.alert(1))>>' }), broken: ['no-scripts'] },
  { what: 'a place to open at', bytes: () => file({ catalog: '/OpenAction[3 0 R/Fit]' }), broken: [] },
  { what: 'an XFA form', bytes: () => file({ catalog: '/AcroForm<</XFA 7 0 R/Fields[]>>' }), broken: ['no-xfa'] },
  { what: 'a file that cannot be read', bytes: () => file().subarray(0, 300), broken: ['readable'] },
])('of the conditions that are judged: $what', ({ bytes, broken }) => {
  expect(pdfAFacts(memoryBytes(bytes())).broken).toEqual(broken);
});

test('what Ghostscript makes as PDF/A breaks none, and what it makes otherwise is told as poppler tells it', () => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('a.ps'), '%!\n/Times-Roman 24 selectfont 72 700 moveto (Van ban) show showpage\n');
  const ghost = (name: string, ...options: readonly string[]): Buffer => {
    execFileSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite', ...options, `-sOutputFile=${at(name)}`, at('a.ps')]);
    return readFileSync(at(name));
  };
  const archival = pdfAFacts(memoryBytes(ghost('a.pdf', '-dPDFA=2', '-dPDFACompatibilityPolicy=1', '-sColorConversionStrategy=RGB')));
  expect(archival).toEqual({ part: '2', conformance: 'B', broken: [] });
  const bare = pdfAFacts(memoryBytes(ghost('b.pdf', '-dEmbedAllFonts=false')));
  // The column "emb" of pdffonts.
  const isEmbedded = /\byes\b/.test(execFileSync('pdffonts', [at('b.pdf')], { encoding: 'utf8' }).split('\n')[2]?.slice(58, 62) ?? '');
  expect([isEmbedded, bare.broken.includes('fonts-embedded')]).toEqual([false, true]);
});
