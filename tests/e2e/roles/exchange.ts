import { expect } from 'vitest';
import type { IncomingDetail, OutgoingDetail } from '#contract';
import { see, there, type Desk } from '../day/desk.ts';
import { askWindow, goTo, press, pressInDialog, waitForText, type Party } from '../office.ts';
import type { TestStation } from '../station.ts';
import { commune, department } from './office-of-roles.ts';
import { receive, type Picture } from './seats.ts';
import { askBack, say } from './theirs.ts';

type Axis = TestStation['axis'];

/** What we have issued, the older first. */
export async function issuedOf({ page }: Desk): Promise<readonly OutgoingDetail[]> {
  const { items } = await askWindow<{ items: { id: string; codeNumber: string }[] }>(page(), 'records', 'outgoingList', { state: 'issued', before: null, limit: 5 });
  const ids = items.toSorted((a, b) => a.codeNumber.localeCompare(b.codeNumber)).map(({ id }) => id);
  return Promise.all(ids.map((id) => askWindow<OutgoingDetail>(page(), 'records', 'outgoingGet', { id })));
}

export const codeOf = ({ codeNumber, codeNotation }: OutgoingDetail): string => `${codeNumber}/${codeNotation}`;

/** Both partners say that they have it; the clerk asks for news and sees it in the matrix. */
export async function statusesComeBack(desk: Desk, axis: Axis, documents: readonly OutgoingDetail[], picture: Picture): Promise<void> {
  const page = desk.page();
  // They are sent at once; a partner can say nothing of what it does not have.
  await expect.poll(() => sentCodes(axis), { timeout: 60_000 }).toEqual(expect.arrayContaining(documents.map(codeOf)));
  for (const document of documents) {
    for (const partner of [department, commune]) for (const [code, words] of [['01', 'Văn bản đã đến'], ['03', 'Đã tiếp nhận, vào sổ văn bản đến']] as const) await answer(axis, partner, document, code, words);
  }
  await receive(desk);
  for (const document of documents) {
    await goTo(page, `#/outbox?tab=sent&document=${document.id}`);
    for (const partner of [department, commune]) await inMatrix(desk, partner, 'Đã tiếp nhận');
  }
  await picture('clerk-follows');
}

async function sentCodes(axis: Axis): Promise<readonly string[]> {
  const { sent } = await axis.control.inspect();
  const messages = await Promise.all(sent.map(async ({ docId }) => Buffer.from(await axis.control.bytesOf(docId)).toString('utf8')));
  return messages.map((xml) => (xml.includes('<edXML:StatusCode>') ? '' : `${/<edXML:CodeNumber>([^<]*)/.exec(xml)?.[1] ?? ''}/${/<edXML:CodeNotation>([^<]*)/.exec(xml)?.[1] ?? ''}`));
}

async function answer(axis: Axis, from: Party, document: OutgoingDetail, code: string, words: string): Promise<void> {
  await say(axis, from, { code: codeOf(document), documentId: document.documentId, issuedDate: document.issuedDate }, code, words);
}

/** Waits until a partner's row says something. */
function inMatrix(desk: Desk, partner: Party, words: string): Promise<void> {
  return see(desk, '#matrix-grid [role=row]', new RegExp(`${partner.name.replaceAll('.', '\\.')}.*${words}`));
}

/** Does something that sends a message, and waits until the axis has it. */
async function sending(axis: Axis, act: () => Promise<void>): Promise<void> {
  const { sent } = await axis.control.inspect();
  await act();
  await expect.poll(async () => (await axis.control.inspect()).sent.length, { timeout: 60_000 }).toBeGreaterThan(sent.length);
}

/** We take one back from both by a message; one agrees, the other refuses, is asked again by status 13 and agrees. */
export async function takeBack(desk: Desk, axis: Axis, document: OutgoingDetail): Promise<void> {
  const page = desk.page();
  await goTo(page, `#/outbox?tab=sent&document=${document.id}`);
  await press(page, 'Thu hồi…');
  await see(desk, 'dialog[open]', 'văn bản bị khóa ngay');
  await press(page, 'Văn bản có sai sót về nội dung');
  await sending(axis, () => pressInDialog(page, 'Thu hồi ở 2 nơi'));
  await waitForText(page, 'Đã thu hồi, bị khóa từ');
  await answer(axis, commune, document, '15', 'Đồng ý lấy lại');
  await answer(axis, department, document, '16', 'Từ chối: văn bản đã chuyển lãnh đạo Sở xử lý');
  await receive(desk);
  await goTo(page, `#/outbox?tab=sent&document=${document.id}`);
  await inMatrix(desk, commune, 'Đồng ý');
  await inMatrix(desk, department, 'Không đồng ý');
  await (await page.waitForSelector(`::-p-xpath(//*[@id="matrix-grid"]//*[@role="row"][contains(., "${department.name}")])`))?.click();
  await press(page, 'Đề nghị nơi này lần nữa…');
  await press(page, 'Văn bản có sai sót về nội dung');
  await sending(axis, () => pressInDialog(page, 'Thu hồi ở 1 nơi'));
  await there(desk, 'dialog[open]', true);
  await answer(axis, department, document, '15', 'Đồng ý lấy lại');
  await receive(desk);
  await goTo(page, `#/outbox?tab=sent&document=${document.id}`);
  await inMatrix(desk, department, 'Đồng ý');
}

/** The department takes one of its letters back; the clerk agrees, and its files are destroyed. */
export async function giveBack(desk: Desk, axis: Axis, id: string): Promise<void> {
  const page = desk.page();
  await askBack(axis);
  await receive(desk);
  await goTo(page, `#/incoming?id=${id}`);
  await waitForText(page, 'Số liệu chưa được duyệt');
  await press(page, 'Đồng ý thu hồi (hủy tệp)…');
  await pressInDialog(page, 'Đồng ý, hủy tệp');
  await waitForText(page, 'Nơi gửi đã thu hồi');
  expect(await askWindow<IncomingDetail>(page, 'records', 'incomingGet', { id })).toMatchObject({ state: 'recalled', filesDestroyed: true });
}
