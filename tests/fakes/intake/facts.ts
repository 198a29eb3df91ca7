/** What a made document says: what the rules must read off it again. */
export type DocumentFacts = {
  /** lines of the upper body as printed; [] when there is none */
  readonly superior: readonly string[];
  /** lines of the issuing body as printed, in capitals */
  readonly agencyLines: readonly string[];
  /** as one writes it in a sentence */
  readonly agency: string;
  readonly number: string;
  readonly notation: string;
  readonly place: string;
  readonly date: string;
  /** '' makes a letter */
  readonly kind: string;
  readonly subject: string;
  readonly addressees: readonly string[];
  readonly authority: readonly string[];
  readonly position: string;
  readonly signer: string;
  readonly urgency: 0 | 1 | 2 | 3 | 4;
  /** words of a stamp of State secrecy; none when absent */
  readonly secrecy?: string;
  readonly dueDate: string | null;
  readonly body: readonly string[];
};

/** Numbers that look random and are the same each time (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Body = {
  readonly superior: readonly string[];
  readonly lines: readonly string[];
  readonly name: string;
  readonly code: string;
  readonly units: readonly string[];
  readonly place: string;
  readonly signers: readonly (readonly [authority: readonly string[], position: string])[];
};

const bodies: readonly Body[] = [
  { superior: [], lines: ['BỘ NỘI VỤ'], name: 'Bộ Nội vụ', code: 'BNV', units: ['VP', 'TCBC', 'CVT&LTNN'], place: 'Hà Nội', signers: [[['KT. BỘ TRƯỞNG'], 'THỨ TRƯỞNG'], [[], 'BỘ TRƯỞNG'], [['TL. BỘ TRƯỞNG'], 'CHÁNH VĂN PHÒNG']] },
  { superior: [], lines: ['BỘ NÔNG NGHIỆP', 'VÀ MÔI TRƯỜNG'], name: 'Bộ Nông nghiệp và Môi trường', code: 'BNNMT', units: ['VP', 'TL'], place: 'Hà Nội', signers: [[['KT. BỘ TRƯỞNG'], 'THỨ TRƯỞNG']] },
  { superior: ['BỘ TÀI CHÍNH'], lines: ['CỤC THUẾ'], name: 'Cục Thuế', code: 'CT', units: ['CS', 'NVT'], place: 'Hà Nội', signers: [[['KT. CỤC TRƯỞNG'], 'PHÓ CỤC TRƯỞNG'], [['TL. CỤC TRƯỞNG', 'KT. TRƯỞNG BAN CHÍNH SÁCH'], 'PHÓ TRƯỞNG BAN']] },
  { superior: [], lines: ['ỦY BAN NHÂN DÂN', 'TỈNH LAM GIANG'], name: 'Ủy ban nhân dân tỉnh Lam Giang', code: 'UBND', units: ['NC', 'KT', 'VX1'], place: 'Lam Giang', signers: [[['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], 'PHÓ CHỦ TỊCH'], [['TM. ỦY BAN NHÂN DÂN'], 'CHỦ TỊCH'], [['TL. CHỦ TỊCH', 'KT. CHÁNH VĂN PHÒNG'], 'PHÓ CHÁNH VĂN PHÒNG'], [['TUQ. CHỦ TỊCH'], 'GIÁM ĐỐC SỞ NỘI VỤ']] },
  { superior: ['UBND TỈNH LAM GIANG'], lines: ['SỞ NỘI VỤ'], name: 'Sở Nội vụ', code: 'SNV', units: ['VP', 'QLVTLT'], place: 'Lam Giang', signers: [[[], 'GIÁM ĐỐC'], [['KT. GIÁM ĐỐC'], 'PHÓ GIÁM ĐỐC'], [['TUQ. GIÁM ĐỐC'], 'TRƯỞNG PHÒNG QUẢN LÝ VĂN THƯ, LƯU TRỮ']] },
  { superior: ['ỦY BAN NHÂN DÂN', 'THÀNH PHỐ HỒ CHÍ MINH'], lines: ['SỞ GIÁO DỤC VÀ ĐÀO TẠO'], name: 'Sở Giáo dục và Đào tạo', code: 'SGDĐT', units: ['VP', 'TCCB'], place: 'Thành phố Hồ Chí Minh', signers: [[['KT. GIÁM ĐỐC'], 'PHÓ GIÁM ĐỐC']] },
  { superior: ['TỈNH LAM GIANG'], lines: ['ỦY BAN NHÂN DÂN', 'XÃ BÌNH AN'], name: 'Ủy ban nhân dân xã Bình An', code: 'UBND', units: ['VP', 'KT'], place: 'Bình An', signers: [[['TM. ỦY BAN NHÂN DÂN'], 'CHỦ TỊCH'], [['KT. CHỦ TỊCH'], 'PHÓ CHỦ TỊCH']] },
  { superior: [], lines: ['VĂN PHÒNG CHÍNH PHỦ'], name: 'Văn phòng Chính phủ', code: 'VPCP', units: ['KSTT', 'KTTH', 'TCCV'], place: 'Hà Nội', signers: [[['KT. BỘ TRƯỞNG, CHỦ NHIỆM'], 'PHÓ CHỦ NHIỆM']] },
  { superior: ['UBND XÃ BÌNH AN'], lines: ['TRƯỜNG TIỂU HỌC', 'BÌNH AN 2'], name: 'Trường Tiểu học Bình An 2', code: 'THBA2', units: ['VP'], place: 'Bình An', signers: [[[], 'HIỆU TRƯỞNG'], [['KT. HIỆU TRƯỞNG'], 'PHÓ HIỆU TRƯỞNG']] },
  { superior: [], lines: ['HỘI ĐỒNG NHÂN DÂN', 'PHƯỜNG TRUNG TÂM'], name: 'Hội đồng nhân dân phường Trung Tâm', code: 'HĐND', units: ['VP'], place: 'Trung Tâm', signers: [[['TM. HỘI ĐỒNG NHÂN DÂN'], 'CHỦ TỊCH']] },
  { superior: ['SỞ Y TẾ LAM GIANG'], lines: ['TRUNG TÂM KIỂM SOÁT', 'BỆNH TẬT'], name: 'Trung tâm Kiểm soát bệnh tật', code: 'TTKSBT', units: ['KHNV', 'TCHC'], place: 'Lam Giang', signers: [[[], 'GIÁM ĐỐC']] },
  { superior: ['TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM'], lines: ['TỔNG CÔNG TY', 'ĐIỆN LỰC MIỀN BẮC'], name: 'Tổng công ty Điện lực miền Bắc', code: 'EVNNPC', units: ['KT', 'ĐT'], place: 'Hà Nội', signers: [[['KT. TỔNG GIÁM ĐỐC'], 'PHÓ TỔNG GIÁM ĐỐC']] },
];

const named: readonly (readonly [kind: string, abbreviation: string, subjects: readonly string[]])[] = [
  ['Quyết định', 'QĐ', ['Về việc ban hành Quy chế công tác văn thư, lưu trữ', 'Về việc kiện toàn Ban Chỉ đạo chuyển đổi số của cơ quan giai đoạn 2026 - 2030']],
  ['Thông báo', 'TB', ['Kết luận của Giám đốc tại cuộc họp giao ban tháng 10 năm 2026', 'Về việc nghỉ Tết Nguyên đán năm 2027']],
  ['Kế hoạch', 'KH', ['Kiểm tra công tác cải cách hành chính năm 2027', 'Triển khai thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ']],
  ['Báo cáo', 'BC', ['Kết quả công tác văn thư, lưu trữ năm 2026']],
  ['Tờ trình', 'TTr', ['Về việc phê duyệt chủ trương đầu tư dự án Nâng cấp kho lưu trữ chuyên dụng']],
  ['Giấy mời', 'GM', ['Dự hội nghị tổng kết công tác năm 2026']],
  ['Chỉ thị', 'CT', ['Về việc tăng cường kỷ luật, kỷ cương hành chính']],
  ['Hướng dẫn', 'HD', ['Thực hiện chế độ báo cáo định kỳ trên môi trường mạng']],
  ['Nghị quyết', 'NQ', ['Về dự toán ngân sách địa phương năm 2027']],
  ['Công điện', 'CĐ', ['Về việc chủ động ứng phó với bão số 9']],
  ['Quy chế', 'QC', ['Tiếp công dân của cơ quan']],
  ['Phương án', 'PA', ['Phòng cháy, chữa cháy trụ sở làm việc']],
];

const letterSubjects = [
  'báo cáo kết quả thực hiện Đề án 06 quý III năm 2026',
  'góp ý dự thảo Nghị định thay thế Nghị định số 30/2020/NĐ-CP về công tác văn thư',
  'cung cấp thông tin, tài liệu phục vụ thanh tra',
  'đôn đốc giải ngân vốn đầu tư công năm 2026 và chuẩn bị kế hoạch vốn năm 2027',
  'trả lời kiến nghị của cử tri',
  'cử công chức tham dự lớp bồi dưỡng nghiệp vụ văn thư',
];

const people = ['Nguyễn Văn An', 'Trần Thị Bích Ngọc', 'Lê Hoàng Đức', 'Phạm Thị Thu Hà', 'Đỗ Ý', 'Vũ Quang Huy', 'Đặng Thị Mỹ Duyên', 'Bùi Xuân Trường', 'H’Len Niê', 'Hồ Thị Kim Ước', 'Nông Đức Mạnh Cường', 'Tạ Ngọc Sơn'];

/** A document's data, made of what offices really write; the same number gives the same document. */
export function factsOf(seed: number): DocumentFacts {
  const below = numbersFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const body = pick(bodies);
  const letter = below(2) === 0;
  const [kind, abbreviation, subjects] = letter ? ['', '', letterSubjects] as const : pick(named);
  const day = `2026-${String(1 + below(10)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
  const due = below(3) === 0 ? `2026-${String(11 + below(2))}-${String(10 + below(18))}` : null;
  const [authority, position] = pick(body.signers);
  const dueText = due === null ? [] : [`Đề nghị quý cơ quan gửi báo cáo về ${body.name} trước ngày ${due.split('-').reverse().join('/')} để tổng hợp.`];
  const number = String(1 + below(below(3) === 0 ? 9 : 12000));
  return {
    superior: body.superior,
    agencyLines: body.lines,
    agency: body.name,
    number: number.padStart(2, '0'),
    notation: letter ? `${body.code}-${pick(body.units)}` : `${abbreviation}-${body.code}`,
    place: body.place,
    date: day,
    kind,
    subject: pick(subjects),
    addressees: letter || kind === 'Báo cáo' || kind === 'Tờ trình' ? pick([['Sở Nội vụ tỉnh Lam Giang'], ['Các bộ, cơ quan ngang bộ', 'Ủy ban nhân dân các tỉnh, thành phố'], ['Ủy ban nhân dân phường Thuận Hòa']]) : [],
    authority,
    position,
    signer: pick(people),
    urgency: below(5) === 0 ? ((1 + below(4)) as 1 | 2 | 3 | 4) : 0,
    dueDate: due,
    body: [
      `Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư và Công văn số ${String(100 + below(900))}/BNV-VTLTNN ngày ${String(10 + below(18))}/${String(1 + below(9))}/2026, ${body.name} thông báo như sau:`,
      '1. Rà soát, cập nhật mã định danh điện tử của cơ quan và các đơn vị trực thuộc; bảo đảm văn bản điện tử được ký số của người có thẩm quyền và của cơ quan trước khi gửi.',
      '2. Phân công công chức theo dõi, đôn đốc việc thực hiện; kịp thời báo cáo khó khăn, vướng mắc phát sinh.',
      ...dueText,
      `Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về ${body.name} để được hướng dẫn./.`,
    ],
  };
}
