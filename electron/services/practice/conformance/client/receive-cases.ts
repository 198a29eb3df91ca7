import { documentXml } from '../edxml-sample.ts';
import { reported, rule, Unmet, verdict, type Rule, type Verdict } from '../rule.ts';
import { bombZip } from '../zip-sample.ts';
import type { AxisAnswer } from '../../axis/protocol.ts';
import type { Recorded } from './scripted-axis.ts';
import { callsOf, codeOf, page, verbsAbout, type ClientCase, type Stage } from './stage.ts';

const json = 'application/json;charset=utf-8';
const noList: readonly (readonly [Rule, AxisAnswer])[] = [
  [rule('c-list-empty-body', '§1.4', 'V', 'Danh sách trả thân rỗng là lỗi, không phải "không có gì mới"', 'An empty list answer is an error, not "nothing new"'), page(200, json, '')],
  [rule('c-list-html', '§1.4', 'V', 'Danh sách trả trang HTML là lỗi', 'An HTML page for a list is an error'), page(200, 'text/html', '<!DOCTYPE html><html><body>Bảo trì</body></html>')],
  [rule('c-list-broken-json', '§1.4', 'V', 'Danh sách trả JSON hỏng là lỗi', 'Broken JSON for a list is an error'), page(200, json, '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":')],
  [rule('c-list-no-data', '§1.4', 'V', 'Danh sách không có mảng data là lỗi', 'A list without an array in data is an error'), page(200, json, '{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":{"items":1}}')],
];

/** Until the list is asked for again, nothing is done about what waits; then it comes in. */
async function listUnreadable({ axis, client, sample, put, settle }: Stage, answer: AxisAnswer): Promise<Verdict> {
  const docId = put(sample());
  const isList = ({ verb, headers }: Recorded): boolean => verb === 'getReceivedEdocList' && headers['xroadvnpt-messagetype'] === 'edoc';
  axis.prescribe('getReceivedEdocList', answer, { fits: isList });
  const failure = await client.round();
  await settle([docId]);
  const lists = axis.calls.flatMap((call, index) => (isList(call) ? [index] : []));
  const early = verbsAbout(axis.calls.slice(lists[0] ?? 0, lists[1]), docId).length;
  const told = failure === null ? '' : failure === '' ? 'told as success; ' : `${failure}; `;
  const seen = `${told}${String(early)} calls about the message, then ${axis.said(docId).join(', ') || 'nothing'}`;
  const holds = failure !== '' && early === 0 && axis.said(docId).join() === 'done';
  // A client that takes the answer for an empty list does the same on the wire.
  return holds && failure === null ? reported(`${seen}; whether it was told as an error does not show from outside`) : verdict(holds, seen);
}

/** Something that cannot be used is told as failed, is no document, and does not stop the next. */
async function refused({ axis, client, partner, sample, put, settle }: Stage, spoilt: Uint8Array): Promise<Verdict> {
  const bad = axis.put('edoc', partner.code, client.agency.code, spoilt);
  const good = put(sample());
  await settle([bad, good]);
  const words = `${axis.said(bad).join(', ') || 'nothing'}, the next ${axis.said(good).join(', ') || 'nothing'}`;
  return verdict(axis.said(bad).at(-1) === 'fail' && axis.said(good).at(-1) === 'done', words);
}

/** What shows of the client's inside; null where nothing does. */
async function ifSeen<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Unmet) return null;
    throw error;
  }
}

/** Rules about listing, fetching and acknowledging (axis.md §1.4, §1.5, §2.6). */
export const receiveCases: readonly ClientCase[] = [
  {
    rule: rule('c-both-queues', '§1.5', 'V', 'Hỏi cả hai hàng đợi edoc và status', 'Both queues are asked, edoc and status'),
    async play({ axis, client }) {
      await client.round();
      const types = new Set(callsOf(axis.calls, 'getReceivedEdocList').map(({ headers }) => headers['xroadvnpt-messagetype'] ?? ''));
      return verdict(types.has('edoc') && types.has('status'), [...types].join(', '));
    },
  },
  ...noList.map(([about, answer]): ClientCase => ({ rule: about, play: (stage) => listUnreadable(stage, answer) })),
  {
    rule: rule('c-ack-after-fetch', '§1.5', 'V', 'Lấy thư rồi mới done, mỗi thư một lần', 'A message is fetched, then told done, once'),
    async play({ axis, sample, put, settle }) {
      const docId = put(sample());
      await settle([docId]);
      const verbs = verbsAbout(axis.calls, docId);
      const fetchedAt = verbs.findIndex((verb) => verb === 'getEdoc' || verb === 'downloadEdoc');
      const toldAt = verbs.lastIndexOf('updateStatus');
      return verdict(fetchedAt !== -1 && fetchedAt < toldAt && axis.said(docId).filter((word) => word === 'done').length === 1, verbs.join(' → '));
    },
  },
  {
    rule: rule('c-ack-after-stored', '§1.5', 'V', 'Chỉ done khi văn bản đã lưu bền', 'Done only once the document is stored'),
    async play({ axis, client, sample, put, settle }) {
      const document = sample();
      const docId = put(document);
      const held: number[] = [];
      axis.before('updateStatus', async (call) => {
        if (call.headers['xroadvnpt-docid'] === docId && call.headers['xroadvnpt-status'] === 'done') held.push((await client.held(codeOf(document))).length);
      });
      // What does not show from outside is told as that, before a person waits for it.
      await client.held(codeOf(document));
      await settle([docId]);
      return verdict(held.length > 0 && held.every((count) => count === 1), `${held.join(', ')} stored at "done"`);
    },
  },
  {
    rule: rule('c-ack-lost', '§1.5', 'S', 'Lời done bị đứt thì nhắc lại, văn bản không nhân đôi', 'A done that was cut off is said again, the document not doubled'),
    async play({ axis, client, sample, put, settle }) {
      const document = sample();
      const docId = put(document);
      axis.prescribe('updateStatus', { ...page(200, json, ''), cut: true });
      await client.round();
      await settle([docId]);
      const statuses = axis.sent.filter(({ messageType }) => messageType === 'status').length;
      return verdict(axis.said(docId).at(-1) === 'done' && statuses === 1, `${axis.said(docId).join(', ') || 'nothing'}, ${String(statuses)} × status`);
    },
  },
  {
    rule: rule('c-unreadable-fails', '§1.5', 'V', 'Thư không đọc được thì fail, và thư sau vẫn vào', 'What cannot be read is told fail, and the next still comes in'),
    play: (stage) => refused(stage, Buffer.from('Kính gửi: các đơn vị')),
  },
  {
    rule: rule('c-truncated-fails', '§1.5', 'V', 'Thư bị cụt thì fail, và thư sau vẫn vào', 'A message cut short is told fail, and the next still comes in'),
    play: (stage) => refused(stage, documentXml(stage.sample()).subarray(0, 900)),
  },
  {
    rule: rule('c-doctype', '§2.6', 'M', 'Thư có DOCTYPE bị từ chối', 'A message with a DOCTYPE is refused'),
    play: (stage) => refused(stage, documentXml(stage.sample({ doctype: '<!DOCTYPE edXML [<!ENTITY a "b">]>' }))),
  },
  {
    rule: rule('c-zip-bomb', '§2.6', 'M', 'Tệp nén bom (1 GiB) bị từ chối, và thư sau vẫn vào', 'A ZIP bomb (1 GiB) is refused, and the next still comes in'),
    play: (stage) => refused(stage, documentXml(stage.sample({ files: [{ name: 'bang-ke.txt', contentType: 'application/zip', bytes: bombZip('a.txt', 1024) }] }))),
  },
  {
    rule: rule('c-same-twice', '§1.5', 'S', 'Cùng một văn bản dưới hai docId chỉ lưu một lần, cả hai đều done', 'One document under two docIds is stored once, and both are told done'),
    async play({ axis, client, sample, put, settle, statuses }) {
      const document = sample();
      const docIds = [put(document), put(document)];
      await settle(docIds);
      const receipts = statuses(document).filter(({ code }) => code === '01').length;
      const words = docIds.map((docId) => axis.said(docId).join(', ') || 'nothing');
      const held = await ifSeen(() => client.held(codeOf(document)));
      const once = receipts === 1 && (held === null || held.length === 1);
      return verdict(words.every((word) => word === 'done') && once, `${words.join(' / ')}, ${String(receipts)} × 01${held === null ? '' : `, ${String(held.length)} stored`}`);
    },
  },
];
