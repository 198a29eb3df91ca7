import { afterEach, expect, test } from 'vitest';
import { documentMessage } from '../fakes/station/messages.ts';
import { ask, dress, exchangeOnce, goTo, looks, press, violationsOn, waitForText } from './office.ts';
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
  await waitForText(page, 'Đã vào sổ 3');
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
  await page.waitForFunction(() => [...document.querySelectorAll('.tvt-text-layer')].some((layer) => layer.textContent.includes('SỔ ĐĂNG KÝ VĂN BẢN ĐẾN')), { timeout: 15_000 });

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
