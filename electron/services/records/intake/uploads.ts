import { fail, intakeFileBytes, ok, type Contract, type Handlers, type StoredFile } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import type { Blobs, BlobWriter } from '../../../store/index.ts';

type Intake = Handlers<Contract>['intake'];

type Upload = {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly writer: BlobWriter;
  /** bytes that came */
  at: number;
  /** one piece at a time, in order */
  last: Promise<unknown>;
  touched: number;
};

/** Files under way at once. A window hands over one after another. */
const most = 8;
/** A window that went away in the middle leaves its upload behind. */
const forgottenMs = 10 * 60_000;

export type Uploads = Pick<Intake, 'beginFile' | 'addPiece' | 'abandonFile'> & {
  /** The whole file in the store; undefined when there is no such upload, 'incomplete' when bytes are missing. */
  readonly finish: (upload: string) => Promise<StoredFile | 'incomplete' | undefined>;
  readonly stop: () => Promise<void>;
};

/**
 * Takes files from the window piece by piece: it may not read paths of the disk, and the core does not let it name any;
 * what a person drops on it or picks it has as bytes. Each goes straight into the encrypted store.
 */
export function createUploads(blobs: Blobs, now: () => number): Uploads {
  const open = new Map<string, Upload>();

  async function abandon(id: string): Promise<void> {
    const upload = open.get(id);
    open.delete(id);
    if (upload === undefined) return;
    await upload.last.catch(() => undefined);
    await upload.writer.abort();
  }

  async function forgetOld(): Promise<void> {
    const old = [...open].filter(([, upload]) => now() - upload.touched > forgottenMs);
    await Promise.all(old.map(([id]) => abandon(id)));
  }

  return {
    beginFile: async ({ name, mediaType, size }) => {
      if (size > intakeFileBytes) return fail('file-too-large', { file: name, most: intakeFileBytes / 1024 / 1024 });
      await forgetOld();
      if (open.size >= most) return fail('too-many-files', { most });
      const upload = newId();
      open.set(upload, { name, mediaType, size, writer: await blobs.writer(), at: 0, last: Promise.resolve(), touched: now() });
      return ok({ upload });
    },
    addPiece: async ({ upload: id, at, bytes }) => {
      const upload = open.get(id);
      if (upload === undefined) return fail('not-found');
      const piece = Buffer.from(bytes, 'base64');
      if (at !== upload.at || at + piece.length > upload.size) {
        await abandon(id);
        return fail('file-incomplete', { file: upload.name });
      }
      upload.at += piece.length;
      upload.touched = now();
      const written = upload.last.then(() => upload.writer.write(piece));
      upload.last = written;
      try {
        await written;
      } catch (error) {
        open.delete(id);
        throw error;
      }
      return ok({});
    },
    abandonFile: async ({ upload }) => {
      await abandon(upload);
      return ok({});
    },
    finish: async (id) => {
      const upload = open.get(id);
      if (upload === undefined) return undefined;
      if (upload.at !== upload.size) {
        await abandon(id);
        return 'incomplete';
      }
      open.delete(id);
      await upload.last;
      const { sha256, size } = await upload.writer.finish();
      return { name: upload.name, mediaType: upload.mediaType, size, sha256 };
    },
    stop: async () => {
      await Promise.all([...open.keys()].map(abandon));
    },
  };
}
