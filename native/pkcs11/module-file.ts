import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { arch, platform } from 'node:process';
import type { TokenFailureCode } from './return-codes.ts';

type FileTrouble = Extract<
  TokenFailureCode,
  'module-not-found' | 'module-not-readable' | 'module-not-a-library' | 'module-wrong-system' | 'module-wrong-bitness' | 'module-without-pkcs11'
>;

/** What a module's file is, known without running a line of it. */
export type ModuleFile = {
  /** `sound`, or why it is not worth loading */
  readonly state: 'sound' | FileTrouble;
  readonly system: 'win32' | 'linux' | 'darwin' | null;
  /** machines it runs on: one, or several in a universal file of macOS; Node's names where Node has one */
  readonly machines: readonly string[];
  /** null where the export table could not be read; then the loader decides */
  readonly exportsPkcs11: boolean | null;
  readonly bytes: number;
};

type Look = { readonly system: 'win32' | 'linux' | 'darwin'; readonly machines: readonly string[]; readonly exportsPkcs11: boolean | null };

const entryPoint = 'C_GetFunctionList';
/** Vendors' modules have up to some 20 MB; a larger file is not read for its exports. */
const largest = 128 * 1024 * 1024;

/**
 * Looks at a module before it is loaded: is it a library of this system and of this program's bitness, and does it
 * export C_GetFunctionList. A 32-bit DLL in a 64-bit program is what users meet most, and all that the loader says of
 * it is "error 193".
 */
export function inspectModuleFile(path: string, machine: { readonly system: string; readonly machine: string } = { system: platform, machine: arch }): ModuleFile {
  const unread = (state: ModuleFile['state'], bytes = 0): ModuleFile => ({ state, system: null, machines: [], exportsPkcs11: null, bytes });
  let file: Buffer;
  try {
    const opened = openSync(path, 'r');
    try {
      const stat = fstatSync(opened);
      if (!stat.isFile() || stat.size < 64 || stat.size > largest) return unread('module-not-a-library', stat.size);
      file = Buffer.alloc(stat.size);
      readSync(opened, file, 0, stat.size, 0);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const { code } = error as { readonly code?: string };
    return unread(code === 'ENOENT' || code === 'ENOTDIR' ? 'module-not-found' : code === 'EISDIR' ? 'module-not-a-library' : 'module-not-readable');
  }
  const look = lookInto(file);
  if (look === undefined) return unread('module-not-a-library', file.length);
  return { ...look, bytes: file.length, state: stateOf(look, machine) };
}

function stateOf(look: Look, here: { readonly system: string; readonly machine: string }): ModuleFile['state'] {
  if (look.system !== here.system) return 'module-wrong-system';
  if (!look.machines.includes(here.machine)) return 'module-wrong-bitness';
  return look.exportsPkcs11 === false ? 'module-without-pkcs11' : 'sound';
}

function lookInto(file: Buffer): Look | undefined {
  try {
    if (file.readUInt32BE(0) === 0x7f454c46) return lookIntoElf(file);
    if (file.readUInt16BE(0) === 0x4d5a) return lookIntoPe(file);
    return lookIntoMachO(file);
  } catch (error) {
    // A table that leads out of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const elfMachines: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64' };

/** ELF (System V gABI): class, machine, and the names of the dynamic symbols that are defined here. */
function lookIntoElf(file: Buffer): Look {
  const wide = file[4] === 2;
  const machine = elfMachines[file.readUInt16LE(18)] ?? `elf-${String(file.readUInt16LE(18))}`;
  const look = { system: 'linux', machines: [machine] } as const;
  if (file[5] !== 1) return { ...look, machines: ['big-endian'], exportsPkcs11: null };
  const word = (at: number): number => (wide ? Number(file.readBigUInt64LE(at)) : file.readUInt32LE(at));
  const table = word(wide ? 0x28 : 0x20);
  const size = file.readUInt16LE(wide ? 0x3a : 0x2e);
  const count = file.readUInt16LE(wide ? 0x3c : 0x30);
  const section = (index: number): { type: number; link: number; offset: number; size: number } => {
    const at = table + index * size;
    return wide
      ? { type: file.readUInt32LE(at + 4), offset: word(at + 24), size: word(at + 32), link: file.readUInt32LE(at + 40) }
      : { type: file.readUInt32LE(at + 4), offset: word(at + 16), size: word(at + 20), link: file.readUInt32LE(at + 24) };
  };
  const sections = Array.from({ length: table === 0 ? 0 : count }, (_, index) => section(index));
  const symbols = sections.find(({ type }) => type === 11);
  if (symbols === undefined) return { ...look, exportsPkcs11: null };
  const names = sections[symbols.link];
  if (names === undefined) return { ...look, exportsPkcs11: null };
  const entry = wide ? 24 : 16;
  for (let at = symbols.offset; at + entry <= symbols.offset + symbols.size; at += entry) {
    const defined = file.readUInt16LE(at + (wide ? 6 : 14)) !== 0;
    if (defined && textAt(file, names.offset + file.readUInt32LE(at)) === entryPoint) return { ...look, exportsPkcs11: true };
  }
  return { ...look, exportsPkcs11: false };
}

const peMachines: Readonly<Record<number, string>> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' };

/** PE (Microsoft's PE format): machine, and the names of the export directory. */
function lookIntoPe(file: Buffer): Look | undefined {
  const header = file.readUInt32LE(0x3c);
  if (file.readUInt32BE(header) !== 0x50450000) return undefined;
  const isDll = (file.readUInt16LE(header + 22) & 0x2000) !== 0;
  if (!isDll) return undefined;
  const machine = peMachines[file.readUInt16LE(header + 4)] ?? `pe-${String(file.readUInt16LE(header + 4))}`;
  const look = { system: 'win32', machines: [machine] } as const;
  const optional = header + 24;
  const sections = optional + file.readUInt16LE(header + 20);
  const count = file.readUInt16LE(header + 6);
  const offsetOf = (address: number): number | undefined => {
    for (let at = sections; at < sections + count * 40; at += 40) {
      const start = file.readUInt32LE(at + 12);
      if (address >= start && address < start + file.readUInt32LE(at + 16)) return address - start + file.readUInt32LE(at + 20);
    }
    return undefined;
  };
  const directory = offsetOf(file.readUInt32LE(optional + (file.readUInt16LE(optional) === 0x20b ? 112 : 96)));
  if (directory === undefined) return { ...look, exportsPkcs11: false };
  const names = offsetOf(file.readUInt32LE(directory + 32));
  if (names === undefined) return { ...look, exportsPkcs11: false };
  for (let index = 0; index < file.readUInt32LE(directory + 24); index += 1) {
    const name = offsetOf(file.readUInt32LE(names + index * 4));
    if (name !== undefined && textAt(file, name) === entryPoint) return { ...look, exportsPkcs11: true };
  }
  return { ...look, exportsPkcs11: false };
}

const machoMachines: Readonly<Record<number, string>> = { 0x7: 'ia32', 0x1000007: 'x64', 0x100000c: 'arm64' };

/** Mach-O (loader.h, fat.h): machines; names are looked for as text, since any symbol begins with an underscore there. */
function lookIntoMachO(file: Buffer): Look | undefined {
  const magic = file.readUInt32BE(0);
  const machines: string[] = [];
  if (magic === 0xcafebabe) {
    const count = file.readUInt32BE(4);
    // Java's class files have the same magic, and a version where the count is.
    if (count > 16) return undefined;
    for (let at = 8; at < 8 + count * 20; at += 20) machines.push(machoMachine(file.readUInt32BE(at)));
  } else if (magic === 0xcffaedfe || magic === 0xcefaedfe) {
    machines.push(machoMachine(file.readUInt32LE(4)));
  } else {
    return undefined;
  }
  return { system: 'darwin', machines, exportsPkcs11: file.includes(`_${entryPoint}\0`) ? true : null };
}

function machoMachine(kind: number): string {
  return machoMachines[kind] ?? `macho-${String(kind)}`;
}

function textAt(file: Buffer, at: number): string {
  const end = at + entryPoint.length + 1;
  const text = file.subarray(at, end).toString('latin1');
  return text.endsWith('\0') ? text.slice(0, -1) : text;
}
