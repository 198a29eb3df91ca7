import type { SignedFacts, StoredFile } from '#contract';
import type { Blobs } from '../../../store/index.ts';

/** A PDF begins with its header within the first kilobyte (ISO 32000-1 annex H, implementation note 13). */
export async function isPdf(blobs: Blobs, sha256: string): Promise<boolean> {
  const { bytes } = await blobs.range(sha256, 0, 1024);
  return bytes.includes('%PDF-');
}

const pieceBytes = 1024 * 1024;

/**
 * What can be told of a file that came back signed without checking anything: whether it goes on from the bytes of the file
 * before, as an incremental signature does (ISO 32000-1 §12.8.1), and how many signature dictionaries it names.
 */
export async function signedFacts(
  blobs: Blobs,
  before: Pick<StoredFile, 'sha256' | 'size'> | undefined,
  after: Pick<StoredFile, 'sha256' | 'size'> | null,
  form: SignedFacts['form'],
): Promise<SignedFacts> {
  if (after === null) return { form, continues: null, signatures: 0 };
  return {
    form,
    continues: before === undefined ? null : await beginsWith(blobs, after, before),
    signatures: await byteRanges(blobs, after.sha256),
  };
}

async function beginsWith(blobs: Blobs, whole: Pick<StoredFile, 'sha256' | 'size'>, start: Pick<StoredFile, 'sha256' | 'size'>): Promise<boolean> {
  if (whole.size < start.size) return false;
  for (let at = 0; at < start.size; at += pieceBytes) {
    const length = Math.min(pieceBytes, start.size - at);
    const [one, other] = await Promise.all([blobs.range(whole.sha256, at, length), blobs.range(start.sha256, at, length)]);
    if (!one.bytes.equals(other.bytes)) return false;
  }
  return true;
}

async function byteRanges(blobs: Blobs, sha256: string): Promise<number> {
  let count = 0;
  let tail = '';
  for await (const piece of blobs.pieces(sha256)) {
    const text = tail + Buffer.from(piece).toString('latin1');
    count += text.split('/ByteRange').length - 1;
    // A word may lie across two pieces; what is kept is shorter than the word, so none is counted twice.
    tail = text.slice(1 - '/ByteRange'.length);
  }
  return count;
}
