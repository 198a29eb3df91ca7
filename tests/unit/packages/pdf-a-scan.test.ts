import { expect, test } from 'vitest';
import { pdfAScan } from '../../../electron/services/packages/build/pdf-a-scan.ts';
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
  for (const piece of [10_000, 3_040, 3_023, 1_500]) expect(scanned(pdf(xmp), piece), String(piece)).toEqual({ state: 'declared-not-checked', part, conformance });
});

test('what says nothing, and what is no PDF', () => {
  expect(scanned(pdf('xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'), 4096)).toEqual({ state: 'no-declaration-found' });
  expect(scanned(Buffer.from('pdfaid:part>2<'), 4096)).toEqual({ state: 'not-pdf' });
  expect(scanned(Buffer.alloc(0), 1)).toEqual({ state: 'not-pdf' });
});

test.skipIf(!hasSamples)('published documents are told as poppler tells them: none says that it is PDF/A (needs ../shared/samples)', () => {
  for (const name of ['cv-11410-bxd-2026.pdf', 'nd-30-2020-congbao.pdf', 'qd-09-2025-printed.pdf']) expect(scanned(sample(name), 65_536), name).toEqual({ state: 'no-declaration-found' });
});
