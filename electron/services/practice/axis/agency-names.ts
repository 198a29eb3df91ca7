/** A body with a level-1 code. `closed`: the code is not given out any more (QĐ 09/2025). */
export type TopAgency = { readonly code: string; readonly name: string; readonly closed: boolean };

/** Ministries and Government agencies with their codes since QĐ 09/2025 (axis.md §3.7). */
const ministries: Readonly<Record<string, string>> = {
  G01: 'Bộ Công an', G02: 'Bộ Công Thương', G03: 'Bộ Giáo dục và Đào tạo', G06: 'Bộ Khoa học và Công nghệ',
  G08: 'Bộ Ngoại giao', G09: 'Bộ Nội vụ', G10: 'Bộ Nông nghiệp và Môi trường', G11: 'Bộ Quốc phòng', G12: 'Bộ Tài chính',
  G15: 'Bộ Tư pháp', G16: 'Bộ Văn hóa, Thể thao và Du lịch', G17: 'Bộ Xây dựng', G18: 'Bộ Y tế',
  G19: 'Ngân hàng Nhà nước Việt Nam', G20: 'Thanh tra Chính phủ', G21: 'Bộ Dân tộc và Tôn giáo', G22: 'Văn phòng Chính phủ',
  G27: 'Đài Tiếng nói Việt Nam', G28: 'Đài Truyền hình Việt Nam', G30: 'Thông tấn xã Việt Nam',
  G31: 'Viện Hàn lâm Khoa học và Công nghệ Việt Nam', G32: 'Viện Hàn lâm Khoa học xã hội Việt Nam',
  G35: 'Ủy ban An toàn giao thông Quốc gia', G38: 'Ủy ban sông Mê Công Việt Nam',
  G39: 'Hội đồng Đánh giá trữ lượng khoáng sản Quốc gia', G40: 'Ủy ban Quốc gia về kinh tế biển',
};
const closedMinistries = ['G04', 'G05', 'G07', 'G13', 'G14', 'G23', 'G24', 'G25', 'G26', 'G34', 'G36', 'G37'];

/** Provinces H01–H63 in the order of QĐ 20/2020 (axis.md §3.8). */
const provinces = [
  'An Giang', 'Bắc Giang', 'Bắc Kạn', 'Bạc Liêu', 'Bắc Ninh', 'Bà Rịa - Vũng Tàu', 'Bến Tre', 'Bình Định', 'Bình Dương',
  'Bình Phước', 'Bình Thuận', 'Cà Mau', 'Cần Thơ', 'Cao Bằng', 'Đắk Lắk', 'Đắk Nông', 'Đà Nẵng', 'Điện Biên', 'Đồng Nai',
  'Đồng Tháp', 'Gia Lai', 'Hà Giang', 'Hải Dương', 'Hải Phòng', 'Hà Nam', 'Hà Nội', 'Hà Tĩnh', 'Hòa Bình',
  'Hồ Chí Minh', 'Hậu Giang', 'Hưng Yên', 'Khánh Hòa', 'Kiên Giang', 'Kon Tum', 'Lai Châu', 'Lâm Đồng', 'Lạng Sơn',
  'Lào Cai', 'Long An', 'Nam Định', 'Nghệ An', 'Ninh Bình', 'Ninh Thuận', 'Phú Thọ', 'Phú Yên', 'Quảng Bình', 'Quảng Nam',
  'Quảng Ngãi', 'Quảng Ninh', 'Quảng Trị', 'Sóc Trăng', 'Sơn La', 'Tây Ninh', 'Thái Bình', 'Thái Nguyên', 'Thanh Hóa',
  'Huế', 'Tiền Giang', 'Trà Vinh', 'Tuyên Quang', 'Vĩnh Long', 'Vĩnh Phúc', 'Yên Bái',
];
/** The codes that the 34 units of 2025 keep (axis.md §3.9). */
const keptProvinces = new Set([
  60, 38, 55, 44, 5, 31, 24, 42, 50, 17, 48, 21, 32, 36, 15, 29, 19, 53, 13, 61, 20, 12, 1, 26, 57, 35, 18, 52, 37, 49, 56,
  41, 27, 14,
]);
const cities = new Set(['Hà Nội', 'Hồ Chí Minh', 'Hải Phòng', 'Đà Nẵng', 'Cần Thơ', 'Huế']);

const others: readonly TopAgency[] = [
  { code: 'B01', name: 'Văn phòng Chủ tịch nước', closed: false },
  { code: 'D01', name: 'Tòa án nhân dân tối cao', closed: false },
  { code: 'E01', name: 'Viện kiểm sát nhân dân tối cao', closed: false },
  { code: 'F01', name: 'Kiểm toán nhà nước', closed: false },
  { code: 'I01', name: 'Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam', closed: false },
];

/** Every body with a level-1 code that the practice directory knows, in the order of codes. */
export const topAgencies: readonly TopAgency[] = [
  ...others,
  ...Object.entries(ministries).map(([code, name]) => ({ code, name, closed: false })),
  ...closedMinistries.map((code) => ({ code, name: `Cơ quan có mã ${code} (đã đóng)`, closed: true })),
  ...provinces.map((name, at) => ({
    code: `H${String(at + 1).padStart(2, '0')}`,
    name: `Ủy ban nhân dân ${cities.has(name) ? 'thành phố' : 'tỉnh'} ${name}`,
    closed: !keptProvinces.has(at + 1),
  })),
].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/** Two of these make the name of a place. */
export const placeWords = [
  'An', 'Bình', 'Cẩm', 'Châu', 'Đại', 'Đông', 'Đức', 'Hà', 'Hòa', 'Hưng', 'Khánh', 'Kim', 'Lâm', 'Long', 'Lộc', 'Minh', 'Mỹ',
  'Nam', 'Ngọc', 'Nghĩa', 'Phong', 'Phú', 'Phước', 'Quang', 'Sơn', 'Tam', 'Tân', 'Tây', 'Thạnh', 'Thái', 'Thanh', 'Thuận',
  'Tiên', 'Trung', 'Tường', 'Vạn', 'Vân', 'Vĩnh', 'Xuân', 'Yên',
];

export const departmentWords = [
  'Sở Nội vụ', 'Sở Tài chính', 'Sở Tư pháp', 'Sở Công Thương', 'Sở Xây dựng', 'Sở Y tế', 'Sở Giáo dục và Đào tạo',
  'Sở Khoa học và Công nghệ', 'Sở Nông nghiệp và Môi trường', 'Sở Văn hóa, Thể thao và Du lịch', 'Sở Dân tộc và Tôn giáo',
  'Thanh tra tỉnh', 'Văn phòng Ủy ban nhân dân', 'Ban Quản lý khu công nghiệp',
];

export const ministryWords = ['Cục', 'Vụ', 'Viện', 'Trung tâm', 'Trường', 'Ban Quản lý', 'Văn phòng'];
export const fieldWords = [
  'Kế hoạch - Tài chính', 'Tổ chức cán bộ', 'Pháp chế', 'Hợp tác quốc tế', 'Chuyển đổi số', 'Thi đua - Khen thưởng', 'Đào tạo',
  'Kiểm tra', 'Thông tin', 'Nghiên cứu và Phát triển', 'Quản lý chất lượng', 'Công sản', 'Giám định', 'Thống kê',
];
export const officeWords = [
  'Phòng Hành chính - Tổng hợp', 'Phòng Tổ chức cán bộ', 'Phòng Kế hoạch - Tài vụ', 'Phòng Nghiệp vụ', 'Phòng Kinh tế',
  'Phòng Văn hóa - Xã hội', 'Trung tâm Phục vụ hành chính công', 'Trạm Y tế', 'Trường Tiểu học', 'Trường Trung học cơ sở',
  'Trường Mầm non', 'Ban Chỉ huy quân sự', 'Phòng Thanh tra', 'Chi cục', 'Đội Quản lý',
];
