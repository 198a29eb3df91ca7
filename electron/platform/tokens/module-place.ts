import { realpathSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const folders: Readonly<Record<string, readonly string[]>> = {
  win32: ['%SystemRoot%', '%ProgramFiles%', '%ProgramFiles(x86)%'],
  linux: ['/usr', '/opt', '/lib', '/lib64'],
  darwin: ['/usr', '/opt', '/Library', '/System', '/Applications'],
};

/**
 * Whether a driver that the window names may be run: only in folders that administrators alone write to. Otherwise a window
 * that was taken over could save a file and have it run; a path on the network would do even without saving.
 */
export function isAdministratorsPlace(path: string, machine: { readonly system: string; readonly env: Readonly<Record<string, string | undefined>> }): boolean {
  const paths = machine.system === 'win32' ? win32 : posix;
  const real = realPath(path);
  if (!paths.isAbsolute(real) || real.startsWith('\\\\')) return false;
  return (folders[machine.system] ?? []).some((folder) => {
    const place = folder.replace(/%([^%]+)%/g, (_, name: string) => variable(machine.env, name));
    if (place === '') return false;
    const within = paths.relative(place, real);
    return within !== '' && within !== '..' && !within.startsWith(`..${paths.sep}`) && !paths.isAbsolute(within);
  });
}

function variable(env: Readonly<Record<string, string | undefined>>, wanted: string): string {
  // Windows does not tell letter cases of variables apart.
  const found = Object.entries(env).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
  return found?.[1] ?? '';
}

/** Where the file really lies: a link of a user's may lead anywhere. One that is not there is judged by its name. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
