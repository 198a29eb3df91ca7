import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { allowSaving, ask, dress, exchangeOnce, goTo, looks, press, pressInDialog, sendOwn, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const interior = { code: 'H29.01', name: 'Sở Nội vụ' };
const finance = { code: 'H29.02', name: 'Sở Tài chính' };
const others = [ministry, interior, finance];
const never = 1_000_000;

/** A station whose axis is out of order and says so, so that every row stays where it was put. */
async function quietStation(fill: Parameters<typeof openStation>[2]): Promise<TestStation> {
  return openStation(undefined, others, async (start, axis) => {
    await fill?.(start, axis);
    await axis.control.fault({ kind: 'refuse', verb: '*', times: never });
  });
}

async function choose(opened: TestStation, words: string): Promise<void> {
  await opened.page.waitForSelector('[role=grid] [role=row]');
  await opened.page.focus('[role=grid]');
  await opened.page.keyboard.press('Home');
  for (let row = 0; row < 10; row += 1) {
    const selected = await opened.page.$eval('[role=row][aria-selected=true]', (one) => one.textContent);
    if (selected.includes(words)) return;
    await opened.page.keyboard.press('ArrowDown');
  }
  throw new Error(`no row with ${words}`);
}

/** Delete in the list, once the row is not just being sent. */
async function pressDelete(opened: TestStation): Promise<void> {
  const { page } = opened;
  for (let tries = 0; tries < 300 && (await page.$('dialog[open]')) === null; tries += 1) {
    await page.focus('[role=grid]');
    await page.keyboard.press('Delete');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if ((await page.$('dialog[open]')) === null) throw new Error(await text(page));
  expect(await page.$eval('dialog[open]', (dialog) => dialog.textContent)).toContain('Hủy gửi thư về');
}

const rows = (opened: TestStation): Promise<string[]> =>
  opened.page.$$eval('[role=grid] [role=row][aria-selected]', (all) => all.map((row) => row.textContent));

async function placeOf(opened: TestStation, words: string): Promise<number> {
  return (await rows(opened)).findIndex((row) => row.includes(words));
}

test('a document and its recipients stand in the queue; it is moved up and cancelled by keyboard, with a reason', async () => {
  station = await quietStation(async (start) => {
    const core = await start();
    await sendOwn(core, { number: '31', to: [interior], urgency: 2 });
    await sendOwn(core, { number: '32', to: [interior, finance] });
    await core.close();
  });
  const { page } = station;
  await goTo(page, '#/outbox');
  await waitForText(page, '31/UBND-VP');
  expect((await rows(station))[0]).toContain('Thượng khẩn');
  expect((await rows(station))[1]).toContain('Sở Nội vụ+ 1 nơi khác');

  await choose(station, '32/UBND-VP');
  await waitForText(page, 'Sở Nội vụ (H29.01); Sở Tài chính (H29.02)');
  // A row that is just being sent takes no act; it is tried when the window opens.
  for (let tries = 0; tries < 300 && (await placeOf(station, '32/UBND-VP')) !== 0; tries += 1) {
    await page.keyboard.down('Control');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.up('Control');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(await placeOf(station, '32/UBND-VP')).toBe(0);
  expect(await text(page)).toContain('Lên đầu');

  // Delete asks, the default does nothing, and a reason is needed.
  await pressDelete(station);
  await page.keyboard.press('Escape');
  await waitForNoText(page, 'Hủy gửi thư về 32/UBND-VP');
  expect((await rows(station))[0]).not.toContain('Đã hủy');
  await pressDelete(station);
  await pressInDialog(page, 'Hủy gửi');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.type('dialog[open] textarea', 'Gửi nhầm cơ quan');
  await pressInDialog(page, 'Hủy gửi');
  await waitForText(page, 'Đã hủy, không gửi nữa.');
  // The row keeps its place while the keyboard is in the list.
  expect(await placeOf(station, '32/UBND-VP')).toBe(0);
  await press(page, 'Sắp lại');
  await page.waitForFunction(() => !document.querySelector('[role=grid]')?.textContent.includes('32/UBND-VP'));
  expect(await placeOf(station, '31/UBND-VP')).toBe(0);
  expect(station.complaints).toEqual([]);
});

test('a message in doubt is explained, cannot be cancelled, and is settled by what a person found out', async () => {
  station = await quietStation(async (start, axis) => {
    const core = await start();
    // The list of sent messages fails as well, else the station would find out by itself.
    await axis.control.fault({ kind: 'missing', verb: 'getSentEdocList', times: never });
    await axis.control.fault({ kind: 'cut', verb: 'sendEdoc', times: 2 });
    await sendOwn(core, { number: '41', to: [interior] });
    await ask(core, 'exchange', 'receiveNow', {}).catch(() => undefined);
    await sendOwn(core, { number: '42', to: [finance] });
    await ask(core, 'exchange', 'receiveNow', {}).catch(() => undefined);
    await core.close();
  });
  const { page } = station;
  await goTo(page, '#/outbox');
  await choose(station, '41/UBND-VP');
  await waitForText(page, 'Chưa rõ thư đã đến hay chưa');
  await waitForText(page, 'Chưa hủy được vì thư có thể đã đến nơi.');
  await press(page, 'Đã đến…');
  await press(page, 'Đã gọi điện hỏi văn thư nơi nhận');
  await pressInDialog(page, 'Ghi là đã đến');
  await waitForText(page, 'Trục liên thông đã nhận lúc');

  await choose(station, '42/UBND-VP');
  await press(page, 'Chưa đến, gửi lại…');
  await pressInDialog(page, 'Ghi là chưa đến, gửi lại');
  await waitForText(page, 'Hãy ghi cách bạn biết');
  await page.type('dialog[open] textarea', 'Nơi nhận không thấy');
  await station.axis.control.clearFaults();
  await pressInDialog(page, 'Ghi là chưa đến, gửi lại');
  await waitForText(page, 'Trục liên thông đã nhận lúc');
});

test('what the axis refuses stays with its words beside it, and F8 sends it when the cause is gone', async () => {
  station = await openStation(undefined, others, async (start, axis) => {
    const core = await start();
    await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '10', errorDesc: 'Mã nơi nhận không đúng' });
    await sendOwn(core, { number: '51', to: [interior] });
    await exchangeOnce(core);
    await core.close();
  });
  const { page } = station;
  await goTo(page, '#/outbox?tab=attention');
  await choose(station, '51/UBND-VP');
  await waitForText(page, 'Mã nơi nhận không đúng');
  await page.keyboard.press('F8');
  await waitForText(page, 'Trục liên thông đã nhận lúc');
  const { sent } = await station.axis.control.inspect();
  expect(sent).toHaveLength(1);
});

test('a message that was set aside says what to do, is read again with its outcome told, and is saved byte for byte', async () => {
  const bytes = Buffer.from('not xml at all');
  station = await openStation(async (axis) => {
    await axis.control.deliver(bytes, { from: ministry.code, to: [ownAgency.code], messageType: 'edoc' });
  });
  const { page } = station;
  await goTo(page, '#/outbox?tab=quarantine');
  await waitForText(page, 'Nội dung không phải XML');
  await choose(station, 'Nội dung không phải XML');
  await waitForText(page, 'Hãy báo bên gửi là thư không phải edXML');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đọc lại rồi nhưng vẫn chưa dùng được');
  await waitForText(page, 'Đọc lại lần cuối lúc');
  const folder = await allowSaving(page, station.folder);
  await page.click('a[download]');
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.edxml')).length).toBe(1);
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ''))).toEqual(bytes);
});

test('the queue holds a thousand rows of which few exist, and finds one', async () => {
  station = await quietStation(async (start) => {
    const core = await start();
    const first = await sendOwn(core, { number: '1', to: [interior] });
    for (let number = 2; number <= 1000; number += 1) {
      await ask(core, 'exchange', 'sendDocument', { document: first.id, recipients: [{ organId: `H40.${String(number)}`, name: `Xã số ${String(number)}` }] });
    }
    await core.close();
  });
  const { page } = station;
  await goTo(page, '#/outbox');
  await waitForText(page, 'Chưa gửi xong 1.000');
  expect((await rows(station)).length).toBeLessThan(60);
  await page.focus('[role=grid]');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('[role=row][aria-selected=true]')?.getAttribute('aria-rowindex') === '1001');
  await page.focus('input[role=searchbox]');
  await page.type('input[role=searchbox]', 'xa so 777');
  await page.waitForFunction(() => document.querySelectorAll('[role=row][aria-selected]').length === 1);
  expect((await rows(station))[0]).toContain('Xã số 777');
});

test('queue, question and messages set aside pass axe in every look', async () => {
  station = await quietStation(async (start, axis) => {
    const core = await start();
    await axis.control.deliver(Buffer.from('not xml'), { from: ministry.code, to: [ownAgency.code], messageType: 'edoc' });
    await axis.control.fault({ kind: 'cut', verb: 'sendEdoc' });
    await sendOwn(core, { number: '61', to: [interior, finance], urgency: 3 });
    await exchangeOnce(core).catch(() => undefined);
    await core.close();
  });
  const { page } = station;
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/outbox');
    await choose(station, '61/UBND-VP');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} queue: ${one}`));
    await press(page, look.language === 'vi' ? 'Đã đến…' : 'It arrived…');
    await page.waitForSelector('dialog[open]');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} question: ${one}`));
    await page.keyboard.press('Escape');
    await goTo(page, '#/outbox?tab=quarantine');
    await choose(station, 'XML');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} set aside: ${one}`));
  }
  expect(found).toEqual([]);
});
