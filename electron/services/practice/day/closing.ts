import type { IncomingSummary } from '#contract';
import { register } from './arrivals.ts';
import type { SeenMessage } from './axis-view.ts';
import { codeOf, listIncoming, must, safeName, type Day } from './day.ts';
import { sayDuties } from './owed.ts';
import { registerAsCsv } from './register-csv.ts';

const kinds = { '0': 'gui', '1': 'thu-hoi', '2': 'cap-nhat', '3': 'thay-the' } as const;
/** More ticks than any partner still plans. */
const lastTicks = 30;

/**
 * The partners end what they began; everything that came is registered, and nothing is left to do.
 * @param print prints the books when everything stands in them
 */
export async function endOfDay(day: Day, print: () => Promise<void>): Promise<{ readonly auditHead: string; readonly documents: number }> {
  day.chapter('Cuối ngày');
  for (let tick = 0; tick < lastTicks && (await day.control.advance()).planned > 0; tick += 1);
  await day.exchange();
  await register(day, await listIncoming(day, 'arrived'));
  await day.exchange();
  const lying = (await day.axis.forUs()).filter(({ state }) => state === 'initial');
  day.check('Trục không còn gì chờ ta nhận', lying.length === 0, `${String(lying.length)} thông điệp`);
  const waiting = must(await day.client.exchange.outbox({})).filter(({ state }) => state !== 'delivered' && state !== 'cancelled');
  day.check('Hộp gửi không còn gì chờ', waiting.length === 0, waiting.length === 0 ? 'trống' : waiting.map(({ about, state }) => `${about} ${state}`).join(', '));
  const duties = await sayDuties(day);
  // The work on a document has days of its own and may go on tomorrow; it must not be late.
  const left = duties.filter(({ kind, doneAt, state }) => (doneAt === null && kind !== 'handling') || state === 'overdue' || state === 'done-late');
  day.check('Không việc nào quá hạn, không việc nào còn lại', left.length === 0, left.length === 0 ? 'mọi việc đã xong trong hạn' : left.map(({ about, state }) => `${about} ${state}`).join(', '));

  const closed: IncomingSummary[] = [];
  for (const state of ['registered', 'presented', 'assigned', 'in-progress', 'done', 'recalled', 'replaced'] as const) closed.push(...(await listIncoming(day, state)));
  const numbers = closed.map(({ arrivalNumber }) => arrivalNumber ?? 0).toSorted((a, b) => a - b);
  day.check('Sổ văn bản đến liền số từ 1', numbers.every((number, at) => number === at + 1), `1 – ${String(numbers.at(-1) ?? 0)}`);
  day.keep('so-van-ban-den.csv', registerAsCsv(closed));
  await keepMessages(day);
  await print();
  const chain = must(await day.client.audit.verify({}));
  day.check('Chuỗi nhật ký nguyên vẹn', chain.brokenAt === null, `${String(chain.entries)} mục, mã băm cuối ${chain.head.slice(0, 16)}…`);
  return { auditHead: chain.head, documents: closed.length };
}

/** Every message of ours as the axis got it, and every one that it had for us. */
async function keepMessages(day: Day): Promise<void> {
  const sent = await day.axis.sent();
  sent.forEach((one, at) => {
    const { folder, name } = nameOf(one);
    day.keep(`${folder}/${numbered(at)}-${safeName(name)}.edxml`, one.bytes);
  });
  const came = await day.axis.forUs();
  for (const [at, { docId, from, notation }] of came.entries()) {
    day.keep(`tu-truc/${numbered(at)}-${safeName(`${from}-${notation}`)}.edxml`, await day.control.bytesOf(docId));
  }
}

function nameOf({ message }: SeenMessage): { folder: string; name: string } {
  if (message.kind === 'status') return { folder: 'trang-thai', name: `${message.statusCode}-${message.responseFor.code}` };
  return { folder: 'thong-diep-di', name: `${kinds[message.business.bussinessDocType]}-${codeOf(message.header.code)}` };
}

const numbered = (at: number): string => String(at + 1).padStart(2, '0');
