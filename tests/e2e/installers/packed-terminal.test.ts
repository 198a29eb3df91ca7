import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { cleanUp, startDouble } from '../../integration/hosts/desktop-run.ts';
import { fonts } from '../../unit/practice/pdf-tools.ts';
import { ownFolder, pack, project, takenOut } from './packing.ts';

/**
 * The command line of the installed program, as the wrapper of the Debian package calls it, under the double of Electron in
 * whose utility processes nothing may be forked.
 */
let appPath: string;
beforeAll(async () => {
  appPath = takenOut(await pack('linux'));
});
afterEach(cleanUp);

async function tvt(...words: readonly string[]): Promise<{ readonly code: number | null; readonly said: string; readonly userData: string }> {
  const run = await startDouble({ appPath, program: join(appPath, 'dist/electron/main.js'), args: ['--tvt', '--', ...words], noWait: true });
  const code = await run.exited;
  return { code, said: run.output(), userData: run.userData };
}

describe('tvt of the installed program', () => {
  it('says what it can do, and leaves the stations of this user alone', async () => {
    const { code, said, userData } = await tvt('help');
    expect(said).toContain('tvt restore --from DIR');
    expect(code).toBe(0);
    expect(existsSync(join(userData, 'profiles'))).toBe(false);
  });

  it('opens a profile whose passphrase it is given', async () => {
    process.env['TVT_TEST_WORDS'] = 'một mật khẩu đủ dài';
    const folder = join(ownFolder('terminal'), 'tram');
    const first = await tvt('status', '--profile', folder, '--passphrase-env', 'TVT_TEST_WORDS', '--json');
    expect([first.code, JSON.parse(first.said)]).toMatchObject([0, { ok: true, value: { folder, state: 'open' } }]);
    expect(readdirSync(folder)).toContain('passphrase.key.json');
    process.env['TVT_TEST_WORDS'] = 'một mật khẩu khác hẳn';
    const wrong = await tvt('status', '--profile', folder, '--passphrase-env', 'TVT_TEST_WORDS', '--json');
    expect([wrong.code, JSON.parse(wrong.said)]).toMatchObject([1, { ok: false, failure: { code: 'start.key-wrong' } }]);
    delete process.env['TVT_TEST_WORDS'];
  });

  it('backs a station up and restores it onto an empty folder, as the recovery sheet says', async () => {
    const place = ownFolder('restore');
    Object.assign(process.env, { TVT_TEST_WORDS: 'một mật khẩu đủ dài', TVT_TEST_RECOVERY: 'bốn lá sen xanh trên mặt ao' });
    const old = ['--profile', join(place, 'cũ'), '--passphrase-env', 'TVT_TEST_WORDS'];
    const fresh = ['--profile', join(place, 'mới'), '--passphrase-env', 'TVT_TEST_WORDS'];
    const disk = join(place, 'đĩa');
    mkdirSync(disk);
    expect((await tvt('status', ...old)).code).toBe(0);
    expect(await tvt('backup', 'set', '--folder', disk, '--recovery-env', 'TVT_TEST_RECOVERY', ...old)).toMatchObject({ code: 0 });
    expect(await tvt('backup', ...old)).toMatchObject({ code: 0 });
    expect(await tvt('backup', 'verify', '--from', disk)).toMatchObject({ code: 0 });
    expect(await tvt('restore', '--from', disk, '--recovery-env', 'TVT_TEST_RECOVERY', ...fresh)).toMatchObject({ code: 0 });
    expect(await tvt('status', ...fresh)).toMatchObject({ code: 0 });
    delete process.env['TVT_TEST_WORDS'];
    delete process.env['TVT_TEST_RECOVERY'];
  });

  it('has the shell start the process that reads a PDF', async () => {
    const path = join(ownFolder('terminal'), 'công văn.pdf');
    writeFileSync(path, await drawnDocument({ ...factsOf(3), number: '4711', notation: 'BNV-VP' }, plainLayout, fonts));
    const { code, said } = await tvt('incoming', 'suggest', '--file', path);
    expect(said).toMatch(/codeNumber +4711/);
    expect(code, said).toBe(0);
  });

  it.each([
    { words: ['no-such-command'], code: 2, says: 'no-such-command' },
    { words: ['backup', 'verify', '--from', '/no/such/folder', '--lang', 'en'], code: 1, says: '' },
  ])('says no with an exit code: $words', async ({ words, code, says }) => {
    const outcome = await tvt(...words);
    expect([outcome.code, outcome.said.trim() !== '', outcome.said.includes(says)]).toEqual([code, true, true]);
  });
});

describe('the wrapper /usr/bin/tvt', () => {
  /** What the installed program would be called with. */
  function called(env: Record<string, string>, ...words: readonly string[]): { readonly words: string[]; readonly code: number } {
    const folder = ownFolder('wrapper');
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 3\n', { mode: 0o755 });
    const wrapper = join(folder, 'tvt');
    const text = readFileSync(join(project, 'build/installer/tvt'), 'utf8');
    expect(text).toContain('program=/opt/tram-van-thu/tram-van-thu\n');
    writeFileSync(wrapper, text.replace('/opt/tram-van-thu/tram-van-thu', program), { mode: 0o755 });
    try {
      execFileSync(wrapper, words, { env: { PATH: process.env['PATH'] ?? '', ...env } });
    } catch (error) {
      const { stdout, status } = error as { stdout: Buffer; status: number };
      return { words: stdout.toString('utf8').trimEnd().split('\n'), code: status };
    }
    throw new Error('the wrapper lost the exit code');
  }

  it('hands words on as they are, and the exit code back; without a screen the engine looks for none', () => {
    expect(called({ DISPLAY: ':0' }, 'status', '--profile', 'a b', '*')).toEqual({ words: ['--tvt', '--', 'status', '--profile', 'a b', '*'], code: 3 });
    expect(called({}, 'help').words).toEqual(['--ozone-platform=headless', '--tvt', '--', 'help']);
    expect(called({ WAYLAND_DISPLAY: 'wayland-0' }, 'help').words).toEqual(['--tvt', '--', 'help']);
  });
});
