import type { RuleLevel } from './report.ts';

type LinkRule = { readonly id: string; readonly level: RuleLevel; readonly level210?: RuleLevel };
const must = (...ids: readonly string[]): readonly LinkRule[] => ids.map((id) => ({ id, level: 'must' }));
const should = (...ids: readonly string[]): readonly LinkRule[] => ids.map((id) => ({ id, level: 'should' }));

/** Rules of CSIP and SIP that need more than one element: agents, groups and folders, divisions and groups (`csip-judge.ts`). */
export const linkRules: readonly LinkRule[] = [
  ...must('CSIPSTR1', 'CSIPSTR4', 'CSIP11', 'CSIP12', 'CSIP13', 'CSIP14', 'CSIP15', 'CSIP16', 'CSIP60', 'CSIP113', 'CSIP114', 'CSIP107', 'CSIP108', 'CSIP116', 'CSIP118', 'CSIP119'),
  ...should('CSIPSTR2', 'CSIPSTR9', 'CSIPSTR12', 'CSIPSTR15', 'CSIP3', 'CSIP91', 'CSIP92', 'CSIP93', 'CSIP97'),
  ...must('SIP2', 'SIP15'),
];
