import { z } from 'zod';

/** A certificate known by its SHA-256. The certificates themselves do not ship: they come with files or from addresses. */
const Pin = z.strictObject({
  name: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** a path may end at a root only; an issuing authority is listed to be recognised */
  role: z.enum(['root', 'issuing']),
  /** government: Ban Cơ yếu Chính phủ; national: public authorities under NEAC. Neither vouches for the other (signing.md §1.2) */
  hierarchy: z.enum(['government', 'national']),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  source: z.string().min(1),
  /** as in signing.md: M measured, P primary artefact, S second-hand but concrete */
  confidence: z.enum(['M', 'P', 'S']),
});
/** `added`: by an administrator of this office, beside the two that come with the program. */
export type Pin = Omit<z.infer<typeof Pin>, 'hierarchy'> & { readonly hierarchy: z.infer<typeof Pin>['hierarchy'] | 'added' };

/** One that is known to exist but not by a full hash: shown, never trusted. */
const Unpinned = z.strictObject({ name: z.string().min(1), why: z.string().min(1) });

const AnchorTable = z.strictObject({ edition: z.iso.date(), pins: z.array(Pin), unpinned: z.array(Unpinned) });
export type AnchorTable = z.infer<typeof AnchorTable>;

/** The pins by hash. */
export type Anchors = ReadonlyMap<string, Pin>;

/** `given` is the parsed JSON of `resources/trust/anchors.json`; throws when it is of another shape. */
export function readAnchorTable(given: unknown): AnchorTable {
  return AnchorTable.parse(given);
}

/** The certificates at which a path may end. */
export function anchorsOf(table: AnchorTable): Anchors {
  return new Map(table.pins.filter(({ role }) => role === 'root').map((pin) => [pin.sha256, pin]));
}
