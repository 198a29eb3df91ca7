import { rule, reported, verdict, type Verdict } from '../rule.ts';
import { wirePrefix } from '../wire.ts';
import type { ServerCase } from './server-case.ts';
import type { Answer, Call, Talk } from './talk.ts';

const listed = [['servicetype', 'eDoc'], ['messagetype', 'edoc']] as const;

/** A call that changes nothing and needs no message: what the envelope alone is judged by. */
function probe(talk: Talk, call: Call = {}): Promise<Answer> {
  return talk.call('getReceivedEdocList', { params: listed, ...call });
}

async function refusedCall(talk: Talk, call: Call): Promise<Verdict> {
  const answer = await probe(talk, call);
  return verdict(answer.refused, answer.words);
}

const named = (header: string, name: string): boolean => header.toLowerCase() === (wirePrefix + name).toLowerCase();

/** Rules about the envelope of any call (axis.md §1.2, §1.4). */
export const callCases: readonly ServerCase[] = [
  {
    rule: rule('s-call-accepted', '§1.2', 'M', 'Lời gọi ký đúng được chấp nhận', 'A rightly signed call is accepted'),
    run: async (talk) => {
      const answers = [await probe(talk), await probe(talk, { account: talk.target.receiver })];
      return verdict(answers.every(({ accepted }) => accepted), answers.map(({ words }) => words).join('; '));
    },
  },
  {
    rule: rule('s-answer-ok', '§1.4', 'V', 'Trả lời có status "OK", ErrorCode "0", ErrorDesc, đúng chữ hoa', 'An answer has status "OK", ErrorCode "0", ErrorDesc, with these capitals'),
    run: async (talk) => {
      const { json } = await probe(talk);
      const holds = json?.['status'] === 'OK' && json['ErrorCode'] === '0' && typeof json['ErrorDesc'] === 'string';
      return verdict(holds, keysOf(json));
    },
  },
  {
    rule: rule('s-answer-fail', '§1.4', 'V', 'Từ chối có status "FAIL", ErrorCode khác "0", ErrorDesc, đúng chữ hoa', 'A refusal has status "FAIL", an ErrorCode other than "0", ErrorDesc, with these capitals'),
    run: async (talk) => {
      const { json } = await talk.call('getEdoc', { params: [['docId', 'khong-co-van-ban-nay']], body: Buffer.from('{}') });
      const code = json?.['ErrorCode'];
      const holds = json?.['status'] === 'FAIL' && typeof code === 'string' && code !== '0' && typeof json['ErrorDesc'] === 'string';
      return verdict(holds, keysOf(json));
    },
  },
  {
    rule: rule('s-any-key-order', '§1.2', 'I', 'Kiểm HMAC trên JSON như nhận được, thứ tự khóa nào cũng được', 'The HMAC is checked over the JSON as received, in any key order'),
    run: async (talk) => {
      const orders = [(all: readonly string[]) => all.toReversed(), (all: readonly string[]) => all.toSorted()];
      const answers = [];
      for (const order of orders) answers.push(await probe(talk, { order }));
      return verdict(answers.every(({ accepted }) => accepted), answers.map(({ words }) => words).join('; '));
    },
  },
  {
    rule: rule('s-wrong-hmac', '§1.2', 'I', 'HMAC sai bị từ chối', 'A wrong HMAC is refused'),
    run: (talk) =>
      refusedCall(talk, {
        spoil: (headers) => headers.map(([name, value]) => [name, named(name, 'hash-header') ? '0'.repeat(value.length) : value]),
      }),
  },
  {
    rule: rule('s-wrong-secret', '§1.6', 'S', 'Khóa bí mật sai bị từ chối', 'A wrong secret is refused'),
    run: (talk) => refusedCall(talk, { account: { ...talk.target.sender, secret: `${talk.target.sender.secret}x` } }),
  },
  {
    rule: rule('s-unsigned', '§1.2', 'I', 'Lời gọi không có chữ ký bị từ chối', 'A call without the signature headers is refused'),
    run: (talk) =>
      refusedCall(talk, {
        spoil: (headers) => headers.filter(([name]) => !['sign-header', 'hash-header', 'sign-header-key'].some((part) => named(name, part))),
      }),
  },
  {
    rule: rule('s-signed-missing', '§1.2', 'I', 'Header đã ký mà không gửi thì bị từ chối', 'A header that is signed but not sent is refused'),
    run: (talk) => refusedCall(talk, { spoil: (headers) => headers.filter(([name]) => !named(name, 'messagetype')) }),
  },
  {
    rule: rule('s-signed-differs', '§1.2', 'I', 'Header khác với JSON đã ký bị từ chối', 'A header that differs from the signed JSON is refused'),
    run: (talk) =>
      refusedCall(talk, { spoil: (headers) => headers.map(([name, value]) => [name, named(name, 'messagetype') ? 'status' : value]) }),
  },
  {
    rule: rule('s-unknown-system', '§1.6', 'S', 'Hệ thống không đăng ký bị từ chối', 'An unknown system is refused'),
    run: (talk) => refusedCall(talk, { account: { ...talk.target.sender, systemId: '99.99.W00' } }),
  },
  {
    rule: rule('s-unknown-verb', '§1.3', 'I', 'Lệnh không có không được trả lời OK', 'A verb that does not exist is not answered with OK'),
    run: async (talk) => {
      const answer = await talk.call('khongCoLenhNay', { body: Buffer.from('{}') });
      return verdict(!answer.accepted, answer.words);
    },
  },
  {
    rule: rule('s-clock-tolerance', '§5.2', 'NF', 'Thời điểm gọi lệch một ngày (chỉ ghi nhận)', 'A call whose time is a day off (only reported)'),
    run: async (talk) => {
      const answer = await probe(talk, { at: new Date(talk.now().getTime() - 86_400_000) });
      return reported(`${answer.accepted ? 'accepted' : 'refused'}: ${answer.words}`);
    },
  },
];

function keysOf(json: Answer['json']): string {
  if (json === null) return 'no JSON object';
  return Object.entries(json)
    .map(([key, value]) => (typeof value === 'string' ? `${key}="${value}"` : key))
    .join(' ');
}
