import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { registerFiles, toIncoming } from '../day/morning.ts';
import { see, there, type Desk } from '../day/desk.ts';
import { dayBefore, shown } from '../day/papers.ts';
import { goTo, waitForText } from '../office.ts';
import { seats, type Outside } from './office-of-roles.ts';
import { choose, type Picture } from './seats.ts';
import { departmentsPage, letters, takenBack, type LetterState } from './theirs.ts';

const pane = 'main';

export type Arrived = Readonly<Record<LetterState | 'takenBack', string>>;

/** The clerk's morning: what is well signed is registered, what is not goes back with the reason of its verdict, or in with the clerk's word. */
export async function morning(desk: Desk, picture: Picture): Promise<Arrived> {
  const { hand, page } = desk;
  const ids: Partial<Record<LetterState | 'takenBack', string>> = {};
  await toIncoming(desk);
  const words = { good: 'Chữ ký: Hợp lệ', changed: 'Chữ ký: Không hợp lệ', forged: 'Chữ ký: Chưa xác định được', expired: 'Chữ ký: Chưa xác định được', unsigned: 'Chữ ký: Không có chữ ký số' } as const;
  let number = 0;
  for (const { state, subject } of letters) {
    ids[state] = await choose(page(), subject);
    await waitForText(page(), words[state]);
    if (state === 'changed' || state === 'forged') {
      if (state === 'changed') {
        // A number is not given before somebody has said why all the same.
        await hand.press('F8');
        await see(desk, 'dialog[open]', 'Chữ ký cần xem lại trước khi vào sổ');
        await hand.press('Escape');
        await there(desk, 'dialog[open]', true);
        await picture('clerk-changed');
      }
      await hand.press('Delete');
      await there(desk, 'dialog[open] textarea');
      expect(await page().$eval('dialog[open] textarea', (one) => one.value), state).toMatch(/chữ ký|chứng thư/i);
      await hand.press('Control+Enter');
      await see(desk, pane, /Đã trả lại nơi gửi/);
      continue;
    }
    await hand.press('F8');
    if (state === 'expired') {
      await see(desk, 'dialog[open]', 'Chữ ký cần xem lại trước khi vào sổ');
      await hand.tabToWords('Đã gọi điện xác nhận với nơi gửi');
      await hand.press('Enter');
      await hand.press('Control+Enter');
    }
    number += 1;
    await see(desk, pane, new RegExp(`Số đến ${String(number)}\\D`));
  }
  ids.takenBack = await choose(page(), takenBack.subject);
  await waitForText(page(), words.unsigned);
  await hand.press('F8');
  await see(desk, pane, new RegExp(`Số đến ${String(number + 1)}\\D`));
  return ids as Arrived;
}

/** A letter that came as a file is entered with what its page tells. */
export async function enterFile(desk: Desk, { folder }: Outside): Promise<void> {
  const path = join(folder, 'van-ban-so-1999.pdf');
  writeFileSync(path, await departmentsPage(1999, 'hướng dẫn lập dự toán năm sau'));
  await registerFiles(desk, [path], 4, 0);
  await desk.hand.press('Escape');
}

/** Clerk: presented to the leader. */
export async function presentIt(desk: Desk, id: string, picture: Picture): Promise<void> {
  await goTo(desk.page(), `#/incoming?id=${id}`);
  await see(desk, pane, 'Trình lãnh đạo');
  await desk.hand.press('F8');
  await there(desk, 'dialog[open] [name=leaderName]');
  await desk.hand.press('Enter');
  await see(desk, pane, `Người làm tiếp: lãnh đạo – ${seats.leader}`);
  await picture('clerk-presented');
}

/** Leader: who leads, who joins, by when. */
export async function directIt({ page: now, hand }: Desk, id: string, picture: Picture): Promise<void> {
  const page = now();
  await goTo(page, `#/incoming?id=${id}`);
  await page.waitForSelector('textarea[name=text]', { timeout: 60_000 });
  await hand.press('F8');
  await page.waitForFunction(() => document.activeElement?.matches('textarea[name=text]') === true);
  await hand.type('Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì tham mưu trả lời; Văn phòng phối hợp.');
  await hand.tabTo('input[name=party]');
  for (const party of ['thi du', 'hoc viec']) {
    await hand.type(party);
    await page.waitForSelector('[role=option][aria-selected=true]');
    await hand.press('Enter');
  }
  await hand.tabTo('input[name=deadline]');
  await hand.type(shown(dayBefore(-7)));
  await picture('leader-directs');
  await hand.press('Control+Enter');
}

/** Officer: work begins. */
export async function beginIt(desk: Desk, id: string): Promise<void> {
  await goTo(desk.page(), `#/incoming?id=${id}`);
  await see(desk, pane, 'Bắt đầu xử lý');
  await desk.hand.press('F8');
  await there(desk, 'dialog[open] textarea');
  await desk.hand.press('Control+Enter');
  await see(desk, pane, 'Hoàn thành');
}

/** Officer: done, answered by a letter of ours. */
export async function answered(desk: Desk, id: string, code: string): Promise<void> {
  await goTo(desk.page(), `#/incoming?id=${id}`);
  await see(desk, pane, 'Hoàn thành');
  await desk.hand.press('F8');
  await there(desk, 'dialog[open] [role=radiogroup]');
  await see(desk, 'dialog[open]', code);
  await desk.hand.press('Control+Enter');
  await there(desk, 'dialog[open]', true);
}
