import type { DisposalItem } from '#contract';
import { createSheet, drawFeet, drawLetterhead, drawSigners, drawTable, formWriter, mm, paper, printedWords, shownDay, writtenDay, type DocumentFonts, type PrintFacts } from '../../../records/index.ts';
import type { DisposalPaper, PrintedItem } from './facts.store.ts';

/** Columns of TT 05/2025/TT-BNV art. 48.4.b, with widths in letters. */
export const listHeads = ['Số TT', 'Mã lưu trữ hồ sơ', 'Tiêu đề hồ sơ', 'Thời hạn lưu trữ', 'Tổng số tài liệu', 'Tổng số trang', 'Lý do hủy', 'Ghi chú'] as const;
export const listWidths = [7, 24, 60, 14, 10, 10, 30, 26] as const;
export const listTitle = 'Danh mục tài liệu lưu trữ số hết giá trị';
/** What the form stands on; the appendices of TT 06/2025/TT-BNV were not at hand, and the paper says what it follows. */
export const listBasis = 'Lập theo khoản 4 Điều 48 Thông tư 05/2025/TT-BNV';

/** `20 năm`, as it is written on papers. */
export function periodWords(period: DisposalItem['period']): string {
  return period.kind === 'permanent' ? 'Vĩnh viễn' : `${String(period.years)} năm`;
}

/** Why a dossier is on the list. */
function reasonWords({ reason, expiredOn }: Pick<DisposalItem, 'reason' | 'expiredOn'>): string {
  if (reason === 'duplicate') return 'Trùng lặp trong Hệ thống';
  return expiredOn === null ? 'Hết thời hạn lưu trữ' : `Hết thời hạn lưu trữ từ ${shownDay(expiredOn)}`;
}

/** The rows of the list, of those dossiers that are on it. */
export function listRows(items: readonly PrintedItem[]): string[][] {
  return items.map((item, at) => [
    String(at + 1),
    item.fileCode,
    item.title,
    periodWords(item.period),
    String(item.documents),
    String(item.pages),
    reasonWords(item),
    [item.note, item.opinion === 'keep' ? `Hội đồng: giữ lại${item.opinionNote === '' ? '' : ` (${item.opinionNote})`}` : ''].filter((part) => part !== '').join('; '),
  ]);
}

const page = { width: paper.height, height: paper.width };
const margins = { left: 20 * mm, right: 18 * mm, top: 22 * mm, bottom: 20 * mm };
const signersHeight = 44 * mm;

/** Danh mục tài liệu lưu trữ số hết giá trị, on lying pages. */
export async function disposalList({ disposal, items }: DisposalPaper, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const sheet = await createSheet(fonts, { title: listTitle, author: facts.officeName, at: new Date(facts.at) }, page);
  sheet.addPage();
  const below = drawLetterhead(sheet, facts, margins) + 10;
  sheet.centred(`${facts.place === '' ? '' : `${facts.place}, `}${writtenDay(facts.day)}`, sheet.width * 0.7, below, 'italic', 13);
  const write = formWriter(sheet, margins);
  write.down(below + 30 - margins.top);
  write.centredBlock([listTitle.toLocaleUpperCase('vi')], sheet.width / 2, sheet.width, 'bold', 14);
  write.centredBlock([disposal.title], sheet.width / 2, sheet.width - 100, 'bold', 13);
  write.centredBlock([`(${listBasis})`], sheet.width / 2, sheet.width - 100, 'italic', 11);
  write.down(6);
  const columns = listHeads.map((head, at) => ({ head, share: listWidths[at] ?? 10, align: [0, 3, 4, 5].includes(at) ? ('centre' as const) : ('left' as const) }));
  const ended = await drawTable(sheet, columns, listRows(items), { ...margins, size: 11, numbered: true }, write.y());
  const end = formWriter(sheet, margins);
  end.down(ended + 18 - margins.top);
  const documents = items.reduce((sum, item) => sum + item.documents, 0);
  end.keep(signersHeight);
  end.paragraph([{ text: `Danh mục này gồm ${String(items.length)} hồ sơ, ${String(documents)} tài liệu.`, face: 'regular' }], 13);
  end.down(16);
  drawSigners(sheet, ['NGƯỜI LẬP DANH MỤC', 'NGƯỜI PHÊ DUYỆT'], margins, end.y());
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}
