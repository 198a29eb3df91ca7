import axe from 'axe-core';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Carrier, Contract, Delivery, Outcome, OutgoingDetail, OutputOf } from '#contract';
import type { Core } from '../../electron/hosts/compose.ts';
import { emptyAgency, emptyStaff } from '../../electron/services/exchange/edxml/model.ts';
import { wireInstant } from '../../electron/services/exchange/edxml/values.ts';
import { writeStatus } from '../../electron/services/exchange/edxml/write.ts';
import { ownAgency } from '../fakes/station/messages.ts';

/** What the tests of the exchange screens share: documents of our own, statuses of others, and looking at the window. */

export type Party = { readonly code: string; readonly name: string };

/** Asks a core as its own window would. */
export async function ask<T>(core: Core, domain: string, method: string, input: unknown): Promise<T> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value as T;
}

export type OwnDocument = {
  readonly number: string;
  readonly to: readonly Party[];
  readonly urgency?: number;
  readonly subject?: string;
  readonly pdf?: Uint8Array;
};

/** Writes down an issued document of ours and puts it into the outbox. */
export async function sendOwn(core: Core, document: OwnDocument): Promise<OutgoingDetail> {
  const bytes = document.pdf ?? Buffer.from(`%PDF-1.4 ${document.number}`);
  const blob = await core.storeFile(
    (async function* () {
      yield bytes;
    })(),
  );
  const recorded = await ask<OutgoingDetail>(core, 'records', 'recordOutgoing', {
    codeNumber: document.number,
    codeNotation: 'UBND-VP',
    issuedDate: '2026-11-20',
    place: 'Luyện Tập',
    typeName: 'Công văn',
    subject: document.subject ?? `V/v báo cáo công tác văn thư số ${document.number}`,
    urgency: document.urgency ?? 0,
    dueDate: null,
    signerName: 'Trần Văn Chủ Tịch',
    signerPosition: 'CHỦ TỊCH',
    signerCompetence: '',
    toPlaces: ['Như trên', 'Lưu: VT'],
    pageAmount: 1,
    paper: false,
    files: [{ name: `${document.number}.pdf`, mediaType: 'application/pdf', size: blob.size, sha256: blob.sha256 }],
    repliesTo: null,
  });
  await ask<Delivery[]>(core, 'exchange', 'sendDocument', {
    document: recorded.id,
    recipients: document.to.map(({ code, name }) => ({ organId: code, name })),
  });
  return recorded;
}

/** Polls the axis and sends what waits. */
export function exchangeOnce(core: Core): Promise<OutputOf<Contract['exchange']['receiveNow']>> {
  return ask(core, 'exchange', 'receiveNow', {});
}

export type Said = {
  readonly from: Party;
  readonly code: string;
  readonly about: Pick<OutgoingDetail, 'documentId' | 'codeNumber' | 'codeNotation' | 'issuedDate'>;
  readonly note?: string;
  readonly at?: Date;
};

/** A status of another agency about a document of ours, or with 13 about one of its own, as .edxml bytes. */
export function statusFrom({ from, code, about, note = '', at = new Date() }: Said, documentOf: string = ownAgency.code): Uint8Array {
  const written = writeStatus({
    from: { ...emptyAgency, organId: from.code, organName: from.name },
    responseFor: {
      organId: documentOf,
      code: `${about.codeNumber}/${about.codeNotation}`,
      promulgationDate: about.issuedDate.replaceAll('-', '/'),
      documentId: about.documentId,
    },
    staff: { ...emptyStaff, staff: 'Nguyễn Thị Văn Thư' },
    statusCode: code,
    description: note,
    timestamp: wireInstant(at),
  });
  if (!written.ok) throw new Error(JSON.stringify(written.failure));
  return written.value;
}

export const text = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

export async function waitForText(page: Page, wanted: string, timeout = 60_000): Promise<void> {
  await page
    .waitForFunction((words) => document.body.innerText.includes(words), { timeout }, wanted)
    .catch(async () => {
      throw new Error(`not shown: ${wanted}\n--- shown instead:\n${await text(page)}`);
    });
}

export async function waitForNoText(page: Page, unwanted: string): Promise<void> {
  await page.waitForFunction((words) => !document.body.innerText.includes(words), { timeout: 60_000 }, unwanted);
}

/** Waits for a tab with its count, in the row or among those behind its button. */
export async function waitForTab(page: Page, words: string): Promise<void> {
  await page
    .waitForFunction(
      (wanted) => [...document.querySelectorAll('[role=tab], [data-more-tabs]')].some((tab) => tab.textContent === wanted || tab.getAttribute('title')?.split(' · ').includes(wanted) === true),
      { timeout: 60_000 },
      words,
    )
    .catch(async () => {
      throw new Error(`no tab ${words}: ${(await page.$$eval('[role=tab]', (tabs) => tabs.map((tab) => tab.textContent))).join(' | ')}`);
    });
}

/** Goes to a place of the window, as a link would. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Presses a button by its words, or by those of the other language. */
export async function press(page: Page, ...words: readonly string[]): Promise<void> {
  const said = words.map((some) => `starts-with(normalize-space(.), "${some}")`).join(' or ');
  const button = await page.waitForSelector(`::-p-xpath(//button[${said}])`, { timeout: 60_000, visible: true });
  await button?.click();
}

/** Presses a button of the open dialog by its words. */
export async function pressInDialog(page: Page, words: string): Promise<void> {
  const button = await page.waitForSelector(`::-p-xpath(//dialog[@open]//button[normalize-space(.)="${words}"])`, { timeout: 60_000 });
  await button?.click();
}

/** What axe-core finds wrong with the window as it stands. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Colours change gently; what is judged is where they come to rest. What turns for ever (a wait) has no rest.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const gentle = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(gentle.map(({ finished }) => finished));
  });
  // Injected by the debugger, which the page's own policy does not govern; once is enough for one page.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as {
      axe: { run: (what: { resultTypes: string[] }) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await judge.run({ resultTypes: ['violations'] })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`);
  });
}

/** Looks of the window under which each view is judged. */
export const looks = [
  { language: 'vi', theme: 'light' },
  { language: 'vi', theme: 'dark' },
  { language: 'en', theme: 'contrast' },
] as const;

/** Sets the look and loads the window anew. */
export async function dress(page: Page, look: { readonly language: string; readonly theme: string }): Promise<void> {
  await page.evaluate((values) => {
    localStorage.setItem('tvt.preferences', JSON.stringify({ ...values, density: 'comfortable' }));
  }, look);
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.waitForSelector('nav');
}

/** Lets the browser save into a folder of the test without asking. */
export async function allowSaving(page: Page, folder: string): Promise<string> {
  const path = join(folder, `saved-${randomUUID()}`);
  mkdirSync(path, { recursive: true });
  const session = await page.browser().target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: path });
  return path;
}

/** Asks the core behind the window through the window's own carrier, past the screens. */
export async function askWindow<T>(page: Page, domain: string, method: string, input: unknown): Promise<T> {
  const id = 4_000_000 + Math.floor(Math.random() * 1_000_000);
  return page.evaluate(
    (call) =>
      new Promise<unknown>((resolve, reject) => {
        const { tvt } = globalThis as unknown as { tvt: Carrier };
        tvt.listen(
          (message) => {
            if (message.id !== call.id || message.kind !== 'answer') return;
            const outcome = message.outcome as Outcome<unknown, string>;
            if (outcome.ok) resolve(outcome.value);
            else reject(new Error(outcome.failure.code));
          },
          () => {
            reject(new Error('core-gone'));
          },
        );
        tvt.send({ kind: 'call', ...call });
      }),
    { id, domain, method, input },
  ) as Promise<T>;
}

/** The bytes of a file as the window itself gets them. */
export async function fileBytes(page: Page, id: string): Promise<Buffer> {
  const base64 = await page.evaluate(async (file) => {
    const bytes = new Uint8Array(await (await fetch(`/files/${file}`)).arrayBuffer());
    let text = '';
    for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    return btoa(text);
  }, id);
  return Buffer.from(base64, 'base64');
}

/**
 * Puts letters into every text field of the window that takes so many, faster than anything is drawn, as a scanner of bar
 * codes does. Answers the fields, and those that have something else then.
 */
export function lettersAtOnce(page: Page, letters: string): Promise<{ readonly fields: string[]; readonly lost: string[] }> {
  return page.evaluate(async (all) => {
    const fields: string[] = [];
    const lost: string[] = [];
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[type=text], input[type=search], textarea')) {
      if (field.readOnly || field.disabled || (field.maxLength !== -1 && field.maxLength < all.length) || field.inputMode === 'numeric') continue;
      const name = field.name || (field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? field.placeholder);
      const before = field.value;
      field.focus();
      for (const letter of all) {
        field.setRangeText(letter, field.value.length, field.value.length, 'end');
        field.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }));
        // What follows at once is done; nothing that waits for its turn is.
        for (let n = 0; n < 5; n += 1) await Promise.resolve();
      }
      fields.push(name);
      if (field.value !== before + all) lost.push(`${name}: ${field.value}`);
    }
    return { fields, lost };
  }, letters);
}
