import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureTokenDriver } from './token-driver.ts';
import { ensureTools } from './tools.ts';

// `npm start`: the workstation in practice mode on a screen, the practice day in a terminal without one.

const root = resolve(import.meta.dirname, '../..');
const electronFolder = join(root, 'node_modules/electron');
const words = process.argv.slice(2);
/** How long the download of Electron's runtime may take; an office behind a wall should not wait for nothing. */
const downloadLimitMs = 20_000;
/** An Electron that ends sooner than this with an error did not open: no sandbox, a library that is missing. */
const tooSoonMs = 8_000;

process.exitCode = hasDisplay() ? await openWindow() : await playDay();

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

async function playDay(): Promise<number> {
  const folder = join(root, 'out/practice-day', new Date().toISOString().slice(0, 19).replaceAll(':', '-'));
  say('Không có màn hình: chạy ngày luyện tập trong cửa sổ lệnh.', 'No display: playing the practice day in the terminal.');
  readyForTokens();
  const code = await run(process.execPath, [join(root, 'electron/hosts/cli/main.ts'), 'day', '--out', folder, ...words]);
  if (code === 0) say(`Kết quả nằm ở: ${folder}`, `The results are in: ${folder}`);
  return code;
}

async function openWindow(): Promise<number> {
  if (!buildWhatIsOld()) return 1;
  readyForTokens();
  const electron = await electronProgram();
  let why = electron.why;
  if (electron.program !== undefined) {
    say('Mở bằng Electron, chế độ luyện tập.', 'Opening in Electron, practice mode.');
    const started = Date.now();
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const code = await run(electron.program, [...asRoot, root, '--practice', ...words]);
    if (code === 0 || Date.now() - started > tooSoonMs) return code;
    why = [`Electron kết thúc ngay với mã ${code}`, `Electron ended at once with code ${code}`];
  }
  return openInBrowser(why);
}

/** Without a compiler everything but tokens works: said once, and gone on with. */
function readyForTokens(): void {
  const ready = ensureTokenDriver({ mayInstall: false });
  if (ready.ok) return;
  say(
    `Phần đọc thiết bị ký số chưa biên dịch được trên máy này; mọi việc khác vẫn làm được. Để dùng thiết bị ký, hãy gõ: ${ready.command}`,
    `The part that reads signing tokens could not be compiled here; everything else works. To use tokens, please type: ${ready.command}`,
  );
}

function openInBrowser(why: readonly [string, string]): Promise<number> {
  if (installedBrowser() === undefined && process.platform === 'linux') {
    const ready = ensureTools([{ program: 'chromium', package: 'chromium' }]);
    if (!ready.ok) {
      say(
        `${why[0]}; cũng không có Chromium, Chrome hay Edge. Hãy gõ: ${ready.command}`,
        `${why[1]}; there is no Chromium, Chrome or Edge either. Please type: ${ready.command}`,
      );
      return Promise.resolve(1);
    }
  }
  const browser = installedBrowser();
  if (browser === undefined) {
    say(`${why[0]}; hãy cài Chrome hoặc Edge rồi chạy lại.`, `${why[1]}; install Chrome or Edge and start again.`);
    return Promise.resolve(1);
  }
  say(`Mở bằng ${browser}, chế độ luyện tập: ${why[0]}.`, `Opening in ${browser}, practice mode: ${why[1]}.`);
  return run(process.execPath, [join(root, 'electron/hosts/chromium/main.ts'), '--practice', ...words]);
}

/** Asked in a process of its own: the tools do not import the product. */
function installedBrowser(): string | undefined {
  const asked = spawnSync(process.execPath, [join(root, 'electron/hosts/chromium/main.ts'), '--which'], { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout : undefined;
}

type Electron = { readonly program: string | undefined; readonly why: readonly [string, string] };

/** Electron's runtime when it is there, or when it can be fetched in time. */
async function electronProgram(): Promise<Electron> {
  const there = installedElectron();
  if (there !== undefined) return { program: there, why: ['', ''] };
  const installer = join(electronFolder, 'install.js');
  if (!existsSync(installer)) return { program: undefined, why: ['gói electron chưa được cài', 'the electron package is not installed'] };
  say('Đang tải Electron, tối đa 20 giây…', 'Fetching Electron, 20 seconds at most…');
  const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore' });
  const limit = setTimeout(() => child.kill('SIGKILL'), downloadLimitMs);
  const started = Date.now();
  await ended(child);
  clearTimeout(limit);
  const program = installedElectron();
  const why: readonly [string, string] =
    Date.now() - started >= downloadLimitMs
      ? ['không tải được Electron trong 20 giây', "Electron's runtime did not arrive within 20 seconds"]
      : ['không tải được Electron về máy này', "Electron's runtime cannot be downloaded here"];
  return { program, why };
}

function installedElectron(): string | undefined {
  const note = join(electronFolder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const program = join(electronFolder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Builds the window and Electron's programs where a source is newer than what was built. */
function buildWhatIsOld(): boolean {
  const shared = ['electron/contract', 'package-lock.json'];
  const parts = [
    { made: 'dist/renderer/index.html', config: 'build/vite.renderer.config.ts', from: ['renderer', 'resources', ...shared] },
    { made: 'dist/electron/preload.cjs', config: 'build/vite.electron.config.ts', from: ['electron', 'native', ...shared] },
  ];
  for (const { made, config, from } of parts) {
    const newest = Math.max(...[config, ...from].map((path) => newestIn(join(root, path))));
    if ((statSync(join(root, made), { throwIfNoEntry: false })?.mtimeMs ?? 0) >= newest) continue;
    say(`Đang dựng ${made.split('/')[1] ?? ''}…`, `Building ${made.split('/')[1] ?? ''}…`);
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const built = spawnSync(process.execPath, [vite, 'build', '-c', config, '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
    if (built.status !== 0) return false;
  }
  return true;
}

function newestIn(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** Runs a program to its end and gives its exit code. Ctrl+C reaches it as well; it closes in order, we wait. */
async function run(program: string, args: readonly string[]): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
  const wait = (): void => undefined;
  const passOn = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', passOn);
  const code = await ended(child);
  process.off('SIGINT', wait);
  process.off('SIGTERM', passOn);
  return code;
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.once('error', () => { done(127); });
    child.once('exit', (code, signal) => { done(code ?? (signal === null ? 1 : 128)); });
  });
}

function say(vietnamese: string, english: string): void {
  console.log(`${vietnamese} | ${english}`);
}
