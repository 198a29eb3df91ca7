/** What the law wants in a văn bản xác thực, and how what it leaves open is read here. `P`: the primary text, `K`: our reading. */
type Rule = { readonly source: string; readonly confidence: 'P' | 'K' };
export type CertificationItem = Rule & { readonly key: 'code' | 'archive' | 'recipient' | 'docCode' | 'symbol' | 'kind' | 'subject' | 'purpose' | 'issuedOn' | 'validUntil' | 'copies'; /** the law's own words */ readonly words: string };

const item = (point: string, key: CertificationItem['key'], words: string): CertificationItem => ({ key, words, source: `TT 05/2025/TT-BNV art. 42.2.${point}`, confidence: 'P' });

/** The eleven items, in the order and words of the circular. */
export const certificationItems: readonly CertificationItem[] = [
  item('a', 'code', 'Mã xác thực lưu trữ'),
  item('b', 'archive', 'Tên lưu trữ lịch sử'),
  item('c', 'recipient', 'Thông tin người nhận: họ và tên, mã định danh công dân hoặc số giấy tờ tuỳ thân'),
  item('d', 'docCode', 'Mã lưu trữ của tài liệu gốc'),
  item('đ', 'symbol', 'Số và ký hiệu của tài liệu gốc (nếu có)'),
  item('e', 'kind', 'Tên loại tài liệu'),
  item('g', 'subject', 'Trích yếu nội dung hoặc tiêu đề tài liệu'),
  item('h', 'purpose', 'Mục đích sử dụng'),
  item('i', 'issuedOn', 'Ngày cấp'),
  item('k', 'validUntil', 'Thời hạn sử dụng'),
  item('l', 'copies', 'Số lượng bản'),
];

/** Item b where an agency certifies out of its lưu trữ hiện hành: art. 42 names the historical archive alone, art. 33.3 has it apply there too. */
export const currentArchiveWords: Rule & { readonly words: string } = { words: 'Tên cơ quan, tổ chức quản lý tài liệu lưu trữ', source: 'TT 05/2025/TT-BNV art. 33.3, 41.1', confidence: 'K' };

/** What the circular leaves open. */
export const certificationReadings: Readonly<Record<'code' | 'one-text' | 'bound' | 'signature' | 'shown' | 'no-term', Rule & { readonly reading: string }>> = {
  code: { source: 'art. 42.2.a', confidence: 'K', reading: 'the form of the code is not said: code of the archive, year of issue, first twelve digits of the UUID in the OBJID of the package' },
  'one-text': { source: 'art. 42.2', confidence: 'K', reading: 'one text for each package; items d to g stand in a list behind it where the copy has several documents' },
  bound: { source: 'art. 42.2 “được gán trong tệp tin văn bản xác thực”', confidence: 'K', reading: 'the text names the OBJID of the package and the SHA-256 of every file of its documents, and lies in documentation/ of the package (Phụ lục V 2.2 row 13)' },
  signature: { source: 'art. 41.1, 42.1', confidence: 'K', reading: 'art. 42 names no signature on the text; a certified copy has the digital signature of the agency or historical archive (41.1), so nothing is given out without one. The originals keep their own signatures (42.1)' },
  shown: { source: 'art. 42.2, 41.2', confidence: 'K', reading: 'what the signature on the text shows is not said; 41.2 speaks of copies of documents. Signed here, it shows the agency’s seal in true size under its name, as NĐ 30/2020 annex I II.8 has it' },
  'no-term': { source: 'art. 42.2.k', confidence: 'K', reading: 'a copy without a term says so in words' },
};
