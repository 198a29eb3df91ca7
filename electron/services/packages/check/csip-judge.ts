import type { XmlElement } from '../read/xml.ts';
import { csipRules, sipRules, type MetsRule } from './csip-rules.ts';
import type { Findings } from './findings.ts';
import { attribute, select, textOf } from './mets-select.ts';
import { groupsOf, placed, type MetsFile } from './mets-file.ts';
import { short } from './needs.ts';
import type { PackageFiles } from './package-files.ts';
import type { ProfileName } from './report.ts';

const csipMap = 'structMap[@LABEL=CSIP]';

/** Judges a METS file by E-ARK CSIP, and the package's own one of a SIP by E-ARK SIP. */
export function judgeCsip(found: Findings, mets: MetsFile, package_: PackageFiles, profile: ProfileName): void {
  judgeRules(found, mets, csipRules);
  judgeAgents(found, mets);
  judgeGroups(found, mets, package_);
  judgeMap(found, mets);
  if (mets.scope !== 'root' || !profile.startsWith('csip-') || !claimsSip(mets)) return;
  judgeRules(found, mets, sipRules);
  judgeSender(found, mets, profile);
}

/** By its kind, however that is written, or by the address of its profile: either makes SIP4 and SIP2 hold. */
function claimsSip({ root }: MetsFile): boolean {
  return attribute(select(root, 'metsHdr')[0], 'csip:OAISPACKAGETYPE')?.trim().toUpperCase() === 'SIP' || /\/E-ARK-SIP[\w-]*\.xml$/i.test(attribute(root, 'PROFILE') ?? '');
}

function judgeRules(found: Findings, mets: MetsFile, rules: readonly MetsRule[]): void {
  for (const { id, scope, each, need } of rules) {
    if (scope !== 'every' && scope !== mets.scope) continue;
    for (const element of select(mets.root, each)) {
      const broken = need(element);
      if (broken !== undefined) found.add(id, placed(mets, element), { found: broken.found, wanted: broken.wanted });
    }
  }
  if (rules !== csipRules || (attribute(mets.root, 'TYPE') ?? '').toUpperCase() !== 'OTHER') return;
  if ((attribute(mets.root, 'csip:OTHERTYPE') ?? '') === '') found.add('CSIP3', placed(mets, mets.root), { found: '', wanted: 'csip:OTHERTYPE' });
}

/** CSIP10–16: one agent is the software that built the package; the agent that is nearest to it is judged. */
function judgeAgents(found: Findings, mets: MetsFile): void {
  const agents = select(mets.root, 'metsHdr/agent');
  const demands = [
    { id: 'CSIP11', name: 'ROLE', value: 'CREATOR' },
    { id: 'CSIP12', name: 'TYPE', value: 'OTHER' },
    { id: 'CSIP13', name: 'OTHERTYPE', value: 'SOFTWARE' },
  ];
  const points = (agent: XmlElement): number => demands.filter(({ name, value }) => attribute(agent, name) === value).length;
  const agent = agents.toSorted((one, other) => points(other) - points(one))[0];
  if (agent === undefined) return;
  const place = placed(mets, agent);
  for (const { id, name, value } of demands) {
    const has = attribute(agent, name) ?? '';
    if (has !== value) found.add(id, place, { found: short(has), wanted: `${name}="${value}"` });
  }
  if (!select(agent, 'name').some((name) => textOf(name) !== '')) found.add('CSIP14', place, { found: '', wanted: 'name' });
  const notes = select(agent, 'note');
  if (notes.filter((note) => textOf(note) !== '').length !== 1) found.add('CSIP15', place, { found: String(notes.length), wanted: 'note × 1' });
  const type = notes.map((note) => attribute(note, 'csip:NOTETYPE') ?? '');
  if (notes.length > 0 && !type.includes('SOFTWARE VERSION')) found.add('CSIP16', place, { found: short(type[0] ?? ''), wanted: 'csip:NOTETYPE="SOFTWARE VERSION"' });
}

/** Whether a group is of a kind: the word, or a path that begins with it (CSIP64). */
function isOf(use: string, kind: string): boolean {
  return use === kind || use.startsWith(`${kind}/`);
}

/** CSIP60, 113, 114: what is carried is in a group of its kind. */
function judgeGroups(found: Findings, mets: MetsFile, package_: PackageFiles): void {
  const place = placed(mets, select(mets.root, 'fileSec')[0] ?? mets.root);
  const uses = groupsOf(mets).map((group) => attribute(group, 'USE') ?? '');
  const carries = (folder: string): boolean => package_.filled.has(mets.folder === '' ? folder : `${mets.folder}/${folder}`);
  const demands = [
    { id: 'CSIP60', folder: 'documentation', use: 'Documentation' },
    { id: 'CSIP113', folder: 'schemas', use: 'Schemas' },
    { id: 'CSIP114', folder: mets.scope === 'root' ? 'representations' : 'data', use: 'Representations' },
  ];
  for (const { id, folder, use } of demands) {
    if (carries(folder) && !uses.some((one) => isOf(one, use))) found.add(id, place, { found: short(uses.join(', ')), wanted: `fileGrp[@USE="${use}"]` });
  }
}

/** Divisions of the CSIP map and the groups that they name. */
function judgeMap(found: Findings, mets: MetsFile): void {
  const groups = groupsOf(mets);
  const useOf = (id: string): string | undefined => {
    const group = mets.ids.get(id);
    return group?.name === 'fileGrp' ? (attribute(group, 'USE') ?? '') : undefined;
  };
  for (const { label, rule } of [
    { label: 'Documentation', rule: 'CSIP116' },
    { label: 'Schemas', rule: 'CSIP118' },
    { label: 'Representations', rule: 'CSIP119' },
  ]) {
    const divisions = select(mets.root, `${csipMap}/div/div[@LABEL=${label}]`);
    for (const pointer of divisions.flatMap((division) => select(division, 'fptr'))) {
      const id = attribute(pointer, 'FILEID') ?? '';
      if (!isOf(useOf(id) ?? '', label)) found.add(rule, placed(mets, pointer), { found: short(id), wanted: `fileGrp[@USE="${label}"]/@ID` });
    }
    const missing = label === 'Documentation' ? 'CSIP93' : label === 'Schemas' ? 'CSIP97' : undefined;
    if (missing !== undefined && divisions.length === 0 && groups.some((group) => isOf(attribute(group, 'USE') ?? '', label))) {
      found.add(missing, placed(mets, select(mets.root, csipMap)[0] ?? mets.root), { found: '', wanted: `div[@LABEL="${label}"]` });
    }
  }
  for (const division of select(mets.root, `${csipMap}/div/div`)) {
    const [pointer] = select(division, 'mptr');
    const label = attribute(division, 'LABEL') ?? '';
    if (pointer === undefined) continue;
    const title = attribute(pointer, 'xlink:title') ?? '';
    const named = useOf(title);
    // A group of another kind is the wrong one; one of no known kind is wrong in its own USE.
    const use = named !== undefined && (isOf(named, 'Documentation') || isOf(named, 'Schemas')) ? undefined : named;
    if (use === undefined) found.add('CSIP108', placed(mets, pointer), { found: short(title), wanted: 'fileGrp[@USE="Representations/…"]/@ID' });
    if (!/^Representations\/./.test(label) || (use !== undefined && use !== label)) {
      found.add('CSIP107', placed(mets, division), { found: short(label), wanted: use === undefined || use === '' ? 'Representations/…' : use });
    }
  }
  judgeMetadataDivision(found, mets);
}

/** CSIP91, 92: the division Metadata names all current sections. */
function judgeMetadataDivision(found: Findings, mets: MetsFile): void {
  const [division] = select(mets.root, `${csipMap}/div/div[@LABEL=Metadata]`);
  if (division === undefined) return;
  const current = (path: string): readonly string[] => select(mets.root, path).filter((one) => attribute(one, 'STATUS') !== 'SUPERSEDED').map((one) => attribute(one, 'ID') ?? '');
  const named = (name: string): ReadonlySet<string> => new Set((attribute(division, name) ?? '').split(/\s+/));
  const listedHere = named('DMDID');
  const descriptive = current('dmdSec').filter((id) => !listedHere.has(id));
  if (descriptive.length > 0) found.add('CSIP92', placed(mets, division), { found: short(attribute(division, 'DMDID') ?? ''), wanted: short(descriptive.join(' ')) });
  const preserving = [...current('amdSec/digiprovMD'), ...current('amdSec/rightsMD')];
  const sections = select(mets.root, 'amdSec').map((one) => attribute(one, 'ID') ?? '');
  const listed = named('ADMID');
  // Naming the whole amdSec, as the circular does, names all in it.
  const absent = sections.some((id) => id !== '' && listed.has(id)) ? [] : preserving.filter((id) => !listed.has(id));
  if (absent.length > 0) found.add('CSIP91', placed(mets, division), { found: short(attribute(division, 'ADMID') ?? ''), wanted: short(absent.join(' ')) });
}

/** SIP2, SIP15: the profile's address, and exactly one body or person that sends. */
function judgeSender(found: Findings, mets: MetsFile, profile: ProfileName): void {
  const wanted = `https://earksip.dilcis.eu/profile/E-ARK-SIP-v${profile.slice('csip-'.length).replaceAll('.', '-')}.xml`;
  const address = attribute(mets.root, 'PROFILE') ?? '';
  if (address !== wanted) found.add('SIP2', placed(mets, mets.root), { found: short(address), wanted });
  const senders = select(mets.root, 'metsHdr/agent[@ROLE=CREATOR]').filter((agent) => ['ORGANIZATION', 'INDIVIDUAL'].includes(attribute(agent, 'TYPE') ?? ''));
  // A contact person is a CREATOR and an INDIVIDUAL as well (SIP21–23): several are allowed beside one organisation.
  const bodies = senders.filter((agent) => attribute(agent, 'TYPE') === 'ORGANIZATION');
  if (senders.length === 0 || bodies.length > 1) found.add('SIP15', placed(mets, select(mets.root, 'metsHdr')[0] ?? mets.root), { found: String(senders.length), wanted: 'agent[@ROLE="CREATOR"][@TYPE="ORGANIZATION|INDIVIDUAL"] × 1' });
}

/** Folders of the package (CSIPSTR1–16, those that are judged without the METS). */
export function judgeFolders(found: Findings, package_: PackageFiles, objectId: string): void {
  const { files, folders, rootName, beside } = package_;
  if (rootName === '') found.add('CSIPSTR1', {}, { found: '', wanted: '' });
  for (const path of beside) found.add('CSIPSTR1', { file: path }, { found: short(path), wanted: rootName });
  if (rootName !== '' && objectId !== '' && rootName !== objectId && rootName !== objectId.replaceAll(':', '_')) found.add('CSIPSTR2', {}, { found: short(rootName), wanted: short(objectId.replaceAll(':', '_')) });
  if (!folders.has('representations')) found.add('CSIPSTR9', {}, { found: '', wanted: 'representations' });
  for (const folder of folders) {
    if (/^representations\/[^/]+$/.test(folder) && !files.has(`${folder}/METS.xml`)) found.add('CSIPSTR12', { file: folder }, { found: '', wanted: `${folder}/METS.xml` });
  }
  if (![...folders].some((folder) => /(^|\/)schemas$/.test(folder))) found.add('CSIPSTR15', {}, { found: '', wanted: 'schemas' });
}
