import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testPki } from '../fakes/pki/pki.ts';
import { callsOf, hasCompiler, hostileModule, importKey, makeToken, pin, tokenFolder } from '../token/soft-token.ts';
import { allowSaving, askWindow, dress, goTo, looks, press, text, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-tokens-e2e-'));
const log = join(folder, 'calls.log');
let bad = '';
let station: TestStation | undefined;

beforeAll(async () => {
  if (!hasCompiler) return;
  bad = hostileModule(folder);
  const pki = await testPki();
  const put = (token: { readonly slot: string }, id: string, name: string, hasKey = true): void => {
    const der = join(folder, `${name}.der`);
    writeFileSync(der, pki.der(name));
    importKey(token, { id, name, key: hasKey ? join(pki.folder, `${name}.key`) : null, certificate: der });
  };
  tokenFolder(join(folder, 'good'));
  const good = makeToken('VGCA Token');
  put(good, '01', 'leader');
  put(good, '02', 'agency');
  put(good, 'a1', 'g2ca', false);
  tokenFolder(join(folder, 'old'));
  put(makeToken('Thẻ cũ'), '01', 'expired');
});
afterEach(async () => {
  await station?.close();
  station = undefined;
  delete process.env['HOSTILE'];
  delete process.env['HOSTILE_LOG'];
  rmSync(log, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A station whose one added driver behaves as said, over tokens of a folder. */
async function open(how: string, tokens: 'good' | 'old' = 'good'): Promise<Page> {
  tokenFolder(join(folder, tokens));
  process.env['HOSTILE'] = how;
  process.env['HOSTILE_LOG'] = log;
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    const used = await core.tokens.useModule(bad);
    if (!used.ok) throw new Error(used.failure.code);
    await core.close();
  });
  await station.page.waitForSelector('nav');
  return station.page;
}

/** The checklist of the added driver, a line for each step. */
async function checklist(page: Page): Promise<string[]> {
  await page.waitForSelector('ol[aria-label] li', { timeout: 60_000 });
  return page.$$eval('ol[aria-label] li', (rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ').trim()));
}

async function choose(page: Page, words: string): Promise<void> {
  const option = await page.waitForSelector(`::-p-xpath(//*[@role="option"][contains(., "${words}")])`, { timeout: 60_000 });
  await option?.click();
}

async function found(page: Page): Promise<string[]> {
  const all: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await page.waitForSelector('ol[aria-label] li', { timeout: 60_000 });
    all.push(...(await violationsOn(page)).map((violation) => `${look.language} ${look.theme}: ${violation}`));
  }
  return all;
}

/** The longest that the window drew nothing and that the core let somebody wait, in ms, while something goes on. */
async function slowestWhile(page: Page, goesOn: (turn: number) => Promise<boolean> | boolean): Promise<{ readonly core: number; readonly window: number }> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { longest: number; watch: number };
    kept.longest = 0;
    let last = performance.now();
    kept.watch = setInterval(() => {
      kept.longest = Math.max(kept.longest, performance.now() - last);
      last = performance.now();
    }, 10) as unknown as number;
  });
  let core = 0;
  for (let turn = 0; await goesOn(turn); turn += 1) {
    const asked = performance.now();
    await askWindow(page, 'station', 'status', {});
    core = Math.max(core, performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const window = await page.evaluate(() => {
    const kept = globalThis as unknown as { longest: number; watch: number };
    clearInterval(kept.watch);
    return kept.longest;
  });
  return { core, window };
}

describe.skipIf(!hasCompiler)('Thiết bị ký (needs gcc)', () => {
  test('nothing is read before somebody looks; without a token it says what to plug in, and sees it come', async () => {
    const present = join(folder, 'plugged-in');
    const page = await open(`present=${present}`);
    await waitForText(page, 'Thiết bị ký: chưa đọc');
    await page.keyboard.down('Alt');
    await page.keyboard.press('Digit6');
    await page.keyboard.up('Alt');
    await choose(page, 'hostile.so');
    await waitForText(page, 'Thiết bị ký: chưa cắm');
    expect((await checklist(page)).slice(0, 3)).toEqual([
      expect.stringMatching(/^Đạt Trình điều khiển Implementation of PKCS11/),
      expect.stringMatching(/^Cần biết Đầu đọc Trình điều khiển không thấy đầu đọc nào.*Hãy cắm thiết bị/),
      expect.stringMatching(/^Cần biết Thiết bị Chưa có thiết bị ký nào được cắm/),
    ]);
    writeFileSync(present, '');
    await waitForText(page, 'Thiết bị ký: đã cắm');
    await waitForText(page, 'VGCA Token');
    rmSync(present);
    await waitForText(page, 'Thiết bị ký: chưa cắm');
    expect(station?.complaints).toEqual([]);
  });

  test('a token that is taken out while its PIN is typed leaves the box open, and it says what is the matter', async () => {
    const present = join(folder, 'still-in');
    writeFileSync(present, '');
    const page = await open(`present=${present}`);
    await goTo(page, '#/token');
    await choose(page, 'VGCA Token');
    await page.locator('[aria-label="Dùng chứng thư của Nguyễn Thị Thử"]').click();
    await waitForText(page, 'Nguyễn Thị Thử: chứng thư bạn đã chọn để ký.');
    await press(page, 'Thử ký…');
    await waitForText(page, 'Mã PIN sai sẽ mất một trong số ít lần nhập');
    await page.keyboard.type('12');
    rmSync(present);
    await waitForText(page, 'Thiết bị ký: chưa cắm');
    await page.keyboard.type('34');
    expect(await page.$eval('[name=token-pin]', (field) => (field as HTMLInputElement).value)).toHaveLength(4);
    await page.keyboard.press('Enter');
    await waitForText(page, 'Thiết bị ký đã chọn không được cắm vào máy.');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[name=token-pin]', { hidden: true });
    expect(station?.complaints).toEqual([]);
  });

  test('a token with two certificates: one is picked, a test signature is made, and the PIN stays nowhere', async () => {
    const page = await open('');
    const { folder: profile } = station ?? { folder: '' };
    await goTo(page, '#/token');
    await choose(page, 'VGCA Token');
    await waitForText(page, 'Thiết bị có 2 chứng thư ký và bạn chưa chọn chứng thư nào.');
    await waitForText(page, 'Chưa tìm thấy chứng thư trung gian RootCA chuyên dùng Thử nghiệm G2');
    await page.locator('[aria-label="Dùng chứng thư của Nguyễn Thị Thử"]').click();
    await waitForText(page, 'Nguyễn Thị Thử: chứng thư bạn đã chọn để ký.');

    await press(page, 'Thử ký…');
    await waitForText(page, 'Mã PIN sai sẽ mất một trong số ít lần nhập');
    // The field has the focus at once.
    await page.keyboard.type(' mâ');
    await waitForText(page, 'Có chữ tiếng Việt có dấu');
    await waitForText(page, 'Có dấu cách ở đầu hoặc cuối.');
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Backspace');
    // As Unikey does it: a letter is taken back and another put in its place, faster than a hand.
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[name=token-pin]');
      field?.focus();
      document.execCommand('insertText', false, 'as');
      document.execCommand('delete');
      document.execCommand('insertText', false, 'x');
    });
    await waitForText(page, 'Bộ gõ tiếng Việt (Unikey) có vẻ đang bật');
    for (let n = 0; n < 2; n += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await waitForText(page, 'Thiết bị đã ký và chữ ký đúng với chứng thư.');
    expect(await page.$eval('[name=token-pin]', (field) => (field as HTMLInputElement).value)).toBe('');
    expect(callsOf(log).filter((line) => line.startsWith('C_Login'))).toEqual([`C_Login 1 pin ${String(pin.length)}`]);

    await page.keyboard.type('864209');
    await page.keyboard.press('Enter');
    await waitForText(page, 'Mã PIN sai.');
    await page.keyboard.press('Escape');

    const saved = await allowSaving(page, folder);
    await press(page, 'Lưu tệp chẩn đoán');
    await waitForText(page, 'Trong tệp không có tên người, số máy, chứng thư hay mã PIN.');
    await expect.poll(() => readdirSync(saved).filter((name) => name.endsWith('.json'))).toHaveLength(1);
    const report = readFileSync(join(saved, readdirSync(saved)[0] ?? ''), 'utf8');
    expect(report).toContain('certificate-chosen');
    expect(report).not.toMatch(/VGCA Token|Nguyễn|\/tmp/);

    const kept = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }));
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const one of [pin, '864209']) {
      expect(kept.includes(one)).toBe(false);
      for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'latin1').includes(one), file.name).toBe(false);
    }
    expect(station?.complaints).toEqual([]);
  });

  test('an expired certificate and a locked token each say so, and what to do', async () => {
    const page = await open('', 'old');
    await goTo(page, '#/token');
    await choose(page, 'Thẻ cũ');
    await waitForText(page, 'Hết hiệu lực từ 01/01/2024. Không ký được văn bản bằng chứng thư này nữa.'.slice(0, 27));
    expect((await checklist(page)).find((row) => row.includes('Thời hạn'))).toMatch(/^Chưa đạt Thời hạn Hết hiệu lực từ 01\/01\/2024\. .*gia hạn hoặc cấp mới/);
    await waitForText(page, 'Thiết bị ký: cần xem');
    await station?.close();

    const other = await open('flags=0x40000');
    await goTo(other, '#/token');
    await choose(other, 'VGCA Token');
    await waitForText(other, 'Thiết bị đã bị khóa vì nhập sai mã PIN nhiều lần.');
    await other.locator('[aria-label="Dùng chứng thư của Nguyễn Thị Thử"]').click();
    await waitForText(other, 'chứng thư bạn đã chọn để ký.');
    await press(other, 'Thử ký…');
    await waitForText(other, 'Khóa và chứng thư vẫn còn nguyên.'.toLowerCase());
    expect(await other.$('[name=token-pin]')).toBe(null);
    expect(await found(other)).toEqual([]);
  });

  test('the last try is asked for in words before there is one', async () => {
    const page = await open('flags=0x30000');
    await goTo(page, '#/token');
    await choose(page, 'VGCA Token');
    await page.locator('[aria-label="Dùng chứng thư của Nguyễn Thị Thử"]').click();
    await waitForText(page, 'chứng thư bạn đã chọn để ký.');
    await press(page, 'Thử ký…');
    await waitForText(page, 'Chỉ còn một lần nhập. Sai lần này');
    await page.type('[name=token-pin]', pin);
    await page.keyboard.press('Enter');
    expect(callsOf(log).filter((line) => line.startsWith('C_Login'))).toEqual([]);
    await page.locator('::-p-xpath(//label[contains(., "Tôi biết đây là lần nhập cuối cùng")])').click();
    expect(await violationsOn(page)).toEqual([]);
    await page.focus('[name=token-pin]');
    await page.keyboard.press('Enter');
    await waitForText(page, 'Thiết bị đã ký và chữ ký đúng với chứng thư.');
    expect(callsOf(log).filter((line) => line.startsWith('C_Login'))).toHaveLength(1);
  });

  test('a driver that hangs is told within ten seconds, while the window goes on', async () => {
    const page = await open('hang=C_Initialize');
    // What the machine itself takes, with whatever else runs on it, is not the driver's doing.
    const before = await slowestWhile(page, (turn) => turn < 40);
    const started = Date.now();
    await goTo(page, '#/token');
    await choose(page, 'hostile.so');
    const during = await slowestWhile(page, async () => {
      if (Date.now() - started > 15_000) throw new Error(await text(page));
      return !(await text(page)).includes('không trả lời trong thời gian cho phép');
    });
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(during.core).toBeLessThan(200 + before.core);
    expect(during.window).toBeLessThan(200 + before.window);
    expect((await checklist(page))[0]).toMatch(/^Chưa đạt Trình điều khiển .*Dừng ở bước: khởi tạo trình điều khiển\. .*Hãy rút thiết bị, cắm lại/);
    await waitForText(page, 'Thiết bị ký: cần xem');
    expect(await found(page)).toEqual([]);
  });

  test('the screen of a token passes axe in every look, and is worked by keys alone', async () => {
    const page = await open('');
    await goTo(page, '#/token');
    await page.waitForSelector('[role=listbox]', { timeout: 60_000 });
    expect(await found(page)).toEqual([]);
    await dress(page, { language: 'vi', theme: 'light' });
    await choose(page, 'VGCA Token');
    await page.keyboard.press('F5');
    await waitForText(page, 'Thiết bị có 2 chứng thư ký');
    await page.focus('[role=radiogroup] input');
    await page.keyboard.press('Space');
    await waitForText(page, 'chứng thư bạn đã chọn để ký.');
    await page.keyboard.press('F6');
    // A driver elsewhere than in the system's folders is for a terminal.
    await page.type('[name=module-path]', bad);
    await page.keyboard.press('Enter');
    await waitForText(page, 'chép tệp đó vào thư mục chương trình');
  });
});
