import { vietnamDay } from '../../../electron/foundation/clock.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import type { PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { wireDay } from '../../../electron/services/exchange/index.ts';
import { composeDecreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { practiceAgency } from '../../../electron/services/practice/index.ts';
import { statusPost } from '../../../electron/services/practice/partners/partner-messages.ts';
import { documentMessage, type MessageFacts } from '../../fakes/station/messages.ts';
import type { Party } from '../office.ts';
import { department, type Outside } from './office-of-roles.ts';

/** What the office's partners say, laid onto the axis as another centre would. */

type Axis = Pick<PracticeAxisProcess, 'control'>;

export const letters = [
  { state: 'good', number: 601, subject: 'đề nghị phối hợp kiểm kê tài sản công' },
  { state: 'changed', number: 602, subject: 'điều chỉnh dự toán chi thường xuyên' },
  { state: 'forged', number: 603, subject: 'cung cấp thông tin tài khoản ngân sách' },
  { state: 'expired', number: 604, subject: 'báo cáo tình hình quản lý hóa đơn' },
  { state: 'unsigned', number: 605, subject: 'lịch tập huấn phần mềm kế toán' },
] as const;
export type LetterState = (typeof letters)[number]['state'];

/** The one that the department takes back later. */
export const takenBack = { number: 501, subject: 'đối chiếu số liệu ngân sách quý III' } as const;

/** A letter of the department as the decree lays it out. */
export async function departmentsPage(number: number, subject: string): Promise<Uint8Array> {
  const { bytes } = await composeDecreeForm(
    {
      superior: 'Ủy ban nhân dân tỉnh Lam Giang', agency: 'Sở Tài chính', number: String(number), notation: 'STC-VP', place: 'Lam Giang', date: vietnamDay(new Date()), kind: '', subject,
      addressees: [practiceAgency.name], urgency: 0, recipients: ['Như trên', 'Lưu: VT, VP'], signer: { authority: ['KT. Giám đốc'], position: 'Phó Giám đốc', fullName: 'Phạm Thu Hành' },
      body: [
        { text: `Sở Tài chính đề nghị ${practiceAgency.name} về việc ${subject} như sau:` },
        { text: '1. Rà soát số liệu của đơn vị, đối chiếu với Kho bạc Nhà nước nơi giao dịch.' },
        { text: '2. Gửi kết quả về Sở Tài chính qua Trục liên thông văn bản quốc gia trong thời hạn năm ngày làm việc./.' },
      ],
    },
    documentFonts(),
  );
  return bytes;
}

/** Five letters that differ in their signatures alone, and one more. */
export async function sendLetters(axis: Axis, { signing }: Outside): Promise<void> {
  for (const { state, number, subject } of letters) await send(axis, number, subject, { files: [{ name: 'cong-van.pdf', bytes: await signing.partnerFile(await departmentsPage(number, subject), state) }] });
  await send(axis, takenBack.number, takenBack.subject, { files: [{ name: 'cong-van.pdf', bytes: await departmentsPage(takenBack.number, takenBack.subject) }] });
}

/** The department asks for one of its letters back, by a message (QĐ 28/2018 art. 9). */
export async function askBack(axis: Axis): Promise<void> {
  await send(axis, takenBack.number, takenBack.subject, { files: [], business: { bussinessDocType: '1', bussinessDocReason: 'Số liệu chưa được duyệt' } });
}

async function send(axis: Axis, number: number, subject: string, rest: MessageFacts): Promise<void> {
  const signer = { competence: 'KT. GIÁM ĐỐC', position: 'PHÓ GIÁM ĐỐC', fullName: 'Phạm Thu Hành' };
  const same = { from: department, number: String(number), notation: 'STC-VP', subject: `V/v ${subject}`, place: 'Lam Giang', day: vietnamDay(new Date()), dueDate: null, urgency: 0, toPlaces: ['Như trên', 'Lưu: VT, VP'] };
  await axis.control.deliver(documentMessage({ ...same, signer, ...rest }));
}

/** A partner says something about a document of ours. */
export async function say(axis: Axis, from: Party, about: { readonly code: string; readonly documentId: string; readonly issuedDate: string }, statusCode: string, words: string): Promise<void> {
  const { code, documentId, issuedDate } = about;
  await axis.control.deliver(statusPost(from, { organId: practiceAgency.code, code, documentId, promulgationDate: wireDay(issuedDate) }, statusCode, words, new Date()).bytes);
}
