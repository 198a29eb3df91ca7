import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildPackage, type PackageContent, type PackageForm } from '../../../electron/services/packages/index.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import type { FakePackage } from './circular-package.ts';
import { originals, smallContent, stubSchemas, type Originals } from './content.ts';

/** The fakes' content with a picture that is one, and with the pages that its documents have. */
export function honest(content: PackageContent, store: Originals): PackageContent {
  const jpeg = store.file(Buffer.from('\xff\xd8\xff\xe0 anh', 'latin1'), 'ảnh.jpeg', 'image/jpeg');
  const documents = content.documents.map((one) => (one.content.kind === 'file' && one.content.file.mediaType === 'image/jpeg' ? { ...one, content: { ...one.content, file: jpeg } } : one));
  const pages = documents.reduce((sum, { fields }) => sum + (fields.kind === 'doc' ? (fields.numberOfPage ?? 0) : 0), 0);
  return { ...content, documents, head: content.head.kind === 'hoso' ? { ...content.head, numberOfPage: pages } : content.head };
}

/** A package that the product wrote and nothing is wrong with, as files that a test may spoil. */
export async function written(form: PackageForm): Promise<FakePackage> {
  const store = originals();
  const outcome = await buildPackage({ content: honest(smallContent(form, store), store), schemas: stubSchemas, into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const { path, objectId } = outcome.value;
  const files = new Map<string, Buffer>();
  for (const one of readdirSync(path, { recursive: true, withFileTypes: true })) {
    const full = join(one.parentPath, one.name);
    if (one.isFile()) files.set(full.slice(path.length + 1), readFileSync(full));
  }
  return { objectId, folder: basename(path), files };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Changes a file that describes others, and then the size and digest in all that names it, so that nothing is wrong but the change.
 * Refuses a change that changes nothing.
 */
export function resealed(made: FakePackage, path: string, change: (text: string) => string): FakePackage {
  const before = made.files.get(path) ?? Buffer.alloc(0);
  const after = Buffer.from(change(before.toString('utf8')));
  if (after.equals(before)) throw new Error('the change changed nothing');
  let next: FakePackage = { ...made, files: new Map(made.files).set(path, after) };
  const old = digest(before);
  for (const [name, bytes] of made.files) {
    if (name === path || !/(^|\/)METS\.xml$|manifest-sha256\.txt$/.test(name) || !bytes.toString('utf8').toLowerCase().includes(old)) continue;
    next = resealed(next, name, (text) => text.replace(new RegExp(`SIZE="\\d+"( CREATED="[^"]*")? CHECKSUM="${old}"`, 'i'), (_, created: string | undefined) => `SIZE="${String(after.length)}"${created ?? ''} CHECKSUM="${digest(after).toUpperCase()}"`).replace(old, digest(after)));
  }
  return next;
}
