import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import modules from '../../../resources/tokens/modules.json' with { type: 'json' };
import { findModules, type ModuleTable } from '../../../native/pkcs11/find-modules.ts';
import { inspectModuleFile } from '../../../native/pkcs11/module-file.ts';
import { scratchFolder } from '../store/helpers.ts';

const hasCompiler = spawnSync('gcc', ['--version']).status === 0;
const linux = { system: 'linux', machine: 'x64' };
const windows = { system: 'win32', machine: 'x64' };

/** The smallest DLL that has an export table: one section, names at their places, no code. */
function dll(machine: number, names: readonly string[], characteristics = 0x2000): Buffer {
  const file = Buffer.alloc(0x600);
  const wide = machine !== 0x14c;
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(0x80, 0x3c);
  file.write('PE\0\0', 0x80, 'latin1');
  file.writeUInt16LE(machine, 0x84);
  file.writeUInt16LE(1, 0x86);
  const optional = wide ? 240 : 224;
  file.writeUInt16LE(optional, 0x94);
  file.writeUInt16LE(characteristics, 0x96);
  file.writeUInt16LE(wide ? 0x20b : 0x10b, 0x98);
  file.writeUInt32LE(0x1000, 0x98 + (wide ? 112 : 96));
  const section = 0x98 + optional;
  file.writeUInt32LE(0x1000, section + 12);
  file.writeUInt32LE(0x400, section + 16);
  file.writeUInt32LE(0x200, section + 20);
  // Export directory at 0x1000 (file 0x200), table of names at 0x1100, the names from 0x1200 on.
  file.writeUInt32LE(names.length, 0x200 + 24);
  file.writeUInt32LE(0x1100, 0x200 + 32);
  let at = 0x1200;
  for (const [index, name] of names.entries()) {
    file.writeUInt32LE(at, 0x300 + index * 4);
    file.write(`${name}\0`, at - 0x1000 + 0x200, 'latin1');
    at += name.length + 1;
  }
  return file;
}

function machO(...machines: readonly number[]): Buffer {
  const file = Buffer.alloc(256);
  if (machines.length === 1) {
    file.writeUInt32BE(0xcffaedfe, 0);
    file.writeUInt32LE(machines[0]!, 4);
  } else {
    file.writeUInt32BE(0xcafebabe, 0);
    file.writeUInt32BE(machines.length, 4);
    for (const [index, machine] of machines.entries()) file.writeUInt32BE(machine, 8 + index * 20);
  }
  file.write('_C_GetFunctionList\0', 200, 'latin1');
  return file;
}

function written(name: string, bytes: Buffer): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

test('a real module of this system is sound', () => {
  expect(inspectModuleFile('/usr/lib/softhsm/libsofthsm2.so', linux)).toMatchObject({ state: 'sound', system: 'linux', machines: ['x64'], exportsPkcs11: true });
  expect(inspectModuleFile('/usr/lib/softhsm/libsofthsm2.so', { system: 'linux', machine: 'arm64' }).state).toBe('module-wrong-bitness');
  expect(inspectModuleFile('/usr/lib/softhsm/libsofthsm2.so', windows).state).toBe('module-wrong-system');
});

test('a library that only uses PKCS#11, or has nothing to do with it, is not a module', () => {
  expect(inspectModuleFile('/lib/x86_64-linux-gnu/libc.so.6', linux)).toMatchObject({ state: 'module-without-pkcs11', exportsPkcs11: false });
});

test.skipIf(!hasCompiler)('a 32-bit library and one that wants the entry point from elsewhere are told apart (needs gcc)', () => {
  const folder = scratchFolder();
  const source = join(folder, 'x.c');
  writeFileSync(source, 'int C_GetFunctionList(void **list) { *list = 0; return 0; }\n');
  execFileSync('gcc', ['-m32', '-nostdlib', '-shared', '-fPIC', '-o', join(folder, 'narrow.so'), source]);
  expect(inspectModuleFile(join(folder, 'narrow.so'), linux)).toMatchObject({ state: 'module-wrong-bitness', machines: ['ia32'], exportsPkcs11: true });
  writeFileSync(source, 'extern int C_GetFunctionList(void **list); int other(void **list) { return C_GetFunctionList(list); }\n');
  execFileSync('gcc', ['-shared', '-fPIC', '-o', join(folder, 'user.so'), source]);
  expect(inspectModuleFile(join(folder, 'user.so'), linux).state).toBe('module-without-pkcs11');
});

test('Windows: DLLs by machine and exports', () => {
  const names = ['C_Finalize', 'C_GetFunctionList', 'DllMain'];
  expect(inspectModuleFile(written('a.dll', dll(0x8664, names)), windows)).toMatchObject({ state: 'sound', machines: ['x64'], exportsPkcs11: true });
  expect(inspectModuleFile(written('b.dll', dll(0x14c, names)), windows)).toMatchObject({ state: 'module-wrong-bitness', machines: ['ia32'], exportsPkcs11: true });
  expect(inspectModuleFile(written('c.dll', dll(0x8664, ['C_GetFunctionListX', 'DllMain'])), windows).state).toBe('module-without-pkcs11');
  expect(inspectModuleFile(written('d.dll', dll(0x8664, [])), windows).state).toBe('module-without-pkcs11');
  expect(inspectModuleFile(written('e.exe', dll(0x8664, names, 0x2)), windows).state).toBe('module-not-a-library');
  expect(inspectModuleFile(written('f.dll', dll(0x8664, names)), linux).state).toBe('module-wrong-system');
});

test('macOS: universal and single files; VGCA’s own package has no part for Apple silicon', () => {
  const silicon = { system: 'darwin', machine: 'arm64' };
  expect(inspectModuleFile(written('a.dylib', machO(0x1000007, 0x100000c)), silicon)).toMatchObject({ state: 'sound', machines: ['x64', 'arm64'] });
  expect(inspectModuleFile(written('b.dylib', machO(0x1000007)), silicon).state).toBe('module-wrong-bitness');
});

test('what is no library at all is told apart from what is not there', () => {
  const folder = scratchFolder();
  expect(inspectModuleFile(join(folder, 'none.so'), linux).state).toBe('module-not-found');
  expect(inspectModuleFile(join('/etc/passwd', 'none.so'), linux).state).toBe('module-not-found');
  expect(inspectModuleFile(folder, linux).state).toBe('module-not-a-library');
  expect(inspectModuleFile(written('text.so', Buffer.from('hello '.repeat(50))), linux).state).toBe('module-not-a-library');
  expect(inspectModuleFile(written('java.class', Buffer.concat([Buffer.from('cafebabe00000034', 'hex'), Buffer.alloc(200)])), linux).state).toBe('module-not-a-library');
});

test('a damaged file never throws', () => {
  const whole = readFileSync('/usr/lib/softhsm/libsofthsm2.so');
  for (const length of [64, 200, 4_000, whole.length >> 1, whole.length - 100]) {
    const path = written('cut.so', whole);
    truncateSync(path, length);
    expect(inspectModuleFile(path, linux).state).toMatch(/^module-/);
  }
  const names = dll(0x8664, ['C_GetFunctionList']);
  names.writeUInt32LE(0xffffffff, 0x200 + 24);
  names.writeUInt32LE(0x7fffffff, 0x300);
  expect(inspectModuleFile(written('wild.dll', names), windows).state).toMatch(/^module-/);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is told so (needs a user that is not root)', () => {
  const path = written('closed.so', Buffer.alloc(100));
  chmodSync(path, 0);
  expect(inspectModuleFile(path, linux).state).toBe('module-not-readable');
});

test('the table of known modules finds what is on this machine, once', () => {
  const found = findModules(modules as ModuleTable, { ...linux, env: {} });
  expect(found.filter(({ path }) => path.includes('softhsm'))).toMatchObject([{ path: '/usr/lib/softhsm/libsofthsm2.so', family: 'softhsm', kind: 'practice', file: { state: 'sound' } }]);
});

test('names with variables of the environment are looked up as Windows does, a 32-bit file is named and comes last', () => {
  const root = scratchFolder();
  const table: ModuleTable = {
    folders: { win32: [], linux: [join(root, '%SYSTEM%')], darwin: [] },
    families: [
      { id: 'narrow', name: 'Narrow', kind: 'public', source: '', confidence: '', files: { linux: ['narrow.so'] } },
      { id: 'good', name: 'Good', kind: 'official', source: '', confidence: '', files: { linux: ['good.so', 'missing.so', 'linked.so'] } },
    ],
  };
  mkdirSync(join(root, 'lib'));
  writeFileSync(join(root, 'lib/narrow.so'), dll(0x14c, ['C_GetFunctionList']));
  writeFileSync(join(root, 'lib/good.so'), readFileSync('/usr/lib/softhsm/libsofthsm2.so'));
  symlinkSync(join(root, 'lib/good.so'), join(root, 'lib/linked.so'));
  const found = findModules(table, { ...linux, env: { system: 'lib' } });
  expect(found.map(({ family, file }) => [family, file.state])).toEqual([
    ['good', 'sound'],
    ['narrow', 'module-wrong-system'],
  ]);
});
