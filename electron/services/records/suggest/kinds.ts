import type { DocumentKind } from '#contract';

/**
 * Kinds of documents by what is printed above the subject and by the first group of the symbol.
 * - `decree-30`: the 29 administrative kinds of NĐ 30/2020/NĐ-CP, art. 7 and annex III.I (confidence: primary text)
 * - `normative`: Luật Ban hành văn bản quy phạm pháp luật (confidence: general knowledge)
 * - `practice`: met in real correspondence without being in the decree (confidence: general knowledge)
 */
export type Kind = DocumentKind;

const decree30: readonly (readonly [name: string, abbreviation: string])[] = [
  ['Nghị quyết', 'NQ'],
  ['Quyết định', 'QĐ'],
  ['Chỉ thị', 'CT'],
  ['Quy chế', 'QC'],
  ['Quy định', 'QyĐ'],
  ['Thông cáo', 'TC'],
  ['Thông báo', 'TB'],
  ['Hướng dẫn', 'HD'],
  ['Chương trình', 'CTr'],
  ['Kế hoạch', 'KH'],
  ['Phương án', 'PA'],
  ['Đề án', 'ĐA'],
  ['Dự án', 'DA'],
  ['Báo cáo', 'BC'],
  ['Biên bản', 'BB'],
  ['Tờ trình', 'TTr'],
  ['Hợp đồng', 'HĐ'],
  ['Công văn', ''],
  ['Công điện', 'CĐ'],
  ['Bản ghi nhớ', 'BGN'],
  ['Bản thỏa thuận', 'BTT'],
  ['Giấy ủy quyền', 'GUQ'],
  ['Giấy mời', 'GM'],
  ['Giấy giới thiệu', 'GGT'],
  ['Giấy nghỉ phép', 'GNP'],
  ['Phiếu gửi', 'PG'],
  ['Phiếu chuyển', 'PC'],
  ['Phiếu báo', 'PB'],
  ['Thư công', ''],
];

const normative: readonly (readonly [string, string])[] = [
  ['Hiến pháp', ''],
  ['Bộ luật', ''],
  ['Luật', ''],
  ['Pháp lệnh', ''],
  ['Lệnh', 'L'],
  ['Nghị định', 'NĐ'],
  ['Thông tư liên tịch', 'TTLT'],
  ['Thông tư', 'TT'],
  ['Nghị quyết liên tịch', 'NQLT'],
];

const practice: readonly (readonly [string, string])[] = [
  ['Phụ lục', ''],
  ['Kết luận', 'KL'],
  ['Quy trình', 'QT'],
  ['Văn bản hợp nhất', 'VBHN'],
  ['Phiếu trình', 'PTr'],
  ['Phiếu yêu cầu', 'PYC'],
  ['Giấy chứng nhận', 'GCN'],
  ['Giấy xác nhận', 'GXN'],
  ['Giấy phép', 'GP'],
  ['Đơn', ''],
  ['Điều lệ', 'ĐL'],
  ['Chứng thư', ''],
  ['Danh sách', 'DS'],
  ['Lịch công tác', ''],
  ['Bản sao y', 'SY'],
  ['Bản trích sao', 'TrS'],
  ['Bản sao lục', 'SL'],
];

const rows = (source: Kind['source'], list: readonly (readonly [string, string])[]): Kind[] =>
  list.map(([name, abbreviation]) => ({ name, abbreviation, source }));

export const kinds: readonly Kind[] = [...rows('decree-30', decree30), ...rows('normative', normative), ...rows('practice', practice)];

/** Official letters have no name of kind on paper. */
export const letterKind = 'Công văn';
export const annexKind = 'Phụ lục';
