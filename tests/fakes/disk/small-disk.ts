import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** A disk of a size (as `mount -o size=` takes it) in memory, by its folder; undefined for whoever may not mount. To be unmounted. */
export function smallDisk(size: string): string | undefined {
  const disk = join(scratchFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' });
    return disk;
  } catch {
    return undefined;
  }
}
