import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToWindow } from '#contract';
import { forkCore } from '../../../electron/hosts/shell/fork-core.ts';
import { argumentWords, localFolder, otherProfile, profileFolder, profileHasData, readArguments } from '../../../electron/hosts/shell/profile.ts';
import { profileExists } from '../../../electron/store/index.ts';
import { root, testCore } from './app-folder.ts';
import { until } from './desktop-run.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tvt-line-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const call = (id: number, domain: string, method: string, input: unknown) => ({ kind: 'call', id, domain, method, input });

describe('the line to the core process', () => {
  it('answers what was sent before the store was open, in order', async () => {
    const link = forkCore({ entry: testCore, log: () => undefined });
    const got: ToWindow[] = [];
    const conversation = link.startConversation((text) => got.push(JSON.parse(text) as ToWindow));
    for (let id = 0; id < 5; id += 1) conversation.receive(call(id, 'ledger', 'list', { count: 0 }), 'own-window');
    await link.open({ profileDir: folder, key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
    await until(async () => Promise.resolve(got.length === 5));
    expect(got.map((message) => message.id)).toEqual([0, 1, 2, 3, 4]);
    await link.close();
  });

  it('tells the shell that the other profile is wanted, if the shell has said that it can change', async () => {
    for (const mayChangeProfile of [true, false]) {
      const profileDir = mkdtempSync(join(folder, 'real-'));
      const link = forkCore({ entry: join(root, 'electron/hosts/workers/core-worker.ts'), log: () => undefined });
      const got: ToWindow[] = [];
      const conversation = link.startConversation((text) => got.push(JSON.parse(text) as ToWindow));
      await link.open({ profileDir, key: { ok: true, value: new Uint8Array(32).fill(1) }, practice: false, version: '0', mayChangeProfile });
      conversation.receive(call(1, 'setup', 'changeProfile', {}), 'own-window');
      if (mayChangeProfile) await link.otherProfileAsked;
      const answer = await until(async () => Promise.resolve(got[0]));
      expect(answer).toMatchObject({ outcome: mayChangeProfile ? { ok: true } : { failure: { code: 'other-profile-not-offered' } } });
      await link.close();
    }
  });

  it('has the shell show its dialog for folders, and brings back what was chosen; one that fails is as if it was closed', async () => {
    const profileDir = mkdtempSync(join(folder, 'real-'));
    const lines: string[] = [];
    const link = forkCore({ entry: join(root, 'electron/hosts/workers/core-worker.ts'), log: (line) => lines.push(line) });
    const got: ToWindow[] = [];
    const conversation = link.startConversation((text) => got.push(JSON.parse(text) as ToWindow));
    link.foldersChosenBy((start) => (start === null ? Promise.reject(new Error('no display')) : Promise.resolve(`${start}/đã chọn`)));
    await link.open({ profileDir, key: { ok: true, value: new Uint8Array(32).fill(1) }, practice: false, version: '0', showsFolders: true });
    for (const [id, start] of [[1, '/media/usb'], [2, null]] as const) conversation.receive(call(id, 'backup', 'chooseFolder', { start }), 'own-window');
    await until(async () => Promise.resolve(got.length === 2));
    expect(got.toSorted((a, b) => a.id - b.id)).toMatchObject([{ outcome: { value: { folder: '/media/usb/đã chọn' } } }, { outcome: { value: { folder: null } } }]);
    expect(lines.join()).toContain('no display');
    await link.close();
  });

  it('shows where a package lies, if the shell has said that it can; nothing else of the machine', async () => {
    const place = mkdtempSync(join(folder, 'place-'));
    mkdirSync(join(place, 'goi-tin'));
    writeFileSync(join(place, 'goi-tin/uuid-1.zip'), 'PK');
    writeFileSync(join(place, 'riêng.txt'), '');
    for (const showsFiles of [true, false]) {
      const link = forkCore({ entry: join(root, 'electron/hosts/workers/core-worker.ts'), log: () => undefined });
      const got: ToWindow[] = [];
      const shown: string[] = [];
      const conversation = link.startConversation((text) => got.push(JSON.parse(text) as ToWindow));
      link.filesShownBy((path) => shown.push(path));
      await link.open({ profileDir: mkdtempSync(join(folder, 'real-')), key: { ok: true, value: new Uint8Array(32).fill(1) }, practice: false, version: '0', exportPlace: place, showsFiles });
      conversation.receive(call(1, 'handover', 'running', {}), 'own-window');
      for (const [index, path] of ['goi-tin/uuid-1.zip', join(place, 'goi-tin'), 'riêng.txt', '..', '.', '/etc'].entries()) conversation.receive(call(index + 2, 'packages', 'show', { path }), 'own-window');
      await until(async () => Promise.resolve(got.length === 7));
      const outcomes = got.toSorted((a, b) => a.id - b.id).map((one) => (one as { outcome: { ok: boolean; value?: unknown; failure?: { code: string } } }).outcome);
      expect(outcomes[0]?.value).toMatchObject({ place, showsFiles });
      const none = showsFiles ? 'package-gone' : 'files-not-shown';
      expect(outcomes.slice(1).map(({ ok, failure }) => (ok ? 'shown' : failure?.code))).toEqual([...Array<string>(2).fill(showsFiles ? 'shown' : none), ...Array<string>(4).fill(none)]);
      await link.close();
      // Both were asked at once.
      expect(shown.toSorted()).toEqual(showsFiles ? [join(place, 'goi-tin'), join(place, 'goi-tin/uuid-1.zip')] : []);
    }
  });

  it('wipes the key on the shell side once it is sent', async () => {
    const key = new Uint8Array(32).fill(9);
    const lines: string[] = [];
    const link = forkCore({ entry: testCore, log: (line) => lines.push(line) });
    await link.open({ profileDir: folder, key: { ok: true, value: key }, practice: true, version: '0' });
    expect([...key]).toEqual(Array.from({ length: 32 }, () => 0));
    expect(lines.join()).toContain('09'.repeat(32));
    await link.close();
  });

  it('hands on why there is no key', async () => {
    const lines: string[] = [];
    const link = forkCore({ entry: testCore, log: (line) => lines.push(line) });
    await link.open({ profileDir: folder, key: { ok: false, failure: { code: 'key-missing' } }, practice: true, version: '0' });
    expect(lines.join()).toContain('"code":"key-missing"');
    await link.close();
  });

  it('keeps conversations apart and ends them', async () => {
    const link = forkCore({ entry: testCore, log: () => undefined });
    await link.open({ profileDir: folder, key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
    const got: Record<string, ToWindow[]> = { a: [], b: [] };
    const [a, b] = ['a', 'b'].map((name) => link.startConversation((text) => got[name]?.push(JSON.parse(text) as ToWindow)));
    a?.receive({ kind: 'subscribe', id: 1, domain: 'ledger', event: 'count' }, 'own-window');
    b?.receive({ kind: 'subscribe', id: 1, domain: 'ledger', event: 'count' }, 'own-window');
    await until(async () => Promise.resolve(got['a']?.length === 1 && got['b']?.length === 1));
    a?.end();
    b?.receive(call(2, 'ledger', 'tell', { count: 3 }), 'own-window');
    await until(async () => Promise.resolve(got['b']?.length === 5));
    expect(got['a']).toHaveLength(1);
    await link.close();
  });

  it('answers everything when the core is gone', async () => {
    const link = forkCore({ entry: testCore, log: () => undefined });
    const reading = link.readFile('file-10', 0, 10);
    process.kill(link.pid ?? 0, 'SIGKILL');
    expect(await reading).toEqual({ ok: false, failure: { code: 'core-gone' } });
    expect(await link.closed).toEqual({ expected: false, exitCode: null });
    await link.open({ profileDir: folder, key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
    expect(await link.readFile('file-10', 0, 10)).toEqual({ ok: false, failure: { code: 'core-gone' } });
    await link.close();
  });

  it('closes the store when the shell is killed', async () => {
    const profileDir = join(folder, 'killed');
    mkdirSync(profileDir);
    const program = join(folder, 'shell.ts');
    writeFileSync(
      program,
      `import { forkCore } from ${JSON.stringify(join(root, 'electron/hosts/shell/fork-core.ts'))};
       const link = forkCore({ entry: ${JSON.stringify(testCore)}, log: () => undefined });
       await link.open({ profileDir: ${JSON.stringify(profileDir)}, key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
       console.log(link.pid);
       await link.closed;`,
    );
    const shell = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const corePid = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)));
    shell.kill('SIGKILL');
    await until(async () => Promise.resolve(existsSync(join(profileDir, 'closed-in-order'))));
    await until(async () => Promise.resolve(!isAlive(corePid)));
  });
});

describe('a profile', () => {
  it.each<[string[], ReturnType<typeof readArguments>]>([
    [[], { practice: false, profileDir: undefined, officeDir: undefined }],
    [['--practice'], { practice: true, profileDir: undefined, officeDir: undefined }],
    [['--profile', '/a/b', '--practice'], { practice: true, profileDir: '/a/b', officeDir: undefined }],
    [['--profile=/a/b'], { practice: false, profileDir: '/a/b', officeDir: undefined }],
    [['--profile', '--practice'], { practice: true, profileDir: undefined, officeDir: undefined }],
    [['--practice', '--office', '/a/b'], { practice: true, profileDir: undefined, officeDir: '/a/b' }],
    [['--profile='], { practice: false, profileDir: undefined, officeDir: undefined }],
    [['--enable-logging', '.', '--profile'], { practice: false, profileDir: undefined, officeDir: undefined }],
  ])('is read from %j', (argv, expected) => {
    expect(readArguments(argv)).toEqual(expected);
  });

  it('of practice never lies where a real one lies', () => {
    const places = [true, false].map((practice) => profileFolder('/data', { practice, profileDir: undefined, officeDir: undefined }));
    expect(places).toEqual(['/data/profiles/practice', '/data/profiles/main']);
  });

  it.each([[[]], [['--profile', '/a/b']]])('changes to practice and back to where it was: %j', (argv: string[]) => {
    const office = readArguments(argv);
    const practice = readArguments(argumentWords(otherProfile(office)));
    expect(profileFolder('/data', practice)).toBe('/data/profiles/practice');
    expect(readArguments(argumentWords(otherProfile(practice)))).toEqual(office);
  });

  it('lies where Windows does not carry it to a server at each sign-out', () => {
    const env = { APPDATA: '/u/lan/Roaming', LOCALAPPDATA: '/u/lan/Local' };
    expect(localFolder('/u/lan/Roaming/tram-van-thu', env)).toBe('/u/lan/Local/tram-van-thu');
    // Named on the command line, or another system.
    expect(localFolder('/elsewhere', env)).toBe('/elsewhere');
    expect(localFolder('/home/lan/.config/tram-van-thu', {})).toBe('/home/lan/.config/tram-van-thu');
  });

  it('with data is known as such wherever the store knows it', () => {
    for (const name of ['station.db', 'station.json', 'station.db-wal', 'blobs/ab', 'backups/x.db', 'window/x', 'practice.key']) {
      const profile = mkdtempSync(join(folder, 'p-'));
      expect(profileHasData(profile)).toBe(false);
      mkdirSync(join(profile, name, '..'), { recursive: true });
      writeFileSync(join(profile, name), 'x');
      expect([name, profileHasData(profile)]).toEqual([name, !/^(window|practice)/.test(name)]);
      if (profileExists(profile)) expect(profileHasData(profile)).toBe(true);
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
