import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hasKeyFile, keyFile } from '../../platform/secrets/key-file.ts';
import type { KeyKeeper } from '../../platform/secrets/keeper.ts';
import { passphrase } from '../../platform/secrets/passphrase.ts';
import { filesToOpen } from '../shell/files-to-open.ts';
import { forkCore } from '../shell/fork-core.ts';
import { obtainKey, otherProfile, profileFolder, readArguments, type WindowArguments } from '../shell/profile.ts';
import { findBrowser } from './find-browser.ts';
import { openChromiumHost } from './launch.ts';

// The station in an installed browser, for development and where Electron's runtime cannot be had.

const root = resolve(import.meta.dirname, '../../..');
const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

// `--which` prints the browser that would be used, for `npm start`.
process.exitCode = process.argv.includes('--which') ? which() : await openStation();

function which(): number {
  const browser = findBrowser();
  if (browser === undefined) return 1;
  stdout.write(browser);
  return 0;
}

async function openStation(): Promise<number> {
  let next: WindowArguments | number = readArguments(process.argv.slice(2));
  // The other profile, opened in place of the first, is not meant.
  let files = filesToOpen(process.argv.slice(2), process.cwd());
  while (typeof next !== 'number') {
    next = await openProfile(next, files);
    files = [];
  }
  return next;
}

/** One station, until its window is closed: answers the exit code, or the profile that was asked for in its place. */
async function openProfile(args: WindowArguments, files: readonly string[]): Promise<WindowArguments | number> {
  const userData = join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'tram-van-thu');
  const profileDir = profileFolder(userData, args);
  const keeper: KeyKeeper =
    args.practice || hasKeyFile(profileDir) ? keyFile(profileDir) : passphrase(profileDir, askInTerminal);
  const key = await obtainKey(keeper, profileDir);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

  const link = forkCore({ entry: join(root, 'electron/hosts/workers/core-worker.ts'), log });
  const opened = link.open({ profileDir, key, practice: args.practice, version, exportPlace: join(homedir(), 'Documents'), mayChangeProfile: true });
  for (const path of files) link.openFile(path);
  try {
    const host = await openChromiumHost({
      link,
      rendererDir: join(root, 'dist/renderer'),
      userDataDir: join(profileDir, 'window'),
      log,
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void host.close());
    let after: WindowArguments | number = 0;
    void link.otherProfileAsked.then(() => {
      after = otherProfile(args);
      return host.close();
    });
    await opened;
    await host.closed;
    return after;
  } catch (error) {
    // The core was closed by the failed opening.
    log(error instanceof Error ? error.message : String(error));
    log('Không mở được cửa sổ trong trình duyệt. Trạm này có thể đang mở ở cửa sổ khác.');
    log('The window could not be opened in the browser. This station may be open in another window.');
    return 1;
  }
}

/** Reads a passphrase without showing it. */
async function askInTerminal(what: 'new' | 'known'): Promise<string | null> {
  if (!stdin.isTTY) return null;
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const reader = createInterface({ input: stdin, output: silent, terminal: true });
  const ask = async (question: string): Promise<string> => {
    stdout.write(question);
    const answer = await reader.question('');
    stdout.write('\n');
    return answer;
  };
  try {
    if (what === 'known') return await ask('Mật khẩu của trạm | Station passphrase: ');
    const first = await ask('Đặt mật khẩu (ít nhất 12 ký tự) | New passphrase (at least 12 characters): ');
    if ([...first].length < 12 || first !== (await ask('Nhập lại | Again: '))) return null;
    return first;
  } finally {
    reader.close();
  }
}
