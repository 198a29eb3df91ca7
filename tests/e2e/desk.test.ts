import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { vietnamDay } from '../../electron/foundation/clock.ts';
import { practiceCorrespondents } from '../../electron/services/practice/index.ts';
import { drafted, signedDraft, type MustDraft } from '../fakes/station/drafts.ts';
import { documentMessage, ministry } from '../fakes/station/messages.ts';
import { ask, askWindow, dress, exchangeOnce, goTo, lettersAtOnce, looks, press, pressInDialog, violationsOn, waitForNoText, waitForTab, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const today = vietnamDay(new Date());
const year = Number(today.slice(0, 4));

/** Judges the window as it stands in each look, after what leads there, and photographs it where a folder is named. */
async function judged(page: Page, name: string, lead: () => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    await lead();
    found.push(...(await violationsOn(page)).map((one) => `${look.theme}, ${name}: ${one}`));
    const folder = process.env['TVT_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/desk-${name}-${look.theme}.png` });
  }
  await dress(page, looks[0]);
  return found;
}

const optionsOf = (page: Page, select: string): Promise<string[]> =>
  page.$$eval(`${select} option`, (options) => options.map((one) => one.textContent));

test('a kept number is taken in place of the next one, with why it was kept and the days it may have', async () => {
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    const must: MustDraft = (method, input) => ask(core, 'drafting', method, input);
    for (const subject of ['một', 'hai']) await signedDraft(must, await drafted(core, must, { fields: { subject: `việc ${subject}` } }));
    await ask(core, 'numbers', 'reserve', { register: 'outgoing', scope: '', year, number: null, forWhom: 'Phòng Văn xã', until: null, reason: 'Kỳ họp' });
    await core.close();
  });
  const { page } = station;
  const open = async (): Promise<void> => {
    await goTo(page, '#/outgoing?tab=numbering');
    await press(page, 'Cấp số cho 2 văn bản…', 'Number 2 documents…');
    await page.waitForSelector('dialog[open] select');
    await page.select('dialog[open] li:nth-child(2) select', '01');
  };
  await page.setViewport({ width: 1366, height: 768 });
  expect(await judged(page, 'kept', open)).toEqual([]);
  await open();
  await waitForText(page, 'Số 01 giữ cho Phòng Văn xã. Lý do: Kỳ họp. Ngày văn bản phải từ ');
  // What one has taken is not offered to another.
  expect(await optionsOf(page, 'dialog[open] li:nth-child(1) select')).toEqual([]);
  expect(await optionsOf(page, 'dialog[open] li:nth-child(2) select')).toEqual(['Số kế tiếp', 'Số 01, giữ cho Phòng Văn xã']);
  await pressInDialog(page, 'Cấp số cho 2 văn bản');
  await waitForText(page, 'Đã cấp 2 số');
  const given = await page.$$eval('dialog[open] li', (rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ')));
  expect(given).toEqual(['02/UBND-VP việc một', '01/UBND-VP việc hai']);
  expect(station.complaints).toEqual([]);
});

test('with several books the one of the rules is there, the clerk may choose another, and F8 stays one key', async () => {
  station = await openStation(
    async (axis) => {
      for (const number of ['11', '12', '13']) await axis.control.deliver(documentMessage({ number }));
    },
    undefined,
    async (start) => {
      const core = await start();
      await exchangeOnce(core);
      await core.close();
    },
  );
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  await goTo(page, '#/incoming');
  await waitForText(page, '11/BNV-VP');
  await page.focus('[role="grid"]');
  await page.keyboard.press('Home');
  await page.waitForSelector('[aria-keyshortcuts=F8]');
  expect(await page.$('select[name=book]'), 'one book asks nothing').toBeNull();
  const books = [
    { id: 'don', name: 'Đơn thư', takes: [] },
    { id: 'tw', name: 'Văn bản Trung ương', takes: ['Bộ'] },
  ];
  await askWindow(page, 'numbers', 'saveRules', { validFrom: today, rules: { administrative: 'common', groups: [], books, timeOrder: 'refuse' }, reason: 'Quy chế' });
  const lead = async (): Promise<void> => {
    await goTo(page, '#/incoming');
    await waitForText(page, '11/BNV-VP');
    await page.focus('[role="grid"]');
    await page.keyboard.press('Home');
    await page.waitForSelector('select[name=book]');
  };
  expect(await judged(page, 'books', lead)).toEqual([]);
  await lead();
  expect(await optionsOf(page, 'select[name=book]')).toEqual(['Sổ văn bản đến', 'Đơn thư', 'Văn bản Trung ương']);
  expect(await page.$eval('select[name=book]', (one) => (one).value)).toBe('tw');
  await page.keyboard.press('F8');
  await waitForText(page, 'Trình lãnh đạo');
  const list = await askWindow<{ series: { scope: string; last: number }[] }>(page, 'numbers', 'year', { year });
  expect(list.series.filter(({ last }) => last > 0).map(({ scope, last }) => [scope, last])).toEqual([['book:tw', 1]]);
  expect(station.complaints).toEqual([]);
});

test('the issuer is taken from the directory: matched when one agency has the name, chosen when several have, free text else', async () => {
  const twins = ['H01.23', 'H02.23'].map((code) => ({ code, name: 'Trạm Y tế xã Tân Lập' }));
  station = await openStation(undefined, [...practiceCorrespondents, ...twins], async (start) => {
    const core = await start();
    await ask(core, 'directory', 'syncNow', { acceptShorter: false });
    await core.close();
  });
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  const type = async (name: string, words: string): Promise<void> => {
    await page.focus(`form [name=${name}]`);
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type(words);
  };
  const lead = async (): Promise<void> => {
    await goTo(page, '#/intake?paper=yes');
    await page.waitForSelector('form [name=issuerName]');
    // At once, so that there is no answer to a beginning of it that looks the same.
    await type('issuerName', '');
    await page.keyboard.press('Delete');
    await page.keyboard.sendCharacter('so tinh lam giang');
    await page.waitForSelector('form [role=combobox][aria-expanded=true]');
    // The answer to all of what was typed, not to its beginning.
    await page.waitForFunction(() => {
      const names = [...document.querySelectorAll('form [role=option]')].map((option) => option.textContent);
      return names.length > 1 && names.every((name) => /^Sở .*Lam Giang/.test(name));
    });
  };
  expect(await judged(page, 'issuer', lead)).toEqual([]);
  await lead();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const [, second] = await page.$$eval('form [role=option]', (options) => options.map((one) => (one as HTMLElement).innerText.split('\n')));
  await page.keyboard.press('Enter');
  expect(await page.$('form [role=option]')).toBeNull();
  expect(await page.$eval('form [name=issuerName]', (field) => (field as HTMLInputElement).value)).toBe(second?.[0]);
  await waitForText(page, `Mã định danh trong danh mục: ${second?.[1] ?? '?'}`);
  // Another name has not the code of the one before.
  await type('issuerName', 'Hội Người cao tuổi thôn Đông');
  await waitForNoText(page, 'Mã định danh trong danh mục');
  // Enter takes nothing that no arrow has marked.
  await page.keyboard.press('Enter');
  expect(await page.$eval('form [name=issuerName]', (field) => (field as HTMLInputElement).value)).toBe('Hội Người cao tuổi thôn Đông');
  // What was marked in an older answer is not taken for what stands in its place in the newer one.
  await type('issuerName', 'tram y te');
  await page.waitForFunction(() => document.querySelector('form [role=option]')?.textContent.startsWith('Trạm Y tế'));
  process.kill(station.corePid, 'SIGSTOP');
  await type('issuerName', 'uy ban');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('form [role=option][aria-selected=true]');
  process.kill(station.corePid, 'SIGCONT');
  await page.waitForFunction(() => document.querySelector('form [role=option]')?.textContent.startsWith('Trạm Y tế') === false);
  expect(await page.$('form [role=option][aria-selected=true]')).toBeNull();
  await page.keyboard.press('Enter');
  expect(await page.$eval('form [name=issuerName]', (field) => (field as HTMLInputElement).value)).toBe('uy ban');
  await type('issuerName', 'Trạm Y tế xã Tân Lập');
  await waitForText(page, 'Danh mục có nhiều cơ quan cùng tên này');
  await type('issuerName', ministry.name);
  await waitForText(page, 'Mã định danh trong danh mục: G09');
  await page.keyboard.press('Escape');
  for (const [name, words] of [['codeNumber', '9'], ['codeNotation', 'GM-BNV'], ['typeName', 'Giấy mời'], ['subject', 'họp giao ban']] as const) await type(name, words);
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  const { items } = await askWindow<{ items: { id: string }[] }>(page, 'records', 'incomingList', { state: null, before: null, limit: 1 });
  const entered = await askWindow<{ issuerName: string; issuerOrganId: string }>(page, 'records', 'incomingGet', { id: items[0]?.id ?? '' });
  expect(entered).toMatchObject({ issuerName: 'Bộ Nội vụ', issuerOrganId: 'G09' });
  expect(station.complaints).toEqual([]);
});

test('several registered documents are presented in one act, and each has its own outcome', async () => {
  station = await openStation(
    async (axis) => {
      for (const number of ['21', '22', '23']) await axis.control.deliver(documentMessage({ number }));
    },
    undefined,
    async (start) => {
      const core = await start();
      await exchangeOnce(core);
      const { items } = await ask<{ items: { id: string }[] }>(core, 'records', 'incomingList', { state: null, before: null, limit: 9 });
      for (const { id } of items.toReversed()) await ask(core, 'records', 'registerIncoming', { id });
      await core.close();
    },
  );
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  const lead = async (): Promise<void> => {
    await goTo(page, '#/incoming?state=registered');
    await press(page, 'Trình nhiều văn bản…', 'Present several…');
    await page.waitForSelector('dialog[open] li');
  };
  expect(await judged(page, 'present', lead)).toEqual([]);
  await lead();
  await page.type('dialog[open] [name=leaderName]', 'Lê Thị Chủ Tịch');
  await page.click('dialog[open] li:nth-child(2) input');
  // One of them went its way meanwhile.
  const { items } = await askWindow<{ items: { id: string; arrivalNumber: number }[] }>(page, 'records', 'incomingList', { state: 'registered', before: null, limit: 9 });
  await askWindow(page, 'handling', 'present', { id: items.find((one) => one.arrivalNumber === 3)?.id ?? '', leader: null, leaderName: 'Phó Chủ tịch', note: '' });
  await pressInDialog(page, 'Trình 2 văn bản');
  await waitForText(page, 'Đã trình Lê Thị Chủ Tịch 1 văn bản');
  const told = await page.$$eval('dialog[open] li', (rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ')));
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^1 V\/v .* số 21 21\/BNV-VP · Bộ Nội vụ$/);
  expect(told[1]).toContain('Văn bản không còn ở bước này nên chưa làm gì');
  await pressInDialog(page, 'Đóng');
  await waitForTab(page, 'Đã vào sổ 1');
  expect(station.complaints).toEqual([]);
});

/** Drops files on a part of the window, as a person does from the desktop. */
async function drop(page: Page, selector: string, files: readonly { readonly name: string; readonly text: string }[], then: 'drop' | 'dragover' = 'drop'): Promise<void> {
  await page.$eval(
    selector,
    (element, given, kind) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
      element.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    },
    files,
    then,
  );
}

test('a file that is dropped on the outgoing list begins a draft, others are its attachments, and what is no document is told', async () => {
  station = await openStation();
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  const list = 'section[aria-label="Danh sách văn bản đi"]';
  await goTo(page, '#/outgoing');
  await waitForText(page, 'thả tệp PDF, DOCX vào đây');
  await drop(page, list, [{ name: 'bang.xlsx', text: 'x' }]);
  await waitForText(page, 'Chưa soạn được từ tệp này');
  await drop(page, list, [{ name: 'a.pdf', text: 'x' }], 'dragover');
  const folder = process.env['TVT_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/desk-drop.png` });
  await drop(page, list, [{ name: 'phu-luc.xlsx', text: 'x' }, { name: 'cong-van.pdf', text: '%PDF-1.7 một' }]);
  await waitForText(page, 'Sửa dự thảo');
  expect(await page.$eval(list, (element) => element.textContent)).not.toContain('Chưa soạn được từ tệp này');
  const read = async (): Promise<{ fields: { typeName: string }; files: { role: string; name: string }[] }> => {
    const { items } = await askWindow<{ items: { id: string }[] }>(page, 'drafting', 'list', { tab: 'draft', before: null, limit: 1 });
    return askWindow(page, 'drafting', 'get', { id: items[0]?.id ?? '' });
  };
  const { fields, files } = await read();
  expect(fields.typeName).toBe('Công văn');
  expect(files.map(({ role, name }) => [role, name])).toEqual([['main', 'cong-van.pdf'], ['attachment', 'phu-luc.xlsx']]);
  // A text is kept in any case; it is made into a PDF where a program can.
  await drop(page, list, [{ name: 'du-thao.docx', text: 'PK' }]);
  await expect.poll(async () => (await read()).files.map(({ role, name }) => `${role} ${name}`)).toContain('source du-thao.docx');
  expect(station.complaints).toEqual([]);
});

test('a leader who signs in sees first what waits for him, with a switch to all, and is offered nothing of another one\'s', async () => {
  const password = 'Mat-khau so 1';
  const own = 'Mat-khau so 2';
  const person = { id: null, position: '', standing: 'staff', unit: null, validFrom: null, since: null };
  station = await openStation(
    async (axis) => {
      for (const number of ['31', '32']) await axis.control.deliver(documentMessage({ number }));
    },
    undefined,
    async (start) => {
      const core = await start();
      await exchangeOnce(core);
      const add = async (name: string, roles: string[]): Promise<string> => (await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, name, roles })).id;
      const [admin, head, vice] = [await add('Đỗ Quản Trị', ['administrator']), await add('Lê Chủ Tịch', ['leader']), await add('Ngô Phó', ['leader'])];
      const { items } = await ask<{ items: { id: string; codeNumber: string }[] }>(core, 'records', 'incomingList', { state: null, before: null, limit: 9 });
      for (const { id, codeNumber } of items) {
        await ask(core, 'records', 'registerIncoming', { id });
        await ask(core, 'handling', 'present', { id, leader: codeNumber === '31' ? head : vice, leaderName: '', note: '' });
      }
      await ask(core, 'people', 'setPassword', { person: admin, password });
      await ask(core, 'people', 'signIn', { person: admin, password });
      await ask(core, 'people', 'setPassword', { person: head, password });
      await ask(core, 'people', 'signOut', {});
      await ask(core, 'people', 'signIn', { person: head, password });
      await ask(core, 'people', 'changePassword', { old: password, password: own });
      await core.close();
    },
  );
  const { page } = station;
  await page.setViewport({ width: 1366, height: 768 });
  await page.waitForSelector('select[name="person"]');
  const id = await page.$$eval('select[name="person"] option', (options) => options.find((one) => one.text.startsWith('Lê Chủ Tịch'))?.value ?? '');
  await page.select('select[name="person"]', id);
  await page.type('[name="password"]', own);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
  await waitForText(page, '31/BNV-VP');
  await waitForText(page, 'Trình tôi');
  const listed = (): Promise<string> => page.$eval('[data-pane=list]', (list) => (list as HTMLElement).innerText);
  expect(await listed()).not.toContain('32/BNV-VP');
  await waitForText(page, '1 văn bản');
  const lead = async (): Promise<void> => {
    await goTo(page, '#/incoming?state=presented');
    await waitForText(page, '31/BNV-VP');
    await page.focus('[role="grid"]');
    await page.keyboard.press('Home');
    await page.waitForSelector('[data-pane=reading] form');
  };
  expect(await judged(page, 'mine', lead)).toEqual([]);
  await press(page, 'Trình mọi lãnh đạo').catch(async () => {
    await page.click('::-p-text(Trình mọi lãnh đạo)');
  });
  await waitForText(page, '32/BNV-VP');
  await page.click('::-p-text(32/BNV-VP)');
  await page.waitForFunction(() => document.querySelector('[data-pane=reading] h2')?.textContent === '32/BNV-VP');
  // The form for a direction is for whom it waits.
  await page.waitForFunction(() => document.querySelector('[data-pane=reading] form') === null);
  expect(await page.$('[aria-keyshortcuts="F8"]')).toBeNull();
  expect(station.complaints).toEqual([]);
});

test('the lines above the name follow from who signs and what was delegated to him, and stay as a hand has changed them', async () => {
  const person = { id: null, unit: null, validFrom: null, since: null, roles: ['leader'] };
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    const [office] = await ask<{ id: string; name: string; organId: string }[]>(core, 'people', 'offices', {});
    const names = { formerOrganId: '', parentName: '', abbreviation: 'UBND', place: 'Luyện Tập', fondsCode: '', collective: 'Ủy ban nhân dân', headPosition: 'Chủ tịch' };
    await ask(core, 'people', 'saveOffice', { ...names, id: office?.id, name: office?.name, organId: office?.organId, validFrom: null, validTo: null, successor: null });
    const head = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, name: 'Lê Chủ Tịch', position: 'Chủ tịch', standing: 'head' });
    const vice = await ask<{ id: string }>(core, 'people', 'savePerson', { ...person, name: 'Ngô Phó', position: 'Phó Chủ tịch', standing: 'deputy' });
    await ask(core, 'people', 'savePerson', { ...person, name: 'Trần Nhân Viên', position: 'Công chức', standing: 'staff', roles: ['officer'] });
    await ask(core, 'people', 'addDelegation', { kind: 'KT', giver: head.id, taker: vice.id, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: 'Kinh tế', basis: 'QĐ 12/QĐ-UBND' });
    await core.close();
  });
  const { page } = station;
  await page.setViewport({ width: 1366, height: 900 });
  const valueOf = (name: string): Promise<string> => page.$eval(`[name=${name}]`, (one) => (one as HTMLInputElement).value);
  const until = (name: string, value: string): Promise<unknown> =>
    page.waitForFunction((field, wanted) => document.querySelector<HTMLInputElement>(`[name=${field}]`)?.value === wanted, { timeout: 60_000 }, name, value);
  const type = async (name: string, words: string): Promise<void> => {
    await page.focus(`[name=${name}]`);
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type(words);
  };
  const lead = async (): Promise<void> => {
    await goTo(page, '#/outgoing?edit=new');
    await page.waitForSelector('[name=signerName]');
    await type('signerName', 'Ngô Phó');
    await until('signerPosition', 'PHÓ CHỦ TỊCH');
    await page.$eval('[name=signerName]', (field) => {
      field.scrollIntoView();
    });
  };
  expect(await judged(page, 'signer', lead)).toEqual([]);
  await lead();
  expect([await valueOf('authorityLines'), await valueOf('signerAuthority')]).toEqual(['TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH', 'KT.']);
  await waitForText(page, 'Nội dung giao: Kinh tế. Căn cứ: QĐ 12/QĐ-UBND.');
  await page.click('[name=collective]');
  await until('authorityLines', 'KT. CHỦ TỊCH');
  await type('authorityLines', 'KT. CHỦ TỊCH UBND');
  await type('subject', 'thử');
  expect(await valueOf('authorityLines')).toBe('KT. CHỦ TỊCH UBND');
  await type('signerName', 'Trần Nhân Viên');
  await waitForText(page, 'Người này không thuộc diện ký ban hành');
  await type('signerName', 'Lê Chủ Tịch');
  await until('signerPosition', 'CHỦ TỊCH');
  expect([await valueOf('authorityLines'), await valueOf('signerAuthority')]).toEqual(['', '']);
  expect(station.complaints).toEqual([]);
});

test('letters that come faster than anything is drawn are all kept, wherever one types', async () => {
  station = await openStation();
  const { page } = station;
  const letters = 'Về việc kiểm tra, rà soát thiết bị '.repeat(2);
  await page.waitForSelector('nav');
  const places: readonly (readonly [address: string, field: string])[] = [
    ['#/intake?paper=yes', 'subject'],
    ['#/outgoing?tab=draft&edit=new&nth=1', 'subject'],
    ['#/search', ''],
    ['#/directory', ''],
    ['#/incoming', ''],
    ['#/outbox', ''],
  ];
  for (const [address, field] of places) {
    await goTo(page, address);
    await page.waitForSelector(field === '' ? 'main' : `main [name=${field}]`);
    const typed = await lettersAtOnce(page, letters);
    expect([address, typed.lost]).toEqual([address, []]);
    expect(typed.fields.length, address).toBeGreaterThan(0);
    if (field !== '') expect(typed.fields).toContain(field);
  }
  expect(station.complaints).toEqual([]);
});
