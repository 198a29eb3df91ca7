import { z } from 'zod';
import { command } from './define.ts';
import { StoredFile } from './records.ts';
import { Id } from './shared.ts';

/** Bytes of one piece at most; the window cuts its files into pieces of this size. */
export const stagedPieceBytes = 768 * 1024;
const mostBase64 = Math.ceil(stagedPieceBytes / 3) * 4;

const no = { audited: { no: 'bytes alone are nothing; what takes them up writes its entry' } } as const;

/** A file of the user's machine on its way into the store: opened, handed over piece by piece in order, finished. */
export const staging = {
  open: command(
    z.strictObject({
      name: z.string().trim().min(1).max(255),
      mediaType: z.string().max(150),
      size: z.number().int().nonnegative(),
    }),
    z.strictObject({ upload: Id }),
    ['file-too-large', 'too-many-uploads'],
    no,
  ),
  /** `at`: how many bytes went before. */
  piece: command(
    z.strictObject({ upload: Id, at: z.number().int().nonnegative(), base64: z.base64().max(mostBase64) }),
    z.strictObject({ received: z.number().int() }),
    ['upload-unknown', 'upload-out-of-order'],
    no,
  ),
  /** Stored, fsynced and named by its hash when this answers. */
  finish: command(z.strictObject({ upload: Id }), StoredFile, ['upload-unknown', 'upload-incomplete'], no),
  /** Gives it up; nothing of it stays. */
  drop: command(z.strictObject({ upload: Id }), z.strictObject({}), [], no),
};
