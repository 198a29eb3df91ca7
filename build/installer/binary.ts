import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Systems that an installer is made for; all of them x64. */
export type Target = 'linux' | 'win32';

/** What a binary is for, by its own header: `linux-x64` (ELF), `win32-x64` (PE), another one in words, or none. */
function binaryKind(path: string): string {
  const head = Buffer.alloc(4096);
  const handle = openSync(path, 'r');
  let length: number;
  try {
    length = readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  if (length < 64) return 'not a program';
  if (head.readUInt32BE(0) === 0x7f454c46) return elfKind(head);
  if (head.toString('latin1', 0, 2) === 'MZ') return peKind(head, length);
  if ([0xfeedfacf, 0xcffaedfe, 0xcafebabe].includes(head.readUInt32BE(0))) return 'a program for macOS';
  return 'not a program';
}

/** System V ABI, ELF header: class at 4 (2 is 64 bits), machine at 18 (62 is x86-64). */
function elfKind(head: Buffer): string {
  const machine = head.readUInt16LE(18);
  return head[4] === 2 && machine === 62 ? 'linux-x64' : `an ELF file for machine ${String(machine)}`;
}

/** Microsoft PE format: the header's place at 0x3c, `PE\0\0`, machine (0x8664 is x64). */
function peKind(head: Buffer, length: number): string {
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return 'a DOS program';
  const machine = head.readUInt16LE(at + 4);
  return machine === 0x8664 ? 'win32-x64' : `a Windows file for machine 0x${machine.toString(16)}`;
}

/** Throws a sentence when the binary is not for the target: what is wrong here would first show in an office. */
export function mustBeFor(target: Target, path: string): void {
  const kind = binaryKind(path);
  if (kind !== `${target}-x64`) throw new Error(`${path} is ${kind}; an installer for ${target} needs ${target}-x64.`);
}

/** Whether the file holds this text as bytes. */
export function holdsText(path: string, text: string): boolean {
  return readFileSync(path).includes(text);
}
