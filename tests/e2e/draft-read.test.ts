import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { letterFile, subject } from './letter-file.ts';
import { dress, goTo, press, violationsOn, waitForText } from './office.ts';
import { shot } from './shots.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

async function hold(page: Page, modifier: 'Control' | 'Alt', key: 's' | 'n' | 'a' | 'ArrowDown'): Promise<void> {
  await page.keyboard.down(modifier);
  await page.keyboard.press(key);
  await page.keyboard.up(modifier);
}

async function choose(page: Page, path: string): Promise<void> {
  const input = await page.waitForSelector('input[type=file][name=main]');
  await input?.uploadFile(path);
}

const valueOf = (page: Page, name: string): Promise<string> => page.$eval(`[name=${name}]`, (one) => (one as HTMLInputElement).value);

test('what the page of a draft tells is offered for empty fields, with where it was read; what was typed stays', async () => {
  station = await openStation();
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  await dress(page, { language: 'vi', theme: 'system' });
  await goTo(page, '#/outgoing');
  await hold(page, 'Alt', 'n');
  await page.waitForSelector('[name=subject]');
  await choose(page, await letterFile());
  await waitForText(page, 'Đọc được trên cong-van.pdf cho các ô còn trống');
  expect(await valueOf(page, 'subject'), 'nothing is put in by itself').toBe('');
  await shot(page, 'draft-read');
  await press(page, 'Điền ');
  await waitForText(page, 'Đã điền các ô còn trống theo tệp');
  expect([await valueOf(page, 'subject'), await valueOf(page, 'signerName'), await valueOf(page, 'signerPosition'), await valueOf(page, 'place')]).toEqual([subject, 'Trần Văn Chủ Tịch', 'CHỦ TỊCH', 'Luyện Tập']);
  await waitForText(page, 'Trang 1, chắc chắn');
  await page.evaluate(() => document.querySelector('[name=subject]')?.scrollIntoView({ block: 'center' }));
  await shot(page, 'draft-read-taken');
  expect(await violationsOn(page)).toEqual([]);
  await hold(page, 'Control', 's');
  await waitForText(page, 'Đã lưu');

  // Typed before the file came: it stays, and what the page says is at hand in the field.
  await hold(page, 'Alt', 'n');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('[name=subject]')?.value === '');
  await page.focus('[name=subject]');
  await page.keyboard.type('trích yếu của tôi');
  await choose(page, await letterFile('khac.pdf'));
  await waitForText(page, 'Đọc được trên khac.pdf cho các ô còn trống');
  const found = await page.$$eval('[data-pane=reading] li', (lines) => lines.map((line) => line.textContent));
  expect(found.some((line) => line.includes('Trần Văn Chủ Tịch'))).toBe(true);
  expect(found.some((line) => line.includes(subject)), 'the subject is not empty').toBe(false);
  await press(page, 'Điền ');
  await waitForText(page, 'Đã điền các ô còn trống theo tệp');
  expect(await valueOf(page, 'subject')).toBe('trích yếu của tôi');
  await page.focus('[name=subject]');
  await hold(page, 'Alt', 'ArrowDown');
  expect(await valueOf(page, 'subject')).toBe(subject);
  expect(station.complaints).toEqual([]);
});
