import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { documentMessage } from '../fakes/station/messages.ts';
import { dress, exchangeOnce, goTo, looks, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

test('the list that a key leads to has the focus however late it comes; whoever points elsewhere meanwhile is left there', async () => {
  station = await openStation(async (axis) => {
    for (const number of ['11', '12']) await axis.control.deliver(documentMessage({ number }));
  }, undefined, async (start) => {
    const core = await start();
    await exchangeOnce(core);
    await core.close();
  });
  const { page, corePid } = station;
  /** Goes by Alt+1 to a list that has not been shown yet, while the core answers nothing for a while. */
  const late = async (meanwhile: () => Promise<void>): Promise<void> => {
    await goTo(page, '#/settings?tab=general');
    await dress(page, looks[0]);
    await waitForText(page, 'Tên cơ quan');
    process.kill(corePid, 'SIGSTOP');
    try {
      await page.keyboard.down('Alt');
      await page.keyboard.press('Digit1');
      await page.keyboard.up('Alt');
      await page.waitForFunction(() => location.hash.startsWith('#/incoming'));
      await meanwhile();
    } finally {
      process.kill(corePid, 'SIGCONT');
    }
    await page.waitForSelector('#incoming-0');
  };
  await late(async () => {
    await pause(3000);
  });
  await page.waitForSelector('[data-pane=list] [role=grid]:focus');
  await late(() => page.mouse.click(600, 30));
  await waitForText(page, '11/BNV-VP');
  await pause(500);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).not.toBe('grid');
  expect(station.complaints).toEqual([]);
});
