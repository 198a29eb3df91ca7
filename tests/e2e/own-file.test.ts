import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { testPki } from '../fakes/pki/pki.ts';
import { signedWith } from '../integration/verification/world.ts';
import { bases } from '../unit/foundation/pdf/make.ts';
import { hold, year, yearBegun } from './dossier-office.ts';
import { dress, goTo, looks, press, pressInDialog, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

/** Puts a file into the dossier that is shown, as a person would. */
async function add(page: Page, path: string): Promise<void> {
  await press(page, 'Việc khác');
  await press(page, 'Thêm tệp khác…');
  const input = await page.waitForSelector('dialog[open] [name=ownFile]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
  await page.waitForSelector('dialog[open] [name=subject]');
  await page.type('dialog[open] [name=issuedDate]', `01/01/${String(year)}`);
  await hold(page, ['Control'], 'Enter');
  await waitForText(page, `Đã thêm tệp ${path.slice(path.lastIndexOf('/') + 1)} vào hồ sơ.`);
}

test("PDFs of a dossier's own are looked at by themselves: the mark stands at the file, what is wrong among the remarks, why in the file's own dialog", async () => {
  const pki = await testPki();
  station = await openStation(undefined, undefined, yearBegun);
  const { page, folder, complaints } = station;
  await dress(page, { language: 'vi', theme: 'light' });
  await goTo(page, `#/dossiers?year=${String(year)}&node=y:${String(year)}`);
  await page.waitForSelector('#dossiers-0');
  await page.click('#dossiers-0');
  await page.waitForSelector('#dossier-members-0');
  const files = { 'Biên bản nghiệm thu': signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) }), 'Biên bản giao nhận': signedWith(pki, { signer: 'agency' }), 'Bản vẽ mặt bằng': bases()['table'] ?? Buffer.alloc(0) };
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, `${name}.pdf`);
    writeFileSync(path, bytes);
    await add(page, path);
  }
  const markOf = (subject: string): Promise<ElementHandle | null> => page.waitForSelector(`::-p-xpath(//*[@role="row"][contains(., "${subject}")])`);
  for (const [subject, words] of [['Biên bản nghiệm thu', 'Không hợp lệ'], ['Biên bản giao nhận', 'Chưa xác định được'], ['Bản vẽ mặt bằng', 'Không có chữ ký số']] as const) {
    await page.waitForFunction((about, wanted) => [...document.querySelectorAll('[role=row]')].some((row) => row.textContent.includes(about) && row.textContent.includes(wanted)), { timeout: 60_000 }, subject, words);
  }
  // The remarks came anew by themselves.
  await waitForText(page, 'Chữ ký số trong tệp Biên bản nghiệm thu.pdf của văn bản Biên bản nghiệm thu không hợp lệ.');
  await (await markOf('Biên bản nghiệm thu'))?.click();
  await page.keyboard.press('F2');
  await waitForText(page, 'Chữ ký: Không hợp lệ (1)');
  await pressInDialog(page, 'Xem căn cứ');
  await waitForText(page, 'Nội dung tệp khác với nội dung đã ký');
  for (const look of looks) {
    await page.keyboard.press('Escape');
    await dress(page, look);
    await page.waitForSelector('#dossiers-0');
    await page.click('#dossiers-0');
    await (await markOf('Biên bản nghiệm thu'))?.click();
    expect(await violationsOn(page), look.theme).toEqual([]);
    if (process.env['TVT_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['TVT_SHOTS']}-grid-${look.theme}.png` });
    await page.keyboard.press('F2');
    const basis = await page.waitForSelector('dialog[open] section button[aria-expanded]');
    await basis?.click();
    await page.waitForSelector('dialog[open] section ol, dialog[open] section ul');
    expect(await violationsOn(page), look.theme).toEqual([]);
    if (process.env['TVT_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['TVT_SHOTS']}-dialog-${look.theme}.png` });
  }
  expect(complaints).toEqual([]);
});
