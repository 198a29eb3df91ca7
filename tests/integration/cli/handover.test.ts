import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { giver, openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { makeYear } from '../../fakes/handover/year.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, program, tvt } from './tvt.ts';


/** A profile of the terminal program with a year's work in it. */
async function stationWith(folder: string, office: { readonly organId: string; readonly name: string }, fill: (profile: Profile) => Promise<unknown>): Promise<void> {
  expect(json(['settings', 'station', '--profile', folder, '--organ-id', office.organId, '--name', office.name, '--operator', 'Lưu trữ viên']).ok).toBe(true);
  const key = await keyFile(folder).obtain(false);
  if (!key.ok) throw new Error(key.failure.code);
  const profile = await openProfile(folder, office, { key: Buffer.from(key.value.key) });
  await fill(profile);
  await profile.core.close();
}

/** Starts `handover package` and ends it by SIGKILL once a package is there; answers how many were whole. */
async function killedPackaging(words: readonly string[], folder: string): Promise<number> {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const whole = (): number => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.zip')).length : 0);
  while (whole() === 0 && child.exitCode === null) await pause(5);
  child.kill('SIGKILL');
  await ended;
  return whole();
}

/** Ends a call by SIGKILL, a little later each time, until it comes to its end; answers how often it was killed. */
async function killedAgainAndAgain(words: readonly string[]): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
    const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => { resolve(code === 0); }));
    const limit = setTimeout(() => child.kill('SIGKILL'), 600 + kills * 150);
    const isDone = await ended;
    clearTimeout(limit);
    if (isDone) return kills;
    if (kills > 60) throw new Error('it never ends');
  }
}

test('both sides from the terminal: packaging and taking over go on after kills, nothing comes twice, and the minutes come home', async () => {
  const root = scratchFolder();
  const [from, to, folder] = [join(root, 'giver'), join(root, 'taker'), join(root, 'packages')];
  await stationWith(from, giver, (profile) => makeYear(profile, { documents: 60, dossiers: 6 }));
  await stationWith(to, taker, () => Promise.resolve());
  const made = json(['handover', 'make', '--profile', from, '--title', 'Tài liệu năm 2025', '--archive-name', taker.name, '--archive-code', taker.organId, '--year', '2025', '--agreement', '01.BN.1.2026']);
  expect(made.value['batch']).toMatchObject({ state: 'draft', totals: { dossiers: 6, documents: 60 } });
  const { id } = made.value['batch'] as { id: string };
  const checked = tvt(['handover', 'check', '--profile', from, '--batch', id]);
  expect(checked).toMatchObject({ exit: 0, out: expect.stringContaining('0 nhận xét chặn') });
  expect(checked.out).toMatch(/Nhận xét của hồ sơ H29\.61\.2025\.0\d\.VP: Việc theo văn bản \d+\/STC-NS chưa giải quyết xong\.\n/);
  const words = ['handover', 'package', '--profile', from, '--batch', id, '--to', folder, '--seen'];
  expect(json(words.slice(0, -1)).failure.code).toBe('handover-remarks-unseen');
  expect(await killedPackaging(words, folder)).toBeGreaterThan(0);
  const packaged = json([...words, '--hand', '2026-11-22']);
  expect(packaged.value['batch']).toMatchObject({ state: 'handed', built: 6 });
  expect(readdirSync(folder).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  const received = json(['handover', 'receive', folder, '--profile', to, '--title', 'Tài liệu năm 2025', '--sender-name', giver.name, '--sender-code', giver.organId, '--registered', '6', '--decide']);
  expect(received.value['receipt']).toMatchObject({ state: 'open', packages: 6, passed: 6, totals: { accepted: 6 } });
  const { id: receipt } = received.value['receipt'] as { id: string };
  const conclude = ['handover', 'receive', '--profile', to, '--receipt', receipt, '--conclude', '--number', '07/BB'];
  const kills = await killedAgainAndAgain(conclude);
  expect(kills).toBeGreaterThan(0);
  expect(tvt(conclude).exit).toBe(0);
  expect(json([...conclude.slice(0, -1), '08/BB']).failure.code).toBe('receipt-step');
  expect(json(['handover', 'receive', '--profile', to, '--receipt', receipt]).value['receipt']).toMatchObject({ state: 'concluded', acceptedEver: 6 });
  expect((json(['dossier', 'list', '--profile', to]).value as unknown as { items: unknown[] }).items).toHaveLength(6);
  expect(json(['audit', 'verify', '--profile', to]).ok).toBe(true);
  const minutes = join(root, 'bien-ban.json');
  expect(json(['handover', 'minutes', '--profile', to, '--receipt', receipt, '--format', 'json', '--to', minutes]).ok).toBe(true);
  const answered = tvt(['handover', 'minutes', minutes, '--profile', from]);
  expect(answered).toMatchObject({ exit: 0, out: expect.stringContaining('đã được tiếp nhận') });
  const list = join(root, 'muc-luc.pdf');
  expect(tvt(['handover', 'minutes', '--profile', from, '--batch', id, '--list', 'permanent', '--to', list]).exit).toBe(0);
  expect(readFileSync(list).subarray(0, 5).toString()).toBe('%PDF-');
  expect(json(['handover', 'minutes', minutes, '--profile', from]).failure).toMatchObject({ code: 'batch-step', sentence: expect.stringContaining('bước') });
});
