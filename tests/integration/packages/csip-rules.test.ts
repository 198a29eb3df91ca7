import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage, type PackageForm } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { broken, parsed, rules, treeOf } from './csip-judge.ts';
import { hasStandards } from './judges.ts';

/**
 * Rules whose wording the list's path cannot tell: conditional on an agent that is written for somebody else (the software's agent
 * has no IDENTIFICATIONCODE), or about divisions without a METS of their own. They are looked at below, one by one.
 */
const byHand = new Set(['CSIP13', 'CSIP15', 'CSIP16', 'CSIP12', 'SIP14', 'SIP20', 'SIP31', 'CSIP107', 'CSIP108', 'CSIP109', 'CSIP110', 'CSIP111', 'CSIP112', 'SIP4', 'SIP15', 'SIP27', 'SIP22', 'SIP23', 'SIP28']);

async function findings(form: PackageForm, version: '2_2_0' | '2_1_0' | '2_0_4'): Promise<{ readonly root: readonly string[]; readonly representation: readonly string[]; readonly judged: number; readonly folder: string }> {
  const store = originals();
  const outcome = await buildPackage({ content: smallContent(form, store), schemas: form.startsWith('EARK') ? [] : stubSchemas, into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const folder = outcome.value.path;
  const root = treeOf(join(folder, 'METS.xml'));
  const representation = treeOf(join(folder, 'representations/rep1/METS.xml'));
  const must = rules(version).filter((rule) => rule.must && !byHand.has(rule.id));
  let judged = 0;
  const of = (tree: ReturnType<typeof treeOf>, isRoot: boolean): readonly string[] =>
    must.flatMap((rule) => {
      const found = broken(rule, tree, { documentation: isRoot, schemas: isRoot && existsSync(join(folder, 'schemas')), isRoot });
      if (found !== undefined) judged += 1;
      return found === undefined || found === '' ? [] : [`${rule.id}: ${found}`];
    });
  return { root: of(root, true), representation: of(representation, false), judged, folder };
}

test.skipIf(!hasStandards).each([
  ['EARK_2_1_0', '2_1_0'],
  ['EARK_2_2_0', '2_2_0'],
] as const)('%s keeps every MUST rule of CSIP and SIP that can be judged by its path (needs ../shared/standards)', async (form, version) => {
  const { root, representation, judged, folder } = await findings(form, version);
  expect({ root, representation }).toEqual({ root: [], representation: [] });
  expect(judged).toBeGreaterThan(150);
  const header = treeOf(join(folder, 'METS.xml')).children[0]?.children[0];
  const agents = header?.children.filter(({ name }) => name === 'agent') ?? [];
  const software = agents.filter(({ attributes }) => attributes['TYPE'] === 'OTHER');
  // CSIP10–16: one agent for the software, with one note, its version.
  expect(software).toMatchObject([{ attributes: { ROLE: 'CREATOR', OTHERTYPE: 'SOFTWARE' }, children: [{ name: 'name', text: 'Trạm Văn thư' }, { name: 'note', attributes: { 'csip:NOTETYPE': 'SOFTWARE VERSION' }, text: '0.1.0' }] }]);
  // SIP15–20: exactly one for the sender.
  expect(agents.filter(({ attributes }) => attributes['TYPE'] === 'ORGANIZATION')).toMatchObject([{ attributes: { ROLE: 'CREATOR' }, children: [{ text: 'Bộ Nội vụ' }, { attributes: { 'csip:NOTETYPE': 'IDENTIFICATIONCODE' }, text: 'G09' }] }]);
  expect(header?.attributes['csip:OAISPACKAGETYPE']).toBe('SIP');
  // CSIP105–112, CSIP64: the division of the representation.
  const map = treeOf(join(folder, 'METS.xml')).children[0]?.children.find(({ name }) => name === 'structMap');
  const division = map?.children[0]?.children.find(({ children }) => children.some(({ name }) => name === 'mptr'));
  const group = treeOf(join(folder, 'METS.xml')).children[0]?.children.find(({ name }) => name === 'fileSec')?.children.find(({ attributes }) => attributes['USE'] === 'Representations/rep1');
  expect(division).toMatchObject({ attributes: { LABEL: 'Representations/rep1' }, children: [{ attributes: { 'xlink:href': 'representations/rep1/METS.xml', 'xlink:title': group?.attributes['ID'], 'xlink:type': 'simple', LOCTYPE: 'URL' } }] });
});

test.skipIf(!hasStandards).each(['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP'] as const)("%s keeps CSIP 2.0.4, on which the circular builds, where the circular does not say otherwise (needs ../shared/standards)", async (form) => {
  const { root, representation } = await findings(form, '2_0_4');
  // SIP rules are E-ARK's own: the address of the profile alone is said otherwise.
  expect(root).toEqual([]);
  // PL III.II.1.c calls the groups Data and Holeyfile and has no division for metadata; CSIP wants both.
  const said = form.startsWith('AIP') ? ['CSIP114', 'CSIP103'] : ['CSIP114', 'CSIP103', 'CSIP88', 'CSIP90'];
  expect(representation.map((one) => one.split(':')[0]).filter((id) => !said.includes(id ?? ''))).toEqual([]);
});

test.skipIf(!hasStandards)('the judge of the rules sees what is taken away (needs ../shared/standards)', async () => {
  const { folder } = await findings('EARK_2_2_0', '2_2_0');
  const mets = readFileSync(join(folder, 'METS.xml'), 'utf8');
  const must = rules('2_2_0').filter((rule) => rule.must);
  const found = (text: string): readonly string[] => must.filter((rule) => (broken(rule, parsed(text), { documentation: true, schemas: false, isRoot: true }) ?? '') !== '').map(({ id }) => id);
  const before = found(mets);
  const newly = (from: RegExp, to: string): readonly string[] => found(mets.replace(from, to)).filter((id) => !before.includes(id));
  expect(newly(/ OBJID="[^"]*"/, '')).toEqual(['CSIP1']);
  expect(newly(/ SIZE="\d+"/, '')).toEqual(['CSIP27']);
  expect(newly(/(<file [^>]*?) CHECKSUM="[^"]*"/, '$1')).toEqual(['CSIP71']);
  expect(newly(/<FLocat LOCTYPE="URL"/, '<FLocat LOCTYPE="OTHER"')).toEqual(['CSIP77']);
  expect(newly(/LABEL="CSIP"/, 'LABEL="X"')).toContain('CSIP82');
  expect(newly(/LABEL="Metadata"/, 'LABEL="Metadaten"')).toContain('CSIP88');
});
