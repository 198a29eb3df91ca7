import { sameName } from '../read/names.ts';
import { algorithmOf, type ReadFile } from './digests.ts';
import type { Findings } from './findings.ts';
import { short } from './needs.ts';
import type { PackageFiles } from './package-files.ts';

/** What the manifests of a bag say; undefined for what is no bag. */
export type Bag = {
  /** declared digests by path, of payload and tag files: Node's name of the algorithm and the hexadecimal value */
  readonly declared: ReadonlyMap<string, readonly { readonly algorithm: string; readonly digest: string; readonly manifest: string }[]>;
  readonly algorithms: readonly string[];
};

type ReadText = (path: string) => Promise<string | undefined>;

/**
 * Judges a bag (RFC 8493, BagIt 1.0) up to what its manifests declare; the digests are compared once the files are read. A bag
 * that fetches parts of itself from elsewhere is refused: what is not there cannot be received.
 */
export async function judgeBag(found: Findings, { files }: PackageFiles, readText: ReadText): Promise<Bag> {
  await judgeDeclaration(found, readText);
  if (files.has('fetch.txt')) found.add('bagit.fetch', { file: 'fetch.txt' });
  const payload = [...files.keys()].filter((path) => path.startsWith('data/'));
  if (payload.length === 0) found.add('bagit.payload', {});
  const manifests = [...files.keys()].filter((path) => /^(tag)?manifest-[a-z0-9-]+\.txt$/i.test(path));
  const declared = new Map<string, { algorithm: string; digest: string; manifest: string }[]>();
  const byName = new Map([...files.keys()].map((path) => [sameName(path), path]));
  const algorithms = new Set<string>();
  if (!manifests.some((path) => path.startsWith('manifest-'))) found.add('bagit.manifest', {});
  for (const manifest of manifests) {
    const name = /manifest-(.+)\.txt$/.exec(manifest)?.[1] ?? '';
    const algorithm = algorithmOf(name);
    if (algorithm === undefined) {
      found.add('bagit.algorithms', { file: manifest }, { found: short(name) });
      continue;
    }
    algorithms.add(algorithm);
    const isPayload = manifest.startsWith('manifest-');
    if (isPayload && (algorithm === 'md5' || algorithm === 'sha1')) found.add('bagit.weak', { file: manifest }, { found: name });
    const listed = new Set<string>();
    for (const { path, digest, line } of linesOf(found, manifest, (await readText(manifest)) ?? '')) {
      const there = files.has(path) ? path : byName.get(sameName(path));
      const fits = isPayload === path.startsWith('data/') && !listed.has(path);
      listed.add(there ?? path);
      if (!fits) found.add('bagit.manifest-line', { file: manifest, line }, { found: short(path) });
      else if (!isPayload && /^tagmanifest-[a-z0-9-]+\.txt$/.test(path)) found.add('bagit.tag-manifest', { file: manifest, line }, { found: short(path) });
      else if (there === undefined) found.add(isPayload ? 'bagit.missing' : 'bagit.tag-missing', { file: path }, { manifest });
      else {
        if (there !== path) found.add('link.letters', { file: manifest, line }, { found: short(path), wanted: short(there) });
        declared.set(there, [...(declared.get(there) ?? []), { algorithm, digest, manifest }]);
      }
    }
    // A tag manifest lists every payload manifest and no tag manifest (RFC 8493 §2.2.1).
    if (!isPayload) for (const path of manifests) if (path.startsWith('manifest-') && !listed.has(path)) found.add('bagit.tag-manifest', { file: manifest }, { found: path });
    // Every payload file is in every payload manifest (RFC 8493 §2.1.3).
    if (isPayload) for (const path of payload) if (!listed.has(path)) found.add('bagit.extra', { file: path }, { manifest });
  }
  await judgeInfo(found, files, payload, readText);
  return { declared, algorithms: [...algorithms] };
}

async function judgeDeclaration(found: Findings, readText: ReadText): Promise<void> {
  const text = (await readText('bagit.txt')) ?? '';
  const match = /^BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: (\S+)\r?\n?$/.exec(text);
  const [, version = '', encoding = ''] = match ?? [];
  if (match === null || encoding.toUpperCase() !== 'UTF-8') found.add('bagit.declaration', { file: 'bagit.txt' }, { found: short(text) });
  else if (version !== '1.0') found.add('bagit.version', { file: 'bagit.txt' }, { found: version });
}

function linesOf(found: Findings, manifest: string, text: string): readonly { readonly path: string; readonly digest: string; readonly line: number }[] {
  return text.split(/\r\n|\r|\n/).flatMap((content, index) => {
    if (content === '') return [];
    const match = /^([0-9a-fA-F]+)[ \t]+\*?(.+)$/.exec(content);
    // Only line breaks and the percent sign are written as %0A, %0D and %25.
    const path = (match?.[2] ?? '').replace(/^\.\//, '').replaceAll(/%(0A|0D|25)/gi, (code) => decodeURIComponent(code));
    if (match !== null && path !== '' && !path.startsWith('/') && !path.split('/').includes('..')) return [{ path, digest: (match[1] ?? '').toLowerCase(), line: index + 1 }];
    found.add('bagit.manifest-line', { file: manifest, line: index + 1 }, { found: short(content) });
    return [];
  });
}

async function judgeInfo(found: Findings, files: PackageFiles['files'], payload: readonly string[], readText: ReadText): Promise<void> {
  const text = await readText('bag-info.txt');
  if (text === undefined) return;
  const lines = text.split(/\r\n|\r|\n/);
  // A value goes on in lines that begin with a blank (RFC 8493 §2.2.2).
  const elements = text.replaceAll(/(?:\r\n|\r|\n)[ \t]+/g, ' ').split(/\r\n|\r|\n/);
  for (const [index, content] of lines.entries()) {
    if (content !== '' && !/^[^:\s][^:]*:[ \t]/.test(`${content} `) && !/^[ \t]/.test(content)) found.add('bagit.info', { file: 'bag-info.txt', line: index + 1 }, { found: short(content) });
  }
  const bytes = payload.reduce((sum, path) => sum + (files.get(path)?.size ?? 0), 0);
  const wanted = `${String(bytes)}.${String(payload.length)}`;
  // Each of several is one to be believed: none may say anything else.
  const told = elements.flatMap((content) => /^Payload-Oxum:(.*)$/i.exec(content)?.[1]?.trim() ?? []);
  for (const one of told) if (one.replace(/^0+(?=\d)/, '').replace(/\.0+(?=\d)/, '.') !== wanted) found.add('bagit.oxum', { file: 'bag-info.txt' }, { found: short(one), wanted });
}

/** Compares a file of the bag with what the manifests declare. */
export function judgeBagFile(found: Findings, bag: Bag, path: string, read: ReadFile): void {
  for (const { algorithm, digest, manifest } of bag.declared.get(path) ?? []) {
    if (read.digests[algorithm] !== digest) found.add('bagit.checksum', { file: path }, { manifest, found: read.digests[algorithm] ?? '', wanted: digest });
  }
}
