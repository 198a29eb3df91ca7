import { afterEach, expect, test } from 'vitest';
import { recordArrival } from '../../electron/services/records/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { arrival } from '../bench/profile.ts';
import { goTo, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

const arrived = 3500;

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

test('a filter looks through the first rows of a long list and says so, rather than fetching a whole register', async () => {
  station = await openStation();
  await station.restart((folder, key) => {
    const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
    if (!opened.ok) throw new Error(opened.failure.code);
    opened.value.write((db) => {
      for (let n = 1; n <= arrived; n += 1) recordArrival(db, arrival(n), () => undefined, 'UBND');
    });
    opened.value.close();
  });
  const { page } = station;
  await page.waitForSelector('nav');
  await goTo(page, '#/incoming?state=arrived&q=huong dan');
  await waitForText(page, '2.100 văn bản khớp trong 2.100 văn bản đầu danh sách (tổng số 3.500). Tìm sâu hơn ở mục Tra cứu.');
  const shots = process.env['TVT_SHOTS'];
  if (shots !== undefined) await page.screenshot({ path: `${shots}-long-list.png` });
  expect(station.complaints).toEqual([]);
});
