import type { OutgoingDetail } from '#contract';
import { answerOf, inWords, must, partners, type Day } from './day.ts';
import { deliveryTo, departmentSays, partnersMove, queue } from './dispatch.ts';
import { issue, papers } from './papers.ts';

const { commune, department } = partners;

/** We take a document back from both partners, by a message; one agrees, the other refuses and is asked again by status 13. */
export async function takeBack(day: Day): Promise<OutgoingDetail> {
  day.chapter('Thu hồi văn bản đã gửi');
  const document = await issue(day, papers.invitation, [commune, department]);
  await queue(day, document, [commune, department]);
  await day.exchange();
  await departmentSays(day, document, '03', 'Đã tiếp nhận, vào sổ văn bản đến');
  await partnersMove(day);
  must(await day.client.exchange.recallDocument({ document: document.id, form: 'message', recipients: null, reason: 'Ghi sai thời gian họp' }));
  await day.exchange();
  const [, recall, ...more] = await day.axis.documents(document.documentId);
  const { bussinessDocType, bussinessDocReason } = recall?.message.business ?? {};
  day.check('Trục nhận một thông điệp thu hồi, kèm lý do, không kèm tệp', bussinessDocType === '1' && bussinessDocReason === 'Ghi sai thời gian họp' && recall?.files.length === 0 && more.length === 0, bussinessDocReason ?? 'không thấy');
  await departmentSays(day, document, '16', 'Từ chối: văn bản đã chuyển lãnh đạo Sở xử lý');
  await partnersMove(day);
  const agreed = await deliveryTo(day, document, commune);
  day.check(`${commune.name} đồng ý (15)`, agreed.takeBack === 'agreed', inWords(agreed.takeBack ?? 'asked'));
  const refused = await deliveryTo(day, document, department);
  day.check(`${department.name} từ chối (16), có cảnh báo`, refused.takeBack === 'refused' && refused.alarm === 'take-back-refused', inWords(refused.alarm ?? 'không cảnh báo'));

  must(await day.client.exchange.recallDocument({ document: document.id, form: 'status', recipients: [department.code], reason: 'Giấy mời đã được thay bằng điện thoại' }));
  await day.exchange();
  const asked = (await day.axis.statuses(document.documentId)).filter(({ message }) => message.statusCode === '13');
  day.check('Hỏi lại bằng trạng thái 13, chỉ tới nơi đã từ chối', asked.length === 1 && asked[0]?.message.responseFor.organId === department.code, asked.map(({ to }) => to.join()).join(', '));
  await departmentSays(day, document, '15', 'Đồng ý lấy lại');
  await day.exchange();
  const given = await deliveryTo(day, document, department);
  day.check(`${department.name} đồng ý sau khi hỏi lại (15)`, given.takeBack === 'agreed' && given.alarm === null, inWords(given.takeBack ?? 'asked'));
  await checkFrozen(day, document, 'recalled');
  return document;
}

/** A recalled or replaced document and what is known of it are frozen (NĐ 30/2020 annex VI III.8). */
export async function checkFrozen(day: Day, document: OutgoingDetail, state: 'recalled' | 'replaced'): Promise<void> {
  const now = must(await day.client.records.outgoingGet({ id: document.id }));
  const update = await day.client.exchange.updateDocument({ document: document.id, changes: { subject: 'khác' }, files: null, reason: 'thử' });
  const send = await day.client.exchange.sendDocument({ document: document.id, recipients: [{ organId: 'G09', name: 'Bộ Nội vụ' }] });
  const after = must(await day.client.records.outgoingGet({ id: document.id }));
  const shut = answerOf(update) === 'document-frozen' && answerOf(send) === 'document-frozen' && after.subject === document.subject;
  day.check('Văn bản đã khóa, không sửa và không gửi thêm được', now.state === state && shut, `${inWords(now.state)}; sửa: ${inWords(answerOf(update))}`);
}

/** What has not left yet is taken back without a word to anybody. */
export async function cancelUnsent(day: Day): Promise<void> {
  day.chapter('Thu hồi khi văn bản còn trong Hộp gửi');
  const document = await issue(day, papers.notice, [commune]);
  await queue(day, document, [commune]);
  must(await day.client.exchange.recallDocument({ document: document.id, form: 'status', recipients: null, reason: 'Ban hành nhầm' }));
  await partnersMove(day);
  const rows = must(await day.client.exchange.outbox({})).filter(({ outgoing }) => outgoing === document.id);
  const row = await deliveryTo(day, document, commune);
  day.check('Dòng trong Hộp gửi đã hủy, không có dòng nào khác', rows.length === 1 && rows[0]?.state === 'cancelled' && row.cancelledAt !== null, rows.map((one) => inWords(one.state)).join(', '));
  const seen = [...(await day.axis.documents(document.documentId)), ...(await day.axis.statuses(document.documentId))];
  day.check('Trục không thấy gì của văn bản này', seen.length === 0, `${String(seen.length)} thông điệp`);
}
