import type { Dispatcher } from '#contract';
import type { Clock } from '../foundation/clock.ts';
import { createLegacy } from '../services/legacy/index.ts';
import { createSearch } from '../services/search/index.ts';
import { createTransfer } from '../services/transfer/index.ts';
import type { Store } from '../store/index.ts';
import type { CoreOptions } from './core.ts';
import { documentFonts } from './document-fonts.ts';
import { problemWords } from './problem-words.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly kind: 'practice' | 'office';
  readonly publish: Dispatcher['publish'];
  /** many documents came or went at once */
  readonly registersChanged: () => void;
  readonly incident: (error: unknown, method: string) => string;
};

export type RegisterParts = {
  readonly search: ReturnType<typeof createSearch>;
  readonly legacy: ReturnType<typeof createLegacy>;
  readonly transfer: ReturnType<typeof createTransfer>;
};

/** What works over the registers as a whole: search, taking over old ones, and the whole export and import. */
export function registerParts(options: CoreOptions, { store, clock, kind, publish, registersChanged, incident }: Given): RegisterParts {
  return {
    search: createSearch({
      store,
      clock,
      fonts: documentFonts,
      changed: (state) => {
        publish('search', 'index', state);
      },
      failed: (error) => void incident(error, 'search index'),
    }),
    legacy: createLegacy({
      store,
      clock,
      words: problemWords,
      progress: (progress) => {
        publish('legacy', 'progress', progress);
      },
      changed: registersChanged,
    }),
    transfer: createTransfer({
      store,
      clock,
      profileKind: kind,
      place: options.exportPlace ?? null,
      changed: (state) => {
        publish('transfer', 'progress', state);
      },
      incident: (error) => incident(error, 'whole export or import'),
    }),
  };
}
