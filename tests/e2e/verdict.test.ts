import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import { at, stream } from '../fakes/pdf-attacks/letter.ts';
import { changed, fresh, newField, scene, signedOnce, text as drawnText } from '../fakes/pdf-attacks/scene.ts';
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
let numbered: Buffer;
let paged: Buffer;
beforeAll(async () => {
  pki = await testPki();
  // Certified, then numbered by somebody whose certificate this station cannot look up. What nobody asks for lies in it too.
  const heavy = await scene(pki, 'table', 2, { letter: { 100: stream('', 'x'.repeat(12_000_000)) } });
  numbered = await signedOnce(pki, heavy.bytes, 'clerk', { field: newField(1, [92, 736, 130, 752], 'SoVanBan'), appearance: drawnText('28') });
  const pages = '<</Type/Pages/Kids[3 0 R 6 0 R 200 0 R]/Count 3/MediaBox[0 0 595 842]>>';
  paged = changed(await scene(pki, 'table', 2), { [at.pages]: pages, [fresh]: '<</Type/Page/Parent 2 0 R/Contents 25 0 R>>' });
  honest = signedWith(pki, { signer: 'agency' });
  forged = signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) });
});
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const subjects = ['V/v chữ ký bị giả mạo', 'V/v chữ ký còn chưa rõ', 'V/v không có chữ ký', 'V/v đánh số sau khi ký', 'V/v thêm trang sau khi ký'] as const;

/** Letters came and were looked at: forged, by somebody nobody knows, bare, and two changed after signing. The office refuses what is forged. */
async function desk(): Promise<TestStation> {
  station = await openStation(
    async (axis) => {
      const files = [forged, honest, bases()['table'] ?? Buffer.alloc(0), numbered, paged];
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
  await page.waitForFunction((words) => document.querySelector('[data-pane="reading"]')?.textContent?.includes(words) === true, { timeout: 60_000 }, subject);
}

test('the verdict stands in the reading pane in words; its basis opens by the keyboard, says who and why, and no green tick is shown for what did not pass', async () => {
  const { page, complaints } = await desk();
  await choose(page, subjects[0]);
  await waitForText(page, 'Chữ ký: Không hợp lệ (1)');
  await waitForText(page, 'chưa hỏi được nơi cấp chứng thư');
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

/** Opens the comparison from the basis of the chosen document, by the keyboard alone. */
async function compare(page: Page): Promise<void> {
  await page.waitForSelector('[data-pane="reading"] section button[aria-expanded]');
  await page.focus('[data-pane="reading"] section button[aria-expanded]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-pane="reading"] button[aria-haspopup="dialog"]');
  for (let presses = 0; !(await page.evaluate(() => document.activeElement?.getAttribute('aria-haspopup') === 'dialog' && document.activeElement.closest('section section ol, section ol') !== null)); presses += 1) {
    if (presses > 20) throw new Error('no key leads to the comparison');
    await page.keyboard.press('Tab');
  }
  await page.evaluate(() => {
    performance.clearResourceTimings();
  });
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open] figure');
}

/** How many dark points a picture of the comparison has inside of its frame; null where it is not drawn. */
function inkOf(page: Page, side: 'before' | 'now'): Promise<number | null> {
  return page.evaluate((name) => {
    const [canvas, frame] = [document.querySelector<HTMLCanvasElement>(`[data-compared="${name}"] canvas`), document.querySelector(`[data-compared="${name}"] [data-frame]`)];
    const context = canvas?.getContext('2d');
    if (!canvas || !frame || !context) return null;
    const [whole, part, scale] = [canvas.getBoundingClientRect(), frame.getBoundingClientRect(), canvas.width / canvas.getBoundingClientRect().width];
    const { data } = context.getImageData((part.left + 6 - whole.left) * scale, (part.top + 6 - whole.top) * scale, (part.width - 12) * scale, (part.height - 12) * scale);
    return data.filter((value, index) => index % 4 === 0 && value < 100).length;
  }, side);
}

test('a number that was added after signing is missing on the picture of then and stands on that of now; the rest of the file is not loaded', async () => {
  const { page, complaints } = await desk();
  await choose(page, subjects[3]);
  await waitForText(page, '(chưa rõ)');
  // The pane beside loads the file as well.
  await page.waitForNetworkIdle({ idleTime: 700 });
  await compare(page);
  expect(await inkOf(page, 'before')).toBe(0);
  expect(await inkOf(page, 'now')).toBeGreaterThan(50);
  expect(await page.$$eval('[data-compared="now"] [data-differing]', (boxes) => boxes.length)).toBeGreaterThan(0);
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').flatMap((one) => (one.name.includes('/files/') ? [(one as PerformanceResourceTiming).encodedBodySize] : [])));
  expect(loaded.length).toBeGreaterThan(1);
  expect(loaded.reduce((sum, one) => sum + one, 0)).toBeLessThan(1_000_000);
  const shown = (): Promise<(string | undefined)[]> => page.$$eval('dialog[open] figure', (figures) => figures.map((one) => one.dataset['compared']));
  expect(await shown()).toEqual(['before', 'now']);
  await page.keyboard.press('ArrowRight');
  await expect.poll(shown).toEqual(['before']);
  await page.keyboard.press('ArrowRight');
  await expect.poll(shown).toEqual(['now']);
  expect(await inkOf(page, 'now')).toBeGreaterThan(50);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-haspopup'))).toBe('dialog');

  await choose(page, subjects[4]);
  await compare(page);
  await waitForText(page, 'Bản này không có trang 3.');
  expect(await page.$$eval('[data-compared="now"] canvas', (found) => found.length)).toBe(1);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null && document.activeElement?.getAttribute('aria-haspopup') === 'dialog');
  await page.evaluate(() => {
    window.fetch = () => Promise.reject(new Error('not to be had'));
  });
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('dialog[open] figure')].filter((one) => one.textContent.includes('Không vẽ được bản này')).length === 2);
  expect(complaints).toEqual([]);
});

test('the list marks what should be looked at, in words; a word at registering takes the mark away', async () => {
  const { page, complaints } = await desk();
  await choose(page, subjects[2]);
  await waitForText(page, '(không ký số)');
  const row = (subject: string): Promise<string> => page.$eval(`::-p-xpath(//*[@role="row"][contains(., "${subject}")])`, (one) => one.textContent);
  await page.waitForFunction(() => [...document.querySelectorAll('[role="row"]')].some((one) => one.textContent.includes('Không hợp lệ')));
  expect(await row(subjects[0])).toContain('Chữ ký không hợp lệ.Không hợp lệ');
  expect(await row(subjects[1])).toContain('Chưa rõ');
  expect(await row(subjects[2])).toContain('Không ký số');
  await page.keyboard.press('F8');
  await waitForText(page, 'Chữ ký cần xem lại trước khi vào sổ');
  await page.keyboard.type('Đã có bản giấy đóng dấu');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction((subject) => [...document.querySelectorAll('[role="row"]')].every((one) => !one.textContent.includes(subject) || !one.textContent.includes('Không ký số')), { timeout: 60_000 }, subjects[2]);
  expect(await row(subjects[0])).toContain('Không hợp lệ');
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

test('box, basis, comparison, question and the table of the policy have nothing that a judge of accessibility finds, in all looks', async () => {
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
    await choose(page, subjects[3]);
    await compare(page);
    expect(await violationsOn(page), look.theme).toEqual([]);
    await page.keyboard.press('Escape');
    await goTo(page, '#/settings?tab=signing');
    await page.waitForSelector('select[name="desk-axis-failed"]');
    expect(await violationsOn(page), look.theme).toEqual([]);
  }
});
