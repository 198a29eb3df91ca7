import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { BatchSummary, ReceivedPackage, ReceiptSummary } from '#contract';
import { ownAgency } from '../fakes/station/messages.ts';
import { archive, asArchive, savedMinutes, typeInto, yearEnded } from './handover-office.ts';
import { askWindow, dress, goTo, looks, press, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let office: TestStation;
let taker: TestStation;

afterEach(async () => {
  await Promise.all([office.close(), taker.close()]);
});

async function alt(page: Page, key: 'KeyN'): Promise<void> {
  await page.keyboard.down('Alt');
  await page.keyboard.press(key);
  await page.keyboard.up('Alt');
}

async function ctrlEnter(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
}

async function hand(page: Page, path: string, selector = 'dialog[open] input[type=file]'): Promise<void> {
  const input = await page.waitForSelector(selector);
  await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
}

/** Waits until the verdict on every file is known: one that is not is remarked before packaging. */
async function allLookedAt(page: Page): Promise<void> {
  const { items } = await askWindow<{ items: { id: string }[] }>(page, 'dossiers', 'list', { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 });
  const waits = async (): Promise<number> => {
    const remarks = await Promise.all(items.map(({ id }) => askWindow<{ kind: string }[]>(page, 'dossiers', 'check', { id })));
    return remarks.flat().filter((remark) => JSON.stringify(remark).includes('verdict-waiting')).length;
  };
  await expect.poll(waits).toBe(0);
}

/** What stops a batch is told with its remedy and mended on the spot; the batch is packaged and given. Answers the folder of its packages. */
async function giving(): Promise<string> {
  const { page } = office;
  await goTo(page, '#/dossiers?part=handover');
  await waitForText(page, 'Chưa có đợt nộp lưu nào');
  await alt(page, 'KeyN');
  await typeInto(page, { title: 'Hồ sơ năm 2025', partyName: archive.name, partyCode: archive.organId, giverName: 'Phạm Thị Giao', takerName: 'Đỗ Văn Nhận' });
  await ctrlEnter(page);
  await waitForText(page, 'Bước tiếp: chọn hồ sơ đã đóng cho đợt này.');
  await page.keyboard.press('F8');
  await page.waitForSelector('#candidates-0');
  await press(page, 'Chọn cả 1');
  await page.click('::-p-xpath(//dialog[@open]//*[@role="tab"][.="Có thời hạn (2)"])');
  // By keys: into the list, the first, the second.
  await page.focus('dialog[open] [role=grid]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Thêm 3 hồ sơ');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'Đã thêm 3 hồ sơ.');
  await waitForText(page, 'Vĩnh viễn (1)');
  await waitForText(page, 'Có thời hạn (2)');
  await allLookedAt(page);
  await page.keyboard.press('F8');
  await waitForText(page, 'Còn 1 điều phải sửa trước khi đóng gói.');
  await waitForText(page, 'Đợt nộp chưa có mã đăng ký yêu cầu thu nộp.');
  await page.keyboard.press('F2');
  await typeInto(page, { agreement: '01.LT.1.2026' });
  await ctrlEnter(page);
  await waitForText(page, 'Đã lưu thông tin.');
  await page.keyboard.press('F8');
  await waitForText(page, 'Có thể đóng gói.');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] input[type=radio]');
  expect(await page.$('dialog[open] [name=seen]'), 'nothing is remarked').toBeNull();
  await ctrlEnter(page);
  await waitForText(page, 'Đã đóng gói xong 3 hồ sơ và đọc lại từng tệp.');
  for (const look of looks) {
    await dress(page, look);
    await page.waitForSelector('#batch-items-0');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
  await dress(page, { language: 'vi', theme: 'light' });
  const [batch] = await askWindow<BatchSummary[]>(page, 'handover', 'batches', { before: null, limit: 5 });
  const detail = await askWindow<{ folder: string }>(page, 'handover', 'batch', { id: batch?.id });
  expect(readdirSync(detail.folder).filter((name) => name.endsWith('.zip'))).toHaveLength(3);
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=day]');
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi ngày giao.');
  expect(office.complaints).toEqual([]);
  return detail.folder;
}

/** Lists and minutes open from the batch, where prints are shown. */
async function prints(): Promise<void> {
  const { page } = office;
  for (const [button, name] of [['Mục lục vĩnh viễn', 'muc-luc'], ['Mục lục có thời hạn', 'muc-luc'], ['Biên bản', 'bien-ban-giao-nhan']] as const) {
    await goTo(page, '#/dossiers?part=handover');
    await page.click(`::-p-xpath(//button[normalize-space(.)="${button}"])`);
    await page.waitForSelector('canvas', { timeout: 60_000 });
    await waitForText(page, name);
  }
}

/** One flipped byte is not đạt, with its file and the reason; the rest is taken into the holdings. Answers the archive's minutes. */
async function receiving(folder: string): Promise<string> {
  const { page } = taker;
  const into = join(taker.folder, 'Documents/tiep-nhan/dot-1');
  mkdirSync(into, { recursive: true });
  cpSync(folder, into, { recursive: true });
  const name = readdirSync(into).find((one) => one.startsWith('2')) ?? '';
  const bytes = readFileSync(join(into, name));
  // A letter inside a PDF of the package, which lies in the ZIP as it is.
  const at = bytes.indexOf('%PDF-') + 60;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(into, name), bytes);
  await goTo(page, '#/dossiers?part=handover&side=receiving');
  await waitForText(page, 'Chưa có lần tiếp nhận nào');
  await alt(page, 'KeyN');
  await typeInto(page, { title: 'Hồ sơ năm 2025', partyName: ownAgency.name, partyCode: ownAgency.code, agreement: '01.LT.1.2026', registered: '3' });
  await ctrlEnter(page);
  await waitForText(page, 'Có 3 gói tin chờ kiểm tra');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã kiểm tra: đạt 2, không đạt 1.');
  const [receipt] = await askWindow<ReceiptSummary[]>(page, 'handover', 'receipts', { before: null, limit: 5 });
  const packages = await askWindow<ReceivedPackage[]>(page, 'handover', 'packages', { receipt: receipt?.id, after: 0, limit: 10 });
  await page.click(`#received-${String(packages.findIndex(({ passed }) => !passed))}`);
  await waitForText(page, 'Toàn vẹn: không đạt');
  await page.waitForFunction(() => (document.querySelector('#received-files-0')?.textContent ?? '').includes('không khớp dung lượng hoặc mã kiểm tra'));
  expect(await page.$eval('#received-files-0', (row) => row.textContent)).toContain('Không đạt');
  for (const look of looks) {
    await dress(page, look);
    await page.waitForSelector('#received-files-0');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
  await dress(page, { language: 'vi', theme: 'light' });
  await waitForText(page, 'Bước tiếp: quyết định 3 gói');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open]');
  await ctrlEnter(page);
  await waitForText(page, 'Đã quyết định: tiếp nhận 2, trả lại 1.');
  await page.keyboard.press('F8');
  await typeInto(page, { number: '01/BB-LT' });
  await ctrlEnter(page);
  await waitForText(page, 'Đã nhận 2 hồ sơ vào kho, trả lại 1.');
  expect(taker.complaints).toEqual([]);
  return savedMinutes(page, taker.folder);
}

/** Minutes that were changed are shown to differ and are not taken over; the archive's own agree and free what was refused. */
async function answering(minutes: string): Promise<void> {
  const { page } = office;
  await goTo(page, '#/dossiers?part=handover');
  await waitForText(page, 'Bước tiếp: nhập biên bản của bên nhận.');
  const changed = join(office.folder, 'sua.json');
  writeFileSync(changed, readFileSync(minutes, 'utf8').replace(/("decision":"accepted"[^}]*"metsSha256":")(.)/, (_, before: string, first: string) => `${before}${first === 'a' ? 'b' : 'a'}`));
  await page.keyboard.press('F8');
  await hand(page, changed);
  await waitForText(page, 'mã SHA-256 của METS.xml khác nhau');
  await waitForText(page, 'phải làm rõ với bên kia trước khi ghi nhận');
  expect(await page.$eval('dialog[open] button[type=submit]', (button) => button.getAttribute('aria-disabled'))).toBe('true');
  await hand(page, minutes);
  await waitForText(page, '01/BB-LT');
  await waitForText(page, 'Hồ sơ bị trả lại (1)');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'Đã ghi biên bản: tiếp nhận 2, trả lại 1 hồ sơ.');
  const [batch] = await askWindow<BatchSummary[]>(page, 'handover', 'batches', { before: null, limit: 5 });
  expect(batch).toMatchObject({ state: 'partly-refused', totals: { dossiers: 3, accepted: 2, refused: 1 } });
  const candidates = await askWindow<unknown[]>(page, 'handover', 'candidates', { retention: null, catalog: null, after: null, limit: 10 });
  expect(candidates).toHaveLength(1);

  // The other way round: the archive lays the giving side's beside what it received.
  const given = await savedMinutes(page, office.folder);
  await press(taker.page, 'Đối chiếu biên bản bên giao…');
  await hand(taker.page, given);
  await waitForText(taker.page, 'Hai biên bản khớp nhau về mọi gói tin.');
  expect(office.complaints).toEqual([]);
  expect(taker.complaints).toEqual([]);
}

test('dossiers go from one office’s window to the archive’s and back as minutes: what is damaged on the way is refused with its reason, and both sides agree', async () => {
  [office, taker] = await Promise.all([openStation(undefined, undefined, yearEnded), openStation(undefined, undefined, asArchive)]);
  await Promise.all([dress(office.page, { language: 'vi', theme: 'light' }), dress(taker.page, { language: 'vi', theme: 'light' })]);
  const folder = await giving();
  await prints();
  await answering(await receiving(folder));
});
