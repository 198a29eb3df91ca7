import type { ChildProcess } from 'node:child_process';
import { app, told } from './app.ts';
import { inward } from './addresses.ts';
import { startBrowser } from './engine.ts';
import { cores, utilities } from './utility.ts';
import { windows, type Bounds, type BrowserWindow } from './window.ts';

/** What a test may ask of a running double. */
export type Ask =
  | { readonly op: 'evaluate'; readonly expression: string; readonly frame: 'main' | 'sub' }
  | { readonly op: 'facts' }
  | { readonly op: 'bypass-policy' }
  | { readonly op: 'press'; readonly text: string; readonly selector: string }
  | { readonly op: 'move'; readonly bounds: Bounds }
  | { readonly op: 'close-window' }
  | { readonly op: 'kill-core' };

export type Facts = {
  readonly told: typeof told;
  readonly windows: readonly { url: string; bounds: Bounds; shown: boolean; focused: number; preferences: unknown; title: string }[];
  readonly pages: readonly string[];
  readonly corePids: readonly (number | undefined)[];
  /** processes beside the core that run, by their service's name */
  readonly helpers: readonly { readonly name: string; readonly pid: number | undefined }[];
};

process.on('message', (message) => {
  const { id, ask } = message as { id: number; ask: Ask };
  answer(ask).then(
    (value) => process.send?.({ id, ok: true, value }),
    (error: unknown) => process.send?.({ id, ok: false, error: String(error) }),
  );
});
// A test that died must not leave a browser behind.
process.on('disconnect', () => { app.exit(0); });

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.op) {
    case 'facts':
      return facts();
    case 'evaluate': {
      const { page } = await newest().webContents.opened;
      const frame = ask.frame === 'main' ? page.mainFrame() : page.frames().find((one) => one !== page.mainFrame());
      if (frame === undefined) throw new Error('there is no sub-frame');
      return frame.evaluate(ask.expression);
    }
    case 'bypass-policy': {
      const { page } = await newest().webContents.opened;
      await page.setBypassCSP(true);
      await page.reload({ waitUntil: 'load' });
      return undefined;
    }
    case 'press': {
      const { page } = await newest().webContents.opened;
      await page.type(ask.selector, ask.text);
      return undefined;
    }
    case 'move':
      newest().bounds = ask.bounds;
      return undefined;
    case 'close-window':
      newest().close();
      return undefined;
    case 'kill-core':
      cores().at(-1)?.kill('SIGKILL');
      return undefined;
  }
}

async function facts(): Promise<Facts> {
  const open = windows.filter((window) => !window.isDestroyed());
  const pages = (await startBrowser()).targets().filter((target) => target.type() === 'page');
  const own = await Promise.all(open.map(async (window) => (await window.webContents.opened).page.target()));
  return {
    told,
    windows: await Promise.all(
      open.map(async (window) => ({
        url: window.webContents.getURL(),
        bounds: window.bounds,
        shown: window.shown,
        focused: window.focused,
        preferences: window.options.webPreferences,
        title: await (await window.webContents.opened).page.title(),
      })),
    ),
    // The blank page that Chromium itself opens at its start belongs to nobody.
    pages: pages.filter((target) => !own.includes(target) && target.url() !== 'about:blank').map((target) => inward(target.url())),
    corePids: cores().filter(runs).map((core) => core.pid),
    helpers: utilities.filter(({ name, child }) => name !== 'tram-van-thu-core' && runs(child)).map(({ name, child }) => ({ name, pid: child.pid })),
  };
}

function runs(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function newest(): BrowserWindow {
  const window = windows.filter((one) => !one.isDestroyed()).at(-1);
  if (window === undefined) throw new Error('there is no window');
  return window;
}
