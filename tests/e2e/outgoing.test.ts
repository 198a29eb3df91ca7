import { appendFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DraftFields } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { drafted, numberedDraft, signedDraft, type MustDraft } from '../fakes/station/drafts.ts';
import { ministry } from '../fakes/station/messages.ts';
import { letterFile, subject } from './letter-file.ts';
import { ask, askWindow, dress, exchangeOnce, goTo, looks, press, pressInDialog, text, violationsOn, waitForTab, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

async function choose(page: Page, field: string, path: string): Promise<void> {
  const input = await page.waitForSelector(`input[type=file][name=${field}]`);
  await input?.uploadFile(path);
}

async function fill(page: Page, name: string, words: string): Promise<void> {
  await page.focus(`[name=${name}]`);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type(words);
}

async function keys(page: Page, modifier: 'Control' | 'Alt', key: 's' | 'd' | 'n' | '1' | '2' | 'Enter'): Promise<void> {
  await page.keyboard.down(modifier);
  await page.keyboard.press(key);
  await page.keyboard.up(modifier);
}

const valueOf = (page: Page, name: string): Promise<string> => page.$eval(`[name=${name}]`, (one) => (one as HTMLInputElement).value);

/** Waits until the pane shows what stands at a step of the way, counted from 0. */
async function waitForStep(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (at) => [...document.querySelectorAll('[data-pane=reading] ol li')].findIndex((one) => one.getAttribute('aria-current') === 'step') === at,
    { timeout: 60_000 },
    step,
  );
  // The choice settles for a moment before anything may be done to it.
  await new Promise((resolve) => setTimeout(resolve, 250));
}

async function waitForTabList(page: Page): Promise<void> {
  await page.waitForSelector('main [role=tablist]', { timeout: 60_000 });
}

/** What a core does before its window opens. */
const mustOf = (core: Core): MustDraft => (method, input) => ask(core, 'drafting', method, input);

test('a letter is drafted, checked by two, signed outside, numbered, sealed and sent, by keyboard', async () => {
  station = await openStation();
  const { page } = station;
  const file = await letterFile();
  await goTo(page, '#/outgoing');
  await waitForText(page, 'Không có dự thảo nào');
  await keys(page, 'Alt', 'n');
  await waitForText(page, 'Soạn văn bản đi');
  await choose(page, 'main', file);
  // The draft is there with its file at once, and the file is shown beside the form.
  await waitForTab(page, 'Dự thảo 1');
  await page.waitForSelector('canvas');
  await fill(page, 'subject', subject);
  await fill(page, 'place', 'Luyện Tập');
  // The symbol of a letter names its unit: the office's own are offered, and what is none of them is told at once.
  await waitForText(page, 'Đơn vị soạn thảo hoặc lĩnh vực');
  expect(await page.$$eval('datalist option', (options) => options.map((one) => [one.value, one.label]))).toContainEqual(['Văn phòng', 'VP']);
  await fill(page, 'unitName', 'Phòng Văn xã');
  await waitForText(page, '“Phòng Văn xã” chưa có trong bảng chữ viết tắt');
  await fill(page, 'unitName', 'Văn phòng');
  await waitForText(page, 'Ký hiệu: UBND-VP');
  await page.select('[name=signerAuthority]', 'TM.');
  await expect.poll(() => valueOf(page, 'authorityLines')).toBe('TM. ');
  await fill(page, 'authorityLines', 'TM. ỦY BAN NHÂN DÂN');
  await fill(page, 'signerPosition', 'CHỦ TỊCH');
  await fill(page, 'signerName', 'Trần Văn Chủ Tịch');
  await fill(page, 'paperName', 'Hội Người cao tuổi phường');
  await page.keyboard.press('Enter');
  await keys(page, 'Control', 's');
  await waitForText(page, 'Đã lưu bản 2');
  const [item] = (await askWindow<{ items: { id: string }[] }>(page, 'drafting', 'list', { tab: 'draft', before: null, limit: 1 })).items;
  const id = item?.id ?? '';
  // The directory of this station is empty, so the electronic recipient is put there past the picker.
  const draft = await askWindow<{ version: number; fields: DraftFields; files: { id?: string }[] }>(page, 'drafting', 'get', { id });
  await askWindow(page, 'drafting', 'save', {
    id,
    version: draft.version,
    fields: { ...draft.fields, recipients: [{ organId: ministry.code, name: ministry.name }] },
    files: draft.files.map(({ id: _, ...one }) => one),
  });
  await goTo(page, `#/outgoing?id=${id}`);
  await waitForText(page, 'Bản 3');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã trình kiểm tra.');
  await waitForTab(page, 'Chờ kiểm tra 1');

  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=person]');
  await page.keyboard.type('Lê Thị Trưởng Phòng');
  await pressInDialog(page, 'Xác nhận nội dung');
  await waitForText(page, 'Đã xác nhận nội dung.');
  // The letter of the practice set is laid out as the decree has it.
  await waitForText(page, 'Chương trình không thấy điểm nào lệch thể thức');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=person]');
  await page.keyboard.type('Lê Thị Trưởng Phòng');
  await pressInDialog(page, 'Xác nhận thể thức');
  await waitForText(page, 'đã kiểm tra nội dung. Thể thức phải do người khác kiểm tra');
  await fill(page, 'person', 'Phạm Văn Thể Thức');
  await pressInDialog(page, 'Xác nhận thể thức');
  await waitForText(page, 'Đã xác nhận thể thức.');
  await waitForTab(page, 'Chờ ký 1');

  await press(page, 'Cách khác…');
  await page.click('dialog[open] input[value=file]');
  await waitForText(page, 'chưa kiểm tra chữ ký và không xác nhận chữ ký là hợp lệ');
  await choose(page, 'signed', file);
  await waitForText(page, 'Tệp: cong-van.pdf');
  await pressInDialog(page, 'Ghi nhận đã ký');
  await waitForText(page, 'giống hệt tệp chưa ký');
  appendFileSync(file, '\n% /ByteRange\n%%EOF\n');
  await choose(page, 'signed', file);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await pressInDialog(page, 'Ghi nhận đã ký');
  await waitForText(page, 'Đã ghi nhận chữ ký.');
  await press(page, 'Cấp số và đóng dấu…');
  await waitForText(page, '…/UBND-VP');
  await pressInDialog(page, 'Chỉ cấp số');
  await page.waitForFunction(() => document.querySelector('[data-pane=reading] h2')?.textContent === '01/UBND-VP', { timeout: 60_000 });
  await waitForText(page, 'đã vào sổ. Bước đóng dấu ghi số, ngày lên văn bản');
  await press(page, 'Cách khác…');
  await page.click('dialog[open] input[value=paper]');
  await pressInDialog(page, 'Ghi nhận đã đóng dấu');
  await waitForText(page, 'Đã ghi nhận dấu');
  await page.keyboard.press('F8');
  await waitForText(page, 'Hội Người cao tuổi phường, 1 bản');
  await pressInDialog(page, 'Phát hành và gửi');
  await waitForText(page, 'đã đưa vào Hộp gửi cho 1 nơi');
  await waitForTab(page, 'Đã phát hành 1');
  await page.keyboard.press('F8');
  await waitForText(page, 'Đã ghi việc chuyển bản giấy.');
  await askWindow(page, 'exchange', 'receiveNow', {});
  await expect.poll(async () => (await station?.axis.control.inspect())?.sent.length).toBeGreaterThan(0);
  expect(station.complaints).toEqual([]);
});

test('save and next, repeat the value before, and what was typed stays while one looks elsewhere', async () => {
  station = await openStation();
  const { page } = station;
  await goTo(page, '#/outgoing?edit=new');
  await page.waitForSelector('[name=subject]');
  await fill(page, 'subject', 'văn bản thứ nhất');
  await fill(page, 'signerName', 'Trần Văn Chủ Tịch');
  await keys(page, 'Control', 'Enter');
  await waitForTab(page, 'Dự thảo 1');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('[name=subject]')?.value === '');
  await page.focus('[name=signerName]');
  await keys(page, 'Control', 'd');
  expect(await valueOf(page, 'signerName')).toBe('Trần Văn Chủ Tịch');
  await fill(page, 'subject', 'văn bản thứ hai');
  await keys(page, 'Alt', '1');
  await page.waitForFunction(() => document.querySelector('[name=subject]') === null);
  await keys(page, 'Alt', '2');
  await page.waitForSelector('[name=subject]');
  expect(await valueOf(page, 'subject')).toBe('văn bản thứ hai');
  await page.select('[name=secrecy]', '1');
  await waitForText(page, 'Văn bản mật không được nhập vào máy nối mạng');
  await page.select('[name=secrecy]', '0');
  await page.keyboard.press('F8');
  await waitForTab(page, 'Dự thảo 2');
  await waitForText(page, 'Còn thiếu trước khi trình: Nơi ban hành, Chức vụ, Đơn vị soạn thảo hoặc lĩnh vực, tệp văn bản (PDF).');
});

test('a hand that does not wait loses no key: what is typed while a draft is saved, the signer as a whole, the next step at once', async () => {
  station = await openStation();
  const { page } = station;
  await waitForTabList(page);
  await keys(page, 'Alt', '2');
  await keys(page, 'Alt', 'n');
  await page.waitForSelector('[name=subject]');
  // A new draft begins at its file.
  await page.waitForFunction(() => document.activeElement?.tagName === 'BUTTON' && document.activeElement.closest('[data-pane=reading]') !== null);
  await page.focus('[name=subject]');
  await page.keyboard.type('phối hợp ');
  await page.keyboard.down('Control');
  await page.keyboard.press('s');
  await page.keyboard.up('Control');
  await page.keyboard.type('rà soát trang thiết bị');
  await waitForTab(page, 'Dự thảo 1');
  await page.waitForFunction(() => /edit=[0-9a-f]{8}/.test(location.hash) && document.activeElement?.getAttribute('name') === 'subject');
  expect(await valueOf(page, 'subject')).toBe('phối hợp rà soát trang thiết bị');
  for (const [name, words] of [['signerPosition', 'CHỦ TỊCH'], ['signerName', 'Trần Văn Chủ Tịch'], ['place', 'Luyện Tập']] as const) await fill(page, name, words);
  // The next one is begun before the one before is through, and is not taken away by it.
  await keys(page, 'Control', 's');
  await keys(page, 'Alt', 'n');
  await choose(page, 'main', await letterFile());
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'typeName');
  await page.focus('[name=signerName]');
  await keys(page, 'Control', 'd');
  expect(await valueOf(page, 'signerName')).toBe('Trần Văn Chủ Tịch');
  expect(await valueOf(page, 'signerPosition')).toBe('CHỦ TỊCH');
  await keys(page, 'Control', 's');
  await waitForTab(page, 'Dự thảo 2');
  // Through the parts of the list and back, with the arrows at hand.
  await page.keyboard.down('Control');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await page.keyboard.up('Control');
  await page.waitForSelector('[role=grid]:focus');
  expect(station.complaints).toEqual([]);
});

test('the key that comes with the word that a step is done meets the next step, on a busy machine too', async () => {
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    const must = mustOf(core);
    for (const nth of ['một', 'hai']) await must('submit', { id: (await drafted(core, must, { fields: { subject: `việc ${nth}` } })).id, comment: '' });
    await core.close();
  });
  const { page } = station;
  await page.evaluate(() => {
    // What waits for its turn waits long.
    const usual = setTimeout;
    Object.assign(globalThis, { setTimeout: (work: () => void, ms = 0) => usual(work, ms + 80) });
    // F8 the moment the word is there.
    const seen = new Set<string>();
    new MutationObserver(() => {
      const id = location.hash;
      if (seen.has(id) || document.querySelector('dialog[open]') !== null) return;
      if (document.querySelector('[role=group][aria-label="Việc có thể làm"]')?.textContent.includes('Đã xác nhận nội dung') !== true) return;
      seen.add(id);
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'F8', code: 'F8', bubbles: true, cancelable: true }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await goTo(page, '#/outgoing?tab=checking');
  await waitForText(page, 'việc hai');
  await page.focus('[role=grid]');
  await page.keyboard.press('Home');
  await waitForText(page, 'Kiểm tra nội dung…');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=person]');
  await page.keyboard.type('Hoàng Văn Trưởng Phòng');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('dialog[open] h2')?.textContent === 'Kiểm tra thể thức', { timeout: 60_000 });
  await waitForTab(page, 'Chờ kiểm tra 2');
});

test('many documents are numbered in one pass; a number is voided and a document taken back, with reasons', async () => {
  station = await openStation(undefined, [ministry], async (start) => {
    const core = await start();
    const must = mustOf(core);
    for (const nth of ['một', 'hai', 'ba']) await signedDraft(must, await drafted(core, must, { fields: { subject: `việc ${nth}` } }));
    const out = await numberedDraft(must, await drafted(core, must, { fields: { subject: 'đã ra ngoài', recipients: [{ organId: ministry.code, name: ministry.name }] } }), today);
    await must('seal', { document: out, form: 'paper', file: null });
    await must('issue', { document: out, send: true });
    await exchangeOnce(core);
    await core.close();
  });
  const { page } = station;
  await goTo(page, '#/outgoing?tab=numbering');
  await press(page, 'Cấp số cho 3 văn bản…');
  await pressInDialog(page, 'Cấp số cho 3 văn bản');
  await waitForText(page, 'Đã cấp 3 số');
  const given = await page.$eval('dialog[open]', (dialog) => dialog.innerText);
  for (const code of ['02/UBND-VP', '03/UBND-VP', '04/UBND-VP']) expect(given).toContain(code);
  expect(given.indexOf('việc một')).toBeLessThan(given.indexOf('việc ba'));
  await pressInDialog(page, 'Tiếp tục phát hành');
  await waitForTab(page, 'Chờ phát hành 3');
  await waitForText(page, '02/UBND-VP');
  await press(page, 'Hủy số…');
  await press(page, 'Cấp số nhầm');
  await pressInDialog(page, 'Hủy số');
  await waitForText(page, 'Số đã hủy, bị khóa từ');
  await waitForTab(page, 'Dự thảo 1');
  await waitForTab(page, 'Đã kết thúc 1');

  await goTo(page, '#/outgoing?tab=issued');
  const row = await page.waitForSelector('#outgoing-0');
  await row?.click();
  await waitForText(page, 'Xem từng nơi nhận');
  await press(page, 'Đính chính…');
  await page.waitForFunction(() => (document.querySelector<HTMLTextAreaElement>('[name=subject]')?.value ?? '').startsWith('đính chính Công văn số 01/'));
  await page.keyboard.press('Escape');
  await press(page, 'Thu hồi…');
  await page.type('dialog[open] textarea', 'Văn bản có sai sót');
  await pressInDialog(page, 'Thu hồi ở 1 nơi');
  await waitForText(page, 'Đã thu hồi, bị khóa từ');
  expect(await text(page)).toContain('Lý do: Văn bản có sai sót');
});

test('drafts, form, checks, numbering and documents pass axe in every look', async () => {
  let [checking, signed, issued] = ['', '', ''];
  station = await openStation(undefined, [ministry], async (start) => {
    const core = await start();
    const must = mustOf(core);
    const first = await drafted(core, must, { fields: { urgency: 2, dueDate: today } });
    checking = first.id;
    await must('submit', { id: first.id, comment: 'xin kiểm tra sớm' });
    await must('checkContent', { id: first.id, version: 1, person: 'Lê Thị Trưởng Phòng', comment: 'đồng ý' });
    signed = (await signedDraft(must, await drafted(core, must))).id;
    issued = await numberedDraft(must, await drafted(core, must, { fields: { recipients: [{ organId: ministry.code, name: ministry.name }], paperRecipients: [{ name: 'Hội A', copies: 2 }] } }), today);
    await must('seal', { document: issued, form: 'paper', file: null });
    await core.close();
  });
  const { page } = station;
  const found: string[] = [];
  for (const look of looks) {
    const judge = async (place: string): Promise<void> => {
      found.push(...(await violationsOn(page)).map((one) => `${look.theme} ${place}: ${one}`));
    };
    await dress(page, look);
    await goTo(page, `#/outgoing?tab=checking&id=${checking}`);
    await page.waitForSelector('#outgoing-0');
    await waitForStep(page, 2);
    await judge('draft');
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open] [name=person]');
    await judge('check');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F2');
    await page.waitForSelector('[name=subject]');
    await judge('form');
    await goTo(page, `#/outgoing?tab=numbering&id=${signed}`);
    await waitForStep(page, 4);
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open] [name=day]');
    await judge('numbering');
    await page.keyboard.press('Escape');
    await goTo(page, `#/outgoing?tab=issuing&id=${issued}`);
    await waitForStep(page, 6);
    await judge('document');
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open]');
    await judge('issue');
    await page.keyboard.press('Escape');
  }
  expect(found).toEqual([]);
});
