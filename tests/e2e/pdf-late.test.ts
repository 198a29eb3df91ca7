import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import { drawnDocument, plainLayout } from '../fakes/intake/drawn-document.ts';
import { factsOf } from '../fakes/intake/facts.ts';
import { fonts } from '../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

test('a file that was left before it could be drawn is not fetched any more: it may be registered or put away by then', async () => {
  station = await openStation();
  const { page } = station;
  // On a slow machine the part of the program that draws PDFs comes late; here, when it is let go.
  const session = await page.createCDPSession();
  const held: string[] = [];
  session.on('Fetch.requestPaused', ({ requestId }) => held.push(requestId));
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/assets/pdf-*.js' }] });
  const folder = scratchFolder();
  const paths = await Promise.all([1, 2].map(async (number) => {
    const path = join(folder, `${String(number)}.pdf`);
    writeFileSync(path, await drawnDocument({ ...factsOf(3), number: String(4710 + number), notation: 'BNV-VP' }, plainLayout, fonts));
    return path;
  }));
  await page.waitForSelector('nav');
  await page.keyboard.press('F9');
  const input = (await page.waitForSelector('input[data-intake=files]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
  await waitForText(page, '2.pdf');
  const holds = (number: string) => page.waitForFunction((value) => document.querySelector<HTMLInputElement>('form [name=codeNumber]')?.value === value, { timeout: 60_000 }, number);
  await holds('4711');
  await expect.poll(() => held.length).toBe(1);
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
  await holds('4712');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  for (const requestId of held) await session.send('Fetch.continueRequest', { requestId });
  await page.waitForSelector('canvas');
  expect(new Set(fetched.filter((path) => path.startsWith('/files/'))).size).toBe(1);
  expect(station.complaints).toEqual([]);
});
