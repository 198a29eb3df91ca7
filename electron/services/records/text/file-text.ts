import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type Blobs, type Store } from '../../../store/index.ts';
import type { PdfTextReader } from '../ports.ts';
import { nextWaiting, noteText, type FileText } from './file-text.store.ts';
import { decoderFor } from './legacy-letters.ts';
import { noText, textLimits } from './pdf-text.ts';

/** Files whose texts are written in one transaction: receiving waits for the disk as well. */
const together = 12;

export type TextMaker = {
  /** Reads what waits, one file after another, until nothing does. Called again while it runs, it goes on by itself. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

export type TextDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly reader: PdfTextReader;
  readonly failed: (error: unknown) => void;
};

/**
 * Makes the text of stored PDFs in the background, so that it can be searched: of what arrives, of what is entered by
 * hand, and of what was stored before there was such a table. Taking in a document never waits for it.
 */
export function textMaker(deps: TextDeps): TextMaker {
  let running: Promise<void> | undefined;
  let stopping = false;

  async function readAll(): Promise<void> {
    for (;;) {
      const waiting = nextWaiting(deps.store.read, together);
      if (waiting.length === 0) return;
      const texts: { readonly sha256: string; readonly text: FileText }[] = [];
      for (const file of waiting) {
        texts.push({ sha256: file.sha256, text: await readStored(deps, file) });
        // What was cut short by the end of the program is read at the next start.
        if (stopping) return;
      }
      deps.store.write((db) => {
        for (const { sha256, text } of texts) noteText(db, sha256, text, instantOf(deps.clock));
      });
    }
  }

  return {
    wake: () => {
      if (running !== undefined || stopping) return;
      running = readAll()
        .catch(deps.failed)
        .finally(() => {
          running = undefined;
        });
    },
    stop: async () => {
      stopping = true;
      await running;
    },
  };
}

async function readStored(deps: TextDeps, file: { readonly sha256: string; readonly size: number }): Promise<FileText> {
  if (file.size > textLimits.bytes) return noText('too-large');
  const bytes = await storedBytes(deps.store.blobs, file.sha256);
  if (bytes === undefined) return { state: 'lost', pages: 0, text: '' };
  const { state, pages, text } = await deps.reader.text(bytes);
  return { state, pages, text: decoderFor(text)(text) };
}

/** All bytes of a stored file; undefined when the store cannot give them whole. For files within `textLimits.bytes`. */
export async function storedBytes(blobs: Blobs, sha256: string): Promise<Uint8Array | undefined> {
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of blobs.stream(sha256)) pieces.push(piece as Uint8Array);
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return undefined;
    throw error;
  }
}
