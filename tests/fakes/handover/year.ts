import { randomFrom, seedOf } from '../../../electron/services/practice/axis/random.ts';
import type { Profile } from './profile.ts';

const kinds = ['Công văn', 'Quyết định', 'Báo cáo', 'Kế hoạch', 'Tờ trình', 'Thông báo', 'Giấy mời', 'Nghị quyết'];
const matters = ['dự toán ngân sách', 'bổ nhiệm cán bộ', 'phòng cháy chữa cháy', 'cấp giấy chứng nhận quyền sử dụng đất', 'chuyển đổi số', 'an sinh xã hội', 'vệ sinh môi trường', 'tiếp công dân', 'giải quyết khiếu nại', 'xây dựng nông thôn mới'];
const issuers = ['Sở Nội vụ', 'Sở Tài chính', 'Văn phòng UBND Thành phố', 'Công an Thành phố', 'Sở Tư pháp'];
const terms = [null, null, 20, 10, 70, 15, 5, null, 50, 30];

/** A PDF of one page that says something; qpdf finds nothing wrong with it. */
function madePdf(words: string, padding = 0): Buffer {
  const plain = words.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '').replaceAll(/[()\\]/g, ' ');
  const content = `BT /F1 12 Tf 72 770 Td (${plain}) Tj ET\n${'% trang giay\n'.repeat(padding)}`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}endstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((body, index) => {
    const at = text.length;
    text += `${String(index + 1)} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const end = text.length;
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R >>\nstartxref\n${String(end)}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export type MadeYear = { readonly dossiers: readonly string[]; readonly documents: number; readonly bytes: number };

/**
 * A year's work: documents that came and that went, with annexes here and there, in dossiers of every term, closed. The same seed
 * gives the same documents.
 */
export async function makeYear(profile: Pick<Profile, 'must' | 'store'>, { documents, dossiers, year = 2025, seed = 1 }: { readonly documents: number; readonly dossiers: number; readonly year?: number; readonly seed?: number }): Promise<MadeYear> {
  const random = randomFrom(seedOf(seed, 'year', 0));
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const made: string[] = [];
  let bytes = 0;
  const stored = async (name: string, words: string): ReturnType<Profile['store']> => {
    const file = await profile.store(name, 'application/pdf', madePdf(words, Math.floor(random() * 600)));
    bytes += file.size;
    return file;
  };
  for (let n = 0, number = 0; n < dossiers; n += 1) {
    const share = Math.floor((documents * (n + 1)) / dossiers) - Math.floor((documents * n) / dossiers);
    const matter = pick(matters);
    const refs: { readonly kind: 'incoming' | 'outgoing'; readonly id: string }[] = [];
    for (let m = 0; m < share; m += 1) {
      number += 1;
      const day = new Date(Date.UTC(year, 0, 2 + Math.floor((363 * number) / (documents + 1)))).toISOString().slice(0, 10);
      const typeName = pick(kinds);
      const subject = `${typeName} về việc ${matter} đợt ${String(m + 1)} năm ${String(year)} & <phần ${String(number)}>`;
      const files = [await stored(`${typeName} số ${String(number)}.pdf`, `${subject} ${String(number)} trang 1`)];
      if (random() < 0.15) files.push(await stored(`Phụ lục ${String(number)}.pdf`, `phu luc ${String(number)}`));
      if (m % 2 === 1) {
        const { id } = await profile.must('records', 'recordOutgoing', {
          codeNumber: String(number), codeNotation: 'UBND-VP', issuedDate: day, place: 'Bến Nghé', typeName, subject, urgency: 0, dueDate: null, signerName: 'Lê Thị Chủ Tịch',
          signerPosition: 'Chủ tịch', signerCompetence: '', toPlaces: ['Lưu: VT'], pageAmount: 1, paper: false, files, repliesTo: null,
        });
        refs.push({ kind: 'outgoing', id });
        continue;
      }
      const waiting: string[] = [];
      for (const file of files) waiting.push((await profile.must('intake', 'takeFile', { file })).id);
      const { id } = await profile.must('intake', 'addIncoming', {
        fields: {
          codeNumber: String(number), codeNotation: 'STC-NS', issuedDate: day, arrivedOn: day, place: 'Thành phố', typeName, subject, issuerName: pick(issuers), issuerOrganId: '', urgency: 0,
          signerName: 'Nguyễn Văn Ký', signerPosition: 'Giám đốc', signerCompetence: '', pageAmount: 1, dueDate: null, holders: '', language: '', description: '',
        },
        source: 'file',
        files: waiting,
        register: true,
      });
      refs.push({ kind: 'incoming', id });
    }
    const years = terms[n % terms.length] ?? null;
    made.push(await closedDossier(profile, { number: n + 1, title: `Hồ sơ về ${matter} số ${String(n + 1)} năm ${String(year)}`, year, years, refs }));
  }
  return { dossiers: made, documents, bytes };
}

/** Opens a dossier with documents, and closes it with every remark seen. */
export async function closedDossier(
  profile: Pick<Profile, 'must'>,
  { number, title, year, years, refs }: { readonly number: number; readonly title: string; readonly year: number; readonly years: number | null; readonly refs: readonly { readonly kind: 'incoming' | 'outgoing'; readonly id: string }[] },
): Promise<string> {
  const opened = await profile.must('dossiers', 'open', {
    entry: null,
    fields: {
      catalog: year, notation: `${String(number).padStart(2, '0')}.VP`, title,
      retention: years === null ? { kind: 'permanent', years: null, basis: 'TT 10/2022/TT-BNV', scheduleRow: null } : { kind: 'years', years, basis: 'TT 10/2022/TT-BNV', scheduleRow: null },
      maker: { unit: null, unitName: 'Văn phòng', person: null, personName: 'Trần Thị Chuyên Viên' },
      useMode: number % 7 === 0 ? 'conditional' : 'public', language: '01', keyword: '', infoSign: '', condition: '01', paperCode: '', paperSheets: null, description: '',
      startDate: `${String(year)}-01-02`, endDate: null,
    },
    documents: [...refs],
  });
  const endDate = `${String(year)}-12-31`;
  const remarks = await profile.must('dossiers', 'check', { id: opened.id, endDate });
  await profile.must('dossiers', 'close', { id: opened.id, version: opened.version, endDate, seen: remarks.map(({ key }) => key) });
  return opened.id;
}
