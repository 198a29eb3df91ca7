import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type CDPSession } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { browserPaths, findBrowser } from '../../../electron/hosts/chromium/find-browser.ts';
import { BrowserMissing, openChromiumHost, type ChromiumHost } from '../../../electron/hosts/chromium/launch.ts';
import { attachPipeCarrier } from '../../../electron/hosts/chromium/pipe-carrier.ts';
import type { CoreLink } from '../../../electron/hosts/shell/core-link.ts';
import { forkCore } from '../../../electron/hosts/shell/fork-core.ts';
import { byteAt } from '../../contract/test-core.ts';
import { rowOf } from '../../contract/table.ts';
import { testCore, testPage } from './app-folder.ts';
import { until } from './desktop-run.ts';
import { forbiddenThings } from './forbidden.ts';
import { listeningSockets, processTree } from './listening.ts';
import { networkTrap, type NetworkTrap } from './network-trap.ts';

type Opened = ChromiumHost & { readonly log: string[]; readonly corePid: number; readonly evaluate: <T>(expression: string) => Promise<T> };

const opened: ChromiumHost[] = [];
let trap: NetworkTrap;

async function open(options: { readonly userDataDir?: string } = {}): Promise<Opened> {
  const log: string[] = [];
  const link = forkCore({ entry: testCore, log: (line) => log.push(line) });
  void link.open({ profileDir: '/nowhere', key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
  const host = await openChromiumHost({
    link,
    rendererDir: testPage,
    headless: true,
    // A microphone must be there to be refused.
    browserArguments: ['--use-fake-device-for-media-stream'],
    log: (line) => log.push(line),
    ...options,
  });
  opened.push(host);
  const evaluate = async <T>(expression: string): Promise<T> => (await host.page.evaluate(expression)) as T;
  await until(() => evaluate<boolean>('globalThis.ready === true'));
  return { ...host, log, corePid: link.pid ?? 0, evaluate };
}

async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((host) => host.close()));
}

beforeAll(async () => {
  trap = await networkTrap();
});
afterAll(() => trap.close());

describe('the window of the Chromium host', () => {
  let host: Opened;
  beforeAll(async () => {
    host = await open();
  });
  afterAll(closeAll);

  it('shows our page at a secure origin that does not exist, with one object', async () => {
    const seen = await host.evaluate(
      `[origin, isSecureContext, crossOriginIsolated, Object.keys(tvt).sort(), Object.isFrozen(tvt), typeof tvtToCore, typeof inlineRan]`,
    );
    expect(seen).toEqual(['https://tram.invalid', true, true, ['listen', 'send'], true, 'undefined', 'undefined']);
    expect(await host.evaluate('getComputedStyle(document.body).color')).toBe('rgb(1, 2, 3)');
  });

  it('passes a call', async () => {
    expect(await host.evaluate(`call('ledger', 'list', { count: 2 })`)).toEqual({ ok: true, value: [rowOf(0), rowOf(1)] });
  });

  it.each(forbiddenThings)('refuses $what', async ({ expression, refused }) => {
    const before = trap.hits.length;
    expect(await host.evaluate(expression(trap))).toEqual(refused);
    expect(trap.hits.slice(before)).toEqual([]);
    expect(await host.evaluate('globalThis.ready')).toBe(true);
  });

  it('starts anew after a reload', async () => {
    await host.evaluate(`subscribe('ledger', 'count'); call('ledger', 'never', {}); 1`);
    await host.page.reload();
    await until(() => host.evaluate<boolean>('globalThis.ready === true'));
    expect(await host.evaluate(`call('ledger', 'tell', { count: 3 }).then(() => heard.length)`)).toBe(0);
  });

  it('has no listening socket, neither the browser nor the core', () => {
    const pids = processTree(host.browser.process()?.pid ?? 0);
    expect(pids.length).toBeGreaterThan(3);
    expect(listeningSockets([...pids, ...processTree(host.corePid)])).toEqual([]);
  });
});

it('would see a listening socket', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  expect(listeningSockets(processTree(process.pid))).toContain(`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  await new Promise((resolve) => server.close(resolve));
});

describe('the Chromium host closes the network itself', () => {
  afterEach(closeAll);

  it('for a page whose policy is switched off', async () => {
    const host = await open();
    await host.page.setBypassCSP(true);
    await host.page.reload();
    await until(() => host.evaluate<boolean>('globalThis.ready === true && globalThis.inlineRan === true'));
    const network = forbiddenThings.filter(({ what }) => /elsewhere|origin|beacon|prefetch|sub-frame|socket|new window|window.open/.test(what));
    for (const { what, expression, refused } of network) {
      const before = trap.hits.length;
      expect([what, await host.evaluate(expression(trap))]).toEqual([what, refused]);
      expect(trap.hits.slice(before)).toEqual([]);
      if (what.includes('form')) await until(() => host.evaluate<boolean>('globalThis.ready === true'));
    }
  });

  it('for a second page too, which is closed', async () => {
    const host = await open();
    const second = await host.browser.newPage().catch(() => undefined);
    const reached = await second?.goto(`${trap.origin}/second`).then(() => true, () => false);
    expect(reached ?? false).toBe(false);
    await until(async () => (await host.browser.pages()).length === 1);
    expect(trap.hits.filter((hit) => hit.includes('second'))).toEqual([]);
  });
});

describe('a call from elsewhere is answered with wrong-sender', () => {
  afterEach(closeAll);
  const call = { kind: 'call', id: 5, domain: 'ledger', method: 'list', input: { count: 1 } };
  const refused = [{ kind: 'answer', id: 5, outcome: { ok: false, failure: { code: 'wrong-sender' } } }];

  /** Puts the binding back into every world, as somebody with a debugger could, and calls from one of them. */
  async function callFrom(session: CDPSession, pick: (context: { origin: string; auxData?: unknown }) => boolean): Promise<unknown> {
    const found = Promise.withResolvers<number>();
    session.on('Runtime.executionContextCreated', ({ context }) => { if (pick(context)) found.resolve(context.id); });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'tvtToCore' });
    const answer = await session.send('Runtime.evaluate', {
      contextId: await found.promise,
      awaitPromise: true,
      returnByValue: true,
      expression: `new Promise((resolve) => { globalThis.tvtFromCore = resolve; globalThis.tvtToCore(${JSON.stringify(JSON.stringify(call))}); })`,
    });
    return JSON.parse(answer.result.value as string);
  }

  it('from the main world of a sub-frame, even at our own origin', async () => {
    const host = await open();
    await host.evaluate(`document.body.append(document.createElement('iframe'))`);
    expect(await host.page.frames()[1]?.evaluate('[typeof tvt, typeof tvtToCore]')).toEqual(['undefined', 'undefined']);
    const session = await host.page.createCDPSession();
    const { frameTree } = await session.send('Page.getFrameTree');
    const sub = frameTree.childFrames?.[0]?.frame.id;
    const answer = await callFrom(session, ({ origin, auxData }) => {
      const facts = auxData as { frameId: string; isDefault: boolean };
      return origin === 'https://tram.invalid' && facts.frameId === sub && facts.isDefault;
    });
    expect(answer).toEqual(refused);
    expect(await host.evaluate(`call('ledger', 'list', { count: 0 })`)).toEqual({ ok: true, value: [] });
  });

  it('from about:blank in the main frame', async () => {
    const executablePath = findBrowser() ?? '';
    const browser = await launch({ executablePath, pipe: true, headless: true, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    try {
      const [page] = await browser.pages();
      const session = await page!.createCDPSession();
      const { frameTree } = await session.send('Page.getFrameTree');
      let conversations = 0;
      const link = {
        closed: new Promise(() => undefined),
        startConversation: () => {
          conversations += 1;
          return { receive: () => undefined, end: () => undefined };
        },
      } as unknown as CoreLink;
      await attachPipeCarrier(session, frameTree.frame.id, link, () => undefined);
      await page!.reload();
      const answer = await page!.evaluate(
        `new Promise((resolve) => { tvt.listen(resolve, () => undefined); tvt.send(${JSON.stringify(call)}); })`,
      );
      expect([answer]).toEqual(refused);
      expect(conversations).toBe(0);
    } finally {
      await browser.close();
    }
  });

  it('and a window that was led to about:blank is brought back', async () => {
    const host = await open();
    await host.evaluate(`setTimeout(() => { location.href = 'about:blank'; }, 0); 1`);
    await until(async () => Promise.resolve(host.log.some((line) => line.startsWith('the window was led away'))));
    await until(() => host.evaluate<boolean>('globalThis.ready === true'));
    expect(host.page.url()).toBe('https://tram.invalid/');
  });

  it('and a second page has no binding', async () => {
    const host = await open();
    const kinds = await host.browser
      .newPage()
      .then((page) => page.evaluate('[typeof tvt, typeof tvtToCore]'))
      .catch(() => ['undefined', 'undefined']);
    expect(kinds).toEqual(['undefined', 'undefined']);
  });
});

describe('stored files', () => {
  let host: Opened;
  beforeAll(async () => {
    host = await open();
  });
  afterAll(closeAll);

  it('of 50 MB arrive whole, in pieces of at most 4 MiB', async () => {
    const size = 50 * 1024 * 1024;
    host.log.length = 0;
    const probes = [0, 1, 4_194_303, 4_194_304, 33_333_333, size - 1];
    const seen = await host.evaluate(
      `fetch('/files/file-${size}').then(async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return [response.status, bytes.length, ${JSON.stringify(probes)}.map((index) => bytes[index])];
      })`,
    );
    expect(seen).toEqual([200, size, probes.map(byteAt)]);
    const lengths = host.log.filter((line) => line.startsWith('read ')).map((line) => Number(line.split(' ')[3]));
    expect(lengths.length).toBe(13);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  it('of 50 MB give a range without being read whole', async () => {
    host.log.length = 0;
    const seen = await host.evaluate(
      `fetch('/files/file-52428800', { headers: { Range: 'bytes=52428700-' } }).then(async (response) =>
        [response.status, response.headers.get('content-range'), [...new Uint8Array(await response.arrayBuffer())].slice(0, 2)])`,
    );
    expect(seen).toEqual([206, 'bytes 52428700-52428799/52428800', [byteAt(52_428_700), byteAt(52_428_701)]]);
    expect(host.log.filter((line) => line.startsWith('read '))).toHaveLength(1);
  });

  it('that turn out damaged half-way fail; they do not end early', async () => {
    const seen = await host.evaluate(`fetch('/files/damaged-9000000').then((response) => response.arrayBuffer()).then(() => 'whole', () => 'failed')`);
    expect(seen).toBe('failed');
  });

  it('that do not exist are not found', async () => {
    expect(await host.evaluate(`fetch('/files/none').then((response) => response.status)`)).toBe(404);
  });
});

describe('the end', () => {
  afterEach(closeAll);

  it('of the window is the end of everything, the core in order', async () => {
    const host = await open();
    await host.page.close();
    await host.closed;
    expect(await host.link.closed).toEqual({ expected: true, exitCode: 0 });
    expect(host.log).toContain('core closed');
    expect(host.browser.process()?.exitCode ?? host.browser.process()?.signalCode).not.toBeNull();
  });

  it('of the browser by a crash closes the core in order', async () => {
    const host = await open();
    host.browser.process()?.kill('SIGKILL');
    await host.closed;
    expect(await host.link.closed).toEqual({ expected: true, exitCode: 0 });
  });

  it('of the core is told to the window', async () => {
    const host = await open();
    await host.evaluate(`globalThis.pending = call('ledger', 'never', {}); 1`);
    process.kill(host.corePid, 'SIGKILL');
    expect(await host.evaluate('pending')).toEqual({ ok: false, failure: { code: 'core-gone' } });
    expect(await host.evaluate('coreClosed')).toBe(1);
    await host.page.reload();
    await until(() => host.evaluate<boolean>(`globalThis.ready && call('ledger', 'list', { count: 1 }).then((outcome) => outcome.failure.code === 'core-gone')`));
  });

  it('leaves no folder of a fresh browser behind', async () => {
    // Of its own: other tests open windows at the same time.
    const folder = mkdtempSync(join(tmpdir(), 'tvt-fresh-'));
    vi.stubEnv('TMPDIR', folder);
    const windows = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('tvt-window-'));
    const host = await open().finally(() => vi.unstubAllEnvs());
    expect(windows()).toHaveLength(1);
    await host.close();
    expect(windows()).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps a folder that was given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tvt-kept-'));
    const host = await open({ userDataDir: folder });
    await host.close();
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('finding a browser', () => {
  it('looks where Windows and Linux install one', () => {
    const windows = browserPaths('win32', { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\vt\\AppData\\Local' });
    expect(windows.map((path) => path.replaceAll('\\', '/'))).toContain('C:/Program Files/Microsoft/Edge/Application/msedge.exe');
    expect(browserPaths('linux', {})).toContain('/usr/bin/google-chrome-stable');
  });

  it('says so when there is none, and closes the core', async () => {
    expect(findBrowser('win32', {})).toBeUndefined();
    const link = forkCore({ entry: testCore, log: () => undefined });
    const options = { link, rendererDir: testPage, headless: true, log: () => undefined };
    await expect(openChromiumHost({ ...options, executable: '/nowhere/chromium' })).rejects.toThrow();
    await link.closed;
    expect(new BrowserMissing('x')).toBeInstanceOf(Error);
  });
});
