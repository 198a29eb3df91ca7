import { createHash } from 'node:crypto';
import type { Client, IncomingDetail, IncomingSummary, Outcome } from '#contract';
import type { PracticeControl } from '../axis/control-client.ts';
import type { Delivery } from '../axis/axis.store.ts';
import { practiceAgency } from '../practice-office.ts';
import { registerAsCsv } from './register-csv.ts';

export type DayPorts = {
  /** the same calls that the window makes */
  readonly client: Client;
  readonly control: PracticeControl;
  readonly readFile: (fileId: string) => Promise<Uint8Array>;
  /** one line of progress */
  readonly say: (line: string) => void;
  /** keeps a file of the results; answers its path */
  readonly keep: (name: string, bytes: Uint8Array | string) => void;
};

export type DayCheck = { readonly what: string; readonly ok: boolean; readonly found: string };
export type DayResult = { readonly checks: readonly DayCheck[]; readonly documents: number; readonly ok: boolean };

/**
 * The practice day as far as this version goes: documents arrive, are stored, acknowledged, registered and reported;
 * the connection breaks in the middle; a message cannot be read. Each claim is checked against what the axis saw.
 */
export async function playDay(ports: DayPorts): Promise<DayResult> {
  const { client, control, say } = ports;
  const checks: DayCheck[] = [];
  function check(what: string, ok: boolean, found: string): void {
    checks.push({ what, ok, found });
    say(`  ${ok ? '✓' : '✗'} ${what}: ${found}`);
  }

  say('1. Nhận văn bản từ trục liên thông (luyện tập)');
  const waiting = (await control.inspect()).deliveries.filter(toUs);
  const first = must(await client.exchange.receiveNow({}));
  check('Số văn bản nhận được', first.received === waiting.length, `${String(first.received)} trên ${String(waiting.length)}`);
  const afterFirst = (await control.inspect()).deliveries.filter(toUs);
  check('Trục đã được báo nhận đủ', afterFirst.every(done), countText(afterFirst.filter(done), afterFirst));

  say('2. Lưu tệp và đối chiếu mã băm');
  const arrived = await listAll(client, 'arrived');
  for (const document of arrived) {
    const detail = must(await client.records.incomingGet({ id: document.id }));
    await keepFiles(ports, detail, check);
  }

  say('3. Vào sổ văn bản đến');
  const numbers: number[] = [];
  // Oldest first: numbers follow the order of arrival (NĐ 30/2020 art. 22.2).
  for (const { id, codeNumber, codeNotation, issuerName } of arrived.toReversed()) {
    const { arrivalNumber } = must(await client.records.registerIncoming({ id }));
    numbers.push(arrivalNumber);
    say(`  Số đến ${String(arrivalNumber)}: ${codeNumber}/${codeNotation} của ${issuerName}`);
  }
  check('Số đến liên tục, không trùng', numbers.every((n, at) => n === (numbers[0] ?? 0) + at), numbers.join(', '));
  const again = await client.records.registerIncoming({ id: arrived[0]?.id ?? '' });
  check('Vào sổ lần hai bị từ chối', !again.ok && again.failure.code === 'already-registered', again.ok ? 'được nhận' : again.failure.code);

  say('4. Đường truyền đứt đúng lúc gửi trạng thái');
  await control.fault({ kind: 'cut', verb: 'sendEdoc' });
  const cut = await client.exchange.receiveNow({});
  check('Trạm biết là chưa chắc đã gửi', !cut.ok, cut.ok ? 'không nhận ra' : cut.failure.code);
  must(await client.exchange.receiveNow({}));
  const statuses = await sentStatuses(ports);
  const expected = arrived.flatMap(({ codeNumber, codeNotation }) => ['01', '03'].map((code) => `${codeNumber}/${codeNotation} ${code}`));
  check('Mỗi trạng thái 01, 03 đến trục đúng một lần', sameBag(statuses, expected), `${String(statuses.length)} trên ${String(expected.length)}`);

  say('5. Một thư không đọc được');
  await control.deliver(Buffer.from('<?xml version="1.0"?><!DOCTYPE a><a/>'), { from: 'G09', to: [practiceAgency.code], messageType: 'edoc' });
  const bad = must(await client.exchange.receiveNow({}));
  const quarantine = must(await client.exchange.quarantine({}));
  check('Thư hỏng được giữ lại cùng lý do', bad.quarantined === 1 && quarantine.length === 1, quarantine[0]?.reason ?? 'không thấy');

  say('6. Sổ và nhật ký');
  const registered = await listAll(client, 'registered');
  ports.keep('so-van-ban-den.csv', registerAsCsv(registered));
  const chain = must(await client.audit.verify({}));
  check('Chuỗi nhật ký nguyên vẹn', chain.brokenAt === null, `${String(chain.entries)} mục, mã băm cuối ${chain.head.slice(0, 16)}…`);

  const result = { checks, documents: arrived.length, ok: checks.every((one) => one.ok) };
  ports.keep('ket-qua.json', `${JSON.stringify({ ...result, auditHead: chain.head }, null, 2)}\n`);
  return result;
}

const toUs = (delivery: Delivery): boolean => delivery.to === practiceAgency.code && delivery.messageType === 'edoc';
const done = (delivery: Delivery): boolean => delivery.state === 'done';
const countText = (some: readonly unknown[], all: readonly unknown[]): string => `${String(some.length)} trên ${String(all.length)}`;

async function keepFiles(
  ports: DayPorts,
  detail: IncomingDetail,
  check: (what: string, ok: boolean, found: string) => void,
): Promise<void> {
  for (const file of detail.files) {
    const bytes = await ports.readFile(file.id);
    const hash = createHash('sha256').update(bytes).digest('hex');
    check(`${detail.codeNumber}/${detail.codeNotation}`, hash === file.sha256 && bytes.length === file.size, `${file.name}, ${String(file.size)} byte`);
    ports.keep(`van-ban-den/${safeName(`${detail.codeNumber}-${detail.codeNotation}`)}/${safeName(file.name)}`, bytes);
  }
}

/** Reads what reached the axis, keeps it, and says `<number>/<notation> <status>` of each. */
async function sentStatuses(ports: DayPorts): Promise<string[]> {
  const { sent } = await ports.control.inspect();
  const said: string[] = [];
  for (const [at, { docId }] of sent.entries()) {
    const bytes = await ports.control.bytesOf(docId);
    const text = Buffer.from(bytes).toString('utf8');
    const code = /<edXML:StatusCode>([^<]*)</.exec(text)?.[1] ?? '';
    const about = unescaped(/<edXML:Code>([^<]*)</.exec(text)?.[1] ?? '');
    ports.keep(`trang-thai/${String(at + 1).padStart(2, '0')}-${code}.edxml`, bytes);
    said.push(`${about} ${code}`);
  }
  return said;
}

async function listAll(client: Client, state: IncomingSummary['state']): Promise<readonly IncomingSummary[]> {
  return must(await client.records.incomingList({ state, before: null, limit: 500 })).items;
}

function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`the practice day stopped: ${outcome.failure.code} ${outcome.failure.incident ?? ''}`);
}

function sameBag(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** A name that every file system takes and that leads nowhere else. */
function safeName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N} .,()&+_-]/gu, '_').replace(/^\.+/, '_');
  return plain.slice(0, 120) === '' ? '_' : plain.slice(0, 120);
}
