import { createHash } from 'node:crypto';
import type { IncomingDetail, IncomingSummary } from '#contract';
import { practiceAgency } from '../practice-office.ts';
import { answerOf, codeOf, countText, inWords, listIncoming, must, safeName, type Day } from './day.ts';
import { sayDuties } from './owed.ts';

/** Documents arrive, are stored whole and acknowledged, and the office sees what it owes for them. Newest first. */
export async function receiveArrivals(day: Day): Promise<readonly IncomingSummary[]> {
  day.chapter('Nhận văn bản từ trục liên thông (luyện tập)');
  const waiting = (await day.axis.forUs()).length;
  const first = await day.exchange();
  day.check('Số văn bản nhận được', first.received === waiting, countText(first.received, waiting));
  const after = await day.axis.forUs();
  const done = after.filter((one) => one.state === 'done');
  day.check('Trục đã được báo nhận đủ', done.length === after.length, countText(done.length, after.length));
  const arrived = await listIncoming(day, 'arrived');
  const registrations = (await sayDuties(day)).filter(({ kind, doneAt }) => kind === 'registration' && doneAt === null);
  day.check('Mỗi văn bản đến thành một việc phải vào sổ, có hạn', registrations.length === arrived.length, countText(registrations.length, arrived.length));

  day.chapter('Lưu tệp và đối chiếu mã băm');
  for (const { id } of arrived) await keepFiles(day, must(await day.client.records.incomingGet({ id })));
  return arrived;
}

async function keepFiles(day: Day, detail: IncomingDetail): Promise<void> {
  for (const file of detail.files) {
    const bytes = await day.readFile(file.id);
    const hash = createHash('sha256').update(bytes).digest('hex');
    day.check(codeOf(detail), hash === file.sha256 && bytes.length === file.size, `${file.name}, ${String(file.size)} byte`);
    day.keep(`van-ban-den/${safeName(codeOf(detail))}/${safeName(file.name)}`, bytes);
  }
}

/** Everything that arrived gets its number; the statuses go out over a line that breaks. */
export async function registerArrivals(day: Day, arrived: readonly IncomingSummary[]): Promise<void> {
  day.chapter('Vào sổ văn bản đến');
  const numbers = await register(day, arrived);
  day.check('Số đến liên tục, không trùng', numbers.every((n, at) => n === (numbers[0] ?? 0) + at), numbers.join(', '));
  const again = await day.client.records.registerIncoming({ id: arrived[0]?.id ?? '' });
  day.check('Vào sổ lần hai bị từ chối', answerOf(again) === 'already-registered', inWords(answerOf(again)));

  day.chapter('Đường truyền đứt đúng lúc gửi trạng thái');
  await day.control.fault({ kind: 'cut', verb: 'sendEdoc' });
  const cut = await day.client.exchange.receiveNow({});
  day.check('Trạm biết là chưa chắc đã gửi', answerOf(cut) === 'axis-unreachable', inWords(answerOf(cut)));
  await day.exchange();
  const said: string[] = [];
  const expected: string[] = [];
  for (const document of arrived) {
    const { documentId } = must(await day.client.records.incomingGet({ id: document.id }));
    for (const { message } of await day.axis.statuses(documentId)) said.push(`${codeOf(document)} ${message.statusCode}`);
    expected.push(`${codeOf(document)} 01`, `${codeOf(document)} 03`);
  }
  day.check('Mỗi trạng thái 01, 03 đến trục đúng một lần', sameBag(said, expected), countText(said.length, expected.length));
}

/** Enters documents in the register, given newest first, in the order of arrival (NĐ 30/2020 art. 22.2). */
export async function register(day: Day, documents: readonly IncomingSummary[]): Promise<number[]> {
  const numbers: number[] = [];
  for (const document of documents.toReversed()) {
    const { arrivalNumber } = must(await day.client.records.registerIncoming({ id: document.id }));
    numbers.push(arrivalNumber);
    day.say(`  Số đến ${String(arrivalNumber)}: ${codeOf(document)} của ${document.issuerName}`);
  }
  return numbers;
}

/** A message that cannot be read is kept with the reason, and nothing else suffers. */
export async function keepUnreadable(day: Day): Promise<void> {
  day.chapter('Một thư không đọc được');
  const bytes = Buffer.from('<?xml version="1.0"?><!DOCTYPE a><a/>');
  await day.control.deliver(bytes, { from: 'G09', to: [practiceAgency.code], messageType: 'edoc' });
  const bad = await day.exchange();
  const { items } = must(await day.client.exchange.quarantine({}));
  const kept = items.filter(({ reason }) => reason === 'doctype');
  day.check('Thư hỏng được giữ lại cùng lý do', bad.quarantined === 1 && kept.length === 1, inWords(items[0]?.reason ?? 'không thấy'));
}

function sameBag(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n');
}
