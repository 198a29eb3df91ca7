import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { drawnDocument, plainLayout, type Layout } from '../fakes/intake/drawn-document.ts';
import { factsOf, type DocumentFacts } from '../fakes/intake/facts.ts';
import { fonts } from '../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { text, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const letter: DocumentFacts = {
  ...factsOf(3), superior: [], agencyLines: ['BỘ NỘI VỤ'], agency: 'Bộ Nội vụ', number: '4711', notation: 'BNV-VP', place: 'Hà Nội', date: '2026-03-05', kind: '', addressees: ['Sở Nội vụ'],
  subject: 'báo cáo công tác văn thư', authority: ['KT. BỘ TRƯỞNG'], position: 'THỨ TRƯỞNG', signer: 'Nguyễn Văn An', urgency: 1,
};

async function written(folder: string, name: string, facts: DocumentFacts, layout: Partial<Layout> = {}): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, await drawnDocument(facts, { ...plainLayout, ...layout }, fonts));
  return path;
}

const fieldOf = (page: Page, name: string): Promise<string> => page.$eval(`form [name=${name}]`, (element) => (element as HTMLInputElement).value);

async function untilField(page: Page, name: string, value: string): Promise<void> {
  await page.waitForFunction((field, wanted) => document.querySelector<HTMLInputElement>(`form [name=${field}]`)?.value === wanted, { timeout: 60_000 }, name, value);
}

async function press(page: Page, key: 'Alt' | 'Control', then: string): Promise<void> {
  await page.keyboard.down(key);
  await page.keyboard.press(then as 'D');
  await page.keyboard.up(key);
}

/** Answers the browser's own file dialog, which no test can type into. */
async function pick(page: Page, paths: readonly string[], which: 'files' | 'folder' = 'files'): Promise<void> {
  const input = (await page.waitForSelector(`input[data-intake=${which}]`)) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
}

test('a clerk enters files and paper by the keyboard: filled from the page, corrected, registered, the next one at once', async () => {
  station = await openStation();
  const { page } = station;
  const folder = scratchFolder();
  const first = await written(folder, '1 công văn.pdf', letter, { number: 'widget', arrival: 'content' });
  const second = await written(folder, '2 thông báo.pdf', { ...letter, number: '12', notation: 'TB-BNV', kind: 'Thông báo', subject: 'Về việc nghỉ Tết', addressees: [], urgency: 0 });
  await page.waitForSelector('nav');
  await waitForText(page, 'Thêm văn bản…');
  await page.keyboard.press('F9');
  await waitForText(page, 'Chưa có tệp nào chờ nhập');
  await pick(page, [first, second]);
  await waitForText(page, '2 thông báo.pdf');
  await untilField(page, 'codeNumber', '4711');
  const read = { codeNotation: 'BNV-VP', issuedDate: '05/03/2026', typeName: 'Công văn', subject: 'báo cáo công tác văn thư', issuerName: 'Bộ Nội vụ', signerName: 'Nguyễn Văn An', signerPosition: 'Thứ trưởng', urgency: '1', place: 'Hà Nội' };
  for (const [name, value] of Object.entries(read)) await untilField(page, name, value);
  expect(await text(page)).toContain('Trang 1, chắc chắn');

  // The field that has the focus points at its place on the page.
  await page.focus('form [name=codeNumber]');
  await page.keyboard.press('Tab');
  await page.waitForSelector('[data-pdf-mark="1"]');
  const mark = await page.$eval('[data-pdf-mark]', (element) => (element as HTMLElement).getBoundingClientRect().toJSON() as { width: number; height: number });
  expect(mark.width).toBeGreaterThan(10);
  expect(mark.height).toBeLessThan(60);
  // Another day of the page is chosen without the mouse, and the first one again.
  await page.keyboard.press('Tab');
  await press(page, 'Alt', 'ArrowDown');
  await expect.poll(() => fieldOf(page, 'issuedDate')).not.toBe('05/03/2026');
  await press(page, 'Alt', 'ArrowUp');
  await untilField(page, 'issuedDate', '05/03/2026');

  await page.focus('form [name=holders]');
  await page.keyboard.type('Phòng Hành chính');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await untilField(page, 'codeNumber', '12');
  await untilField(page, 'typeName', 'Thông báo');
  await page.focus('form [name=holders]');
  await press(page, 'Control', 'D');
  await untilField(page, 'holders', 'Phòng Hành chính');
  await press(page, 'Control', 'Enter');
  await waitForText(page, 'Đã lưu, chờ vào sổ: Về việc nghỉ Tết');
  await waitForText(page, 'Chưa có tệp nào chờ nhập');

  // Paper: an impossible day is told at its field, and nothing is lost of what was typed.
  await page.click('::-p-text(Bản giấy)');
  await page.waitForSelector('form [name=codeNumber]');
  const typed = { codeNumber: '9', codeNotation: 'GM-SNV', issuedDate: '31/02/2026', typeName: 'Giấy mời', subject: 'họp giao ban', issuerName: 'Sở Nội vụ' };
  for (const [name, value] of Object.entries(typed)) {
    await page.focus(`form [name=${name}]`);
    await page.keyboard.type(value);
  }
  await page.keyboard.press('F8');
  await waitForText(page, 'Hãy ghi ngày có thật');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('issuedDate');
  expect(await fieldOf(page, 'subject')).toBe('họp giao ban');
  await page.click('form [name=issuedDate]', { count: 3 });
  await page.keyboard.type('01032026');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 2');
  await waitForText(page, 'họp giao ban');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await waitForText(page, '9/GM-SNV');
  expect(station.complaints).toEqual([]);
});

test('the same document again is told before it takes a number, a folder leaves out what is no PDF, and broken files say so', async () => {
  station = await openStation();
  const { page } = station;
  const folder = join(scratchFolder(), 'thư mục');
  mkdirSync(folder, { recursive: true });
  await written(folder, 'a.pdf', letter);
  writeFileSync(join(folder, 'b.pdf'), 'không phải PDF');
  writeFileSync(join(folder, 'c.pdf'), '');
  writeFileSync(join(folder, 'd.xlsx'), 'x');
  await page.waitForSelector('nav');
  await page.keyboard.press('F9');
  await pick(page, [folder], 'folder');
  await waitForText(page, '1 tệp trong thư mục không phải PDF');
  await untilField(page, 'codeNumber', '4711');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await waitForText(page, 'Tệp không phải PDF hoàn chỉnh');
  await page.click('button[title="c.pdf"]');
  await waitForText(page, 'Tệp rỗng, 0 byte');
  await waitForText(page, 'Chưa xem được tệp này');
  await page.click('::-p-text(Bỏ tệp…)');
  await waitForText(page, 'Bỏ tệp này khỏi danh sách chờ?');
  await page.click('dialog[open] button:last-of-type');
  await page.waitForFunction(() => document.querySelector('button[title="c.pdf"]') === null);

  await pick(page, [join(folder, 'a.pdf')]);
  await page.waitForSelector('button[title="a.pdf"]');
  await page.click('button[title="a.pdf"]');
  await waitForText(page, 'có thể trùng với văn bản này');
  await waitForText(page, 'cùng số, ký hiệu và cơ quan ban hành; cùng một tệp');
  await page.keyboard.press('F8');
  await waitForText(page, 'bấm lại một lần nữa');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 2');
  expect(station.complaints).toEqual([]);
});

test('waiting files outlive a restart, and a mark of State secrecy keeps a document out', async () => {
  station = await openStation();
  const folder = scratchFolder();
  const path = await written(folder, 'mat.pdf', { ...letter, kind: 'Báo cáo', subject: 'MẬT', addressees: [] });
  await station.page.waitForSelector('nav');
  await station.page.keyboard.press('F9');
  await pick(station.page, [path]);
  await waitForText(station.page, 'Trang 1 có dấu “MẬT”');
  await station.page.keyboard.press('F8');
  await station.restart();
  await station.page.waitForSelector('nav');
  await station.page.keyboard.press('F9');
  await waitForText(station.page, 'mat.pdf');
  await waitForText(station.page, 'Trang 1 có dấu “MẬT”');
  expect(await text(station.page)).not.toContain('Số đến');
});

test('the intake desk passes axe, in Vietnamese and English, light, dark and high contrast', async () => {
  station = await openStation();
  const { page } = station;
  const folder = scratchFolder();
  const paths = [await written(folder, '1.pdf', letter, { number: 'widget' }), await written(folder, '2.pdf', factsOf(21))];
  const found: string[] = [];
  await page.waitForSelector('nav');
  await page.keyboard.press('F9');
  await waitForText(page, 'Chưa có tệp nào chờ nhập');
  found.push(...(await violationsOn(page)).map((one) => `empty: ${one}`));
  await pick(page, paths);
  await untilField(page, 'codeNumber', '4711');
  for (const [language, theme] of [['vi', 'light'], ['vi', 'dark'], ['en', 'contrast']] as const) {
    await page.evaluate((values) => {
      localStorage.setItem('tvt.preferences', JSON.stringify(values));
    }, { language, theme, density: 'comfortable' });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await untilField(page, 'codeNumber', '4711');
    await page.click('form [name=subject]');
    await page.waitForSelector('[data-pdf-mark="1"]');
    await page.waitForSelector('[data-pdf-page="1"] canvas');
    if (process.env['TVT_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['TVT_SHOTS']}-${theme}.png` as `${string}.png` });
    found.push(...(await violationsOn(page)).map((one) => `${language} ${theme}: ${one}`));
  }
  expect(found).toEqual([]);
});
