import { must, partners, type Day } from './day.ts';
import { deliveryTo, partnersMove, queue } from './dispatch.ts';
import { issue, papers } from './papers.ts';
import { checkFrozen } from './take-back.ts';

const { commune } = partners;

/** We correct what a sent document says of itself, then put another in its place (NĐ 30/2020 art. 18.3). */
export async function amend(day: Day): Promise<void> {
  day.chapter('Cập nhật, rồi thay thế một văn bản');
  const plan = await issue(day, papers.plan, [commune]);
  await queue(day, plan, [commune]);
  await partnersMoveAfterSending(day);
  const subject = 'Số hóa tài liệu lưu trữ năm tới (đợt 1)';
  must(await day.client.exchange.updateDocument({ document: plan.id, changes: { subject }, files: null, reason: 'Làm rõ trích yếu' }));
  await partnersMoveAfterSending(day);
  const [, update] = await day.axis.documents(plan.documentId);
  const told = update?.message.business.bussinessDocType === '2' && update.message.business.documentId === plan.documentId && update.message.header.subject === subject;
  day.check('Trục nhận thông điệp cập nhật với trích yếu mới', told, update?.message.header.subject ?? 'không thấy');
  const answered = await deliveryTo(day, plan, commune);
  day.check(`${commune.name} đồng ý cập nhật (15)`, answered.statuses.some(({ code }) => code === '15') && answered.takeBack === null, answered.statuses.map(({ code }) => code).join(' '));

  const next = await issue(day, papers.newPlan, [commune]);
  must(await day.client.exchange.replaceDocument({ document: next.id, replaces: plan.id, reason: 'Thay đổi khối lượng' }));
  await partnersMoveAfterSending(day);
  const [replacement, ...more] = await day.axis.documents(next.documentId);
  const [named] = replacement?.message.business.replacements ?? [];
  day.check('Trục nhận văn bản thay thế, nêu đúng văn bản cũ', more.length === 0 && replacement?.message.business.bussinessDocType === '3' && named?.documentId === plan.documentId, named?.documentId ?? 'không nêu');
  const row = await deliveryTo(day, next, commune);
  day.check(`${commune.name} báo đã nhận văn bản thay thế`, row.statusCode === '01', row.statusNote);
  const old = must(await day.client.records.outgoingGet({ id: plan.id }));
  day.check('Văn bản cũ dẫn tới văn bản thay thế', old.replacedBy === next.id, old.replacedBy === next.id ? '106/KH-UBND' : 'không dẫn');
  await checkFrozen(day, old, 'replaced');
}

/** Sends what waits, lets the partners answer it, and fetches that. */
async function partnersMoveAfterSending(day: Day): Promise<void> {
  await day.exchange();
  await partnersMove(day);
}
