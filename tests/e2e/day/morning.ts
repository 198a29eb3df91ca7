import { acts, list, see, there, type Desk } from './desk.ts';
import { shown } from './papers.ts';
import type { MadeDocument } from '../../bench/documents.ts';

/** Văn bản đến, the list in hand. */
export async function toIncoming({ page, hand }: Desk): Promise<void> {
  await hand.press('Alt+1');
  await see({ page, hand }, 'h1', 'Văn bản đến');
  await there({ page, hand }, `${list}:focus [role=row]`);
}

export type Arrived = {
  /** which of those that came, the oldest first */
  readonly from: number;
  readonly to: number;
  /** which of them go back to their senders */
  readonly refused: ReadonlySet<number>;
  /** the last number given before */
  readonly given: number;
};

/** Enters what the axis brought, from the list in hand, the oldest first. Answers the last number given. */
export async function registerArrived(desk: Desk, { from, to, refused, given }: Arrived): Promise<number> {
  const { hand } = desk;
  await hand.press('End');
  // The end of a long list is fetched when it is asked for.
  await desk.page().waitForFunction(() => location.hash.includes('id='));
  for (let up = 0; up < from; up += 1) await hand.press('ArrowUp');
  let number = given;
  for (let nth = from; nth < to; nth += 1) {
    if (nth > from) await hand.press('ArrowUp');
    if (refused.has(nth)) {
      await hand.press('Delete');
      await there(desk, 'dialog[open] textarea');
      await hand.type('Gửi trùng với văn bản đã nhận');
      await hand.press('Control+Enter');
      await see(desk, '[data-pane=reading]', 'trả lại');
    } else {
      number += 1;
      await hand.press('F8');
      await see(desk, acts, new RegExp(`Số đến ${String(number)}\\D`));
    }
  }
  return number;
}

/** Thêm văn bản đến, from the list. */
async function toIntake(desk: Desk): Promise<void> {
  if ((await desk.page().$('input[data-intake=files]')) !== null) return;
  await desk.hand.press('F9');
  await desk.page().waitForSelector('input[data-intake=files]');
}

/** Takes files in and enters one after another; what the page does not tell is typed. */
export async function registerFiles(desk: Desk, paths: readonly string[], from: number, twice: number): Promise<number> {
  const { hand, page } = desk;
  await toIntake(desk);
  await hand.pick(() => hand.press('Control+O'), paths);
  let number = from;
  for (const _ of paths) {
    await page().waitForFunction(() => (document.querySelector<HTMLInputElement>('form [name=codeNumber]')?.value ?? '') !== '', { timeout: 60_000 });
    number += 1;
    await hand.press('F8');
    await see(desk, 'main', new RegExp(`Số đến ${String(number)}\\D`));
  }
  // Some come once more by another way; the program says so, and they are put away.
  await hand.pick(() => hand.press('Control+O'), paths.slice(0, twice));
  for (let nth = 0; nth < twice; nth += 1) {
    await see(desk, 'main', 'có thể trùng với văn bản này');
    await hand.press('Alt+Delete');
    await there(desk, 'dialog[open]');
    await hand.tabToWords('Bỏ tệp');
    await hand.press('Enter');
    await there(desk, 'dialog[open]', true);
  }
  return number;
}

/** The fields of a paper document in the order of the form. */
function fieldsOf(paper: MadeDocument): readonly (readonly [name: string, value: string])[] {
  return [
    ['codeNumber', paper.codeNumber],
    ['codeNotation', paper.codeNotation],
    ['issuedDate', shown(paper.issuedDate)],
    ['typeName', paper.typeName],
    ['subject', paper.subject],
    ['issuerName', paper.issuer.name],
    ['signerName', paper.signer.name],
    ['signerPosition', paper.signer.position],
  ];
}

/** Enters documents on paper, one form after another; with `meanwhile` the first one only until half of it is typed. */
export async function registerPaper(desk: Desk, papers: readonly MadeDocument[], from: number, meanwhile?: () => Promise<void>): Promise<number> {
  const { hand, page } = desk;
  await toIntake(desk);
  await hand.press('Alt+N');
  let number = from;
  for (const paper of papers) {
    await page().waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.name === 'codeNumber' && (document.activeElement as HTMLInputElement).value === '', { timeout: 60_000 });
    for (const [name, value] of fieldsOf(paper)) {
      await hand.tabTo(`form [name=${name}]`);
      await hand.type(value);
      if (meanwhile !== undefined && name === 'subject') {
        await meanwhile();
        return number;
      }
    }
    number += 1;
    await hand.press('F8');
    await see(desk, 'main', new RegExp(`Số đến ${String(number)}\\D`));
  }
  return number;
}
