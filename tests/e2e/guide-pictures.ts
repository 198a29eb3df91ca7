import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Contract, DossierDetail, DraftDetail, DraftFields, InputOf, OutputOf, PlanDetail, StoredFile } from '#contract';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../electron/services/practice/documents/decree-form.ts';
import { correspondents } from '../../electron/services/practice/documents/correspondents.ts';
import { letter } from '../fakes/station/drafts.ts';
import { testPki } from '../fakes/pki/pki.ts';
import { signaturePng } from '../integration/signing/pictures.ts';
import { importKey, makeToken, tokenFolder } from '../token/soft-token.ts';
import { askWindow, goTo, press, text, waitForText } from './office.ts';
import { photograph, settled } from './palette-png.ts';

/** The pictures of `docs/user-guide.md`, of the practice station with a day's work in it. */

const usual = { width: 1366, height: 768 };
/** Named in the leader's certificate of the test PKI. */
const signer = 'Nguyễn Thị Thử';
const day = (before: number): string => new Date(Date.now() + 7 * 3_600_000 - before * 86_400_000).toISOString().slice(0, 10);

/** A token that is plugged in when the station starts; its folder goes with `close`. */
export async function guideToken(): Promise<{ readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-guide-token-'));
  const pki = await testPki();
  tokenFolder(folder);
  const token = makeToken('VGCA Token');
  for (const [id, name, key] of [['01', 'leader', true], ['a1', 'g2ca', false], ['a2', 'g2root', false]] as const) {
    const certificate = join(folder, `${name}.der`);
    writeFileSync(certificate, pki.der(name));
    importKey(token, { id, name, key: key ? join(pki.folder, `${name}.key`) : null, certificate });
  }
  return {
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Guide = { readonly page: Page; readonly shoot: (name: string) => Promise<void> };

/** Photographs the screens that the guide shows into `folder`. */
export async function photographGuide(page: Page, folder: string): Promise<void> {
  const guide: Guide = {
    page,
    shoot: (name) => photograph(page, join(folder, `guide-${name}.png`)),
  };
  await page.setViewport(usual);
  await incoming(guide);
  await outgoing(guide);
  await outbox(guide);
  await archive(guide);
  await rest(guide);
}

function asked<D extends keyof Contract, M extends keyof Contract[D] & string>(page: Page, domain: D, method: M, input: InputOf<Contract[D][M]>): Promise<OutputOf<Contract[D][M]>> {
  return askWindow(page, domain, method, input);
}

/** The first letter that came: what is known of it, the question before it is registered, and the leader's direction. */
async function incoming({ page, shoot }: Guide): Promise<void> {
  const { items } = await asked(page, 'records', 'incomingList', { state: 'arrived', before: null, limit: 20 });
  const first = items.find(({ codeNumber }) => codeNumber === '7816') ?? items[0];
  for (const { id } of items.slice(1, 4)) await asked(page, 'records', 'registerIncoming', { id });
  await goTo(page, `#/incoming?id=${first?.id ?? ''}`);
  await page.waitForSelector('canvas');
  // Looked at in the background, which a busy machine lets wait.
  await waitForText(page, 'Không có chữ ký số', 600_000);
  await shoot('incoming');
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 4');
  await shoot('registered');
  await asked(page, 'handling', 'present', { id: first?.id ?? '', leader: null, leaderName: 'Trần Văn Thực Hành', note: '' });
  await press(page, 'Nghiên cứu, triển khai');
  await (await page.waitForSelector('input[name=party]'))?.type('van hoa');
  const unit = await page.waitForSelector('::-p-xpath(//*[@role="option"][starts-with(normalize-space(.), "Phòng Văn hóa")])');
  await unit?.click();
  await page.setViewport({ ...usual, height: 900 });
  await page.evaluate(() => {
    document.querySelector('h2')?.scrollIntoView({ block: 'end' });
  });
  await shoot('direction');
  await page.setViewport(usual);
}

const commune = { code: correspondents.commune.code, name: correspondents.commune.name };
const finance = { code: correspondents.provinceFinance.code, name: correspondents.provinceFinance.name };

/** Our letters: one being written, three that wait to be signed, one that was sent. */
async function outgoing({ page, shoot }: Guide): Promise<void> {
  await signingReady(page);
  const drafting = await draft(page, 'phối hợp rà soát trang thiết bị số hóa tài liệu');
  await goTo(page, `#/outgoing?edit=${drafting.id}`);
  await page.waitForSelector('canvas');
  await shoot('draft');
  await goTo(page, '#/outgoing');
  for (const subject of ['mời họp giao ban công tác văn thư quý IV', 'đề nghị cung cấp số liệu hồ sơ, tài liệu', 'thông báo lịch tiếp nhận tài liệu']) await wait(page, await draft(page, subject));
  await goTo(page, '#/token');
  await waitForText(page, 'Số lần nhập PIN');
  await waitForText(page, 'Có hiệu lực đến');
  await page.click('[role=radiogroup] input');
  await shoot('token');
  await goTo(page, '#/outgoing?tab=signing');
  await press(page, 'Ký 3 văn bản');
  await waitForText(page, '3 văn bản ký được');
  await page.waitForSelector('[data-signing-preview]');
  await shoot('signing');
  // The office wants each opened: the key leads to the next that was not, and asks for the PIN after the last.
  for (let presses = 0; presses < 6 && (await page.$('[name=token-pin]')) === null; presses += 1) {
    await page.keyboard.press('F8');
    await settled();
  }
  await shoot('pin');
  await page.keyboard.press('Escape');
}

/** How the office signs, with its leader's picture and the root that the test certificate leads to. */
async function signingReady(page: Page): Promise<void> {
  const pki = await testPki();
  await asked(page, 'signingSettings', 'addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Luyện tập' });
  const before = await asked(page, 'signingSettings', 'settings', {});
  await asked(page, 'signingSettings', 'saveSettings', { ...before, tsa: '', level: 'B' });
  const person = await asked(page, 'people', 'savePerson', { id: null, name: signer, position: 'Phó Chủ tịch', standing: 'deputy', unit: null, roles: ['leader'], validFrom: null, since: null });
  const file = await staged(page, 'chu-ky.png', 'image/png', signaturePng());
  await asked(page, 'signingSettings', 'savePicture', { kind: 'signature', person: person.id, file, widthMm: 40, reason: 'Mẫu đăng ký' });
}

/** A letter in the form of NĐ 30/2020; without a number there is room for it. */
function composed(subject: string, number: string, date: string): ReturnType<typeof composeDecreeForm> {
  return composeDecreeForm(
    {
      superior: '',
      agency: 'Ủy ban nhân dân phường Luyện Tập',
      number,
      notation: 'UBND-VP',
      place: 'Luyện Tập',
      date,
      kind: '',
      subject: subject.replace('V/v ', ''),
      addressees: [commune.name, finance.name],
      urgency: 0,
      body: [
        { text: 'Để có căn cứ lập kế hoạch số hóa tài liệu của phường và các xã lân cận, Ủy ban nhân dân phường Luyện Tập đề nghị quý cơ quan rà soát số lượng, tình trạng trang thiết bị đang sử dụng và nhu cầu dùng chung trong sáu tháng tới.' },
        { text: 'Văn bản trả lời xin gửi về Ủy ban nhân dân phường qua Trục liên thông văn bản quốc gia./.' },
      ],
      recipients: ['Như trên', 'Lưu: VT, VP'],
      signer: { authority: ['KT. CHỦ TỊCH'], position: 'PHÓ CHỦ TỊCH', fullName: signer },
    },
    documentFonts(),
  );
}

async function draft(page: Page, subject: string): Promise<DraftDetail> {
  const { bytes, pages } = await composed(subject, '', day(0));
  const file = await staged(page, 'du-thao.pdf', 'application/pdf', bytes);
  const fields: DraftFields = {
    ...letter,
    subject,
    pageAmount: pages,
    signerAuthority: 'KT.',
    authorityLines: ['KT. CHỦ TỊCH'],
    signerPosition: 'PHÓ CHỦ TỊCH',
    signerName: signer,
    recipients: [commune, finance].map(({ code, name }) => ({ organId: code, name })),
    toPlaces: ['Như trên;', 'Lưu: VT, VP.'],
  };
  return asked(page, 'drafting', 'create', { fields, files: [{ ...file, role: 'main' }] });
}

/** Through both checks, so that it waits for its signature. */
async function wait(page: Page, { id, version }: DraftDetail): Promise<void> {
  await asked(page, 'drafting', 'submit', { id, comment: '' });
  await asked(page, 'drafting', 'checkContent', { id, version, person: 'Phạm Văn Học Việc', comment: '' });
  await asked(page, 'drafting', 'checkForm', { id, version, person: 'Nguyễn Thị Luyện Tập', comment: '', hints: [] });
}

/** Brings a file into the station as the window does; it fits one piece. */
async function staged(page: Page, name: string, mediaType: string, bytes: Uint8Array): Promise<StoredFile> {
  const { upload } = await asked(page, 'staging', 'open', { name, mediaType, size: bytes.length });
  await asked(page, 'staging', 'piece', { upload, at: 0, base64: Buffer.from(bytes).toString('base64') });
  return asked(page, 'staging', 'finish', { upload });
}

/** A letter of ours that four places were sent; the practice partners answer by themselves. */
async function outbox({ page, shoot }: Guide): Promise<void> {
  const to = [correspondents.commune, correspondents.provinceFinance, correspondents.provinceHomeAffairs, correspondents.homeAffairs];
  const id = await issued(page, '101', 'V/v phối hợp rà soát trang thiết bị số hóa tài liệu', day(0));
  await asked(page, 'exchange', 'sendDocument', { document: id, recipients: to.map(({ code, name }) => ({ organId: code, name })) });
  await asked(page, 'exchange', 'receiveNow', {});
  await goTo(page, `#/outbox?tab=sent&document=${id}`);
  await page.waitForSelector('#matrix-grid');
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  await shoot('outbox');
}

/** Writes down an issued letter of ours. Answers its id. */
async function issued(page: Page, number: string, subject: string, issuedDate: string): Promise<string> {
  const { bytes, pages } = await composed(subject, number, issuedDate);
  const file = await staged(page, `${number}-UBND-VP.pdf`, 'application/pdf', bytes);
  const { id } = await asked(page, 'records', 'recordOutgoing', {
    codeNumber: number,
    codeNotation: 'UBND-VP',
    issuedDate,
    place: 'Luyện Tập',
    typeName: 'Công văn',
    subject,
    urgency: 0,
    dueDate: null,
    signerName: signer,
    signerPosition: 'PHÓ CHỦ TỊCH',
    signerCompetence: 'KT. CHỦ TỊCH',
    toPlaces: ['Như trên', 'Lưu: VT'],
    pageAmount: pages,
    paper: false,
    files: [file],
    repliesTo: null,
  });
  return id;
}

const maker = { unit: null, unitName: 'Văn phòng', person: null, personName: 'Vũ Thị Lưu Mẫu' };
const headings = [['TH', 'Tổng hợp'], ['TCCB', 'Tổ chức, cán bộ'], ['VTLT', 'Văn thư, lưu trữ']] as const;
/** Entries of every year's plan: heading, title, years of retention (0: permanent), day of the year on which the work ended. */
const entries = [
  [0, 'Kế hoạch, báo cáo công tác năm', 0, '12-31'],
  [0, 'Giao ban, sơ kết, tổng kết', 5, '11-30'],
  [1, 'Tuyển dụng, bổ nhiệm công chức', 10, '09-15'],
  [2, 'Báo cáo công tác văn thư, lưu trữ', 10, '12-20'],
  [2, 'Số hóa tài liệu lưu trữ', 5, '10-05'],
] as const;

/** Plans of three years, the dossiers of the older ones closed. */
async function archive({ page, shoot }: Guide): Promise<void> {
  let number = 110;
  let last = '';
  for (const year of [2016, 2025, 2026]) {
    const plan = await planOf(page, year);
    for (const [at, [, title, , end]] of entries.entries()) {
      const entry = plan.entries.find((one) => one.title === title)?.id ?? '';
      const documents: string[] = [];
      for (const quarter of at === 3 ? ['quý I', 'quý II', 'quý III'] : ['6 tháng đầu năm']) {
        number += 1;
        documents.push(await issued(page, String(number), `${title} ${quarter}`, `${String(year)}-0${String(3 + documents.length * 2)}-1${String(at)}`));
      }
      const { fields } = await asked(page, 'dossiers', 'prefill', { as: 'entry', entry });
      const opened = await asked(page, 'dossiers', 'open', { entry, fields, documents: documents.map((id) => ({ kind: 'outgoing' as const, id })) });
      if (at === 3) last = opened.id;
      if (year === 2026) continue;
      await closed(page, opened, `${String(year)}-${end}`);
    }
  }
  await goTo(page, '#/dossiers?part=deadlines');
  for (const tab of ['Lịch', 'Nộp lưu']) {
    const words = `::-p-xpath(//*[@role="tab"][normalize-space(.)="${tab}"])`;
    await page.waitForSelector(words);
    // A section has the same name; the part of this one comes after it.
    await (await page.$$(words)).at(-1)?.click();
  }
  await shoot('deadlines');
  // The signatures of so many files are looked at in the background; then there is more to remark.
  for (let tries = 0; tries < 12; tries += 1) {
    await goTo(page, '#/dossiers?part=plan');
    await settled();
    await goTo(page, `#/dossiers?id=${last}`);
    await waitForText(page, 'điều cần xem trước khi đóng hồ sơ');
    await settled();
    if ((await text(page)).includes('không có chữ ký số')) break;
  }
  await shoot('dossiers');
}

/** Closes a dossier. What is remarked may change meanwhile, as its files are looked at in the background. */
async function closed(page: Page, { id, version }: DossierDetail, endDate: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const remarks = await asked(page, 'dossiers', 'check', { id, endDate });
    try {
      await asked(page, 'dossiers', 'close', { id, version, endDate, seen: remarks.map(({ key }) => key) });
      return;
    } catch (error) {
      if (tries === 5 || !(error instanceof Error && error.message.includes('remarks-unseen'))) throw error;
    }
  }
}

async function planOf(page: Page, year: number): Promise<PlanDetail> {
  let plan = await asked(page, 'dossiers', 'createPlan', { year, numbering: 'heading', note: '', copyFrom: null });
  for (const [symbol, title] of headings) {
    plan = await asked(page, 'dossiers', 'saveHeading', { id: plan.id, version: plan.version, heading: null, fields: { parent: null, symbol, title }, reason: '' });
  }
  for (const [heading, title, years] of entries) {
    const retention = { kind: years === 0 ? ('permanent' as const) : ('years' as const), years: years === 0 ? null : years, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
    plan = await asked(page, 'dossiers', 'saveEntry', { id: plan.id, version: plan.version, entry: null, fields: { heading: plan.headings[heading]?.id ?? '', number: null, title, retention, maker, note: '' }, reason: '' });
  }
  return asked(page, 'dossiers', 'approvePlan', { id: plan.id, version: plan.version, decisionNumber: '12/QĐ-UBND', decisionDate: `${String(year)}-01-05`, approver: 'Trần Văn Thực Hành' });
}

async function rest({ page, shoot }: Guide): Promise<void> {
  await goTo(page, '#/search?q=tài liệu');
  await waitForText(page, 'Bộ lọc');
  await shoot('search');
  await goTo(page, '#/settings?tab=people');
  await waitForText(page, 'Hoàng Thị Bài Tập');
  await shoot('settings');
}
