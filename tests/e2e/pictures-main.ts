import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { openChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';
import { guideToken, photographGuide } from './guide-pictures.ts';
import { dress } from './office.ts';
import { photograph, settled } from './palette-png.ts';

/**
 * `npm run pictures`: photographs the practice station for the documentation and for the eye. Those that the README and
 * the user's guide show go to `docs/pictures`, the others to `out/pictures`. The day of three roles (`practice-day.test.ts`)
 * is played once more for its own, which go to `docs/pictures` as well. With `--guide` only the guide's are made; they need
 * SoftHSM and OpenSSL.
 */
const project = fileURLToPath(new URL('../../', import.meta.url));
const out = join(project, 'out/pictures');
mkdirSync(out, { recursive: true });
mkdirSync(join(project, 'docs/pictures'), { recursive: true });

/** Opens a new practice station for some work, and takes all of it away again. */
async function inPractice(work: (page: Page) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'tvt-pictures-'));
  const link = forkCore({ entry: join(project, 'dist/electron/core-worker.js'), log: console.error });
  void link.open({ profileDir: profile, key: { ok: true, value: randomBytes(32) }, practice: true, version: '0.1.0' });
  const host = await openChromiumHost({ link, rendererDir: join(project, 'dist/renderer'), log: () => undefined, headless: true });
  await host.page.waitForSelector('[role="grid"] [role="row"]');
  try {
    await work(host.page);
  } finally {
    await host.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function press(page: Page, section: number): Promise<void> {
  await page.keyboard.down('Alt');
  await page.keyboard.press(`Digit${String(section) as '1'}`);
  await page.keyboard.up('Alt');
  await settled();
}

async function shoot(window: Page, name: string): Promise<void> {
  await window.screenshot({ path: join(out, `${name}.png`) });
}

/** The connection test with its steps, in the middle of the window. */
async function shootConnectionTest(page: Page, size: string): Promise<void> {
  await page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find((one) => /Kiểm tra kết nối/.test(one.innerText));
    button?.click();
  });
  await page.waitForSelector('ol li:nth-child(13)');
  await settled();
  await page.evaluate(() => {
    document.querySelector('ol')?.scrollIntoView({ block: 'end' });
  });
  await shoot(page, `connection-${size}`);
}

/** The screens that are looked at in three looks. */
async function photographScreens(page: Page): Promise<void> {
  for (const [theme, width, height] of [['light', 1366, 768], ['dark', 1366, 768], ['light', 1920, 1080]] as const) {
    const size = `${theme}-${String(width)}`;
    await page.setViewport({ width, height });
    await dress(page, { language: 'vi', theme });
    await press(page, 1);
    await page.focus('[role="grid"]');
    await page.keyboard.press('Home');
    for (let down = 0; down < 4; down += 1) await page.keyboard.press('ArrowDown');
    await page.waitForSelector('canvas');
    await settled();
    if (size === 'light-1366') await photograph(page, join(project, 'docs/pictures/incoming.png'));
    await shoot(page, `incoming-${size}`);
    if (theme === 'light') {
      // Once: pressed again it begins the step after.
      if (size === 'light-1366') await page.keyboard.press('F8');
      await settled();
      await shoot(page, `registered-${size}`);
    }
    for (const [section, name] of [[3, 'outbox'], [7, 'settings'], [6, 'token']] as const) {
      await press(page, section);
      await shoot(page, `${name}-${size}`);
      if (name === 'settings') await shootConnectionTest(page, size);
    }
  }
}

const guideOnly = process.argv.includes('--guide');
if (!guideOnly) await inPractice(photographScreens);
const token = await guideToken();
await inPractice(async (page) => {
  await dress(page, { language: 'vi', theme: 'light' });
  await photographGuide(page, join(project, 'docs/pictures'));
}).finally(token.close);

if (!guideOnly) {
  const vitest = join(project, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, TVT_DAY_SHOTS: join(project, 'docs/pictures') };
  process.exitCode = spawnSync(process.execPath, [vitest, 'run', 'tests/e2e/practice-day.test.ts'], { cwd: project, env, stdio: 'inherit' }).status ?? 1;
}
