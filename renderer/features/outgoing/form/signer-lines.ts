import type { SignerAuthority } from '#contract';

/** Who signs by which authority (NĐ 30/2020 art. 13, annex I II.7.a), as a first line to be completed. */
export function suggestedLines(authority: SignerAuthority, agency: string, position: string): string[] {
  switch (authority) {
    case 'TM.':
      return [`TM. ${collectiveOf(agency)}`];
    case 'Q.':
      return [`Q. ${position.toUpperCase()}`.trim()];
    case 'KT.':
      return /^(phó|thứ)\s+/i.test(position) ? [`KT. ${headOf(position)}`] : ['KT. '];
    case 'TL.':
      return ['TL. '];
    case 'TUQ.':
      return ['TUQ. '];
    case '':
      return [];
  }
}

/** The collective of a people's committee is named without its place on signature lines. */
function collectiveOf(agency: string): string {
  return /^ủy ban nhân dân|^uỷ ban nhân dân/i.test(agency) ? 'ỦY BAN NHÂN DÂN' : agency.toUpperCase();
}

/** PHÓ CHỦ TỊCH signs for CHỦ TỊCH, THỨ TRƯỞNG for BỘ TRƯỞNG. */
function headOf(position: string): string {
  return /^thứ trưởng/i.test(position) ? 'BỘ TRƯỞNG' : position.replace(/^phó\s+/i, '').toUpperCase();
}
