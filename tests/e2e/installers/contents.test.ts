import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extractFile, getRawHeader, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../build/installer/binary.ts';
import { ownDriver, pack, project, type Packed } from './packing.ts';

const MiB = 1024 * 1024;
const packed = new Map<Target, Packed>();
const of = (target: Target): Packed => packed.get(target) as Packed;

beforeAll(async () => {
  packed.set('linux', await pack('linux'));
  packed.set('win32', await pack('win32'));
});

/** Files of the archive, unpacked ones too, with `/`. */
function filesOf({ asar }: Packed): string[] {
  return listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => !('files' in statFile(asar, path)));
}

function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe.each(['linux', 'win32'] as const)('what is packed for %s', (target) => {
  it('is what the list allows, and no source, map, type, test or reader', () => {
    const files = filesOf(of(target));
    const stray = files.filter((path) => /\.(ts|tsx|mts|map|d\.ts|c|cc|cpp|h|gyp|md)$|(^|\/)(tests?|docs|build|native|renderer\/features)\//.test(path) && !path.endsWith('/licenses.md') && !path.includes('/build/Release/'));
    expect(stray).toEqual([]);
    expect([...new Set(files.map((path) => path.split('/')[0]))].sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json', 'resources']);
    expect([...new Set(files.filter((path) => path.startsWith('resources/')).map((path) => path.split('/').slice(0, 2).join('/')))].sort()).toEqual(['resources/directory', 'resources/packages']);
    for (const needed of ['dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/electron/core-worker.js', 'dist/electron/token-worker.js', 'dist/renderer/index.html', 'dist/renderer/pdfjs/pdf.worker.min.mjs', 'dist/electron/licenses.md', 'dist/renderer/licenses.md']) expect(files).toContain(needed);
  });

  it('has no dependency that only building needs', () => {
    const packages = filesOf(of(target))
      .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
      .filter((name) => name !== undefined);
    const tokens = ownDriver(target) === null ? [] : ['pkcs11js'];
    expect([...new Set(packages)].sort()).toEqual(['@expo-google-fonts/tinos', 'better-sqlite3', ...tokens]);
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    for (const name of new Set(packages)) expect(Object.keys({ ...dependencies, ...optionalDependencies })).toContain(name);
  });

  it('has the native parts of this system beside the archive, and of no other', () => {
    const { folder, asar, unpacked } = of(target);
    const expected = [`node_modules/better-sqlite3/prebuilds/${target}-x64.node`, ...(ownDriver(target) === null ? [] : ['node_modules/pkcs11js/build/Release/pkcs11.node'])];
    expect(below(folder).filter((path) => path.endsWith('.node')).sort()).toEqual(expected.map((path) => join('resources/app.asar.unpacked', path)).sort());
    expect(filesOf(of(target)).filter((path) => path.endsWith('.node')).sort()).toEqual([...expected].sort());
    for (const path of expected) {
      expect(statFile(asar, path)).toMatchObject({ unpacked: true });
      expect([path, formatOf(join(unpacked, path))]).toEqual([path, target === 'linux' ? 'ELF x86-64' : 'PE x86-64']);
    }
    expect(below(unpacked).filter((path) => !path.endsWith('.node'))).toEqual([]);
  });

  it('stays within its size', () => {
    const { asar, unpacked } = of(target);
    const beside = below(unpacked).reduce((sum, path) => sum + statSync(join(unpacked, path)).size, 0);
    expect(statSync(asar).size).toBeLessThan(24 * MiB);
    expect(beside).toBeLessThan(6 * MiB);
  });

  it('says of itself what it is, and nothing of how it was built', () => {
    const inside = JSON.parse(extractFile(of(target).asar, 'package.json').toString('utf8')) as Record<string, unknown>;
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
    expect(inside).toMatchObject({ name: 'tram-van-thu', version, license: 'Apache-2.0', type: 'module', main: 'dist/electron/main.js' });
    for (const key of ['scripts', 'devDependencies', 'dependencies', 'optionalDependencies', 'build', 'allowScripts']) expect(inside).not.toHaveProperty(key);
    // Folders of the machine that built it are no business of an office.
    const programs = filesOf(of(target)).filter((path) => path.startsWith('dist/'));
    expect(programs.filter((path) => extractFile(of(target).asar, path).includes(project))).toEqual([]);
  });

  it('can not act as plain Node, be inspected, take options from outside or load other code', async () => {
    const wire = (await getCurrentFuseWire(of(target).program)) as unknown as Record<number, number>;
    const [off, on] = ['0', '1'].map((text) => text.charCodeAt(0));
    expect({ ...wire, version: undefined }).toEqual({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      version: undefined,
    });
    // What it starts beside the core must not need the first of them.
    const programs = filesOf(of(target)).filter((path) => path.startsWith('dist/electron/'));
    expect(programs.filter((path) => extractFile(of(target).asar, path).includes('ELECTRON_RUN_AS_NODE'))).toEqual([]);
  });

  it('fetches no update', () => {
    const strange = [...below(of(target).folder), ...readdirSync(of(target).output)].map((path) => basename(path)).filter((name) => /^app-update\.yml$|^latest.*\.yml$|blockmap|^elevate\.exe$/.test(name));
    expect(strange).toEqual([]);
  });

  it('keeps the languages of the runtime that an office needs', () => {
    expect(readdirSync(join(of(target).folder, 'locales')).sort()).toEqual(['en-US.pak', 'vi.pak']);
  });
});

describe('the Windows program', () => {
  it('carries the hash of its archive, which Electron compares at each start', () => {
    const { asar, program } = of('win32');
    const hash = createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');
    const text = readFileSync(program).toString('latin1');
    expect(text).toContain(`{"file":"resources\\\\app.asar","alg":"SHA256","value":"${hash}"}`);
  });

  it('says who it is in its properties', () => {
    const bytes = readFileSync(of('win32').program);
    expect(bytes.includes(Buffer.from('Trạm Văn thư', 'utf16le'))).toBe(true);
    // Whose program the stub was.
    expect(bytes.includes(Buffer.from('Igor Pavlov', 'utf16le'))).toBe(false);
  });
});

it('leaves nothing of the stub out of sight: the runtime has its own licence with it', () => {
  expect(existsSync(join(of('linux').folder, 'LICENSE.electron.txt'))).toBe(true);
});

/** Read by other eyes than the product's: the words of `file` for these two. */
function formatOf(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))) return bytes[4] === 2 && bytes[18] === 0x3e && bytes[19] === 0 ? 'ELF x86-64' : 'ELF of another machine';
  const at = bytes.readUInt32LE(0x3c);
  if (!bytes.subarray(at, at + 4).equals(Buffer.from('PE\0\0'))) return 'unknown';
  return bytes.subarray(at + 4, at + 6).equals(Buffer.from([0x64, 0x86])) ? 'PE x86-64' : 'PE of another machine';
}
