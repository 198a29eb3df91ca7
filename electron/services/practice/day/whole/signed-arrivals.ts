import type { DocumentVerdicts, IncomingDetail } from '#contract';
import { vietnamDay } from '../../../../foundation/clock.ts';
import { wireInstant } from '../../../exchange/index.ts';
import { composeDecreeForm, type DecreeForm } from '../../documents/decree-form.ts';
import { practiceAgency } from '../../practice-office.ts';
import { answerOf, inWords, listIncoming, must, partners, safeName, type Day } from '../day.ts';
import { departmentSends } from '../dispatch.ts';
import { keepPrinted } from './prints.ts';
import { judged } from './verdicts.ts';
import type { PartnerFileState, WholeDay } from './whole-day.ts';

const { department } = partners;

const letters: readonly { readonly state: PartnerFileState; readonly number: number; readonly subject: string; readonly what: string }[] = [
  { state: 'good', number: 601, subject: 'đề nghị phối hợp kiểm kê tài sản công', what: 'ký số hợp lệ' },
  { state: 'changed', number: 602, subject: 'điều chỉnh dự toán chi thường xuyên', what: 'bị sửa sau khi ký' },
  { state: 'forged', number: 603, subject: 'cung cấp thông tin tài khoản ngân sách', what: 'ký bằng chứng thư số giả mạo' },
  { state: 'expired', number: 604, subject: 'báo cáo tình hình quản lý hóa đơn', what: 'ký bằng chứng thư số hết hạn' },
  { state: 'unsigned', number: 605, subject: 'lịch tập huấn phần mềm kế toán', what: 'không ký số' },
];

/** The document that came well signed: the office answers it later. */
export type SignedArrival = { readonly id: string; readonly documentId: string; readonly code: string };

/**
 * The department sends five letters that differ in their signatures alone. The station judges each; the clerk registers, asks, or
 * sends back with the reason that the verdict gives.
 */
export async function judgeArrivals(day: Day, whole: WholeDay): Promise<SignedArrival> {
  day.chapter('Văn bản đến ký đúng, bị sửa, giả mạo, hết hạn và không ký');
  const arrived = await sendLetters(day, whole);
  const known = new Map<PartnerFileState, { readonly detail: IncomingDetail; readonly verdicts: DocumentVerdicts }>();
  for (const { state, number, what } of letters) {
    const id = arrived.get(String(number)) ?? '';
    const detail = must(await day.client.records.incomingGet({ id }));
    const verdicts = await judged(day, id);
    known.set(state, { detail, verdicts });
    const said = verdictText(verdicts);
    day.check(`${String(number)}, ${what}`, said === expected(state, whole), inVietnamese(said));
  }
  const of = (state: PartnerFileState): { readonly detail: IncomingDetail; readonly verdicts: DocumentVerdicts } => {
    const one = known.get(state);
    if (one === undefined) throw new Error(`no letter is ${state}`);
    return one;
  };

  const good = of('good').detail;
  const registered = await day.client.records.registerIncoming({ id: good.id });
  day.check('Ký hợp lệ: vào sổ ngay', registered.ok, inWords(answerOf(registered)));
  const changed = of('changed');
  const asked = await day.client.records.registerIncoming({ id: changed.detail.id });
  day.check('Bị sửa sau khi ký: không vào sổ lặng lẽ', answerOf(asked) === 'verdict-asks', inWords(answerOf(asked)));
  for (const state of ['changed', 'forged'] as const) await sendBack(day, of(state));
  const old = of('expired').detail;
  const silent = await day.client.records.registerIncoming({ id: old.id });
  const despite = await day.client.records.registerIncoming({ id: old.id, despite: 'Đã gọi điện xác minh với nơi gửi.' });
  day.check('Hết hạn: chỉ vào sổ khi văn thư ghi lý do', !silent.ok && despite.ok, inWords(answerOf(silent)));
  const bare = await day.client.records.registerIncoming({ id: of('unsigned').detail.id });
  day.check('Không ký số: vào sổ được trong chế độ luyện tập, có ghi rõ', bare.ok, inWords(answerOf(bare)));
  await day.exchange();
  for (const state of ['changed', 'forged'] as const) {
    const { detail } = of(state);
    const told = (await day.axis.statuses(detail.documentId)).filter(({ message }) => message.statusCode === '02');
    const reason = told[0]?.message.description ?? '';
    day.check(`Trục nhận trạng thái 02 về văn bản ${detail.codeNumber}, kèm lý do`, told.length === 1 && reason !== '', reason.slice(0, 90));
  }
  return { id: good.id, documentId: good.documentId, code: `${good.codeNumber}/${good.codeNotation}` };
}

/** Answers the ids of what arrived, by number. */
async function sendLetters(day: Day, { outside }: WholeDay): Promise<ReadonlyMap<string, string>> {
  const sentOn = wireInstant(day.clock.now()).slice(0, 10);
  for (const { state, number, subject } of letters) {
    const { bytes } = await composeDecreeForm(letterOf(number, subject, vietnamDay(day.clock.now())), day.fonts);
    await departmentSends(day, { number, day: sentOn, subject: `V/v ${subject}`, business: {}, file: await outside.partnerFile(bytes, state) });
  }
  await day.exchange();
  const came = (await listIncoming(day, 'arrived')).filter(({ issuerName }) => issuerName === department.name);
  for (const { state, number } of letters) {
    const one = came.find(({ codeNumber }) => codeNumber === String(number));
    const [file] = one === undefined ? [] : must(await day.client.records.incomingGet({ id: one.id })).files;
    if (file !== undefined) day.keep(`van-ban-den-ky-so/${String(number)}-${state}.pdf`, await day.readFile(file.id));
  }
  return new Map(came.map(({ codeNumber, id }) => [codeNumber, id]));
}

function verdictText({ files }: DocumentVerdicts): string {
  const verdict = files[0]?.result?.verdict;
  if (verdict === undefined) return 'không có kết quả';
  return verdict.state === 'signed' ? `${verdict.indication} ${verdict.subIndication ?? ''}`.trim() : verdict.state;
}

/** Nobody answers for the status of certificates without OpenSSL, and practice asks no real authority. */
function expected(state: PartnerFileState, { tsa }: WholeDay): string {
  switch (state) {
    case 'good':
      return tsa === '' ? 'indeterminate TRY_LATER' : 'passed';
    case 'changed':
      return 'failed HASH_FAILURE';
    case 'forged':
      return 'indeterminate NO_CERTIFICATE_CHAIN_FOUND';
    case 'expired':
      return 'indeterminate OUT_OF_BOUNDS_NO_POE';
    case 'unsigned':
      return 'none';
  }
}

const sentences: Readonly<Record<string, string>> = {
  passed: 'hợp lệ',
  'indeterminate TRY_LATER': 'nguyên vẹn; chưa hỏi được trạng thái chứng thư số (không có OpenSSL)',
  'failed HASH_FAILURE': 'không hợp lệ: nội dung khác với lúc ký',
  'indeterminate NO_CERTIFICATE_CHAIN_FOUND': 'không xác định: chứng thư số không dẫn tới gốc tin cậy nào',
  'indeterminate OUT_OF_BOUNDS_NO_POE': 'không xác định: chứng thư số hết hạn, không có dấu thời gian lúc còn hạn',
  none: 'không có chữ ký số',
};

function inVietnamese(said: string): string {
  return sentences[said] ?? said;
}

async function sendBack(day: Day, { detail, verdicts }: { readonly detail: IncomingDetail; readonly verdicts: DocumentVerdicts }): Promise<void> {
  const [file] = verdicts.files;
  const sheet = must(await day.client.verification.makeSheet({ document: detail.id, file: file?.file.id ?? '' }));
  await keepPrinted(day, `phieu-kiem-tra-chu-ky/${safeName(detail.codeNumber)}.pdf`, sheet.sheet);
  await keepPrinted(day, `phieu-kiem-tra-chu-ky/${safeName(detail.codeNumber)}.json`, sheet.report);
  const reason = verdicts.returnReason;
  const returned = must(await day.client.records.refuseIncoming({ id: detail.id, reason: reason === '' ? 'Chữ ký số không xác minh được.' : reason }));
  day.check(`Trả lại ${detail.codeNumber} kèm lý do của kết quả kiểm tra`, returned.state === 'refused' && reason !== '', reason.slice(0, 90));
}

function letterOf(number: number, subject: string, date: string): DecreeForm {
  return {
    superior: 'Ủy ban nhân dân tỉnh Lam Giang',
    agency: 'Sở Tài chính',
    number: String(number),
    notation: 'STC-VP',
    place: 'Lam Giang',
    date,
    kind: '',
    subject,
    addressees: [practiceAgency.name],
    urgency: 0,
    body: [
      { text: `Sở Tài chính đề nghị ${practiceAgency.name} về việc ${subject} như sau:` },
      { text: '1. Rà soát số liệu của đơn vị, đối chiếu với Kho bạc Nhà nước nơi giao dịch.' },
      { text: '2. Gửi kết quả về Sở Tài chính qua Trục liên thông văn bản quốc gia trong thời hạn năm ngày làm việc./.' },
    ],
    recipients: ['Như trên', 'Lưu: VT, VP'],
    signer: { authority: ['KT. Giám đốc'], position: 'Phó Giám đốc', fullName: 'Phạm Thu Hành' },
  };
}
