import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { SigningPicture, SigningSettings } from '#contract';
import { testPki } from '../fakes/pki/pki.ts';
import { madePng, sealPicture, signaturePicture } from '../fakes/signing/png.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { ask, askWindow, dress, goTo, looks, press, pressInDialog, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const name = 'Nguyễn Thị Ánh Nguyệt';

async function officeWithLeader(): Promise<TestStation> {
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    await ask(core, 'people', 'savePerson', { id: null, name, position: 'Chủ tịch', standing: 'head', unit: null, roles: ['leader'], validFrom: null, since: null });
    await core.close();
  });
  await station.page.waitForSelector('nav');
  await goTo(station.page, '#/settings?tab=signing');
  await waitForText(station.page, 'Ảnh chữ ký và ảnh con dấu');
  return station;
}

async function type(page: Page, field: string, value: string): Promise<void> {
  await page.waitForSelector(`[name="${field}"]`);
  await page.focus(`[name="${field}"]`);
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.type(value);
}

async function pick(page: Page, field: string, bytes: Uint8Array): Promise<void> {
  const path = join(scratchFolder(), 'hinh.png');
  writeFileSync(path, bytes);
  const input = await page.waitForSelector(`input[name="${field}"]`);
  await (input as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path);
}

const widthsMm = (page: Page): Promise<number[]> => page.$$eval('table img', (all) => all.map((one) => Math.round((one.getBoundingClientRect().width / 96) * 25.4)));

test('the seal and a signature are set, seen at their true size on light and dark, replaced and ended; the former stay', async () => {
  const { page, complaints } = await officeWithLeader();
  await press(page, 'Đặt ảnh con dấu');
  await pick(page, 'picture', madePng({ width: 200, height: 200, alpha: false }));
  await page.waitForSelector('img[alt="Ảnh đã chọn: hinh.png"]');
  await press(page, 'Dùng ảnh này');
  await waitForText(page, 'Hãy ghi lý do.');
  await type(page, 'reason', 'Con dấu theo giấy đăng ký');
  await press(page, 'Dùng ảnh này');
  await waitForText(page, 'Ảnh PNG này không có nền trong suốt');
  await pick(page, 'picture', sealPicture());
  await press(page, 'Dùng ảnh này');
  await waitForText(page, '36 × 36 mm');
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLImageElement>('table img')].every((one) => one.complete && one.naturalWidth === 360));
  expect(await widthsMm(page)).toEqual([36, 36]);

  // Ctrl+S saves from wherever the focus is.
  await press(page, 'Đặt ảnh chữ ký');
  await pick(page, 'picture', signaturePicture());
  await type(page, 'widthMm', '200');
  await type(page, 'reason', 'Mẫu chữ ký');
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyS');
  await page.keyboard.up('Control');
  await waitForText(page, 'Ghi số milimét từ 5 đến 150.');
  await type(page, 'widthMm', '42,5');
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyS');
  await page.keyboard.up('Control');
  await waitForText(page, `Chữ ký của ${name}`);
  await waitForText(page, '42,5 × 17,7 mm');

  await page.locator('::-p-aria(Thôi dùng ảnh: Con dấu của cơ quan)').click();
  await pressInDialog(page, 'Thôi dùng');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.type('dialog[open] [name="reason"]', 'Khắc lại con dấu');
  await pressInDialog(page, 'Thôi dùng');
  await waitForNoText(page, '36 × 36 mm');
  const before = await askWindow<SigningPicture[]>(page, 'signingSettings', 'pictures', { ended: true });
  expect(before.map(({ kind, endedReason }) => [kind, endedReason])).toEqual([['seal', 'Khắc lại con dấu'], ['signature', '']]);
  await page.locator('::-p-aria(Hiện ảnh đã thay)').click();
  await waitForText(page, 'Khắc lại con dấu');
  expect(complaints).toEqual([]);
});

test('settings are judged where they stand and kept; an anchor is trusted by its published hash only, and withdrawn', async () => {
  const pki = await testPki();
  const { page, complaints } = await officeWithLeader();
  await type(page, 'keepPinMinutes', '20');
  await type(page, 'hosts', 'ocsp.ca.ptc');
  await press(page, 'Lưu cách ký');
  await waitForText(page, 'Ghi một số từ 0 đến 15.');
  await waitForText(page, 'Mỗi dòng gồm hai tên máy chủ');
  await type(page, 'keepPinMinutes', '3');
  await type(page, 'hosts', 'ocsp.ca.ptc = ocsp.ca.gov.vn');
  await page.select('[name="rsa"]', 'pss');
  await page.select('[name="policy-not-checked-online"]', 'refuse');
  expect(await page.$('[name="policy-revoked"]')).toBeNull();
  await type(page, 'tsa', ' ');
  await waitForText(page, 'chữ ký chỉ đạt mức B');
  await press(page, 'Lưu cách ký');
  await waitForText(page, 'Đã lưu lúc');
  expect(await askWindow<SigningSettings>(page, 'signingSettings', 'settings', {})).toMatchObject({ tsa: '', rsa: 'pss', keepPinMinutes: 3, policy: { 'not-checked-online': 'refuse' }, hosts: [{ from: 'ocsp.ca.ptc', to: 'ocsp.ca.gov.vn' }] });

  await press(page, 'Thêm chứng thư gốc');
  await pick(page, 'certificateFile', pki.der('g2root'));
  await waitForText(page, 'CN=RootCA chuyên dùng Thử nghiệm G2');
  await type(page, 'sha256', 'ab'.repeat(32));
  await type(page, 'reason', 'Công văn của đơn vị cấp');
  await press(page, 'Thêm vào danh sách tin cậy');
  await waitForText(page, 'Vân tay ghi ở đây không phải của chứng thư này');
  await type(page, 'sha256', pki.certificate('g2root').sha256.toUpperCase());
  await press(page, 'Thêm vào danh sách tin cậy');
  await waitForText(page, 'theo quyết định của người quản trị cơ quan');
  await page.locator('::-p-xpath(//button[starts-with(@aria-label, "Rút chứng thư gốc")])').click();
  await page.waitForSelector('dialog[open] [name="reason"]');
  await page.type('dialog[open] [name="reason"]', 'Đơn vị cấp đã thay');
  await pressInDialog(page, 'Rút');
  await waitForText(page, 'Đơn vị cấp đã thay');
  await waitForText(page, 'đã rút');
  expect(complaints).toEqual([]);
});

test('the screen passes axe in every look, with a form open and all tables filled', async () => {
  const pki = await testPki();
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(sealPicture());
    }
    await ask(core, 'signingSettings', 'savePicture', { kind: 'seal', person: null, file: { name: 'dau.png', mediaType: 'image/png', ...(await core.storeFile(bytes())) }, widthMm: 36, reason: 'Con dấu' });
    await ask(core, 'signingSettings', 'addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Công văn' });
    await core.close();
  });
  const { page } = station;
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/settings?tab=signing');
    await page.waitForSelector('table img');
    await press(page, look.language === 'vi' ? 'Thêm chứng thư gốc' : 'Add an anchor');
    await press(page, look.language === 'vi' ? 'Đặt ảnh con dấu' : 'Set the seal');
    await page.waitForSelector('[name="widthMm"]');
    found.push(...(await violationsOn(page)).map((violation) => `${look.language} ${look.theme}: ${violation}`));
  }
  expect(found).toEqual([]);
});
