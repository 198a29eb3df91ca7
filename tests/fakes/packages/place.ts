import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../../unit/store/helpers.ts';
import type { FakePackage } from './circular-package.ts';
import { fakeZip, type FakeEntry, type FakeZip } from './zip.ts';

/** Puts a package into a folder that goes with the test; answers its path. */
export function inFolder({ folder, files }: FakePackage, change: (path: string) => void = () => undefined): string {
  const root = join(scratchFolder(), folder);
  mkdirSync(root, { recursive: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  change(root);
  return root;
}

/** Puts a package into a ZIP that goes with the test; entries may be added and the archive spoilt. */
export function inZip(made: FakePackage, more: readonly FakeEntry[] = [], how: FakeZip = {}): string {
  const entries = [...made.files].map(([path, content]) => ({ name: `${made.folder}/${path}`, content }));
  return zipFile(fakeZip([...entries, ...more], how), `1${made.folder}.zip`);
}

/** Puts bytes into a file that goes with the test. */
export function zipFile(bytes: Buffer, name = 'a.zip'): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}
