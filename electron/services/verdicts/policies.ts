import { DeskPolicies, type DeskPolicy, type DeskRule, type DeskSource } from '#contract';
import type { ReadDb, WriteDb } from '../../store/index.ts';
import { readSetting, saveSetting } from '../settings/index.ts';
import { usualDeskPolicy } from '../verification/index.ts';

/** On paper the signature that counts is the ink's: what a scan of it carries is neither expected nor missed. */
const onPaper: DeskPolicy = { ...usualDeskPolicy, none: 'accept', indeterminate: 'accept', otherAgency: 'accept' };
/** In practice no partner has a certificate of an authority. */
const practised: DeskPolicy = { ...usualDeskPolicy, none: 'accept' };

/** What an office does that has chosen nothing. */
function usualPolicies(practice: boolean): DeskPolicies {
  const electronic = practice ? practised : usualDeskPolicy;
  return { axis: electronic, file: electronic, paper: onPaper };
}

const careful = ['ask', 'refuse'] as const;
const free = ['accept', 'ask', 'refuse'] as const;

/*
 * NĐ 30/2020/NĐ-CP art. 21.2 (read, records-rules.md §1.3): the clerk checks authenticity and wholeness of an electronic document and sends
 * it back when they are wanting. That no machine sends back by itself is our caution. TT 15/2025/TT-BKHCN annex II (read) asks for a
 * warning where a status cannot be checked; for certificates of the government it holds by analogy only (signing.md §1.5).
 */
const reception = 'NĐ 30/2020/NĐ-CP Điều 21.2; QĐ 28/2018/QĐ-TTg Điều 9.1';
const rows: readonly Omit<DeskRule, 'usual'>[] = [
  { row: 'failed', acts: [...careful], source: reception, confidence: 'read' },
  { row: 'indeterminate', acts: [...free], source: 'TT 15/2025/TT-BKHCN Phụ lục II', confidence: 'inferred' },
  { row: 'unchecked', acts: [...free], source: 'TT 15/2025/TT-BKHCN Phụ lục II', confidence: 'inferred' },
  { row: 'none', acts: [...free], source: 'NĐ 30/2020/NĐ-CP Điều 5.1', confidence: 'read' },
  { row: 'unknown', acts: [...careful], source: reception, confidence: 'inferred' },
  { row: 'otherAgency', acts: [...free], source: reception, confidence: 'inferred' },
  { row: 'agencyUndetermined', acts: [...free], source: '', confidence: 'inferred' },
  { row: 'withoutAgency', acts: [...free], source: 'NĐ 30/2020/NĐ-CP Điều 5.1', confidence: 'inferred' },
];

/** The table of the policy: what may be chosen, the default, and the rule behind it. */
export function deskRules(practice: boolean): DeskRule[] {
  const usual = usualPolicies(practice);
  const by = (row: DeskRule['row']) => (source: DeskSource) => usual[source][row];
  return rows.map((rule) => ({ ...rule, usual: { axis: by(rule.row)('axis'), file: by(rule.row)('file'), paper: by(rule.row)('paper') } }));
}

/** The policy of this office. */
export function readPolicies(db: ReadDb, practice: boolean): DeskPolicies {
  return readSetting(db, 'desk-policy', DeskPolicies) ?? usualPolicies(practice);
}

export function savePolicies(db: WriteDb, policies: DeskPolicies, at: string): void {
  saveSetting(db, 'desk-policy', policies, at);
}
