import { z } from 'zod';

/** UUIDv7, lower case, as made by `foundation/ids`. */
export const Id = z.uuid();
/** Instant, ISO 8601 UTC with milliseconds, e.g. `2026-11-22T01:00:00.000Z`. Shown at +07:00. */
export const Instant = z.iso.datetime({ precision: 3 });
/** Calendar day in Vietnam, `yyyy-MM-dd`. */
export const Day = z.iso.date();
export const Empty = z.strictObject({});

/** A file of a document. Its bytes never travel in the contract: the window asks for `/files/<id>`. */
export const FileRef = z.strictObject({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  /** bytes */
  size: z.number().int().nonnegative(),
  /** lower-case hex */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileRef = z.infer<typeof FileRef>;

/** Urgency of edXML `Priority`: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hoả tốc, 4 hoả tốc hẹn giờ. */
export const Urgency = z.number().int().min(0).max(4);
