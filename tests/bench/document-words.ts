/** What generated documents speak of. Made up, in the manner of real ones; no text of a real document. */
export const kinds: readonly (readonly [name: string, sign: string, share: number])[] = [
  ['Công văn', '', 46], ['Quyết định', 'QĐ', 18], ['Giấy mời', 'GM', 8], ['Thông báo', 'TB', 8], ['Báo cáo', 'BC', 6],
  ['Kế hoạch', 'KH', 5], ['Tờ trình', 'TTr', 4], ['Công điện', 'CĐ', 1], ['Hướng dẫn', 'HD', 1], ['Nghị quyết', 'NQ', 1],
  ['Chỉ thị', 'CT', 1], ['Thông tư', 'TT', 1],
];

export const departments: readonly (readonly [name: string, sign: string])[] = [
  ['Sở Nội vụ', 'SNV'], ['Sở Tài chính', 'STC'], ['Sở Xây dựng', 'SXD'], ['Sở Y tế', 'SYT'],
  ['Sở Giáo dục và Đào tạo', 'SGDĐT'], ['Sở Nông nghiệp và Môi trường', 'SNNMT'], ['Sở Khoa học và Công nghệ', 'SKHCN'],
  ['Sở Công Thương', 'SCT'], ['Sở Tư pháp', 'STP'], ['Sở Văn hóa, Thể thao và Du lịch', 'SVHTTDL'],
  ['Văn phòng Ủy ban nhân dân', 'VP'], ['Thanh tra', 'TTr'], ['Kho bạc Nhà nước', 'KBNN'], ['Bảo hiểm xã hội', 'BHXH'],
  ['Cục Thuế', 'CT'], ['Công an', 'CA'], ['Bộ Chỉ huy quân sự', 'BCH'], ['Ban Quản lý dự án đầu tư xây dựng', 'BQLDA'],
];
export const ministries: readonly (readonly [name: string, sign: string])[] = [
  ['Văn phòng Chính phủ', 'VPCP'], ['Bộ Nội vụ', 'BNV'], ['Bộ Tài chính', 'BTC'], ['Bộ Tư pháp', 'BTP'], ['Bộ Xây dựng', 'BXD'],
  ['Bộ Y tế', 'BYT'], ['Bộ Giáo dục và Đào tạo', 'BGDĐT'], ['Bộ Nông nghiệp và Môi trường', 'BNNMT'],
];
export const provinces = [
  'Lam Giang', 'Bình Hải', 'Thanh Sơn', 'Phú Lộc', 'Đông Hà', 'Việt Nam Hạ', 'Nam Thắng', 'Hòa An', 'Quảng Lâm', 'Kỳ Sơn',
];
export const communes = [
  'Bình An', 'Tân Lập', 'Hòa Thuận', 'Đông Thịnh', 'Nam Cường', 'Phước Mỹ', 'Long Xuyên Thượng', 'Thủy Nguyên Hạ', 'An Khê',
  'Sơn Tây', 'Quỳnh Lưu', 'Mỹ Lý', 'Trà Giang', 'Vĩnh Tường', 'Cẩm Khê', 'Đức Hòa', 'Xuân Phú', 'Yên Định', 'Lộc Ninh', 'Hà Trung',
];

/** How a subject begins, by kind of document; the first is for all that have none of their own. */
export const openings: Readonly<Record<string, readonly string[]>> = {
  '': ['về việc', 'về'],
  'Công văn': ['V/v', 'V/v', 'V/v tăng cường', 'V/v đề nghị', 'V/v báo cáo', 'V/v triển khai', 'V/v đôn đốc', 'V/v trả lời'],
  'Quyết định': ['về việc phê duyệt', 'về việc ban hành', 'về việc thành lập', 'về việc bổ nhiệm', 'về việc điều chỉnh', 'về việc thu hồi'],
  'Giấy mời': ['họp về', 'dự hội nghị', 'tập huấn', 'làm việc về'],
  'Thông báo': ['kết luận về', 'về việc', 'lịch'],
  'Báo cáo': ['kết quả', 'tình hình', 'sơ kết', 'tổng kết'],
  'Kế hoạch': ['thực hiện', 'tổ chức', 'triển khai'],
  'Tờ trình': ['về việc đề nghị phê duyệt', 'xin chủ trương', 'thẩm định'],
};

/** Matters, the commonest first. */
export const matters = [
  'công tác văn thư, lưu trữ', 'cải cách hành chính', 'chuyển đổi số', 'dự toán ngân sách nhà nước', 'phòng, chống thiên tai',
  'an toàn giao thông', 'giải phóng mặt bằng', 'phòng cháy, chữa cháy và cứu nạn, cứu hộ', 'tiếp công dân, giải quyết khiếu nại, tố cáo',
  'xây dựng nông thôn mới', 'quản lý đất đai', 'bảo vệ môi trường', 'an toàn thực phẩm', 'giảm nghèo bền vững',
  'tuyển dụng viên chức', 'nâng bậc lương thường xuyên', 'thi đua, khen thưởng', 'quy hoạch sử dụng đất', 'đầu tư công trung hạn',
  'bảo hiểm y tế học sinh, sinh viên', 'tiêm chủng mở rộng', 'phòng, chống dịch bệnh trên đàn gia súc, gia cầm',
  'quy chế làm việc', 'quy chế chi tiêu nội bộ', 'danh mục hồ sơ', 'nộp lưu hồ sơ, tài liệu vào lưu trữ lịch sử',
  'ký số văn bản điện tử', 'trục liên thông văn bản quốc gia', 'sắp xếp đơn vị hành chính', 'tinh giản biên chế',
  'đánh giá, xếp loại công chức', 'đào tạo, bồi dưỡng cán bộ', 'phổ biến, giáo dục pháp luật', 'hòa giải ở cơ sở',
  'quản lý tài sản công', 'mua sắm tập trung', 'cấp giấy chứng nhận quyền sử dụng đất', 'trật tự xây dựng', 'chỉnh trang đô thị',
  'cấp nước sạch nông thôn', 'kiên cố hóa kênh mương', 'đê điều và hộ đê', 'trồng cây phân tán', 'phát triển rừng bền vững',
  'du lịch cộng đồng', 'bảo tồn di tích lịch sử', 'thể thao quần chúng', 'lễ hội đầu xuân', 'dạy học tiếng dân tộc thiểu số',
  'tuyển sinh đầu cấp', 'trường học đạt chuẩn quốc gia', 'bữa ăn bán trú', 'người có công với cách mạng', 'bảo trợ xã hội',
  'trẻ em có hoàn cảnh đặc biệt', 'bình đẳng giới', 'xuất khẩu lao động', 'việc làm cho thanh niên', 'nhà ở xã hội',
  'xóa nhà tạm, nhà dột nát', 'nghĩa vụ quân sự', 'quốc phòng toàn dân', 'an ninh mạng', 'bảo vệ bí mật nhà nước',
  'chữ ký số chuyên dùng', 'dịch vụ công trực tuyến', 'một cửa liên thông', 'số hóa sổ hộ tịch', 'căn cước điện tử',
  'thuế sử dụng đất phi nông nghiệp', 'thu phí, lệ phí', 'quyết toán vốn đầu tư', 'kiểm kê tài sản', 'thanh tra trách nhiệm người đứng đầu',
  'kê khai tài sản, thu nhập', 'xử lý rác thải sinh hoạt', 'khai thác cát sỏi lòng sông', 'nuôi trồng thủy sản', 'chăn nuôi an toàn sinh học',
  'chợ đầu mối', 'khuyến công', 'sản phẩm OCOP', 'hợp tác xã kiểu mới', 'điện gió ngoài khơi', 'đường sắt tốc độ cao',
] as const;

/** What a subject ends with; %c commune, %p province, %y year, %q quarter. */
export const endings = [
  '', '', 'năm %y', 'năm %y', 'trên địa bàn tỉnh %p', 'tại xã %c', 'quý %q năm %y', 'giai đoạn %y - %z', 'thuộc xã %c, tỉnh %p',
  '6 tháng đầu năm %y', 'theo Nghị quyết số %n/NQ-HĐND', 'của ông %h', 'đối với bà %h', 'theo Công văn số %n/UBND-VP', 'đợt %q',
] as const;

export const familyNames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'];
export const middleNames = ['Văn', 'Thị', 'Đức', 'Hữu', 'Minh', 'Ngọc', 'Thanh', 'Quốc', 'Xuân', 'Thu'];
export const givenNames = [
  'An', 'Bình', 'Cường', 'Dũng', 'Đạt', 'Giang', 'Hà', 'Hạnh', 'Hiếu', 'Hòa', 'Hùng', 'Hương', 'Khánh', 'Lan', 'Linh', 'Long', 'Mai',
  'Nam', 'Năm', 'Nga', 'Phúc', 'Quân', 'Quỳnh', 'Sơn', 'Tâm', 'Thắng', 'Thủy', 'Toàn', 'Trang', 'Tuấn', 'Vinh', 'Yến',
];
export const positions = ['CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC', 'CHÁNH VĂN PHÒNG', 'THỨ TRƯỞNG'];
export const holders = ['Văn phòng', 'Phòng Kinh tế', 'Phòng Văn hóa - Xã hội', 'Trung tâm Phục vụ hành chính công', 'Ban Chỉ huy Quân sự', 'Công an xã'];

/** Words of running text, the commonest first; the long tail is made of syllables. */
export const textWords = (
  'và của các có được cho trong theo về với là đến tại từ việc không này khi đã để một những do thực hiện công tác quy định văn bản ' +
  'cơ quan đơn vị ủy ban nhân dân tỉnh xã phường báo cáo kết quả tổ chức triển khai kế hoạch nhiệm vụ giải pháp quản lý nhà nước ' +
  'địa phương căn cứ nghị định thông tư quyết định luật ngày tháng năm số thủ tướng chính phủ bộ sở ban ngành phối hợp chỉ đạo ' +
  'kiểm tra hướng dẫn đề nghị phê duyệt ban hành tổng hợp trước sau gửi đồng chí thủ trưởng trách nhiệm đảm bảo an toàn chất lượng ' +
  'hiệu quả tiến độ dự án đầu tư xây dựng kinh phí ngân sách nguồn vốn nội dung hồ sơ tài liệu thời gian hạn xử lý trả lời ý kiến ' +
  'tham mưu đánh giá phát triển kinh tế xã hội văn hóa giáo dục y tế môi trường nông nghiệp người dân doanh nghiệp hộ gia đình ' +
  'chương trình mục tiêu quốc gia giai đoạn hằng năm quý tuần thường xuyên đột xuất tăng cường nâng cao đẩy mạnh tiếp tục khắc phục ' +
  'tồn tại hạn chế khó khăn vướng mắc nguyên nhân bài học kinh nghiệm phương hướng trọng tâm cán bộ công chức viên chức người lao động'
).split(' ');
