import { correspondents, type Correspondent } from './correspondents.ts';
import type { DecreeForm } from './decree-form.ts';
import { printedDay, type PracticeDays } from './practice-days.ts';

/** One incoming document: its paper and what the message says beyond the paper. */
export type PracticeDocument = {
  readonly from: Correspondent;
  readonly form: DecreeForm;
  /** tên loại as in edXML; a letter is `Công văn` */
  readonly typeName: string;
  /** `yyyy-MM-dd` or null */
  readonly dueDate: string | null;
  readonly steeringType: '0' | '1' | '2';
};

const noSuperior = '';
const provinceCommittee = 'Ủy ban nhân dân tỉnh Lam Giang';

/**
 * Seven documents of different kinds, urgency and deadline, addressed to the practice agency. Laws named in them are
 * real; agencies of the province, persons and events are made up.
 */
export function practiceSet(agencyName: string, days: PracticeDays): readonly PracticeDocument[] {
  const { yesterday, twoDaysAgo, threeDaysAgo, today, inTwoDays, inFiveDays, inTenDays } = days;
  return [
    {
      from: correspondents.governmentOffice,
      typeName: 'Công văn',
      dueDate: inFiveDays,
      steeringType: '1',
      form: {
        superior: noSuperior,
        agency: 'Văn phòng Chính phủ',
        number: '7816',
        notation: 'VPCP-KSTT',
        place: 'Hà Nội',
        date: yesterday,
        kind: '',
        subject: 'đẩy mạnh gửi, nhận văn bản điện tử qua Trục liên thông văn bản quốc gia',
        addressees: [agencyName],
        urgency: 1,
        body: [
          { text: 'Thực hiện Quyết định số 28/2018/QĐ-TTg ngày 12 tháng 7 năm 2018 của Thủ tướng Chính phủ về việc gửi, nhận văn bản điện tử giữa các cơ quan trong hệ thống hành chính nhà nước, Văn phòng Chính phủ đề nghị quý cơ quan:' },
          { text: '1. Rà soát, cập nhật mã định danh điện tử của cơ quan và các đơn vị trực thuộc theo Quyết định số 20/2020/QĐ-TTg và Quyết định số 09/2025/QĐ-TTg của Thủ tướng Chính phủ.' },
          { text: '2. Bảo đảm văn bản điện tử được ký số của người có thẩm quyền và của cơ quan trước khi gửi; kiểm tra tính xác thực, tính toàn vẹn của văn bản nhận được và phản hồi trạng thái xử lý trên hệ thống ngay trong ngày.' },
          { text: `3. Gửi báo cáo kết quả thực hiện về Văn phòng Chính phủ trước ${printedDay(inFiveDays)} để tổng hợp, báo cáo Thủ tướng Chính phủ.` },
          { text: 'Văn phòng Chính phủ trân trọng cảm ơn sự phối hợp của quý cơ quan./.' },
        ],
        recipients: ['Như trên', 'Thủ tướng, các Phó Thủ tướng (để b/c)', 'VPCP: BTCN, các PCN', 'Lưu: VT, KSTT (2)'],
        signer: { authority: ['KT. Bộ trưởng, Chủ nhiệm'], position: 'Phó Chủ nhiệm', fullName: 'Nguyễn Minh Thử' },
      },
    },
    {
      from: correspondents.homeAffairs,
      typeName: 'Quyết định',
      dueDate: null,
      steeringType: '0',
      form: {
        superior: noSuperior,
        agency: 'Bộ Nội vụ',
        number: '5',
        notation: 'QĐ-BNV',
        place: 'Hà Nội',
        date: threeDaysAgo,
        kind: 'Quyết định',
        subject: 'Về việc ban hành Kế hoạch kiểm tra công tác văn thư, lưu trữ năm tới',
        addressees: [],
        urgency: 0,
        body: [
          { style: 'resolve', text: 'BỘ TRƯỞNG BỘ NỘI VỤ' },
          { style: 'basis', text: 'Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21 tháng 6 năm 2024;' },
          { style: 'basis', text: 'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;' },
          { style: 'basis', text: 'Theo đề nghị của Cục trưởng Cục Văn thư và Lưu trữ nhà nước và Chánh Văn phòng Bộ.' },
          { style: 'resolve', text: 'QUYẾT ĐỊNH:' },
          { lead: 'Điều 1.', text: 'Ban hành kèm theo Quyết định này Kế hoạch kiểm tra công tác văn thư, lưu trữ tại các cơ quan, tổ chức thuộc nguồn nộp lưu. Nội dung kiểm tra gồm: việc ban hành và thực hiện quy chế công tác văn thư, lưu trữ; soạn thảo, ký và ban hành văn bản; quản lý văn bản đi, văn bản đến; quản lý và sử dụng con dấu, thiết bị lưu khóa bí mật; lập hồ sơ và nộp lưu hồ sơ, tài liệu vào lưu trữ hiện hành.' },
          { lead: 'Điều 2.', text: 'Cơ quan, tổ chức được kiểm tra chuẩn bị báo cáo, tài liệu theo đề cương; bố trí công chức văn thư, lưu trữ làm việc với Đoàn kiểm tra; tạo điều kiện để Đoàn tiếp cận hệ thống quản lý tài liệu điện tử và kho lưu trữ của cơ quan.' },
          { lead: 'Điều 3.', text: 'Cục Văn thư và Lưu trữ nhà nước chủ trì, phối hợp với Văn phòng Bộ và các đơn vị liên quan tổ chức thực hiện Kế hoạch; thông báo lịch làm việc cụ thể tới cơ quan được kiểm tra trước ít nhất 10 ngày làm việc; tổng hợp kết quả, báo cáo Bộ trưởng sau khi kết thúc đợt kiểm tra.' },
          { lead: 'Điều 4.', text: 'Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên của các đơn vị và các nguồn kinh phí hợp pháp khác theo quy định của pháp luật.' },
          { lead: 'Điều 5.', text: 'Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Bộ, Cục trưởng Cục Văn thư và Lưu trữ nhà nước, Thủ trưởng các đơn vị thuộc Bộ và các cơ quan, tổ chức có liên quan chịu trách nhiệm thi hành Quyết định này./.' },
        ],
        recipients: ['Như Điều 5', 'Bộ trưởng (để b/c)', agencyName, 'Cổng Thông tin điện tử Bộ Nội vụ', 'Lưu: VT, VTLTNN (10)'],
        signer: { authority: ['KT. Bộ trưởng'], position: 'Thứ trưởng', fullName: 'Trần Thị Mẫu' },
      },
    },
    {
      from: correspondents.provinceHomeAffairs,
      typeName: 'Giấy mời',
      dueDate: inTwoDays,
      steeringType: '0',
      form: {
        superior: provinceCommittee,
        agency: 'Sở Nội vụ',
        number: '212',
        notation: 'GM-SNV',
        place: 'Lam Giang',
        date: yesterday,
        kind: 'Giấy mời',
        subject: 'Tập huấn lập hồ sơ điện tử và nộp lưu tài liệu vào lưu trữ lịch sử',
        addressees: [agencyName],
        urgency: 2,
        body: [
          { text: 'Sở Nội vụ trân trọng kính mời quý cơ quan cử 01 lãnh đạo phụ trách và công chức, viên chức làm công tác văn thư, lưu trữ dự hội nghị tập huấn, cụ thể như sau:' },
          { lead: 'Thời gian:', text: `Từ 08 giờ 00, ${printedDay(inTwoDays)} (01 ngày).` },
          { lead: 'Địa điểm:', text: 'Hội trường tầng 2, Sở Nội vụ tỉnh Lam Giang, số 05 đường Trần Phú, phường Trung Tâm, tỉnh Lam Giang.' },
          { lead: 'Nội dung:', text: 'Lập hồ sơ công việc trên hệ thống quản lý tài liệu điện tử; kiểm tra chữ ký số trên văn bản; đóng gói và giao nộp hồ sơ điện tử.' },
          { text: 'Đề nghị quý cơ quan gửi danh sách đại biểu về Sở Nội vụ trước ngày tổ chức hội nghị để bố trí tài liệu, chỗ ngồi. Rất mong quý cơ quan cử đại biểu tham dự đầy đủ, đúng thành phần./.' },
        ],
        recipients: ['Như trên', 'Giám đốc Sở (để b/c)', 'Lưu: VT, QLVTLT (3)'],
        signer: { authority: ['TL. Giám đốc'], position: 'Chánh Văn phòng', fullName: 'Lê Quang Luyện' },
      },
    },
    {
      from: correspondents.province,
      typeName: 'Công điện',
      dueDate: inTwoDays,
      steeringType: '1',
      form: {
        superior: noSuperior,
        agency: 'Ủy ban nhân dân tỉnh Lam Giang',
        number: '12',
        notation: 'CĐ-UBND',
        place: 'Lam Giang',
        date: today,
        kind: 'Công điện',
        subject: 'Về việc chủ động ứng phó mưa lớn, nguy cơ lũ quét, sạt lở đất',
        salutation: 'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:',
        addressees: ['Các sở, ban, ngành của tỉnh', 'Ủy ban nhân dân các xã, phường', agencyName],
        urgency: 3,
        body: [
          { text: 'Theo bản tin dự báo của Đài Khí tượng Thủy văn, trong 48 giờ tới trên địa bàn tỉnh có mưa to đến rất to, lượng mưa phổ biến từ 80 đến 150 mm; nguy cơ cao xảy ra lũ quét, sạt lở đất tại các xã vùng cao.' },
          { text: 'Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị, địa phương tổ chức trực ban 24/24 giờ; rà soát, sẵn sàng phương án sơ tán người dân ở khu vực nguy hiểm; bảo đảm thông tin liên lạc thông suốt.' },
          { text: 'Báo cáo tình hình và kết quả triển khai về Văn phòng Ủy ban nhân dân tỉnh trước 16 giờ 00 hằng ngày./.' },
        ],
        recipients: ['Như trên', 'Thường trực Tỉnh ủy, HĐND tỉnh (để b/c)', 'Lưu: VT, KT (5)'],
        signer: { authority: ['KT. Chủ tịch'], position: 'Phó Chủ tịch', fullName: 'Hoàng Văn Tập' },
      },
    },
    {
      from: correspondents.provinceFinance,
      typeName: 'Thông báo',
      dueDate: inTenDays,
      steeringType: '0',
      form: {
        superior: provinceCommittee,
        agency: 'Sở Tài chính',
        number: '348',
        notation: 'TB-STC',
        place: 'Lam Giang',
        date: twoDaysAgo,
        kind: 'Thông báo',
        subject: 'Về việc xét duyệt quyết toán ngân sách năm trước',
        addressees: [],
        urgency: 0,
        body: [
          { text: `Căn cứ kế hoạch công tác năm, Sở Tài chính thông báo lịch xét duyệt quyết toán ngân sách đối với ${agencyName}, cụ thể như sau:` },
          { lead: '1. Thời gian:', text: `01 ngày làm việc, ${printedDay(inTenDays)}.` },
          { lead: '2. Hồ sơ:', text: 'Báo cáo quyết toán, sổ kế toán, bảng đối chiếu với Kho bạc Nhà nước và các tài liệu liên quan, ở dạng điện tử đã ký số.' },
          { lead: '3. Đầu mối liên hệ:', text: 'Phòng Quản lý ngân sách, Sở Tài chính.' },
          { text: 'Sở Tài chính thông báo để cơ quan biết, chuẩn bị hồ sơ và bố trí cán bộ làm việc./.' },
        ],
        recipients: [agencyName, 'Ban Giám đốc Sở (để b/c)', 'Lưu: VT, QLNS (3)'],
        signer: { authority: ['KT. Giám đốc'], position: 'Phó Giám đốc', fullName: 'Phạm Thu Hành' },
      },
    },
    {
      from: correspondents.science,
      typeName: 'Kế hoạch',
      dueDate: null,
      steeringType: '0',
      form: {
        superior: noSuperior,
        agency: 'Bộ Khoa học và Công nghệ',
        number: '1024',
        notation: 'KH-BKHCN',
        place: 'Hà Nội',
        date: twoDaysAgo,
        kind: 'Kế hoạch',
        subject: 'Bồi dưỡng kỹ năng số và sử dụng chữ ký số chuyên dùng công vụ',
        addressees: [],
        urgency: 0,
        body: [
          { lead: 'I. MỤC ĐÍCH, YÊU CẦU', text: '' },
          { text: 'Nâng cao kỹ năng số của cán bộ, công chức, viên chức; bảo đảm người có thẩm quyền và văn thư cơ quan ký số đúng quy định, bảo quản an toàn thiết bị lưu khóa bí mật.' },
          { lead: 'II. NỘI DUNG', text: '' },
          { text: '1. Bồi dưỡng trực tuyến về Nghị định số 30/2020/NĐ-CP, kiểm tra chữ ký số và xử lý văn bản điện tử có lỗi.' },
          { text: '2. Thực hành ký số, cấp số, đóng dấu cơ quan và phát hành văn bản trên hệ thống luyện tập.' },
          { lead: 'III. TỔ CHỨC THỰC HIỆN', text: '' },
          { text: 'Các cơ quan, đơn vị căn cứ Kế hoạch này cử người tham gia, gửi danh sách về Bộ Khoa học và Công nghệ. Trong quá trình thực hiện, nếu có vướng mắc, phản ánh về Bộ để được hướng dẫn./.' },
        ],
        recipients: ['Văn phòng các bộ, cơ quan ngang bộ', agencyName, 'Lưu: VT, CĐSQG (4)'],
        signer: { authority: ['KT. Bộ trưởng'], position: 'Thứ trưởng', fullName: 'Đỗ Đức Hướng' },
      },
    },
    {
      from: correspondents.commune,
      typeName: 'Tờ trình',
      dueDate: inFiveDays,
      steeringType: '2',
      form: {
        superior: noSuperior,
        agency: 'Ủy ban nhân dân xã Bình An',
        number: '31',
        notation: 'TTr-UBND',
        place: 'Bình An',
        date: yesterday,
        kind: 'Tờ trình',
        subject: 'Về việc đề nghị hỗ trợ trang thiết bị số hóa tài liệu',
        addressees: [agencyName],
        urgency: 0,
        body: [
          { text: 'Sau khi sắp xếp đơn vị hành chính, Ủy ban nhân dân xã Bình An tiếp nhận khoảng 120 mét giá tài liệu của các đơn vị cũ, trong đó phần lớn chưa được chỉnh lý và số hóa.' },
          { text: 'Ủy ban nhân dân xã kính đề nghị quý cơ quan xem xét, hỗ trợ 02 máy quét tài liệu khổ A3, 01 thiết bị lưu trữ dữ liệu và bồi dưỡng nghiệp vụ cho 02 công chức văn thư, lưu trữ.' },
          { text: 'Kính mong quý cơ quan quan tâm, xem xét, quyết định./.' },
        ],
        recipients: ['Như trên', 'Thường trực Đảng ủy, HĐND xã', 'Lưu: VT'],
        signer: { authority: ['TM. Ủy ban nhân dân'], position: 'Chủ tịch', fullName: 'Vũ Thị Thực' },
      },
    },
  ];
}
