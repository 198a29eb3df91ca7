import type { ArrivingKind } from '#contract';
import { issuedKinds } from '../numbers/kinds.ts';

/** Kinds that arrive and that an office of ours mostly does not issue. Not read in the acts themselves. */
const law = 'Luật Ban hành văn bản quy phạm pháp luật';
const normative: readonly (readonly [name: string, abbreviation: string])[] = [
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

/** Met in real correspondence without being in the decree. */
const practice: readonly (readonly [name: string, abbreviation: string])[] = [
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
];

/** Kinds of documents by what is printed above the subject and by the first group of the symbol. */
export const kinds: readonly ArrivingKind[] = [
  ...issuedKinds
    .filter((kind) => kind.group !== 'legal')
    .map(({ name, abbreviation, source, confidence }): ArrivingKind => ({ name, abbreviation, source, confidence })),
  ...normative.map(([name, abbreviation]): ArrivingKind => ({ name, abbreviation, source: law, confidence: 'known' })),
  ...practice.map(([name, abbreviation]): ArrivingKind => ({ name, abbreviation, source: '', confidence: 'known' })),
];

/** Official letters have no name of kind on paper. */
export const letterKind = 'Công văn';
export const annexKind = 'Phụ lục';
