import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DraftDetail, OutgoingDetail, SignatureLabel } from '#contract';
import { testPki, type TestPki } from '../fakes/pki/pki.ts';
import { startPkiServers } from '../fakes/pki/servers.ts';
import { paperOfToday } from '../integration/signing/papers.ts';
import { callsOf, hasCompiler, hostileModule, pin, tokenFolder } from '../token/soft-token.ts';
import { handOn, type Hand } from './day/hand.ts';
import { askWindow, dress, goTo, looks, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { letterPdf, lockedPdf, pictured, signingOffice, tokenWithBoth, waitingDraft } from './signing-office.ts';
import { openStation, type TestStation } from './station.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-signing-e2e-'));
const log = join(folder, 'calls.log');
const wrongPin = '135790';
let bad = '';
let pki: TestPki;
let station: TestStation | undefined;

beforeAll(async () => {
  if (!hasCompiler) return;
  bad = hostileModule(folder);
  pki = await testPki();
  tokenFolder(join(folder, 'tokens'));
  tokenWithBoth(pki, folder);
});
afterEach(async () => {
  await station?.close();
  station = undefined;
  delete process.env['HOSTILE'];
  delete process.env['HOSTILE_LOG'];
  rmSync(log, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Opened = { readonly page: Page; readonly hand: Hand; readonly ids: readonly string[] };
type Letter = { readonly subject: string; readonly pdf?: Uint8Array };

/** A station with a token, whose driver behaves as said, and letters that wait for their signature. */
async function open(letters: readonly Letter[], how = '', settings: object = {}): Promise<Opened> {
  process.env['HOSTILE'] = how;
  process.env['HOSTILE_LOG'] = log;
  const ids: string[] = [];
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    await signingOffice(core, pki, settings);
    const used = await core.tokens.useModule(bad);
    if (!used.ok) throw new Error(used.failure.code);
    for (const { subject, pdf } of letters) ids.push(await waitingDraft(core, subject, pdf));
    await core.close();
  });
  const { page } = station;
  await page.waitForSelector('nav');
  return { page, hand: handOn(() => page), ids };
}

/** Picks a certificate at the screen of tokens, by keyboard. */
async function pickCertificate({ page, hand }: Opened, name: string): Promise<void> {
  await hand.press('Alt+6');
  await page.waitForSelector('[role=radiogroup] input', { timeout: 60_000 });
  await hand.tabTo('[role=radiogroup] input');
  const isIt = (): Promise<boolean> => page.evaluate((wanted) => document.activeElement?.getAttribute('aria-label')?.includes(wanted) === true, name);
  if (await isIt()) await hand.press('Space');
  for (let step = 0; step < 4 && !(await isIt()); step += 1) await hand.press('ArrowDown');
  await waitForText(page, `${name}: chứng thư bạn đã chọn để ký.`);
}

/** Waits until the check before signing has ended and everything has been read. */
async function waitForReview(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('#signing-documents') !== null && /Kiểm tra lại|Check again/.test(document.body.innerText), { timeout: 60_000 }).catch(async () => {
    throw new Error(`no review: ${page.url()}\n${await text(page)}`);
  });
}

/** How the documents of a round stand, in words. */
function states(page: Page): Promise<string[]> {
  return page.$$eval('#signing-documents [role=option]', (all) => all.map((one) => (one as HTMLElement).innerText.replace(/\s+/g, ' ').trim()));
}

/** What came of each document of the batch. */
function rows(page: Page): Promise<string[]> {
  return page.$$eval('[data-signing-state]', (all) => all.map((one) => one.getAttribute('data-signing-state') ?? ''));
}

/** Where a preview stands on its page, in millimetres from the upper left. */
function previewAt(page: Page): Promise<{ readonly left: number; readonly top: number }> {
  return page.$eval('[data-signing-preview]', (one) => {
    const sheet = one.closest('[role=group]')?.getBoundingClientRect();
    const box = one.getBoundingClientRect();
    const scale = (sheet?.width ?? 1) / 210;
    return { left: (box.left - (sheet?.left ?? 0)) / scale, top: (box.top - (sheet?.top ?? 0)) / scale };
  });
}

/** Whatever of the window and of the profile could hold a PIN. */
async function holders(page: Page): Promise<readonly string[]> {
  const window = await page.evaluate(() => document.documentElement.outerHTML + location.href + JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state as unknown }));
  const profile = station?.folder ?? '';
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return [window, ...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))];
}

async function axeIn(page: Page, what: string): Promise<string[]> {
  const all: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await page.waitForSelector(what, { timeout: 60_000 });
    all.push(...(await violationsOn(page)).map((violation) => `${look.language} ${look.theme}: ${violation}`));
  }
  await dress(page, { language: 'vi', theme: 'light' });
  await page.waitForSelector(what, { timeout: 60_000 });
  return all;
}

describe.skipIf(!hasCompiler)('signing at the window (needs gcc)', () => {
  test('by keyboard alone: three are reviewed and two signed after a wrong PIN, one is refused for its reason; then one is numbered and sealed', async () => {
    const opened = await open([{ subject: 'rà soát trang thiết bị số hóa' }, { subject: 'đề nghị cung cấp số liệu', pdf: await lockedPdf(folder) }, { subject: 'mời họp giao ban quý IV' }]);
    const { page, hand, ids } = opened;
    await pickCertificate(opened, 'Nguyễn Thị Thử');
    await goTo(page, `#/outgoing?tab=signing&id=${ids[0] ?? ''}`);
    await waitForText(page, 'Ký 3 văn bản…');
    await pictured(page, 'waiting');
    await hand.tabToWords('Ký 3 văn bản');
    await hand.press('Enter');
    await waitForReview(page);
    await pictured(page, 'review');
    expect(await states(page)).toEqual([
      expect.stringMatching(/rà soát/),
      expect.stringMatching(/Chưa ký được đề nghị cung cấp số liệu Tệp PDF đang được mã hóa hoặc đặt mật khẩu/),
      expect.stringMatching(/Chưa mở mời họp giao ban/),
    ]);
    await waitForText(page, 'Chưa kiểm tra trực tuyến');
    await waitForText(page, '2 văn bản ký được');

    // The office wants each opened: the key leads to the one that was not.
    await hand.press('F8');
    await waitForText(page, 'Cơ quan yêu cầu mở xem từng văn bản trước khi ký; còn 1');
    expect(await page.$('[name=token-pin]')).toBe(null);
    await page.waitForFunction(() => /Đã xem mời họp/.test([...document.querySelectorAll('#signing-documents [role=option]')].map((one) => (one as HTMLElement).innerText.replace(/\s+/g, ' ')).join('|')));
    await hand.press('F8');
    await page.waitForSelector('[name=token-pin]');
    await pictured(page, 'pin');
    await hand.type(wrongPin);
    await hand.press('Enter');
    await waitForText(page, 'Mã PIN sai');
    await waitForText(page, 'Chưa văn bản nào được ký.');
    await pictured(page, 'pin-wrong');
    await hand.type(pin);
    await hand.press('Enter');
    await waitForText(page, 'Đã ký 2/2 văn bản');
    expect(await rows(page)).toEqual(['done', 'done']);
    await pictured(page, 'signed');
    expect(callsOf(log).filter((line) => line.startsWith('C_Login 1'))).toHaveLength(2);
    for (const one of await holders(page)) for (const secret of [pin, wrongPin]) expect(one.includes(secret)).toBe(false);
    const draft = await askWindow<DraftDetail>(page, 'drafting', 'get', { id: ids[0] ?? '' });
    expect(draft.state).toBe('signed');
    expect(draft.acts.at(-1)?.signed?.form).toBe('program');

    // On to numbering, and with it to the seal.
    await hand.press('F8');
    await page.waitForFunction((id) => location.hash.includes('tab=numbering') && location.hash.includes(id), {}, ids[0] ?? '');
    await waitForText(page, 'đã ký, chưa có dấu thời gian');
    await pictured(page, 'labels');
    await hand.press('F8');
    await waitForText(page, '…/UBND-VP');
    await pictured(page, 'number-seal');
    await hand.press('Control+Enter');
    await waitForText(page, 'Đóng dấu 1 văn bản');
    await waitForReview(page);
    await waitForText(page, 'Đây là chứng thư của cá nhân; đóng dấu cần chứng thư của cơ quan.');
    await pictured(page, 'seal-warned');
    await pickCertificate(opened, 'BỘ THỬ NGHIỆM');
    // Back from the token to where the review was left.
    await waitForText(page, 'Đang xem để ký: 1 văn bản');
    await hand.press('Control+K');
    await page.waitForSelector('dialog[open] input');
    await hand.type('mo ky so');
    await page.waitForSelector('::-p-xpath(//dialog[@open]//*[@role="option"][contains(., "Mở Ký số")])');
    for (let step = 0; step < 6 && !(await page.$$eval('dialog[open] [role=option][aria-selected=true]', (all) => all.some((one) => one.textContent === 'Mở Ký số'))); step += 1) await hand.press('ArrowDown');
    await hand.press('Enter');
    await waitForReview(page);
    await waitForNoText(page, 'Đây là chứng thư của cá nhân');
    await page.waitForSelector('[data-signing-preview]');
    expect(await page.$$eval('[data-signing-preview] text', (all) => all.map((one) => one.textContent))).toContain('01');
    await pictured(page, 'seal');
    await hand.press('F8');
    await page.waitForSelector('[name=token-pin]');
    await hand.type(pin);
    await hand.press('Enter');
    await waitForText(page, 'Đã đóng dấu 1/1 văn bản');
    await pictured(page, 'sealed');
    await hand.press('F8');
    await waitForText(page, 'Phát hành');
    await page.waitForFunction(() => document.querySelector('[data-pane=reading] h2')?.textContent === '01/UBND-VP', { timeout: 60_000 });
    await pictured(page, 'sealed-document');
    const [item] = (await askWindow<{ items: { id: string }[] }>(page, 'drafting', 'list', { tab: 'issuing', before: null, limit: 5 })).items;
    const sealed = await askWindow<OutgoingDetail>(page, 'records', 'outgoingGet', { id: item?.id ?? '' });
    expect(sealed.state).toBe('sealed');
    const labels = await askWindow<SignatureLabel[]>(page, 'signing', 'levels', { file: sealed.files[0]?.id ?? '' });
    expect(labels.map(({ signer, level }) => [signer, level])).toEqual([['Nguyễn Thị Thử', 'B'], [expect.stringContaining('BỘ THỬ NGHIỆM'), 'B']]);
    expect(station?.complaints).toEqual([]);
  }, 180_000);

  test('a batch is stopped between documents; what came of it is there after one worked elsewhere, and the rest is signed with a new PIN', async () => {
    const opened = await open(
      ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu'].map((nth) => ({ subject: `văn bản thứ ${nth}` })),
      'slow=C_Sign:2500',
      { openEach: false },
    );
    const { page, hand } = opened;
    await pickCertificate(opened, 'Nguyễn Thị Thử');
    await goTo(page, '#/outgoing?tab=signing');
    await hand.tabToWords('Ký 6 văn bản');
    await hand.press('Enter');
    await waitForReview(page);
    await waitForText(page, '6 văn bản ký được');
    await hand.press('F8');
    await waitForText(page, 'văn bản chưa mở xem');
    await pictured(page, 'wave');
    expect(await violationsOn(page)).toEqual([]);
    await hand.press('Enter');
    await page.waitForSelector('[name=token-pin]');
    expect(await violationsOn(page)).toEqual([]);
    await hand.type(pin);
    await hand.press('Enter');
    await waitForText(page, 'Đang ký 6 văn bản');
    await page.waitForFunction(() => document.querySelector('[data-signing-state=done]') !== null, { timeout: 60_000 });
    const heights = (): Promise<number[]> => page.$$eval('[data-signing-state]', (all) => all.map((one) => one.getBoundingClientRect().top));
    const before = await heights();
    await pictured(page, 'running');
    expect(await violationsOn(page)).toEqual([]);
    await hand.press('Escape');
    await waitForText(page, 'Soạn văn bản');
    await waitForText(page, 'Đang ký ');
    await pictured(page, 'running-elsewhere');
    await goTo(page, '#/signing');
    await page.waitForSelector('[data-signing-state]');
    await hand.tabToWords('Dừng sau văn bản đang ký');
    await hand.press('Enter');
    await waitForText(page, 'Ký tiếp');
    expect(await heights()).toEqual(before);
    const came = await rows(page);
    expect(came[0]).toBe('done');
    expect(came.at(-1)).toBe('cancelled');
    await pictured(page, 'stopped');
    // Everything is still there after the window was loaded anew, and the rest is looked at once more.
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForSelector('[data-signing-state]');
    expect(await rows(page)).toEqual(came);
    const rest = came.filter((state) => state === 'cancelled').length;
    await hand.press('F8');
    await waitForReview(page);
    await waitForText(page, `${String(rest)} văn bản ký được`);
    await hand.press('F8');
    if (rest > 1) {
      await waitForText(page, 'văn bản chưa mở xem');
      await hand.press('Enter');
    }
    await page.waitForSelector('[name=token-pin]');
    await hand.type(pin);
    await hand.press('Enter');
    await waitForText(page, `Đã ký ${String(rest)}/${String(rest)} văn bản`);
    expect(callsOf(log).filter((line) => line.startsWith('C_Login 1'))).toHaveLength(2);
    expect(station?.complaints).toEqual([]);
  }, 180_000);

  test('where the text does not say whose it is somebody points, by keys and by the pointer; the place is the one that is signed', async () => {
    const opened = await open([{ subject: 'bản không có tên người ký', pdf: await paperOfToday({ symbol: '/UBND-VP', title: [], name: ' ' }) }]);
    const { page, hand, ids } = opened;
    await pickCertificate(opened, 'Nguyễn Thị Thử');
    await goTo(page, `#/outgoing?tab=signing&id=${ids[0] ?? ''}`);
    await waitForText(page, 'Cách khác…');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await hand.press('F8');
    await waitForReview(page);
    await waitForText(page, 'Bấm F2 để tự chỉ chỗ trên trang.');
    await pictured(page, 'place-unknown');
    await page.waitForSelector('canvas');
    await hand.press('F2');
    await page.waitForSelector('[data-signing-grip]');
    await page.waitForFunction(() => document.activeElement?.matches('[data-signing-grip]') === true);
    const first = await previewAt(page);
    await hand.press('ArrowRight');
    await hand.press('Shift+ArrowUp');
    await expect.poll(async () => Math.round((await previewAt(page)).left - first.left)).toBe(1);
    await expect.poll(async () => Math.round(first.top - (await previewAt(page)).top)).toBe(5);
    await page.waitForFunction(() => !/Đang xem xét/.test(document.body.innerText), { timeout: 60_000 });
    expect(Math.round((await previewAt(page)).left - first.left)).toBe(1);
    await pictured(page, 'placing');
    expect(await violationsOn(page)).toEqual([]);
    // By the pointer.
    const byKeys = await previewAt(page);
    const sheet = await page.$('[data-signing-aim="1"]');
    await sheet?.click({ offset: { x: 300, y: 300 } });
    await waitForNoText(page, 'Bấm vào chỗ muốn đặt trên trang');
    await page.waitForFunction(() => !/Đang xem xét/.test(document.body.innerText), { timeout: 60_000 });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('signing-documents');
    expect((await previewAt(page)).left).not.toBeCloseTo(byKeys.left, 0);
    await hand.press('F8');
    await page.waitForSelector('[name=token-pin]');
    await hand.type(pin);
    await hand.press('Enter');
    await waitForText(page, 'Đã ký 1/1 văn bản');
    expect(station?.complaints).toEqual([]);
  }, 120_000);

  test('a second one is signed with the login that is kept; what lacked a time is completed when the authority answers again', async () => {
    const servers = await startPkiServers(pki, { responder: 'g2ocsp' });
    try {
      servers.instead.set('/tsa', () => ({ status: 503, body: Buffer.alloc(0) }));
      const hosts = Object.entries(servers.hosts).map(([from, to]) => ({ from, to }));
      const opened = await open([{ subject: 'văn bản trước' }, { subject: 'văn bản sau' }], '', { level: 'T', tsa: 'http://tsa.ca.test/tsa', hosts, keepPinMinutes: 5 });
      const { page, hand, ids } = opened;
      await pickCertificate(opened, 'Nguyễn Thị Thử');
      for (const [nth, id] of ids.entries()) {
        await goTo(page, `#/signing?role=person&ids=${id}`);
        await waitForReview(page);
        await waitForText(page, 'Đã kiểm tra trực tuyến lúc');
        await page.waitForSelector('[data-signing-preview]');
        await hand.press('F8');
        if (nth === 0) {
          await page.waitForSelector('[name=token-pin]');
          await hand.type(pin);
        } else await waitForText(page, 'Mã PIN nhập lúc trước còn được giữ');
        await pictured(page, nth === 0 ? 'pin-online' : 'pin-kept');
        await hand.press('Enter');
        await waitForText(page, 'Đã ký 1/1 văn bản');
        await waitForText(page, 'đã ký, chưa có dấu thời gian: máy chủ cấp dấu thời gian');
      }
      expect(callsOf(log).filter((line) => line.startsWith('C_Login 1'))).toHaveLength(1);
      await goTo(page, `#/outgoing?tab=numbering&id=${ids[0] ?? ''}`);
      await waitForText(page, 'Bổ sung khi có mạng');
      await pictured(page, 'lacking');
      servers.instead.clear();
      await hand.tabToWords('Bổ sung khi có mạng');
      await hand.press('Enter');
      await waitForText(page, 'có dấu thời gian, chưa đủ dữ liệu kiểm tra lâu dài');
      await waitForText(page, 'Đã bổ sung đủ theo mức của cơ quan.');
      await pictured(page, 'completed');
      expect(station?.complaints).toEqual([]);
    } finally {
      await servers.close();
    }
  }, 120_000);

  test('review and outcome pass axe in every look; without a certificate it says what to do', async () => {
    const opened = await open([{ subject: 'văn bản để xem', pdf: await letterPdf() }, { subject: 'văn bản có mật khẩu', pdf: await lockedPdf(folder) }]);
    const { page, ids } = opened;
    await goTo(page, `#/signing?role=person&ids=${ids.join('.')}`);
    await waitForText(page, 'bạn chưa chọn chứng thư để ký');
    await pictured(page, 'no-certificate');
    await pickCertificate(opened, 'Nguyễn Thị Thử');
    await goTo(page, `#/signing?role=person&ids=${ids.join('.')}`);
    await waitForReview(page);
    expect(await axeIn(page, '#signing-documents')).toEqual([]);
    await waitForReview(page);
    await dress(page, { language: 'vi', theme: 'dark' });
    await waitForReview(page);
    await pictured(page, 'review-dark');
    await dress(page, { language: 'en', theme: 'contrast' });
    await waitForReview(page);
    await pictured(page, 'review-contrast');
    await dress(page, { language: 'vi', theme: 'light' });
    await waitForReview(page);
    await page.waitForFunction(() => /Đã xem/.test(document.querySelector<HTMLElement>('#signing-documents')?.innerText ?? ''), { timeout: 60_000 });
    await opened.hand.press('F8');
    await page.waitForSelector('[name=token-pin]');
    await opened.hand.type(pin);
    await opened.hand.press('Enter');
    await waitForText(page, 'Đã ký 1/1 văn bản');
    expect(await axeIn(page, '[data-signing-state]')).toEqual([]);
    expect(await text(page)).toContain('đã ký, chưa có dấu thời gian');
    await page.keyboard.press('?');
    await waitForText(page, 'Khi ký số: đã xem và sang văn bản kế');
    expect(station?.complaints).toEqual([]);
  }, 180_000);
});
