import { documentIdOf, statusXml, textIn, vietnamTime, type SampleDocument } from '../edxml-sample.ts';
import { rule, Unmet, verdict, type Verdict } from '../rule.ts';
import { codeOf, type ClientCase, type Stage } from './stage.ts';

function codesOf(stage: Stage, document: SampleDocument): string {
  return stage.statuses(document).map(({ code }) => code).join(', ');
}

/** A document of the partner's, in and registered; its sender then asks for it back by status 13. */
async function askedBack(stage: Stage, agree: boolean): Promise<Verdict> {
  const { axis, client, partner, sample, put, settle, statuses } = stage;
  const document = sample();
  await settle([put(document)]);
  const asking = statusXml({
    from: partner,
    to: client.agency.code,
    documentId: documentIdOf(document),
    code: codeOf(document),
    date: document.date,
    statusCode: '13',
    description: 'Gửi nhầm nơi nhận',
    at: vietnamTime(axis.calls.at(-1)?.at ?? new Date()),
  });
  await settle([axis.put('status', partner.code, client.agency.code, asking)]);
  const wanted = agree ? '15' : '16';
  const reason = agree ? '' : 'Văn bản đã được xử lý';
  const answers = (): ReturnType<Stage['statuses']> => statuses(document).filter(({ code }) => code === '15' || code === '16');
  await client.act({ kind: 'answer-take-back', code: codeOf(document), agree, reason }, () => answers().length > 0);
  await client.round();
  const [answer, ...more] = answers();
  const told = agree || textIn(answer?.xml ?? '', 'Description') !== '';
  return verdict(answer?.code === wanted && more.length === 0 && told, codesOf(stage, document) || 'no status');
}

/** A document that the client sent to the partner. */
async function sentOut({ axis, client, partner, sample }: Stage): Promise<{ readonly number: string; readonly xml: string }> {
  const { number } = sample();
  const files = [{ name: 'cong-van.pdf', bytes: Buffer.from('%PDF-1.4 thử') }];
  const found = (): string | undefined => axis.sent.find(({ messageType, xml }) => messageType === 'edoc' && textIn(xml, 'CodeNumber') === number)?.xml;
  await client.act({ kind: 'send', number, to: partner, files }, () => found() !== undefined);
  await client.round();
  const xml = found();
  if (xml === undefined) throw new Unmet(`document ${number} was not sent`);
  return { number, xml };
}

function news(stage: Stage, xml: string, statusCode: string): string {
  const { axis, client, partner } = stage;
  const text = statusXml({
    from: partner,
    to: client.agency.code,
    documentId: textIn(xml, 'MessageHeader', 'DocumentId'),
    code: `${textIn(xml, 'CodeNumber')}/${textIn(xml, 'CodeNotation')}`,
    date: textIn(xml, 'PromulgationDate'),
    statusCode,
    description: 'Đồng ý',
    at: vietnamTime(axis.calls.at(-1)?.at ?? new Date()),
  });
  return axis.put('status', partner.code, client.agency.code, text);
}

/** Rules about business statuses (axis.md §2.8, §4). */
export const statusCases: readonly ClientCase[] = [
  {
    rule: rule('c-receipt-by-itself', 'NĐ 30/2020 đ.21.2, PL VI', 'P', 'Trạng thái 01 tự gửi khi văn bản đến', 'Status 01 goes out by itself when a document arrives'),
    async play(stage) {
      const document = stage.sample();
      await stage.settle([stage.put(document)]);
      return verdict(codesOf(stage, document) === '01', codesOf(stage, document) || 'no status');
    },
  },
  {
    rule: rule('c-status-addressed', '§2.8', 'V', 'Trạng thái ghi đúng đơn vị báo, đơn vị gửi, số và ký hiệu, mã văn bản, ngày', 'A status names reporter, sender, number, document id and day rightly'),
    async play(stage) {
      const { client, partner, sample, put, settle, statuses } = stage;
      const document = sample();
      await settle([put(document)]);
      const xml = statuses(document)[0]?.xml ?? '';
      const told = [
        textIn(xml, 'From', 'OrganId'),
        ...['OrganId', 'Code', 'DocumentId', 'PromulgationDate'].map((name) => textIn(xml, 'ResponseFor', name)),
      ];
      const wanted = [client.agency.code, partner.code, codeOf(document), documentIdOf(document), document.date];
      return verdict(told.join('|') === wanted.join('|'), told.join(' | '));
    },
  },
  {
    rule: rule('c-registered-03', '§2.8', 'V', 'Vào sổ thì gửi 03, sau 01', 'Registering sends 03, after 01'),
    async play(stage) {
      const { client, sample, put, settle, statuses } = stage;
      const document = sample();
      await settle([put(document)]);
      await client.act({ kind: 'register', code: codeOf(document) }, () => statuses(document).some(({ code }) => code === '03'));
      await client.round();
      return verdict(codesOf(stage, document) === '01, 03', codesOf(stage, document) || 'no status');
    },
  },
  {
    rule: rule('c-take-back-agreed', '§2.8', 'V', 'Nhận 13 và đồng ý thì gửi 15', 'Asked by 13 and agreeing, it sends 15'),
    play: (stage) => askedBack(stage, true),
  },
  {
    rule: rule('c-take-back-refused', '§2.8', 'V', 'Nhận 13 và từ chối thì gửi 16 kèm lý do', 'Asked by 13 and refusing, it sends 16 with the reason'),
    play: (stage) => askedBack(stage, false),
  },
  {
    rule: rule('c-asks-back-by-13', '§2.8', 'V', 'Xin lấy lại bằng 13: From là nơi gửi, ResponseFor là nơi nhận, có lý do', 'Asks back by 13: From is the sender, ResponseFor the receiver, with the reason'),
    async play(stage) {
      const { axis, client, partner } = stage;
      const { number } = await sentOut(stage);
      const found = (): string | undefined => axis.sent.find(({ xml }) => textIn(xml, 'StatusCode') === '13')?.xml;
      await client.act({ kind: 'ask-back', number, reason: 'Sai nội dung' }, () => found() !== undefined);
      await client.round();
      const xml = found() ?? '';
      const told = [textIn(xml, 'From', 'OrganId'), textIn(xml, 'ResponseFor', 'OrganId'), textIn(xml, 'Description')];
      return verdict(told[0] === client.agency.code && told[1] === partner.code && told[2] !== '', told.join(' | '));
    },
  },
  {
    rule: rule('c-14-read-as-15', '§2.8', 'S', 'Nhận 14 hiểu như 15', '14 is read as 15'),
    async play(stage) {
      const { client, settle } = stage;
      await client.takeBack('');
      const { number, xml } = await sentOut(stage);
      await client.act({ kind: 'ask-back', number, reason: 'Sai nội dung' }, () => false);
      await client.round();
      await settle([news(stage, xml, '14')]);
      const state = await client.takeBack(number);
      return verdict(state === 'agreed', state ?? 'nothing asked');
    },
  },
  {
    rule: rule('c-status-acknowledged', '§1.5', 'V', 'Trạng thái nhận được cũng được done', 'A status that came is told done as well'),
    async play(stage) {
      const { xml } = await sentOut(stage);
      const docId = news(stage, xml, '01');
      await stage.settle([docId]);
      return verdict(stage.axis.said(docId).at(-1) === 'done', stage.axis.said(docId).join(', ') || 'nothing');
    },
  },
];
