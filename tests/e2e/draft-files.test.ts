import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { DraftDetail, DraftFields } from '#contract';
import { drafted, tinyPdf, type MustDraft } from '../fakes/station/drafts.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { ask, askWindow, goTo, press, pressInDialog, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

/** Files need their time to come; nobody decides anything without them meanwhile, and nothing typed is lost by it. */

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

/** A station with one draft, as far as `prepare` takes it; answers its id. */
async function withDraft(prepare: (must: MustDraft, draft: DraftDetail) => Promise<void> = () => Promise.resolve()): Promise<TestStation & { readonly id: string }> {
  let id = '';
  station = await openStation(undefined, undefined, async (start) => {
    const core = await start();
    const must: MustDraft = (method, input) => ask(core, 'drafting', method, input);
    const draft = await drafted(core, must);
    id = draft.id;
    await prepare(must, draft);
    await core.close();
  });
  return { ...station, id };
}

async function choose(page: Page, field: string, name: string): Promise<void> {
  const path = join(scratchFolder(), name);
  writeFileSync(path, tinyPdf(name));
  const input = await page.waitForSelector(`input[type=file][name=${field}]`);
  await input?.uploadFile(path);
}

test('what is typed while a file comes stays, and a draft is handed over with it', async () => {
  const { page, corePid, id } = await withDraft();
  await goTo(page, `#/outgoing?tab=draft&id=${id}&edit=${id}`);
  await page.waitForSelector('[name=subject]');
  process.kill(corePid, 'SIGSTOP');
  await choose(page, 'attachments', 'phu-luc.pdf');
  await waitForText(page, 'Đang nhận tệp phu-luc.pdf');
  await page.click('[name=subject]', { count: 3 });
  await page.keyboard.type('chuyển kèm một phụ lục');
  await page.keyboard.press('F8');
  process.kill(corePid, 'SIGCONT');
  await waitForText(page, 'Chờ kiểm tra 1');
  const draft = await askWindow<{ state: string; fields: DraftFields; files: { role: string; name: string }[] }>(page, 'drafting', 'get', { id });
  expect(draft).toMatchObject({ state: 'submitted', fields: { subject: 'chuyển kèm một phụ lục' } });
  expect(draft.files.map(({ role, name }) => [role, name])).toEqual([['main', 'du-thao.pdf'], ['attachment', 'phu-luc.pdf']]);
});

test('a signature is noted with the file that was chosen last, not with the one before while it comes', async () => {
  const { page, corePid, id } = await withDraft(async (must, draft) => {
    await must('submit', { id: draft.id, comment: '' });
    await must('checkContent', { id: draft.id, version: draft.version, person: 'Lê Thị Trưởng Phòng', comment: '' });
    await must('checkForm', { id: draft.id, version: draft.version, person: 'Phạm Văn Thể Thức', comment: '', hints: [] });
  });
  await goTo(page, `#/outgoing?tab=signing&id=${id}`);
  await waitForText(page, 'Cách khác…');
  await press(page, 'Cách khác…');
  await page.waitForSelector('dialog[open] input[type=radio][value=file]').then((radio) => radio?.click());
  await page.waitForSelector('dialog[open] input[type=file][name=signed]');
  await choose(page, 'signed', 'da-ky-cu.pdf');
  await waitForText(page, 'Tệp: da-ky-cu.pdf');
  process.kill(corePid, 'SIGSTOP');
  await choose(page, 'signed', 'da-ky-moi.pdf');
  await waitForText(page, 'Đang nhận tệp da-ky-moi.pdf');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  process.kill(corePid, 'SIGCONT');
  await waitForText(page, 'Tệp: da-ky-moi.pdf');
  expect(await askWindow<{ state: string }>(page, 'drafting', 'get', { id })).toMatchObject({ state: 'form-checked' });
  await pressInDialog(page, 'Ghi nhận đã ký');
  await waitForText(page, 'Đã ghi nhận chữ ký.');
  const { files } = await askWindow<{ files: { name: string }[] }>(page, 'drafting', 'get', { id });
  expect(files.map(({ name }) => name)).toContain('da-ky-moi.pdf');
});
