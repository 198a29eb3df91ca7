import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vietnamDay } from '../../../electron/foundation/clock.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { composeDecreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { practiceAgency, practiceStaff } from '../../../electron/services/practice/index.ts';
import { acts, see, there, type Desk } from '../day/desk.ts';
import { draft } from '../day/outgoing.ts';
import type { Ours } from '../day/papers.ts';
import { goTo, text, waitForText } from '../office.ts';
import { commune, department, seats, type Outside } from './office-of-roles.ts';
import { choose, type Picture } from './seats.ts';

/** The window words the first one itself, of what it answers. */
const subjects = { answer: 'trả lời Công văn số 601/', plan: 'Kiểm kê tài sản công của phường' } as const;
const both = [subjects.answer, subjects.plan];
const to = [department, commune].map(({ code, name }) => ({ typed: code, name }));

/** A file that an officer has written: room for number, date and signature. */
async function page(kind: '' | 'Kế hoạch', subject: string): Promise<Uint8Array> {
  const isLetter = kind === '';
  const { bytes } = await composeDecreeForm(
    {
      superior: '', agency: practiceAgency.name, number: '', notation: isLetter ? 'UBND-KTHTĐT' : 'KH-UBND', place: practiceStaff.place, date: vietnamDay(new Date()), kind, subject,
      addressees: isLetter ? to.map(({ name }) => name) : [], urgency: 0, recipients: [...(isLetter ? ['Như trên'] : to.map(({ name }) => name)), 'Lưu: VT'],
      signer: { authority: ['TM. Ủy ban nhân dân'], position: 'Chủ tịch', fullName: seats.leader },
      body: [
        { text: 'Ủy ban nhân dân phường Luyện Tập thống nhất cử công chức phối hợp kiểm kê trong tuần tới.' },
        { text: 'Số liệu kiểm kê được gửi qua Trục liên thông văn bản quốc gia./.' },
      ],
    },
    documentFonts(),
  );
  return bytes;
}

/** Officer: an answer to the letter that came, and a plan; both go to be checked. */
export async function draftBoth(desk: Desk, asked: string, { folder }: Outside): Promise<void> {
  const files = { answer: join(folder, 'cong-van.pdf'), plan: join(folder, 'ke-hoach.pdf') };
  writeFileSync(files.answer, await page('', 'trả lời đề nghị phối hợp kiểm kê tài sản công'));
  writeFileSync(files.plan, await page('Kế hoạch', subjects.plan));
  const { hand } = desk;
  await goTo(desk.page(), `#/incoming?id=${asked}`);
  await see(desk, acts, 'Hoàn thành');
  await hand.press('Alt+R');
  const ours = (file: string, rest: Partial<Ours>): Ours => ({ typeName: 'Công văn', subject: '', unit: '', to: [], paperTo: '', file, ...rest });
  await draft(desk, ours(files.answer, { to: to.slice(1) }), { signer: seats.leader, begun: true });
  await see(desk, acts, 'Kiểm tra nội dung…');
  await draft(desk, ours(files.plan, { typeName: 'Kế hoạch', subject: subjects.plan, to }));
  await see(desk, '[role=tab]', 'Chờ kiểm tra 2');
}

/** The unit's head, then the clerk: one check of each. */
export async function checkBoth(desk: Desk, kind: 'content' | 'form', picture: Picture): Promise<void> {
  const { hand, page: now } = desk;
  await goTo(now(), '#/outgoing?tab=checking');
  for (const subject of both) {
    await choose(now(), subject);
    await see(desk, acts, kind === 'content' ? 'Kiểm tra nội dung…' : 'Kiểm tra thể thức…');
    await hand.press('F8');
    await there(desk, 'dialog[open]');
    if (subject === subjects.answer) await picture(`check-${kind}`);
    await hand.press('Control+Enter');
    await see(desk, acts, kind === 'content' ? 'Đã xác nhận nội dung' : 'Đã xác nhận thể thức');
  }
}

/** The review of a batch: every letter is opened by the key that leads to the PIN, which goes into the program's own field. */
async function reviewAndSign(desk: Desk, pin: string, said: string, picture: () => Promise<void>): Promise<void> {
  const { hand, page: now } = desk;
  await now().waitForFunction(() => document.querySelector('#signing-documents') !== null && document.body.innerText.includes('Kiểm tra lại'), { timeout: 60_000 }).catch(async () => {
    throw new Error(`no review: ${now().url()}\n${await text(now())}`);
  });
  await now().waitForSelector('[data-signing-preview]');
  await waitForText(now(), '2 văn bản ký được');
  await picture();
  for (;;) {
    const opened = await now().$$eval('#signing-documents [role=option]', (all) => all.filter((one) => /Đã xem/.test((one as HTMLElement).innerText)).length);
    await hand.press('F8');
    if (opened === 2) break;
    await now().waitForFunction((before) => [...document.querySelectorAll('#signing-documents [role=option]')].filter((one) => /Đã xem/.test((one as HTMLElement).innerText)).length > before, { timeout: 60_000 }, opened);
  }
  await there(desk, '[name=token-pin]');
  await hand.type(pin);
  await hand.press('Enter');
  await now().waitForFunction((words) => document.body.innerText.includes(words), { timeout: 60_000 }, said).catch(async () => {
    throw new Error(`not signed:\n${await text(now())}`);
  });
  // The authority of the practice day answers; where it did not, the window says why.
  const told = await text(now());
  if (told.includes('đã ký, chưa có dấu thời gian')) throw new Error(`signed without a time:\n${told}`);
}

/** Leader: both with one PIN. */
export async function signBoth(desk: Desk, pin: string, picture: Picture): Promise<void> {
  await goTo(desk.page(), '#/outgoing?tab=signing');
  await desk.hand.tabToWords('Ký 2 văn bản');
  await desk.hand.press('Enter');
  await reviewAndSign(desk, pin, 'Đã ký 2/2 văn bản', () => picture('leader-signs'));
}

/** Clerk: number and date of both in one pass, and on to the seal with one PIN. */
export async function numberAndSeal(desk: Desk, pin: string, picture: Picture): Promise<void> {
  const { hand, page: now } = desk;
  await goTo(now(), '#/outgoing?tab=numbering');
  await hand.tabToWords('Cấp số cho 2 văn bản');
  await hand.press('Enter');
  await there(desk, 'dialog[open] [name=day]');
  await see(desk, 'dialog[open]', /…\/\S*UBND/);
  await hand.press('Control+Enter');
  await see(desk, 'dialog[open]', 'Đã cấp 2 số');
  await hand.tabToWords('Đóng dấu 2 văn bản');
  await hand.press('Enter');
  await reviewAndSign(desk, pin, 'Đã đóng dấu 2/2 văn bản', () => picture('clerk-seals'));
}

/** Clerk: both are issued, and wait in the outbox for both partners. */
export async function issueBoth(desk: Desk): Promise<void> {
  const { hand, page: now } = desk;
  await goTo(now(), '#/outgoing?tab=issuing');
  for (const subject of both) {
    await choose(now(), subject);
    await see(desk, acts, 'Phát hành');
    await hand.press('F8');
    await there(desk, 'dialog[open] form');
    await hand.press('Control+Enter');
    await see(desk, acts, /Đã phát hành \d+\/\S+/);
  }
}
