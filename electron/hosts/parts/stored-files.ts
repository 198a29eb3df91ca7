import { fail, ok, type Outcome } from '#contract';
import { readableOwnFile } from '../../services/dossiers/index.ts';
import { archivePaperOf } from '../../services/handover/index.ts';
import { exchangeFileOf } from '../../services/exchange/index.ts';
import { scheduleFileOf, stepFileOf } from '../../services/keeping/index.ts';
import { legacyFileOf } from '../../services/legacy/index.ts';
import { fileOf, getPrinted, waitingFile, type PrintCopies } from '../../services/records/index.ts';
import { exportFileOf } from '../../services/search/index.ts';
import { pictureFileOf } from '../../services/signing/index.ts';
import { BlobDamaged, BlobMissing, type BlobRef, type Store } from '../../store/index.ts';
import type { FileBytes } from '../core.ts';

/** Puts bytes into the store as they come. */
export async function storeFile(store: Store, bytes: AsyncIterable<Uint8Array>): Promise<BlobRef> {
  const writer = await store.blobs.writer();
  try {
    for await (const piece of bytes) await writer.write(piece);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return writer.finish();
}

/** Bytes of a file of any domain, by its id. */
export async function readFile(
  store: Store,
  copies: PrintCopies,
  fileId: string,
  start: number,
  length: number,
): Promise<Outcome<FileBytes, 'not-found' | 'file-damaged'>> {
  const copy = copies.find(fileId);
  if (copy !== undefined) {
    const { size, mediaType, name, bytes } = copy;
    return ok({ size, mediaType, name, bytes: bytes.subarray(start, start + length) });
  }
  const { read } = store;
  const file = fileOf(read, fileId) ?? exchangeFileOf(read, fileId) ?? getPrinted(read, fileId) ?? waitingFile(read, fileId) ?? exportFileOf(read, fileId) ?? legacyFileOf(read, fileId) ?? pictureFileOf(read, fileId) ?? readableOwnFile(read, fileId) ?? archivePaperOf(read, fileId) ?? scheduleFileOf(read, fileId) ?? stepFileOf(read, fileId);
  if (file === undefined) return fail('not-found');
  try {
    const { size, bytes } = await store.blobs.range(file.sha256, start, length);
    return ok({ size, mediaType: file.mediaType, name: file.name, bytes });
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged');
    throw error;
  }
}
