import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { vietnamDay } from '../../electron/foundation/clock.ts';
import { ask, dress, goTo, looks, press, pressInDialog, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type StartCore, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const today = vietnamDay(new Date());
const year = Number(today.slice(0, 4));
const series = { register: 'outgoing', scope: '', year };

/** An office whose book of outgoing numbers has one of everything. */
async function prepare(start: StartCore): Promise<void> {
  const core = await start();
  await ask(core, 'numbers', 'saveAbbreviation', { category: 'office', id: null, name: '', abbreviation: 'UBND' });
  await ask(core, 'numbers', 'saveAbbreviation', { category: 'body', id: null, name: 'Hội đồng thi đua', abbreviation: 'HĐTĐ' });
  await ask(core, 'numbers', 'saveAbbreviation', { category: 'field', id: null, name: 'Văn xã', abbreviation: 'VX' });
  await ask(core, 'numbers', 'startAfter', { ...series, last: 27, reason: 'Đã cấp trên sổ giấy đến hết tháng 10' });
  const why = { forWhom: 'Phòng Văn xã, kế hoạch năm', until: null, reason: 'Chờ ý kiến thường trực' };
  await ask(core, 'numbers', 'reserve', { ...series, number: null, ...why });
  await ask(core, 'numbers', 'reserve', { ...series, number: null, ...why, until: today });
  await ask(core, 'numbers', 'release', { ...series, number: 29, suffix: '', reason: 'Không ban hành nữa' });
  await ask(core, 'numbers', 'voidNumber', { ...series, number: null, reason: 'Đóng dấu nhầm' });
  await core.close();
}

async function choose(page: Page, words: string): Promise<void> {
  const option = await page.waitForSelector(`::-p-xpath(//*[@role="option"][contains(., "${words}")])`, { timeout: 60_000 });
  await option?.click();
}

const hash = (part: string): string => `#/settings?tab=numbers&part=${part}`;

test('a number is kept, inserted, given back and voided by keyboard, each with its reason, and the book is proved', async () => {
  station = await openStation(undefined, undefined, prepare);
  const { page } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, hash('series'));
  await page.waitForSelector('#number-series');
  await page.focus('#number-series');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await waitForText(page, 'Đã cấp trên sổ giấy đến hết tháng 10');
  expect(await page.$eval('h2', (title) => title.innerText)).toBe('Văn bản đi · chung');

  await press(page, 'Giữ số…');
  await page.waitForSelector('dialog[open] [name=forWhom]');
  expect(await page.$eval('dialog[open] h2', (title) => (title as HTMLElement).innerText)).toBe('Giữ số 31 · Văn bản đi · chung');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('forWhom');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.keyboard.type('Tổ công tác');
  await page.focus('dialog[open] [name=until]');
  await page.keyboard.type('31/12/2099');
  await page.focus('dialog[open] [name=reason]');
  await page.keyboard.type('Chờ ký');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Giữ số đã xong');
  await waitForText(page, 'Giữ cho: Tổ công tác, đến 31/12/2099');

  await press(page, 'Chèn số…');
  await page.waitForSelector('dialog[open] [name=after]');
  await page.type('dialog[open] [name=after]', '28');
  await page.type('dialog[open] [name=day]', '31/12/2099');
  await page.type('dialog[open] [name=forWhom]', 'Phòng Tư pháp');
  await page.type('dialog[open] [name=reason]', 'Bỏ sót');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Ngày 31/12/2099 ở sau hôm nay');
  await page.focus('dialog[open] [name=day]');
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.type(today.split('-').toReversed().join('/'));
  await page.keyboard.press('Enter');
  await waitForText(page, 'Chèn số đã xong');
  await waitForText(page, '28a');

  await page.focus('button[aria-label="Trả lại số 28a"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open] [name=reason]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { hidden: true });
  await page.focus('button[aria-label="Bỏ số 28a"]');
  await page.keyboard.press('Enter');
  await page.type('dialog[open] [name=reason]', 'Không cần nữa');
  await pressInDialog(page, 'Bỏ số');
  await waitForText(page, 'Bỏ số đã xong');
  await press(page, 'Kiểm tra số');
  await waitForText(page, 'không số nào trùng, mọi khoảng trống đều có lý do');
  await press(page, 'Đóng sổ này…');
  await page.type('dialog[open] [name=reason]', 'Hết năm');
  await page.keyboard.press('Enter');
  await waitForText(page, 'số đang giữ nên chưa đóng được');
  await page.keyboard.press('Escape');
  expect(station.complaints).toEqual([]);
});

test('a last number that was typed too high is put right at its series; where one above it was given, the window names it', async () => {
  station = await openStation(undefined, undefined, async (start) => {
    await prepare(start);
    const core = await start();
    await ask(core, 'numbers', 'startAfter', { register: 'incoming', scope: '', year, last: 11800, reason: 'Sổ giấy' });
    await core.close();
  });
  const { page } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, hash('series'));
  await page.waitForSelector('#number-series');
  const setBack = async (words: string, last: string): Promise<void> => {
    await choose(page, words);
    await press(page, 'Sửa số cuối ghi nhầm…');
    await page.waitForSelector('dialog[open] [name=last]');
    await page.type('dialog[open] [name=last]', last);
    await page.type('dialog[open] [name=reason]', 'Gõ nhầm lúc thiết lập');
    await pressInDialog(page, 'Sửa số cuối');
  };
  await setBack('Văn bản đến · chung', '1180');
  await waitForText(page, 'Sửa số cuối đã xong');
  await waitForText(page, 'Số cuối: 1180');
  // Kept, given back and voided ones stand above.
  await setBack('Văn bản đi · chung', '20');
  await waitForText(page, 'Không hạ được số cuối xuống 20: 3 số lớn hơn đã được cấp, giữ, trả lại hoặc bỏ (28, 29, 30)');
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // Series of ministries are not in the way, and not out of reach.
  await press(page, 'Hiện 3 sổ khác');
  await choose(page, 'Thông tư liên tịch');
  await press(page, 'Ẩn');
  await waitForText(page, 'Thông tư liên tịch');
  expect(station.complaints).toEqual([]);
});

test('rules are decided with a day and a reason, abbreviations are written, and the symbol is tried out', async () => {
  station = await openStation(undefined, undefined, prepare);
  const { page } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, hash('rules'));
  await waitForText(page, 'Khi cơ quan chưa quyết định');
  await page.click('input[value=per-kind]');
  await page.type('[name=books]', 'Đơn thư');
  await page.type('[name=validFrom]', today.split('-').toReversed().join('/'));
  await page.type('[name=reason]', 'Quy chế công tác văn thư');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Mỗi tên loại một dãy số (đang áp dụng)');
  await goTo(page, hash('series'));
  await waitForText(page, 'Sổ riêng: Đơn thư');
  await choose(page, 'Quyết định');

  await goTo(page, hash('abbreviations'));
  await waitForText(page, 'Hội đồng thi đua');
  await waitForText(page, 'Số kế tiếp: 01/QĐ-UBND');
  await press(page, 'Thêm chữ viết tắt');
  await page.waitForSelector('dialog[open] select');
  await page.select('dialog[open] select', 'field');
  await page.type('dialog[open] [name=name]', 'Tài nguyên');
  await page.type('dialog[open] [name=abbreviation]', 'UBND VX');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Bắt đầu bằng chữ hoa, nhiều nhất 15 chữ');
  await page.focus('dialog[open] [name=abbreviation]');
  for (let n = 0; n < 8; n += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('TN');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]', { hidden: true });
  await waitForText(page, 'Tài nguyên');
  await page.focus('button[aria-label="Thôi dùng chữ viết tắt của Tài nguyên"]');
  await page.keyboard.press('Enter');
  await page.type('dialog[open] [name=reason]', 'Chuyển về phòng khác');
  await pressInDialog(page, 'Thôi dùng');
  await waitForNoText(page, 'Tài nguyên');
  expect(station.complaints).toEqual([]);
});

test('books, rules, abbreviations and the dialog of an act pass axe, in both languages, light, dark and high contrast', async () => {
  station = await openStation(undefined, undefined, prepare);
  const { page } = station;
  const found: string[] = [];
  const look = async (name: string, theme: string): Promise<void> => {
    found.push(...(await violationsOn(page)).map((one) => `${theme}, ${name}: ${one}`));
    const folder = process.env['TVT_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/numbers-${name}-${theme}.png` });
  };
  for (const dressed of looks) {
    await dress(page, dressed);
    await goTo(page, hash('series'));
    await page.waitForSelector('#number-series [role=option]');
    await look('series', dressed.theme);
    await page.focus('#number-series');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('table');
    await look('book', dressed.theme);
    await page.click('[data-pane=reading] [role=group] button');
    await page.waitForSelector('dialog[open] [name=reason]');
    await look('dialog', dressed.theme);
    await page.keyboard.press('Escape');
    await goTo(page, hash('rules'));
    await page.waitForSelector('input[value=groups]');
    await page.click('input[value=groups]');
    await look('rules', dressed.theme);
    await goTo(page, hash('abbreviations'));
    await page.waitForSelector('details');
    await page.click('summary');
    await look('abbreviations', dressed.theme);
  }
  expect(found).toEqual([]);
});
