import { createHash } from 'node:crypto';
import type { FileRef, SignatureVerdict, Verdict, VerdictPart, VerificationReason } from '#contract';
import { createSheet, drawFeet, drawLetterhead, mm, paper, printedWords, shownDay, shownTime, writtenDay, type DocumentFonts, type PrintFacts, type Sheet } from '../records/index.ts';
import { commonName, reasonSentence, shownLocal } from '../verification/index.ts';
import type { DeskDocument } from './documents.store.ts';
import type { Words } from './ports.ts';

export type SheetContent = {
  readonly document: DeskDocument;
  readonly file: FileRef;
  readonly at: string;
  readonly online: boolean;
  readonly verdict: Verdict;
  readonly facts: PrintFacts;
  /** the JSON report that belongs to it */
  readonly report: Uint8Array;
};

const margins = { left: 25 * mm, right: 15 * mm, top: paper.top, bottom: paper.bottom };
const labelWidth = 48 * mm;
const parts = ['cryptography', 'coverage', 'trust'] as const;

/**
 * Phiếu kết quả kiểm tra chữ ký số: for each signature what TT 15/2025/TT-BKHCN art. 6 and annex II have a verifying program show
 * (issuer, signer, managing unit, signing time, wholeness, validity then, period of the certificate, and a warning for
 * what could not be checked), and what it stands on.
 */
export async function verdictSheet({ document, file, at, online, verdict, facts, report }: SheetContent, words: Words, fonts: DocumentFonts): Promise<Uint8Array> {
  const title = 'PHIẾU KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ';
  const sheet = await createSheet(fonts, { title: `Kết quả kiểm tra chữ ký số ${document.code === '' ? file.name : document.code}`, author: facts.officeName, at: new Date(facts.at) });
  const write = writer(sheet);
  write.from(drawLetterhead(sheet, facts, margins));
  write.centred(title, 14);
  write.centred(aboutWords(document), 12);

  write.section('1. Tệp được kiểm tra');
  write.row('Trích yếu', document.subject);
  write.row('Tên tệp', `${file.name} (${String(file.size)} byte${verdict.file.revisions === 0 ? '' : `, ${String(verdict.file.revisions)} phiên bản`})`);
  write.row('SHA-256', file.sha256);
  write.row('Kiểm tra lúc', `${shownTime(at)} (+07:00), ${online ? 'hỏi được nơi cấp chứng thư' : 'chưa hỏi được nơi cấp chứng thư: theo dữ liệu đã có tại trạm'}`);
  if (verdict.anchors !== '') write.row('Danh sách gốc tin cậy', anchorsWords(verdict.anchors));

  write.section('2. Kết luận');
  write.strong(conclusion(verdict, words));
  for (const line of reasonLines(verdict.reasons, words)) write.bullet(line);
  if (verdict.state === 'signed') write.row('Số chữ ký', String(verdict.signatures.filter(({ kind }) => kind === 'signature').length));

  verdict.signatures.forEach((signature, index) => {
    write.section(`${String(index + 3)}. ${signature.kind === 'signature' ? 'Chữ ký' : words('verification.kind.document-timestamp', {})} ${String(index + 1)}: ${signature.signer?.name ?? words('verification.report.unnamed', {})}`);
    signatureRows(write, signature, words);
  });

  // The name under it never stands alone on a page.
  write.together(200);
  write.section('Báo cáo đầy đủ');
  write.row('Tệp JSON, SHA-256', createHash('sha256').update(report).digest('hex'));
  write.note('Phiếu này ghi kết quả mà phần mềm tính được tại thời điểm kiểm tra, theo danh mục nội dung của TT 15/2025/TT-BKHCN Điều 6 (áp dụng tương tự cho chữ ký số chuyên dùng công vụ). Hình chữ ký, con dấu trên trang không phải là chữ ký số.');
  write.signed(facts);
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}

/** What was looked at; a file of a dossier's own need not have a number, a day or an issuer. */
function aboutWords({ direction, code, issuedDate, issuer }: DeskDocument): string {
  const what = direction === 'dossier' ? 'Tài liệu trong hồ sơ' : 'Văn bản';
  return [what, code, issuedDate === null ? '' : `ngày ${shownDay(issuedDate)}`, issuer === '' ? '' : `của ${issuer}`].filter((part) => part !== '').join(' ');
}

function signatureRows(write: Writer, signature: SignatureVerdict, words: Words): void {
  const { signer, time, chain, evidence, timestamps } = signature;
  write.strong(`${indication(signature, words)}${because(signature, words)}`);
  if (signer !== null) {
    const { certificate, organization, unit, capacity, agency } = signer;
    write.row('Người ký', `${signer.name}; tư cách: ${words(`verification.capacity.${capacity}`, {})}`);
    write.row('Cơ quan, tổ chức quản lý', [organization, unit].filter((part) => part !== '').join('; '));
    if (signature.kind === 'signature') write.row('Đối chiếu với nơi gửi', words(`verification.agency.${agency.match}`, {}));
    write.row('Đơn vị cấp chứng thư', commonName(chain[1]?.subject ?? certificate.issuer));
    write.row('Số chứng thư', certificate.serial);
    write.row('Thời hạn chứng thư', `từ ${shownLocal(certificate.validFrom)} đến ${shownLocal(certificate.validTo)}`);
  }
  write.row('Thời điểm ký', time.at === null ? 'không rõ' : `${shownLocal(time.at)} (${words(`verification.source.${time.source}`, {})})`);
  for (const stamp of timestamps) write.row('Dấu thời gian', `${shownLocal(stamp.at)}, ${stamp.authority}, ${stamp.isValid ? 'hợp lệ' : 'không hợp lệ hoặc chưa kiểm tra được'}`);
  write.row('Thuật toán', algorithmWords(signature.algorithm));
  const labels = { cryptography: 'Toàn vẹn, khớp chứng thư', coverage: 'Phạm vi ký, thay đổi sau', trust: 'Hiệu lực khi ký' } as const;
  for (const part of parts) {
    write.row(labels[part], `${indication(signature[part], words)}${because(signature[part], words)}`);
    for (const line of reasonLines([...signature[part].reasons, ...signature[part].remarks], words)) write.bullet(line);
    if (part === 'coverage') for (const line of changeLines(signature, words)) write.bullet(line);
  }
  for (const one of evidence) {
    write.row(one.kind === 'ocsp' ? 'Trả lời OCSP' : 'Danh sách thu hồi', `${commonName(one.about)}; lập lúc ${shownLocal(one.issuedAt)}${one.from === 'file' ? ', kèm trong tệp' : ''}`);
  }
  if (evidence.length === 0 && signature.kind === 'signature') write.bullet('Cảnh báo: không có dữ liệu thu hồi (CRL, OCSP) nào của chứng thư được dùng cho kết quả này.');
}

/** What was done after it was signed and is not plainly permitted: each kind once, with how often and on which pages. */
function changeLines({ changes }: SignatureVerdict, words: Words): string[] {
  const kinds = Map.groupBy(changes.filter((change) => change.class !== 'permitted'), ({ class: one, code }) => words('verdict.change', { class: one, words: words(`verification.change.${code}`, {}) }));
  return [...kinds].map(([sentence, same]) => {
    const pages = [...new Set(same.flatMap(({ page }) => (page === undefined ? [] : [page + 1])))].toSorted((a, b) => a - b);
    const count = same.length > 1 ? ` (${String(same.length)} chỗ)` : '';
    return pages.length === 0 ? `${sentence}${count}` : `Trang ${pages.join(', ')}${count}. ${sentence}`;
  });
}

/** `RSA (PKCS #1 v1.5), SHA-256, khóa RSA-3072` for `rsa-v1.5 sha256 RSA-3072`; what is not known stays. */
function algorithmWords(algorithm: string): string {
  const names: Readonly<Record<string, string>> = { 'rsa-v1.5': 'RSA (PKCS #1 v1.5)', 'rsa-pss': 'RSA-PSS', ecdsa: 'ECDSA', eddsa: 'EdDSA' };
  const [kind = '', ...rest] = algorithm.split(' ');
  return [names[kind] ?? kind, ...rest.map((part) => (/^sha\d/.test(part) ? part.replace(/^sha/, 'SHA-') : `khóa ${part}`))].join(', ');
}

/** The edition of the table of roots, and how many were added here; `2026-11-20 + 2`. */
function anchorsWords(anchors: string): string {
  return anchors.replace(/^\d{4}-\d{2}-\d{2}/, (edition) => `ấn bản ngày ${shownDay(edition)}`).replace(/ \+ (\d+)$/, ' và $1 gốc thêm tại trạm');
}

function conclusion(verdict: Verdict, words: Words): string {
  if (verdict.state === 'none') return 'Tệp không có chữ ký số.';
  return `${indication(verdict, words)}${because(verdict, words)}`;
}

function indication({ indication: one }: Pick<VerdictPart, 'indication'>, words: Words): string {
  return words(`verdict.word.${one}`, {});
}

function because({ subIndication }: Pick<VerdictPart, 'subIndication'>, words: Words): string {
  return subIndication === null ? '' : words('verification.report.because', { cause: words(`verification.subIndication.${subIndication}`, {}) });
}

function reasonLines(reasons: readonly VerificationReason[], words: Words): string[] {
  return reasons.map((one) => reasonSentence(one, words));
}

type Writer = Readonly<Record<'section' | 'strong' | 'bullet' | 'note', (text: string) => void>> & {
  readonly from: (y: number) => void;
  /** turns the page when there is less room than this, in points */
  readonly together: (height: number) => void;
  readonly centred: (text: string, size: number) => void;
  readonly row: (label: string, value: string) => void;
  readonly signed: (facts: PrintFacts) => void;
};

/** Sets text down the page and turns it when it is full. */
function writer(sheet: Sheet): Writer {
  const { left } = margins;
  const right = sheet.width - margins.right;
  sheet.addPage();
  let y = margins.top;
  const room = (height: number): void => {
    if (y + height <= sheet.height - margins.bottom) return;
    sheet.addPage();
    y = margins.top;
  };
  const lines = (text: string, face: 'regular' | 'bold' | 'italic', size: number, x: number): void => {
    for (const line of sheet.wrap([{ text, face }], size, right - x)) {
      room(size * 1.35);
      y += size * 1.25;
      sheet.line(line, x, y, size);
    }
  };
  return {
    from(top) {
      y = top + 10;
    },
    together: room,
    centred(text, size) {
      for (const line of sheet.wrap([{ text, face: size > 12 ? 'bold' : 'regular' }], size, right - left)) {
        y += size * 1.4;
        sheet.line(line, (left + right - line.width) / 2, y, size);
      }
    },
    section(text) {
      room(60);
      y += 10;
      lines(text, 'bold', 12, left);
      y += 4;
      sheet.rule(left, right, y);
      y += 1;
    },
    strong(text) {
      room(34);
      y += 3;
      lines(text, 'bold', 12, left);
    },
    row(label, value) {
      room(15);
      y += 1.5;
      sheet.text(label, left, y + 13, 'italic', 10);
      lines(value === '' ? '—' : value, 'regular', 10.5, left + labelWidth);
    },
    bullet(text) {
      room(15);
      sheet.text('–', left + labelWidth, y + 13, 'regular', 10.5);
      lines(text, 'regular', 10.5, left + labelWidth + 10);
    },
    note(text) {
      y += 4;
      lines(text, 'italic', 10, left);
    },
    signed({ place, day, by }) {
      room(120);
      const centre = left + (right - left) * 0.75;
      y += 26;
      sheet.centred(`${place === '' ? '' : `${place}, `}${writtenDay(day)}`, centre, y, 'italic', 12);
      y += 18;
      sheet.centred('NGƯỜI KIỂM TRA', centre, y, 'bold', 12);
      y += 62;
      sheet.centred(by, centre, y, 'bold', 12);
    },
  };
}
