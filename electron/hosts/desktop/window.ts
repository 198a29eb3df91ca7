import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { home, unlockHome } from './channels.ts';
import { readWindowState, smallest, usual, writeWindowState } from './window-state.ts';

export type WindowOptions = {
  readonly preload: string;
  /** Folder that remembers the window's place */
  readonly stateDir: string;
  readonly packaged: boolean;
};

/** Closed on every side: sandboxed, isolated, without Node, webviews or a dictionary that would be downloaded. */
const closedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** Makes the station's window, still empty: the carrier is attached before its page is loaded. */
export function makeStationWindow(options: WindowOptions): BrowserWindow {
  const statePath = join(options.stateDir, 'window.json');
  const state = readWindowState(
    statePath,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...usual,
    ...(state === undefined ? {} : { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Trạm Văn thư',
    show: false,
    autoHideMenuBar: true,
    // The colour of the first instant, so that a dark desk is not lit up by a white flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff',
    webPreferences: { ...closedPreferences, preload: options.preload, devTools: !options.packaged },
  });
  if (state?.maximized === true) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    writeWindowState(statePath, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  return window;
}

/** Loads the station's page. */
export async function showHome(window: BrowserWindow): Promise<void> {
  await window.loadURL(home);
}

/** Opens the small window that asks for the passphrase; it has no preload, no script and no way to the core. */
export async function openUnlockWindow(cancelled: () => void): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 560,
    height: 620,
    resizable: false,
    title: 'Trạm Văn thư',
    autoHideMenuBar: true,
    webPreferences: { ...closedPreferences, javascript: false, devTools: false },
  });
  window.on('closed', cancelled);
  await window.loadURL(unlockHome);
  return window;
}
