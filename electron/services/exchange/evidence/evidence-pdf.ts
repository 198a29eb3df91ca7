import { vietnamTime } from '../../../foundation/clock.ts';
import { createSheet, mm, paper, shownDay, type DocumentFonts, type Sheet } from '../../records/index.ts';
import type { CallNote } from '../call-journal.ts';
import type { Evidence } from './evidence.ts';

const left = paper.left;
const right = paper.width - paper.right;
const bottom = paper.height - paper.bottom;
const labelWidth = 42 * mm;

/** The evidence as a PDF that can be read and filed. `jsonSha256` ties it to the JSON made with it, which has every detail. */
export async function evidencePdf(evidence: Evidence, jsonSha256: string, fonts: DocumentFonts): Promise<Uint8Array> {
  const { document, agency } = evidence;
  const code = `${document.codeNumber}/${document.codeNotation}`;
  const sheet = await createSheet(fonts, {
    title: `Chứng cứ gửi văn bản ${code}`,
    author: agency.name,
    at: new Date(evidence.madeAt),
  });
  const write = writer(sheet, `Chứng cứ gửi văn bản ${code} · lập lúc ${time(evidence.madeAt)}`);

  write.title('CHỨNG CỨ GỬI VĂN BẢN ĐIỆN TỬ', `Văn bản số ${code} của ${agency.name}`);
  write.section('1. Văn bản');
  write.row('Trích yếu', document.subject);
  write.row('Loại, ngày ban hành', `${document.typeName}, ${shownDay(document.issuedDate)}`);
  write.row('Mã định danh văn bản', document.documentId);
  write.row('Người ký', [document.signerCompetence, document.signerPosition, document.signerName].filter((part) => part !== '').join(' · '));
  write.row('Tình trạng', `${states[document.state]}${document.frozenAt === null ? '' : ` lúc ${time(document.frozenAt)}: ${document.frozenReason}`}`);
  for (const file of document.files) write.row('Tệp, SHA-256', `${file.name} (${String(file.size)} byte)`, file.sha256);

  write.section('2. Nơi nhận và trạng thái');
  for (const one of evidence.recipients) {
    write.strong(`${one.name} (${one.organId})`);
    write.row('Đã giao cho trục', one.sentAt === null ? (one.cancelledAt === null ? 'chưa' : `đã hủy trước khi gửi, ${time(one.cancelledAt)}`) : time(one.sentAt));
    for (const status of one.statuses) {
      write.row(`Trạng thái ${status.code}`, `${statusNames[status.code] ?? ''}${status.note === '' ? '' : `: ${shortened(status.note, 2000)}`}`,
        `nơi nhận ghi ${status.saidAt === null ? 'không rõ giờ' : time(status.saidAt)}, trạm nhận lúc ${time(status.heardAt)}`);
    }
    if (one.takeBack !== null) write.row('Lấy lại văn bản', `${takeBacks[one.takeBack]}${one.takeBackAt === null ? '' : `, ${time(one.takeBackAt)}`}`);
    if (one.reply !== null) write.row('Văn bản trả lời', shortened(one.reply.code));
  }

  write.section('3. Thông điệp đã lập');
  for (const message of evidence.messages) {
    write.strong(`${kinds[message.kind]}, lập lúc ${time(message.createdAt)} bởi ${message.createdBy}`);
    write.row('Gửi tới', message.receivers.map((one) => `${one.name} (${one.organId})`).join('; '));
    if (message.reason !== '') write.row('Lý do', message.reason);
    write.row('SHA-256', `${String(message.size)} byte`, message.sha256);
  }

  write.section('4. Các lần gọi trục liên thông, theo thứ tự');
  for (const send of evidence.sends) {
    write.strong(`${whatOf(send.what)} → ${send.to.join(', ')}: ${sendStates[send.state]}`);
    write.row('Xếp hàng · giao xong', `${time(send.queuedAt)} · ${send.deliveredAt === null ? 'chưa' : time(send.deliveredAt)}`);
    if (send.axisDocId !== '') write.row('Mã trục cấp', send.axisDocId);
    send.calls.forEach((call, at) => {
      write.row(`Lần gọi ${String(at + 1)}`, `${time(call.at)} · ${call.method} ${new URL(call.url).pathname.split('/').at(-1) ?? ''} · ${answerOf(call)}`,
        call.requestSha256 === null ? '' : `thông điệp gửi đi SHA-256 ${call.requestSha256}`);
      if (call.answerText !== '') write.small(shortened(call.answerText));
    });
  }

  write.section('5. Nhật ký của văn bản (chuỗi mã băm)');
  for (const entry of evidence.log) write.row(`Mục ${String(entry.seq)}`, `${time(entry.at)} · ${entry.actor === 'station' ? 'trạm tự làm' : entry.actor} · ${acts[entry.action] ?? entry.action}`, entry.hash);
  write.section('6. Cách kiểm tra');
  write.paragraph('Tệp JSON lập cùng lúc chứa đầy đủ tiêu đề và nội dung từng lần gọi. Mã băm SHA-256 của tệp JSON đó:');
  write.small(jsonSha256);
  write.paragraph('Mỗi mục nhật ký chứa mã băm của mục đứng trước; sửa một mục làm sai mọi mục sau. Thông điệp gốc được giữ nguyên từng byte trong kho tệp của trạm, dưới tên là mã băm của nó.');
  write.foot();
  return sheet.save();
}

const states = { numbered: 'Đã cấp số', sealed: 'Đã đóng dấu', voided: 'Đã hủy số, khóa', issued: 'Đã phát hành', recalled: 'Đã thu hồi, khóa', replaced: 'Đã được thay thế, khóa' } as const;
const kinds = { new: 'Gửi văn bản', recall: 'Thu hồi', update: 'Cập nhật', replace: 'Thay thế' } as const;
const takeBacks = { asked: 'đã yêu cầu, chưa trả lời', agreed: 'nơi nhận đồng ý, đã hủy', refused: 'nơi nhận từ chối' } as const;
const sendStates = { waiting: 'chờ gửi', sending: 'đang gửi', delivered: 'trục đã nhận', attention: 'cần xử lý', cancelled: 'đã hủy' } as const;
const statusNames: Readonly<Record<string, string>> = {
  '01': 'Đã đến',
  '02': 'Từ chối tiếp nhận',
  '03': 'Đã tiếp nhận, vào sổ',
  '04': 'Đã phân công xử lý',
  '05': 'Đang xử lý',
  '06': 'Đã hoàn thành',
  '15': 'Đồng ý cập nhật, lấy lại',
  '16': 'Từ chối cập nhật, lấy lại',
};

/** What the log calls the acts; one that is missing here is shown by its name in the log. */
const acts: Readonly<Record<string, string>> = {
  'document.issued': 'ghi văn bản đã phát hành',
  'document.queued': 'đưa vào hộp gửi',
  'document.recalled': 'thu hồi',
  'document.updated': 'cập nhật',
  'document.replacing': 'gửi thay thế văn bản trước',
  'dispatch.delivered': 'trục đã nhận thông điệp',
  'dispatch.failed': 'chưa gửi được thông điệp',
  'dispatch.cancelled': 'hủy trước khi gửi',
  'dispatch.moved-up': 'đưa lên gửi trước',
  'dispatch.found-not-sent': 'xác nhận chưa đến, gửi lại',
  'status.delivered': 'trục đã nhận báo trạng thái',
  'status.failed': 'chưa gửi được báo trạng thái',
  'status.heard': 'nhận báo trạng thái từ nơi nhận',
  'evidence.made': 'lập chứng cứ',
};

function whatOf(what: string): string {
  return what in kinds ? kinds[what as keyof typeof kinds] : `Trạng thái ${what}`;
}

function answerOf(call: CallNote): string {
  return call.status === null ? `không có trả lời (${call.failure})` : `HTTP ${String(call.status)}${call.failure === '' ? '' : ` (${call.failure})`}`;
}

/** What others wrote, as far as it may go into the PDF; the JSON has all of it. */
function shortened(text: string, length = 300): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > length ? `${flat.slice(0, length)}…` : flat;
}

/** `dd/MM/yyyy HH:mm:ss` in Vietnam, with the offset, as evidence must name it. */
function time(instant: string): string {
  const local = vietnamTime(new Date(instant));
  return `${shownDay(local)} ${local.slice(11, 19)} (+07:00)`;
}

type Writer = Readonly<Record<'section' | 'strong' | 'paragraph' | 'small', (text: string) => void>> & {
  readonly title: (title: string, below: string) => void;
  readonly row: (label: string, value: string, below?: string) => void;
  readonly foot: () => void;
};

/** Sets text down the page and goes on to the next when it is full; each page ends with its number. */
function writer(sheet: Sheet, footer: string): Writer {
  sheet.addPage();
  let y = paper.top;

  function foot(): void {
    sheet.text(footer, left, paper.height - 12 * mm, 'italic', 9, 'grey');
    sheet.text(String(sheet.pageCount()), right - 4 * mm, paper.height - 12 * mm, 'regular', 9, 'grey');
  }
  function room(height: number): void {
    if (y + height <= bottom) return;
    foot();
    sheet.addPage();
    y = paper.top;
  }
  function lines(text: string, face: 'regular' | 'bold' | 'italic', size: number, x: number, width: number): void {
    for (const line of sheet.wrap([{ text, face }], size, width)) {
      room(size * 1.35);
      y += size * 1.25;
      sheet.line(line, x, y, size);
    }
  }

  return {
    title(title, below) {
      y += 20;
      sheet.centred(title, (left + right) / 2, y, 'bold', 15);
      y += 20;
      for (const line of sheet.wrap([{ text: below, face: 'regular' }], 12, right - left)) {
        sheet.line(line, (left + right - line.width) / 2, y, 12);
        y += 15;
      }
      y -= 7;
    },
    section(text) {
      room(46);
      y += 12;
      lines(text, 'bold', 12.5, left, right - left);
      y += 3;
      sheet.rule(left, right, y);
      y += 2;
    },
    strong(text) {
      room(34);
      y += 5;
      lines(text, 'bold', 11, left, right - left);
    },
    row(label, value, below = '') {
      room(below === '' ? 15 : 28);
      sheet.text(label, left, y + 13.5, 'italic', 10.5);
      lines(value === '' ? '—' : value, 'regular', 11, left + labelWidth, right - left - labelWidth);
      if (below !== '') lines(below, 'regular', 9, left + labelWidth, right - left - labelWidth);
      y += 1.5;
    },
    paragraph(text) {
      y += 3;
      lines(text, 'regular', 11, left, right - left);
    },
    small(text) {
      lines(text, 'regular', 9, left + labelWidth, right - left - labelWidth);
    },
    foot,
  };
}
