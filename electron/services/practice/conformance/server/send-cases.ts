import { documentIdOf, statusXml, vietnamTime } from '../edxml-sample.ts';
import { reported, rule, Unmet, verdict, type Verdict } from '../rule.ts';
import { plainHash, sdkHash } from '../wire.ts';
import type { ServerCase } from './server-case.ts';
import { idsOf, type Answer, type Talk } from './talk.ts';

/** Sends, and takes what came of it out of the queue again. */
async function tried(talk: Talk, send: (bytes: Uint8Array) => Promise<Answer>, given?: Uint8Array): Promise<Answer> {
  const bytes = given ?? talk.fresh().bytes;
  const before = idsOf(await talk.waiting());
  const answer = await send(bytes);
  if (answer.accepted) await talk.copies(bytes, before);
  return answer;
}

async function refusedSend(talk: Talk, send: (bytes: Uint8Array) => Promise<Answer>, given?: Uint8Array): Promise<Verdict> {
  const answer = await tried(talk, send, given);
  return verdict(answer.refused, answer.words);
}

function taken(answer: Answer): string {
  return `${answer.accepted ? 'accepted' : 'refused'}: ${answer.words}`;
}

/** Rules about `/sendEdoc` (axis.md §1.3, §1.6). */
export const sendCases: readonly ServerCase[] = [
  {
    rule: rule('s-send-accepted', '§1.3', 'V', 'sendEdoc đúng mẫu (tệp + CR LF) được nhận và trả DocId', 'A right sendEdoc (file and CR LF) is accepted and answered with DocId'),
    run: async (talk) => {
      const answer = await tried(talk, (bytes) => talk.send(bytes));
      const docId = answer.json?.['DocId'];
      return verdict(answer.accepted && typeof docId === 'string' && docId !== '', `${answer.words}, DocId ${JSON.stringify(docId)}`);
    },
  },
  {
    rule: rule('s-hash-sdk', '§1.3', 'M', 'hash-file viết như SDK (không đệm số 0) được nhận', "hash-file spelt the SDK's way (bytes unpadded) is accepted"),
    run: async (talk) => {
      const answer = await tried(talk, (bytes) => talk.send(bytes), talk.freshWithTwoHashes());
      return verdict(answer.accepted, answer.words);
    },
  },
  {
    rule: rule('s-hash-hex', '§1.3', 'NF', 'hash-file viết hex đúng (chỉ ghi nhận)', 'hash-file in correct hex (only reported)'),
    run: async (talk) => reported(taken(await tried(talk, (bytes) => talk.send(bytes, { hash: plainHash(bytes) }), talk.freshWithTwoHashes()))),
  },
  {
    rule: rule('s-hash-wrong', '§1.3', 'I', 'hash-file sai bị từ chối', 'A wrong hash-file is refused'),
    run: (talk) => refusedSend(talk, (bytes) => talk.send(bytes, { hash: sdkHash(Buffer.from('khác')) })),
  },
  {
    rule: rule('s-without-cr-lf', '§1.3', 'NF', 'Thiếu CR LF sau tệp (chỉ ghi nhận)', 'Without CR LF behind the file (only reported)'),
    run: async (talk) => reported(taken(await tried(talk, (bytes) => talk.send(bytes, { tail: '' })))),
  },
  {
    rule: rule('s-sender-unregistered', '§1.6', 'S', 'Đơn vị gửi không đăng ký bị từ chối đúng câu đã biết', 'A sender that is not registered is refused with the known words'),
    run: async (talk) => {
      const from = { code: 'Z99.KHONGDANGKY', name: 'Đơn vị không đăng ký' };
      const bytes = talk.fresh({ from }).bytes;
      const answer = await tried(talk, () => talk.send(bytes, { from: from.code }), bytes);
      const words = `Don vi gui ${from.code} khong dung voi ma da dang ky: ${talk.target.sender.systemId}`;
      return verdict(answer.refused && answer.json?.['ErrorDesc'] === words, answer.words);
    },
  },
  {
    rule: rule('s-sender-differs', '§1.6', 'NF', 'Header from khác From trong thư (chỉ ghi nhận)', 'Header from differs from the message\'s From (only reported)'),
    run: async (talk) => {
      const bytes = talk.fresh({ from: { code: 'Z99.KHONGDANGKY', name: 'Đơn vị khác' } }).bytes;
      return reported(taken(await tried(talk, () => talk.send(bytes), bytes)));
    },
  },
  {
    rule: rule('s-receiver-unknown', '§1.6', 'S', 'Đơn vị nhận không tồn tại bị từ chối', 'A receiver that does not exist is refused'),
    run: (talk) => {
      const bytes = talk.fresh({ to: [{ code: 'Z99.KHONGTONTAI', name: 'Không tồn tại' }] }).bytes;
      return refusedSend(talk, () => talk.send(bytes), bytes);
    },
  },
  {
    rule: rule('s-not-edxml', '§1.6', 'S', 'Thư không phải edXML bị từ chối', 'What is not edXML is refused'),
    run: (talk) => {
      const bytes = talk.neutral((attempt) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><thu>không phải edXML ${String(attempt)}</thu>`));
      return refusedSend(talk, () => talk.send(bytes), bytes);
    },
  },
  {
    rule: rule('s-doctype', '§2.6', 'NF', 'Thư có DOCTYPE (chỉ ghi nhận)', 'A message with a DOCTYPE (only reported)'),
    run: async (talk) => {
      const bytes = talk.fresh({ doctype: '<!DOCTYPE edXML [<!ENTITY a "b">]>' }).bytes;
      return reported(taken(await tried(talk, () => talk.send(bytes), bytes)));
    },
  },
  {
    rule: rule('s-status-as-edoc', '§2.8', 'NF', 'Thư trạng thái gửi với messagetype=edoc (chỉ ghi nhận)', 'A status sent with messagetype=edoc (only reported)'),
    run: async (talk) => {
      const { from, to } = talk.target;
      const about = talk.fresh().sample;
      const status = {
        from,
        to: to.code,
        documentId: documentIdOf(about),
        code: `${about.number}/${about.notation}`,
        date: about.date,
        statusCode: '01',
        at: vietnamTime(talk.now()),
      };
      const bytes = talk.neutral((attempt) => statusXml({ ...status, description: `Đã đến ${String(attempt)}` }));
      return reported(taken(await tried(talk, () => talk.send(bytes), bytes)));
    },
  },
  {
    rule: rule('s-resent', '§1.5', 'NF', 'Gửi lại đúng thư cũ (chỉ ghi nhận có bị nhân đôi không)', 'The same bytes sent again (whether doubled is only reported)'),
    run: async (talk) => {
      const bytes = talk.fresh().bytes;
      const before = idsOf(await talk.waiting());
      const first = await talk.send(bytes);
      if (!first.accepted) throw new Unmet(`sendEdoc: ${first.words}`);
      const second = await talk.send(bytes);
      const copies = await talk.copies(bytes, before);
      const same = first.json?.['DocId'] === second.json?.['DocId'];
      return reported(`${taken(second)}, DocId ${same ? 'the same' : 'another'}, ${String(copies.length)} × in the list`);
    },
  },
];
