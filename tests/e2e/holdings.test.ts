import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { ReceiptDetail, ReceiptSummary, ReceivedPackage, UseCopy } from '#contract';
import { laidThere, submittedFields } from '../fakes/handover/submitted.ts';
import { archive } from './handover-office.ts';
import { ask, askWindow, dress, goTo, looks, press, violationsOn, waitForText } from './office.ts';
import { openStation, type StartCore, type TestStation } from './station.ts';

let station: TestStation;

afterEach(async () => {
  await station.close();
});

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
    await field?.click({ count: 3 });
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
