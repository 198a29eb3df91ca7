import { differences, type DifferenceId } from '../profile/differences.ts';
import { csipRules, sipRules } from './csip-rules.ts';
import type { MetsScope } from './mets-file.ts';
import { linkRules } from './csip-link-rules.ts';
import { ownRules } from './own-rules.ts';
import type { ProfileName, RuleFacts, RuleLevel } from './report.ts';

type Levels = { readonly level: RuleLevel; readonly level210: RuleLevel };

const specification: ReadonlyMap<string, Levels> = new Map(
  [...csipRules, ...sipRules, ...linkRules].map(({ id, level, level210 = level }) => [id, { level, level210 }]),
);
/** Differences that a reader tells. Of the others both ways are as good, or one file does not show which it is. */
const told: ReadonlySet<string> = new Set<DifferenceId>([
  'object-id-plain',
  'object-id-urn',
  'folder-name',
  'upper-case-ids',
  'mets-schema-name',
  'other-schemas',
  'agent-note',
  'agreement-type',
  'time-form',
  'time-short-zone',
  'checksum-case',
  'pdf-media-type',
  'mets-type',
  'root-profile',
  'data-use',
  'holey-use',
  'root-label',
  'representation-label',
  'premis-type',
  'field-order',
  'field-missing-recovery',
  'field-paper',
  'field-dip-organ',
  'field-dates',
  'field-format-list',
  'language-separator',
  'zip-name',
]);
/** What the circular leaves open or writes in two ways: read, with a remark. */
const tolerated: ReadonlyMap<string, RuleFacts> = new Map(
  differences.filter(({ id }) => told.has(id)).map(({ id, source, confidence }) => [`tt05.${id}`, { level: 'should', source: `TT 05/2025/TT-BNV, ${source}`, confidence: confidence === 'printed' ? 'P' : confidence === 'practice' ? 'R' : 'K' }]),
);

/**
 * CSIP rules that the circular's own tables contradict, so that a package after its letter must break them: not judged. In the
 * representation the agent is the agency (rep metsHdr), the map has Data, MetadataLink and a Metadata of its own kind (PL I.II.1.c, PL III.II.1.c).
 */
const circularOtherwise: Readonly<Record<MetsScope, ReadonlySet<string>>> = {
  root: new Set(['CSIP16']),
  representation: new Set(['CSIP11', 'CSIP12', 'CSIP13', 'CSIP15', 'CSIP16', 'CSIP88', 'CSIP91', 'CSIP92', 'CSIP114']),
};
/** Rules that stand in its examples and not in its tables: a remark. */
const circularSilent: ReadonlySet<string> = new Set(['CSIP23', 'CSIP37', 'CSIP69', 'CSIP81', 'CSIP111', 'CSIP112']);

/** What the published schema says and no rule of CSIP repeats. */
const schemaRules: ReadonlySet<string> = new Set(['mets.schema', 'mets.id-form']);

const appendix: Readonly<Partial<Record<ProfileName, string>>> = {
  'tt05-aip-hoso': 'I',
  'tt05-aip-tailieu': 'II',
  'tt05-sip-hoso': 'III',
  'tt05-sip-tailieu': 'IV',
  'tt05-dip': 'V',
};

/** Phụ lục V has the same tables under other numbers. */
const sectionsOfV: Readonly<Record<string, string>> = { 'I.2': '2.2', 'II.1': '3.1', 'II.1.b': '3.1.2', 'II.1.c': '3.1.3', 'II.2': '3.2' };

/** Every rule that can be told; the catalogue has a sentence for each. */
export const allRules: readonly string[] = [...specification.keys(), ...tolerated.keys(), ...Object.keys(ownRules)];

/** Level, source and confidence of a rule for a package of this profile, in its own METS or in that of a representation; undefined where it does not hold. */
export function ruleFacts(rule: string, profile: ProfileName, scope: MetsScope): RuleFacts | undefined {
  const levels = specification.get(rule);
  if (levels !== undefined) {
    const version = profile === 'csip-2.2.0' ? '2.2.0' : profile === 'csip-2.1.0' ? '2.1.0' : '2.0.4';
    const source = `E-ARK ${rule.startsWith('SIP') ? 'SIP' : 'CSIP'} ${version}, ${rule}`;
    const level = version === '2.2.0' ? levels.level : levels.level210;
    if (appendix[profile] === undefined && profile !== 'tt02-2019') return { level, source, confidence: 'P' };
    if (circularOtherwise[scope].has(rule)) return undefined;
    return circularSilent.has(rule) ? { level: 'may', source, confidence: 'K' } : { level, source, confidence: 'P' };
  }
  const known = tolerated.get(rule) ?? ownRules[rule];
  if (known === undefined) throw new Error(`no such rule: ${rule}`);
  // A METS file of CSIP is one by its schema; those of the circular follow examples that are none.
  if (schemaRules.has(rule) && appendix[profile] === undefined && profile !== 'tt02-2019') return { ...known, level: 'must' };
  const numbered = known.source.replace('{PL}', `Phụ lục ${appendix[profile] ?? 'I–V'}`);
  return { ...known, source: profile === 'tt05-dip' ? numbered.replace(/(?<=, Phụ lục V)\.(\S+)/, (_, section: string) => `.${sectionsOfV[section] ?? section}`) : numbered };
}
