import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { layOut } from '../../../build/installer/contents.ts';
import { driverMark } from '../../../build/scripts/token-driver.ts';
import { ownFolder, project } from './packing.ts';

const linuxBinary = join(project, 'node_modules/better-sqlite3/prebuilds/linux-x64.node');
const windowsBinary = join(project, 'node_modules/better-sqlite3/prebuilds/win32-x64.node');
let root: string;
let folder: string;

/** A project whose built files may be spoilt. */
beforeEach(() => {
  root = ownFolder('spoilt');
  folder = join(ownFolder('laid-out'), 'app');
  for (const name of ['package.json', 'LICENSE']) copyFileSync(join(project, name), join(root, name));
  for (const name of ['node_modules', 'resources']) symlinkSync(join(project, name), join(root, name));
  cpSync(join(project, 'dist'), join(root, 'dist'), { recursive: true });
});

const lay = (target: 'linux' | 'win32', tokenDriver: string | null = null) => (): void => {
  layOut({ root, target, folder, tokenDriver, env: {} });
};

describe('what is laid out for an installer', () => {
  it('is whole without any of these faults', () => {
    expect(lay('linux')).not.toThrow();
    expect(lay('win32')).not.toThrow();
  });

  it.each(['dist/electron/main.js.map', 'dist/renderer/assets/App.test.tsx', 'dist/renderer/pdfjs/wasm/quickjs-eval.data'])('has no %s', (path) => {
    writeFileSync(join(root, path), 'x');
    expect(lay('linux')).toThrow(`${path} is not on the list of what is shipped`);
  });

  it('has no folder that nobody knows', () => {
    mkdirSync(join(root, 'dist/electron/fixtures'));
    expect(lay('linux')).toThrow('dist/electron/fixtures is not on the list of what is shipped');
  });

  it('has no token driver of another system', () => {
    expect(lay('win32', linuxBinary)).toThrow(`${linuxBinary} is linux-x64; an installer for win32 needs win32-x64.`);
    expect(lay('linux', windowsBinary)).toThrow(`${windowsBinary} is win32-x64; an installer for linux needs linux-x64.`);
  });

  it('has no token driver as it was published, and takes one for Windows that was compiled there', () => {
    expect(lay('win32', windowsBinary)).toThrow('is pkcs11js as published');
    const compiledThere = join(ownFolder('driver'), 'pkcs11.node');
    copyFileSync(windowsBinary, compiledThere);
    writeFileSync(compiledThere, driverMark, { flag: 'a' });
    expect(lay('win32', compiledThere)).not.toThrow();
  });
});

it('npm run package says in one sentence why it can not make a Windows installer here', () => {
  if (process.platform === 'win32') return;
  const ran = spawnSync(process.execPath, [join(project, 'build/scripts/package.ts'), '--win', '--no-build', '--out', folder], { encoding: 'utf8' });
  expect(ran.status).toBe(1);
  expect(ran.stderr).toMatch(/^The token driver for win32 can only be compiled on win32: .*--without-token-driver.*\n$/);
  expect(ran.stdout).toBe('');
});
