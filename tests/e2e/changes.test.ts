import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { IncomingDetail, IncomingSummary } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import type { PracticeAxisProcess } from '../../electron/hosts/processes/practice-axis-process.ts';
import { emptyPage, documentMessage, ministry, ownAgency } from '../fakes/station/messages.ts';
import { ask, askWindow, dress, exchangeOnce, goTo, looks, press, pressInDialog, sendOwn, statusFrom, text, violationsOn, waitForTab, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const documentIdOf = (number: string): string => `${ministry.code},2026/11/20,${number}/BNV-VP`;

/** The ministry asks by status 13 to take its document back. */
async function askBack(axis: PracticeAxisProcess, number: string, reason: string): Promise<void> {
  const about = { documentId: documentIdOf(number), codeNumber: number, codeNotation: 'BNV-VP', issuedDate: '2026-11-20' };
  await axis.control.deliver(statusFrom({ from: ministry, code: '13', about, note: reason }, ministry.code), {
    from: ministry.code,
    to: [ownAgency.code],
    messageType: 'status',
  });
}

async function idOf(core: Core, number: string): Promise<string> {
  const { items } = await ask<{ items: IncomingSummary[] }>(core, 'records', 'incomingList', { state: null, before: null, limit: 50 });
  return items.find((item) => item.codeNumber === number)?.id ?? '';
}

type Prepared = { readonly opened: TestStation; readonly id: (number: string) => string };

/** A station with the ministry's documents of these numbers, and what `then` does before the window opens. */
async function withDocuments(numbers: readonly string[], then?: (core: Core, axis: PracticeAxisProcess) => Promise<void>): Promise<Prepared> {
  const ids = new Map<string, string>();
  const opened = await openStation(undefined, [ministry], async (start, axis) => {
    const core = await start();
    for (const number of numbers) await axis.control.deliver(documentMessage({ number }));
    await exchangeOnce(core);
    for (const number of numbers) ids.set(number, await idOf(core, number));
    await then?.(core, axis);
    await exchangeOnce(core);
    await core.close();
  });
  return { opened, id: (number) => ids.get(number) ?? '' };
}

async function lastStatus(opened: TestStation): Promise<{ readonly code: string; readonly note: string }> {
  const { sent } = await opened.axis.control.inspect();
  const xml = Buffer.from(await opened.axis.control.bytesOf(sent.at(-1)?.docId ?? '')).toString('utf8');
  return { code: /<edXML:StatusCode>(\d+)</.exec(xml)?.[1] ?? '?', note: /<edXML:Description>([^<]*)</.exec(xml)?.[1] ?? '' };
}

const detail = (opened: TestStation, id: string): Promise<IncomingDetail> => askWindow(opened.page, 'records', 'incomingGet', { id });

function storedFiles(opened: TestStation): number {
  const blobs = join(opened.folder, 'blobs');
  return readdirSync(blobs, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(blobs, path)).isFile()).length;
}

test('a document is returned to its sender by keyboard, with a usual reason; the sender hears 02', async () => {
  const { opened, id } = await withDocuments(['71']);
  station = opened;
  const { page } = opened;
  await goTo(page, `#/incoming?id=${id('71')}`);
  await waitForText(page, 'Trả lại…');
  await page.keyboard.press('Delete');
  await waitForText(page, 'Trả lại 71/BNV-VP cho nơi gửi');
  await press(page, 'Gửi nhầm nơi nhận');
  await pressInDialog(page, 'Trả lại');
  await waitForText(page, 'Đã trả lại nơi gửi');
  await waitForText(page, 'Lý do: Gửi nhầm nơi nhận');
  expect(await text(page)).not.toContain('Cấp số đến kế tiếp');
  expect((await detail(opened, id('71'))).state).toBe('refused');
  await expect.poll(() => lastStatus(opened)).toEqual({ code: '02', note: 'Gửi nhầm nơi nhận' });
  await waitForTab(page, 'Kết thúc 1');
});

test('a sender asks for a document back: it is said in list and reading pane, and agreeing destroys the files', async () => {
  const { opened, id } = await withDocuments(['81', '82'], async (_core, axis) => {
    await askBack(axis, '81', 'Sai thể thức');
  });
  station = opened;
  const { page } = opened;
  await goTo(page, '#/incoming');
  await waitForText(page, '1 đề nghị của nơi gửi chờ quyết định.');
  await waitForText(page, 'Xin thu hồi');
  await press(page, 'Xem');
  await page.waitForFunction(() => document.querySelectorAll('[role=grid] [role=row]').length === 1);
  await page.focus('[role=grid]');
  await page.keyboard.press('Home');
  await waitForText(page, 'Bộ Nội vụ đề nghị thu hồi văn bản này lúc');
  await waitForText(page, 'Lý do: Sai thể thức');
  const before = storedFiles(opened);

  // The default does nothing.
  await press(page, 'Đồng ý thu hồi (hủy tệp)…');
  await waitForText(page, 'cong-van.pdf');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Không làm gì');
  await page.keyboard.press('Enter');
  expect((await detail(opened, id('81'))).state).toBe('arrived');

  await press(page, 'Đồng ý thu hồi (hủy tệp)…');
  await pressInDialog(page, 'Đồng ý, hủy tệp');
  await waitForText(page, 'Nơi gửi đã thu hồi');
  await waitForText(page, 'Tệp của văn bản đã được hủy');
  expect(await detail(opened, id('81'))).toMatchObject({ state: 'recalled', filesDestroyed: true, openChange: null });
  await expect.poll(async () => (await lastStatus(opened)).code).toBe('15');
  await expect.poll(() => storedFiles(opened)).toBeLessThan(before);
});

test('an update shows what would change; refusing needs a reason, agreeing puts the new fields in place', async () => {
  const { opened, id } = await withDocuments(['91', '92'], async (_core, axis) => {
    for (const number of ['91', '92']) {
      await axis.control.deliver(
        documentMessage({
          number,
          subject: `Trích yếu mới của ${number}`,
          files: [{ name: 'ban-moi.pdf', bytes: emptyPage(`new ${number}`) }],
          business: { bussinessDocType: '2', bussinessDocReason: 'Sửa trích yếu', documentId: documentIdOf(number) },
        }),
      );
    }
  });
  station = opened;
  const { page } = opened;
  await goTo(page, `#/incoming?id=${id('91')}`);
  await waitForText(page, 'Bộ Nội vụ đề nghị cập nhật văn bản này');
  const table = await page.$$eval('table tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(table).toContainEqual(['Trích yếu', 'V/v hướng dẫn công tác văn thư số 91', 'Trích yếu mới của 91']);
  expect(table).toContainEqual(['Tệp', 'cong-van.pdf', 'ban-moi.pdf']);
  await press(page, 'Từ chối…');
  await pressInDialog(page, 'Từ chối');
  await waitForText(page, 'Hãy ghi lý do.');
  await page.type('dialog[open] textarea', 'Đã giải quyết xong');
  await pressInDialog(page, 'Từ chối');
  await waitForText(page, 'Đề nghị trước đây của nơi gửi');
  expect((await detail(opened, id('91'))).subject).toContain('hướng dẫn');
  await expect.poll(() => lastStatus(opened)).toEqual({ code: '16', note: 'Đã giải quyết xong' });

  await goTo(page, `#/incoming?id=${id('92')}`);
  await waitForText(page, 'Trích yếu mới của 92');
  await press(page, 'Đồng ý cập nhật…');
  await pressInDialog(page, 'Đồng ý cập nhật');
  await waitForText(page, 'Đề nghị trước đây của nơi gửi');
  await waitForText(page, 'ban-moi.pdf');
  expect((await detail(opened, id('92'))).subject).toBe('Trích yếu mới của 92');
});

test('a replaced document leads to the one in its place, and a reply to the document that it answers', async () => {
  let ours = '';
  const { opened, id } = await withDocuments(['95'], async (core, axis) => {
    const sent = await sendOwn(core, { number: '5', to: [ministry] });
    ours = sent.id;
    await exchangeOnce(core);
    await axis.control.deliver(
      documentMessage({
        number: '96',
        subject: 'Văn bản thay thế',
        business: {
          bussinessDocType: '3',
          bussinessDocReason: 'Sai số liệu',
          replacements: [{ documentId: documentIdOf('95'), organIds: [ownAgency.code] }],
        },
        answers: [{ organId: ownAgency.code, code: '5/UBND-VP', promulgationDate: '2026/11/20', documentId: sent.documentId }],
      }),
    );
  });
  station = opened;
  const { page } = opened;
  await goTo(page, `#/incoming?id=${id('95')}`);
  await waitForText(page, 'Đã bị văn bản khác thay thế');
  expect(await page.$eval('h2', (title) => getComputedStyle(title).textDecorationLine)).toBe('line-through');
  await page.click('::-p-text(Mở văn bản thay thế)');
  await waitForText(page, 'Trả lời văn bản đi:');
  await page.click('::-p-text(5/UBND-VP)');
  await page.waitForFunction((wanted) => location.hash.includes(wanted), {}, ours);
  await waitForText(page, 'Trả lời: 96/BNV-VP');
});

test('requests, their questions and ended documents pass axe in every look', async () => {
  const { opened, id } = await withDocuments(['61', '62', '63'], async (core, axis) => {
    await askBack(axis, '61', 'Sai thể thức');
    await axis.control.deliver(
      documentMessage({ number: '62', subject: 'Trích yếu mới', business: { bussinessDocType: '2', bussinessDocReason: 'Sửa', documentId: documentIdOf('62') } }),
    );
    await ask(core, 'records', 'refuseIncoming', { id: await idOf(core, '63'), reason: 'Gửi nhầm' });
  });
  station = opened;
  const { page } = opened;
  const found: string[] = [];
  for (const look of looks) {
    await dress(page, look);
    const vi = look.language === 'vi';
    await goTo(page, `#/incoming?id=${id('61')}`);
    await press(page, vi ? 'Đồng ý thu hồi (hủy tệp)…' : 'Agree (destroys the files)…');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} agree: ${one}`));
    await page.keyboard.press('Escape');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} recall asked: ${one}`));
    await press(page, vi ? 'Trả lại…' : 'Return…');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} return: ${one}`));
    await page.keyboard.press('Escape');
    await goTo(page, `#/incoming?id=${id('62')}`);
    await waitForText(page, 'Trích yếu mới');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} update asked: ${one}`));
    await goTo(page, `#/incoming?state=refused&id=${id('63')}`);
    await waitForText(page, vi ? 'Đã trả lại nơi gửi' : 'Returned to the sender');
    found.push(...(await violationsOn(page)).map((one) => `${look.theme} ended: ${one}`));
  }
  expect(found).toEqual([]);
});
