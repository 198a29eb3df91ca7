/** The kinds of administrative documents (NĐ 30/2020 art. 7), in the decree's order, the letter first as the most frequent. */
export const documentKinds = [
  'Công văn', 'Nghị quyết', 'Quyết định', 'Chỉ thị', 'Quy chế', 'Quy định', 'Thông cáo', 'Thông báo', 'Hướng dẫn',
  'Chương trình', 'Kế hoạch', 'Phương án', 'Đề án', 'Dự án', 'Báo cáo', 'Biên bản', 'Tờ trình', 'Hợp đồng', 'Công điện',
  'Bản ghi nhớ', 'Bản thỏa thuận', 'Giấy ủy quyền', 'Giấy mời', 'Giấy giới thiệu', 'Giấy nghỉ phép', 'Phiếu gửi',
  'Phiếu chuyển', 'Phiếu báo', 'Thư công',
] as const;
