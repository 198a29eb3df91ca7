import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DossierSummary, ReceiptDetail, ReceiptSummary, ReceivedPackage, UseCopy } from '#contract';
import { checkPackage } from '../../electron/services/packages/index.ts';
import { laidThere, submittedFields } from '../fakes/handover/submitted.ts';
import { testPki } from '../fakes/pki/pki.ts';
import { signedWith } from '../integration/verification/world.ts';
import { archive } from './handover-office.ts';
import { allowSaving, ask, askWindow, dress, fileBytes, goTo, looks, press, violationsOn, waitForNoText, waitForText } from './office.ts';
import { shot } from './shots.ts';
import { openStation, type StartCore, type TestStation } from './station.ts';

let station: TestStation;

afterEach(async () => {
  await station.close();
});

/** Clicks something of the open dialog that may lie below its foot until it is scrolled to the middle. */
async function clickIn(page: Page, xpath: string): Promise<void> {
  const found = await page.waitForSelector(`::-p-xpath(//dialog[@open]${xpath})`);
  await found?.evaluate((one) => { (one as HTMLElement).scrollIntoView({ block: 'center' }); });
  await found?.click();
}

/** The same, taken over with its AIP. */
async function takenOver(start: StartCore): Promise<void> {
  await decided(start);
  const core = await start();
  const [receipt] = await ask<ReceiptSummary[]>(core, 'handover', 'receipts', { before: null, limit: 1 });
  await ask(core, 'handover', 'conclude', { id: receipt?.id, version: receipt?.version, number: '05/BB-LT', archive: true });
  await core.close();
}

/** An archive in which a package of another office was checked and accepted. */
async function decided(start: StartCore): Promise<void> {
  const core = await start();
  await ask(core, 'station', 'saveStation', { ...archive, operator: 'Đỗ Văn Lưu Trữ' });
  const packages = mkdtempSync(join(tmpdir(), 'tvt-e2e-'));
  await laidThere(packages, 1, { documents: 3, bytes: 4000 });
  const begun = await ask<ReceiptDetail>(core, 'handover', 'startReceipt', { fields: submittedFields });
  await core.handover.takeFrom(begun.id, [packages]);
  const now = await ask<ReceiptDetail>(core, 'handover', 'receipt', { id: begun.id });
  await ask(core, 'handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
  await core.close();
}

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, words] of Object.entries(values)) {
    const field = await page.waitForSelector(`dialog[open] [name=${name}]`);
    // What lies below the foot of the dialog cannot be clicked.
    await field?.evaluate((one) => { (one as HTMLInputElement).select(); });
    await field?.type(words);
  }
}

async function ctrlEnter(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
}

async function judgedIn(page: Page, wanted: string): Promise<void> {
  for (const look of looks) {
    await dress(page, look);
    await page.waitForSelector(wanted);
    expect(await violationsOn(page), `${wanted} ${look.theme}`).toEqual([]);
  }
  await dress(page, { language: 'vi', theme: 'light' });
}

test('what is taken over becomes an AIP where nobody says otherwise, and a use copy is made of it for somebody, judged, and written down', async () => {
  station = await openStation(undefined, undefined, decided);
  const { page } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, '#/dossiers?part=handover&side=receiving');
  await waitForText(page, 'Bước tiếp: ghi số biên bản');
  await page.keyboard.press('F8');
  await fill(page, { number: '05/BB-LT' });
  expect(await page.$eval('dialog[open] [name=archive]', (box) => (box as HTMLInputElement).checked)).toBe(true);
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'Đã nhận 1 hồ sơ vào kho. Có thể in biên bản.');
  await waitForText(page, '1/1 gói đã nhận vào kho');
  await waitForText(page, 'Gói lưu trữ (AIP):');

  await press(page, 'Lập bản sử dụng (DIP)…');
  await fill(page, { recipient: 'Nguyễn Thị Nghiên Cứu', recipientId: '079123456789', requestId: 'YC-2026-07', requestDay: '20/11/2026', purposeContent: 'Đối chiếu quyết định bổ nhiệm', validUntil: '31/12/2026' });
  await page.click('::-p-xpath(//dialog[@open]//label[contains(., "Chỉ những văn bản chọn")])');
  await page.click('::-p-xpath(//dialog[@open]//label[contains(., "2/QĐ-BNV")])');
  await waitForText(page, 'Chỉ những văn bản chọn dưới đây (1)');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'bộ kiểm tra kết luận đạt');
  await waitForText(page, 'Bản sử dụng đã cấp (1)');
  await waitForText(page, 'Nguyễn Thị Nghiên Cứu, yêu cầu YC-2026-07. Một phần, 1 văn bản');
  await judgedIn(page, '[data-pane=sheet]');

  const [receipt] = await askWindow<ReceiptSummary[]>(page, 'handover', 'receipts', { before: null, limit: 5 });
  const [held] = await askWindow<ReceivedPackage[]>(page, 'handover', 'packages', { receipt: receipt?.id, after: 0, limit: 5 });
  const [copy] = await askWindow<UseCopy[]>(page, 'holdings', 'useCopies', { package: held?.id, before: null, limit: 5 });
  expect(copy).toMatchObject({ fit: true, whole: false, documents: 1, validUntil: '2026-12-31', recipient: { name: 'Nguyễn Thị Nghiên Cứu', id: '079123456789' }, madeBy: 'Đỗ Văn Lưu Trữ' });
  expect(existsSync(join(station.folder, 'Documents', copy?.path ?? 'none'))).toBe(true);
  const history = await askWindow<{ act: string; reason: string }[]>(page, 'dossiers', 'history', { id: held?.dossier });
  expect(history.map(({ act }) => act)).toEqual(['received', 'archived', 'use-copy-begun', 'use-copy']);
  expect(history.at(-1)?.reason).toBe('Nguyễn Thị Nghiên Cứu. Đối chiếu quyết định bổ nhiệm');
  expect(station.complaints).toEqual([]);
}, 120_000);

test('from the dossier itself a certified use copy is given out: its text is made, waits at the dossier, is signed outside, brought back, and told with the copy', async () => {
  const pki = await testPki();
  station = await openStation(undefined, undefined, takenOver);
  const { page } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  const { items } = await askWindow<{ items: DossierSummary[] }>(page, 'dossiers', 'list', { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 5 });
  await goTo(page, `#/dossiers?id=${items[0]?.id ?? ''}`);
  await waitForText(page, 'Lập bản sử dụng (DIP)…');
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyK');
  await page.keyboard.up('Control');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.type('ban su dung');
  const option = await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Lập bản sử dụng (DIP) của hồ sơ đang chọn")])');
  await option?.click();
  await page.waitForSelector('dialog[open] [name=recipient]');
  await fill(page, { recipient: 'Nguyễn Thị Bình', recipientId: '079184001234', requestId: 'YC-2026-08', requestDay: '20/11/2026', purposeContent: 'Bổ sung hồ sơ hưởng chế độ' });
  await clickIn(page, '//label[contains(., "Có xác thực")]');
  await fill(page, { copies: '2' });
  expect(await violationsOn(page)).toEqual([]);
  const before = await page.$eval('dialog[open] button[type=submit]', (button) => button.getAttribute('aria-disabled'));
  expect(before).toBe('true');

  const downloads = await allowSaving(page, station.folder);
  await clickIn(page, '//button[contains(., "Lập văn bản xác thực để ký")]');
  await waitForText(page, 'Đã lập văn bản xác thực, mã');
  await clickIn(page, '//a[contains(., "Lưu văn bản xác thực")]');
  const made = await fileBytes(page, await page.$eval('dialog[open] a[download^=van-ban-xac-thuc]', (link) => (link.getAttribute('href') ?? '').slice('/files/'.length)));
  const saved = async (): Promise<string | undefined> => {
    for (let tries = 0; tries < 600; tries += 1) {
      const name = readdirSync(downloads).find((one) => one.startsWith('van-ban-xac-thuc') && one.endsWith('.pdf'));
      if (name !== undefined) return name;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  };
  expect(await saved()).toMatch(/^van-ban-xac-thuc-/);
  // A change of what is certified makes the text worthless for it.
  await fill(page, { copies: '3' });
  await waitForText(page, 'Nội dung bản cấp đã khác lúc lập văn bản xác thực');
  await fill(page, { copies: '2' });
  await waitForText(page, 'Đã lập văn bản xác thực, mã');
  // The dialog is closed while somebody goes to sign, and the window forgets all that it knew: the text waits at the dossier.
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { hidden: true });
  await page.reload();
  const tab = await page.waitForSelector('::-p-xpath(//*[@role="tab"][normalize-space(.)="Bản sử dụng"])');
  await tab?.click();
  await waitForText(page, 'Văn bản xác thực chờ ký, chờ cấp (1)');
  await waitForText(page, 'Chờ chữ ký số của cơ quan');
  expect(await violationsOn(page)).toEqual([]);
  await shot(page, 'certification-waiting');
  const signed = join(station.folder, 'da-ky.pdf');
  writeFileSync(signed, signedWith(pki, { signer: 'agency' }, { signer: 'agency', base: made }));
  const input = await page.waitForSelector('[data-certification] input[type=file]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(signed);
  await waitForText(page, 'BỘ THỬ NGHIỆM đã ký');
  await press(page, 'Lập bản sử dụng với văn bản này…');
  await page.waitForSelector('dialog[open] [name=recipient]');
  expect(await page.$eval('dialog[open] [name=recipient]', (field) => (field as HTMLInputElement).value)).toBe('Nguyễn Thị Bình');
  expect(await violationsOn(page)).toEqual([]);
  await ctrlEnter(page);
  await waitForText(page, 'bộ kiểm tra kết luận đạt');
  await waitForText(page, 'Bản sử dụng đã cấp (1)');
  await waitForText(page, 'Nguyễn Thị Bình, yêu cầu YC-2026-08. Cả hồ sơ, 3 văn bản');
  await waitForText(page, '2 bản, BỘ THỬ NGHIỆM');
  // A browser has no window of the system for folders.
  await waitForNoText(page, 'Mở thư mục');
  for (const look of looks) {
    await dress(page, look);
    const tab = await page.waitForSelector(`::-p-xpath(//*[@role="tab"][normalize-space(.)="${look.language === 'vi' ? 'Bản sử dụng' : 'Use copies'}"])`);
    await tab?.click();
    await waitForText(page, 'Nguyễn Thị Bình');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
  await dress(page, { language: 'vi', theme: 'light' });

  const [receipt] = await askWindow<ReceiptSummary[]>(page, 'handover', 'receipts', { before: null, limit: 5 });
  const [held] = await askWindow<ReceivedPackage[]>(page, 'handover', 'packages', { receipt: receipt?.id, after: 0, limit: 5 });
  const [copy] = await askWindow<UseCopy[]>(page, 'holdings', 'useCopies', { package: held?.id, before: null, limit: 5 });
  const report = await checkPackage(join(station.folder, 'Documents', copy?.path ?? 'none'));
  expect([report.fit, report.profile, report.files.some(({ path }) => path === 'documentation/van-ban-xac-thuc.pdf')]).toEqual([true, 'tt05-dip', true]);
  const back = await page.waitForSelector('::-p-xpath(//*[@role="tab"][normalize-space(.)="Bản sử dụng"])');
  await back?.click();
  const link = await page.waitForSelector('::-p-xpath(//a[contains(., "Mở lần tiếp nhận")])');
  await link?.click();
  await waitForText(page, 'Bản sử dụng đã cấp (1)');
  expect(station.complaints).toEqual([]);
}, 180_000);
