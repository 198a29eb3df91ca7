import type { OutgoingDetail } from '#contract';
import { answerOf, countText, inWords, must, partners, safeName, type Day } from './day.ts';
import { deliveryTo, departmentSays, partnersMove, queue } from './dispatch.ts';
import { issue, papers } from './papers.ts';

const { commune, department } = partners;

/** The line breaks while a document is being sent: it is looked up before it is sent again, so it arrives exactly once. */
export async function sendOverBrokenLine(day: Day): Promise<OutgoingDetail> {
  day.chapter('Đường truyền đứt đúng lúc gửi văn bản');
  // What waits is sent before, so that the break strikes the document and nothing else.
  await day.exchange();
  const document = await issue(day, papers.report, [commune, department]);
  await queue(day, document, [commune, department]);
  await day.control.fault({ kind: 'cut', verb: 'sendEdoc' });
  const cut = await day.client.exchange.receiveNow({});
  const [row] = must(await day.client.exchange.outbox({})).filter(({ outgoing }) => outgoing === document.id);
  day.check('Trạm ghi là chưa chắc đã gửi, chưa coi là đã gửi', !cut.ok && row?.inDoubt === true && row.deliveredAt === null, inWords(answerOf(cut)));
  await day.exchange();
  const [seen, ...more] = await day.axis.documents(document.documentId);
  day.check('Tra trên trục rồi mới kết luận: trục có đúng một bản', seen !== undefined && more.length === 0, countText(seen === undefined ? 0 : 1 + more.length, 1));
  await departmentSays(day, document, '03', 'Đã tiếp nhận, vào sổ văn bản đến');
  await partnersMove(day, 2);
  const rows = [await deliveryTo(day, document, commune), await deliveryTo(day, document, department)];
  day.check('Cả hai nơi đã vào sổ', rows.every(({ statusCode, sentAt }) => statusCode === '03' && sentAt !== null), rows.map(({ statusCode }) => statusCode).join(', '));
  return document;
}

/** The parts of an evidence file that the day looks at. */
type EvidenceJson = {
  readonly messages: readonly { readonly sha256: string }[];
  readonly sends: readonly { readonly what: string; readonly calls: readonly { readonly url: string; readonly failure: string; readonly requestSha256: string | null }[] }[];
};

/** Keeps the delivery evidence of some documents and lays it beside what the axis has. */
export async function keepEvidence(day: Day, documents: readonly OutgoingDetail[], broken: OutgoingDetail): Promise<void> {
  day.chapter('Chứng cứ gửi văn bản');
  for (const document of documents) {
    const files = must(await day.client.exchange.makeEvidence({ document: document.id }));
    const json = await day.readFile(files.json.id);
    const pdf = await day.readFile(files.pdf.id);
    day.keep(`chung-cu/${safeName(files.json.name)}`, json);
    day.keep(`chung-cu/${safeName(files.pdf.name)}`, pdf);
    const evidence = JSON.parse(Buffer.from(json).toString('utf8')) as EvidenceJson;
    const onAxis = (await day.axis.documents(document.documentId)).map(({ sha256 }) => sha256);
    const told = evidence.messages.map(({ sha256 }) => sha256);
    const isPdf = Buffer.from(pdf.subarray(0, 5)).toString('latin1') === '%PDF-';
    day.check(`${files.pdf.name}: mã băm trùng với bản trên trục`, isPdf && told.length > 0 && told.join() === onAxis.join(), `${countText(told.filter((hash) => onAxis.includes(hash)).length, onAxis.length)} thông điệp`);
    if (document.id !== broken.id) continue;
    const calls = evidence.sends.flatMap((send) => send.calls);
    const verbs = calls.map(({ url, failure }) => `${new URL(url).pathname.split('/').at(-1) ?? ''}${failure === '' ? '' : ' (đứt)'}`);
    day.check('Chứng cứ kể lần gửi bị đứt và lần tra lại', verbs.join() === 'sendEdoc (đứt),getSentEdocList', verbs.join(', '));
  }
}
