import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import { testPki, type TestPki } from '../fakes/pki/pki.ts';
import { documentMessage } from '../fakes/station/messages.ts';
import { signedWith } from '../integration/verification/world.ts';
import { bases } from '../unit/foundation/pdf/make.ts';
import { ask, dress, goTo, looks, pressInDialog, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
let pki: TestPki;
let honest: Buffer;
let forged: Buffer;
beforeAll(async () => {
  pki = await testPki();
  honest = signedWith(pki, { signer: 'agency' });
  forged = signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) });
});
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const subjects = ['V/v chữ ký bị giả mạo', 'V/v chữ ký còn chưa rõ', 'V/v không có chữ ký'] as const;

/** Three letters came and were looked at: forged, by somebody nobody knows, and bare. The office refuses what is forged. */
async function desk(): Promise<TestStation> {
  station = await openStation(
    async (axis) => {
      const files = [forged, honest, bases()['table'] ?? Buffer.alloc(0)];
      for (const [index, subject] of subjects.entries()) {
        await axis.control.deliver(documentMessage({ number: String(101 + index), subject, files: [{ name: 'cong-van.pdf', bytes: files[index] ?? Buffer.alloc(0) }] }));
      }
    },
    undefined,
    async (start) => {
      const core = await start();
      const { policies } = await ask<{ policies: { axis: object } }>(core, 'verification', 'policy', {});
      await ask(core, 'verification', 'savePolicy', { ...policies, axis: { ...policies.axis, failed: 'refuse', none: 'ask' } });
      await ask(core, 'exchange', 'receiveNow', {});
      await core.close();
    },
  );
  await station.page.waitForSelector('nav');
  return station;
}

async function choose(page: Page, subject: string): Promise<void> {
  await waitForText(page, subject);
  const row = await page.waitForSelector(`::-p-xpath(//*[@role="row"][contains(., "${subject}")])`);
  await row?.click();
  await page.waitForFunction((words) => document.querySelector('[data-pane="reading"]')?.textContent?.includes(words) === true, { timeout: 15_000 }, subject);
}

test('the verdict stands in the reading pane in words; its basis opens by the keyboard, says who and why, and no green tick is shown for what did not pass', async () => {
  const { page, complaints } = await desk();
  await choose(page, subjects[0]);
  await waitForText(page, 'Chữ ký: Không hợp lệ (1)');
  await waitForText(page, 'không có mạng');
  await waitForText(page, 'Theo quy định của cơ quan thì trả lại nơi gửi.');
  await page.focus('section[aria-label="Chữ ký số"] button[aria-expanded]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Nội dung tệp khác với nội dung đã ký');
  await waitForText(page, 'BỘ THỬ NGHIỆM');
  await waitForText(page, 'chưa đối chiếu được với cơ quan gửi');
  expect(await page.$eval('section[aria-label="Chữ ký số"] button[aria-expanded]', (one) => one.getAttribute('aria-expanded'))).toBe('true');
  await choose(page, subjects[1]);
  await waitForText(page, 'Chữ ký: Chưa xác định được (1)');
  await choose(page, subjects[2]);
  await waitForText(page, 'Chữ ký: Không có chữ ký số');
  expect(complaints).toEqual([]);
});

test('F8 over a refused verdict offers to send it back with the reason prepared; a word is needed to register what is doubted', async () => {
  const { page, complaints } = await desk();
  await choose(page, subjects[0]);
  await waitForText(page, 'Chữ ký: Không hợp lệ (1)');
  await page.keyboard.press('F8');
  await waitForText(page, 'Quy định của cơ quan là trả lại văn bản này');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await waitForText(page, 'Hãy ghi lý do');
  await pressInDialog(page, 'Trả lại…');
  await waitForText(page, 'Lý do trả lại');
  const prepared = await page.$eval('dialog[open] textarea', (field) => field.value);
  expect(prepared).toMatch(/^Chữ ký không hợp lệ\. cong-van\.pdf: Nội dung tệp khác với nội dung đã ký/);
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await waitForText(page, 'Đã trả lại');

  await choose(page, subjects[2]);
  await waitForText(page, 'Chữ ký: Không có chữ ký số');
  await page.keyboard.press('F8');
  await waitForText(page, 'Chữ ký cần xem lại trước khi vào sổ');
  await page.keyboard.type('Đã có bản giấy đóng dấu');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await waitForNoText(page, 'Chữ ký cần xem lại trước khi vào sổ');
  await waitForText(page, 'Đã có bản giấy đóng dấu');
  expect(complaints).toEqual([]);
});

test('box, basis, question and the table of the policy have nothing that a judge of accessibility finds, in all looks', async () => {
  const { page } = await desk();
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/incoming');
    await choose(page, subjects[0]);
    await page.waitForSelector('[data-pane="reading"] section button[aria-expanded="false"]');
    await page.focus('[data-pane="reading"] section button[aria-expanded="false"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-pane="reading"] section ol li');
    expect(await violationsOn(page), look.theme).toEqual([]);
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open] textarea');
    expect(await violationsOn(page), look.theme).toEqual([]);
    await page.keyboard.press('Escape');
    await goTo(page, '#/settings?tab=signing');
    await page.waitForSelector('select[name="desk-axis-failed"]');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
});
