import type { CopyRule } from '#contract';
import { dayPlus } from '../../../foundation/clock.ts';

/** Days in which a copy may be downloaded or sent, from the approval (TT 05/2025/TT-BNV art. 40.5), and after which it is deleted (art. 40.6). */
export const downloadDays = 15;
export const removeDays = 5;

/** What a copy keeps to, in the words of the circular (P), and how what it leaves open is read here (K). */
export const copyRules: readonly CopyRule[] = [
  { key: 'source', source: 'TT 05/2025/TT-BNV Điều 40 khoản 1', confidence: 'P', words: 'Được nhân bản từ tài liệu lưu trữ gốc, bảo đảm định dạng phù hợp với định dạng của tài liệu lưu trữ gốc.' },
  { key: 'unverifiable', source: 'TT 05/2025/TT-BNV Điều 40 khoản 2', confidence: 'P', words: 'Không kiểm tra được các yếu tố xác thực số đối với tài liệu lưu trữ gốc.' },
  { key: 'agency', source: 'TT 05/2025/TT-BNV Điều 40 khoản 3', confidence: 'P', words: 'Tên cơ quan, tổ chức hoặc lưu trữ lịch sử được hiển thị tại lề dưới, chính giữa các trang tài liệu.' },
  { key: 'words', source: 'TT 05/2025/TT-BNV Điều 40 khoản 4', confidence: 'P', words: 'Hiển thị chữ “BẢN SAO” tại góc trên, bên phải, trang đầu tài liệu, bằng phông chữ Times New Roman, chữ in thường, kiểu chữ đứng, cỡ chữ 10, màu đen.' },
  { key: 'download', source: 'TT 05/2025/TT-BNV Điều 40 khoản 5', confidence: 'P', words: `Tải hoặc gửi trong thời hạn ${String(downloadDays)} ngày kể từ ngày được xét duyệt.` },
  { key: 'remove', source: 'TT 05/2025/TT-BNV Điều 40 khoản 6', confidence: 'P', words: `Xóa sau ${String(removeDays).padStart(2, '0')} ngày kể từ ngày hết hạn tải tài liệu.` },
  { key: 'signature', source: 'TT 05/2025/TT-BNV Điều 41', confidence: 'P', words: 'Bản sao có xác thực có chữ ký số của cơ quan, tổ chức hoặc lưu trữ lịch sử, thể hiện bằng chữ “BẢN SAO”.' },
  { key: 'capitals', source: 'TT 05/2025/TT-BNV Điều 40 khoản 4', confidence: 'K', words: 'Thông tư viết “chữ in thường” nhưng in chữ “BẢN SAO” hoa: trình bày như Thông tư in.' },
  { key: 'foot-face', source: 'TT 05/2025/TT-BNV Điều 40 khoản 3', confidence: 'K', words: 'Thông tư không nói phông chữ của tên cơ quan: dùng như chữ “BẢN SAO”.' },
  { key: 'certified-term', source: 'TT 05/2025/TT-BNV Điều 41', confidence: 'K', words: 'Điều 41 không nhắc thời hạn: bản sao có xác thực được nhắc theo cùng thời hạn của Điều 40.' },
  { key: 'by-hand', source: 'TT 05/2025/TT-BNV Điều 40 khoản 6', confidence: 'K', words: 'Trạm không tự xóa: đến ngày thì nhắc, và người phụ trách xóa.' },
];

/** The last day of giving out, and the day of deleting, of a copy that was approved on a day (yyyy-MM-dd). */
export function termsOf(approvedOn: string): { readonly downloadUntil: string; readonly removeOn: string } {
  const downloadUntil = dayPlus(approvedOn, downloadDays);
  return { downloadUntil, removeOn: dayPlus(downloadUntil, removeDays) };
}
