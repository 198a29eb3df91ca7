import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { all, openStore, sql, type Store } from '../../../electron/store/index.ts';
import { putIncoming } from '../../fakes/keeping/archive.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { tvt } from './tvt.ts';

async function stationIn(folder: string): Promise<Store> {
  const key = await keyFile(folder).obtain(false);
  if (!key.ok) throw new Error(key.failure.code);
  const opened = openStore({ folder, key: key.value.key, programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

test('stored files are checked and mended from the terminal: a damaged and a lost one are named, and a copy of the profile mends them', async () => {
  const folder = join(scratchFolder(), 'profile');
  const profile = ['--profile', folder];
  expect(tvt(['status', ...profile]).exit).toBe(0);
  const store = await stationIn(folder);
  const one = await putIncoming(store, '101', 'một');
  const two = await putIncoming(store, '102', 'hai');
  store.close();
  expect(tvt(['fixity', 'check', '--all', ...profile]).out).toMatch(/Đã kiểm tra 4 tệp .*còn nguyên/);

  const backup = join(scratchFolder(), 'copy');
  cpSync(folder, backup, { recursive: true });
  const path = (sha256: string): string => join(folder, 'blobs', sha256.slice(0, 2), sha256);
  const bytes = readFileSync(path(one.sha256));
  bytes[30] = (bytes[30] ?? 0) ^ 255;
  writeFileSync(path(one.sha256), bytes);
  rmSync(path(two.sha256));
  const found = tvt(['fixity', 'check', '--all', '--json', ...profile]);
  expect(found.exit).toBe(1);
  const { value } = JSON.parse(found.out) as { value: { bad: number; files: { sha256: string; harm: string; holders: { document: string }[] }[] } };
  expect(value.bad).toBe(2);
  expect(value.files.map(({ sha256, harm, holders }) => [sha256, harm, holders[0]?.document]).toSorted()).toEqual([[one.sha256, 'damaged', one.id], [two.sha256, 'missing', two.id]].toSorted());
  expect(tvt(['fixity', 'check', ...profile]).out).toMatch(/2 tệp hỏng hoặc mất/);

  expect(tvt(['fixity', 'repair', join(folder, 'không-có'), ...profile]).err).toMatch(/Không đọc được thư mục/);
  expect(tvt(['fixity', 'repair', ...profile]).exit).toBe(2);
  const mended = tvt(['fixity', 'repair', backup, ...profile]);
  expect(mended.out).toMatch(/khôi phục 2, còn hỏng 0/);
  expect(mended.exit).toBe(0);
  expect(tvt(['fixity', 'check', '--all', ...profile]).exit).toBe(0);
  const after = await stationIn(folder);
  expect(all(after.read, sql`SELECT action FROM audit_entry WHERE action = 'fixity.repaired'`)).toHaveLength(2);
  after.close();
});
