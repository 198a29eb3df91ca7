import { afterEach, expect, test } from 'vitest';
import { openStore, run, sql } from '../../electron/store/index.ts';
import { violationsOn } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

test('the foot of the window says that stored files are bad, as long as nobody has taken note', async () => {
  station = await openStation();
  const bad = (noted: boolean) => (folder: string, key: Buffer): void => {
    const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
    if (!opened.ok) throw new Error(opened.failure.code);
    opened.value.write((db) =>
      run(
        db,
        noted
          ? sql`UPDATE fixity_bad SET noted_at = '2026-01-02T00:00:00.000Z', noted_by = 'A', noted_reason = 'r'`
          : sql`INSERT INTO fixity_bad (id, content, size, harm, detail, found_at, last_seen_at) VALUES ('b', ${'a'.repeat(64)}, 1, 'missing', '', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`,
      ),
    );
    opened.value.close();
  };
  const words = '1 tệp lưu bị hỏng hoặc mất';
  await station.restart(bad(false));
  await station.page.waitForFunction((wanted) => document.querySelector('footer')?.innerText.includes(wanted) === true, { timeout: 60_000 }, words);
  expect(await violationsOn(station.page)).toEqual([]);
  await station.restart(bad(true));
  await station.page.waitForSelector('footer a[href="#/duties"]');
  expect(await station.page.evaluate(() => document.querySelector('footer')?.innerText ?? '')).not.toContain('bị hỏng');
});
