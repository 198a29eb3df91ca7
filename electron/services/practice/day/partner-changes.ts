import type { IncomingDetail } from '#contract';
import { wireInstant } from '../../exchange/index.ts';
import { referenceTo, statusPost } from '../partners/partner-messages.ts';
import { practiceAgency } from '../practice-office.ts';
import { register } from './arrivals.ts';
import { answerOf, inWords, listIncoming, must, partners, type Day } from './day.ts';
import { departmentSends } from './dispatch.ts';
import { sayDuties } from './owed.ts';

const { department } = partners;
const kept = 'Văn bản đã được sao gửi cho các tổ chức liên quan, đề nghị gửi văn bản thay thế.';

/**
 * The department takes two of its documents back, in either form, and replaces a third. The office agrees to one (its
 * files are destroyed, QĐ 28/2018 art. 9.2) and refuses the other.
 */
export async function answerTheirChanges(day: Day): Promise<void> {
  day.chapter('Cơ quan khác thu hồi, thay thế văn bản đã gửi cho ta');
  const today = wireInstant(day.clock.now()).slice(0, 10);
  const send = (number: number, subject: string): Promise<void> => departmentSends(day, { number, day: today, subject, business: {} });
  await send(501, 'V/v đối chiếu số liệu ngân sách quý III');
  await send(502, 'V/v cử cán bộ tham gia đoàn kiểm tra');
  await send(503, 'V/v lịch xét duyệt dự toán');
  await day.exchange();
  const came = (await listIncoming(day, 'arrived')).filter(({ issuerName }) => issuerName === department.name);
  await register(day, came);
  const theirs = async (number: number): Promise<IncomingDetail> => {
    const id = came.find(({ codeNumber }) => codeNumber === String(number))?.id ?? '';
    return must(await day.client.records.incomingGet({ id }));
  };

  await departmentSends(day, { number: 501, day: today, subject: 'V/v đối chiếu số liệu ngân sách quý III', business: { bussinessDocType: '1', bussinessDocReason: 'Số liệu chưa được duyệt' } });
  const about = { ...referenceTo({ from: department, number: 502, day: today }), organId: practiceAgency.code };
  await day.control.deliver(statusPost(department, about, '13', 'Gửi nhầm nơi nhận', day.clock.now()).bytes);
  await day.exchange();
  const owed = (await sayDuties(day)).filter(({ kind, doneAt }) => kind === 'recall-answer' && doneAt === null);
  day.check('Hai yêu cầu thu hồi thành hai việc phải trả lời', owed.length === 2, String(owed.length));

  const first = await theirs(501);
  const second = await theirs(502);
  const [one] = first.changeRequests;
  const [other] = second.changeRequests;
  day.check('Một yêu cầu bằng thông điệp, một bằng trạng thái 13, kèm lý do', one?.form === 'message' && one.reason === 'Số liệu chưa được duyệt' && other?.form === 'status' && other.reason === 'Gửi nhầm nơi nhận', `${one?.reason ?? '—'}; ${other?.reason ?? '—'}`);
  must(await day.client.records.decideChange({ request: one?.id ?? '', agree: true, reason: '' }));
  must(await day.client.records.decideChange({ request: other?.id ?? '', agree: false, reason: kept }));
  await day.exchange();

  const gone = await theirs(501);
  const file = first.files[0]?.id ?? '';
  day.check('Đồng ý: tệp đã hủy, thông tin và số đến còn lại', gone.state === 'recalled' && gone.filesDestroyed && !(await day.hasFile(file)) && gone.arrivalNumber !== null, `số đến ${String(gone.arrivalNumber ?? '—')}, ${gone.closedReason}`);
  await checkTold(day, first, '15', 'Trục nhận trạng thái 15 về văn bản đã hủy');
  const standing = await theirs(502);
  day.check('Từ chối: văn bản và tệp còn nguyên', standing.state === 'registered' && (await day.hasFile(second.files[0]?.id ?? '')), inWords(standing.state));
  await checkTold(day, second, '16', 'Trục nhận trạng thái 16 kèm lý do', kept);

  await departmentSends(day, {
    number: 504,
    day: today,
    subject: 'V/v lịch xét duyệt dự toán (thay thế)',
    business: { bussinessDocType: '3', bussinessDocReason: 'Sai ngày', replacements: [{ documentId: (await theirs(503)).documentId, organIds: [practiceAgency.code] }] },
  });
  await day.exchange();
  const old = await theirs(503);
  const next = (await listIncoming(day, 'arrived')).filter(({ codeNumber }) => codeNumber === '504');
  day.check('Văn bản đã vào sổ được thay thế, dẫn tới văn bản mới', old.state === 'replaced' && old.replacedBy === next[0]?.id && old.closedReason === 'Sai ngày', `503 → ${next[0]?.codeNumber ?? '—'}`);
  await register(day, next);
}

/** The office returns a document that went astray (QĐ 28/2018 art. 9.1), and takes over a correction of another. */
export async function returnAndUpdate(day: Day): Promise<void> {
  day.chapter('Trả lại văn bản gửi nhầm, nhận cập nhật của nơi gửi');
  const today = wireInstant(day.clock.now()).slice(0, 10);
  const before = 'V/v cung cấp số liệu tài sản công';
  const after = 'V/v cung cấp số liệu tài sản công năm trước';
  await departmentSends(day, { number: 505, day: today, subject: 'V/v tuyển dụng viên chức của Sở', business: {} });
  await departmentSends(day, { number: 506, day: today, subject: before, business: {} });
  await day.exchange();
  const came = (await listIncoming(day, 'arrived')).filter(({ issuerName }) => issuerName === department.name);
  const astray = came.find(({ codeNumber }) => codeNumber === '505')?.id ?? '';
  const reason = 'Văn bản gửi nhầm nơi nhận, không thuộc thẩm quyền của phường.';
  const returned = must(await day.client.records.refuseIncoming({ id: astray, reason }));
  const late = await day.client.records.registerIncoming({ id: astray });
  day.check('Văn bản trả lại không có số đến và không vào sổ được nữa', returned.state === 'refused' && returned.arrivalNumber === null && answerOf(late) === 'document-closed', inWords(answerOf(late)));
  const rest = came.filter(({ id }) => id !== astray);
  await register(day, rest);
  await departmentSends(day, {
    number: 506,
    day: today,
    subject: after,
    business: {
      bussinessDocType: '2',
      bussinessDocReason: 'Làm rõ năm số liệu',
      documentId: referenceTo({ from: department, number: 506, day: today }).documentId,
      documentInfo: { documentInfo: '1', documentReceiver: '0', receivers: [] },
    },
  });
  await day.exchange();
  await checkTold(day, returned, '02', 'Trục nhận trạng thái 02 kèm lý do trả lại', reason);

  const asked = must(await day.client.records.incomingGet({ id: rest[0]?.id ?? '' }));
  const [request] = asked.changeRequests;
  const change = request?.changes.find(({ field }) => field === 'subject');
  day.check('Yêu cầu cập nhật cho thấy trước và sau, chưa đổi gì', asked.subject === before && request?.kind === 'update' && change?.before === before && change.after === after, change === undefined ? 'không thấy' : `${change.before} → ${change.after}`);
  const updated = must(await day.client.records.decideChange({ request: request?.id ?? '', agree: true, reason: '' }));
  await day.exchange();
  day.check('Đồng ý: trích yếu mới, số đến như cũ', updated.subject === after && updated.arrivalNumber === asked.arrivalNumber, `số đến ${String(updated.arrivalNumber ?? '—')}, ${updated.subject}`);
  await checkTold(day, updated, '15', 'Trục nhận trạng thái 15 về văn bản đã cập nhật');
}

async function checkTold(day: Day, document: IncomingDetail, code: '02' | '15' | '16', what: string, reason?: string): Promise<void> {
  const said = (await day.axis.statuses(document.documentId)).filter(({ message }) => message.statusCode === code);
  const [only] = said;
  const right = said.length === 1 && only?.to.join() === department.code && (reason === undefined || only.message.description === reason);
  day.check(what, right, only?.message.description ?? 'không thấy');
}
