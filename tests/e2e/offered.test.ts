import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { HandlingDetail, IncomingFields } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { ask, askWindow, dress, goTo, press, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { shot } from './shots.ts';
import { openStation, type TestStation } from './station.ts';

/** What the window offers to whom: as a button, by a key, in Ctrl+K and in the table of keys. */

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const password = 'Mat-khau so 1';
const changed = 'Mat-khau so 2';
const person = { id: null, position: '', standing: 'staff', unit: null, validFrom: null, since: null };
const fields: IncomingFields = {
  codeNumber: '88', codeNotation: 'SNV-VP', issuedDate: null, place: '', typeName: 'Báo cáo', subject: 'Báo cáo công tác văn thư', issuerName: 'Sở Nội vụ', issuerOrganId: '', arrivedOn: '',
  signerName: '', signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, holders: '', language: '', pageAmount: null, description: '',
};
const arrivedOn = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

type Office = { readonly page: Page; readonly document: string; readonly as: (role: 'clerk' | 'leader' | 'officer') => Promise<void> };

const names = { clerk: 'Trần Thị Văn Thư', leader: 'Lê Chủ Tịch', officer: 'Vũ Chuyên Viên' } as const;

/** An office of a clerk, a leader and an officer, with a registered document. */
async function office(): Promise<Office> {
  let document = '';
  const ids: Record<string, string> = {};
  station = await openStation(undefined, undefined, async (start) => {
    const core: Core = await start();
    for (const [key, name, roles] of [['admin', 'Đỗ Quản Trị', ['administrator']], ['clerk', 'Trần Thị Văn Thư', ['clerk']], ['leader', 'Lê Chủ Tịch', ['leader']], ['officer', 'Vũ Chuyên Viên', ['officer']]] as const) {
      ids[key] = (await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, name, roles })).id;
    }
    document = (await ask<{ id: string }>(core, 'intake', 'addIncoming', { fields: { ...fields, arrivedOn }, source: 'paper', files: [], register: true })).id;
    await ask(core, 'people', 'setPassword', { person: ids['admin'], password });
    await ask(core, 'people', 'signIn', { person: ids['admin'], password });
    for (const key of ['clerk', 'leader', 'officer']) {
      await ask(core, 'people', 'setPassword', { person: ids[key], password });
      await ask(core, 'people', 'signIn', { person: ids[key], password });
      await ask(core, 'people', 'changePassword', { old: password, password: changed });
      await ask(core, 'people', 'signIn', { person: ids['admin'], password });
    }
    await ask(core, 'people', 'signOut', {});
    await core.close();
  });
  const { page } = station;
  return {
    page,
    document,
    as: async (role) => {
      await askWindow(page, 'people', 'signIn', { person: ids[role], password: changed });
      await page.waitForSelector('nav');
      await waitForText(page, names[role]);
    },
  };
}

/** The words of what Ctrl+K lists for a text. */
async function offeredFor(page: Page, typed: string): Promise<string> {
  await page.keyboard.down('Control');
  await page.keyboard.press('k');
  await page.keyboard.up('Control');
  await page.waitForSelector('dialog[open] [role=combobox]');
  if (typed !== '') await page.keyboard.type(typed);
  await page.waitForFunction((words) => words === '' || document.querySelector('dialog[open] [role=listbox]')?.textContent?.includes(words) === true, {}, typed);
  const words = await page.$eval('dialog[open] [role=listbox]', (list) => (list as HTMLElement).innerText);
  await page.keyboard.press('Escape');
  await noDialog(page);
  return words;
}

/** Waits until nothing lies over the window any more; says what does where it stays. */
async function noDialog(page: Page): Promise<void> {
  await page.waitForSelector('dialog[open]', { hidden: true, timeout: 60_000 }).catch(async () => {
    throw new Error(`still open: ${(await page.$$eval('dialog[open]', (open) => open.map((one) => `${one.ariaLabel ?? ''} ${one.innerText}`))).join(' | ')}`);
  });
}

async function keysShown(page: Page): Promise<string> {
  await page.click('header [aria-keyshortcuts="?"]');
  await page.waitForSelector('dialog[open] table');
  const words = await page.$eval('dialog[open] table', (table) => (table as HTMLElement).innerText);
  await page.keyboard.press('Escape');
  await noDialog(page);
  return words;
}

/** Waits for the words that a button shows below the pointer; those of others lie hidden in the page. */
async function tooltip(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.querySelectorAll('[role=tooltip]')].some((one) => one.checkVisibility()));
}

test('one Esc closes the palette, also where the words of the button below the pointer are shown', async () => {
  const { page, as } = await office();
  await as('clerk');
  await page.hover('header [aria-keyshortcuts="?"]');
  await tooltip(page);
  await offeredFor(page, '');
  await page.hover('h1');
  await page.hover('header [aria-keyshortcuts="?"]');
  await tooltip(page);
  await keysShown(page);
});

test('after presenting, a clerk is led nowhere: the leader decides; a direction on paper is a thing of its own, and the next step only where the office says so', async () => {
  const { page, document, as } = await office();
  await as('clerk');
  await dress(page, { language: 'vi', theme: 'system' });
  await goTo(page, `#/incoming?id=${document}`);
  await waitForText(page, 'Trình lãnh đạo');
  await page.waitForSelector('main [aria-keyshortcuts=F8]:not([aria-disabled=true])');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [name=leaderName]');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await waitForText(page, 'Người làm tiếp: lãnh đạo – Lê Chủ Tịch');
  await waitForText(page, 'Ghi bút phê giấy…');
  expect(await page.$('#direction-form'), 'no form opens by itself').toBeNull();
  expect(await page.$('main [aria-keyshortcuts=F8]'), 'no key leads to another’s step').toBeNull();
  expect(await page.$$eval('main button', (buttons) => buttons.map((button) => button.innerText).join(' '))).not.toContain('iao xử lý');
  await shot(page, 'presented-clerk');
  await page.keyboard.press('F8');
  await press(page, 'Ghi bút phê giấy…');
  await waitForText(page, 'Ghi lại bút phê trên giấy');
  await waitForText(page, 'Ghi bút phê, giao xử lý');
  expect(await page.$('#direction-form [name=fromPaper]'), 'there is nothing to choose').toBeNull();
  expect(await page.$eval('#direction-form [name=leaderName]', (field) => (field as HTMLInputElement).value)).toBe('Lê Chủ Tịch');
  expect(await violationsOn(page)).toEqual([]);
  await shot(page, 'paper-clerk');
  await page.focus('#direction-form [name=party]');
  await page.keyboard.type('Tổ công tác liên ngành');
  await waitForText(page, 'Ghi tên “Tổ công tác liên ngành”');
  await page.keyboard.press('Enter');
  await press(page, 'Ghi bút phê, giao xử lý');
  await waitForText(page, 'Người làm tiếp: người xử lý – Tổ công tác liên ngành');
  expect(await askWindow<HandlingDetail>(page, 'handling', 'get', { id: document })).toMatchObject({ directions: [{ fromPaper: true, leaderName: 'Lê Chủ Tịch', recordedBy: 'Trần Thị Văn Thư' }] });

  // The same office when its leaders decide on paper.
  const { id: second } = await askWindow<{ id: string }>(page, 'intake', 'addIncoming', { fields: { ...fields, codeNumber: '89', arrivedOn }, source: 'paper', files: [], register: true });
  await askWindow(page, 'handling', 'present', { id: second, leader: null, leaderName: 'Lê Chủ Tịch', note: '' });
  await goTo(page, '#/settings?tab=general');
  await page.waitForSelector('[name=paperDirections]');
  // By the keyboard: what comes above it while the settings are read moves it away below a pointer.
  await page.focus('[name=paperDirections]');
  await page.keyboard.press('Space');
  await page.waitForSelector('[name=paperDirections]:checked');
  await shot(page, 'paper-setting');
  await press(page, 'Lưu hạn của cơ quan');
  await waitForText(page, 'Đã lưu lúc');
  await goTo(page, `#/incoming?id=${second}`);
  await waitForText(page, 'Ghi lại bút phê trên giấy');
  await waitForText(page, 'Ghi bút phê, giao xử lý');
  expect(station?.complaints).toEqual([]);
});

test('what is the clerk’s is not offered to a leader: no button, no key, nothing in Ctrl+K nor among the keys; one may lock and sign out from there', async () => {
  const { page, as } = await office();
  await as('clerk');
  await dress(page, { language: 'vi', theme: 'system' });
  await goTo(page, '#/incoming');
  await waitForText(page, 'Thêm văn bản…');
  await waitForText(page, 'Nhận ngay');
  const clerks = await offeredFor(page, '');
  for (const words of ['Thêm văn bản đến', 'Soạn văn bản đi', 'Nhận văn bản ngay', 'In sổ', 'Khóa màn hình', 'Đăng xuất', 'Đổi mật khẩu', 'Đổi màu giao diện: Tối', 'Mở Thiết lập: Danh bạ cơ quan']) expect(clerks, words).toContain(words);
  expect(await keysShown(page)).toContain('F9');

  await as('leader');
  await goTo(page, '#/incoming?state=registered');
  await page.waitForSelector('#incoming-0');
  await waitForNoText(page, 'Thêm văn bản…');
  expect(await text(page)).not.toContain('Nhận ngay');
  await page.keyboard.press('F9');
  const leaders = await offeredFor(page, '');
  expect(await page.evaluate(() => location.hash), 'F9 does nothing').toContain('#/incoming');
  for (const words of ['Thêm văn bản đến', 'Nhận văn bản ngay', 'Sổ cũ']) expect(leaders, words).not.toContain(words);
  for (const words of ['Soạn văn bản đi', 'Khóa màn hình', 'Đăng xuất']) expect(leaders, words).toContain(words);
  const keys = await keysShown(page);
  for (const key of ['F9', 'Alt+Delete', 'Ctrl+↑']) expect(keys.split(/\s+/), key).not.toContain(key);
  expect(keys).toContain('Ctrl+Shift+L');

  // Somebody who works on what is given to him keeps no registers and prints none.
  await as('officer');
  expect(await offeredFor(page, '')).not.toContain('In sổ');
  await goTo(page, '#/incoming');
  await page.keyboard.down('Alt');
  await page.keyboard.press('p');
  await page.keyboard.up('Alt');
  await offeredFor(page, '');
  expect(await page.evaluate(() => location.hash)).toContain('#/incoming');

  await page.keyboard.down('Control');
  await page.keyboard.press('k');
  await page.keyboard.up('Control');
  await page.waitForSelector('dialog[open] [role=combobox]');
  await page.keyboard.type('đổi mật');
  await page.waitForFunction(() => document.querySelector('dialog[open] [role=option][aria-selected=true]')?.textContent?.includes('Đổi mật khẩu') === true);
  await shot(page, 'palette');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open] [name=old]');
  await page.keyboard.press('Escape');
  await noDialog(page);
  for (const [typed, words] of [['khoa man', 'Trạm đang khóa'], ['dang xuat', 'Đăng nhập Trạm Văn thư']] as const) {
    await page.waitForSelector('nav');
    await noDialog(page);
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    await page.waitForSelector('dialog[open] [role=combobox]');
    await page.keyboard.type(typed);
    await page.waitForFunction((wanted) => document.querySelector('dialog[open] [role=option][aria-selected=true]')?.textContent?.includes(wanted) === true, {}, typed === 'khoa man' ? 'Khóa màn hình' : 'Đăng xuất');
    await page.keyboard.press('Enter');
    await waitForText(page, words);
    if (typed === 'khoa man') await as('officer');
  }
  expect(station?.complaints).toEqual([]);
});
