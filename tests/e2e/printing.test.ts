import { afterEach, expect, test } from 'vitest';
import { vietnamDay } from '../../electron/foundation/clock.ts';
import { drafted, numberedDraft, type MustDraft } from '../fakes/station/drafts.ts';
import { documentMessage, ministry } from '../fakes/station/messages.ts';
import { ask, dress, exchangeOnce, goTo, looks, press, violationsOn, waitForTab, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

async function withRegister(): Promise<TestStation> {
  return openStation(
    async (axis) => {
      for (const number of ['71', '72', '73']) await axis.control.deliver(documentMessage({ number }));
    },
    undefined,
    async (start) => {
      const core = await start();
      await exchangeOnce(core);
      const { items } = await ask<{ items: { id: string }[] }>(core, 'records', 'incomingList', { state: 'arrived', before: null, limit: 10 });
      for (const { id } of items) await ask(core, 'records', 'registerIncoming', { id });
      await core.close();
    },
  );
}

test('a register becomes a book by keyboard and is shown; a wrong day is told at its field; a report says its figures at once', async () => {
  station = await withRegister();
  const { page } = station;
  await waitForTab(page, 'Đã vào sổ 3');
  await page.keyboard.down('Alt');
  await page.keyboard.press('KeyP');
  await page.keyboard.up('Alt');
  await waitForText(page, 'Sổ đăng ký văn bản đến năm');
  await page.focus('[name=from]');
  await page.keyboard.type('31/02/2026');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Hãy ghi ngày có thật');
  for (let letter = 0; letter < 10; letter += 1) await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await waitForText(page, 'so-dang-ky-van-ban-den');
  await page.waitForFunction(() => [...document.querySelectorAll('.tvt-text-layer')].some((layer) => layer.textContent.includes('SỔ ĐĂNG KÝ VĂN BẢN ĐẾN')), { timeout: 60_000 });

  await press(page, 'Báo cáo');
  await waitForText(page, 'Tổng số văn bản đến');
  const figures = await page.$$eval('table tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  expect(figures.find(([label]) => label === 'Đã vào sổ')?.[1]).toBe('3');
  await press(page, 'Lập báo cáo');
  await waitForText(page, 'bao-cao-van-ban-den');
  await press(page, 'Đã in');
  await waitForText(page, 'Sổ · ');
  expect(await page.$$eval('[data-pane=list] li', (rows) => rows.length)).toBe(2);
});

test('envelopes and the note that goes with the paper are made from the document, with the sender of last time', async () => {
  const recipients = [{ organId: ministry.code, name: ministry.name }];
  const paperRecipients = [{ name: 'Hội Khuyến học phường', copies: 1 }, { name: 'Ông Nguyễn Văn Nhận', copies: 1 }];
  station = await openStation(undefined, [ministry], async (start) => {
    const core = await start();
    const must: MustDraft = (method, input) => ask(core, 'drafting', method, input);
    await numberedDraft(must, await drafted(core, must, { fields: { recipients, paperRecipients } }), vietnamDay(new Date()));
    await core.close();
  });
  const { page } = station;
  const open = async (words: string): Promise<void> => {
    await goTo(page, '#/outgoing?tab=issuing');
    await page.waitForSelector('#outgoing-0');
    await page.click('#outgoing-0');
    await press(page, words);
    await page.waitForSelector('dialog[open]');
  };
  const shown = (words: string): Promise<unknown> =>
    page.waitForFunction((wanted) => [...document.querySelectorAll('.tvt-text-layer')].some((layer) => layer.textContent.includes(wanted)), { timeout: 60_000 }, words);
  for (const look of looks) {
    await dress(page, look);
    for (const [words, english] of [['In bì…', 'Envelopes…'], ['In phiếu gửi…', 'Dispatch note…']] as const) {
      await open(look.language === 'vi' ? words : english);
      expect(await violationsOn(page), `${words} ${look.theme}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
  }
  await dress(page, { language: 'vi', theme: 'light' });

  await open('In bì…');
  expect(await page.$$eval('dialog[open] li input:first-of-type', (fields) => fields.map((one) => (one).value))).toEqual(['Hội Khuyến học phường', '', 'Ông Nguyễn Văn Nhận', '']);
  // The size has the focus: everything goes on by keyboard.
  await page.keyboard.press('Tab');
  await page.keyboard.type('Số 1 đường Mới');
  await page.type('dialog[open] li:nth-child(2) span:nth-of-type(2) input', 'Thôn Đông');
  await page.keyboard.press('Enter');
  await shown('Ông Nguyễn Văn Nhận');
  await shown('Thôn Đông');
  await shown('Số 1 đường Mới');

  await open('In phiếu gửi…');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('Hội Khuyến học phường');
  await page.keyboard.press('Enter');
  await shown('Hội Khuyến học phường');
  await open('In bì…');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('dialog[open] [name=address]')?.value === 'Số 1 đường Mới');
});

test('registers, reports and earlier prints pass axe in every look', async () => {
  station = await withRegister();
  const { page } = station;
  for (const look of looks) {
    await dress(page, look);
    for (const tab of ['book', 'report', 'printed']) {
      await goTo(page, `#/printing?tab=${tab}`);
      await page.waitForSelector('[role=tablist]');
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(await violationsOn(page), `${tab} ${look.theme}`).toEqual([]);
    }
  }
});
