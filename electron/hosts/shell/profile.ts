import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fail, type Outcome, type StartFailureCode } from '#contract';
import type { KeyKeeper } from '../../platform/secrets/keeper.ts';

export type WindowArguments = {
  readonly practice: boolean;
  /** Folder given with `--profile`, absolute; undefined for the usual place */
  readonly profileDir: string | undefined;
  /** In practice mode that was entered from an office's station: the folder of that one, when it is not in the usual place */
  readonly officeDir: string | undefined;
};

/** Reads what both window hosts understand: `--practice`, `--profile DIR` and `--office DIR`. Others are the browser engine's. */
export function readArguments(argv: readonly string[]): WindowArguments {
  return { practice: argv.includes('--practice'), profileDir: folderAfter(argv, '--profile'), officeDir: folderAfter(argv, '--office') };
}

function folderAfter(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = argv[at];
  const value = word === undefined ? undefined : word === name ? argv[at + 1] : word.slice(name.length + 1);
  return value !== undefined && value !== '' && !value.startsWith('--') ? resolve(value) : undefined;
}

/** The other profile of this machine: from the office's station to practice, and from there back to the same office's. */
export function otherProfile({ practice, profileDir, officeDir }: WindowArguments): WindowArguments {
  return practice
    ? { practice: false, profileDir: officeDir, officeDir: undefined }
    : { practice: true, profileDir: undefined, officeDir: profileDir };
}

/** The words that `readArguments` reads so. */
export function argumentWords({ practice, profileDir, officeDir }: WindowArguments): string[] {
  const folders = [['--profile', profileDir], ['--office', officeDir]] as const;
  return [...(practice ? ['--practice'] : []), ...folders.flatMap(([name, folder]) => (folder === undefined ? [] : [`${name}=${folder}`]))];
}

/**
 * The user's data folder on this machine alone. Electron's lies in what Windows copies to a server at each sign-out, where
 * an office has roaming profiles; gigabytes of documents do not belong there, and the key opens them on this machine only.
 */
export function localFolder(userData: string, env: Readonly<Record<string, string | undefined>>): string {
  const { APPDATA: roaming = '', LOCALAPPDATA: local = '' } = env;
  const inside = relative(roaming, userData);
  return roaming === '' || local === '' || inside.startsWith('..') || isAbsolute(inside) ? userData : join(local, inside);
}

/** The profile's folder under the user's data. Practice data never lies in a real profile's folder. */
export function profileFolder(userData: string, args: WindowArguments): string {
  return args.profileDir ?? join(userData, 'profiles', args.practice ? 'practice' : 'main');
}

/**
 * Whether the folder holds data that a key was already made for. Looks at more than the store does, since a wrong
 * "no" would make a second key; the store itself is not asked because it would bring its database driver into the
 * window's process.
 */
export function profileHasData(folder: string): boolean {
  if (['station.db', 'station.json', 'station.db-wal'].some((name) => existsSync(join(folder, name)))) return true;
  return ['blobs', 'backups'].some((name) => {
    try {
      return readdirSync(join(folder, name)).length > 0;
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  });
}

/** Obtains the profile's key; made only for a profile without data. The failure is one the window has a screen for. */
export async function obtainKey(keeper: KeyKeeper, folder: string): Promise<Outcome<Buffer, StartFailureCode>> {
  const obtained = await keeper.obtain(!profileHasData(folder));
  if (obtained.ok) return { ok: true, value: obtained.value.key };
  return fail(obtained.failure.code, obtained.failure.params);
}
