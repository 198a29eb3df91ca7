import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { Core } from '../../electron/hosts/compose.ts';
import { goTo, looks, press, text, violationsOn, waitForNoText, waitForText, ask } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const password = 'Mat-khau so 1';
const other = 'Mat-khau so 2';

const person = { position: '', standing: 'staff', unit: null, validFrom: null, since: null };

/** An office with a leader, an administrator and a clerk; with `accounts` the latter two have passwords. */
async function staffed(core: Core, accounts: boolean): Promise<void> {
  const offices = await ask<{ id: string; name: string; organId: string }[]>(core, 'people', 'offices', {});
  const names = { formerOrganId: '', parentName: 'Ủy ban nhân dân thành phố', abbreviation: 'UBND', place: 'Luyện Tập', fondsCode: 'P-01', collective: 'Ủy ban nhân dân', headPosition: 'Chủ tịch' };
  const [office] = offices;
  await ask(core, 'people', 'saveOffice', { ...names, id: office?.id, name: office?.name, organId: office?.organId, validFrom: null, validTo: null, successor: null });
  const { units } = await ask<{ units: { id: string }[] }>(core, 'people', 'staff', { ended: false });
  const unit = await ask<{ id: string }>(core, 'people', 'saveUnit', { id: units[0]?.id ?? null, name: 'Văn phòng', abbreviation: 'VP', headPosition: 'Chánh Văn phòng', validFrom: null, since: null });
  const head = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, id: null, name: 'Lê Chủ Tịch', position: 'Chủ tịch', standing: 'head', roles: ['leader'] });
  const vice = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, id: null, name: 'Ngô Phó', position: 'Phó Chủ tịch', standing: 'deputy', roles: ['leader'] });
  const admin = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, id: null, name: 'Đỗ Quản Trị', unit: unit.id, roles: ['administrator', 'clerk'] });
  const clerk = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, id: null, name: 'Trần Thị Văn Thư', unit: unit.id, position: 'Văn thư', roles: ['clerk'] });
  await ask(core, 'people', 'addDelegation', { kind: 'KT', giver: head.id, taker: vice.id, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: 'Kinh tế', basis: 'QĐ 12/QĐ-UBND' });
  if (!accounts) return;
  await ask(core, 'people', 'setPassword', { person: admin.id, password });
  await ask(core, 'people', 'signIn', { person: admin.id, password });
  await ask(core, 'people', 'setPassword', { person: clerk.id, password });
}

const open = (accounts: boolean): Promise<TestStation> =>
  openStation(undefined, undefined, async (start) => {
    const core = await start();
    await staffed(core, accounts);
    await core.close();
  });

async function type(page: Page, name: string, value: string, within = 'main form'): Promise<void> {
  const field = `${within} [name="${name}"]`;
  await page.waitForSelector(field);
  await page.click(field, { count: 3 });
  await page.type(field, value);
}

async function signIn(page: Page, name: string, word: string): Promise<void> {
  await page.waitForSelector('select[name="person"]');
  const id = await page.$$eval('select[name="person"] option', (options, wanted) => options.find((one) => one.text.startsWith(wanted))?.value ?? '', name);
  await page.select('select[name="person"]', id);
  await type(page, 'password', word, 'form');
  await page.keyboard.press('Enter');
}

async function lock(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.down('Shift');
  await page.keyboard.press('KeyL');
  await page.keyboard.up('Shift');
  await page.keyboard.up('Control');
  await page.waitForSelector('dialog[open] select[name="person"]');
}

async function leaveForms(page: Page): Promise<void> {
  await goTo(page, '#/search');
  await page.waitForSelector('main [name=subject]', { hidden: true });
}

/** What stands in the subject of a form. */
async function subjectIn(page: Page, form: string): Promise<string> {
  await goTo(page, form);
  await page.waitForSelector('main [name=subject]');
  const words = await page.$eval('main [name=subject]', (one) => (one as HTMLTextAreaElement).value);
  await leaveForms(page);
  return words;
}

test('the first password shuts the station; signing in opens it; locked, what was half written stays for the same person', async () => {
  station = await open(false);
  const { page } = station;
  await page.waitForSelector('nav');
  await goTo(page, '#/settings?tab=people');
  await waitForText(page, 'Trạm chưa có mật khẩu nào');
  await page.click('button[aria-label="Đặt mật khẩu: Đỗ Quản Trị"]');
  await type(page, 'password', 'qua yeu');
  await type(page, 'again', 'qua yeu');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Mật khẩu cần ít nhất 8 ký tự');
  await type(page, 'password', password);
  await type(page, 'again', password);
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đăng nhập Trạm Văn thư');
  expect(await page.$('nav'), 'nothing of the work is left in the page').toBeNull();

  await signIn(page, 'Đỗ Quản Trị', 'sai');
  await waitForText(page, 'Mật khẩu chưa đúng');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await signIn(page, 'Đỗ Quản Trị', password);
  await page.waitForSelector('nav');
  expect(await page.$eval('header', (one) => one.innerText)).toContain('Đỗ Quản Trị');

  await goTo(page, '#/settings?tab=people');
  await press(page, 'Thêm đơn vị');
  await type(page, 'name', 'Phòng đang gõ dở');
  await lock(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await page.$('dialog[open] select[name="person"]'), 'Esc does not open it').not.toBeNull();
  await signIn(page, 'Đỗ Quản Trị', password);
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
  expect(await page.$eval('main form [name="name"]', (one) => (one as HTMLInputElement).value)).toBe('Phòng đang gõ dở');
  await press(page, 'Lưu');
  await waitForText(page, 'Phòng đang gõ dở');
  expect(station.complaints).toEqual([]);
});

test('a given password is changed first; a clerk is told what is not hers, and another person finds nothing of her screen', async () => {
  station = await open(true);
  const { page } = station;
  await waitForText(page, 'Đăng nhập Trạm Văn thư');
  await signIn(page, 'Trần Thị Văn Thư', password);
  await waitForText(page, 'hãy đổi mật khẩu');
  await type(page, 'old', password);
  await type(page, 'password', other);
  await type(page, 'again', `${other}x`);
  await page.keyboard.press('Enter');
  await waitForText(page, 'Hai lần nhập chưa giống nhau');
  await type(page, 'again', other);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
  await goTo(page, '#/settings?tab=people');
  await waitForText(page, 'Việc này thuộc vai trò: quản trị');
  expect(await text(page)).not.toContain('Thêm đơn vị');
  await goTo(page, '#/settings?tab=general');
  await waitForText(page, 'Cơ quan và người làm việc');
  const submits = await page.$$eval('form', (forms) => forms.filter((form) => form.querySelector('button[type=submit]') !== null).map((form) => form.getAttribute('aria-label')));
  expect(submits).toContain('Báo trước hạn');
  expect(submits).not.toContain('Cơ quan và người làm việc');
  // What she has begun to write and not saved is hers: nobody else meets it, and she finds it again.
  const forms = ['#/outgoing?edit=new', '#/intake?paper=yes'] as const;
  for (const form of forms) {
    await goTo(page, form);
    await type(page, 'subject', 'lời chưa lưu', 'main');
    await leaveForms(page);
  }
  await page.click('header button[aria-label="Người dùng: Trần Thị Văn Thư"]');
  await waitForText(page, 'Vai trò: văn thư.');
  await press(page, 'Khóa, đổi người dùng');
  await page.waitForSelector('dialog[open] select[name="person"]');
  await signIn(page, 'Đỗ Quản Trị', password);
  await page.waitForSelector('header button[aria-label="Người dùng: Đỗ Quản Trị"]');
  for (const form of forms) expect(await subjectIn(page, form)).toBe('');
  await goTo(page, '#/settings?tab=people');
  await waitForText(page, 'Thêm đơn vị');
  // Twenty minutes in which nobody touches the window, as its clock sees it.
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 20 * 60_000;
  });
  await page.waitForSelector('dialog[open] select[name="person"]');
  await waitForText(page, 'Trạm đang khóa: Đỗ Quản Trị');
  await signIn(page, 'Đỗ Quản Trị', password);
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
  await page.click('header button[aria-label="Người dùng: Đỗ Quản Trị"]');
  await press(page, 'Đăng xuất');
  await waitForText(page, 'Đăng nhập Trạm Văn thư');
  expect(await page.$('nav')).toBeNull();
  await signIn(page, 'Trần Thị Văn Thư', other);
  await page.waitForSelector('nav');
  for (const form of forms) expect(await subjectIn(page, form)).toBe('lời chưa lưu');
  expect(station.complaints).toEqual([]);
});

test('a successor begins, a delegation is refused for its rule and then stands, a table is taken over', async () => {
  station = await open(false);
  const { page } = station;
  await page.waitForSelector('nav');
  await goTo(page, '#/settings?tab=delegations');
  await waitForText(page, 'Ngô Phó');
  const vice = await page.$$eval('select[name="trialPerson"] option', (options) => options.find((one) => one.text === 'Ngô Phó')?.value ?? '');
  await page.select('select[name="trialPerson"]', vice);
  await waitForText(page, 'KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH');
  await press(page, 'Ghi việc giao');
  await page.select('main form [name="kind"]', 'TUQ');
  await page.select('main form [name="taker"]', vice);
  await type(page, 'content', 'Ký giấy mời');
  await type(page, 'basis', 'QĐ 9');
  await press(page, 'Lưu');
  await waitForText(page, 'Người nhận chưa đúng');
  await page.select('main form [name="kind"]', 'KT');
  await press(page, 'Lưu');
  await waitForText(page, 'Ký giấy mời');

  await goTo(page, '#/settings?tab=people');
  await press(page, 'Dán bảng');
  await page.waitForSelector('textarea[name="text"]');
  await page.type('textarea[name="text"]', 'Bùi Mới;Chuyên viên;Phòng Mới;giám sát');
  await waitForText(page, 'Không rõ vai trò “giám sát”');
  await page.keyboard.press('Enter');
  await page.type('textarea[name="text"]', 'Lý Mới;Chuyên viên;Phòng Mới;người xử lý');
  await press(page, 'Nhập 1 người');
  await waitForText(page, 'Đã nhập 1 người, 1 đơn vị mới, bỏ qua 1 dòng.');

  await goTo(page, '#/settings?tab=office');
  await press(page, 'Lập cơ quan kế tiếp');
  await type(page, 'name', 'Ủy ban nhân dân phường Hợp Nhất');
  await type(page, 'reason', 'Nghị quyết sáp nhập');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Đã lập Ủy ban nhân dân phường Hợp Nhất');
  await waitForText(page, 'P-01');
  await page.waitForFunction((name) => document.querySelector('header')?.innerText.includes(name) === true, { timeout: 60_000 }, 'Ủy ban nhân dân phường Hợp Nhất');
  await waitForNoText(page, 'Chưa ghi cơ quan nào.');
  expect(station.complaints).toEqual([]);
});

test('sign-in, lock and the settings of people pass axe, in each language and look', async () => {
  station = await open(true);
  const { page } = station;
  const found: string[] = [];
  const shots = process.env['TVT_SHOTS'];
  const look = async (name: string): Promise<void> => {
    found.push(...(await violationsOn(page)).map((one) => `${name}: ${one}`));
    if (shots !== undefined) await page.screenshot({ path: `${shots}-${name}.png`, fullPage: false });
  };
  for (const one of looks) {
    const name = `${one.language}-${one.theme}`;
    await page.evaluate((values) => {
      localStorage.setItem('tvt.preferences', JSON.stringify({ ...values, density: 'comfortable' }));
    }, one);
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForSelector('select[name="person"]');
    await look(`sign-in-${name}`);
    await signIn(page, 'Đỗ Quản Trị', password);
    await page.waitForSelector('nav');
    for (const [tab, act] of [['office', 3], ['people', 3], ['delegations', 3]] as const) {
      await goTo(page, `#/settings?tab=${tab}`);
      await page.waitForSelector('main section table, main section dl');
      await look(`${tab}-${name}`);
      await page.$$eval('main section header button, main section button', (buttons, index) => (buttons[index % 2] as HTMLElement).click(), act);
      await page.waitForSelector('main form');
      await look(`${tab}-form-${name}`);
    }
    await lock(page);
    await look(`lock-${name}`);
    await signIn(page, 'Đỗ Quản Trị', password);
    await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
    await page.click('header button[aria-label*="Đỗ Quản Trị"]');
    await page.waitForSelector('dialog[open]');
    await look(`user-${name}`);
    await page.$$eval('dialog[open] button', (buttons) => (buttons[2] as HTMLElement | undefined)?.click());
    await page.waitForSelector('select[name="person"]');
  }
  expect(found).toEqual([]);
});
