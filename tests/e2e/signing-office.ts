import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Core } from '../../electron/hosts/compose.ts';
import type { TestPki } from '../fakes/pki/pki.ts';
import { drafted, stored, type MustDraft } from '../fakes/station/drafts.ts';
import { paperOfToday } from '../integration/signing/papers.ts';
import { sealPng, signaturePng } from '../integration/signing/pictures.ts';
import { importKey, makeToken } from '../token/soft-token.ts';
import { ask } from './office.ts';

/** What the tests of signing share: a leader and the agency on one token, their pictures, and drafts that wait. */

/** Named in the leader's certificate of the test PKI. */
const leaderName = 'Nguyễn Thị Thử';

/** The leader's and the agency's keys on one token in the present token folder. */
export function tokenWithBoth(pki: TestPki, folder: string): void {
  const token = makeToken('VGCA Token');
  for (const [id, name, key] of [['01', 'leader', true], ['02', 'agency', true], ['a1', 'g2ca', false], ['a2', 'g2root', false]] as const) {
    const certificate = join(folder, `${name}.der`);
    writeFileSync(certificate, pki.der(name));
    importKey(token, { id, name, key: key ? join(pki.folder, `${name}.key`) : null, certificate });
  }
}

/** The root that the test certificates lead to, how the office signs, and the pictures of its leader and its seal. */
export async function signingOffice(core: Core, pki: TestPki, settings: object = {}): Promise<void> {
  await ask(core, 'signingSettings', 'addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Thử' });
  const usual = await ask<object>(core, 'signingSettings', 'settings', {});
  await ask(core, 'signingSettings', 'saveSettings', { ...usual, tsa: '', level: 'B', keepPinMinutes: 0, ...settings });
  const person = await ask<{ id: string }>(core, 'people', 'savePerson', { id: null, name: leaderName, position: 'Chủ tịch', standing: 'head', unit: null, roles: ['leader'], validFrom: null, since: null });
  const reason = 'Mẫu đăng ký';
  await ask(core, 'signingSettings', 'savePicture', { kind: 'signature', person: person.id, file: await stored(core, 'chu-ky.png', signaturePng()), widthMm: 40, reason });
  await ask(core, 'signingSettings', 'savePicture', { kind: 'seal', person: null, file: await stored(core, 'con-dau.png', sealPng()), widthMm: 36, reason });
}

/** A letter with room for number and date. */
export function letterPdf(): Promise<Buffer> {
  return paperOfToday({ symbol: '/UBND-VP' });
}

/** The same with a password, which no signature can be put into. */
export async function lockedPdf(folder: string): Promise<Buffer> {
  const plain = join(folder, 'khong-khoa.pdf');
  writeFileSync(plain, await letterPdf());
  return execFileSync('qpdf', ['--encrypt', 'mo', 'chu', '256', '--', plain, '-']);
}

/** A letter whose form was checked, so that it waits for its signature. Answers its id. */
export async function waitingDraft(core: Core, subject: string, pdf?: Uint8Array): Promise<string> {
  const must: MustDraft = (method, input) => ask(core, 'drafting', method, input);
  const file = await stored(core, 'cong-van.pdf', pdf ?? (await letterPdf()));
  const { id, version } = await drafted(core, must, { fields: { subject, signerName: leaderName }, files: [{ ...file, role: 'main' }] });
  await must('submit', { id, comment: '' });
  await must('checkContent', { id, version, person: 'Lê Thị Trưởng Phòng', comment: '' });
  await must('checkForm', { id, version, person: 'Phạm Văn Thể Thức', comment: '', hints: [] });
  return id;
}

/** With `TVT_SIGNING_PICTURES=<folder>`, leaves the window there as it stands, in both sizes of office screens. */
export async function pictured(page: Page, name: string): Promise<void> {
  const folder = process.env['TVT_SIGNING_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewport();
  for (const [width, height] of [[1366, 768], [1920, 1080]] as const) {
    await page.setViewport({ width, height });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await page.screenshot({ path: join(folder, `signscreen-${name}-${String(width)}.png`) });
  }
  await page.setViewport(before);
}
