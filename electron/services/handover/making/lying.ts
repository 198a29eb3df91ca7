import { createWriteStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type CodeOf, type Contract, type InputOf, type LyingPackage, type Outcome } from '#contract';
import { BlobDamaged, BlobMissing } from '../../../store/index.ts';
import { workingName } from '../../packages/index.ts';
import { placeRefusal } from '../giving/package-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { lookedAt } from '../receiving/receipts.store.ts';

/** Folders of the host's place. Those of hand-overs are named by their turn and batch (`giving/package-batch.ts`). */
export const arrivals = 'tiep-nhan';
export const madeHere = 'goi-tin';
const given = /^nop-luu-/;

/** A folder is a package itself when one of these lies in it. */
const heads = ['METS.xml', 'bagit.txt'];

async function isPackage(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return heads.some((head) => names.includes(head)) || (names.includes('metadata') && names.includes('representations'));
}

/**
 * Where packages lie below the named places: a ZIP, a folder with a METS, or a folder of such, as a whole batch is brought. In the
 * order of their names by number, as the lists have them. What is still being made there is no package. Undefined: a place is not there.
 */
export async function packagesIn(places: readonly string[]): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  for (const place of places) {
    const facts = await stat(place).catch(() => undefined);
    if (facts === undefined) return undefined;
    if (!facts.isDirectory() || (await isPackage(place))) found.push(place);
    else found.push(...(await packagesOf(place, 1)));
  }
  return found;
}

async function packagesOf(folder: string, deeper: number): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const known = entries.filter(({ name }) => !name.endsWith(workingName('')) && !name.startsWith('.')).toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const entry of known) {
    const path = join(folder, entry.name);
    if (entry.isFile() ? /\.zip$/i.test(entry.name) : entry.isDirectory() && (await isPackage(path))) found.push(path);
    else if (entry.isDirectory() && deeper > 0) found.push(...(await packagesOf(path, deeper - 1)));
  }
  return found;
}

type Lying = Pick<HandoverDeps, 'store' | 'place' | 'drives'>;

/** The folders of packages below a place. */
async function foldersOf(place: string | null): Promise<readonly { readonly folder: string; readonly kind: LyingPackage['in'] }[]> {
  const names = place === null ? [] : await readdir(place).catch((): string[] => []);
  return names.flatMap((name) => {
    const kind = name === arrivals ? 'arrived' : name === madeHere ? 'made' : given.test(name) ? 'given' : undefined;
    return kind === undefined ? [] : [{ folder: join(place ?? '', name), kind }];
  });
}

/** Where packages of others lie on a drive: in the folders of hand-overs. */
export async function arrivalsOn(drive: string): Promise<readonly string[]> {
  return (await foldersOf(drive)).filter(({ kind }) => kind !== 'made').map(({ folder }) => folder);
}

/** More than a person looks through. */
const mostShown = 1000;

/** Packages in the host's folders, the newest first, and whether a receipt has looked at them. */
export async function lyingPackages({ store, place, drives }: Lying): Promise<readonly LyingPackage[]> {
  const found: LyingPackage[] = [];
  for (const drive of [null, ...(await drives())]) {
    for (const { folder, kind } of await foldersOf(drive ?? place)) {
      const paths = await packagesOf(folder, 1);
      // What lies on a drive in the folder of a hand-over may be anybody's, and may be brought by it.
      const arrived = kind === 'arrived' || (drive !== null && kind === 'given');
      const looked = arrived ? lookedAt(store.read, paths) : new Map<string, string>();
      for (const path of paths) found.push(...(await shown({ place, drive, kind: arrived ? 'arrived' : kind }, path, looked.get(path))));
    }
  }
  return found.toSorted((a, b) => b.changedAt.localeCompare(a.changedAt) || a.path.localeCompare(b.path, 'en', { numeric: true })).slice(0, mostShown);
}

type Where = { readonly place: string | null; readonly drive: string | null; readonly kind: LyingPackage['in'] };

async function shown({ place, drive, kind }: Where, path: string, lookedAtLast?: string): Promise<LyingPackage[]> {
  const facts = await lstat(path).catch(() => undefined);
  if (facts === undefined) return [];
  const zip = facts.isFile();
  return [{ path: (drive === null ? relative(place ?? '', path) : path).replaceAll(sep, '/'), name: basename(path), container: zip ? 'zip' : 'folder', in: kind, drive, bytes: zip ? facts.size : null, changedAt: facts.mtime.toISOString(), taken: isTaken(facts, lookedAtLast) }];
}

/** Whether what lies there is what was looked at: another file under the same name is a newcomer. */
function isTaken({ mtime, ctime }: { readonly mtime: Date; readonly ctime: Date }, looked: string | undefined): boolean {
  return looked !== undefined && Math.max(mtime.getTime(), ctime.getTime()) <= Date.parse(looked);
}

/** Of what lies at these paths, what no receipt has looked at. */
export async function newcomers({ store }: Pick<HandoverDeps, 'store'>, paths: readonly string[]): Promise<readonly string[]> {
  const looked = lookedAt(store.read, paths);
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts !== undefined && !isTaken(facts, looked.get(path))) found.push(path);
  }
  return found;
}

/** The whole path of a package that the window names; undefined for one that does not lie in the host's folders. */
export async function lyingPath(deps: Lying, path: string): Promise<string | undefined> {
  const known = await lyingPackages(deps);
  return known.some((one) => one.path === path) ? resolve(deps.place ?? '', path) : undefined;
}

/** Shows a package in the system's window by its name as `lyingPackages` tells it, or the folder in which such packages lie. */
export async function showLying(deps: Lying & Pick<HandoverDeps, 'showFile'>, { path }: InputOf<Contract['packages']['show']>): Promise<Outcome<Record<string, never>, CodeOf<Contract['packages']['show']>>> {
  if (deps.showFile === undefined) return fail('files-not-shown');
  const wanted = resolve(deps.place ?? '', path);
  const known = (await lyingPackages(deps)).map((one) => resolve(deps.place ?? '', one.path));
  // The window may name no path but of what it was told of.
  if (!known.some((one) => one === wanted || dirname(one) === wanted)) return fail('package-gone', { path });
  deps.showFile(wanted);
  return ok({});
}

const zipMark = Buffer.from('PK');

/** Lays the bytes of a ZIP that came through the window beside the packages that came otherwise; nothing there is written over. */
export async function layIn({ store, place }: HandoverDeps, { file }: InputOf<Contract['packages']['layIn']>): Promise<Outcome<LyingPackage, CodeOf<Contract['packages']['layIn']>>> {
  if (place === null) return fail('handover-no-place');
  const name = basename(file.name.replaceAll('\\', '/')).replaceAll(/[^\p{L}\p{M}\p{N} ._()-]/gu, '_');
  if (!/\.zip$/i.test(name)) return fail('package-no-zip', { file: file.name });
  const folder = join(place, arrivals);
  const target = join(folder, name);
  const growing = join(folder, workingName(name));
  try {
    const { bytes } = await store.blobs.range(file.sha256, 0, zipMark.length);
    if (!bytes.equals(zipMark)) return fail('package-no-zip', { file: file.name });
    await mkdir(folder, { recursive: true });
    if ((await lstat(target).catch(() => undefined)) !== undefined) return fail('package-there', { file: name });
    await pipeline(store.blobs.stream(file.sha256), createWriteStream(growing));
    const handle = await open(growing, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(growing, target);
  } catch (error) {
    await rm(growing, { force: true });
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged', { file: file.name });
    return placeRefusal(error, folder);
  }
  const [laid] = await shown({ place, drive: null, kind: 'arrived' }, target);
  return laid === undefined ? fail('packages-target-gone', { detail: target }) : ok(laid);
}
