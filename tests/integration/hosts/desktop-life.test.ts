import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeAppFolder } from './app-folder.ts';
import { cleanUp, freshFolder, keysSeen, readLog, startDouble, until, type DoubleDesktop } from './desktop-run.ts';

let appPath: string;

beforeAll(async () => {
  appPath = await makeAppFolder();
});
afterEach(cleanUp);
afterAll(() => {
  rmSync(appPath, { recursive: true, force: true });
});

describe('the desktop host says to Electron', () => {
  it('everything that closes the window', async () => {
    const run = await startDouble({ appPath });
    // The window is shown when its first picture is ready, which may be a moment after the page is.
    await until(async () => (await run.facts()).windows[0]?.shown === true);
    const { told, windows } = await run.facts();
    expect(told.sandbox).toBe(true);
    expect(told.spellChecker).toBe(false);
    expect(told.switches).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND']);
    expect(told.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
    // Electron asks one of the two, depending on the feature: each must refuse by itself.
    for (const answers of Object.values(told.permissions)) expect(answers).toEqual({ check: false, ask: false });
    expect(Object.keys(told.permissions).length).toBeGreaterThan(3);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({
      url: 'app://tram/',
      shown: true,
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
      },
    });
  });

  it.each([[true, 0], [false, 2]])('a menu without reload and tools when packaged is %s', async (packaged, count) => {
    const run = await startDouble({ appPath, settings: { packaged } });
    const menu = JSON.stringify((await run.facts()).told.menu);
    expect(menu.match(/"role":"(reload|forceReload|toggleDevTools)"/g) ?? []).toHaveLength(count);
  });

  it('the same from its bundle', async () => {
    const run = await startDouble({ appPath, program: join(appPath, 'dist/electron/main.js') });
    expect(await run.evaluate(`call('ledger', 'list', { count: 1 })`)).toMatchObject({ ok: true });
  });
});

describe('a call from elsewhere', () => {
  const call = { kind: 'call', id: 5, domain: 'ledger', method: 'list', input: { count: 1 } };
  const refused = { kind: 'answer', id: 5, outcome: { ok: false, failure: { code: 'wrong-sender' } } };

  it.each(['about:blank', 'srcdoc'])('in a sub-frame (%s) is answered with wrong-sender, there and only there', async (kind) => {
    const run = await startDouble({ appPath });
    await run.evaluate(`(() => {
      const frame = document.createElement('iframe');
      if ('${kind}' === 'srcdoc') frame.srcdoc = '<p>khung</p>';
      document.body.append(frame);
    })()`);
    const message = JSON.stringify({ channel: 'tvt:to-core', values: ['load', call] });
    const heard = await until(() =>
      run.evaluate<unknown>(
        `new Promise((resolve) => { globalThis.electronDoubleHeard = (channel, values) => resolve([channel, values]); globalThis.electronDouble(${JSON.stringify(message)}); })`,
        'sub',
      ),
    );
    expect(heard).toEqual(['tvt:to-window', ['load', JSON.stringify(refused)]]);
    // The window's own call with that number is not disturbed.
    expect(await run.evaluate(`call('ledger', 'list', { count: 1 })`)).toMatchObject({ ok: true });
  });

  it('gives a sub-frame no carrier at all', async () => {
    const run = await startDouble({ appPath });
    await run.evaluate(`document.body.append(document.createElement('iframe'))`);
    expect(await run.evaluate('typeof globalThis.tvt', 'sub')).toBe('undefined');
  });
});

describe('one instance', () => {
  it('a second start of the same profile quits and brings the first to the front', async () => {
    const first = await startDouble({ appPath });
    const second = await startDouble({ appPath, userData: first.userData, noWait: true });
    expect(await second.exited).toBe(0);
    await until(async () => ((await first.facts()).windows[0]?.focused ?? 0) > 0);
  });

  it('hands the files that are opened with it to its core, also those of a second start', async () => {
    const first = await startDouble({ appPath, args: ['--practice', 'file:///tmp/Gi%E1%BA%A5y%20m%E1%BB%9Di.edxml', '--enable-logging', 'khác.pdf'] });
    const second = await startDouble({ appPath, userData: first.userData, args: ['--practice', '/tmp/hai.EDXML', 'ba.edxml'], noWait: true });
    expect(await second.exited).toBe(0);
    const opened = (): string[] => [...readLog(first.userData).matchAll(/ open (.*)$/gm)].map(([, path]) => path ?? '');
    await until(() => Promise.resolve(opened().length >= 3));
    expect(opened()).toEqual(['/tmp/Giấy mời.edxml', '/tmp/hai.EDXML', join(process.cwd(), 'ba.edxml')]);
    await until(async () => ((await first.facts()).windows[0]?.focused ?? 0) > 0);
  });

  it('practice opens beside another profile', async () => {
    const first = await startDouble({ appPath });
    const second = await startDouble({ appPath, userData: first.userData, args: ['--profile', join(first.userData, 'other')] });
    expect(await second.evaluate('globalThis.ready')).toBe(true);
  });
});

describe('the other profile', () => {
  it.each([
    { from: 'the office', practice: [], other: ['--practice', '--office='] },
    { from: 'practice', practice: ['--practice'], other: ['--profile='] },
  ])('is started anew from $from, once the core of this one is closed in order', async ({ practice, other }) => {
    const userData = freshFolder();
    const office = join(userData, 'office');
    const own = practice.length === 0 ? office : join(userData, 'profiles/practice');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'change-profile'), '');
    const folder = practice.length === 0 ? ['--profile', office] : ['--office', office];
    const run = await startDouble({ appPath, userData, args: ['--enable-logging', ...practice, ...folder, 'giấy mời.edxml'], noWait: true });
    expect(await run.exited).toBe(0);
    const args = JSON.parse(readFileSync(join(userData, 'double.relaunch.json'), 'utf8')) as string[];
    expect(args).toEqual(['--enable-logging', ...other.map((word) => (word.endsWith('=') ? `${word}${office}` : word))]);
    expect(readdirSync(own)).toContain('closed-in-order');
  });
});

describe('a file that somebody wants to see', () => {
  it('is shown by the system where it lies, when the core says so', async () => {
    const userData = freshFolder();
    const own = join(userData, 'profiles/practice');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'show-file'), '');
    const run = await startDouble({ appPath, userData });
    await until(async () => (await run.facts()).told.shown.length > 0);
    expect((await run.facts()).told.shown).toEqual([join(own, 'show-file')]);
  });
});

describe('the window remembers its place', () => {
  const place = { x: 300, y: 200, width: 1200, height: 700 };

  async function restartedAfter(change: (run: DoubleDesktop) => Promise<void>, workArea = { x: 0, y: 0, width: 1920, height: 1040 }) {
    const first = await startDouble({ appPath });
    await change(first);
    await first.ask({ op: 'close-window' }).catch(() => undefined);
    expect(await first.exited).toBe(0);
    const second = await startDouble({ appPath, userData: first.userData, settings: { workAreas: [workArea] } });
    return (await second.facts()).windows[0]?.bounds;
  }

  it('over a restart', async () => {
    expect(await restartedAfter((run) => run.ask({ op: 'move', bounds: place }))).toEqual(place);
  });

  it('but not where no screen is any more', async () => {
    const far = { ...place, x: 4000 };
    expect(await restartedAfter((run) => run.ask({ op: 'move', bounds: far }))).toMatchObject({ x: 100, y: 80 });
  });

  it.each(['', '{', '{"x":"a"}', '{"x":1,"y":1,"width":5,"height":5,"maximized":false}', '[]', 'null'])(
    'but not from a file that says %j',
    async (text) => {
      const bounds = await restartedAfter(async (run) => {
        await run.ask({ op: 'close-window' }).catch(() => undefined);
        await run.exited;
        const windows = join(run.userData, 'windows');
        for (const name of readdirSync(windows)) writeFileSync(join(windows, name, 'window.json'), text);
      });
      expect(bounds).toMatchObject({ x: 100, y: 80, width: 1360, height: 860 });
    },
  );
});

describe('the core process', () => {
  it('is closed in order when the window is closed', async () => {
    const run = await startDouble({ appPath });
    const [pid] = (await run.facts()).corePids;
    await run.ask({ op: 'close-window' }).catch(() => undefined);
    expect(await run.exited).toBe(0);
    expect(readLog(run.userData)).toContain('core closed');
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
  });

  it('ending by itself is told to the window once, and nothing waits for ever', async () => {
    const run = await startDouble({ appPath });
    await run.evaluate(`globalThis.pending = call('ledger', 'never', {}); 1`);
    await run.ask({ op: 'kill-core' });
    expect(await run.evaluate('pending')).toEqual({ ok: false, failure: { code: 'core-gone' } });
    expect(await run.evaluate('coreClosed')).toBe(1);
    expect(await run.evaluate(`fetch('/files/file-10').then((response) => response.status)`)).toBe(503);
    // A page that loads afterwards hears of it as well.
    await run.evaluate('setTimeout(() => location.reload(), 0); 1');
    await until(() => run.evaluate(`globalThis.ready && call('ledger', 'list', { count: 1 }).then((outcome) => outcome.failure.code === 'core-gone')`));
    await run.ask({ op: 'close-window' }).catch(() => undefined);
    expect(await run.exited).toBe(0);
    expect(readLog(run.userData)).toContain('the core ended by itself');
  });

  it('gets its key by message: not in arguments, not in the environment', async () => {
    const run = await startDouble({ appPath });
    await until(async () => Promise.resolve(keysSeen(run.userData).length === 1));
    const [key = ''] = keysSeen(run.userData);
    const bytes = Buffer.from(key, 'hex');
    const [pid] = (await run.facts()).corePids;
    for (const file of ['cmdline', 'environ']) {
      const content = readFileSync(`/proc/${pid}/${file}`);
      for (const form of [bytes, Buffer.from(key), Buffer.from(bytes.toString('base64'))]) expect(content.includes(form)).toBe(false);
    }
  });
});

describe('the key', () => {
  const real: readonly string[] = [];

  async function restart(first: DoubleDesktop, settings = {}): Promise<DoubleDesktop> {
    await first.ask({ op: 'close-window' }).catch(() => undefined);
    await first.exited;
    return startDouble({ appPath, userData: first.userData, args: real, settings });
  }

  it('is kept by the system and is the same after a restart', async () => {
    const first = await startDouble({ appPath, args: real });
    expect(readdirSync(join(first.userData, 'profiles/main'))).toEqual(['system.key']);
    await restart(first);
    // The window may be there before its core has written down what it got.
    await until(async () => Promise.resolve(keysSeen(first.userData).length === 2));
    const keys = keysSeen(first.userData);
    expect(keys[1]).toBe(keys[0]);
    expect(readFileSync(join(first.userData, 'profiles/main/system.key')).includes(Buffer.from(keys[0] ?? '', 'hex'))).toBe(false);
  });

  it('of practice lies in a file of its owner', async () => {
    const run = await startDouble({ appPath, settings: { storageBackend: 'basic_text' } });
    expect(readdirSync(join(run.userData, 'profiles/practice'))).toEqual(['practice.key']);
  });

  it('that is missing beside data is never made anew', async () => {
    const userData = freshFolder();
    const profile = join(userData, 'profiles/main');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'station.db'), 'dữ liệu');
    const run = await startDouble({ appPath, userData, args: real });
    await until(async () => Promise.resolve(readLog(userData).includes('"code":"key-missing"')));
    expect(readdirSync(profile)).toEqual(['station.db']);
    expect(await run.evaluate('globalThis.ready')).toBe(true);
  });

  it('is asked for by a passphrase where the system keeps no secret', async () => {
    const words = 'mật khẩu của trạm số 7';
    const settings = { storageBackend: 'basic_text' as const };
    const first = await startDouble({ appPath, args: real, settings, noWait: true });
    await until(() => first.evaluate(`document.querySelector('input[name=again]') !== null`));
    expect(await first.evaluate('[typeof tvt, document.scripts.length]')).toEqual(['undefined', 0]);
    await answer(first, 'ngắn', 'ngắn');
    await until(() => first.evaluate(`document.querySelector('[role=alert]')?.textContent.includes('12')`));
    await answer(first, words, `${words}!`);
    await until(() => first.evaluate(`document.querySelector('[role=alert]')?.textContent.includes('không giống')`));
    await answer(first, words, words);
    await until(() => first.evaluate('globalThis.ready === true'));
    expect(readdirSync(join(first.userData, 'profiles/main'))).toEqual(['passphrase.key.json']);
    await first.ask({ op: 'close-window' }).catch(() => undefined);
    await first.exited;

    // The system offers a store today: the profile stays with what it was made with.
    const second = await startDouble({ appPath, userData: first.userData, args: real, noWait: true });
    await until(() => second.evaluate(`document.querySelector('input[name=passphrase]') !== null`));
    await answer(second, 'không phải mật khẩu này');
    await until(() => second.evaluate(`document.querySelector('[role=alert]')?.textContent.includes('không đúng')`));
    await answer(second, words.normalize('NFD'));
    await until(() => second.evaluate('globalThis.ready === true'));
    await until(async () => Promise.resolve(keysSeen(first.userData).length === 2));
    const keys = keysSeen(first.userData);
    expect(keys[1]).toBe(keys[0]);
  });

  it('not given ends the station', async () => {
    const run = await startDouble({ appPath, args: real, settings: { storageBackend: 'basic_text' }, noWait: true });
    await until(() => run.evaluate(`document.querySelector('form') !== null`));
    await run.ask({ op: 'close-window' }).catch(() => undefined);
    expect(await run.exited).toBe(0);
  });

  async function answer(run: DoubleDesktop, passphrase: string, again?: string): Promise<void> {
    await run.ask({ op: 'press', selector: 'input[name=passphrase]', text: passphrase });
    if (again !== undefined) await run.ask({ op: 'press', selector: 'input[name=again]', text: again });
    await run.ask({ op: 'press', selector: again === undefined ? 'input[name=passphrase]' : 'input[name=again]', text: '\n' });
  }
});
