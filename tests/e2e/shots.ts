import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';

/** With `TVT_SHOTS=<folder>` leaves the screen as it stands, in light and dark at 1366 × 768, to be looked at; nothing otherwise. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['TVT_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.setViewport({ width: 1366, height: 768 });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
  }
}
