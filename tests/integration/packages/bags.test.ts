import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage, checkPackage, type PackageForm, type PackageReport } from '../../../electron/services/packages/index.ts';
import { originals, smallContent } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

async function spoilt(form: PackageForm, change: (folder: string) => void): Promise<PackageReport> {
  const store = originals();
  const outcome = await buildPackage({ content: smallContent(form, store), schemas: [], into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  change(outcome.value.path);
  return checkPackage(outcome.value.path);
}

const musts = (report: PackageReport): readonly string[] => [...new Set(report.findings.filter(({ level }) => level === 'must').map(({ rule }) => rule))].toSorted();
const replaced = (folder: string, path: string, change: (text: string) => string): void => {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = change(before);
  if (before === after) throw new Error('the change changed nothing');
  writeFileSync(join(folder, path), after);
};
const first = 'data/0000001_Quyet-dinh-01.pdf';

test.each<{ what: string; change: (folder: string) => void; rules: readonly string[] }>([
  { what: 'parts of it lie elsewhere', change: (folder) => writeFileSync(join(folder, 'fetch.txt'), 'https://example.vn/a 1 data/a\n'), rules: ['bagit.fetch'] },
  { what: 'a payload file is missing', change: (folder) => rmSync(join(folder, first)), rules: ['bagit.missing', 'bagit.oxum'] },
  { what: 'a payload file is too many', change: (folder) => writeFileSync(join(folder, 'data/la.txt'), ''), rules: ['bagit.extra', 'bagit.oxum'] },
  { what: 'a payload file was changed', change: (folder) => replaced(folder, first, (text) => text.replace('%%EOF', '%%EOG')), rules: ['bagit.checksum'] },
  { what: 'a tag file was changed', change: (folder) => replaced(folder, 'bag-info.txt', (text) => text.replace('Bagging-Date: 2026', 'Bagging-Date: 2025')), rules: ['bagit.checksum'] },
  { what: 'it declares something else', change: (folder) => replaced(folder, 'bagit.txt', (text) => text.replace('UTF-8', 'UTF-16')), rules: ['bagit.checksum', 'bagit.declaration'] },
  { what: 'its totals are wrong', change: (folder) => replaced(folder, 'bag-info.txt', (text) => text.replace(/Payload-Oxum: \d/, 'Payload-Oxum: 9')), rules: ['bagit.checksum', 'bagit.oxum'] },
  { what: 'a line of a manifest leads out', change: (folder) => appendFileSync(join(folder, 'manifest-sha256.txt'), `${'0'.repeat(64)}  data/../../x\n`), rules: ['bagit.checksum', 'bagit.manifest-line'] },
  { what: 'it has no manifest', change: (folder) => rmSync(join(folder, 'manifest-sha256.txt')), rules: ['bagit.manifest', 'bagit.tag-missing'] },
  { what: 'a manifest is of an algorithm that nobody has', change: (folder) => writeFileSync(join(folder, 'manifest-whirlpool.txt'), ''), rules: ['bagit.algorithms', 'bagit.tag-manifest'] },
  { what: 'its totals are no numbers', change: (folder) => replaced(folder, 'bag-info.txt', (text) => text.replace(/Payload-Oxum: .*/, 'Payload-Oxum: many')), rules: ['bagit.checksum', 'bagit.oxum'] },
  { what: 'its totals have no number of files', change: (folder) => replaced(folder, 'bag-info.txt', (text) => text.replace(/(Payload-Oxum: \d+)\.\d+/, '$1')), rules: ['bagit.checksum', 'bagit.oxum'] },
  { what: 'its second totals are wrong', change: (folder) => appendFileSync(join(folder, 'bag-info.txt'), 'Payload-Oxum: 1.1\n'), rules: ['bagit.checksum', 'bagit.oxum'] },
  { what: 'its totals are wrong in a line of their own', change: (folder) => replaced(folder, 'bag-info.txt', (text) => text.replace(/Payload-Oxum: .*/, 'Payload-Oxum:\n  1.1')), rules: ['bagit.checksum', 'bagit.oxum'] },
  { what: 'a tag file is no UTF-8', change: (folder) => appendFileSync(join(folder, 'bag-info.txt'), Buffer.from('Contact-Name: \xff\n', 'latin1')), rules: ['bagit.checksum', 'bagit.encoding'] },
  { what: 'its tag manifest has not the manifest', change: (folder) => replaced(folder, 'tagmanifest-sha256.txt', (text) => text.replace(/^.*  manifest-sha256\.txt\n/m, '')), rules: ['bagit.tag-manifest'] },
  { what: 'its tag manifest has itself', change: (folder) => appendFileSync(join(folder, 'tagmanifest-sha256.txt'), `${'0'.repeat(64)}  tagmanifest-sha256.txt\n`), rules: ['bagit.tag-manifest'] },
])('a bag is refused when $what', async ({ change, rules }) => {
  const report = await spoilt('BagIt', change);
  expect(musts(report)).toEqual(rules);
  expect(report.fit).toBe(false);
});

test('a bag of an older version, with weak digests, is read with remarks', async () => {
  const report = await spoilt('BagIt', (folder) => {
    rmSync(join(folder, 'tagmanifest-sha256.txt'));
    replaced(folder, 'bagit.txt', (text) => text.replace('1.0', '0.97'));
    writeFileSync(join(folder, 'manifest-md5.txt'), '');
  });
  expect(report.findings.filter(({ level }) => level === 'should').map(({ rule }) => rule)).toEqual(expect.arrayContaining(['bagit.version', 'bagit.weak']));
});

test('a line of a manifest in other letters is read with a remark, and right totals may stand in a line of their own', async () => {
  const report = await spoilt('BagIt', (folder) => {
    rmSync(join(folder, 'tagmanifest-sha256.txt'));
    replaced(folder, 'manifest-sha256.txt', (text) => text.replace(first, first.toUpperCase().replace('DATA/', 'data/')));
    replaced(folder, 'bag-info.txt', (text) => text.replace(/Payload-Oxum: /, 'Payload-Oxum:\n  '));
  });
  expect(musts(report)).toEqual([]);
  expect(report.findings.filter(({ rule }) => rule === 'link.letters')).toHaveLength(1);
});

const mets = 'METS.xml';
const rep = 'representations/rep1/METS.xml';
const csip: readonly { readonly what: string; readonly path: string; readonly from: string | RegExp; readonly to: string; readonly rules: readonly string[] }[] = [
  { what: 'no PROFILE', path: rep, from: / PROFILE="[^"]*"/, to: '', rules: ['CSIP6'] },
  { what: 'a TYPE that is none', path: mets, from: ' TYPE="Mixed"', to: ' TYPE="Hồ sơ"', rules: ['CSIP2'] },
  { what: 'no agent of software', path: mets, from: 'TYPE="OTHER" OTHERTYPE="SOFTWARE"', to: 'TYPE="INDIVIDUAL"', rules: ['CSIP12', 'CSIP13'] },
  { what: 'a note without its kind', path: mets, from: ' csip:NOTETYPE="SOFTWARE VERSION"', to: '', rules: ['CSIP16'] },
  { what: 'no sender', path: mets, from: 'ROLE="CREATOR" TYPE="ORGANIZATION"', to: 'ROLE="EDITOR" TYPE="ORGANIZATION"', rules: ['SIP15'] },
  { what: 'the profile of CSIP', path: mets, from: /earksip(.*?)E-ARK-SIP-v2/, to: 'earkcsip$1E-ARK-CSIP-v2', rules: ['SIP2'] },
  { what: 'no location', path: mets, from: ' LOCTYPE="URL" MDTYPE', to: ' MDTYPE', rules: ['CSIP22'] },
  { what: 'another kind than that of its profile', path: mets, from: 'PACKAGETYPE="SIP"', to: 'PACKAGETYPE="AIC"', rules: ['SIP4'] },
  { what: 'a kind that is none', path: mets, from: 'PACKAGETYPE="SIP"', to: 'PACKAGETYPE="TIP"', rules: ['CSIP9', 'SIP4'] },
  { what: 'no division for metadata', path: mets, from: ' LABEL="Metadata"', to: ' LABEL="Meta"', rules: ['CSIP88'] },
  { what: 'a pointer to a group that is none', path: mets, from: /xlink:title="uuid-.{4}/, to: 'xlink:title="uuid-FFFF', rules: ['CSIP108'] },
  { what: 'a map of another kind', path: mets, from: 'TYPE="PHYSICAL"', to: 'TYPE="LOGICAL"', rules: ['CSIP81'] },
  { what: 'a map of another name', path: mets, from: 'LABEL="CSIP"', to: 'LABEL="Sơ đồ"', rules: ['CSIP82'] },
  { what: 'no group for the content', path: mets, from: 'USE="Representations/rep1"', to: 'USE="Data"', rules: ['CSIP107', 'CSIP114'] },
];

test.each(csip)('E-ARK 2.2.0 is refused for the right reason: $what', async ({ path, from, to, rules }) => {
  const report = await spoilt('EARK_2_2_0', (folder) => {
    replaced(folder, path, (text) => text.replace(from, to));
  });
  expect(musts(report).filter((rule) => !rule.startsWith('file.'))).toEqual(rules);
});
