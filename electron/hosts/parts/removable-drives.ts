import { readdir, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const letters = 'DEFGHIJKLMNOPQRSTUVWXYZ';

/** Folders in which this system shows the drives that a person plugged in; on Windows the drives themselves, beside the system's own. */
async function candidates(platform: NodeJS.Platform): Promise<readonly string[]> {
  if (platform === 'win32') return [...letters].map((letter) => `${letter}:\\`);
  const shown = platform === 'darwin' ? ['/Volumes'] : [join('/media', userInfo().username), join('/run/media', userInfo().username)];
  const found: string[] = [];
  for (const folder of shown) for (const name of await readdir(folder).catch((): string[] => [])) found.push(join(folder, name));
  return found;
}

/** Drives that are plugged in now, as folders. The window chooses among them; it names no other place. */
export async function removableDrives(platform: NodeJS.Platform = process.platform): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await candidates(platform)) if ((await stat(path).catch(() => undefined))?.isDirectory() === true) found.push(path);
  return found;
}
