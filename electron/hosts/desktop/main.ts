import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app, dialog, protocol, session, shell, type BrowserWindow } from 'electron';
import { assetServer } from '../shell/assets.ts';
import type { CoreLink } from '../shell/core-link.ts';
import { filesSent, filesToOpen } from '../shell/files-to-open.ts';
import { logFile } from '../shell/log-file.ts';
import { placesIn } from '../shell/places.ts';
import { argumentWords, localFolder, otherProfile, profileFolder, readArguments } from '../shell/profile.ts';
import { terminalWords } from '../shell/terminal-words.ts';
import { unlockDoor } from '../shell/unlock-page.ts';
import { startCoreProcess } from './core-process.ts';
import { guardEngine, guardSession } from './guards.ts';
import { chooseFolder } from './choose-folder.ts';
import { attachIpcCarrier } from './ipc-carrier.ts';
import { setMenu } from './menu.ts';
import { schemeHandler } from './serve.ts';
import { runTerminal } from './terminal.ts';
import { unlock } from './unlock.ts';
import { makeStationWindow, showHome } from './window.ts';

// What is installed on clerks' machines. This file only orders the steps; each step is a file of its own.

const args = readArguments(process.argv.slice(1));
const userData = localFolder(app.getPath('userData'), process.env);
const profileDir = profileFolder(userData, args);
const places = placesIn(app.getAppPath());
// One instance and one browser folder for each profile: practice beside the real station must not find its window.
const terminal = terminalWords(process.argv.slice(1));
const windowDir = join(userData, 'windows', terminal !== undefined ? 'tvt' : createHash('sha256').update(profileDir).digest('hex').slice(0, 16));
app.setPath('userData', windowDir);
const log = logFile(join(windowDir, 'logs'));

guardEngine(app);
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

let window: BrowserWindow | undefined;
let core: CoreLink | undefined;
let ending = false;

// Files that wait for the core to be there; it keeps them until somebody who may is at the window.
const early = filesToOpen(process.argv.slice(1), process.cwd());

if (terminal !== undefined) {
  // A call of the command line: no window, and no matter whether one is open.
  app.disableHardwareAcceleration();
  app.whenReady()
    .then(() => runTerminal(places.terminalEntry, terminal, app.getVersion()))
    .then((code) => {
      app.exit(code);
    })
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      app.exit(3);
    });
} else if (app.requestSingleInstanceLock({ files: early })) {
  app.on('second-instance', (_event, _words, _folder, data) => {
    for (const path of filesSent(data)) {
      if (core === undefined) early.push(path);
      else core.openFile(path);
    }
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  // The unlock window closes before the station's window opens; only the end of the latter ends the application.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (core === undefined || ending) return;
    event.preventDefault();
    void end();
  });
  // Not awaited here: Electron becomes ready only after this module has run.
  app.whenReady().then(run).catch(failed);
} else {
  app.quit();
}

async function run(): Promise<void> {
  setMenu(app.isPackaged);
  guardSession(session.defaultSession, app.isPackaged);
  const door = unlockDoor();
  core = startCoreProcess(places.coreEntry, log);
  for (const path of early.splice(0)) core.openFile(path);
  protocol.handle('app', schemeHandler(assetServer({ rendererDir: places.rendererDir, readFile: core.readFile }), door));
  void core.closed.then((how) => {
    if (!how.expected) log(`the core ended by itself, exit code ${String(how.exitCode)}`);
  });

  const key = await unlock(profileDir, args.practice, door);
  if (key === undefined) {
    app.quit();
    return;
  }
  core.foldersChosenBy((start) => chooseFolder(window, start));
  core.filesShownBy((path) => {
    shell.showItemInFolder(path);
  });
  // The page loads while the store opens; its first calls wait in the core process.
  const opened = core.open({ profileDir, key, practice: args.practice, version: app.getVersion(), exportPlace: app.getPath('documents'), mayChangeProfile: true, showsFolders: true, showsFiles: true });
  void core.otherProfileAsked.then(startOther);
  window = makeStationWindow({ preload: places.preload, stateDir: windowDir, packaged: app.isPackaged });
  attachIpcCarrier(window.webContents, core);
  window.on('closed', () => {
    window = undefined;
    void end();
  });
  await showHome(window);
  await opened;
}

/** Has the application start anew over the other profile, once this one is closed. */
function startOther(): void {
  // Switches of the engine are kept; a file that this start was to open is not opened again.
  const kept = process.argv.slice(1).filter((word) => /^--(?!practice$|profile\b|office\b)/.test(word));
  const image = process.env['APPIMAGE'];
  app.relaunch({
    args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...kept, ...argumentWords(otherProfile(args))],
    // The program of an AppImage lies in a folder that goes with its process.
    ...(image === undefined ? {} : { execPath: image }),
  });
  void end();
}

/** Closes the core in order, then ends the application. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await core?.close();
  app.exit(0);
}

function failed(error: unknown): void {
  log(`start failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  dialog.showErrorBox(
    'Trạm Văn thư',
    `Không khởi động được. Nhật ký: ${join(windowDir, 'logs')}\nThe station could not start. Log: ${join(windowDir, 'logs')}`,
  );
  void end();
}
