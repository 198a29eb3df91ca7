import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { HandlingDetail, IncomingDetail } from '#contract';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { practiceCorrespondents, practiceMessages } from '../../electron/services/practice/index.ts';
import { currentOffice } from '../../electron/services/settings/index.ts';
import { changeOne, openStore, sql } from '../../electron/store/index.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { people } from '../unit/records/handling-office.ts';
import { allowSaving, askWindow, dress, looks, text, violationsOn, waitForTab, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

/** An office with two units, a leader and an officer. */
function withPeople(folder: string, key: Buffer): void {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const office = currentOffice(db);
    changeOne(db, sql`INSERT INTO unit (id, office, name, ordinal) VALUES (${people.finance}, ${office}, 'Phòng Tài chính', 1)`);
    changeOne(db, sql`INSERT INTO unit (id, office, name, ordinal) VALUES (${people.culture}, ${office}, 'Phòng Văn hóa', 2)`);
    changeOne(db, sql`INSERT INTO person (id, name, position) VALUES (${people.chair}, 'Lê Thị Chủ Tịch', 'Chủ tịch')`);
    changeOne(db, sql`INSERT INTO person_role (person, role) VALUES (${people.chair}, 'leader')`);
    changeOne(db, sql`INSERT INTO person (id, name, position, unit) VALUES (${people.officer}, 'Phạm Văn Chuyên Viên', 'Chuyên viên', ${people.finance})`);
  });
  opened.value.close();
}

async function officeWith(count: number): Promise<TestStation> {
  const messages = await practiceMessages({ clock: { now: () => new Date() }, agency: ownAgency, fonts: documentFonts() });
  const opened = await openStation(
    async (axis) => {
      for (const message of messages.slice(0, count)) await axis.control.deliver(message.bytes);
    },
    [ministry, ...practiceCorrespondents],
  );
  await waitForText(opened.page, messages[0]?.code ?? '?');
  await opened.restart(withPeople);
  return opened;
}

/** Presses Tab until what has the focus fits. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${selector}`);
}

async function hold(page: Page, key: 'Control' | 'Alt' | 'Shift', press: Parameters<Page['keyboard']['press']>[0]): Promise<void> {
  await page.keyboard.down(key);
  await page.keyboard.press(press);
  await page.keyboard.up(key);
}

async function statuses(opened: TestStation): Promise<string[]> {
  const { sent } = await opened.axis.control.inspect();
  const codes = await Promise.all(
    sent.map(async ({ docId }) => /<edXML:StatusCode>(\d+)</.exec(Buffer.from(await opened.axis.control.bytesOf(docId)).toString('utf8'))?.[1] ?? '?'),
  );
  return codes.filter((code) => code !== '01').sort();
}

/** The list's first document, chosen and in the reading pane. */
async function chooseFirst(page: Page): Promise<string> {
  await page.waitForSelector('[role="grid"] [role="row"]', { timeout: 60_000 });
  await tabTo(page, '[role="grid"]');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => /id=[0-9a-f-]{36}/.test(location.hash));
  await page.waitForSelector('[data-pane=reading] h2');
  return page.evaluate(() => /id=([0-9a-f-]{36})/.exec(location.hash)?.[1] ?? '');
}

test('an answer begun by a quick hand is an answer to the document the list has chosen, and the key is not lost', async () => {
  station = await officeWith(2);
  const { page } = station;
  const first = await chooseFirst(page);
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((wanted) => /id=[0-9a-f-]{36}/.test(location.hash) && !location.hash.includes(wanted), {}, first);
  const second = await page.evaluate(() => /id=([0-9a-f-]{36})/.exec(location.hash)?.[1] ?? '');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 2');
  for (const [key, wanted] of [['ArrowUp', first], ['ArrowDown', second]] as const) {
    await page.waitForSelector('[role="grid"]:focus');
    await page.keyboard.press(key);
    await hold(page, 'Alt', 'r');
    await page.waitForFunction((id) => location.hash.includes('edit=reply') && location.hash.includes(`about=${id}`), { timeout: 60_000 }, wanted);
    // Back to the list, at the document that was answered.
    await page.evaluate((id) => {
      location.hash = `#/incoming?id=${id}`;
    }, wanted);
    await page.waitForSelector('[role="grid"]');
    await page.focus('[role="grid"]');
    await waitForText(page, wanted === first ? 'Số đến 1' : 'Số đến 2');
  }
});

test('a document goes its whole way by keyboard: registered, presented, directed, begun, done; its sender hears each once', async () => {
  station = await officeWith(2);
  const { page } = station;
  const id = await chooseFirst(page);
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await waitForText(page, 'Trình lãnh đạo');

  await page.keyboard.press('F8');
  // The names come a moment after the dialog.
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('dialog[open] input[name=leaderName]')?.value === 'Lê Thị Chủ Tịch', { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await waitForText(page, 'Người làm tiếp: lãnh đạo – Lê Thị Chủ Tịch');
  await waitForTab(page, 'Chờ ý kiến 1');
  await page.waitForSelector('textarea[name=text]');

  // The leader: what to do, who, by when, done. Four acts, page one beside them.
  await page.keyboard.press('F8');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true);
  // Whoever looked into the list meanwhile comes back to the words by the same key.
  await page.focus('[role="grid"]');
  await page.keyboard.press('F8');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true);
  await page.keyboard.type('Tham mưu trả lời');
  await tabTo(page, 'input[name=party]');
  await page.keyboard.type('tai chinh');
  await page.waitForSelector('[role=option][aria-selected=true]');
  await page.keyboard.press('Enter');
  await page.keyboard.type('van hoa');
  await page.waitForSelector('[role=option][aria-selected=true]');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button[aria-pressed=false]');
  await page.keyboard.press('Space');
  await hold(page, 'Control', 'Enter');
  await waitForTab(page, 'Đã giao 1');
  const directed = await askWindow<HandlingDetail>(page, 'handling', 'get', { id });
  expect(directed).toMatchObject({ standing: 'assigned', directions: [{ text: 'Tham mưu trả lời', leader: people.chair, fromPaper: false }], dueDays: 1 });
  expect(directed.assignments.map((one) => [one.part, one.unit])).toEqual([['lead', people.finance], ['joint', people.culture]]);
  // Ctrl+Enter went on to the next document of the list.
  await page.waitForFunction((wanted) => !location.hash.includes(wanted), {}, id);

  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/incoming?id=${id}`);
  await waitForText(page, 'Người làm tiếp: người xử lý – Phòng Tài chính');
  await waitForText(page, 'Bắt đầu xử lý');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] textarea');
  await page.keyboard.type('đã nhận việc');
  await hold(page, 'Control', 'Enter');
  await waitForTab(page, 'Đang xử lý 1');
  await waitForText(page, 'Hoàn thành');
  await page.keyboard.press('F8');
  await page.waitForSelector('dialog[open] [role=radiogroup]');
  await hold(page, 'Control', 'Enter');
  await waitForTab(page, 'Xong 1');
  await expect.poll(() => statuses(station as TestStation)).toEqual(['03', '04', '05', '06']);
  const trace = await askWindow<{ action: string; actor: string }[]>(page, 'records', 'trace', { id });
  expect(trace.map((entry) => entry.action).filter((action) => action.startsWith('document.'))).toEqual([
    'document.arrived', 'document.registered', 'document.presented', 'document.directed', 'document.progressed', 'document.finished',
  ]);
  expect(station.complaints).toEqual([]);
});

test('what is wrong is said at its field and nothing is lost; other acts stand behind one button; the board leads to the work', async () => {
  station = await officeWith(1);
  const { page } = station;
  const id = await chooseFirst(page);
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  // From paper, without having been presented in the system.
  await tabTo(page, 'button[aria-expanded=false]:not([aria-controls], [data-more-tabs])');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Trả lại nơi gửi…');
  await page.evaluate(() => {
    [...document.querySelectorAll('button')].find((button) => button.innerText.startsWith('Ghi bút phê giấy'))?.focus();
  });
  await page.keyboard.press('Enter');
  await page.waitForSelector('textarea[name=text]');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true);
  await page.keyboard.type('Giao Phòng Văn hóa');
  await hold(page, 'Control', 'Enter');
  await waitForText(page, 'Hãy chọn ít nhất một đơn vị hoặc người.');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('party');
  await page.keyboard.type('Tổ công tác liên ngành');
  await waitForText(page, 'Ghi tên “Tổ công tác liên ngành”');
  await page.keyboard.press('Enter');
  await tabTo(page, 'input[name=deadline]');
  await page.keyboard.type('31/12');
  await hold(page, 'Control', 'Enter');
  await waitForText(page, 'Hãy ghi ngày theo mẫu');
  await tabTo(page, 'input[name=deadline]');
  await hold(page, 'Control', 'a');
  await page.keyboard.type('31/12/2099');
  await hold(page, 'Control', 'Enter');
  await waitForTab(page, 'Đã giao 1');
  expect(await askWindow<HandlingDetail>(page, 'handling', 'get', { id })).toMatchObject({
    directions: [{ text: 'Giao Phòng Văn hóa', fromPaper: true }],
    assignments: [{ unit: null, unitName: 'Tổ công tác liên ngành', due: '2099-12-31' }],
  });

  await tabTo(page, 'a[href="#/board"]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Tổ công tác liên ngành');
  await tabTo(page, 'button[aria-label="Tổ công tác liên ngành, Còn hạn: 1"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`section li a[href="#/incoming?id=${id}"]`);
  await tabTo(page, `a[href="#/incoming?id=${id}"]`);
  await page.keyboard.press('Enter');
  await waitForText(page, 'Số đến 1');
});

test('the arrival mark stands on empty paper, is moved by arrow keys, and goes onto the printed copy; the file stays as it came', async () => {
  station = await officeWith(1);
  const { page } = station;
  const id = await chooseFirst(page);
  await page.keyboard.press('F8');
  await page.waitForSelector('button[aria-label^="Dấu ĐẾN trên trang: "]', { timeout: 60_000 });
  const shown = await page.$eval('button[aria-label^="Dấu ĐẾN"]', (mark) => mark.getAttribute('aria-label'));
  expect(shown).toContain('Số: 1');
  // Nothing of the page is under it.
  const inkUnder = await page.evaluate(() => {
    const mark = document.querySelector('button[aria-label^="Dấu ĐẾN"]');
    const canvas = document.querySelector('[data-pdf-page="1"] canvas');
    if (mark === null || !(canvas instanceof HTMLCanvasElement)) return -1;
    const [box, page1] = [mark.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const scale = canvas.width / page1.width;
    const { data } = canvas.getContext('2d')?.getImageData((box.left - page1.left) * scale, (box.top - page1.top) * scale, box.width * scale, box.height * scale) ?? { data: [] };
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 180) dark += 1;
    return dark;
  });
  expect(inkUnder).toBe(0);
  // Real size: 50 of the page's 210 millimetres.
  const share = await page.evaluate(() => {
    const mark = document.querySelector('button[aria-label^="Dấu ĐẾN"]')?.getBoundingClientRect();
    const canvas = document.querySelector('[data-pdf-page="1"]')?.getBoundingClientRect();
    return mark === undefined || canvas === undefined ? [0, 0] : [mark.width / canvas.width, mark.height / mark.width];
  });
  expect(share[0]).toBeCloseTo(50 / 210, 2);
  expect(share[1]).toBeCloseTo(35 / 50, 2);

  const { files } = await askWindow<IncomingDetail>(page, 'records', 'incomingGet', { id });
  const file = files[0];
  const hashNow = (): Promise<string> => page.evaluate(async (name) => {
    const bytes = await (await fetch(`/files/${name}`)).arrayBuffer();
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }, file?.id ?? '');
  expect(await hashNow()).toBe(file?.sha256);
  await tabTo(page, 'button[aria-label^="Dấu ĐẾN"]');
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('ArrowRight');
  await hold(page, 'Shift', 'ArrowDown');
  await expect.poll(() => askWindow<{ place: { x: number; y: number } | null }>(page, 'handling', 'stamp', { file: file?.id }), { timeout: 60_000 }).toMatchObject({ place: expect.anything() as unknown });
  const { place } = await askWindow<{ place: { x: number; y: number } }>(page, 'handling', 'stamp', { file: file?.id });

  const folder = await allowSaving(page, station.folder);
  await hold(page, 'Control', 'p');
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
  const saved = join(folder, readdirSync(folder)[0] ?? '');
  expect(execFileSync('pdftotext', ['-layout', saved, '-']).toString('utf8')).toMatch(/ĐẾN[\s\S]*In từ hệ thống Trạm Văn thư/);
  const box = /<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>ĐẾN</.exec(execFileSync('pdftotext', ['-bbox', saved, '-']).toString('utf8'));
  const mm = 72 / 25.4;
  expect(Number(box?.[1]) / mm).toBeGreaterThan(place.x);
  expect(Number(box?.[1]) / mm).toBeLessThan(place.x + 16);
  expect(Number(box?.[2]) / mm).toBeGreaterThan(place.y + 8);
  expect(await hashNow()).toBe(file?.sha256);
  expect(createHash('sha256').update(saved).digest('hex')).not.toBe(file?.sha256);
  expect(station.complaints).toEqual([]);
});

test('form, record, dialogs, board and settings pass axe in every look', async () => {
  station = await officeWith(3);
  const { page } = station;
  const { items } = await askWindow<{ items: { id: string }[] }>(page, 'records', 'incomingList', { state: null, before: null, limit: 9 });
  const [first = '', second = '', third = ''] = items.map((item) => item.id);
  for (const id of [first, second, third]) await askWindow(page, 'records', 'registerIncoming', { id });
  for (const id of [first, second]) await askWindow(page, 'handling', 'present', { id, leader: people.chair, leaderName: '', note: 'kính trình' });
  const assignees = [{ part: 'lead', unit: people.finance, unitName: '', person: people.officer, personName: '', deadline: null }];
  const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  await askWindow(page, 'handling', 'direct', {
    id: second, text: 'Tham mưu', leader: people.chair, leaderName: '', delegatedAs: 'KT.', givenOn: day, fromPaper: false, deadline: day, assignees, withdraw: false, reason: '',
  });
  await askWindow(page, 'handling', 'saveSettings', { soonDays: 2, paperDirections: false, rules: [{ typeName: 'Công văn', urgency: 1, issuer: '', workingDays: 3, note: 'Quy chế' }] });
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    const see = async (name: string, hash: string, ready: string): Promise<void> => {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForSelector(ready, { timeout: 60_000 });
      found.push(...(await violationsOn(page)).map((violation) => `${look.theme} ${name}: ${violation}`));
    };
    await see('form', `#/incoming?state=presented&id=${first}`, 'textarea[name=text]');
    await page.focus('input[name=party]');
    await page.keyboard.type('phong');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('Enter');
    found.push(...(await violationsOn(page)).map((violation) => `${look.theme} chosen: ${violation}`));
    await see('record', `#/incoming?id=${second}`, 'ol[aria-label]');
    await page.evaluate(() => {
      ([...document.querySelectorAll('[data-pane=reading] [role=tab]')][1] as HTMLElement | undefined)?.click();
    });
    await page.waitForSelector('[data-pane=reading] ul li button');
    found.push(...(await violationsOn(page)).map((violation) => `${look.theme} tab: ${violation}`));
    await page.keyboard.press('F8');
    await page.waitForSelector('dialog[open]');
    found.push(...(await violationsOn(page)).map((violation) => `${look.theme} dialog: ${violation}`));
    await page.keyboard.press('Escape');
    await see('board', '#/board', 'table tfoot');
    await see('settings', '#/settings', 'input[name=soonDays]');
  }
  expect(found).toEqual([]);
  expect(await text(page)).toContain('own deadlines');
});
