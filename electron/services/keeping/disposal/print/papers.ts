import {
  createSheet,
  drawFeet,
  drawLetterhead,
  drawSigners,
  drawTable,
  formWriter,
  mm,
  paper,
  printedWords,
  shownDay,
  shownTime,
  writtenDay,
  type DocumentFonts,
  type FormWriter,
  type PrintFacts,
  type Sheet,
} from '../../../records/index.ts';
import type { DisposalPaper } from './facts.store.ts';
import { listBasis, periodWords } from './list.ts';

const margins = { left: paper.left, right: paper.right, top: paper.top + 12, bottom: paper.bottom + 4 * mm };
const signersHeight = 44 * mm;
const parts = { chair: 'Chủ tịch', secretary: 'Thư ký', member: 'Ủy viên' } as const;
/** Acts that the papers name, with their days. */
const law = 'Căn cứ Luật Lưu trữ số 33/2024/QH15;';
const circular = 'Căn cứ Thông tư số 05/2025/TT-BNV ngày 14 tháng 5 năm 2025 của Bộ trưởng Bộ Nội vụ quy định nghiệp vụ lưu trữ tài liệu lưu trữ số;';

type Paper = { readonly title: string; readonly about: string; readonly number: string };

async function begun(fonts: DocumentFonts, facts: PrintFacts, { title, about, number }: Paper): Promise<{ readonly sheet: Sheet; readonly write: FormWriter }> {
  const sheet = await createSheet(fonts, { title: `${title} ${about}`, author: facts.officeName, at: new Date(facts.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, facts, margins) + 8;
  const wide = sheet.width - margins.left - margins.right;
  if (number !== '') sheet.centred(number, margins.left + wide * 0.21, below, 'regular', 13);
  sheet.centred(`${facts.place === '' ? '' : `${facts.place}, `}${writtenDay(facts.day)}`, margins.left + wide * 0.71, below, 'italic', 13);
  const write = formWriter(sheet, margins);
  write.down(below + 36 - margins.top);
  const centre = margins.left + wide / 2;
  write.centredBlock([title], centre, wide, 'bold', 14);
  write.centredBlock([about], centre, wide, 'bold', 13);
  write.down(12);
  return { sheet, write };
}

function ended(sheet: Sheet, facts: PrintFacts): Promise<Uint8Array> {
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}

const line = (write: FormWriter, text: string): void => {
  write.paragraph([{ text, face: 'regular' }], 13, 24);
  write.down(3);
};
const head = (write: FormWriter, text: string): void => {
  write.keep(40);
  write.down(4);
  write.paragraph([{ text, face: 'bold' }], 13);
  write.down(2);
};

/** Counts that the papers name. */
function countsOf({ items }: DisposalPaper): { readonly going: DisposalPaper['items']; readonly kept: DisposalPaper['items']; readonly documents: number; readonly pages: number; readonly years: string } {
  const going = items.filter(({ opinion, state }) => opinion !== 'keep' && state !== 'kept');
  const days = items.flatMap(({ startedOn, endedOn }) => [startedOn, endedOn]).filter((day) => day !== null).toSorted();
  const [first, last] = [days[0]?.slice(0, 4) ?? '', days.at(-1)?.slice(0, 4) ?? ''];
  return {
    going,
    kept: items.filter((item) => !going.includes(item)),
    documents: going.reduce((sum, { documents }) => sum + documents, 0),
    pages: going.reduce((sum, { pages }) => sum + pages, 0),
    years: first === last ? first : `${first} đến ${last}`,
  };
}

/** Bản thuyết minh tài liệu hết giá trị. */
export async function explanation(paperOf: DisposalPaper, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const { sheet, write } = await begun(fonts, facts, { title: 'BẢN THUYẾT MINH', about: 'Tài liệu lưu trữ số hết giá trị', number: '' });
  const { going, documents, pages, years } = countsOf(paperOf);
  head(write, '1. Khối tài liệu');
  line(write, `Tên danh mục: ${paperOf.disposal.title}.`);
  line(write, `Số lượng: ${String(going.length)} hồ sơ, ${String(documents)} tài liệu, ${String(pages)} trang.`);
  line(write, `Thời gian của tài liệu: ${years === '' ? 'chưa rõ' : years}.`);
  head(write, '2. Lý do hủy');
  const groups = new Map<string, number>();
  for (const { reason, period } of going) {
    const words = reason === 'duplicate' ? 'Trùng lặp trong Hệ thống' : `Hết thời hạn lưu trữ ${periodWords(period)}`;
    groups.set(words, (groups.get(words) ?? 0) + 1);
  }
  for (const [words, count] of groups) line(write, `– ${words}: ${String(count)} hồ sơ.`);
  head(write, '3. Tài liệu giấy và vật mang tin khác');
  const notes = going.filter(({ note }) => note !== '');
  if (notes.length === 0) line(write, 'Danh mục không ghi tài liệu giấy hoặc tài liệu trên vật mang tin khác kèm theo.');
  for (const { fileCode, note } of notes) line(write, `– ${fileCode}: ${note}.`);
  head(write, '4. Cách lập');
  line(write, `${listBasis}. Hồ sơ bảo quản vĩnh viễn, hồ sơ chưa đóng và hồ sơ đang bị khóa không được đưa vào danh mục. Tài liệu còn thuộc hồ sơ khác chưa hủy được giữ lại.`);
  write.keep(signersHeight);
  drawSigners(sheet, ['NGƯỜI THUYẾT MINH', 'NGƯỜI DUYỆT'], margins, write.y() + 20);
  return ended(sheet, facts);
}

/** Biên bản họp Hội đồng xét hủy. */
export async function councilMinutes(paperOf: DisposalPaper, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const { council } = paperOf.disposal;
  const { sheet, write } = await begun(fonts, facts, { title: 'BIÊN BẢN', about: 'Họp Hội đồng xét hủy tài liệu lưu trữ số hết giá trị', number: 'Số: ……/BB-……' });
  const { going, kept, documents } = countsOf(paperOf);
  line(write, `Thời gian họp: ${council === null ? '' : writtenDay(council.metOn)}.`);
  line(write, `Địa điểm: ${facts.officeName}; xem xét danh mục và tài liệu trong Hệ thống.`);
  head(write, 'I. Thành phần Hội đồng');
  (council?.members ?? []).forEach(({ name, position, part }, at) => {
    line(write, `${String(at + 1)}. ${name}${position === '' ? '' : `, ${position}`}: ${parts[part]}.`);
  });
  head(write, 'II. Nội dung');
  line(write, `Hội đồng xem xét danh mục “${paperOf.disposal.title}” gồm ${String(paperOf.items.length)} hồ sơ.`);
  line(write, `Ý kiến: hủy ${String(going.length)} hồ sơ (${String(documents)} tài liệu); giữ lại ${String(kept.length)} hồ sơ.`);
  for (const { fileCode, title, opinionNote } of kept) line(write, `– Giữ lại ${fileCode}, ${title}${opinionNote === '' ? '' : `: ${opinionNote}`}.`);
  head(write, 'III. Kết luận');
  for (const part of (council?.conclusion ?? '').split('\n')) line(write, part);
  line(write, 'Biên bản kèm theo Danh mục tài liệu lưu trữ số hết giá trị.');
  write.keep(signersHeight);
  drawSigners(sheet, ['THƯ KÝ', 'CHỦ TỊCH HỘI ĐỒNG'], margins, write.y() + 20);
  return ended(sheet, facts);
}

/** Draft of the decision, to be signed by the head; its number and day are noted when it is. */
export async function decisionDraft(paperOf: DisposalPaper, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const { decision, council, appraisal } = paperOf.disposal;
  const day = decision?.day ?? facts.day;
  const { sheet, write } = await begun(fonts, { ...facts, day }, { title: 'QUYẾT ĐỊNH', about: 'Về việc hủy tài liệu lưu trữ số hết giá trị', number: `Số: ${decision?.number ?? '……/QĐ-……'}` });
  const { going, documents } = countsOf(paperOf);
  const wide = sheet.width - margins.left - margins.right;
  const headOf = decision === null || decision.signerPosition === '' ? 'Người đứng đầu cơ quan, tổ chức' : `${decision.signerPosition} ${facts.officeName}`;
  write.centredBlock([headOf.toLocaleUpperCase('vi')], margins.left + wide / 2, wide, 'bold', 13);
  write.down(8);
  for (const words of [law, circular]) write.paragraph([{ text: words, face: 'italic' }], 13, 24);
  if (council !== null) write.paragraph([{ text: `Căn cứ kết luận của Hội đồng xét hủy tài liệu lưu trữ số hết giá trị ngày ${shownDay(council.metOn)};`, face: 'italic' }], 13, 24);
  if (appraisal !== null) write.paragraph([{ text: `Căn cứ ý kiến thẩm định của ${appraisal.agency} tại văn bản số ${appraisal.number} ngày ${shownDay(appraisal.day)};`, face: 'italic' }], 13, 24);
  write.paragraph([{ text: 'Theo đề nghị của lưu trữ hiện hành.', face: 'italic' }], 13, 24);
  write.down(8);
  write.centredBlock(['QUYẾT ĐỊNH:'], margins.left + wide / 2, wide, 'bold', 13);
  write.down(6);
  const article = (number: number, text: string): void => {
    write.paragraph([{ text: `Điều ${String(number)}.`, face: 'bold' }, { text, face: 'regular' }], 13, 24);
    write.down(4);
  };
  article(1, `Hủy ${String(going.length)} hồ sơ gồm ${String(documents)} tài liệu lưu trữ số hết giá trị của ${facts.officeName} (có Danh mục kèm theo).`);
  article(2, 'Lưu trữ hiện hành thực hiện việc hủy trong Hệ thống, bảo đảm không thể khôi phục, lập biên bản và lưu hồ sơ hủy tài liệu.');
  article(3, 'Quyết định có hiệu lực từ ngày ký. Các đơn vị, cá nhân có liên quan chịu trách nhiệm thi hành.');
  write.keep(signersHeight);
  const centre = margins.left + wide * 0.75;
  sheet.centred((decision?.signerPosition ?? '') === '' ? 'NGƯỜI ĐỨNG ĐẦU' : (decision?.signerPosition ?? '').toLocaleUpperCase('vi'), centre, write.y() + 20, 'bold', 13);
  if (decision !== null) sheet.centred(decision.signer, centre, write.y() + 104, 'bold', 13);
  return ended(sheet, facts);
}

/** Biên bản về việc hủy, with the trace of every file: what was destroyed, and by which decision. */
export async function destructionMinutes(paperOf: DisposalPaper, when: { readonly from: string; readonly to: string }, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const { disposal, files } = paperOf;
  const { sheet, write } = await begun(fonts, facts, { title: 'BIÊN BẢN', about: 'Về việc hủy tài liệu lưu trữ số hết giá trị', number: 'Số: ……/BB-……' });
  const { going, documents, pages } = countsOf(paperOf);
  const { decision } = disposal;
  const begin = disposal.steps.findLast(({ act }) => act === 'destroy');
  const staying = files.filter(({ stays }) => stays === 1).length;
  for (const words of [law, circular]) write.paragraph([{ text: words, face: 'italic' }], 13, 24);
  if (decision !== null) write.paragraph([{ text: `Căn cứ Quyết định số ${decision.number} ngày ${shownDay(decision.day)} do ${decision.signer} ký về việc hủy tài liệu lưu trữ số hết giá trị.`, face: 'italic' }], 13, 24);
  write.down(6);
  line(write, `1. Bắt đầu hủy lúc ${when.from === '' ? '' : shownTime(when.from)}, xong lúc ${shownTime(disposal.endedAt ?? when.to)}; người thực hiện: ${begin?.by ?? ''}.`);
  line(write, `2. Đã hủy ${String(going.length)} hồ sơ, ${String(documents)} tài liệu, ${String(pages)} trang, ${String(files.length)} tệp.`);
  line(write, '3. Cách hủy: khóa giải mã và nội dung từng tệp bị xóa khỏi kho của Hệ thống; văn bản trích từ tệp và chỉ mục tìm kiếm bị xóa và ghi đè. Việc xóa không thể khôi phục trong Hệ thống. Bản sao lưu ngoài Hệ thống do cơ quan xử lý riêng.');
  line(write, `4. ${staying === 0 ? 'Không có tệp nào trùng nội dung với tài liệu còn lưu.' : `${String(staying)} tệp có nội dung giống tài liệu còn lưu; nội dung đó được giữ cho tài liệu kia.`}`);
  line(write, '5. Tên, mã băm của các tệp và vết của quá trình hủy được giữ trong Hệ thống (Phụ lục).');
  write.keep(signersHeight);
  drawSigners(sheet, ['NGƯỜI THỰC HIỆN', 'ĐẠI DIỆN LƯU TRỮ HIỆN HÀNH'], margins, write.y() + 20);
  sheet.addPage();
  const annex = formWriter(sheet, margins);
  annex.centredBlock(['PHỤ LỤC', 'Hồ sơ và tệp đã hủy'], sheet.width / 2, sheet.width, 'bold', 13);
  annex.down(4);
  const look = { ...margins, size: 10, numbered: false };
  const dossiers = going.map(({ fileCode, title, period, files: count }, at) => [String(at + 1), fileCode, title, periodWords(period), String(count)]);
  const after = await drawTable(
    sheet,
    [{ head: 'TT', share: 6, align: 'centre' }, { head: 'Mã hồ sơ', share: 26 }, { head: 'Tiêu đề hồ sơ', share: 50 }, { head: 'Thời hạn', share: 12, align: 'centre' }, { head: 'Số tệp', share: 9, align: 'centre' }],
    dossiers,
    look,
    annex.y(),
  );
  const room = after + 80 < sheet.height - margins.bottom;
  if (!room) sheet.addPage();
  await drawTable(
    sheet,
    [{ head: 'Văn bản', share: 20 }, { head: 'Tệp', share: 30 }, { head: 'Byte', share: 13, align: 'centre' }, { head: 'SHA-256', share: 45 }],
    // A hash has no spaces to be broken at.
    files.map(({ about, name, size, sha256 }) => [about, name, String(size), `${sha256.slice(0, 32)} ${sha256.slice(32)}`]),
    look,
    room ? after + 18 : margins.top,
  );
  return ended(sheet, facts);
}
