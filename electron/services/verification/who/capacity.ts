import type { VerdictSigner } from '#contract';

type Names = { readonly name: string; readonly organization: string; readonly unit: string; readonly budgetCode: string; readonly taxCode: string };

type Rule = {
  readonly capacity: VerdictSigner['capacity'];
  readonly holds: (names: Names) => boolean;
  readonly source: string;
  readonly confidence: 'M' | 'S';
};

const bodies = /^(bộ|sở|ủy ban|uỷ ban|ubnd|văn phòng|cục|tổng cục|chi cục|ban|thanh tra|trường|bệnh viện|viện|trung tâm|kho bạc|bảo hiểm|hội đồng|hđnd|công an|tòa án|toà án|viện kiểm sát|tỉnh ủy|thành ủy|huyện ủy|đảng ủy)(?=\s)/u;
const units = /^(phòng|văn thư|bộ phận|tổ|vụ)(?=\s)/u;

/**
 * In what capacity a certificate signs, first rule first. No law was seen that fixes the subject's form; these are read off
 * published documents of 2018 to 2026 and certain of no others. What no rule knows is unknown.
 */
const rules: readonly Rule[] = [
  { capacity: 'portal', holds: ({ name }) => lower(name).startsWith('cổng thông tin'), source: 'NĐ 335/2025, NĐ 30/2020, QĐ 28/2018 as published', confidence: 'M' },
  { capacity: 'unit', holds: ({ name, organization }) => units.test(lower(name)) && lower(name) !== lower(organization), source: 'công văn 11410/BXD-KHCNMT&VLXD (2026)', confidence: 'M' },
  { capacity: 'agency', holds: ({ budgetCode, taxCode }) => budgetCode !== '' || taxCode !== '', source: 'công văn 11410: codes stand in certificates of organizations only', confidence: 'S' },
  { capacity: 'agency', holds: ({ name, organization }) => organization !== '' && lower(name) === lower(organization), source: 'công văn 11410: the agency has its own name as CN and O', confidence: 'M' },
  { capacity: 'agency', holds: ({ name }) => bodies.test(lower(name)), source: 'names of agencies begin so', confidence: 'S' },
  { capacity: 'person', holds: ({ name, organization }) => organization !== '' && isPersonal(name), source: 'công văn 11410: persons of the ministry', confidence: 'M' },
];

function lower(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** Two to six words, each a capital and small letters, as persons' names are written. */
function isPersonal(name: string): boolean {
  const words = name.normalize('NFC').trim().split(/\s+/);
  return words.length >= 2 && words.length <= 6 && words.every((word) => /^\p{Lu}\p{Ll}*$/u.test(word));
}

/** The capacity of whoever has these names. */
export function capacityOf(names: Names): VerdictSigner['capacity'] {
  return rules.find(({ holds }) => holds(names))?.capacity ?? 'unknown';
}
