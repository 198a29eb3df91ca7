/** A row as `/getAgenciesList` gives it (axis.md §1.4). */
export type WireAgency = {
  readonly id: string;
  readonly pid: string;
  readonly code: string;
  readonly name: string;
  readonly mail: string;
  readonly oldCode: string;
};

/** A small generator of numbers (mulberry32): the same seed gives the same directory everywhere. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The provinces of 2025 with the code that each kept (axis.md §3.9). */
export const provinces: readonly (readonly [code: string, kind: string, name: string])[] = [
  ['H60', 'tỉnh', 'Tuyên Quang'], ['H38', 'tỉnh', 'Lào Cai'], ['H55', 'tỉnh', 'Thái Nguyên'], ['H44', 'tỉnh', 'Phú Thọ'],
  ['H05', 'tỉnh', 'Bắc Ninh'], ['H31', 'tỉnh', 'Hưng Yên'], ['H24', 'thành phố', 'Hải Phòng'], ['H42', 'tỉnh', 'Ninh Bình'],
  ['H50', 'tỉnh', 'Quảng Trị'], ['H17', 'thành phố', 'Đà Nẵng'], ['H48', 'tỉnh', 'Quảng Ngãi'], ['H21', 'tỉnh', 'Gia Lai'],
  ['H32', 'tỉnh', 'Khánh Hòa'], ['H36', 'tỉnh', 'Lâm Đồng'], ['H15', 'tỉnh', 'Đắk Lắk'], ['H29', 'Thành phố', 'Hồ Chí Minh'],
  ['H19', 'tỉnh', 'Đồng Nai'], ['H53', 'tỉnh', 'Tây Ninh'], ['H13', 'thành phố', 'Cần Thơ'], ['H61', 'tỉnh', 'Vĩnh Long'],
  ['H20', 'tỉnh', 'Đồng Tháp'], ['H12', 'tỉnh', 'Cà Mau'], ['H01', 'tỉnh', 'An Giang'], ['H26', 'thành phố', 'Hà Nội'],
  ['H57', 'thành phố', 'Huế'], ['H35', 'tỉnh', 'Lai Châu'], ['H18', 'tỉnh', 'Điện Biên'], ['H52', 'tỉnh', 'Sơn La'],
  ['H37', 'tỉnh', 'Lạng Sơn'], ['H49', 'tỉnh', 'Quảng Ninh'], ['H56', 'tỉnh', 'Thanh Hóa'], ['H41', 'tỉnh', 'Nghệ An'],
  ['H27', 'tỉnh', 'Hà Tĩnh'], ['H14', 'tỉnh', 'Cao Bằng'],
];

const departments = [
  'Văn phòng Ủy ban nhân dân', 'Sở Nội vụ', 'Sở Tài chính', 'Sở Tư pháp', 'Sở Công Thương', 'Sở Xây dựng', 'Sở Y tế',
  'Sở Giáo dục và Đào tạo', 'Sở Khoa học và Công nghệ', 'Sở Nông nghiệp và Môi trường', 'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Dân tộc và Tôn giáo', 'Sở Ngoại vụ', 'Thanh tra', 'Ban Quản lý các khu công nghiệp',
];
const divisions = [
  'Văn phòng', 'Thanh tra', 'Phòng Kế hoạch - Tài chính', 'Phòng Tổ chức cán bộ', 'Phòng Nghiệp vụ 1', 'Phòng Nghiệp vụ 2',
  'Trung tâm Công nghệ thông tin', 'Trung tâm Dịch vụ công', 'Chi cục Quản lý chất lượng', 'Ban Quản lý dự án',
];
const communeOffices = [
  'Hội đồng nhân dân', 'Văn phòng HĐND và UBND', 'Phòng Kinh tế', 'Phòng Văn hóa - Xã hội',
  'Trung tâm Phục vụ hành chính công', 'Ủy ban Mặt trận Tổ quốc Việt Nam', 'Trạm Y tế', 'Ban Chỉ huy Quân sự', 'Công an',
];
const schools = ['Trường Mầm non', 'Trường Tiểu học', 'Trường THCS', 'Trường Tiểu học và THCS'];
const first = [
  'Tân', 'An', 'Bình', 'Phú', 'Hòa', 'Vĩnh', 'Long', 'Thanh', 'Xuân', 'Đông', 'Tây', 'Nam', 'Bắc', 'Mỹ', 'Quảng', 'Yên',
  'Hải', 'Sơn', 'Thạch', 'Đại', 'Cẩm', 'Kim', 'Ngọc', 'Minh', 'Hưng', 'Đức', 'Phước', 'Trung', 'Hồng', 'Văn', 'Nghĩa', 'Lộc',
  'Ia', 'Ea', 'Krông', 'Đắk', 'Mường', 'Nậm', 'Tà', 'Pa',
];
const second = [
  'Lập', 'Phú', 'Thành', 'Thạnh', 'Hòa', 'An', 'Lộc', 'Thọ', 'Khánh', 'Hưng', 'Thịnh', 'Tiến', 'Lợi', 'Đức', 'Hiệp', 'Quang',
  'Sơn', 'Giang', 'Thủy', 'Trạch', 'Châu', 'Lâm', 'Dương', 'Lương', 'Trung', 'Phong', 'Hội', 'Xá', 'Khê', 'Lĩnh', 'Điền',
  'Bình', 'Mỹ', 'Ninh', 'Phước', 'Thắng', 'Ích', 'Nguyên', 'Tường', 'Vinh', 'Drăng', 'Hleo', 'Nang', 'Kha', 'Chiềng', 'Phình',
];
const thousands = 125_000;

/**
 * A directory of the shape and size of the real one: ministries, provinces with their departments and divisions,
 * communes with their offices and schools. Names are made of usual syllables; no commune of them is meant.
 */
export function* madeAgencies(count: number = thousands, seed = 20_26): Generator<WireAgency> {
  const below = numbersFrom(seed);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  let made = 0;
  const row = (pid: string, code: string, name: string, oldCode = ''): WireAgency => {
    made += 1;
    return { id: String(made), pid, code, name, mail: `vt${String(made)}@example.gov.vn`, oldCode };
  };
  const two = (n: number): string => String(n).padStart(2, '0');
  yield row('', '00.01.W00', 'Trung tâm liên thông văn bản');
  for (const [code, name] of [['G12', 'Bộ Tài chính'], ['G09', 'Bộ Nội vụ'], ['G22', 'Văn phòng Chính phủ']] as const) {
    yield row('', code, name, `000.00.00.${code}`);
    // The old code as a row of its own, as the real list has it (axis.md §3.10).
    yield row('', `000.00.00.${code}`, `${name} (Mã cũ) (qd20)`);
  }
  const roots: string[] = [];
  for (const [code, kind, name] of provinces) {
    const root = row('', code, `UBND ${kind} ${name}`, `000.00.00.${code}`);
    roots.push(root.id);
    yield root;
    for (const [at, department] of departments.entries()) {
      const head = row(root.id, `${code}.${two(at + 1)}`, `${department} ${kind} ${name}`, `000.00.${two(at + 1)}.${code}`);
      yield head;
      for (const [nth, division] of divisions.entries()) {
        yield row(head.id, `${head.code}.${two(nth + 1)}`, `${division} - ${department}`, `000.${two(nth + 1)}.${two(at + 1)}.${code}`);
      }
    }
  }
  for (let commune = 0; made < count; commune += 1) {
    const at = commune % provinces.length;
    const [code] = provinces[at] ?? [''];
    const kind = below(4) === 0 ? 'phường' : 'xã';
    const name = `${pick(first)} ${pick(second)}${below(6) === 0 ? ` ${String(1 + below(5))}` : ''}`;
    const nth = 101 + Math.floor(commune / provinces.length);
    const head = row(roots[at] ?? '', `${code}.${String(nth)}`, `UBND ${kind} ${name}`);
    yield head;
    const below1 = [...communeOffices.map((office) => `${office} ${kind} ${name}`)];
    for (let school = 0; school < 25; school += 1) below1.push(`${pick(schools)} ${below(3) === 0 ? name : `${pick(first)} ${pick(second)}`}`);
    for (const [place, office] of below1.entries()) {
      if (made >= count) return;
      yield row(head.id, `${head.code}.${two(place + 1)}`, office);
    }
  }
}

/** The JSON text of a list answer around the rows, as the axis sends it. */
export function* listAnswer(rows: Iterable<object>): Generator<string> {
  yield '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[';
  let between = '';
  for (const row of rows) {
    yield `${between}${JSON.stringify(row)}`;
    between = ',';
  }
  yield ']}';
}
