import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openProfile, taker } from '../../fakes/handover/profile.ts';

/**
 * A program that takes a receipt into the holdings and dies by SIGKILL: before (even) or after (odd) its n-th commit, or once so many
 * more files are in the file store; 0: never.
 */
const { folder, key, receipt, commit, files } = JSON.parse(process.argv[2] ?? '') as { folder: string; key: string; receipt: string; commit: number; files: number };
const profile = await openProfile(folder, taker, { key: Buffer.from(key, 'hex') });
const now = await profile.must('handover', 'receipt', { id: receipt });

let commits = 0;
const database = Database.prototype as { exec: (text: string) => unknown };
const exec = database.exec;
database.exec = function (this: unknown, text) {
  if (text !== 'COMMIT') return exec.call(this, text);
  commits += 1;
  if (commits === commit && commit % 2 === 0) process.kill(process.pid, 'SIGKILL');
  const answer = exec.call(this, text);
  if (commits === commit) process.kill(process.pid, 'SIGKILL');
  return answer;
};
const stored = (): number => readdirSync(join(folder, 'blobs'), { recursive: true }).length;
const before = stored();
if (files > 0) setInterval(() => {
  if (stored() - before >= files) process.kill(process.pid, 'SIGKILL');
}, 1);
const done = await profile.must('handover', 'conclude', { id: now.id, version: now.version, number: '7/BB', archive: true });
process.stdout.write(JSON.stringify({ commits, state: done.state }), () => process.exit(0));
