import type { Confidence, SigningRuleName } from '#contract';

export type SigningRule = {
  readonly name: SigningRuleName;
  /** the lines above the name, as an example */
  readonly example: readonly string[];
  readonly source: string;
  readonly confidence: Confidence;
};

/**
 * Under what a document is signed. The words of NĐ 30/2020 art. 13 were read; how several lines stand on one another is
 * the usage of the decree's forms.
 */
export const signingRules: readonly SigningRule[] = [
  { name: 'head', example: ['CHỦ TỊCH'], source: 'NĐ 30/2020/NĐ-CP Điều 13.1', confidence: 'read' },
  { name: 'TM', example: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], source: 'NĐ 30/2020/NĐ-CP Điều 13.2', confidence: 'read' },
  { name: 'Q', example: ['Q. CHỦ TỊCH'], source: 'NĐ 30/2020/NĐ-CP Phụ lục I, phần II.7', confidence: 'known' },
  {
    name: 'KT',
    example: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
    source: 'NĐ 30/2020/NĐ-CP Điều 13.1, 13.2',
    confidence: 'read',
  },
  { name: 'TL', example: ['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG'], source: 'NĐ 30/2020/NĐ-CP Điều 13.4', confidence: 'read' },
  {
    name: 'TL-KT',
    example: ['TL. CHỦ TỊCH', 'KT. CHÁNH VĂN PHÒNG', 'PHÓ CHÁNH VĂN PHÒNG'],
    source: 'NĐ 30/2020/NĐ-CP Điều 13.4',
    confidence: 'inferred',
  },
  { name: 'TUQ', example: ['TUQ. CHỦ TỊCH', 'TRƯỞNG PHÒNG'], source: 'NĐ 30/2020/NĐ-CP Điều 13.3', confidence: 'read' },
];
