import { balancedLines, createSheet, drawFeet, drawLetterhead, drawTable, formWriter, mm, paper, printedWords, shownDay, writtenDay, type DocumentFonts, type FormWriter, type PrintFacts, type Sheet, type TableColumn } from '../../records/index.ts';
import type { Minutes, MinutesPackage } from './minutes.ts';

/** What only the receiving side can say (TT 05/2025/TT-BNV art. 23, 24.4). */
export type ReceivingFacts = {
  readonly passed: number;
  readonly failed: number;
  readonly duplicates: number;
  /** of this sender, over all receipts */
  readonly acceptedEver: number;
  readonly receivedAt: string;
};

const margins = { left: paper.left, right: paper.right, top: paper.top, bottom: paper.bottom + 4 * mm };
const look = { ...margins, size: 10, numbered: false };
const signingHeight = 46 * mm;

/**
 * Biên bản giao nhận hồ sơ, tài liệu in the order of NĐ 30/2020 annex V part V, with the totals that TT 05/2025/TT-BNV art. 22.2.đ and
 * 25.2 want and, of the archive, those of art. 23 and 24.4. The list of packages with their hashes is an annex of it.
 */
export async function minutesPage(fonts: DocumentFonts, facts: PrintFacts, minutes: Minutes, fileSha256: string, received: ReceivingFacts | null): Promise<Uint8Array> {
  const title = 'Biên bản giao nhận hồ sơ, tài liệu';
  const sheet = await createSheet(fonts, { title, author: facts.officeName, at: new Date(facts.at) });
  sheet.addPage();
  const wide = sheet.width - margins.left - margins.right;
  const centre = margins.left + wide / 2;
  const below = drawLetterhead(sheet, facts, margins) + 24;
  const write = formWriter(sheet, { ...margins, top: below + 8 });
  write.centredBlock([title.toLocaleUpperCase('vi')], centre, wide, 'bold', 14);
  write.centredBlock([minutes.number === '' ? 'Số: ........................' : `Số: ${minutes.number}`], centre, wide, 'regular', 13);
  write.down(10);
  const line = (text: string, indent = 0): void => {
    write.paragraph([{ text, face: 'regular' }], 13, indent);
    write.down(3);
  };
  const heading = (text: string): void => {
    write.keep(40);
    write.paragraph([{ text, face: 'bold' }], 13);
    write.down(3);
  };
  line('Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024; Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư; Thông tư số 05/2025/TT-BNV ngày 14 tháng 5 năm 2025 của Bộ trưởng Bộ Nội vụ;');
  heading('Chúng tôi gồm:');
  party(write, 'BÊN GIAO', minutes.sender, minutes.giver);
  party(write, 'BÊN NHẬN', minutes.archive, minutes.taker);
  heading('Thống nhất lập biên bản giao nhận hồ sơ, tài liệu với những nội dung sau:');
  const { totals, packages } = minutes;
  line(`1. Tên khối tài liệu giao nộp: ${minutes.title}.`);
  line(`2. Thời gian của hồ sơ, tài liệu: theo Mục lục kèm theo. Lần nộp thứ ${String(minutes.turn)}${minutes.agreement === '' ? '' : `, mã đăng ký yêu cầu thu nộp: ${minutes.agreement}`}${minutes.day === '' ? '' : `, ${dayOf[minutes.side]} ngày ${shownDay(minutes.day)}`}.`);
  heading('3. Thành phần và số lượng tài liệu (tài liệu lưu trữ số)');
  if (minutes.registered !== null) line(`a) Tổng số hồ sơ theo đăng ký: ${figure(minutes.registered)} hồ sơ.`, 12);
  line(`b) Tổng số gói tin giao nhận: ${figure(totals.dossiers)} gói; tổng số hồ sơ: ${figure(totals.dossiers)} hồ sơ (vĩnh viễn: ${figure(totals.permanent)}; có thời hạn: ${figure(totals.dossiers - totals.permanent)}).`, 12);
  line(`c) Tổng số văn bản, tài liệu: ${figure(totals.documents)}; tổng số tệp tin trong các gói: ${figure(totals.files)}; tổng dung lượng: ${size(totals.bytes)} (${figure(totals.bytes)} byte).`, 12);
  line(`d) Thiết bị lưu trữ: ${minutes.media === '' ? 'không ghi' : minutes.media}.`, 12);
  heading('4. Tình trạng tài liệu giao nộp');
  if (received !== null) {
    line(`a) Thời gian tiếp nhận: ${shownDay(received.receivedAt)}. Kết quả kiểm tra: đạt ${figure(received.passed)} hồ sơ; không đạt ${figure(received.failed)} hồ sơ; trùng lặp ${figure(received.duplicates)} hồ sơ.`, 12);
    line(`b) Tổng số hồ sơ đã đưa vào Hệ thống của bên giao, tính các lần: ${figure(received.acceptedEver)} hồ sơ.`, 12);
  }
  line(
    totals.accepted + totals.refused === 0
      ? 'Bên nhận chưa kết luận; kết quả từng hồ sơ ghi vào biên bản của bên nhận.'
      : `${received === null ? '' : 'c) '}Tổng số hồ sơ được tiếp nhận: ${figure(totals.accepted)}; tổng số hồ sơ trả lại: ${figure(totals.refused)}${totals.refused === 0 ? '' : ' (lý do ghi tại Phụ lục)'}.`,
    received === null ? 0 : 12,
  );
  line('5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo (hồ sơ vĩnh viễn và hồ sơ có thời hạn lập riêng); danh sách gói tin tại Phụ lục biên bản này.');
  if (minutes.note !== '') line(`6. Ghi chú: ${minutes.note}`);
  // Who signs has the last sentence before him, not an empty page.
  write.keep(signingHeight + 90);
  line(`Biên bản này được lập thành hai bản, mỗi bên giữ một bản. Tệp dữ liệu của biên bản có mã SHA-256: ${fileSha256}.`);
  signatures(sheet, write, facts, minutes);
  await annex(sheet, packages);
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}

/** Each side knows its own day, and the two papers of one hand-over must not seem to contradict each other. */
const dayOf = { giving: 'bên giao nộp', receiving: 'bên nhận kết luận' } as const;

function party(write: FormWriter, side: string, { name, code }: Minutes['sender'], person: Minutes['giver']): void {
  write.keep(54);
  write.paragraph([{ text: `${side}: `, face: 'bold' }, { text: `${name}${code === '' ? '' : ` (mã: ${code})`}`, face: 'regular' }], 13);
  write.down(3);
  write.paragraph([{ text: `Ông (bà): ${person.name === '' ? '.................................................' : person.name}`, face: 'regular' }], 13, 12);
  write.paragraph([{ text: `Chức vụ/chức danh: ${person.position === '' ? '.................................................' : person.position}`, face: 'regular' }], 13, 12);
  write.down(3);
}

function signatures(sheet: Sheet, write: FormWriter, facts: PrintFacts, { giver, taker }: Minutes): void {
  write.keep(signingHeight);
  const wide = sheet.width - margins.left - margins.right;
  write.down(8);
  sheet.centred(`${facts.place === '' ? '' : `${facts.place}, `}${writtenDay(facts.day)}`, margins.left + wide * 0.72, write.y(), 'italic', 13);
  write.down(20);
  const top = write.y();
  for (const [index, [side, { name }]] of ([['ĐẠI DIỆN BÊN GIAO', giver], ['ĐẠI DIỆN BÊN NHẬN', taker]] as const).entries()) {
    const at = margins.left + wide * (0.25 + 0.5 * index);
    sheet.centred(side, at, top, 'bold', 13);
    sheet.centred('(Ký, ghi rõ họ tên)', at, top + 16, 'italic', 12);
    if (name !== '') sheet.centred(name, at, top + 84, 'bold', 13);
  }
}

/** Phụ lục: one line for each package. */
async function annex(sheet: Sheet, packages: readonly MinutesPackage[]): Promise<void> {
  sheet.addPage();
  const wide = sheet.width - margins.left - margins.right;
  let y = margins.top;
  for (const [text, face, points] of [['PHỤ LỤC', 'bold', 14], ['Danh sách gói tin giao nhận', 'bold', 13], ['(mã SHA-256 của METS.xml xác định toàn bộ nội dung gói)', 'italic', 12]] as const) {
    for (const one of balancedLines(sheet, text, face, points, wide)) {
      sheet.centred(one, margins.left + wide / 2, y, face, points);
      y += points * 1.3;
    }
  }
  const columns: readonly TableColumn[] = [
    { head: 'Số TT', share: 6, align: 'centre' },
    { head: 'Mã hồ sơ', share: 17 },
    { head: 'Tiêu đề hồ sơ', share: 24 },
    { head: 'Văn bản', share: 8, align: 'centre' },
    { head: 'Tệp', share: 7, align: 'centre' },
    { head: 'Mã gói tin; SHA-256 của METS.xml', share: 44 },
    { head: 'Kết quả', share: 18 },
  ];
  const rows = packages.map((one, index) => [String(index + 1), one.fileCode, `${one.title}${one.permanent ? ' (vĩnh viễn)' : ''}`, figure(one.documents), figure(one.files), `${one.objectId}\n${grouped(one.metsSha256)}`, resultOf(one)]);
  await drawTable(sheet, columns, rows, look, y + 8);
}

/** In two halves, so that the line can be broken and be read aloud. */
const grouped = (digest: string): string => digest.match(/.{1,32}/g)?.join(' ') ?? '';

function resultOf({ decision, reason }: MinutesPackage): string {
  if (decision === null) return 'Chưa kết luận';
  return decision === 'accepted' ? 'Tiếp nhận' : `Trả lại: ${reason}`;
}

const figure = (value: number): string => value.toLocaleString('vi-VN');

function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} MB`;
  return `${(bytes / 1024 ** 3).toLocaleString('vi-VN', { maximumFractionDigits: 2 })} GB`;
}
