import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Browser, type Page } from 'puppeteer-core';
import { startUnderDouble, type DoubleRun } from '../../fakes/electron/drive.ts';
import type { DoubleSettings } from '../../fakes/electron/settings.ts';
import { root } from './app-folder.ts';

const sourceMain = join(root, 'electron/hosts/desktop/main.ts');
const electronDist = join(root, 'node_modules/electron/dist');
export const electronIsThere = existsSync(electronDist);

/** What both the double and real Electron can be asked. */
export type DesktopRun = {
  readonly evaluate: <T = unknown>(expression: string) => Promise<T>;
  readonly userData: string;
  readonly end: () => Promise<void>;
};

export type DoubleDesktop = DesktopRun & Omit<DoubleRun, 'end'> & { readonly main: string };

export type StartOptions = {
  readonly appPath: string;
  readonly args?: readonly string[];
  /** Kept from an earlier run; a fresh one otherwise */
  readonly userData?: string;
  readonly program?: string;
  readonly settings?: Partial<DoubleSettings>;
  /** Do not wait for our page: the run will show something else or end. */
  readonly noWait?: boolean;
};

/** Folders made by these helpers, deleted by `cleanUp`. */
const made: string[] = [];
const running: { end: () => Promise<void> }[] = [];

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-user-'));
  made.push(folder);
  return folder;
}

/** Ends what a test left running and deletes its folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all(running.splice(0).map((run) => run.end()));
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Runs the product's main process with `electron` mapped to the double. */
export async function startDouble(options: StartOptions): Promise<DoubleDesktop> {
  const userData = options.userData ?? freshFolder();
  const main = options.program ?? sourceMain;
  const run = startUnderDouble(main, options.args ?? ['--practice'], {
    appPath: options.appPath,
    userData,
    packaged: true,
    storageBackend: 'gnome_libsecret',
    workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    ...options.settings,
  });
  running.push(run);
  if (options.noWait !== true) await until(() => run.evaluate('globalThis.ready === true'));
  return { ...run, userData, main };
}

/** Runs the same under real Electron; its page is reached over a debugging port, which only this test opens. */
export async function startElectron(options: StartOptions): Promise<DesktopRun> {
  const userData = options.userData ?? freshFolder();
  const program = join(electronDist, readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [
    ...asRoot,
    '--remote-debugging-port=0',
    `--user-data-dir=${userData}`,
    options.appPath,
    ...(options.args ?? ['--practice']),
  ]);
  const exited = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      const found = /DevTools listening on (ws:\S+)/.exec(chunk.toString());
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('exit', (code) => { reject(new Error(`Electron ended with ${String(code)}`)); });
  });
  const browser: Browser = await connect({ browserWSEndpoint: endpoint, defaultViewport: null });
  const page = await until(async () => (await browser.pages()).find((one: Page) => one.url().startsWith('app://tram/')));
  const run: DesktopRun = {
    userData,
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    async end() {
      await browser.disconnect();
      child.kill();
      await exited;
    },
  };
  running.push(run);
  await until(() => run.evaluate('globalThis.ready === true'));
  return run;
}

/** Asks again until the answer is there; failures on the way (no window yet, a page that loads) do not count. */
export async function until<T>(ask: () => Promise<T | undefined | false>, limitMs = 20_000): Promise<T> {
  const end = Date.now() + limitMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`did not come about within ${limitMs} ms: ${String(last)}`);
}

/** What the station wrote in its log, of all its windows. */
export function readLog(userData: string): string {
  const windows = join(userData, 'windows');
  if (!existsSync(windows)) return '';
  return readdirSync(windows)
    .map((name) => join(windows, name, 'logs/station.log'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('');
}

/** The key that the core was opened with, in hex; the test core logs it. */
export function keysSeen(userData: string): string[] {
  return [...readLog(userData).matchAll(/opened .*"key":"([0-9a-f]{64})"/g)].map((match) => match[1] ?? '');
}
