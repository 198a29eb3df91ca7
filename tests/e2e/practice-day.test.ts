import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceCorrespondents } from '../../electron/services/practice/index.ts';
import { handOn } from './day/hand.ts';
import type { Desk } from './day/desk.ts';
import { answered, beginIt, directIt, enterFile, morning, presentIt } from './roles/incoming.ts';
import { furnish, openOutside, type Outside } from './roles/office-of-roles.ts';
import { checkBoth, draftBoth, issueBoth, numberAndSeal, signBoth } from './roles/outgoing.ts';
import { sit } from './roles/seats.ts';
import { sendLetters } from './roles/theirs.ts';
import { openStation, type TestStation } from './station.ts';

/** The practice day through the window, for văn thư, lãnh đạo and lưu trữ; `tvt day` plays it without one. */

/** A folder for the pictures of the documentation (`npm run pictures`). */
const pictures = process.env['TVT_DAY_SHOTS'];
let outside: Outside;
let station: TestStation | undefined;
beforeAll(async () => {
  outside = await openOutside();
}, 60_000);
afterAll(async () => {
  await station?.close();
  await outside.close();
});

test('a day', { timeout: 300_000 }, async () => {
  const began = performance.now();
  const lap = (what: string): void => void process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} ${what}\n`);
  station = await openStation((axis) => sendLetters(axis, outside), practiceCorrespondents, async (start) => {
    const core = await start();
    await furnish(core, outside);
    await core.close();
  });
  const opened = station;
  lap('open');
  await opened.page.setViewport({ width: 1366, height: 768 });
  const hand = handOn(() => opened.page);
  const desk: Desk = { page: () => opened.page, hand };
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await opened.page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  try {
    await sit(desk, 'clerk');
    const arrived = await morning(desk, picture);
    lap('morning');
    await enterFile(desk, outside);
    await presentIt(desk, arrived.good, picture);
    lap('presented');
    await sit(desk, 'leader');
    await directIt(desk, arrived.good, '30/11/2026', picture);
    await sit(desk, 'officer');
    await beginIt(desk, arrived.good);
    lap('begun');
    await draftBoth(desk, arrived.good, outside);
    lap('drafted');
    await sit(desk, 'unitHead');
    await checkBoth(desk, 'content');
    await sit(desk, 'clerk');
    await checkBoth(desk, 'form');
    lap('checked');
    await sit(desk, 'leader');
    await signBoth(desk, outside.token.pin, picture);
    lap('signed');
    await sit(desk, 'clerk');
    await numberAndSeal(desk, outside.token.pin, picture);
    await issueBoth(desk);
    lap('issued');
    await sit(desk, 'officer');
    await answered(desk, arrived.good, '01/UBND-KTHTĐT');
  } catch (error) {
    await opened.page.screenshot({ path: '/tmp/shots/windowday-fail.png' });
    throw error;
  }
  expect(opened.complaints).toEqual([]);
});
