import { createHash } from 'node:crypto';
import { fail, ok, type CodeOf, type Contract, type FileRef, type Outcome, type ParsedInputOf, type StampPicture } from '#contract';
import { instantOf, vietnamTime, type Clock } from '../../../foundation/clock.ts';
import { newId } from '../../../foundation/ids.ts';
import { BlobDamaged, BlobMissing, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { readSettings } from '../../settings/index.ts';
import { currentActor } from '../handling/actor.ts';
import { fileToStamp, findStampPlace } from '../handling/stamp.store.ts';
import { stampPicture, type Measure, type StampWords } from './arrival-stamp.ts';
import { shownDay } from './form-parts.ts';
import type { DocumentFonts } from './sheet.ts';

type Method = Contract['handling']['printCopy'];
type Copy = FileRef & { readonly bytes: Uint8Array };

export type PrintCopies = {
  readonly make: (input: ParsedInputOf<Method>) => Promise<Outcome<FileRef, CodeOf<Method>>>;
  /** A copy that was made lately; undefined when it is gone. */
  readonly find: (id: string) => Copy | undefined;
  /** The mark of a file as it is drawn over its page and on the copy; null while the document is not registered. */
  readonly stamp: (file: string) => Promise<Outcome<{ picture: StampPicture; place: { x: number; y: number } | null } | null, 'not-found'>>;
};

/** Copies that may be fetched; a window fetches one at once after it asked for it. */
const keptCopies = 4;
/** Under the place and date of a decree form, which is mostly empty there; the window finds better by looking at the page. */
const usualPlace = { x: 156, y: 44 };

/**
 * Makes PDFs for printing: the stored file with the arrival mark and a line that says from where it was printed. They live in memory
 * only; the stored file is read and never written.
 */
export function printCopies(deps: { readonly store: Store; readonly clock: Clock; readonly fonts: () => DocumentFonts }): PrintCopies {
  const { store, clock } = deps;
  const copies: Copy[] = [];
  let measure: Promise<Measure> | undefined;

  async function pictureOf(words: StampWords): Promise<StampPicture> {
    // Loaded with the first mark: the library that draws is large, and most stations at rest draw nothing.
    measure ??= import('./stamped-copy.ts').then(({ measureIn }) => measureIn(deps.fonts()));
    return stampPicture(words, await measure);
  }

  return {
    find: (id) => copies.find((copy) => copy.id === id),
    stamp: async (file) => {
      const found = fileToStamp(store.read, file);
      if (found === undefined) return fail('not-found');
      const words = wordsOf(found, readSettings(store.read).agency.name);
      if (words === undefined) return ok(null);
      return ok({ picture: await pictureOf(words), place: findStampPlace(store.read, file) ?? null });
    },
    make: async ({ file, at }) => {
      const found = fileToStamp(store.read, file);
      if (found === undefined) return fail('not-found');
      const { agency, operator } = readSettings(store.read);
      const words = wordsOf(found, agency.name);
      if (words === undefined) return fail('no-arrival-number');
      const stored = await bytesOf(store, found.sha256);
      if (!stored.ok) return stored;
      const now = instantOf(clock);
      const place = findStampPlace(store.read, file) ?? at ?? usualPlace;
      const line = `In từ hệ thống Trạm Văn thư, ${agency.name}, lúc ${wallTime(now)}${operator === '' ? '' : `, người in: ${operator}`}. Số đến ${words.number}.`;
      const { copyOf } = await import('./stamped-copy.ts');
      const made = await copyOf(stored.value, { picture: await pictureOf(words), place, line, fonts: deps.fonts() });
      if (made === undefined) return fail('file-not-printable', { name: found.name });
      const ref: FileRef = {
        id: newId(),
        name: `Số đến ${words.number} - ${found.name.replace(/\.pdf$/i, '')} (bản in).pdf`,
        mediaType: 'application/pdf',
        size: made.byteLength,
        sha256: createHash('sha256').update(made).digest('hex'),
      };
      store.write((db) => {
        appendAudit(db, {
          at: now,
          actor: currentActor(db).name,
          action: 'document.print-copy-made',
          subjectKind: 'incoming-document',
          subjectId: found.document,
          detail: { file: found.name, original: found.sha256, copy: ref.sha256 },
        });
      });
      copies.push({ ...ref, bytes: made });
      if (copies.length > keptCopies) copies.shift();
      return ok(ref);
    },
  };
}

type Found = NonNullable<ReturnType<typeof fileToStamp>>;

function wordsOf(found: Found, agency: string): StampWords | undefined {
  if (found.arrivalNumber === null) return undefined;
  const { arrivedAt, urgency, holders } = found;
  return { agency, number: `${String(found.arrivalNumber)}${found.arrivalSuffix}`, arrivedAt, urgency, holders };
}

async function bytesOf(store: Store, sha256: string): Promise<Outcome<Buffer, 'file-damaged'>> {
  try {
    const pieces: Uint8Array[] = [];
    // The store takes a piece's memory back when the next one is asked for.
    for await (const piece of store.blobs.pieces(sha256)) pieces.push(Buffer.from(piece));
    return ok(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged');
    throw error;
  }
}

function wallTime(instant: string): string {
  const local = vietnamTime(new Date(instant));
  return `${local.slice(11, 16)} ngày ${shownDay(local)}`;
}
