import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { OutgoingDetail } from '#contract';
import { ministry } from '../fakes/station/messages.ts';
import { allowSaving, askWindow, dress, exchangeOnce, goTo, looks, press, pressInDialog, sendOwn, statusFrom, text, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const interior = { code: 'H29.01', name: 'Sở Nội vụ' };
const finance = { code: 'H29.02', name: 'Sở Tài chính' };
const justice = { code: 'H29.03', name: 'Sở Tư pháp' };
const others = [ministry, interior, finance, justice];
const threeDaysAgo = { now: () => new Date(Date.now() - 3 * 86_400_000) };

/** One document that was sent three days ago: one recipient is through with it, one refused it, one is silent. */
async function threeFates(): Promise<{ readonly opened: TestStation; readonly id: string }> {
  let id = '';
  const opened = await openStation(undefined, others, async (start, axis) => {
    const before = await start(threeDaysAgo);
    const document = await sendOwn(before, { number: '15', to: [interior, finance, justice] });
    id = document.id;
    await exchangeOnce(before);
    await before.close();
    for (const [from, code, note] of [
      [interior, '01', ''],
      [interior, '03', 'Số đến 231'],
      [interior, '06', 'Đã xử lý xong'],
      [finance, '02', 'Thiếu phụ lục'],
    ] as const) {
      await axis.control.deliver(statusFrom({ from, code, about: document, note }));
    }
    const core = await start();
    await exchangeOnce(core);
    await core.close();
  });
  return { opened, id };
}

async function cellsOf(opened: TestStation, name: string): Promise<string[]> {
  return opened.page.$$eval(
    '#matrix-grid [role=row]',
    (all, wanted) => {
      const row = all.find((one) => one.textContent.includes(wanted));
      return [...(row?.querySelectorAll('[role=gridcell]') ?? [])].map((cell) => cell.textContent);
    },
    name,
  );
}

async function chooseRecipient(opened: TestStation, name: string): Promise<void> {
  const row = await opened.page.waitForSelector(`::-p-xpath(//*[@id="matrix-grid"]//*[@role="row"][contains(., "${name}")])`);
  await row?.click();
}

test('each recipient shows how far it is, with alarms in words and what to do; news come while one looks', async () => {
  const { opened, id } = await threeFates();
  station = opened;
  const { page } = opened;
  await goTo(page, '#/outbox');
  await waitForText(page, 'Theo dõi nơi nhận (2 cảnh báo)');
  await goTo(page, '#/outbox?tab=sent');
  await waitForText(page, 'Đến 2/3');
  expect(await text(page)).toContain('2 cảnh báo');
  await goTo(page, `#/outbox?tab=sent&document=${id}`);
  await waitForText(page, 'Đã xử lý xong');
  const through = await cellsOf(opened, interior.name);
  expect(through.slice(2).filter((cell) => /^\d\d\/\d\d\d\d:\d\d$/.test(cell))).toHaveLength(4);
  expect((await cellsOf(opened, justice.name))[1]).toBe('Chưa báo nhận');
  expect((await cellsOf(opened, finance.name))[1]).toBe('Từ chối nhận');
  await chooseRecipient(opened, justice.name);
  await waitForText(page, 'Hãy gọi văn thư nơi nhận');

  const document = await outgoing(opened, id);
  await opened.axis.control.deliver(statusFrom({ from: justice, code: '01', about: document }));
  await receive(opened);
  await page.waitForFunction(
    (name) => ![...globalThis.document.querySelectorAll('#matrix-grid [role=row]')].some((row) => row.textContent.includes(name) && row.textContent.includes('Chưa báo nhận')),
    { timeout: 60_000 },
    justice.name,
  );
  await waitForText(page, 'Theo dõi nơi nhận (1 cảnh báo)');
  await waitForText(page, 'Đến 3/3');
});

test('a document is taken back from one, then from everybody: the freezing is said before and shown after', async () => {
  const { opened, id } = await threeFates();
  station = opened;
  const { page } = opened;
  await goTo(page, `#/outbox?tab=sent&document=${id}`);
  await chooseRecipient(opened, finance.name);
  await press(page, 'Thu hồi ở nơi này…');
  await waitForText(page, '2 nơi khác vẫn giữ văn bản');
  await press(page, 'Gửi nhầm nơi nhận');
  await page.click('dialog[open] input[value=status]');
  await pressInDialog(page, 'Thu hồi ở 1 nơi');
  await expect.poll(async () => (await cellsOf(opened, finance.name))[9]).toContain('Đã hỏi');
  await expect.poll(() => statusesSent(opened)).toContain('13 H29.02');

  const document = await outgoing(opened, id);
  await opened.axis.control.deliver(statusFrom({ from: finance, code: '15', about: document, note: 'Đã hủy' }));
  await receive(opened);
  await expect.poll(async () => (await cellsOf(opened, finance.name))[9]).toContain('Đồng ý');
  expect((await cellsOf(opened, finance.name))[11], 'what the place said last').toBe('Đã hủy');

  await press(page, 'Thu hồi…');
  await waitForText(page, 'Mọi nơi còn giữ (2)');
  expect(await text(page)).toContain('văn bản bị khóa ngay');
  await pressInDialog(page, 'Thu hồi ở 2 nơi');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.type('dialog[open] textarea', 'Văn bản có sai sót');
  await pressInDialog(page, 'Thu hồi ở 2 nơi');
  await waitForText(page, 'Đã thu hồi, bị khóa từ');
  await waitForText(page, 'Lý do: Văn bản có sai sót');
  expect(await page.$eval('h2', (title) => getComputedStyle(title).textDecorationLine)).toBe('line-through');
});

test('delivery evidence is made, opens beside the list, and both of its files can be saved', async () => {
  const { opened, id } = await threeFates();
  station = opened;
  const { page } = opened;
  await goTo(page, `#/outbox?tab=sent&document=${id}`);
  await press(page, 'Lập chứng cứ gửi');
  await waitForText(page, 'chung-cu-gui-15-UBND-VP.pdf');
  await page.waitForSelector('canvas');
  const folder = await allowSaving(page, opened.folder);
  for (const kind of ['pdf', 'json']) {
    await page.click(`a[download$=".${kind}"]`);
    await expect.poll(() => readdirSync(folder).some((name) => name.endsWith(`.${kind}`))).toBe(true);
  }
  const json = readdirSync(folder).find((name) => name.endsWith('.json')) ?? '';
  expect(JSON.stringify(JSON.parse(readFileSync(join(folder, json), 'utf8')))).toContain('15/UBND-VP');
  expect(readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? '')).subarray(0, 5).toString()).toBe('%PDF-');
});

test('two hundred recipients make a matrix of which few rows exist, walked by keyboard', async () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ code: `H40.${String(index + 1)}`, name: `Xã số ${String(index + 1)}` }));
  let id = '';
  station = await openStation(undefined, [...others, ...many], async (start) => {
    const core = await start();
    ({ id } = await sendOwn(core, { number: '16', to: many }));
    await core.close();
  });
  const { page } = station;
  await goTo(page, `#/outbox?tab=sent&document=${id}`);
  await waitForText(page, 'Mọi nơi nhận 200');
  expect(await page.$$eval('#matrix-grid [role=row]', (rows) => rows.length)).toBeLessThan(60);
  await page.focus('#matrix-grid [role=grid]');
  await page.keyboard.press('End');
  await waitForText(page, 'Xã số 200 (H40.200)');
});

test('recipients, recall and evidence pass axe in every look', async () => {
  const { opened, id } = await threeFates();
  station = opened;
  const { page } = opened;
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, `#/outbox?tab=sent&document=${id}`);
    await chooseRecipient(opened, justice.name);
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} matrix: ${one}`));
    await press(page, look.language === 'vi' ? 'Thu hồi…' : 'Take back…');
    await page.click('dialog[open] input[value=some]');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} recall: ${one}`));
    await page.keyboard.press('Escape');
    await press(page, look.language === 'vi' ? 'Lập chứng cứ gửi' : 'Make delivery evidence');
    await page.waitForSelector('canvas');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} evidence: ${one}`));
  }
  expect(found).toEqual([]);
});

const outgoing = (opened: TestStation, id: string): Promise<OutgoingDetail> => askWindow(opened.page, 'records', 'outgoingGet', { id });

const receive = (opened: TestStation): Promise<unknown> => askWindow(opened.page, 'exchange', 'receiveNow', {});

async function statusesSent(opened: TestStation): Promise<string[]> {
  const { sent } = await opened.axis.control.inspect();
  return Promise.all(
    sent.map(async ({ docId }) => {
      const xml = Buffer.from(await opened.axis.control.bytesOf(docId)).toString('utf8');
      const told = /<edXML:ResponseFor>\s*<edXML:OrganId>([^<]+)/.exec(xml)?.[1] ?? '';
      return `${/<edXML:StatusCode>(\d+)</.exec(xml)?.[1] ?? '?'} ${told}`;
    }),
  );
}
