import { refusal } from '../../axis/protocol.ts';
import { textIn } from '../edxml-sample.ts';
import { rule, verdict, type Verdict } from '../rule.ts';
import { oneEntryZip } from '../zip-sample.ts';
import { callsOf, cutOff, page, type ClientCase, type Stage } from './stage.ts';

/** A connection that breaks at the first send of a status; then time passes until the next try. */
async function cutAtSend({ axis, client, sample, put, settle, statuses }: Stage, handled: boolean): Promise<Verdict> {
  const document = sample();
  axis.prescribe('sendEdoc', cutOff, { handled });
  // A client may look its message up before it ever sends it; what it does after the cut is what is judged.
  const sinceCut = (): string[] => {
    const verbs = axis.calls.map(({ verb }) => verb).filter((verb) => verb === 'sendEdoc' || verb === 'getSentEdocList');
    return verbs.slice(Math.max(0, verbs.indexOf('sendEdoc')));
  };
  await settle([put(document)]);
  for (let waited = 0; waited < 600 && !(sinceCut()[0] === 'sendEdoc' && sinceCut().includes('getSentEdocList')); waited += 60) {
    await client.later(60);
    await client.round();
  }
  const wanted = handled ? 'sendEdoc → getSentEdocList' : 'sendEdoc → getSentEdocList → sendEdoc';
  const seen = sinceCut().join(' → ');
  return verdict(seen === wanted && statuses(document).length === 1, `${seen}, ${String(statuses(document).length)} at the axis`);
}

/** Rules about sending and trying again (axis.md §1.6, §1.7, §6). */
export const sendCases: readonly ClientCase[] = [
  {
    rule: rule('c-sends-document', '§1.3', 'V', 'Văn bản phát hành được gửi đúng một lần, đúng from', 'An issued document is sent once, with the right from'),
    async play({ axis, client, partner, sample }) {
      const { number } = sample();
      const files = [
        { name: 'cong-van.pdf', bytes: Buffer.from('%PDF-1.4 thử') },
        { name: 'to-trinh.docx', bytes: oneEntryZip('word/document.xml', Buffer.from('<w/>')) },
        { name: 'bang.xlsx', bytes: oneEntryZip('xl/workbook.xml', Buffer.from('<workbook/>')) },
        { name: 'ghi-chú.txt', bytes: Buffer.from('Ghi chú') },
      ];
      const mine = (): typeof axis.sent => axis.sent.filter(({ messageType, xml }) => messageType === 'edoc' && textIn(xml, 'CodeNumber') === number);
      await client.act({ kind: 'send', number, to: partner, files }, () => mine().length > 0);
      await client.round();
      const [first] = mine();
      const to = textIn(first?.xml ?? '', 'To', 'OrganId');
      return verdict(mine().length === 1 && first?.from === client.agency.code && to === partner.code, `${String(mine().length)} ×, from ${first?.from ?? ''} to ${to}`);
    },
  },
  {
    rule: rule('c-cut-after-send', '§1.7', 'I', 'Đứt mạng sau khi trục đã nhận: xem getSentEdocList, không gửi lần hai', 'Cut after the axis took it: getSentEdocList is asked, nothing is sent twice'),
    play: (stage) => cutAtSend(stage, true),
  },
  {
    rule: rule('c-cut-before-send', '§1.7', 'I', 'Đứt mạng trước khi trục nhận: xem getSentEdocList rồi gửi lại', 'Cut before the axis took it: getSentEdocList is asked, then it is sent again'),
    play: (stage) => cutAtSend(stage, false),
  },
  {
    rule: rule('c-permanent-not-retried', '§1.6', 'S', 'Mã lỗi vĩnh viễn (18) không gửi lại', 'A permanent code (18) is not tried again'),
    async play({ axis, client, sample, put, settle }) {
      axis.prescribe('sendEdoc', refusal('18', 'Don vi nhan khong ton tai'), { times: 100 });
      await settle([put(sample())]);
      for (let day = 0; day < 3; day += 1) {
        await client.later(86_400);
        await client.round();
      }
      const tries = callsOf(axis.calls, 'sendEdoc').length;
      return verdict(tries === 1, `${String(tries)} × sendEdoc in 3 days`);
    },
  },
  {
    rule: rule('c-retry-grows', '§1.7', 'S', 'Khoảng cách giữa các lần gửi lại tăng dần', 'The distance between tries grows'),
    async play({ axis, client, sample, put, settle }) {
      axis.prescribe('sendEdoc', page(500, 'text/html', '<html><body>Internal Server Error</body></html>'), { times: 100 });
      await settle([put(sample())]);
      for (let round = 0; round < 40 && callsOf(axis.calls, 'sendEdoc').length < 4; round += 1) {
        await client.later(15);
        await client.round();
      }
      const times = callsOf(axis.calls, 'sendEdoc').map(({ at }) => at.getTime());
      const distances = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
      const grows = distances.length >= 3 && distances.every((distance, index) => index === 0 || distance > (distances[index - 1] ?? 0));
      return verdict(grows, distances.map((distance) => `${String(distance)} s`).join(', ') || `${String(times.length)} × sendEdoc`);
    },
  },
  {
    rule: rule('c-statuses-in-order', '§2.8', 'I', 'Sau sự cố các trạng thái vẫn đi đúng thứ tự, mỗi mã một lần', 'After a trouble the statuses still go in order, each once'),
    async play({ axis, client, sample, put, settle, statuses }) {
      const document = sample();
      axis.prescribe('sendEdoc', page(503, 'text/html', '<html><body>Service Unavailable</body></html>'));
      await settle([put(document)]);
      const code = `${document.number}/${document.notation}`;
      await client.act({ kind: 'register', code }, () => statuses(document).length > 1);
      for (let round = 0; round < 10 && statuses(document).length < 2; round += 1) {
        await client.later(60);
        await client.round();
      }
      const told = statuses(document).map((status) => status.code);
      return verdict(told.join() === '01,03', told.join(', ') || 'no status');
    },
  },
];
