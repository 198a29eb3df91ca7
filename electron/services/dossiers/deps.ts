import type { DocumentFonts } from '../records/index.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';

export type DossierDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fonts: () => DocumentFonts;
  /** told after plans or dossiers changed */
  readonly changed: (change: { readonly dossiers: readonly string[]; readonly plans: readonly string[] }) => void;
};
