import { EventEmitter } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, watchFile, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser, startBrowser } from './engine.ts';
import { ownSettings } from './settings.ts';

const settings = ownSettings();
const paths = new Map([
  ['userData', settings.userData],
  ['documents', join(settings.userData, 'documents')],
]);

/** What the product told the double, for the test to look at. */
export const told = {
  sandbox: false,
  switches: [] as [string, string | undefined][],
  schemes: [] as unknown[],
  menu: undefined as unknown,
  errorBoxes: [] as string[],
  /** what was shown in the system's own window */
  shown: [] as string[],
  spellChecker: true,
  /** what the two handlers answered, each for itself */
  permissions: {} as Record<string, { check: boolean; ask: boolean }>,
};

let ready = false;
let quitting = false;
const openWindows = new Set<{ readonly close: () => void; readonly isDestroyed: () => boolean }>();

class App extends EventEmitter {
  readonly isPackaged = settings.packaged;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => {
      this.onlyBeforeReady('appendSwitch');
      told.switches.push([name, value]);
    },
  };
  #lock: string | undefined;

  disableHardwareAcceleration(): void {
    this.onlyBeforeReady('disableHardwareAcceleration');
  }
  enableSandbox(): void {
    this.onlyBeforeReady('enableSandbox');
    told.sandbox = true;
  }
  getAppPath(): string {
    return settings.appPath;
  }
  getVersion(): string {
    return '0.0.0-double';
  }
  getPath(name: string): string {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`the double has no path ${name}`);
    return path;
  }
  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    paths.set(name, path);
  }
  isReady(): boolean {
    return ready;
  }
  whenReady(): Promise<void> {
    return ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', resolve));
  }
  onlyBeforeReady(what: string): void {
    if (ready) throw new Error(`${what} must be called before the app is ready`);
  }

  /** A file with the first one's process id; a later instance leaves a mark that the first one sees. */
  requestSingleInstanceLock(data: unknown = {}): boolean {
    const lock = join(this.getPath('userData'), 'double.lock');
    const mark = `${lock}.second`;
    try {
      const handle = openSync(lock, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) {
        // Under its name at once, so that the first one never reads half of it.
        writeFileSync(`${mark}.new`, JSON.stringify({ data, at: Date.now() }));
        renameSync(`${mark}.new`, mark);
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    this.#lock = lock;
    watchFile(mark, { interval: 50, persistent: false }, ({ size }) => {
      // Told once that there is none yet, too.
      if (size > 0) this.emit('second-instance', {}, [], process.cwd(), (JSON.parse(readFileSync(mark, 'utf8')) as { data: unknown }).data);
    });
    return true;
  }

  quit(): void {
    if (quitting) return;
    if (this.prevented('before-quit')) return;
    for (const window of openWindows) {
      window.close();
      if (!window.isDestroyed()) return;
    }
    if (this.prevented('will-quit')) return;
    this.exit(0);
  }
  exit(code = 0): void {
    if (quitting) return;
    quitting = true;
    if (this.#lock !== undefined) rmSync(this.#lock, { force: true });
    void closeBrowser().finally(() => process.exit(code));
  }
  /** Notes what would be started after the end; nothing is. */
  relaunch(options: { readonly args: readonly string[] }): void {
    writeFileSync(join(settings.userData, 'double.relaunch.json'), JSON.stringify(options.args));
  }
  prevented(name: string): boolean {
    let stopped = false;
    this.emit(name, {
      preventDefault: () => {
        stopped = true;
      },
    });
    return stopped;
  }
  windowOpened(window: { readonly close: () => void; readonly isDestroyed: () => boolean }): void {
    openWindows.add(window);
  }
  windowClosed(window: { readonly close: () => void; readonly isDestroyed: () => boolean }): void {
    openWindows.delete(window);
    if (openWindows.size > 0) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new App();

// Electron becomes ready only after the main program has run to its end; `beforeExit` of the loader is not to be had,
// so the double waits for the module graph with a turn of the event loop, and then for the browser.
setImmediate(() => {
  void startBrowser().then(() => {
    if (quitting) return;
    ready = true;
    app.emit('ready');
  });
});
