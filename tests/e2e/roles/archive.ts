import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BatchSummary, DossierDetail, DossierMember, ReceiptSummary } from '#contract';
import { practiceAgency } from '../../../electron/services/practice/index.ts';
import { see, there, type Desk } from '../day/desk.ts';
import { typeInto, savedMinutes } from '../handover-office.ts';
import { askWindow, goTo, press, waitForText } from '../office.ts';
import type { TestStation } from '../station.ts';
import { archive, seats } from './office-of-roles.ts';
import { choose, type Picture } from './seats.ts';

const title = 'Hồ sơ kiểm kê tài sản công';
const agreement = '01.LT.1';

/** Officer: the letter goes into the dossier that its words suggest, which is opened from the file plan by that. */
export async function fileIt({ page: now, hand }: Desk, id: string): Promise<void> {
  const page = now();
  await goTo(page, `#/incoming?id=${id}`);
  await waitForText(page, 'Hồ sơ gợi ý, chưa mở: 01.KTHTĐT');
  await hand.press('Alt+H');
  await waitForText(page, 'Trong hồ sơ:');
}

/** Archivist: what is missing is remarked and put in; then the dossier is closed. Answers its id. */
export async function closeDossier(desk: Desk, answer: string, picture: Picture): Promise<string> {
  const { hand, page: now } = desk;
  await hand.press('Alt+4');
  await choose(now(), title);
  await waitForText(now(), `Văn bản ${answer} thuộc cùng việc`);
  await picture('archivist-remarks');
  await press(now(), 'Thêm văn bản…');
  await there(desk, 'dialog[open] [name=find]');
  await hand.type(answer);
  await there(desk, 'dialog[open] [role=option]');
  await hand.press('Enter');
  await see(desk, 'dialog[open]', 'Thêm 1 văn bản');
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã thêm 1 văn bản.');
  await see(desk, '[role=tab]', 'Văn bản (2)');
  await hand.press('F8');
  await there(desk, 'dialog[open] [name=endDate]');
  if ((await now().$('dialog[open] [name=seen]')) !== null) {
    await hand.tabTo('dialog[open] [name=seen]');
    await hand.press('Space');
  }
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã đóng hồ sơ.');
  const id = await now().evaluate(() => /id=([0-9a-f-]{36})/.exec(location.hash)?.[1] ?? '');
  expect(await askWindow<DossierDetail>(now(), 'dossiers', 'get', { id })).toMatchObject({ state: 'closed', closedBy: seats.archivist, members: 2 });
  return id;
}

/** Archivist: a batch is made, packaged and given. Answers the folder of its packages. */
export async function give(desk: Desk): Promise<string> {
  const { hand, page: now } = desk;
  await goTo(now(), '#/dossiers?part=handover');
  await waitForText(now(), 'Chưa có đợt nộp lưu nào');
  await hand.press('Alt+N');
  await typeInto(now(), { title: 'Hồ sơ kiểm kê', partyName: archive.name, partyCode: archive.code, agreement, giverName: seats.archivist, takerName: archive.archivist });
  await hand.press('Control+Enter');
  await waitForText(now(), 'Bước tiếp: chọn hồ sơ đã đóng cho đợt này.');
  await hand.press('F8');
  await there(desk, '#candidates-0');
  await press(now(), 'Chọn cả 1');
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã thêm 1 hồ sơ.');
  await hand.press('F8');
  await waitForText(now(), 'Có thể đóng gói.');
  await hand.press('F8');
  await there(desk, 'dialog[open]');
  if ((await now().$('dialog[open] [name=seen]')) !== null) {
    await hand.tabTo('dialog[open] [name=seen]');
    await hand.press('Space');
  }
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã đóng gói xong 1 hồ sơ và đọc lại từng tệp.');
  const [batch] = await askWindow<BatchSummary[]>(now(), 'handover', 'batches', { before: null, limit: 5 });
  const { folder } = await askWindow<{ folder: string }>(now(), 'handover', 'batch', { id: batch?.id });
  await hand.press('F8');
  await there(desk, 'dialog[open] [name=day]');
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã ghi ngày giao.');
  return folder;
}

/** At the archive: packages are laid into its folder, checked, taken over, and minutes made of it. Answers the minutes' file. */
export async function takeOver(desk: Desk, taker: TestStation, from: string): Promise<string> {
  const { hand, page: now } = desk;
  const into = join(taker.folder, 'Documents/tiep-nhan/dot-1');
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(from).filter((one) => one.endsWith('.zip'))) cpSync(join(from, name), join(into, name));
  await goTo(now(), '#/dossiers?part=handover&side=receiving');
  await waitForText(now(), 'Chưa có lần tiếp nhận nào');
  await hand.press('Alt+N');
  await typeInto(now(), { title: 'Hồ sơ kiểm kê', partyName: practiceAgency.name, partyCode: practiceAgency.code, agreement, registered: '1' });
  await hand.press('Control+Enter');
  await waitForText(now(), 'Có 1 gói tin chờ kiểm tra');
  await hand.press('F8');
  await waitForText(now(), 'Đã kiểm tra: đạt 1.');
  await waitForText(now(), 'Bước tiếp: quyết định 1 gói');
  await hand.press('F8');
  await there(desk, 'dialog[open]');
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã quyết định: tiếp nhận 1');
  await hand.press('F8');
  await typeInto(now(), { number: '01/BB-TTLT' });
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã nhận 1 hồ sơ vào kho');
  return savedMinutes(now(), taker.folder);
}

/** Archivist: the archive's minutes come back and agree. */
export async function takeMinutes(desk: Desk, path: string): Promise<void> {
  const { hand, page: now } = desk;
  await goTo(now(), '#/dossiers?part=handover');
  await waitForText(now(), 'Bước tiếp: nhập biên bản của bên nhận.');
  await hand.press('F8');
  await (await now().waitForSelector('dialog[open] input[type=file]'))?.uploadFile(path);
  await see(desk, 'dialog[open]', '01/BB-TTLT');
  await hand.press('Control+Enter');
  await waitForText(now(), 'Đã ghi biên bản: tiếp nhận 1');
}

/** SHA-256 of every file of a dossier, in its order. */
async function hashesOf({ page }: Desk, dossier: string): Promise<readonly string[]> {
  const { items } = await askWindow<{ items: DossierMember[] }>(page(), 'dossiers', 'members', { dossier, after: 0, limit: 1000 });
  return items.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
}

/** What the archive holds is what was given, byte for byte. */
export async function expectSame(office: Desk, dossier: string, taker: Desk): Promise<void> {
  const [receipt] = await askWindow<ReceiptSummary[]>(taker.page(), 'handover', 'receipts', { before: null, limit: 5 });
  const [held] = await askWindow<{ dossier: string | null }[]>(taker.page(), 'handover', 'packages', { receipt: receipt?.id, after: 0, limit: 10 });
  const given = await hashesOf(office, dossier);
  expect(given).toHaveLength(2);
  expect(await hashesOf(taker, held?.dossier ?? '')).toEqual(given);
  expect((await askWindow<DossierDetail>(office.page(), 'dossiers', 'get', { id: dossier })).handedOverAt).not.toBeNull();
}
