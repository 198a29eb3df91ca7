import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { pdfAFacts } from '../../../electron/services/packages/pdf-a/structure.ts';
import { createSheet } from '../../../electron/services/records/index.ts';
import { srgbProfile } from '../../../electron/services/records/print/srgb-profile.ts';
import { scratchFolder } from '../store/helpers.ts';

const facts = { title: 'Văn bản <xác thực> & bản sao', author: 'Ủy ban nhân dân phường "Bến Nghé"', at: new Date('2026-11-23T01:02:03.456Z') };

async function drawn(archival: boolean): Promise<Uint8Array> {
  const sheet = await createSheet(documentFonts(), { ...facts, archival });
  sheet.addPage();
  sheet.text('Cộng hòa xã hội chủ nghĩa Việt Nam', 90, 90, 'bold', 14);
  sheet.text('con dấu', 90, 120, 'italic', 13, 'red');
  return sheet.save();
}

test('a sheet that is to be kept is PDF/A-2b, the same each time, and says the same of itself twice; another is no PDF/A', async () => {
  const pdf = await drawn(true);
  expect(Buffer.from(await drawn(true)).equals(pdf)).toBe(true);
  expect(pdfAFacts(memoryBytes(pdf))).toEqual({ part: '2', conformance: 'B', broken: [] });
  expect(pdfAFacts(memoryBytes(await drawn(false))).broken).toContain('declaration');
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, pdf);
  expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
  const info = execFileSync('pdfinfo', ['-isodates', path], { encoding: 'utf8' });
  const xmp = `${path}.xml`;
  writeFileSync(xmp, execFileSync('pdfinfo', ['-meta', path]));
  const said = (name: string): string => execFileSync('xmllint', ['--xpath', `string(//*[local-name()="${name}"])`, xmp], { encoding: 'utf8' }).trim();
  expect([said('title'), said('creator'), said('CreateDate'), said('ModifyDate')]).toEqual([facts.title, facts.author, '2026-11-23T01:02:03Z', '2026-11-23T01:02:03Z']);
  for (const line of [`Title:           ${facts.title}`, `Author:          ${facts.author}`, 'CreationDate:    2026-11-23T01:02:03Z', `Producer:        ${said('Producer')}`, `Creator:         ${said('CreatorTool')}`]) expect(info).toContain(line);
});

test('the profile of its colours has the parts that ICC.1 wants of a display, each where its table says', () => {
  const profile = srgbProfile();
  expect([profile.readUInt32BE(0), profile.toString('latin1', 12, 24), profile.toString('latin1', 36, 40)]).toEqual([profile.length, 'mntrRGB XYZ ', 'acsp']);
  const tags = new Map(Array.from({ length: profile.readUInt32BE(128) }, (_, index) => {
    const at = 132 + 12 * index;
    const from = profile.readUInt32BE(at + 4);
    return [profile.toString('latin1', at, at + 4), profile.subarray(from, from + profile.readUInt32BE(at + 8))] as const;
  }));
  expect([...tags.keys()]).toEqual(['desc', 'cprt', 'wtpt', 'rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']);
  expect([...tags.values()].map((tag) => tag.toString('latin1', 0, 4))).toEqual(['desc', 'text', 'XYZ ', 'XYZ ', 'XYZ ', 'XYZ ', 'curv', 'curv', 'curv']);
  // Full red, green and blue together are the white of D50.
  const point = (name: string): number[] => [8, 12, 16].map((at) => (tags.get(name)?.readInt32BE(at) ?? 0) / 65536);
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map(point);
  for (const [index, white] of point('wtpt').entries()) expect((red?.[index] ?? 0) + (green?.[index] ?? 0) + (blue?.[index] ?? 0)).toBeCloseTo(white, 3);
});
