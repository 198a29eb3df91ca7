import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { decreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { madeDocuments, type MadeDocument } from '../../bench/documents.ts';
import { documentMessage, ownAgency } from '../../fakes/station/messages.ts';
import type { Party } from '../office.ts';

/**
 * What lies on the desk on the day: made up, the same on every run but for its dates. The suite plays a short day of the same acts;
 * `npm run soak -- day` the long one, whose lists are longer than what the window fetches at once.
 */
const size = process.env['TVT_DAY'] === 'long' ? { axis: 110, pdf: 50, paper: 40, outgoing: 100, answers: 8 } : { axis: 22, pdf: 10, paper: 8, outgoing: 20, answers: 2 };
export const axisCount = size.axis;
export const pdfCount = size.pdf;
const paperCount = size.paper;
/** Of those from the axis, the last few say again what the first ones said. */
export const axisTwice = 4;
/** Ours: answers to some of the first from the axis, one correction, and the rest. */
const outgoingCount = size.outgoing;
const answerCount = size.answers;
export const daySize = `${String(axisCount + pdfCount + paperCount)} documents in and ${String(outgoingCount)} out`;

const dayMs = 86_400_000;
/** Today in Vietnam and days before it, `yyyy-MM-dd`. */
export const dayBefore = (days: number): string => new Date(Date.now() + 7 * 3_600_000 - days * dayMs).toISOString().slice(0, 10);
export const today = dayBefore(0);
export const shown = (day: string): string => day.split('-').toReversed().join('/');

/** Subjects as long as they are met in practice; they must stand whole in the registers. */
const longSubjects = [
  'Về việc tổ chức thực hiện Chỉ thị của Thủ tướng Chính phủ về tăng cường kỷ luật, kỷ cương hành chính trong giải quyết công việc, khắc phục tình trạng đùn đẩy, né tránh, sợ sai, sợ trách nhiệm của một bộ phận cán bộ, công chức, viên chức; chấn chỉnh công tác văn thư, lưu trữ, bảo đảm 100% văn bản (trừ văn bản mật theo quy định của pháp luật) được gửi, nhận dưới dạng điện tử và ký số theo thẩm quyền',
  'V/v phối hợp rà soát, cung cấp số liệu về hiện trạng sử dụng đất, nguồn gốc nhà ở và tài sản gắn liền với đất của 127 hộ gia đình, cá nhân bị ảnh hưởng bởi Dự án đầu tư xây dựng tuyến đường trục kết nối Khu công nghiệp Bình Hải - Cảng cạn Lam Giang (giai đoạn 2, đoạn từ Km12+450 đến Km31+900) phục vụ công tác bồi thường, hỗ trợ, tái định cư',
];

/** Incoming documents of the day in the order in which they are put on the desk. */
export function incomingPapers(): readonly MadeDocument[] {
  const wanted = axisCount + pdfCount + paperCount;
  const made = [...madeDocuments({ count: 4 * wanted, seed: 20_261_122, firstYear: 2026, years: 1, textShare: 0 })].filter((one) => one.register === 'incoming').slice(0, wanted);
  const papers = made.map((one, at) => ({
    ...one,
    // Numbers of one issuer and symbol do not come twice by chance: the few that do are meant.
    codeNumber: String(Number(one.codeNumber) + at),
    issuedDate: dayBefore(1 + (at % 9)),
    dueDate: one.dueDate === null ? null : dayBefore(-3 - (at % 20)),
    subject: at % 40 === 7 ? (longSubjects[(at / 40) & 1] ?? one.subject) : one.subject,
  }));
  const firstTwice = axisCount - axisTwice;
  return papers.map((one, at) => (at >= firstTwice && at < axisCount ? (papers[at - firstTwice] ?? one) : one));
}

/** Everybody who writes on the day: the axis knows them, and so does the directory. */
export function issuersOf(papers: readonly MadeDocument[]): readonly Party[] {
  return [...new Map(papers.map(({ issuer }) => [issuer.organId, { code: issuer.organId, name: issuer.name }])).values()];
}

/** A paper as an .edxml message with one PDF. */
export function messageOf(paper: MadeDocument, at: number, pdf: Uint8Array): Uint8Array {
  return documentMessage({
    documentId: `${paper.issuer.organId},${paper.issuedDate.replaceAll('-', '/')},${paper.codeNumber}/${paper.codeNotation},${String(at)}`,
    number: paper.codeNumber,
    notation: paper.codeNotation,
    subject: paper.subject,
    from: { code: paper.issuer.organId, name: paper.issuer.name },
    typeName: paper.typeName,
    day: paper.issuedDate,
    dueDate: paper.dueDate,
    urgency: paper.urgency,
    signer: { competence: '', position: paper.signer.position, fullName: paper.signer.name },
    toPlaces: paper.toPlaces,
    files: [{ name: `${paper.codeNumber}-${paper.codeNotation.replaceAll('/', '-')}.pdf`, bytes: pdf }],
  });
}

/** A page in decree form; `own`: ours, before it has a number. */
export async function pageOf(paper: Pick<MadeDocument, 'typeName' | 'subject' | 'issuer' | 'signer' | 'issuedDate' | 'codeNumber' | 'codeNotation' | 'urgency'>, own = false): Promise<Uint8Array> {
  const letter = paper.typeName === 'Công văn';
  return decreeForm(
    {
      superior: '',
      agency: paper.issuer.name,
      number: own ? '' : paper.codeNumber,
      notation: paper.codeNotation,
      place: own ? 'Luyện Tập' : 'Lam Giang',
      date: paper.issuedDate,
      kind: letter ? '' : paper.typeName,
      subject: letter ? paper.subject.replace(/^V\/v /, '') : paper.subject,
      addressees: letter ? [own ? 'Các cơ quan, đơn vị' : ownAgency.name] : [],
      urgency: Math.min(3, paper.urgency) as 0 | 1 | 2 | 3,
      body: [{ text: 'Thực hiện quy định của pháp luật về công tác văn thư, đề nghị quý cơ quan phối hợp thực hiện các nội dung nêu trên./.' }],
      recipients: ['Như trên', 'Lưu: VT'],
      signer: { authority: own ? ['TM. ỦY BAN NHÂN DÂN'] : [], position: paper.signer.position, fullName: paper.signer.name },
    },
    documentFonts(),
  );
}

/** Another file that shows the same page: setting pages takes longer than all else in this test. */
export function another(pdf: Uint8Array, words: string): Buffer {
  return Buffer.concat([pdf, Buffer.from(`\n% ${words}\n`)]);
}

/** Writes a file into the folder that the clerk's scanner and colleagues put theirs into. */
export function putFile(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Kinds of ours; the second and the last have a series each (see furnish). */
const kindsOfDay = ['Công văn', 'Quyết định', 'Thông báo', 'Kế hoạch', 'Báo cáo', 'Giấy mời'] as const;

/** A document of ours as somebody brings it to be written down. */
export type Ours = {
  readonly typeName: string;
  readonly subject: string;
  readonly unit: string;
  /** what is typed to find each agency, and what it then says */
  readonly to: readonly { readonly typed: string; readonly name: string }[];
  readonly paperTo: string;
  readonly file: string;
};

export type OwnPapers = {
  /** what answers which of those that came first: its place among them, its number */
  readonly answers: readonly { readonly place: number; readonly code: string; readonly ours: Ours }[];
  readonly others: readonly Ours[];
  readonly correction: Ours;
  /** the file that comes back signed, by the name of the draft's; null: signed on paper */
  readonly signed: (name: string) => string | null;
  readonly sealed: (name: string) => string | null;
};

/** Documents of ours with the files that are brought: drafts, and what comes back signed and sealed. */
export async function outgoingPapers(incoming: readonly MadeDocument[], folder: string): Promise<OwnPapers> {
  const own = [...madeDocuments({ count: 4 * outgoingCount, seed: 7, firstYear: 2026, years: 1, textShare: 0 })].filter((one) => one.register === 'outgoing');
  const page = await pageOf({ ...(own[0] as MadeDocument), typeName: 'Công văn', subject: 'phối hợp công tác', issuedDate: today, issuer: { organId: ownAgency.code, name: ownAgency.name } }, true);
  const known = issuersOf(incoming).filter(({ code }) => /^H\d+\./.test(code));
  const file = (words: string): string => putFile(folder, `${words}.pdf`, another(page, words));
  const answers = incoming
    .slice(0, axisCount / 2)
    .flatMap(({ issuer, codeNumber, codeNotation }, place) => (issuer.organId.startsWith('H') ? [{ place, code: `${codeNumber}/${codeNotation}` }] : []))
    .filter((_, nth) => nth % 3 === 0)
    .slice(0, answerCount)
    .map((one, nth) => ({ ...one, ours: { typeName: 'Công văn', subject: '', unit: 'Phòng Kinh tế', to: [], paperTo: '', file: file(`tra-loi-${String(nth)}`) } }));
  const others = own.slice(0, outgoingCount - answerCount - 1).map((one, nth): Ours => {
    const typeName = kindsOfDay[nth % 9] ?? 'Công văn';
    const to = Array.from({ length: nth % 10 === 9 ? 0 : 1 + (nth % 3 === 2 ? 1 : 0) }, (_, at) => known[(nth * 3 + at) % known.length]).flatMap((party) => (party === undefined ? [] : [{ typed: party.code, name: party.name }]));
    return {
      typeName,
      subject: nth % 30 === 11 ? (longSubjects[0] ?? '') : one.subject.slice(0, 60),
      unit: typeName === 'Công văn' ? 'Phòng Kinh tế' : '',
      to,
      paperTo: to.length === 0 || nth % 7 === 0 ? 'Hội Người cao tuổi phường' : '',
      file: file(`du-thao-${String(nth)}`),
    };
  });
  // The first third is signed by hand and sealed on paper; files of the others come back larger than they went.
  const back = (kind: string) => (name: string): string | null => {
    const nth = Number(/^du-thao-(\d+)/.exec(name)?.[1] ?? 100);
    return nth < outgoingCount / 3 ? null : putFile(folder, `${kind}-${name}`, another(page, `${name.replace(/^(ky-)?/, '').replace(/\.pdf$/, '')}\n% /ByteRange ${kind}`));
  };
  return { answers, others, correction: { typeName: 'Công văn', subject: '', unit: 'Phòng Kinh tế', to: [], paperTo: '', file: file('dinh-chinh') }, signed: back('ky'), sealed: back('dau') };
}
