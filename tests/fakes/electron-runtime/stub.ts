import { appendFileSync, chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Target } from '../../../build/installer/binary.ts';

/** Marks the fuses inside Electron's binary (electron/docs/tutorial/fuses.md). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Schema 1, eight fuses, as Electron delivers them. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 8]), Buffer.from('10110001')]);

/**
 * A stand-in for Electron's runtime where that can not be had: the names, headers and marks that the builder and its
 * tools look for, and nothing that runs. For Windows it is a real x64 program, since its properties and its resources
 * are rewritten.
 */
export function makeStubRuntime(target: Target, folder: string): void {
  mkdirSync(join(folder, 'locales'));
  mkdirSync(join(folder, 'resources'));
  for (const language of ['de', 'en-US', 'vi', 'zh-CN']) writeFileSync(join(folder, 'locales', `${language}.pak`), language);
  writeFileSync(join(folder, 'LICENSE'), 'of the stub');
  const program = join(folder, target === 'win32' ? 'electron.exe' : 'electron');
  if (target === 'win32') copyFileSync(resolve(import.meta.dirname, '../../../node_modules/electron-winstaller/vendor/7z-x64.exe'), program);
  else writeFileSync(program, elfHeader());
  appendFileSync(program, wire);
  chmodSync(program, 0o755);
}

/** ELF64, little endian, x86-64, an executable without any segment. */
function elfHeader(): Buffer {
  const header = Buffer.alloc(4096);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(header);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt16LE(64, 52);
  return header;
}
