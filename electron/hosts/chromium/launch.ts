import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { assetServer } from '../shell/assets.ts';
import type { CoreLink } from '../shell/core-link.ts';
import { prepareBrowserFolder } from './browser-folder.ts';
import { findBrowser } from './find-browser.ts';
import { denyPermissions, home, interceptRequests, keepHome, keepOnePage, quietArguments } from './guards.ts';
import { attachPipeCarrier } from './pipe-carrier.ts';

export type ChromiumHostOptions = {
  /** The running core's line; the host closes it together with the window. */
  readonly link: CoreLink;
  /** The built window, `dist/renderer` */
  readonly rendererDir: string;
  readonly log: (line: string) => void;
  /** No visible window, for tests. Default: false. */
  readonly headless?: boolean;
  /** The browser's own folder; a fresh one that is deleted at the end when left out. */
  readonly userDataDir?: string;
  /** The browser to use; the first installed one when left out. */
  readonly executable?: string;
  readonly browserArguments?: readonly string[];
  /** Language of the browser's own texts (dialogs, the file picker). Default: vi. */
  readonly language?: string;
};

export type ChromiumHost = {
  readonly browser: Browser;
  readonly page: Page;
  readonly link: CoreLink;
  /** Closes the window, then the core in order. */
  readonly close: () => Promise<void>;
  /** Settles when window and core are both gone, whoever ended them. */
  readonly closed: Promise<void>;
};

/** No installed Chromium, Chrome or Edge was found. */
export class BrowserMissing extends Error {}

/**
 * Opens the station's window in an installed browser, over a pipe: there is no debugging port. The page's requests
 * are answered by this process and its calls are carried to the core.
 */
export async function openChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  const executable = options.executable ?? findBrowser();
  if (executable === undefined) throw new BrowserMissing('no Chromium, Chrome or Edge is installed');
  const fresh = options.userDataDir === undefined ? await mkdtemp(join(tmpdir(), 'tvt-window-')) : undefined;
  const userDataDir = options.userDataDir ?? fresh ?? '';
  const headless = options.headless ?? false;
  const over = Promise.withResolvers<undefined>();
  let browser: Browser | undefined;
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= (async () => {
      try {
        await browser?.close();
      } finally {
        await options.link.close();
        if (fresh !== undefined) await rm(fresh, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
        over.resolve(undefined);
      }
    })();
    return closing;
  }

  try {
    prepareBrowserFolder(userDataDir);
    browser = await launch({
      executablePath: executable,
      pipe: true,
      headless,
      defaultViewport: headless ? { width: 1360, height: 860 } : null,
      userDataDir,
      // The bar "controlled by automated software" is for people who did not start the program themselves; the blank
      // page would open as a tab of an ordinary window.
      ignoreDefaultArgs: ['--enable-automation', ...(headless ? [] : ['about:blank'])],
      // Ended by `close`, so that the core is closed in order as well.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // A large file is handed over in one command.
      protocolTimeout: 300_000,
      env: { ...process.env, ...namesAsUtf8(process.env) },
      args: [
        ...quietArguments,
        `--lang=${options.language ?? 'vi'}`,
        ...rootArguments(options.log),
        // A window without address bar and tabs; an app window wants an address, and ours is opened after the guards.
        // `--test-type` leaves out the bar that warns of the switches above.
        ...(headless ? [] : ['--app=data:text/html,Tram', '--window-size=1360,860', '--test-type']),
        ...(options.browserArguments ?? []),
      ],
    });
    const page = await firstPage(browser);
    browser.on('disconnected', () => void close());
    page.on('close', () => void close());
    await guardAndServe(browser, page, options);
    await page.goto(home, { waitUntil: 'domcontentloaded' });
    keepHome(page, options.log);
    return { browser, page, link: options.link, close, closed: over.promise };
  } catch (error) {
    await close();
    throw error;
  }
}

async function guardAndServe(browser: Browser, page: Page, options: ChromiumHostOptions): Promise<void> {
  keepOnePage(browser, page, options.log);
  await denyPermissions(browser);
  const session = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  const serve = assetServer({ rendererDir: options.rendererDir, readFile: options.link.readFile });
  await interceptRequests(session, frameTree.frame.id, serve, options.log);
  await attachPipeCarrier(session, frameTree.frame.id, options.link, options.log);
}

/** The page of the window itself; restored pages of an earlier run are closed. */
async function firstPage(browser: Browser): Promise<Page> {
  const [first, ...others] = await browser.pages();
  for (const other of others) await other.close();
  return first ?? browser.newPage();
}

/** Chromium refuses its sandbox to root; only a test machine runs a window as root. */
function rootArguments(log: (line: string) => void): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  log('running as root: the browser has no sandbox of its own');
  return ['--no-sandbox'];
}

/**
 * What the environment lacks for a browser on Linux to take files with Vietnamese names: by itself it reads names as ASCII where no
 * locale says UTF-8, as in a bare login or a container, and such files could neither be chosen nor saved.
 */
export function namesAsUtf8(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const [said = ''] = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].filter((one) => one !== undefined && one !== '');
  if (process.platform !== 'linux' || /utf-?8/i.test(said)) return {};
  return env['LC_ALL'] === undefined || env['LC_ALL'] === '' ? { LC_CTYPE: 'C.UTF-8' } : { LC_ALL: 'C.UTF-8' };
}
