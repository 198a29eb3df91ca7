import { realpathSync } from 'node:fs';
import { basename, posix, win32 } from 'node:path';
import { inspectModuleFile, type ModuleFile } from './module-file.ts';

export type ModuleSystem = 'win32' | 'linux' | 'darwin';

/** A family of modules of the table of known names (resources/tokens/modules.json). */
export type ModuleFamily = {
  readonly id: string;
  /** as its vendor writes it; not translated */
  readonly name: string;
  /** `official` for the state's own tokens, `public` for public CAs, `generic` for open readers, `practice` for software */
  readonly kind: 'official' | 'public' | 'generic' | 'practice';
  /** where the names come from, and how sure they are (signing facts, §1.1) */
  readonly source: string;
  readonly confidence: string;
  /** bare names are looked for in the folders of the system; `%NAME%` is a variable of the environment */
  readonly files: Partial<Readonly<Record<ModuleSystem, readonly string[]>>>;
};

export type ModuleTable = {
  readonly folders: Readonly<Record<ModuleSystem, readonly string[]>>;
  readonly families: readonly ModuleFamily[];
};

export type FoundModule = {
  readonly path: string;
  readonly family: string;
  readonly familyName: string;
  readonly kind: ModuleFamily['kind'];
  readonly file: ModuleFile;
};

/**
 * Modules of the known names that are on this machine, sound ones first, each with what its file says of itself. Loads
 * none of them. `env`: the environment's variables; the caller's, since this library does not read them itself.
 */
export function findModules(
  table: ModuleTable,
  machine: { readonly system: string; readonly machine: string; readonly env: Readonly<Record<string, string | undefined>> },
): readonly FoundModule[] {
  const { system } = machine;
  if (system !== 'win32' && system !== 'linux' && system !== 'darwin') return [];
  const path = system === 'win32' ? win32 : posix;
  const folders = table.folders[system].map((folder) => expand(folder, machine.env));
  const found: FoundModule[] = [];
  const seen = new Set<string>();
  for (const family of table.families) {
    for (const name of family.files[system] ?? []) {
      const whole = expand(name, machine.env);
      const candidates = path.isAbsolute(whole) ? [whole] : folders.map((folder) => path.join(folder, whole));
      for (const candidate of candidates) {
        const file = inspectModuleFile(candidate, machine);
        if (file.state === 'module-not-found') continue;
        // Distributions link one module into several folders.
        const real = realPath(candidate);
        if (seen.has(real)) continue;
        seen.add(real);
        found.push({ path: candidate, family: family.id, familyName: family.name, kind: family.kind, file });
      }
    }
  }
  return found.sort((one, other) => Number(other.file.state === 'sound') - Number(one.file.state === 'sound'));
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function expand(path: string, env: Readonly<Record<string, string | undefined>>): string {
  // Windows does not tell letter cases of variables apart.
  const names = new Map(Object.entries(env).map(([name, value]) => [name.toLowerCase(), value]));
  return path.replace(/%([^%]+)%/g, (whole, name: string) => names.get(name.toLowerCase()) ?? whole);
}

/** A module's file name without its folder, which may hold the name of a person. */
export function moduleName(path: string): string {
  return path.includes('\\') ? win32.basename(path) : basename(path);
}
