import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DocumentVerdicts, HandlingDetail, IncomingSummary, OutgoingDetail, SignatureLabel } from '#contract';
import { practiceCorrespondents } from '../../electron/services/practice/index.ts';
import { printAll } from './day/books.ts';
import type { Desk } from './day/desk.ts';
import { handOn } from './day/hand.ts';
import { askWindow, text } from './office.ts';
import { photograph } from './palette-png.ts';
import { closeDossier, expectSame, fileIt, give, takeMinutes, takeOver } from './roles/archive.ts';
import { codeOf, giveBack, issuedOf, statusesComeBack, takeBack } from './roles/exchange.ts';
import { answered, beginIt, directIt, enterFile, morning, presentIt } from './roles/incoming.ts';
import { furnish, furnishArchive, openOutside, seats, type Outside } from './roles/office-of-roles.ts';
import { checkBoth, draftBoth, issueBoth, numberAndSeal, signBoth } from './roles/outgoing.ts';
import { judged } from './roles/results.ts';
import { sit } from './roles/seats.ts';
import { sendLetters } from './roles/theirs.ts';
import { openStation, type TestStation } from './station.ts';

/** The practice day through the window, for văn thư, lãnh đạo and lưu trữ; `tvt day` plays it without one. */

/** A folder for the pictures of the documentation (`npm run pictures`). */
const pictures = process.env['TVT_DAY_SHOTS'];
const opened: TestStation[] = [];
let outside: Outside;
beforeAll(async () => {
  outside = await openOutside();
}, 60_000);
afterEach(async () => {
  for (const station of opened.splice(0)) await station.close();
});
afterAll(() => outside.close());

async function station(...how: Parameters<typeof openStation>): Promise<TestStation> {
  const one = await openStation(...how);
  opened.push(one);
  await one.page.setViewport({ width: 1366, height: 768 });
  return one;
}

/** Photographs a window where pictures are wanted. */
function photographer(page: Page): (name: string) => Promise<void> {
  return async (name) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await photograph(page, join(pictures, `day-${name}.png`));
  };
}

function deskOf({ page }: TestStation): Desk {
  return { page: () => page, hand: handOn(() => page) };
}

test('the practice day in the window: five kinds of signatures, directed, drafted, checked, signed, sealed, sent, recalled both ways, answered, filed, handed over, printed; every judge agrees', { timeout: 600_000 }, async () => {
  const office = await station((axis) => sendLetters(axis, outside), practiceCorrespondents, async (start) => {
    const core = await start();
    await furnish(core, outside);
    await core.close();
  });
  const { axis, page } = office;
  const desk = deskOf(office);
  const { pin } = outside.token;
  const picture = photographer(page);

  await sit(desk, 'clerk');
  const arrived = await morning(desk, picture);
  await enterFile(desk, outside);
  await presentIt(desk, arrived.good, picture);
  await sit(desk, 'leader');
  await directIt(desk, arrived.good, picture);
  await sit(desk, 'officer');
  await beginIt(desk, arrived.good);
  await draftBoth(desk, arrived.good, outside);
  await sit(desk, 'unitHead');
  await checkBoth(desk, 'content', picture);
  await sit(desk, 'clerk');
  await checkBoth(desk, 'form', picture);
  await sit(desk, 'leader');
  await signBoth(desk, pin, picture);
  await sit(desk, 'clerk');
  await numberAndSeal(desk, pin, picture);
  await issueBoth(desk);
  const issued = await issuedOf(desk);
  const [reply, plan] = issued;
  if (reply === undefined || plan === undefined) throw new Error('two letters were issued');
  await statusesComeBack(desk, axis, issued, picture);
  await takeBack(desk, axis, plan);
  await giveBack(desk, axis, arrived.takenBack);
  const prints = await printAll(desk, join(outside.folder, 'prints'), true);
  await picture('clerk-report');

  await sit(desk, 'officer');
  await answered(desk, arrived.good, codeOf(reply));
  await fileIt(desk, arrived.good);
  expect(await text(page), 'that a batch has ended is told until somebody has seen it').not.toContain('Ký xong');
  await sit(desk, 'archivist');
  const dossier = await closeDossier(desk, codeOf(reply), picture);
  const packages = await give(desk);
  await picture('archivist-given');
  const archive = await station(undefined, undefined, async (start) => {
    const core = await start();
    await furnishArchive(core, outside);
    await core.close();
  });
  const minutes = await takeOver(deskOf(archive), archive, packages);
  await photographer(archive.page)('archive-taken');
  await takeMinutes(desk, minutes);
  await expectSame(desk, dossier, deskOf(archive));

  // What others see of it, and who is said to have done what.
  await expect.poll(() => saidOf(axis), { timeout: 60_000 }).toEqual(['01 ×6', '02 ×2', '03 ×4', '04 ×1', '05 ×1', '06 ×1', '13 ×1', '15 ×1', 'gui 01 ×1', 'gui 02 ×1', 'thu hoi 02 ×1']);
  const bySteps = (await askWindow<HandlingDetail>(page, 'handling', 'get', { id: arrived.good })).steps.map(({ act, by }) => [act, by]);
  expect(bySteps).toEqual([['register', seats.clerk], ['present', seats.clerk], ['direct', seats.leader], ['progress', seats.officer], ['finish', seats.officer]]);
  const { items } = await askWindow<{ items: IncomingSummary[] }>(page, 'records', 'incomingList', { state: 'refused', before: null, limit: 5 });
  expect(items.map(({ id }) => id).toSorted()).toEqual([arrived.changed, arrived.forged].toSorted());
  expect((await askWindow<DocumentVerdicts>(page, 'verification', 'ofDocument', { document: arrived.changed })).decision?.why).toBe('document-failed');
  for (const document of issued) {
    const labels = await askWindow<SignatureLabel[]>(page, 'signing', 'levels', { file: document.files[0]?.id ?? '' });
    expect(labels.map(({ signer, level }) => [signer, level])).toEqual([[seats.leader, 'LT'], ['Ủy ban nhân dân phường Luyện Tập', 'LT']]);
    expect(document).toMatchObject({ sealedBy: seats.clerk, issuedBy: seats.clerk });
  }
  expect((await askWindow<OutgoingDetail>(page, 'records', 'outgoingGet', { id: plan.id })).state).toBe('recalled');
  for (const { complaints } of opened) expect(complaints).toEqual([]);
  const { words, absent } = await judged(desk, { arrived, issued, packages, prints, axis }, outside);
  expect(words.filter(({ ok }) => !ok)).toEqual([]);
  expect(absent).toEqual([]);
  expect(new Set(words.map(({ judge }) => judge)).size).toBe(15);
});

/** What we have sent, and how often. */
async function saidOf(axis: TestStation['axis']): Promise<readonly string[]> {
  const { sent } = await axis.control.inspect();
  const messages = await Promise.all(sent.map(async ({ docId }) => Buffer.from(await axis.control.bytesOf(docId)).toString('utf8')));
  const kinds = messages.map((xml) => {
    const [, code] = /<edXML:StatusCode>(\d+)/.exec(xml) ?? [];
    const [, number = ''] = /<edXML:CodeNumber>([^<]*)/.exec(xml) ?? [];
    return code ?? `${xml.includes('<edXML:BussinessDocType>1<') ? 'thu hoi' : 'gui'} ${number}`;
  });
  return [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => `${kind} ×${String(all.length)}`).toSorted();
}
