import type { Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import type { DocumentFonts } from '../records/index.ts';

/** What all of keeping works with. */
export type KeepingDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fonts: () => DocumentFonts;
};
