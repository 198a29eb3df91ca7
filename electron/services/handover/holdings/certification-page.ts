import type { CertifyingArchive } from '#contract';
import { createSheet, drawLetterhead, drawTable, formWriter, mm, paper, shownDay, writtenDay, type DocumentFonts, type PrintFacts, type Sheet, type TableColumn } from '../../records/index.ts';
import type { SealPlace } from './certifications.store.ts';
import { certificationItems, currentArchiveWords, type CertificationItem } from './certification-law.ts';

/** A document of the copy; words as its field file has them. */
export type CertifiedDocument = { readonly docCode: string; readonly symbol: string; readonly kind: string; readonly subject: string; /** of its file */ readonly sha256: string; /** of its attachments and its trace */ readonly others: readonly string[] };

/** What the text says. Days are yyyy-MM-dd. */
export type CertificationFacts = {
  readonly code: string;
  readonly archive: CertifyingArchive;
  readonly recipient: { readonly name: string; readonly id: string };
  readonly documents: readonly CertifiedDocument[];
  readonly purpose: string;
  readonly issuedOn: string;
  readonly validUntil: string | null;
  readonly copies: number;
  /** OBJID of the package, and of the request */
  readonly objectId: string;
  readonly request: { readonly id: string; readonly day: string };
};

type Letterhead = Pick<PrintFacts, 'officeName' | 'parentName' | 'place' | 'at'>;

const margins = { left: paper.left, right: paper.right, top: paper.top, bottom: paper.bottom };
const look = { ...margins, size: 12, numbered: false };
/** From the line under the agency's name to the middle of its seal, and all that both take. */
const sealDown = 19.5 * mm;
const signingHeight = 50 * mm;

/**
 * Văn bản xác thực of TT 05/2025/TT-BNV art. 42.2 as PDF/A, with room for the agency's signature, and where the middle of that is. The same
 * facts give the same bytes, so that the signed file can be told to be this one.
 */
export async function certificationPage(fonts: DocumentFonts, head: Letterhead, facts: CertificationFacts): Promise<{ readonly bytes: Uint8Array; readonly place: SealPlace }> {
  const title = 'Văn bản xác thực';
  const sheet = await createSheet(fonts, { title: `${title} ${facts.code}`, author: head.officeName, at: new Date(head.at), archival: true });
  sheet.addPage();
  const wide = sheet.width - margins.left - margins.right;
  const centre = margins.left + wide / 2;
  let y = drawLetterhead(sheet, head, margins) + 22;
  sheet.centred(`${head.place === '' ? '' : `${head.place}, `}${writtenDay(facts.issuedOn)}`, margins.left + wide * 0.71, y, 'italic', 13);
  y += 32;
  sheet.centred(title.toLocaleUpperCase('vi'), centre, y, 'bold', 14);
  sheet.centred('Bản sao tài liệu lưu trữ số có xác thực dạng gói tin DIP', centre, y + 18, 'bold', 14);
  sheet.rule(centre - 22 * mm, centre + 22 * mm, y + 25);
  const columns: readonly TableColumn[] = [
    { head: 'TT', share: 7, align: 'centre' },
    { head: 'Thông tin', share: 36 },
    { head: 'Nội dung', share: 57 },
  ];
  const [only] = facts.documents;
  const single = facts.documents.length === 1 ? only : undefined;
  const rows = certificationItems.map((one, index) => [String(index + 1), one.key === 'archive' && facts.archive === 'current' ? currentArchiveWords.words : one.words, valueOf(one, facts, head.officeName, single)]);
  y = await drawTable(sheet, columns, rows, look, y + 38);
  const write = formWriter(sheet, { ...margins, top: margins.top });
  write.down(y + 16 - write.y());
  const line = (text: string): void => {
    write.paragraph([{ text, face: 'regular' }], 13, 10 * mm);
    write.down(4);
  };
  line('Bản sao được nhân bản từ bản gốc tài liệu lưu trữ số và bảo đảm các yếu tố xác thực đối với tài liệu lưu trữ gốc (khoản 1 Điều 42 Thông tư số 05/2025/TT-BNV ngày 14 tháng 5 năm 2025 của Bộ trưởng Bộ Nội vụ).');
  // With more than one file the digests would push who signs onto a page of his own.
  const inLine = single?.others.length === 0 ? single : undefined;
  line(`Bản sao và văn bản này được đóng trong gói tin DIP có mã ${facts.objectId}, cấp theo yêu cầu ${facts.request.id} ngày ${shownDay(facts.request.day)}.${inLine === undefined ? ' Danh mục tài liệu được xác thực ở trang sau là một phần của văn bản này.' : ' Mã SHA-256 của tệp tài liệu:'}`);
  if (inLine !== undefined) write.centredBlock([grouped(inLine.sha256)], centre, wide, 'regular', 12);
  const place = signingPlace(sheet, write, head.officeName);
  if (inLine === undefined) await list(sheet, facts.documents);
  pageNumbers(sheet);
  return { bytes: await sheet.save(), place };
}

function valueOf({ key }: CertificationItem, facts: CertificationFacts, officeName: string, single: CertifiedDocument | undefined): string {
  switch (key) {
    case 'code':
      return facts.code;
    case 'archive':
      return officeName;
    case 'recipient':
      return `Họ và tên: ${facts.recipient.name}\nSố định danh hoặc giấy tờ tuỳ thân: ${facts.recipient.id}`;
    case 'docCode':
    case 'symbol':
    case 'kind':
    case 'subject':
      return single === undefined ? `Theo danh mục kèm theo (${String(facts.documents.length)} tài liệu)` : orNone(single[key]);
    case 'purpose':
      return facts.purpose;
    case 'issuedOn':
      return shownDay(facts.issuedOn);
    case 'validUntil':
      return facts.validUntil === null ? 'Không quy định thời hạn' : `Đến ngày ${shownDay(facts.validUntil)}`;
    case 'copies':
      return `${String(facts.copies).padStart(2, '0')} bản`;
  }
}

const orNone = (value: string): string => (value === '' ? 'Không có' : value);

/** In four parts, so that a line can be broken between them and the code read aloud. */
const grouped = (digest: string): string => digest.match(/.{1,16}/g)?.join(' ') ?? '';

/** Where the signature of the agency goes (art. 41.1), under its name; answers the middle of it. */
function signingPlace(sheet: Sheet, write: ReturnType<typeof formWriter>, officeName: string): SealPlace {
  write.keep(signingHeight);
  write.down(10);
  const wide = sheet.width - margins.left - margins.right;
  const at = margins.left + wide * 0.71;
  write.centredBlock([officeName.toLocaleUpperCase('vi')], at, wide * 0.55, 'bold', 13);
  sheet.centred('(Chữ ký số của cơ quan, tổ chức)', at, write.y(), 'italic', 12);
  return { page: sheet.pageCount(), x: at, y: sheet.height - write.y() - sealDown };
}

/** Items d to g of several documents, and the digests of all their files. */
async function list(sheet: Sheet, documents: readonly CertifiedDocument[]): Promise<void> {
  sheet.addPage();
  const centre = margins.left + (sheet.width - margins.left - margins.right) / 2;
  sheet.centred('DANH MỤC TÀI LIỆU ĐƯỢC XÁC THỰC', centre, margins.top + 10, 'bold', 14);
  const columns: readonly TableColumn[] = [
    { head: 'TT', share: 6, align: 'centre' },
    { head: 'Mã lưu trữ của tài liệu gốc', share: 24 },
    { head: 'Số và ký hiệu', share: 15 },
    { head: 'Tên loại', share: 14 },
    { head: 'Trích yếu nội dung hoặc tiêu đề; SHA-256 của tệp', share: 41 },
  ];
  const rows = documents.map(({ docCode, symbol, kind, subject, sha256, others }, index) => [String(index + 1), docCode, orNone(symbol), orNone(kind), [orNone(subject), grouped(sha256), ...others.map((one, at) => `Tệp kèm theo ${String(at + 1)}:\n${grouped(one)}`)].join('\n')]);
  await drawTable(sheet, columns, rows, { ...look, size: 10 }, margins.top + 26);
}

/** In the middle of the upper margin, from the second page on (NĐ 30/2020 annex I II.7). */
function pageNumbers(sheet: Sheet): void {
  const last = sheet.pageCount();
  for (let index = 1; index < last; index += 1) {
    sheet.turnTo(index);
    sheet.centred(String(index + 1), sheet.width / 2, 12 * mm, 'regular', 13);
  }
}
