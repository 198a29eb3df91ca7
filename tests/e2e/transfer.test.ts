import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openManifest, verifyExport } from '../../electron/services/transfer/index.ts';
import { ministry } from '../fakes/station/messages.ts';
import { dress, goTo, looks, press, sendOwn, violationsOn, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const withDocuments = (count: number, bytes: number): Promise<TestStation> =>
  openStation(undefined, undefined, async (start) => {
    const core = await start();
    for (let n = 1; n <= count; n += 1) await sendOwn(core, { number: String(n), to: [ministry], pdf: Buffer.alloc(bytes, `%PDF-1.4 ${String(n)} `) });
    await core.close();
  });

test('everything is exported from the settings into the folder that is shown, and the window says where it is; without a place it says why', async () => {
  station = await withDocuments(3, 5000);
  const { page, folder } = station;
  await goTo(page, '#/settings?tab=data');
  await waitForText(page, 'Bản xuất không được mã hóa');
  await waitForText(page, join(folder, 'Documents'));
  await press(page, 'Xuất toàn bộ dữ liệu');
  await waitForText(page, 'Đã xuất xong lúc');
  const [name = ''] = readdirSync(join(folder, 'Documents'));
  await waitForText(page, join(folder, 'Documents', name));
  const manifest = openManifest(join(folder, 'Documents', name));
  if (!manifest.ok) throw new Error(manifest.failure.code);
  expect(manifest.value.head.counts['outgoing-documents']).toBe(3);
  const { problems, manifestSha256 } = await verifyExport(join(folder, 'Documents', name), manifest.value);
  expect(problems).toEqual([]);
  await waitForText(page, manifestSha256);

  rmSync(join(folder, 'Documents'), { recursive: true });
  writeFileSync(join(folder, 'Documents'), 'a file where the folder was');
  await press(page, 'Xuất toàn bộ dữ liệu');
  await waitForText(page, 'Không còn ghi được vào');
  expect(station.complaints).toEqual([]);
});

test('an export that takes long shows how far it is and can be stopped', async () => {
  station = await withDocuments(40, 3_000_000);
  const { page, folder } = station;
  await goTo(page, '#/settings?tab=data');
  await press(page, 'Xuất toàn bộ dữ liệu');
  await waitForText(page, 'Đang ghi tệp');
  await press(page, 'Dừng xuất');
  await waitForText(page, 'Đã dừng xuất. Phần đã ghi đã được xóa.');
  expect(readdirSync(join(folder, 'Documents'))).toEqual([]);
});

test('the export passes axe in every look, before, while and after', async () => {
  station = await withDocuments(40, 3_000_000);
  const { page } = station;
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/settings?tab=data');
    await page.waitForSelector('[role=region] button');
    expect(await violationsOn(page), JSON.stringify(look)).toEqual([]);
  }
  await page.$eval('[role=region] section button', (button) => {
    (button as HTMLElement).click();
  });
  await page.waitForSelector('[role=progressbar]');
  expect(await violationsOn(page)).toEqual([]);
  await page.waitForSelector('[role=region] dl', { timeout: 60_000 });
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/settings?tab=data');
    await page.waitForSelector('[role=region] dl');
    expect(await violationsOn(page), JSON.stringify(look)).toEqual([]);
  }
});
