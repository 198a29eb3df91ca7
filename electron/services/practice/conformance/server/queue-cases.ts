import { setTimeout as pause } from 'node:timers/promises';
import { documentIdOf, statusXml, vietnamTime, type SampleDocument } from '../edxml-sample.ts';
import { reported, rule, Unmet, verdict, type Verdict } from '../rule.ts';
import type { ServerCase } from './server-case.ts';
import { idsOf, NotListed, rowsOf, textOf, type Answer, type Row, type Talk } from './talk.ts';

const empty = Buffer.from('{}');

function acknowledge(talk: Talk, docId: string, status: string, name: 'docid' | 'docId' = 'docid'): Promise<Answer> {
  return talk.call('updateStatus', { account: talk.target.receiver, params: [[name, docId], ['status', status]], body: empty });
}

/** Whether an item still waits after it was acknowledged so. */
async function waitsAfter(talk: Talk, status: string): Promise<{ readonly waits: boolean; readonly words: string }> {
  const { item } = await talk.deliver();
  const answer = await acknowledge(talk, item, status);
  if (!answer.accepted) throw new Error(`updateStatus ${status}: ${answer.words}`);
  const waits = idsOf(await talk.waiting()).has(item);
  return { waits, words: `${status}: ${waits ? 'still in the list' : 'no longer in the list'}` };
}

/** A verb that older servers do not have (axis.md §1.3, "2.0.1+"). */
function offered(answer: Answer, verb: string): Answer {
  if (answer.status === 404 || answer.status === 405) throw new Unmet(`${verb}: ${answer.words}`);
  return answer;
}

/** Reports to the sender that its document arrived; `rows` finds the report in a queue of the sender's. */
async function report(
  talk: Talk,
  document: SampleDocument,
): Promise<{ readonly answer: Answer; readonly rows: (messageType: 'edoc' | 'status') => Promise<readonly Row[]> }> {
  const { from, to, sender, receiver } = talk.target;
  const status = {
    from: to,
    to: from.code,
    documentId: documentIdOf(document),
    code: `${document.number}/${document.notation}`,
    date: document.date,
    statusCode: '01',
    at: vietnamTime(talk.now()),
  };
  const bytes = talk.neutral((attempt) => statusXml({ ...status, description: `Đã đến ${String(attempt)}` }));
  const before = { edoc: idsOf(await talk.waiting('edoc', sender)), status: idsOf(await talk.waiting('status', sender)) };
  const answer = await talk.send(bytes, { messageType: 'status', from: to.code, account: receiver });
  return { answer, rows: (messageType) => talk.copies(bytes, before[messageType], { account: sender, messageType }) };
}

/** A row of the list of what was sent about a document just sent. */
async function sentRow(talk: Talk): Promise<{ readonly row: Readonly<Record<string, unknown>>; readonly docId: string; readonly code: string }> {
  const { sample, bytes } = talk.fresh();
  const { docId } = await talk.deliver(bytes);
  const answer = await talk.call('getSentEdocList', { params: [['servicetype', 'eDoc'], ['messagetype', 'edoc']] });
  const rows = rowsOf(answer);
  if (rows === null) throw new Error(`getSentEdocList: ${answer.words}`);
  const code = `${sample.number}/${sample.notation}`;
  const row = rows.find((one) => [code, sample.notation].includes(textOf(one, 'notation')) && textOf(one, 'title') === sample.subject);
  if (row === undefined) throw new Error(`getSentEdocList: ${String(rows.length)} rows, none about ${code}`);
  return { row, docId, code };
}

async function counted(talk: Talk, verb: string, messageType: 'edoc' | 'status'): Promise<Verdict> {
  const answer = offered(
    await talk.call(verb, { account: talk.target.receiver, params: [['servicetype', 'eDoc'], ['messagetype', messageType]], body: empty }),
    verb,
  );
  const waiting = (await talk.waiting(messageType)).length;
  const count = answer.json?.['count'];
  return verdict(answer.accepted && Number(count) === waiting, `${verb} ${JSON.stringify(count)}, list ${String(waiting)}`);
}

const queueFields = ['docId', 'serviceType', 'messageType', 'from', 'to', 'status', 'status_desc', 'created_time', 'updated_time'];
const sentFields = [
  'serviceType', 'messageType', 'senderDocId', 'receiverDocId', 'fromCode', 'toCode', 'title', 'notation', 'sentTime', 'receivedTime',
  'sendStatus', 'sendStatusDesc', 'receiveStatus', 'receiveStatusDesc',
];

function lacking(row: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly string[] {
  return fields.filter((field) => !Object.hasOwn(row, field));
}

/** Rules about queues, fetching, acknowledging and what was sent (axis.md §1.3–1.5). */
export const queueCases: readonly ServerCase[] = [
  {
    rule: rule('s-reaches-once', '§1.3', 'V', 'Thư đến hàng đợi của đơn vị nhận đúng một lần', 'A message reaches the queue of its receiver exactly once'),
    run: async (talk) => {
      const bytes = talk.fresh().bytes;
      const before = idsOf(await talk.waiting());
      try {
        await talk.deliver(bytes, { evenChanged: true });
      } catch (error) {
        if (error instanceof NotListed) return verdict(false, error.message);
        throw error;
      }
      await pause(talk.target.settleMs);
      const copies = await talk.copies(bytes, before, { evenChanged: true });
      return verdict(copies.length === 1, `${String(copies.length)} × in the list`);
    },
  },
  {
    rule: rule('s-queue-item', '§1.4', 'V', 'Dòng của hàng đợi có đủ chín trường, đúng from và to', 'A queue item has all nine fields, with the right from and to'),
    run: async (talk) => {
      const { row } = await talk.deliver();
      const missing = lacking(row, queueFields);
      const right = textOf(row, 'from') === talk.target.from.code && textOf(row, 'to') === talk.target.to.code;
      return verdict(missing.length === 0 && right, missing.length > 0 ? `lacking ${missing.join(', ')}` : `${textOf(row, 'from')} → ${textOf(row, 'to')}`);
    },
  },
  {
    rule: rule('s-get-edoc', '§1.3', 'M', 'getEdoc trả đúng từng byte, Base64 trong data', 'getEdoc hands over the same bytes, Base64 in data'),
    run: async (talk) => {
      const { item, bytes } = await talk.deliver(undefined, { evenChanged: true });
      const answer = await talk.call('getEdoc', { account: talk.target.receiver, params: [['docId', item]], body: empty });
      const got = Buffer.from(textOf(answer.json, 'data'), 'base64');
      return verdict(answer.accepted && got.equals(bytes), `${String(got.length)} of ${String(bytes.length)} byte`);
    },
  },
  {
    rule: rule('s-download-edoc', '§1.3', 'M', 'downloadEdoc (GET) trả đúng từng byte, không bọc JSON', 'downloadEdoc (GET) hands over the same bytes without a JSON wrapper'),
    run: async (talk) => {
      const { item, bytes } = await talk.deliver(undefined, { evenChanged: true });
      const answer = offered(await talk.call('downloadEdoc', { method: 'GET', account: talk.target.receiver, params: [['docId', item]] }), 'downloadEdoc');
      return verdict(Buffer.from(answer.bytes).equals(bytes), `HTTP ${String(answer.status)}, ${String(answer.bytes.length)} of ${String(bytes.length)} byte`);
    },
  },
  {
    rule: rule('s-status-accepted', '§2.8', 'V', 'Thư trạng thái gửi với messagetype=status được nhận', 'A status sent with messagetype=status is accepted'),
    run: async (talk) => {
      const { sample, bytes } = talk.fresh();
      await talk.deliver(bytes);
      const { answer, rows } = await report(talk, sample);
      await rows('status');
      return verdict(answer.accepted, answer.words);
    },
  },
  {
    rule: rule('s-two-queues', '§1.5', 'V', 'Văn bản và trạng thái ở hai hàng đợi riêng', 'Documents and statuses wait in two queues apart'),
    run: async (talk) => {
      const { sample, bytes } = talk.fresh();
      const { item } = await talk.deliver(bytes);
      const { answer, rows } = await report(talk, sample);
      if (!answer.accepted) throw new Unmet(`sendEdoc status: ${answer.words}`);
      const counts = { status: (await rows('status')).length, edoc: (await rows('edoc')).length };
      const stray = idsOf(await talk.waiting('status')).has(item);
      const seen = `the status ${String(counts.status)} × in status, ${String(counts.edoc)} × in edoc${stray ? '; the document in status' : ''}`;
      return verdict(counts.status === 1 && counts.edoc === 0 && !stray, seen);
    },
  },
  {
    rule: rule('s-two-recipients', '§1.3', 'V', 'Mỗi To trong edXML nhận một bản', 'Each To of the edXML gets one'),
    run: async (talk) => {
      const { from, to, sender, receiver } = talk.target;
      if (from.code === to.code) throw new Unmet('needs two agencies');
      const bytes = talk.fresh({ to: [to, from] }).bytes;
      const before = { there: idsOf(await talk.waiting()), here: idsOf(await talk.waiting('edoc', sender)) };
      const answer = await talk.send(bytes);
      if (!answer.accepted) throw new Unmet(`sendEdoc to ${to.code} and ${from.code}: ${answer.words}`);
      await pause(talk.target.settleMs);
      const there = await talk.copies(bytes, before.there);
      const here = sender.systemId === receiver.systemId ? there : await talk.copies(bytes, before.here, { account: sender });
      const got = [...new Set([...there, ...here])].map((row) => textOf(row, 'to')).toSorted();
      return verdict(got.join() === [to.code, from.code].toSorted().join(), `to ${got.join(', ')}`);
    },
  },
  {
    rule: rule('s-ack-names', '§1.3', 'V', 'updateStatus nhận tham số docid và cả docId', 'updateStatus takes docid as well as docId'),
    run: async (talk) => {
      const words = [];
      let holds = true;
      for (const name of ['docid', 'docId'] as const) {
        const { item } = await talk.deliver();
        const answer = await acknowledge(talk, item, 'processing', name);
        holds &&= answer.accepted;
        words.push(`${name}: ${answer.words}`);
      }
      return verdict(holds, words.join('; '));
    },
  },
  {
    rule: rule('s-processing-keeps', '§1.5', 'I', 'processing giữ thư trong hàng đợi', 'processing keeps the item in the list'),
    run: async (talk) => {
      const { waits, words } = await waitsAfter(talk, 'processing');
      return verdict(waits, words);
    },
  },
  {
    rule: rule('s-done-removes', '§1.5', 'I', 'done đưa thư ra khỏi hàng đợi', 'done takes the item out of the list'),
    run: async (talk) => {
      const { waits, words } = await waitsAfter(talk, 'done');
      return verdict(!waits, words);
    },
  },
  {
    rule: rule('s-fail-effect', '§1.5', 'NF', 'fail làm gì với thư (chỉ ghi nhận)', 'What fail does to the item (only reported)'),
    run: async (talk) => reported((await waitsAfter(talk, 'fail')).words),
  },
  {
    rule: rule('s-done-fetchable', '§5.1', 'NF', 'Thư đã done còn lấy lại được không (chỉ ghi nhận)', 'Whether a done item can still be fetched (only reported)'),
    run: async (talk) => {
      const { item } = await talk.deliver();
      await acknowledge(talk, item, 'done');
      const answer = await talk.call('getEdoc', { account: talk.target.receiver, params: [['docId', item]], body: empty });
      return reported(answer.words);
    },
  },
  {
    rule: rule('s-ack-unknown-state', '§1.3', 'I', 'updateStatus với trạng thái lạ bị từ chối', 'updateStatus with an unknown state is refused'),
    run: async (talk) => {
      const { item } = await talk.deliver();
      const answer = await acknowledge(talk, item, 'xong');
      return verdict(answer.refused, answer.words);
    },
  },
  {
    rule: rule('s-foreign-doc', '§1.5', 'I', 'docId của đơn vị khác bị từ chối ở getEdoc và updateStatus', "getEdoc and updateStatus refuse another centre's docId"),
    run: async (talk) => {
      const { sender, receiver } = talk.target;
      if (sender.systemId === receiver.systemId) throw new Unmet('needs a second account');
      const { item } = await talk.deliver();
      const fetched = await talk.call('getEdoc', { account: sender, params: [['docId', item]], body: empty });
      const marked = await talk.call('updateStatus', { account: sender, params: [['docid', item], ['status', 'done']], body: empty });
      const stays = idsOf(await talk.waiting()).has(item);
      return verdict(fetched.refused && marked.refused && stays, `getEdoc ${fetched.words}; updateStatus ${marked.words}; ${stays ? 'still' : 'no longer'} in the list`);
    },
  },
  {
    rule: rule('s-sent-list', '§1.4', 'V', 'getSentEdocList có dòng của thư vừa gửi, đủ các trường', 'getSentEdocList shows what was just sent, with all fields'),
    run: async (talk) => {
      const { row } = await sentRow(talk);
      const missing = lacking(row, sentFields);
      const right = textOf(row, 'fromCode') === talk.target.from.code && textOf(row, 'toCode') === talk.target.to.code;
      return verdict(missing.length === 0 && right, missing.length > 0 ? `lacking ${missing.join(', ')}` : `${textOf(row, 'fromCode')} → ${textOf(row, 'toCode')}`);
    },
  },
  {
    rule: rule('s-sent-doc-id', '§1.4', 'NF', 'senderDocId có bằng DocId của sendEdoc không (chỉ ghi nhận)', 'Whether senderDocId is the DocId of sendEdoc (only reported)'),
    run: async (talk) => {
      const { row, docId } = await sentRow(talk);
      return reported(`senderDocId ${textOf(row, 'senderDocId') === docId ? '=' : '≠'} DocId, notation "${textOf(row, 'notation')}"`);
    },
  },
  {
    rule: rule('s-count-edoc', '§1.3', 'V', 'countReceiveEdoc bằng số dòng của danh sách', 'countReceiveEdoc is the length of the list'),
    run: async (talk) => {
      await talk.deliver();
      return counted(talk, 'countReceiveEdoc', 'edoc');
    },
  },
  {
    rule: rule('s-count-status', '§1.3', 'V', 'countReceiveStatus bằng số dòng của danh sách', 'countReceiveStatus is the length of the list'),
    run: (talk) => counted(talk, 'countReceiveStatus', 'status'),
  },
  {
    rule: rule('s-time-form', '§2.1, QĐ 28/2018 đ.14.4', 'I', 'created_time là giờ Việt Nam', 'created_time is Vietnam local time'),
    run: async (talk) => {
      const { row } = await talk.deliver();
      const text = textOf(row, 'created_time');
      const found = /^(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text);
      if (found === null) return verdict(false, `created_time "${text}"`);
      const [, year, month, day, hour, minute, second] = found;
      const at = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? '00'}+07:00`);
      return verdict(Math.abs(at - talk.now().getTime()) < 10 * 60_000, `created_time "${text}"`);
    },
  },
];
