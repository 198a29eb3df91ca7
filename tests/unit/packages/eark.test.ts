import { describe, expect, test } from 'vitest';
import { checkPackage, type PackageReport } from '../../../electron/services/packages/index.ts';
import { richEark, smallEark, type EarkVersion } from '../../fakes/packages/eark-package.ts';
import type { FakePackage } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip } from '../../fakes/packages/place.ts';
import { resealed } from '../../fakes/packages/written.ts';

/* Packages that another program wrote after the specification: nothing is wrong with the good ones, and each fault has its own reason. */

const versions: readonly EarkVersion[] = ['2.1.0', '2.2.0'];
const must = (report: PackageReport): readonly string[] => [...new Set(report.findings.filter(({ level }) => level === 'must').map(({ rule }) => rule))].toSorted();
const judged = async (made: FakePackage): Promise<readonly string[]> => must(await checkPackage(inFolder(made)));
const changed = (made: FakePackage, from: RegExp | string, to: string): FakePackage => resealed(made, 'METS.xml', (text) => text.replace(from, to));

describe.each(versions)('E-ARK %s', (version) => {
  test.each([{ name: 'small', make: smallEark }, { name: 'rich', make: richEark }])('a $name package is in order, as a folder and as a ZIP', async ({ make }) => {
    for (const path of [inFolder(make(version)), inZip(make(version))]) {
      const report = await checkPackage(path);
      expect(must(report)).toEqual([]);
      expect(report.profile).toBe(`csip-${version}`);
    }
  });

  test.each([
    { what: 'a day that is none', from: /CREATEDATE="[^"]*"/, to: 'CREATEDATE="2026-02-30T05:06:07+07:00"', rules: ['mets.schema'] },
    { what: 'a time in words', from: /CREATEDATE="[^"]*"/, to: 'CREATEDATE="hôm qua"', rules: ['mets.schema'] },
    { what: 'a section of a day without a time', from: /(<mets:dmdSec ID="d1" CREATED=)"[^"]*"/, to: '$1"2026-03-04"', rules: ['mets.schema'] },
    { what: 'a file of a time that is none', from: /(<mets:file [^>]*CREATED=)"[^"]*"/, to: '$1"5.3.2026"', rules: ['mets.schema'] },
    { what: 'an element that METS has not', from: '</mets:fileSec>', to: '</mets:fileSec><mets:foo/>', rules: ['mets.schema'] },
    { what: 'an attribute that METS has not', from: '<mets:fileSec ', to: '<mets:fileSec FOO="1" ', rules: ['mets.schema'] },
    { what: 'words between elements', from: /(<mets:fileSec [^>]*>)/, to: '$1lời', rules: ['mets.schema'] },
    { what: 'sections in another order', from: /(<mets:fileSec.*<\/mets:fileSec>\s*)(<mets:structMap.*<\/mets:structMap>)/s, to: '$2$1', rules: ['mets.schema'] },
    { what: 'an agent of no role', from: '</mets:metsHdr>', to: '<mets:agent ROLE="BOSS"><mets:name>a</mets:name></mets:agent></mets:metsHdr>', rules: ['mets.schema'] },
    { what: 'an agent without a name', from: '</mets:metsHdr>', to: '<mets:agent ROLE="EDITOR"></mets:agent></mets:metsHdr>', rules: ['mets.schema'] },
    { what: 'an attribute of CSIP where none may stand', from: '<mets:div ID="dm" ', to: '<mets:div ID="dm" csip:X="1" ', rules: ['mets.schema'] },
    { what: 'an ID that is none', from: '<mets:fileSec ID="fs"', to: '<mets:fileSec ID="1 x"', rules: ['mets.id-form'] },
    { what: 'a header of another namespace', from: /<mets:metsHdr (.*)<\/mets:metsHdr>/s, to: '<z:metsHdr xmlns:z="urn:z" $1</z:metsHdr>', rules: ['CSIP117', 'SIP15', 'mets.schema'] },
    { what: 'a file place of no namespace', from: '<mets:FLocat', to: '<FLocat', rules: ['CSIP76', 'file.extra', 'mets.schema'] },
    { what: 'a kind in other letters', from: 'csip:OAISPACKAGETYPE="SIP"', to: 'csip:OAISPACKAGETYPE="Sip"', rules: ['CSIP9', 'SIP4'] },
    { what: 'another kind than its profile says', from: 'csip:OAISPACKAGETYPE="SIP"', to: 'csip:OAISPACKAGETYPE="AIP"', rules: ['SIP4'] },
    { what: 'a version that says nothing', from: '>2.1.0</mets:note>', to: '> </mets:note>', rules: ['CSIP15'] },
  ])('$what is told', async ({ from, to, rules }) => {
    for (const make of [smallEark, richEark]) {
      expect(await judged(changed(make(version), from, to))).toEqual(rules);
    }
  });

  test('a sender without a name', async () => {
    const found = await judged(changed(smallEark(version), /(TYPE="ORGANIZATION">)<mets:name>[^<]*<\/mets:name>/, '$1<mets:name/>'));
    expect(found).toEqual(version === '2.2.0' ? ['SIP18'] : []);
  });

  test('a group of documentation only by its first letters, and a pointer to the wrong group', async () => {
    expect(await judged(changed(richEark(version), 'USE="Documentation"', 'USE="DocumentationX"'))).toEqual(['CSIP116', 'CSIP60']);
    expect(await judged(changed(richEark(version), 'xlink:title="grep1"', 'xlink:title="gdoc"'))).toEqual(['CSIP108']);
  });

  test('a link with a slash at its end names a folder', async () => {
    expect(await judged(changed(smallEark(version), 'data/a.pdf"', 'data/a.pdf/"'))).toEqual(['file.renamed']);
  });

  test('what a representation points to and is no METS is told once', async () => {
    const found = await judged(changed(richEark(version), /xlink:href="representations\/rep1\/METS.xml" xlink:title/, 'xlink:href="metadata/descriptive/ead.xml" xlink:title'));
    expect(found).toEqual(['mets.root']);
  });

  test('PREMIS may have one kind of entity in a file, and each must be whole', async () => {
    const path = 'metadata/preservation/premis.xml';
    expect(must(await checkPackage(inFolder(resealed(richEark(version), path, (text) => text.replace(/<object .*<\/object>/, '<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType><agentIdentifierValue>a</agentIdentifierValue></agentIdentifier></agent>')))))).toEqual([]);
    expect(must(await checkPackage(inFolder(resealed(richEark(version), path, (text) => text.replace(/<object .*<\/object>/, '')))))).toEqual(['premis.object']);
    expect(must(await checkPackage(inFolder(resealed(richEark(version), path, (text) => text.replace('</premis>', '<event><eventType>x</eventType></event></premis>')))))).toEqual(['premis.event']);
  });
});
