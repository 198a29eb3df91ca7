import { sameName } from '../read/names.ts';
import type { PackageFile, PackageSource } from '../read/source.ts';

/** The files of a package below its root folder. */
export type PackageFiles = {
  /** `name/`, or '' when the container is the root folder itself */
  readonly base: string;
  /** the root folder's name, as it lies in the archive or on the disk; '' when a ZIP has none */
  readonly rootName: string;
  /** by path below the root folder */
  readonly files: ReadonlyMap<string, PackageFile>;
  /** folders below the root folder that hold something, or stand as such */
  readonly folders: ReadonlySet<string>;
  /** folders that hold something, at whatever depth */
  readonly filled: ReadonlySet<string>;
  /** paths as Windows or a Mac take them for the same */
  readonly alike: ReadonlyMap<string, string>;
  /** name of the ZIP without its ending; undefined for a folder */
  readonly zipName: string | undefined;
  /** files and folders beside the root folder */
  readonly beside: readonly string[];
};

const heads = ['METS.xml', 'bagit.txt'];

/**
 * Finds the package's root folder: the container itself when a METS or a bag's declaration lies there, else the only folder
 * that has one. A ZIP whose first level is the package is read, and told (CSIPSTR1).
 */
export function packageFiles(source: PackageSource): PackageFiles {
  const names = source.files.map(({ path }) => path);
  const direct = heads.some((head) => names.includes(head));
  const candidates = [...new Set(names.filter((path) => heads.some((head) => path === `${path.split('/')[0] ?? ''}/${head}`)).map((path) => path.split('/')[0] ?? ''))];
  const firsts = [...new Set([...names, ...source.folders].filter((path) => path.includes('/') || source.folders.includes(path)).map((path) => path.split('/')[0] ?? ''))];
  const [only] = candidates.length === 1 ? candidates : firsts.length === 1 ? firsts : [];
  if (direct || only === undefined) return below(source, '', source.container === 'zip' ? '' : source.name);
  return below(source, `${only}/`, only);
}

function below(source: PackageSource, base: string, rootName: string): PackageFiles {
  const inside = source.files.filter(({ path }) => path.startsWith(base)).map((file) => [file.path.slice(base.length), file] as const);
  const beside = source.files.filter(({ path }) => !path.startsWith(base)).map(({ path }) => path);
  const standing: string[] = [];
  for (const folder of source.folders) {
    if (folder.startsWith(base)) standing.push(folder.slice(base.length));
    else if (!base.startsWith(`${folder}/`)) beside.push(folder);
  }
  return { base, rootName, beside, zipName: source.container === 'zip' ? source.name : undefined, ...tables(new Map(inside), standing) };
}

/** The package that lies in a folder of another, as in a bag; `''` when it is the whole. */
export function innerFiles(outer: PackageFiles, payload: string): PackageFiles {
  if (payload === '') return outer;
  const cut = (paths: Iterable<string>): string[] => [...paths].filter((path) => path.startsWith(payload)).map((path) => path.slice(payload.length));
  const files = new Map([...outer.files].filter(([path]) => path.startsWith(payload)).map(([path, file]) => [path.slice(payload.length), file]));
  return { base: `${outer.base}${payload}`, rootName: payload.split('/').at(-2) ?? '', beside: [], zipName: undefined, ...tables(files, cut(outer.folders)) };
}

function tables(files: ReadonlyMap<string, PackageFile>, standing: readonly string[]): Pick<PackageFiles, 'files' | 'folders' | 'filled' | 'alike'> {
  const filled = new Set<string>();
  for (const path of files.keys()) {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) filled.add(path.slice(0, cut));
  }
  const folders = new Set([...filled, ...standing.filter((folder) => folder !== '')]);
  return { files, folders, filled, alike: new Map([...files.keys()].map((path) => [sameName(path), path])) };
}
