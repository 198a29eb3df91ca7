import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { openChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';

/**
 * `npm run pictures`: photographs the practice station for the documentation and for the eye. The one that the README
 * shows goes to `docs/pictures`, all of them to `out/pictures`. The day of three roles (`practice-day.test.ts`) is played once
 * more for its own, which go to `docs/pictures` as well.
 */
const project = fileURLToPath(new URL('../../', import.meta.url));
const out = join(project, 'out/pictures');
const profile = mkdtempSync(join(tmpdir(), 'tvt-pictures-'));
mkdirSync(out, { recursive: true });
mkdirSync(join(project, 'docs/pictures'), { recursive: true });

const link = forkCore({ entry: join(project, 'dist/electron/core-worker.js'), log: console.error });
void link.open({ profileDir: profile, key: { ok: true, value: randomBytes(32) }, practice: true, version: '0.1.0' });
const host = await openChromiumHost({ link, rendererDir: join(project, 'dist/renderer'), log: () => undefined, headless: true });
const { page } = host;

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));

async function press(section: number): Promise<void> {
  await page.keyboard.down('Alt');
  await page.keyboard.press(`Digit${String(section) as '1'}`);
  await page.keyboard.up('Alt');
  await settled();
}

async function shoot(window: Page, name: string): Promise<void> {
  await window.screenshot({ path: join(out, `${name}.png`) });
}

/** The connection test with its steps, in the middle of the window. */
async function shootConnectionTest(size: string): Promise<void> {
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

await page.waitForSelector('[role="grid"] [role="row"]');
for (const [theme, width, height] of [['light', 1366, 768], ['dark', 1366, 768], ['light', 1920, 1080]] as const) {
  const size = `${theme}-${String(width)}`;
  await page.setViewport({ width, height });
  await page.evaluate((chosen) => {
    localStorage.setItem('tvt.preferences', JSON.stringify({ language: 'vi', theme: chosen, density: 'comfortable' }));
  }, theme);
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.waitForSelector('nav');
  await press(1);
  await page.focus('[role="grid"]');
  await page.keyboard.press('Home');
  for (let down = 0; down < 4; down += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('canvas');
  await settled();
  if (size === 'light-1366') await page.screenshot({ path: join(project, 'docs/pictures/incoming.png') });
  await shoot(page, `incoming-${size}`);
  if (theme === 'light') {
    // Once: pressed again it begins the step after.
    if (size === 'light-1366') await page.keyboard.press('F8');
    await settled();
    await shoot(page, `registered-${size}`);
  }
  for (const [section, name] of [[3, 'outbox'], [7, 'settings'], [6, 'token']] as const) {
    await press(section);
    await shoot(page, `${name}-${size}`);
    if (name === 'settings') await shootConnectionTest(size);
  }
}
await host.close();
rmSync(profile, { recursive: true, force: true });

const vitest = join(project, 'node_modules/vitest/vitest.mjs');
const env = { ...process.env, TVT_DAY_SHOTS: join(project, 'docs/pictures') };
process.exitCode = spawnSync(process.execPath, [vitest, 'run', 'tests/e2e/practice-day.test.ts'], { cwd: project, env, stdio: 'inherit' }).status ?? 1;
