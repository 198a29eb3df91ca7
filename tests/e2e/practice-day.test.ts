import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DocumentVerdicts, DossierDetail, HandlingDetail, IncomingSummary, OutgoingDetail, SignatureLabel, TokensState } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../electron/services/practice/documents/decree-form.ts';
import { testPki, type TestPki } from '../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../fakes/pki/servers.ts';
import { drafted, stored, type MustDraft } from '../fakes/station/drafts.ts';
import { documentMessage, ministry } from '../fakes/station/messages.ts';
import { publishLists } from '../integration/signing/evidence.ts';
import { signedWith } from '../integration/verification/world.ts';
import { pin, softHsm, tokenFolder } from '../token/soft-token.ts';
import { handOn, type Hand } from './day/hand.ts';
import { ask, askWindow, goTo, text, waitForText } from './office.ts';
import { letterPdf, signingOffice, tokenWithBoth } from './signing-office.ts';
import { openStation, type TestStation } from './station.ts';

/** A day of an office in its window, for văn thư, lãnh đạo and lưu trữ; `tvt day` plays the long one without a window. */

const folder = mkdtempSync(join(tmpdir(), 'tvt-practice-day-'));
/** A folder for the pictures of the documentation (`npm run pictures`). */
const pictures = process.env['TVT_DAY_SHOTS'];
let pki: TestPki;
let servers: PkiServers;
let station: TestStation | undefined;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki, { responder: 'g2ocsp' });
  await publishLists(pki, servers);
  tokenFolder(join(folder, 'tokens'));
  tokenWithBoth(pki, folder);
});
afterEach(async () => {
  await station?.close();
  station = undefined;
});
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true, force: true });
});

const names = { clerk: 'Trần Thị Văn Thư', leader: 'Nguyễn Thị Thử', archivist: 'Vũ Thị Lưu Trữ', officer: 'Phạm Văn Chuyên Viên' } as const;
type Seat = 'clerk' | 'leader' | 'archivist';
const passwordOf = (seat: Seat): string => `Mat-khau cua ${seat} 1`;
const subjects = { good: 'V/v phối hợp rà soát tài sản công', forged: 'V/v cung cấp số tài khoản ngân sách', ours: 'trả lời về rà soát tài sản công' } as const;

/** As the certificate has it. */
const sender = { code: ministry.code, name: 'Bộ Thử nghiệm' };

type Furnished = { readonly draft: string; readonly dossier: string };

/** People with accounts, tokens chosen, a letter of ours that waits for its signature, and a dossier in work. */
async function furnish(core: Core): Promise<Furnished> {
  await signingOffice(core, pki, { tsa: 'http://tsa.ca.test/', level: 'T', hosts: Object.entries(servers.hosts).map(([from, to]) => ({ from, to })) });
  const used = await core.tokens.useModule(softHsm);
  if (!used.ok) throw new Error(used.failure.code);
  const must: MustDraft = (method, input) => ask(core, 'drafting', method, input);
  const main = { ...(await stored(core, 'cong-van.pdf', await letterPdf())), role: 'main' as const };
  const draft = await drafted(core, must, { fields: { subject: subjects.ours, signerName: names.leader, recipients: [{ organId: ministry.code, name: ministry.name }] }, files: [main] });
  await must('submit', { id: draft.id, comment: '' });
  await must('checkContent', { id: draft.id, version: draft.version, person: 'Lê Thị Trưởng Phòng', comment: '' });
  await must('checkForm', { id: draft.id, version: draft.version, person: 'Phạm Văn Thể Thức', comment: '', hints: [] });
  const dossier = await dossierInWork(core);

  const { persons } = await ask<{ persons: { id: string; name: string }[] }>(core, 'people', 'staff', { ended: false });
  const person = async (name: string, roles: readonly string[], position: string): Promise<string> =>
    (await ask<{ id: string }>(core, 'people', 'savePerson', { id: persons.find((one) => one.name === name)?.id ?? null, name, position, standing: name === names.leader ? 'head' : 'staff', unit: null, roles, validFrom: null, since: null })).id;
  const ids = {
    clerk: await person(names.clerk, ['clerk', 'administrator'], 'Văn thư'),
    leader: await person(names.leader, ['leader'], 'Chủ tịch'),
    archivist: await person(names.archivist, ['archivist'], 'Lưu trữ'),
  };
  await person(names.officer, ['officer'], 'Chuyên viên');
  const { devices } = await ask<TokensState>(core, 'tokens', 'look', {});
  const certificate = (who: string): string => devices.flatMap(({ certificates }) => certificates).find(({ name }) => name.includes(who))?.sha256 ?? '';
  for (const [seat, id] of Object.entries(ids) as [Seat, string][]) {
    await ask(core, 'people', 'setPassword', { person: id, password: `${passwordOf(seat)}.` });
    if (seat !== 'clerk') await ask(core, 'people', 'signOut', {});
    await ask(core, 'people', 'signIn', { person: id, password: `${passwordOf(seat)}.` });
    if (seat !== 'clerk') await ask(core, 'people', 'changePassword', { old: `${passwordOf(seat)}.`, password: passwordOf(seat) });
    if (seat !== 'archivist') await ask(core, 'tokens', 'choose', { certificate: certificate(seat === 'clerk' ? 'BỘ THỬ NGHIỆM' : names.leader) });
    await ask(core, 'people', 'signOut', {});
    if (seat === 'archivist') break;
    // Accounts are the administrator's, who is the clerk here.
    await ask(core, 'people', 'signIn', { person: ids.clerk, password: `${passwordOf('clerk')}.` });
  }
  return { draft: draft.id, dossier };
}

async function dossierInWork(core: Core): Promise<string> {
  const file = await stored(core, '7.pdf', await letterPdf());
  const old = await ask<{ id: string }>(core, 'records', 'recordOutgoing', {
    codeNumber: '7', codeNotation: 'UBND-VP', issuedDate: '2026-03-05', place: '', typeName: 'Công văn', subject: 'V/v kiểm kê tài sản công', urgency: 0, dueDate: null, signerName: names.leader,
    signerPosition: 'CHỦ TỊCH', signerCompetence: '', toPlaces: ['Lưu: VT'], pageAmount: 1, paper: false, files: [file], repliesTo: null,
  });
  const begun = await ask<{ fields: object }>(core, 'dossiers', 'prefill', { as: 'new', catalog: 2026 });
  const retention = { kind: 'permanent', years: null, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
  const maker = { unit: null, unitName: 'Văn phòng', person: null, personName: names.officer };
  const fields = { ...begun.fields, notation: '01.VP', title: 'Hồ sơ kiểm kê tài sản công năm 2026', retention, maker };
  return (await ask<DossierDetail>(core, 'dossiers', 'open', { entry: null, fields, documents: [{ kind: 'outgoing', id: old.id }] })).id;
}

/** A letter of the ministry as the decree lays it out. */
async function arriving(subject: string): Promise<Buffer> {
  const { bytes } = await composeDecreeForm(
    {
      superior: '', agency: sender.name, number: subject === subjects.good ? '201' : '202', notation: 'BTN-VP', place: 'Hà Nội', date: '2026-11-20', kind: '', subject: subject.replace('V/v ', ''),
      addressees: ['Ủy ban nhân dân phường Luyện Tập'], urgency: 1, recipients: ['Như trên', 'Lưu: VT, VP'], signer: { authority: ['KT. Bộ trưởng'], position: 'Thứ trưởng', fullName: 'Nguyễn Văn A' },
      body: [
        { text: `Bộ Thử nghiệm đề nghị quý cơ quan ${subject.replace('V/v ', '')}, cụ thể như sau:` },
        { text: '1. Rà soát số lượng, tình trạng sử dụng, đối chiếu với sổ theo dõi tài sản.' },
        { text: '2. Gửi kết quả về Bộ qua Trục liên thông văn bản quốc gia trong thời hạn mười ngày làm việc./.' },
      ],
    },
    documentFonts(),
  );
  return Buffer.from(bytes);
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** The person at the desk changes. */
async function sit(page: Page, seat: Seat, before?: Seat): Promise<void> {
  if (before !== undefined) {
    await page.click(`header button[aria-label="Người dùng: ${names[before]}"]`);
    await page.waitForSelector('::-p-xpath(//button[normalize-space(.)="Đăng xuất"])').then((button) => button?.click());
  }
  await page.waitForSelector('select[name="person"]');
  const id = await page.$$eval('select[name="person"] option', (options, wanted) => options.find((one) => one.text.startsWith(wanted))?.value ?? '', names[seat]);
  await page.select('select[name="person"]', id);
  await page.type('form [name="password"]', seat === 'clerk' ? `${passwordOf(seat)}.` : passwordOf(seat));
  await page.keyboard.press('Enter');
  await page.waitForSelector(`header button[aria-label="Người dùng: ${names[seat]}"]`, { timeout: 60_000 }).catch(async () => {
    throw new Error(`${seat} is not in:\n${await text(page)}`);
  });
}

async function choose(page: Page, subject: string): Promise<string> {
  const row = await page.waitForSelector(`::-p-xpath(//*[@role="row"][contains(., "${subject}")])`, { timeout: 60_000 });
  await row?.click();
  await page.waitForFunction((words) => document.querySelector('[data-pane="reading"]')?.textContent?.includes(words) === true, { timeout: 60_000 }, subject);
  return page.evaluate(() => /id=([0-9a-f-]{36})/.exec(location.hash)?.[1] ?? '');
}

async function review({ page }: { readonly page: Page }): Promise<void> {
  await page.waitForFunction(() => document.querySelector('#signing-documents') !== null && document.body.innerText.includes('Kiểm tra lại'), { timeout: 60_000 }).catch(async () => {
    throw new Error(`no review: ${page.url()}\n${await text(page)}`);
  });
  await page.waitForSelector('[data-signing-preview]');
}

/** From the review to the end of the batch; the PIN goes into the program's own field. */
async function signNow(page: Page, hand: Hand, said: string): Promise<void> {
  await page.waitForFunction(() => /Đã xem|Sẵn sàng|ký được/.test(document.body.innerText));
  await hand.press('F8');
  await page.waitForSelector('[name=token-pin]');
  await hand.type(pin);
  await hand.press('Enter');
  await waitForText(page, said);
}

test('a day in the window: the clerk refuses what is forged and registers, the leader directs and signs, the clerk seals and issues, the archivist closes the dossier', { timeout: 180_000 }, async () => {
  let furnished: Furnished = { draft: '', dossier: '' };
  station = await openStation(
    async (axis) => {
      const base = { good: await arriving(subjects.good), forged: await arriving(subjects.forged) };
      const files = { good: signedWith(pki, { signer: 'agency' }, { base: base.good }), forged: signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) }, { base: base.forged }) };
      for (const [at, state] of (['good', 'forged'] as const).entries()) await axis.control.deliver(documentMessage({ number: String(201 + at), notation: 'BTN-VP', subject: subjects[state], from: sender, files: [{ name: 'cong-van.pdf', bytes: files[state] }] }));
    },
    undefined,
    async (start) => {
      const core = await start();
      furnished = await furnish(core);
      await core.close();
    },
  );
  const { page, axis, complaints } = station;
  const hand = handOn(() => page);
  await page.setViewport({ width: 1366, height: 768 });

  // Văn thư: what is forged goes back with its reason, the other one is registered and presented.
  await sit(page, 'clerk');
  await goTo(page, '#/incoming');
  const forged = await choose(page, subjects.forged);
  await waitForText(page, 'Chữ ký: Không hợp lệ');
  await picture(page, 'day-clerk-forged');
  await hand.press('Delete');
  await page.waitForSelector('dialog[open] textarea');
  const offered = await page.$eval('dialog[open] textarea', (one) => one.value);
  expect(offered).toMatch(/Chữ ký không hợp lệ/);
  await hand.press('Control+Enter');
  await page.waitForFunction(() => /trả lại/i.test(document.querySelector('[data-pane=reading]')?.textContent ?? ''));
  const good = await choose(page, subjects.good);
  await waitForText(page, 'Chữ ký: Hợp lệ');
  await hand.press('F8');
  await waitForText(page, 'Số đến 1');
  await waitForText(page, 'Trình lãnh đạo');
  await hand.press('F8');
  await page.waitForSelector('dialog[open] input[name=leaderName]');
  await hand.press('Enter');
  await waitForText(page, `Người làm tiếp: lãnh đạo – ${names.leader}`);
  await picture(page, 'day-clerk');

  // Lãnh đạo: directs, and signs with the token.
  await sit(page, 'leader', 'clerk');
  await goTo(page, `#/incoming?id=${good}`);
  await page.waitForSelector('textarea[name=text]');
  await hand.press('F8');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true);
  await hand.type('Giao chuyên viên tham mưu trả lời trong tuần.');
  await hand.tabTo('input[name=party]');
  await hand.type('chuyen vien');
  await page.waitForSelector('[role=option][aria-selected=true]');
  await hand.press('Enter');
  await picture(page, 'day-leader');
  await hand.press('Control+Enter');
  await expect.poll(async () => (await askWindow<HandlingDetail>(page, 'handling', 'get', { id: good })).standing).toBe('assigned');
  await goTo(page, `#/outgoing?tab=signing&id=${furnished.draft}`);
  await waitForText(page, subjects.ours);
  await page.waitForFunction(() => document.querySelector('main [aria-keyshortcuts=F8]:not([aria-disabled=true])') !== null);
  await hand.press('F8');
  await review({ page });
  await picture(page, 'day-leader-signing');
  await signNow(page, hand, 'Đã ký 1/1 văn bản');

  // Văn thư: number, date and seal in one pass, then it is issued and sent.
  await sit(page, 'clerk', 'leader');
  await goTo(page, `#/outgoing?tab=numbering&id=${furnished.draft}`);
  await waitForText(page, subjects.ours);
  await page.waitForFunction(() => document.querySelector('main [aria-keyshortcuts=F8]:not([aria-disabled=true])') !== null);
  await hand.press('F8');
  await waitForText(page, '…/UBND-VP');
  await hand.press('Control+Enter');
  await review({ page });
  await picture(page, 'day-clerk-seal');
  await signNow(page, hand, 'Đã đóng dấu 1/1 văn bản');
  await hand.press('F8');
  await page.waitForFunction(() => document.querySelector('[data-pane=reading] h2')?.textContent?.includes('01/UBND-VP') === true, { timeout: 60_000 });
  await hand.press('F8');
  await page.waitForSelector('dialog[open] form');
  await hand.press('Control+Enter');
  await waitForText(page, 'Đã phát hành 01/UBND-VP');

  // Lưu trữ: closes the dossier, its remarks seen.
  await sit(page, 'archivist', 'clerk');
  await goTo(page, `#/dossiers?dossier=${furnished.dossier}`);
  await hand.press('Alt+4');
  await waitForText(page, 'Hồ sơ kiểm kê tài sản công năm 2026');
  await choose(page, 'Hồ sơ kiểm kê tài sản công năm 2026');
  await picture(page, 'day-archivist');
  await hand.press('F8');
  await page.waitForSelector('dialog[open] [name=seen]');
  await page.focus('dialog[open] [name=seen]');
  await hand.press('Space');
  await hand.press('Control+Enter');
  await waitForText(page, 'Đã đóng hồ sơ.');

  // What others see of it, and who is said to have done what.
  const statuses = async (): Promise<string[]> => {
    const { sent } = await axis.control.inspect();
    const messages = await Promise.all(sent.map(async ({ docId }) => Buffer.from(await axis.control.bytesOf(docId)).toString('utf8')));
    return messages.map((xml) => /<edXML:StatusCode>(\d+)/.exec(xml)?.[1] ?? `gui ${/<edXML:CodeNumber>([^<]*)/.exec(xml)?.[1] ?? ''}`).toSorted();
  };
  await expect.poll(statuses).toEqual(['01', '01', '02', '03', '04', 'gui 01']);
  const { items } = await askWindow<{ items: IncomingSummary[] }>(page, 'records', 'incomingList', { state: 'refused', before: null, limit: 5 });
  expect(items.map(({ id }) => id)).toEqual([forged]);
  const bySteps = (await askWindow<HandlingDetail>(page, 'handling', 'get', { id: good })).steps.map(({ act, by }) => [act, by]);
  expect(bySteps).toEqual([['register', names.clerk], ['present', names.clerk], ['direct', names.leader]]);
  const { items: ours } = await askWindow<{ items: { id: string; codeNumber: string }[] }>(page, 'records', 'outgoingList', { state: 'issued', before: null, limit: 5 });
  const sent = await askWindow<OutgoingDetail>(page, 'records', 'outgoingGet', { id: ours.find(({ codeNumber }) => codeNumber === '01')?.id ?? '' });
  const labels = await askWindow<SignatureLabel[]>(page, 'signing', 'levels', { file: sent.files[0]?.id ?? '' });
  expect(labels.map(({ signer }) => signer)).toEqual([names.leader, expect.stringContaining('BỘ THỬ NGHIỆM')]);
  expect(sent).toMatchObject({ sealedBy: names.clerk, issuedBy: names.clerk });
  expect((await askWindow<DocumentVerdicts>(page, 'verification', 'ofDocument', { document: forged })).decision?.why).toBe('document-failed');
  expect(await askWindow<DossierDetail>(page, 'dossiers', 'get', { id: furnished.dossier })).toMatchObject({ state: 'closed', closedBy: names.archivist });
  expect(complaints).toEqual([]);
});
