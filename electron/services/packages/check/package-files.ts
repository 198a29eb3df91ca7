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
  const files = new Map<string, PackageFile>();
  const folders = new Set<string>();
  const beside: string[] = [];
  for (const file of source.files) {
    if (!file.path.startsWith(base)) {
      beside.push(file.path);
      continue;
    }
    const path = file.path.slice(base.length);
    files.set(path, file);
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) folders.add(path.slice(0, cut));
  }
  for (const folder of source.folders) {
    if (folder.startsWith(base)) folders.add(folder.slice(base.length));
    else if (`${folder}/` !== base && !base.startsWith(`${folder}/`)) beside.push(folder);
  }
  folders.delete('');
  return { base, rootName, files, folders, beside, zipName: source.container === 'zip' ? source.name : undefined };
}
