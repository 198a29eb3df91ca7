import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { practiceCorrespondents } from '../../../electron/services/practice/index.ts';
import { ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { program } from './tvt.ts';


test('the directory from the terminal: search before any axis, take the list over, search and show again', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: practiceCorrespondents, log: () => undefined });
  try {
    const folder = join(scratchFolder(), 'profile');
    const tvt = (...words: string[]): { exit: number | null; out: string; err: string } => {
      const ran = spawnSync(process.execPath, [program, ...words, '--profile', folder], { encoding: 'utf8', env: { ...process.env, AXIS: axis.secret } });
      return { exit: ran.status, out: ran.stdout, err: ran.stderr };
    };
    expect(tvt('directory', 'search', 'bo noi vu').out).toMatch(/^G09 \(000\.00\.00\.G09\) {2}Bộ Nội vụ/);
    expect(tvt('directory', 'show', '--code', 'h11').out).toMatch(/H11.*đã đóng 2025-06-30 → H36/);
    expect(tvt('directory', 'search').exit).toBe(2);
    expect(tvt('directory', 'search', 'x', '--limit', '0').exit).toBe(2);
    const without = tvt('directory', 'sync');
    expect([without.exit, without.err]).toEqual([1, expect.stringContaining('Hãy') as string]);
    tvt('settings', 'axis', '--endpoint', axis.endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1');
    expect(tvt('directory', 'sync')).toMatchObject({ exit: 0, out: expect.stringContaining('danh sách lấy lúc') as string });
    expect(tvt('directory', 'search', 'noi vu lam giang').out).toMatch(/^H99\.02 {2}Sở Nội vụ tỉnh Lam Giang/);
    expect(tvt('directory', 'groups').out).toBe('Chưa có nhóm nào.\n');
    expect(tvt('directory', 'show', '--code', 'H77').exit).toBe(1);
  } finally {
    await axis.stop();
  }
});
