import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentCopy, ReceiptDetail, ReceivedPackage } from '#contract';
import { dossierOf } from '../fakes/handover/copy-office.ts';
import { laidThere, submittedFields } from '../fakes/handover/submitted.ts';
import { testPki, type TestPki } from '../fakes/pki/pki.ts';
import { stored } from '../fakes/station/drafts.ts';
import { paper } from '../integration/signing/papers.ts';
import { signedWith } from '../integration/verification/world.ts';
import { hasCompiler, hostileModule, pin, tokenFolder } from '../token/soft-token.ts';
import { pagesOf } from '../unit/practice/pdf-tools.ts';
import { handOn, type Hand } from './day/hand.ts';
import { archive } from './handover-office.ts';
import { allowSaving, ask, askWindow, dress, fileBytes, goTo, looks, press, violationsOn, waitForNoText, waitForText } from './office.ts';
import { shot } from './shots.ts';
import { signingOffice, tokenWithBoth } from './signing-office.ts';
import { openStation, type TestStation } from './station.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-copies-e2e-'));
let module = '';
let pki: TestPki;
let station: TestStation | undefined;

beforeAll(async () => {
  if (!hasCompiler) return;
  module = hostileModule(folder);
  pki = await testPki();
  tokenFolder(join(folder, 'tokens'));
  tokenWithBoth(pki, folder);
});
afterEach(async () => {
  await station?.close();
  station = undefined;
  delete process.env['HOSTILE'];
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An archive with the agency's token that took a package of another office over. */
async function archiveOffice(): Promise<Opened> {
  let dossier = '';
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    await signingOffice(core, pki, { openEach: false });
    await ask(core, 'station', 'saveStation', { ...archive, operator: 'Đỗ Văn Lưu Trữ' });
    const used = await core.tokens.useModule(module);
    if (!used.ok) throw new Error(used.failure.code);
    const packages = mkdtempSync(join(folder, 'goi-'));
    await laidThere(packages, 1, { documents: 2, bytes: 4000 });
    const begun = await ask<ReceiptDetail>(core, 'handover', 'startReceipt', { fields: submittedFields });
    await core.handover.takeFrom(begun.id, [packages]);
    const now = await ask<ReceiptDetail>(core, 'handover', 'receipt', { id: begun.id });
    const decided = await ask<ReceiptDetail>(core, 'handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
    await ask(core, 'handover', 'conclude', { id: decided.id, version: decided.version, number: '05/BB-LT', archive: true });
    const [held] = await ask<ReceivedPackage[]>(core, 'handover', 'packages', { receipt: begun.id, after: 0, limit: 5 });
    dossier = held?.dossier ?? '';
    await core.close();
  });
  const { page } = station;
  await page.waitForSelector('nav');
  await dress(page, { language: 'vi', theme: 'light' });
  return { page, hand: handOn(() => page), dossier };
}

type Opened = { readonly page: Page; readonly hand: Hand; readonly dossier: string };

/** A station with the agency's token and a closed dossier: two signed PDFs, a drawing in Word's format. */
async function open(): Promise<Opened> {
  let dossier = '';
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    await signingOffice(core, pki, { openEach: false });
    const used = await core.tokens.useModule(module);
    if (!used.ok) throw new Error(used.failure.code);
    const must = ((domain: string, method: string, input: unknown) => ask(core, domain, method, input)) as Parameters<typeof dossierOf>[0];
    const pdf = async (): Promise<Buffer> => signedWith(pki, { signer: 'leader' }, { signer: 'leader', base: await paper() });
    const made = await dossierOf(must, [await stored(core, 'quyet-dinh-1.pdf', await pdf()), await stored(core, 'quyet-dinh-2.pdf', await paper({ turn: 90 })), await stored(core, 'ban-ve.docx', Buffer.from('PK'))]);
    dossier = made.dossier.id;
    await core.close();
  });
  const { page } = station;
  await page.waitForSelector('nav');
  await dress(page, { language: 'vi', theme: 'light' });
  return { page, hand: handOn(() => page), dossier };
}

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, words] of Object.entries(values)) {
    const field = await page.waitForSelector(`dialog[open] [name=${name}]`);
    await field?.evaluate((one) => { (one as HTMLInputElement).select(); });
    await field?.type(words);
  }
}

async function clickIn(page: Page, xpath: string): Promise<void> {
  const found = await page.waitForSelector(`::-p-xpath(//dialog[@open]${xpath})`);
  await found?.evaluate((one) => { (one as HTMLElement).scrollIntoView({ block: 'center' }); });
  await found?.click();
}

async function pickAgency(page: Page): Promise<void> {
  await goTo(page, '#/token');
  const choice = await page.waitForSelector('::-p-xpath(//input[@type="radio"][contains(@aria-label, "BỘ THỬ NGHIỆM")])', { timeout: 60_000 });
  await choice?.click();
  await waitForText(page, 'BỘ THỬ NGHIỆM: chứng thư bạn đã chọn để ký.');
}

/** From the review to what came of the batch. */
async function signNow({ page, hand }: Opened): Promise<void> {
  await hand.press('F8');
  await page.waitForFunction(() => document.querySelector('[name=token-pin]') !== null || /chưa mở xem/.test(document.body.innerText));
  if ((await page.$('[name=token-pin]')) === null) await hand.press('Enter');
  await page.waitForSelector('[name=token-pin]');
  await hand.type(pin);
  await hand.press('Enter');
  await waitForText(page, 'Đã ký 1/1 bản sao, văn bản xác thực');
}

const copiesOf = (page: Page, dossier: string): Promise<DocumentCopy[]> => askWindow<DocumentCopy[]>(page, 'copies', 'list', { dossier, before: null, limit: 10 });

describe.skipIf(!hasCompiler)('copies of archived documents (needs a C compiler)', () => {
  test('a copy is given of chosen documents, what cannot be copied says why, and the copy is saved from the list', async () => {
    const { page, hand, dossier } = await open();
    await goTo(page, `#/dossiers?id=${dossier}`);
    await waitForText(page, 'Văn bản (3)');
    await page.click('::-p-xpath(//*[@role="gridcell"][contains(., "số 1")])');
    await press(page, 'Cấp bản sao…');
    await page.waitForSelector('dialog[open] [name=recipient]');
    await waitForText(page, 'Văn bản được sao (1)');
    await clickIn(page, '//label[contains(., "3/QĐ-UBND")]');
    await waitForText(page, 'Văn bản được sao (2)');
    await fill(page, { recipient: 'Nguyễn Thị Bình', recipientId: '079184001234', purposeContent: 'Bổ sung hồ sơ hưởng chế độ', requestId: 'YC-2026-11', requestDay: '02/11/2026' });
    await waitForText(page, 'xóa sau 5 ngày kể từ ngày hết hạn');
    expect(await violationsOn(page)).toEqual([]);
    await shot(page, 'copies-dialog');
    await hand.press('Control+Enter');
    await waitForText(page, 'Đã cấp 1 bản sao cho Nguyễn Thị Bình.');
    await waitForText(page, 'ban-ve.docx: Chỉ sao được tệp PDF');
    await waitForText(page, 'Bổ sung hồ sơ hưởng chế độ. Yêu cầu YC-2026-11. Giấy tờ 079184001234.');
    await waitForText(page, 'quyet-dinh-1.pdf, 1 trang');
    await shot(page, 'copies-list');
    const [copy] = await copiesOf(page, dossier);
    expect(copy).toMatchObject({ kind: 'plain', term: 'open', files: [{ state: 'ready', codeNumber: '1' }] });

    const downloads = await allowSaving(page, station?.folder ?? '');
    await page.click('::-p-xpath(//a[contains(., "Lưu bản sao")])');
    let saved: string | undefined;
    for (let tries = 0; tries < 300 && saved === undefined; tries += 1) {
      saved = readdirSync(downloads).find((one) => one.endsWith('.pdf'));
      if (saved === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(saved).toMatch(/^Bản sao 1-QĐ-UBND/u);
    const bytes = readFileSync(join(downloads, saved ?? ''));
    expect(pagesOf(bytes)[0]).toContain('BẢN SAO');
    for (const look of looks) {
      await dress(page, look);
      const tab = await page.waitForSelector(`::-p-xpath(//*[@role="tab"][normalize-space(.)="${look.language === 'vi' ? 'Bản sao' : 'Copies'}"])`);
      await tab?.click();
      await waitForText(page, 'Nguyễn Thị Bình');
      expect(await violationsOn(page), look.theme).toEqual([]);
      await shot(page, `copies-tab-${look.theme}`);
    }
    // Past its days it is told above the list; a person deletes it, and that it was given stays.
    const { items } = await askWindow<{ items: { id: string }[] }>(page, 'dossiers', 'members', { dossier, after: 0, limit: 1 });
    const request = { id: '', day: null, purpose: '02', content: 'Tra cứu' };
    await askWindow(page, 'copies', 'make', { dossier, members: items.map(({ id }) => id), kind: 'plain', recipient: { name: 'Lê Văn Cũ', id: '' }, request, approvedOn: '2026-01-05', approver: '' });
    await dress(page, { language: 'vi', theme: 'dark' });
    await goTo(page, '#/dossiers');
    await press(page, 'Bản sao đến ngày xóa (1)');
    await waitForText(page, 'Đã đến ngày xóa (25/01/2026)');
    await shot(page, 'copies-due');
    await press(page, 'Xóa tệp bản sao…');
    await page.waitForSelector('dialog[open]');
    expect(await violationsOn(page)).toEqual([]);
    await clickIn(page, '//button[normalize-space(.)="Xóa tệp bản sao"]');
    await waitForText(page, 'Đã xóa tệp bản sao; việc cấp vẫn được ghi.');
    await waitForNoText(page, 'Bản sao đến ngày xóa');
    await waitForText(page, 'Lê Văn Cũ');
    expect(station?.complaints).toEqual([]);
  }, 180_000);

  test('a certified copy waits, is offered where the clerk looks for what the agency signs, is signed there, and stands signed at its dossier', async () => {
    const { page, hand, dossier } = await open();
    await goTo(page, `#/dossiers?id=${dossier}`);
    const tab = await page.waitForSelector('::-p-xpath(//*[@role="tab"][normalize-space(.)="Bản sao"])');
    await tab?.click();
    await waitForText(page, 'Chưa cấp bản sao nào từ hồ sơ này.');
    await press(page, 'Cấp bản sao…');
    await page.waitForSelector('dialog[open] [name=recipient]');
    await clickIn(page, '//label[contains(., "1/QĐ-UBND")]');
    await clickIn(page, '//label[contains(., "2/QĐ-UBND")]');
    await clickIn(page, '//label[contains(., "Có xác thực")]');
    await fill(page, { recipient: 'Trần Văn Nghiên Cứu', purposeContent: 'Nộp hồ sơ cấp đổi giấy phép' });
    await hand.press('Control+Enter');
    await waitForText(page, 'Đã lập 2 bản sao cho Trần Văn Nghiên Cứu, chờ chữ ký số của cơ quan.');
    await waitForNoText(page, 'Lưu bản sao');
    await waitForText(page, 'Chờ chữ ký số của cơ quan');
    await shot(page, 'copies-waiting');

    // One of both is thrown away with a reason; the clerk finds the other among what the agency signs.
    await press(page, 'Bỏ bản chờ ký');
    const reason = await page.waitForSelector('dialog[open] textarea');
    await reason?.type('Lập nhầm văn bản');
    await press(page, 'Bỏ bản sao');
    await waitForText(page, 'Đã bỏ bản sao chờ ký.');
    await pickAgency(page);
    await goTo(page, '#/outgoing?tab=issuing');
    await press(page, 'Ký 1 bản sao, văn bản xác thực…');
    await waitForText(page, 'Ký số của cơ quan: 1 bản sao, văn bản xác thực');
    await waitForText(page, 'Bản sao có xác thực cấp cho Trần Văn Nghiên Cứu');
    await page.waitForFunction(() => /Kiểm tra lại/.test(document.body.innerText), { timeout: 60_000 });
    await page.waitForSelector('[data-signing-preview] text');
    expect(await page.$$eval('[data-signing-preview] text', (all) => all.map((one) => one.textContent))).toEqual(['BẢN SAO']);
    expect(await violationsOn(page)).toEqual([]);
    await shot(page, 'copies-review');
    await signNow({ page, hand, dossier });
    await shot(page, 'copies-signed');
    await hand.press('F8');
    await waitForText(page, 'BỘ THỬ NGHIỆM ký');
    await waitForText(page, 'Lưu bản sao');
    expect(await violationsOn(page)).toEqual([]);
    const [copy] = await copiesOf(page, dossier);
    expect(copy?.files.map(({ state }) => state).toSorted()).toEqual(['discarded', 'ready']);
    const bytes = await fileBytes(page, copy?.files.find(({ state }) => state === 'ready')?.file?.id ?? '');
    const path = join(folder, 'ky.pdf');
    writeFileSync(path, bytes);
    expect(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })).toMatch(/Signature #1:[\s\S]*BỘ THỬ NGHIỆM[\s\S]*Signature is Valid/u);
    expect(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })).not.toContain('Signature #2');
    await goTo(page, '#/outgoing?tab=issuing');
    await waitForNoText(page, 'bản sao, văn bản xác thực…');
    expect(station?.complaints).toEqual([]);
  }, 180_000);

  test('who keeps the seal as well signs the certification of a use copy right there, and gives the copy out with it', async () => {
    const opened = await archiveOffice();
    const { page, hand, dossier } = opened;
    await pickAgency(page);
    await goTo(page, `#/dossiers?id=${dossier}`);
    await press(page, 'Lập bản sử dụng (DIP)…');
    await page.waitForSelector('dialog[open] [name=recipient]');
    await clickIn(page, '//label[contains(., "Có xác thực")]');
    await fill(page, { recipient: 'Nguyễn Thị Bình', recipientId: '079184001234', requestId: 'YC-2026-12', requestDay: '20/11/2026', purposeContent: 'Bổ sung hồ sơ hưởng chế độ', copies: '1' });
    await clickIn(page, '//button[contains(., "Lập văn bản xác thực để ký")]');
    await waitForText(page, 'Đã lập văn bản xác thực, mã');
    expect(await violationsOn(page)).toEqual([]);
    await shot(page, 'certification-made');
    await clickIn(page, '//button[contains(., "Ký số của cơ quan")]');
    await waitForText(page, 'Văn bản xác thực bản sử dụng cấp cho Nguyễn Thị Bình');
    await page.waitForFunction(() => /Kiểm tra lại/.test(document.body.innerText), { timeout: 60_000 });
    await page.waitForSelector('[data-signing-preview] image, [data-signing-preview] img');
    await shot(page, 'certification-review');
    await signNow(opened);
    await hand.press('F8');
    await waitForText(page, 'Văn bản xác thực chờ ký, chờ cấp (1)');
    await waitForText(page, 'BỘ THỬ NGHIỆM đã ký');
    expect(await violationsOn(page)).toEqual([]);
    await shot(page, 'certification-signed');
    await press(page, 'Lập bản sử dụng với văn bản này…');
    await page.waitForSelector('dialog[open] [name=recipient]');
    await waitForText(page, 'BỘ THỬ NGHIỆM đã ký');
    await hand.press('Control+Enter');
    await waitForText(page, 'bộ kiểm tra kết luận đạt');
    await waitForText(page, 'Bản sử dụng đã cấp (1)');
    await waitForNoText(page, 'Văn bản xác thực chờ ký, chờ cấp');
    expect(station?.complaints).toEqual([]);
  }, 180_000);
});
