import { placeOf } from '../read/xml.ts';
import { algorithmOf, type ReadFile } from './digests.ts';
import type { Findings, Place } from './findings.ts';
import type { Resolved } from './links-judge.ts';
import { placed } from './mets-file.ts';
import { short } from './needs.ts';
import type { PackageFiles } from './package-files.ts';
import type { PremisFixity } from './premis-judge.ts';

/** Algorithms that a package asks of a file, as Node calls them. */
export function algorithmsFor(links: readonly Resolved[]): readonly string[] {
  return links.flatMap(({ link }) => {
    const algorithm = algorithmOf(link.checksumType ?? '');
    return algorithm === undefined ? [] : [algorithm];
  });
}

/** Compares a file with what every link to it declares. */
export function judgeFacts(found: Findings, path: string, links: readonly Resolved[], read: ReadFile): void {
  for (const { link } of links) {
    // Asked for only when something is wrong: the way up to the root is long for every link of ten thousand.
    const place = (): Place => ({ file: path, at: `${link.mets.path}: ${placeOf(link.element)}`, line: link.element.line });
    if (link.size !== undefined && link.size !== '' && link.size.trim() !== String(read.size)) found.add('file.size', place(), { found: read.size, wanted: short(link.size) });
    if (link.checksum === undefined || link.checksum === '') continue;
    const algorithm = algorithmOf(link.checksumType ?? '');
    if (algorithm === undefined) found.add('file.algorithm', place(), { found: short(link.checksumType ?? '') });
    else if (read.digests[algorithm] !== link.checksum.trim().toLowerCase()) found.add('file.checksum', place(), { found: read.digests[algorithm] ?? '', wanted: short(link.checksum), algorithm: short(link.checksumType ?? '') });
  }
  // One link cannot contradict itself.
  if (links.length < 2) return;
  const facts = new Set(links.flatMap(({ link }) => (link.checksum === undefined || link.checksum === '' ? [] : [`${link.checksumType ?? ''} ${link.checksum.toLowerCase()}`])));
  const kinds = new Set([...facts].map((fact) => fact.split(' ')[0]));
  if (facts.size > kinds.size) found.add('file.two-facts', { file: path }, { found: facts.size });
}

const beginnings: readonly { readonly ending: RegExp; readonly bytes: RegExp; readonly name: string }[] = [
  { ending: /\.pdf$/i, bytes: /^%PDF-/, name: 'PDF' },
  { ending: /\.jpe?g$/i, bytes: /^\xff\xd8\xff/, name: 'JPEG' },
  { ending: /\.png$/i, bytes: /^\x89PNG/, name: 'PNG' },
  { ending: /\.tiff?$/i, bytes: /^(II\*\0|MM\0\*)/, name: 'TIFF' },
  { ending: /\.(docx|xlsx|pptx|odt|ods|odp)$/i, bytes: /^PK\p{Cc}\p{Cc}/u, name: 'ZIP' },
];

/** Whether a file begins as its name promises. */
export function judgeFormat(found: Findings, path: string, read: ReadFile): void {
  const kind = beginnings.find(({ ending }) => ending.test(path));
  if (kind !== undefined && !kind.bytes.test(read.head)) found.add('file.format', { file: path }, { wanted: kind.name });
}

/** Names that another machine may not be able to keep. */
export function judgeName(found: Findings, path: string, oldName: boolean): void {
  if (oldName) found.add('zip.old-name', { file: path });
  if (path !== path.normalize('NFC')) found.add('name.decomposed', { file: path });
  for (const part of path.split('/')) {
    if (Buffer.byteLength(part, 'utf8') > 255) found.add('name.bytes', { file: path }, { length: Buffer.byteLength(part, 'utf8'), most: 255 });
    if (/[<>:"|?*]|[. ]$|^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(part)) found.add('name.windows', { file: path }, { found: short(part) });
  }
}

/** Files that a METS names and that are not there; one of the same content under another name is a renamed one. */
export function judgeMissing(found: Findings, missing: readonly Resolved[], unlisted: readonly string[], reads: ReadonlyMap<string, ReadFile>): void {
  const renamed = new Set<string>();
  const byDigest = new Map(unlisted.flatMap((path) => Object.entries(reads.get(path)?.digests ?? {}).map(([algorithm, digest]) => [`${algorithm} ${digest}`, path] as const)));
  for (const { link, wanted } of missing) {
    const { at, line } = placed(link.mets, link.element);
    const place = { file: wanted, at: `${link.mets.path}: ${at}`, line };
    const algorithm = algorithmOf(link.checksumType ?? '');
    const other = algorithm === undefined || (link.checksum ?? '') === '' ? undefined : byDigest.get(`${algorithm} ${link.checksum?.trim().toLowerCase() ?? ''}`);
    if (other === undefined || renamed.has(other)) {
      found.add('file.missing', place, { found: '' });
    } else {
      renamed.add(other);
      found.add('file.renamed', place, { found: short(other), wanted: short(wanted) });
    }
  }
  for (const path of unlisted) if (!renamed.has(path)) found.add('file.extra', { file: path });
}

/** Compares the digests in PREMIS with the files, and its signatures with those of the files that somebody looked at (`signed`: by path, Base64). */
export function judgePremisFixity(found: Findings, fixities: readonly PremisFixity[], { package_, reads, signed }: { readonly package_: PackageFiles; readonly reads: ReadonlyMap<string, ReadFile>; readonly signed: ReadonlyMap<string, readonly string[]> }, pathOfId: (id: string) => string | undefined): void {
  const known = new Set([...reads.values()].map(({ digests }) => digests['sha256']));
  for (const { file, at, line, names, digest, signatures } of fixities) {
    const path = names.map((name) => (package_.files.has(name) ? name : pathOfId(name))).find((one) => one !== undefined);
    const read = path === undefined ? undefined : reads.get(path);
    if (read !== undefined && read.digests['sha256'] !== digest) found.add('premis.fixity', { file, at, line }, { path: short(path ?? ''), found: read.digests['sha256'] ?? '', wanted: digest });
    else if (read === undefined && !known.has(digest)) found.add('premis.fixity-unknown', { file, at, line }, { path: short(names[0] ?? ''), found: digest });
    const values = path === undefined ? undefined : signed.get(path);
    if (values === undefined) continue;
    for (const one of signatures) if (!values.includes(one.value)) found.add('premis.signature-other', { file, at: one.at, line: one.line }, { path: short(path ?? ''), signer: short(one.signer) });
  }
}
