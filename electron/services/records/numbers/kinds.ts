import type { DocumentKind } from '#contract';

const annex = 'NĐ 30/2020/NĐ-CP, PL III.I';

/** The 29 administrative kinds in the order of the decree. Two have no abbreviation; a thư công has no number either. */
const administrative: readonly (readonly [code: string, name: string])[] = [
  ['NQ', 'Nghị quyết'],
  ['QĐ', 'Quyết định'],
  ['CT', 'Chỉ thị'],
  ['QC', 'Quy chế'],
  ['QyĐ', 'Quy định'],
  ['TC', 'Thông cáo'],
  ['TB', 'Thông báo'],
  ['HD', 'Hướng dẫn'],
  ['CTr', 'Chương trình'],
  ['KH', 'Kế hoạch'],
  ['PA', 'Phương án'],
  ['ĐA', 'Đề án'],
  ['DA', 'Dự án'],
  ['BC', 'Báo cáo'],
  ['BB', 'Biên bản'],
  ['TTr', 'Tờ trình'],
  ['HĐ', 'Hợp đồng'],
  ['cong-van', 'Công văn'],
  ['CĐ', 'Công điện'],
  ['BGN', 'Bản ghi nhớ'],
  ['BTT', 'Bản thỏa thuận'],
  ['GUQ', 'Giấy ủy quyền'],
  ['GM', 'Giấy mời'],
  ['GGT', 'Giấy giới thiệu'],
  ['GNP', 'Giấy nghỉ phép'],
  ['PG', 'Phiếu gửi'],
  ['PC', 'Phiếu chuyển'],
  ['PB', 'Phiếu báo'],
  ['thu-cong', 'Thư công'],
];

const copies = [
  ['SY', 'Bản sao y'],
  ['TrS', 'Bản trích sao'],
  ['SL', 'Bản sao lục'],
] as const;

/** Not read in the act itself; an office adds what it issues beside them. */
const legal = [
  ['NQ', 'Nghị quyết quy phạm pháp luật'],
  ['QĐ', 'Quyết định quy phạm pháp luật'],
  ['NĐ', 'Nghị định'],
  ['TT', 'Thông tư'],
  ['TTLT', 'Thông tư liên tịch'],
] as const;

const withoutAbbreviation = new Set(['cong-van', 'thu-cong']);

/** The kinds that the law names. */
export const issuedKinds: readonly DocumentKind[] = [
  ...administrative.map(
    ([code, name]): DocumentKind => ({
      code,
      name,
      abbreviation: withoutAbbreviation.has(code) ? '' : code,
      group: 'administrative',
      numbered: code !== 'thu-cong',
      source: annex,
      confidence: 'read',
    }),
  ),
  ...copies.map(
    ([code, name]): DocumentKind => ({ code, name, abbreviation: code, group: 'copy', numbered: true, source: annex, confidence: 'read' }),
  ),
  ...legal.map(
    ([code, name]): DocumentKind => ({
      code: `legal-${code}`,
      name,
      abbreviation: code,
      group: 'legal',
      numbered: true,
      source: 'Luật Ban hành văn bản quy phạm pháp luật',
      confidence: 'known',
    }),
  ),
];

/** What the law says of each point of the numbering, and how sure that is; the window has the words for it. */
export const numberLaw = [
  { point: 'yearly', source: 'NĐ 30/2020/NĐ-CP, Điều 15.1', confidence: 'read' },
  { point: 'paper', source: 'NĐ 30/2020/NĐ-CP, Điều 15.1, 22.2', confidence: 'read' },
  { point: 'legal', source: 'NĐ 30/2020/NĐ-CP, Điều 15.1', confidence: 'read' },
  { point: 'administrative', source: 'NĐ 30/2020/NĐ-CP, Điều 15.1', confidence: 'read' },
  { point: 'bodies', source: 'NĐ 30/2020/NĐ-CP, PL I, phần I, II.3.a', confidence: 'read' },
  { point: 'copies', source: 'NĐ 30/2020/NĐ-CP, PL I, phần II', confidence: 'read' },
  { point: 'order', source: 'NĐ 30/2020/NĐ-CP, Điều 15.1', confidence: 'read' },
  { point: 'gaps', source: '', confidence: 'inferred' },
  { point: 'inserted', source: '', confidence: 'inferred' },
  { point: 'late', source: '', confidence: 'inferred' },
  { point: 'office-ends', source: 'CV 414/BNV-VTLTNN (19/03/2025)', confidence: 'known' },
] as const;

/** For comparing names that hands have written: case, spaces, and on which vowel a tone stands (uỷ, ủy) make no difference. */
export function folded(words: string): string {
  return words
    .trim()
    .toLocaleLowerCase('vi')
    .split(/\s+/)
    .map((word) => {
      const letters = word.normalize('NFD');
      return letters.replaceAll(tones, '') + (letters.match(tones) ?? []).join('');
    })
    .join(' ');
}

/** Grave, acute, tilde, hook above, dot below. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
