import type { IncomingSummary, OutgoingDetail } from '#contract';
import { codeOf, countText, inWords, listIncoming, must, partners, type Day } from './day.ts';
import { register } from './arrivals.ts';
import { deliveryTo, departmentSays, partnersMove, queue } from './dispatch.ts';
import { issue, papers } from './papers.ts';

const { commune, department } = partners;
const refusal = 'Nội dung không thuộc thẩm quyền giải quyết của Sở; đề nghị gửi Sở Nội vụ.';

/** A document of ours goes to both partners: one takes it through 01 and 03, the other refuses it with a reason. */
export async function issueAndSend(day: Day): Promise<OutgoingDetail> {
  day.chapter('Phát hành và gửi văn bản tới hai cơ quan');
  must(await day.client.directory.syncNow({ acceptShorter: false }));
  const named = must(await day.client.directory.lookup({ lines: [commune.name, department.code] }));
  const found = named.map(({ result, agencies }) => (result === 'found' ? (agencies[0]?.code ?? '') : result));
  day.check('Hai nơi nhận có trong danh bạ lấy từ trục', found.join() === `${commune.code},${department.code}`, found.join(', '));

  const document = await issue(day, papers.survey, [commune, department]);
  await queue(day, document, [commune, department]);
  const before = await day.axis.documents(document.documentId);
  await day.exchange();
  const [seen, ...more] = await day.axis.documents(document.documentId);
  day.check('Trục nhận đúng một thông điệp cho cả hai nơi', before.length === 0 && more.length === 0 && seen?.to.join() === `${commune.code},${department.code}`, seen?.to.join(', ') ?? 'không thấy');
  day.check('Tệp PDF trong thông điệp đúng là tệp đã phát hành', seen?.files.join() === document.files[0]?.sha256, `${String(seen?.files.length ?? 0)} tệp, SHA-256 ${(seen?.files[0] ?? '').slice(0, 16)}…`);

  await departmentSays(day, document, '01', 'Văn bản đã đến');
  await partnersMove(day);
  const arrived = await deliveryTo(day, document, commune);
  day.check(`${commune.name} báo đã đến (01)`, arrived.statusCode === '01', arrived.statusNote);
  const takenIn = await day.axis.takenInBy(seen?.docId ?? '');
  day.check('Trên trục, nơi nhận đã lấy văn bản về', takenIn.includes(commune.code), takenIn.join(', '));

  await departmentSays(day, document, '02', refusal);
  await partnersMove(day);
  const accepted = await deliveryTo(day, document, commune);
  day.check(`${commune.name} đã vào sổ (03)`, accepted.statusCode === '03' && accepted.alarm === null, accepted.statusNote);
  const refused = await deliveryTo(day, document, department);
  day.check(`${department.name} từ chối (02), có cảnh báo`, refused.statusCode === '02' && refused.alarm === 'refused', inWords(refused.alarm ?? 'không cảnh báo'));
  day.check('Lý do từ chối hiện nguyên văn', refused.statusNote === refusal, refused.statusNote);
  const lines = must(await day.client.exchange.deliveryLines({ alarms: true, before: null, limit: 100 }));
  const line = lines.items.find((one) => one.document === document.id);
  day.check('Bảng theo dõi đếm đúng', line?.recipients === 2 && line.registered === 1 && line.refused === 1 && line.alarms === 1, line === undefined ? 'không thấy' : `${countText(line.registered, line.recipients)} đã vào sổ, ${String(line.refused)} từ chối`);
  return document;
}

/** A partner answers our document, and we answer one of theirs; both sides name what is answered. */
export async function answerEachOther(day: Day, ours: OutgoingDetail, arrived: readonly IncomingSummary[]): Promise<void> {
  day.chapter('Trả lời văn bản của nhau');
  await partnersMove(day, 4);
  const reply = (await listIncoming(day, 'arrived')).find(({ issuerName }) => issuerName === commune.name);
  if (reply === undefined) {
    day.check(`${commune.name} trả lời văn bản số ${codeOf(ours)}`, false, 'chưa thấy văn bản trả lời');
  } else {
    const { answers } = must(await day.client.records.incomingGet({ id: reply.id }));
    day.check(`${commune.name} trả lời văn bản số ${codeOf(ours)}`, answers.some(({ id }) => id === ours.id), `${codeOf(reply)} trả lời ${answers.map(({ code }) => code).join(', ')}`);
    const row = await deliveryTo(day, ours, commune);
    day.check('Bảng theo dõi dẫn tới văn bản trả lời', row.reply?.id === reply.id && row.statusCode === '06', row.reply?.code ?? 'không thấy');
    await register(day, [reply]);
  }

  const asked = arrived.find(({ issuerName }) => issuerName === commune.name);
  if (asked === undefined) throw new Error('the practice set holds a document of the commune');
  const theirs = must(await day.client.records.incomingGet({ id: asked.id }));
  const answer = await issue(day, papers.answer, [commune], theirs.id);
  await queue(day, answer, [commune]);
  await day.exchange();
  const [seen] = await day.axis.documents(answer.documentId);
  const [about] = seen?.message.header.responseFor ?? [];
  day.check(`Thông điệp trả lời nêu văn bản số ${codeOf(theirs)}`, about?.documentId === theirs.documentId && about.code === codeOf(theirs) && about.organId === commune.code, about?.documentId ?? 'không nêu');
  const kept = must(await day.client.records.outgoingGet({ id: answer.id }));
  day.check('Văn bản đi ghi rõ trả lời văn bản đến nào', kept.repliesTo === theirs.id, kept.repliesTo === theirs.id ? codeOf(theirs) : 'không ghi');
}
