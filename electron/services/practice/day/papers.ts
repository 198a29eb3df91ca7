import type { ParsedInputOf, Contract, OutgoingDetail } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { composeDecreeForm, printedNumber, type DecreeForm, type Paragraph } from '../documents/decree-form.ts';
import { practiceAgency } from '../practice-office.ts';
import { must, safeName, type Day } from './day.ts';
import type { Party } from './dispatch.ts';

/** What differs from one of our documents to the next; the rest is the same office on the same day. */
type Paper = {
  readonly number: string;
  readonly notation: string;
  /** tên loại; a letter is `Công văn` and has its V/v line */
  readonly typeName: string;
  readonly subject: string;
  readonly body: readonly Paragraph[];
};

/** Our documents of the day. Persons and events are made up, as in the practice set. */
export const papers = {
  survey: {
    number: '101',
    notation: 'UBND-VP',
    typeName: 'Công văn',
    subject: 'phối hợp rà soát trang thiết bị số hóa tài liệu',
    body: [
      { text: 'Để có căn cứ lập kế hoạch số hóa tài liệu của phường và các xã lân cận, Ủy ban nhân dân phường Luyện Tập đề nghị quý cơ quan:' },
      { text: '1. Rà soát số lượng, tình trạng máy quét, thiết bị lưu trữ dữ liệu đang sử dụng.' },
      { text: '2. Cho biết nhu cầu dùng chung trang thiết bị trong sáu tháng tới.' },
      { text: 'Văn bản trả lời xin gửi về Ủy ban nhân dân phường qua Trục liên thông văn bản quốc gia./.' },
    ],
  },
  answer: {
    number: '102',
    notation: 'UBND-VP',
    typeName: 'Công văn',
    subject: 'trả lời đề nghị hỗ trợ trang thiết bị số hóa tài liệu',
    body: [
      { text: 'Ủy ban nhân dân phường Luyện Tập nhận được Tờ trình số 31/TTr-UBND của Ủy ban nhân dân xã Bình An và có ý kiến như sau:' },
      { text: '1. Thống nhất cho mượn 01 máy quét tài liệu khổ A3 trong thời hạn ba tháng.' },
      { text: '2. Bố trí 02 buổi hướng dẫn nghiệp vụ cho công chức văn thư, lưu trữ của xã; thời gian cụ thể thông báo sau./.' },
    ],
  },
  invitation: {
    number: '103',
    notation: 'GM-UBND',
    typeName: 'Giấy mời',
    subject: 'Họp thống nhất kế hoạch dùng chung trang thiết bị số hóa',
    body: [
      { text: 'Ủy ban nhân dân phường Luyện Tập trân trọng kính mời quý cơ quan cử đại diện dự họp:' },
      { lead: 'Thời gian:', text: '08 giờ 00, thứ Hai tuần tới.' },
      { lead: 'Địa điểm:', text: 'Phòng họp tầng 2, trụ sở Ủy ban nhân dân phường.' },
      { text: 'Rất mong quý cơ quan bố trí tham dự đúng thành phần./.' },
    ],
  },
  notice: {
    number: '104',
    notation: 'TB-UBND',
    typeName: 'Thông báo',
    subject: 'Về việc thay đổi thời gian tiếp nhận tài liệu',
    body: [{ text: 'Ủy ban nhân dân phường Luyện Tập thông báo thay đổi thời gian tiếp nhận tài liệu của các đơn vị: từ 08 giờ 00 đến 11 giờ 00 các ngày thứ Ba và thứ Năm hằng tuần./.' }],
  },
  plan: {
    number: '105',
    notation: 'KH-UBND',
    typeName: 'Kế hoạch',
    subject: 'Số hóa tài liệu lưu trữ năm tới',
    body: [
      { lead: 'I. MỤC ĐÍCH', text: '' },
      { text: 'Số hóa tài liệu có thời hạn bảo quản vĩnh viễn đang lưu giữ tại phường; bảo đảm tài liệu số tra cứu được và đủ điều kiện nộp lưu.' },
      { lead: 'II. KHỐI LƯỢNG', text: '' },
      { text: 'Dự kiến 40 mét giá tài liệu, thực hiện trong hai đợt./.' },
    ],
  },
  newPlan: {
    number: '106',
    notation: 'KH-UBND',
    typeName: 'Kế hoạch',
    subject: 'Số hóa tài liệu lưu trữ năm tới, thay thế Kế hoạch số 105/KH-UBND',
    body: [
      { text: 'Kế hoạch này thay thế Kế hoạch số 105/KH-UBND của Ủy ban nhân dân phường Luyện Tập.' },
      { lead: 'I. MỤC ĐÍCH', text: '' },
      { text: 'Số hóa tài liệu có thời hạn bảo quản vĩnh viễn đang lưu giữ tại phường và tài liệu tiếp nhận từ các đơn vị cũ sau khi sắp xếp đơn vị hành chính.' },
      { lead: 'II. KHỐI LƯỢNG', text: '' },
      { text: 'Dự kiến 160 mét giá tài liệu, thực hiện trong bốn đợt./.' },
    ],
  },
  report: {
    number: '107',
    notation: 'BC-UBND',
    typeName: 'Báo cáo',
    subject: 'Kết quả gửi, nhận văn bản điện tử trong ngày',
    body: [
      { text: 'Ủy ban nhân dân phường Luyện Tập báo cáo: toàn bộ văn bản đến trong ngày đã được kiểm tra, vào sổ và báo trạng thái cho nơi gửi; văn bản đi được gửi ngay trong ngày ký.' },
      { text: 'Trong ngày đường truyền có lúc gián đoạn; trạm đã tra lại trên trục liên thông trước khi gửi tiếp nên không có văn bản nào bị gửi hai lần./.' },
    ],
  },
} as const satisfies Readonly<Record<string, Paper>>;

const signer = { authority: ['KT. Chủ tịch'], position: 'Phó Chủ tịch', fullName: 'Bùi Thị Ký' } as const;

/**
 * Issues one of our documents: its PDF is composed and stored, then number, day and signer are recorded. `to` are
 * those it is printed for; sending it is another step.
 */
export async function issue(day: Day, paper: Paper, to: readonly Party[], repliesTo: string | null = null): Promise<OutgoingDetail> {
  const date = vietnamDay(day.clock.now());
  const letter = paper.typeName === 'Công văn';
  const names = to.map(({ name }) => name);
  const form: DecreeForm = {
    superior: '',
    agency: practiceAgency.name,
    number: paper.number,
    notation: paper.notation,
    place: 'Luyện Tập',
    date,
    kind: letter ? '' : paper.typeName,
    subject: paper.subject,
    addressees: letter ? names : [],
    urgency: 0,
    body: paper.body,
    recipients: [...(letter ? ['Như trên'] : names), 'Chủ tịch, các Phó Chủ tịch (để b/c)', 'Lưu: VT'],
    signer,
  };
  const { bytes, pages } = await composeDecreeForm(form, day.fonts);
  const name = `${printedNumber(paper.number)}-${paper.notation}.pdf`;
  const stored = await day.storeFile(bytes);
  const input: ParsedInputOf<Contract['records']['recordOutgoing']> = {
    codeNumber: paper.number,
    codeNotation: paper.notation,
    issuedDate: date,
    place: form.place,
    typeName: paper.typeName,
    subject: letter ? `V/v ${paper.subject}` : paper.subject,
    urgency: 0,
    dueDate: null,
    signerName: signer.fullName,
    signerPosition: signer.position.toUpperCase(),
    signerCompetence: signer.authority.join(', ').toUpperCase(),
    toPlaces: [...form.recipients],
    pageAmount: pages,
    paper: false,
    files: [{ name, mediaType: 'application/pdf', ...stored }],
    repliesTo,
  };
  const document = must(await day.client.records.recordOutgoing(input));
  day.keep(`van-ban-di/${safeName(name)}`, bytes);
  day.say(`  Phát hành ${paper.typeName.toLowerCase()} số ${paper.number}/${paper.notation}: ${paper.subject}`);
  return document;
}
