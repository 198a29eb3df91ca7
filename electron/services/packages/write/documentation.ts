import type { WithoutFile } from '../model.ts';
import { localTime } from './ids.ts';
import { factOf } from './mets-parts.ts';
import { pdfAWords } from './premis.ts';
import { storedFiles, type Facts, type PlacedDocument } from './placed.ts';
import { csv } from './tables.ts';

/** Names in documentation/. The circular leaves the folder to whoever packs (PL III.I.2 row 11). */
export const fileListName = 'danh-muc-tep.csv';
export const signatureListName = 'chu-ky-so.csv';
export const withoutFileName = 'tai-lieu-khong-co-tep.csv';

/** Documents of the dossier that have no file in the package: what lies on paper is handed in beside it. */
export function withoutFileList(documents: readonly WithoutFile[]): string {
  return csv([['Mã tài liệu', 'Trích yếu', 'Lý do'], ...documents.map(({ docCode, subject, destroyed }) => [docCode, subject, destroyed ? 'Tệp đã bị hủy' : 'Chỉ có bản giấy hoặc vật mang tin khác'])]);
}

/** Every stored file: where it is, what it was called, its digest, its form. */
export function fileList(documents: readonly PlacedDocument[], facts: Facts): string {
  const rows = storedFiles(documents).map(({ path, title, mediaType }) => {
    const { sha256, size, pdfA } = factOf(facts, path);
    return [path, title, sha256, String(size), mediaType, pdfAWords(pdfA)];
  });
  return csv([['Đường dẫn', 'Tên gốc', 'SHA-256', 'Dung lượng (byte)', 'Định dạng', 'PDF/A'], ...rows]);
}

/** Every signature as it was judged when the package was made; '' when nothing was judged. */
export function signatureList(documents: readonly PlacedDocument[]): string {
  const rows = storedFiles(documents).flatMap(({ path, source }) => {
    const verdict = source.kind === 'stored' ? source.file.verdict : null;
    if (verdict === null) return [];
    const judged = localTime(verdict.judgedAt);
    if (verdict.signatures.length === 0) return [[path, '', '', '', '', judged, verdict.indication, '', '']];
    return verdict.signatures.map((one) => [path, one.signer, one.organisation, one.signedAt, one.level, judged, one.indication, one.subIndication, one.reasons.join(' ')]);
  });
  if (rows.length === 0) return '';
  return csv([['Đường dẫn', 'Người ký', 'Tổ chức', 'Thời gian ký', 'Mức', 'Thời điểm kiểm tra', 'Kết quả', 'Chi tiết', 'Lý do'], ...rows]);
}
