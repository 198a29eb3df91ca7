import type { IncrementPlan } from '../../foundation/pdf/index.ts';
import type { Certificate, SigningWay } from '../trust/index.ts';

/**
 * PAdES levels (EN 319 142-1 §6.3): B a signature, T one with a time-stamp of an authority, LT with all that checking it
 * later takes inside the file, LTA with a time-stamp over that as well.
 */
export type SigningLevel = 'B' | 'T' | 'LT' | 'LTA';

/** Left, bottom, width and height in points (1/72 inch) of the page's own space, whatever its /Rotate. */
export type Box = { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };

/** Where the signature goes. */
export type FieldWish =
  /** an empty signature field of the file, by its full name */
  | { readonly kind: 'existing'; readonly name: string }
  /** a new one; `page` counts from 1; without a box it is not seen; without a name it takes the next free one */
  | { readonly kind: 'new'; readonly page: number; readonly box?: Box; readonly name?: string };

/** Fields that nobody may fill in or sign afterwards (FieldMDP, ISO 32000-1 12.8.2.4). Names of `All` are empty. */
export type Lock = { readonly action: 'All' | 'Include' | 'Exclude'; readonly fields: readonly string[] };

/**
 * Draws what is seen: objects numbered from `first`, of which that with the number `first` is the form XObject
 * (12.5.5) with a BBox of this size. Decree 30's appearances come in here.
 */
export type Appearance = (first: number, size: { readonly width: number; readonly height: number }) => IncrementPlan['objects'];

/** Text fields that are filled in by the increment of a signature: of each its /V and /AP change, and nothing else. */
export type Filling = {
  readonly values: readonly { readonly field: string; readonly value: string }[];
  /** objects numbered from `first`: a form XObject for each value in their order, then what they share; sizes are those of the fields */
  readonly draw: (first: number, sizes: readonly { readonly width: number; readonly height: number }[]) => IncrementPlan['objects'];
};

/** What is to be signed, how and by whom. */
export type SigningWish = {
  /** T and above leave room for a time-stamp, which `finish` may be given */
  readonly level: SigningLevel;
  readonly way: SigningWay;
  readonly certificate: Certificate;
  /** issuers to embed beside it, see `chainOf` */
  readonly chain: readonly Certificate[];
  readonly field: FieldWish;
  /** claimed signing time, /M; the certificate must be current then */
  readonly at: Date;
  /** certifies (12.8.2.2): 1 no change afterwards, 2 form filling and signing, 3 annotations too; first signature only */
  readonly certify?: 1 | 2 | 3;
  /** a lock that an existing field has goes before this one */
  readonly lock?: Lock;
  readonly appearance?: Appearance;
  readonly fill?: Filling;
  readonly name?: string;
  readonly reason?: string;
};
