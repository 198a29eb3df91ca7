import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { startProxy } from '../fakes/http/proxy.ts';
import { violationsOn } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  await station?.close();
  station = undefined;
  for (const close of closers.splice(0)) await close();
});

async function waitForText(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction((words) => document.body.innerText.includes(words), { timeout: 60_000 }, wanted);
}

async function openSettings(page: Page): Promise<void> {
  await page.waitForSelector('nav');
  await page.keyboard.down('Alt');
  await page.keyboard.press('Digit7');
  await page.keyboard.up('Alt');
  await page.waitForSelector('input[name="endpoint"]');
}

async function press(page: Page, words: string): Promise<void> {
  // A real click: the clipboard asks for one.
  await page.locator(`::-p-xpath(//button[contains(., "${words}")])`).click();
}

async function type(page: Page, name: string, value: string): Promise<void> {
  await page.click(`[name="${name}"]`, { count: 3 });
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.press('Backspace');
  if (value !== '') await page.type(`[name="${name}"]`, value);
}

const steps = (page: Page): Promise<string[]> =>
  page.$$eval('ol[aria-label] li', (rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ').trim()));

test('an administrator tests the connection, mends it, and has the result for support', async () => {
  station = await openStation();
  const { page, axis } = station;
  await openSettings(page);
  await waitForText(page, 'Địa chỉ này dùng http: nội dung văn bản đi qua mạng không mã hóa.');
  await press(page, 'Kiểm tra kết nối');
  await waitForText(page, 'Kết nối dùng được, có');
  const whole = await steps(page);
  expect(whole).toHaveLength(13);
  expect(whole[1]).toMatch(/^Cần biết Cách truyền Địa chỉ dùng http: .*Chỉ dùng trên mạng truyền số liệu chuyên dùng/);
  expect(whole.find((row) => row.includes('Tài khoản'))).toBe('Đạt Tài khoản Tài khoản được chấp nhận.');

  // What is typed is tested, without being stored.
  await type(page, 'endpoint', 'http://127.0.0.1:1/XrdAdapter/adapter');
  await waitForText(page, 'Các mục đã đổi sau lần kiểm tra này.');
  await press(page, 'Kiểm tra kết nối');
  await waitForText(page, 'Kết nối chưa dùng được');
  const barred = await steps(page);
  expect(barred[4]).toMatch(/^Chưa đạt Đường mạng .*không có dịch vụ ở cổng 1\. Hãy kiểm tra số cổng/);
  expect(barred.slice(6, 9).every((row) => row.startsWith('Bỏ qua'))).toBe(true);
  await page.evaluate(() => {
    // The clipboard cannot be read without a permission: what is put on it is heard instead.
    window.addEventListener('copy', (event) => {
      document.body.dataset['copied'] = event.clipboardData?.getData('text/plain') ?? '';
    });
  });
  await press(page, 'Sao chép kết quả');
  await waitForText(page, 'Đã sao chép');
  const copied = await page.evaluate(() => document.body.dataset['copied'] ?? '');
  expect(copied).toMatch(/Đường mạng \(tcp-refused, \d/);
  expect(copied).not.toContain(axis.secret);

  // A value that the contract does not take is told at its field, and nothing is tried.
  await page.click('input[type="radio"][value="http"]');
  await type(page, 'proxyHost', 'http://proxy');
  await press(page, 'Kiểm tra kết nối');
  await waitForText(page, 'Chỉ ghi tên hoặc địa chỉ của proxy, không có http:// và cổng.');

  const proxy = await startProxy({ account: 'a:mật khẩu proxy' });
  closers.push(proxy.close);
  await type(page, 'proxyHost', '127.0.0.1');
  await type(page, 'proxyPort', String(proxy.port));
  await type(page, 'proxyUser', 'a');
  await type(page, 'proxyPassword', 'sai');
  await type(page, 'endpoint', axis.endpoint);
  await press(page, 'Kiểm tra kết nối');
  await waitForText(page, 'Proxy đòi tài khoản');
  await type(page, 'proxyPassword', 'mật khẩu proxy');
  await press(page, 'Lưu trục');
  await waitForText(page, 'Đã lưu lúc');
  await waitForText(page, 'Đã có mật khẩu, không hiện lại ở đây.');
  await press(page, 'Kiểm tra kết nối');
  await waitForText(page, 'Kết nối dùng được, có');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('mật khẩu proxy');

  // A file that cannot be read as a certificate is refused at its field.
  await type(page, 'caPem', 'xin chào');
  await press(page, 'Lưu trục');
  await waitForText(page, 'không đọc được như một chứng thư PEM');
  expect(station.complaints).toEqual([]);
});

test('the screen passes axe with a test’s results, in every theme', async () => {
  station = await openStation();
  const { page } = station;
  const found: string[] = [];
  for (const [language, theme, words] of [
    ['vi', 'light', 'Kiểm tra kết nối'],
    ['vi', 'dark', 'Kiểm tra kết nối'],
    ['en', 'contrast', 'Test connection'],
  ] as const) {
    await page.evaluate(
      (values) => {
        localStorage.setItem('tvt.preferences', JSON.stringify(values));
      },
      { language, theme, density: 'comfortable' },
    );
    await page.reload({ waitUntil: 'domcontentloaded' });
    await openSettings(page);
    await page.click('input[type="radio"][value="http"]');
    await page.click('input[type="radio"][value="none"]');
    await press(page, words);
    await page.waitForFunction(() => document.querySelectorAll('ol[aria-label] li').length === 13);
    await page.click('input[type="radio"][value="http"]');
    await type(page, 'proxyHost', 'a b');
    found.push(...(await violationsOn(page)).map((violation) => `${language} ${theme}: ${violation}`));
  }
  expect(found).toEqual([]);
});

test('a clock that differs from the axis’ is told in words until it agrees again', async () => {
  let offMs = -11 * 60_000;
  const server = createServer((call, response) => {
    call.resume();
    response.setHeader('Date', new Date(Date.now() + offMs).toUTCString());
    response.end('{"status":"OK","ErrorCode":"0","data":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  station = await openStation();
  const { page } = station;
  await openSettings(page);
  await type(page, 'endpoint', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await press(page, 'Lưu trục');
  await waitForText(page, 'Đồng hồ máy nhanh hơn trục 11 phút');
  await waitForText(page, 'điều 14 khoản 4');
  offMs = 0;
  await type(page, 'pollSeconds', '60');
  await press(page, 'Lưu trục');
  await page.waitForFunction(() => !document.body.innerText.includes('Đồng hồ máy nhanh hơn trục'), { timeout: 60_000 });
});
