import { fail, ok, stagedPieceBytes, type Contract, type Handlers } from '#contract';
import { newId } from '../foundation/ids.ts';
import type { BlobWriter, Store } from '../store/index.ts';

/** A scanned annex of hundreds of pages; what is larger does not pass the axis either (`maxMessageBytes`). */
export const mostFileBytes = 512 * 1024 * 1024;
/** Uploads at once; each holds a file open. */
const mostUploads = 50;
/** A window that went away in the middle leaves its upload behind. */
const forgottenMs = 10 * 60_000;

type Upload = {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly writer: BlobWriter;
  received: number;
  touched: number;
  /** pieces are written one after another, whatever the order of their answers */
  last: Promise<unknown>;
};

/** The `staging` methods: files of the user's machine come through the window in pieces, and go into the store as they come. */
export function stagingHandlers(store: Store, now: () => number = Date.now): Handlers<Contract>['staging'] & { readonly close: () => Promise<void> } {
  const uploads = new Map<string, Upload>();
  async function giveUp(id: string): Promise<void> {
    const upload = uploads.get(id);
    uploads.delete(id);
    await upload?.last.catch(() => undefined);
    await upload?.writer.abort();
  }
  async function forgetOld(): Promise<void> {
    const old = [...uploads].filter(([, upload]) => now() - upload.touched > forgottenMs);
    for (const [id] of old) await giveUp(id);
  }
  return {
    open: async ({ name, mediaType, size }) => {
      if (size > mostFileBytes) return fail('file-too-large', { file: name, most: mostFileBytes / 1024 / 1024 });
      await forgetOld();
      if (uploads.size >= mostUploads) return fail('too-many-uploads');
      const upload = newId();
      uploads.set(upload, { name, mediaType, size, writer: await store.blobs.writer(), received: 0, touched: now(), last: Promise.resolve() });
      return ok({ upload });
    },
    piece: async ({ upload: id, at, base64 }) => {
      const upload = uploads.get(id);
      if (upload === undefined) return fail('upload-unknown');
      const bytes = Buffer.from(base64, 'base64');
      if (at !== upload.received || at + bytes.length > upload.size || bytes.length > stagedPieceBytes) {
        await giveUp(id);
        return fail('upload-out-of-order');
      }
      upload.received += bytes.length;
      upload.touched = now();
      const written = upload.last.then(() => upload.writer.write(bytes));
      upload.last = written;
      await written;
      return ok({ received: upload.received });
    },
    finish: async ({ upload: id }) => {
      const upload = uploads.get(id);
      if (upload === undefined) return fail('upload-unknown');
      if (upload.received !== upload.size) {
        await giveUp(id);
        return fail('upload-incomplete', { received: upload.received, size: upload.size });
      }
      uploads.delete(id);
      await upload.last;
      return ok({ name: upload.name, mediaType: upload.mediaType, ...(await upload.writer.finish()) });
    },
    drop: async ({ upload }) => {
      await giveUp(upload);
      return ok({});
    },
    close: async () => {
      for (const id of [...uploads.keys()]) await giveUp(id);
    },
  };
}
