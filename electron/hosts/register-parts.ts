import type { Contract, Dispatcher, Events, EventSources, Handlers } from '#contract';
import type { Clock } from '../foundation/clock.ts';
import type { Keeping } from '../services/keeping/index.ts';
import { createLegacy } from '../services/legacy/index.ts';
import { createSearch } from '../services/search/index.ts';
import { createTransfer } from '../services/transfer/index.ts';
import type { Store } from '../store/index.ts';
import type { CoreOptions } from './core.ts';
import { documentFonts } from './document-fonts.ts';
import { keepingParts } from './keeping-parts.ts';
import { problemWords } from './problem-words.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly kind: 'practice' | 'office';
  readonly publish: Dispatcher['publish'];
  /** many documents came or went at once */
  readonly registersChanged: () => void;
  /** while nothing is taken in or sent */
  readonly whileQuiet: <T>(work: () => Promise<T>) => Promise<T>;
  readonly incident: (error: unknown, method: string) => string;
};

export type RegisterParts = {
  readonly search: ReturnType<typeof createSearch>;
  readonly legacy: ReturnType<typeof createLegacy>;
  readonly transfer: ReturnType<typeof createTransfer>;
  readonly keeping: Keeping;
  readonly handlers: Pick<Handlers<Contract>, Names>;
  readonly sources: Pick<EventSources<Events>, Names>;
};

type Names = 'search' | 'legacy' | 'transfer' | 'keeping';

/** What works over the registers as a whole: search, taking over old ones, the whole export and import, and what becomes of what is kept. */
export function registerParts(options: CoreOptions, { store, clock, kind, publish, registersChanged, whileQuiet, incident }: Given): RegisterParts {
  const search = createSearch({
    store,
    clock,
    fonts: documentFonts,
    changed: (state) => {
      publish('search', 'index', state);
    },
    failed: (error) => void incident(error, 'search index'),
  });
  const legacy = createLegacy({
    store,
    clock,
    words: problemWords,
    progress: (progress) => {
      publish('legacy', 'progress', progress);
    },
    changed: registersChanged,
  });
  const transfer = createTransfer({
    store,
    clock,
    profileKind: kind,
    place: options.exportPlace ?? null,
    changed: (state) => {
      publish('transfer', 'progress', state);
    },
    incident: (error) => incident(error, 'whole export or import'),
  });
  const keeping = keepingParts(options, { store, clock, publish, whileQuiet, purgeIndex: search.purge, incident });
  return {
    search,
    legacy,
    transfer,
    keeping,
    handlers: { search: search.handlers, legacy: legacy.handlers, transfer: transfer.handlers, keeping: keeping.handlers },
    sources: { search: { index: search.state }, legacy: { progress: legacy.progress }, transfer: { progress: transfer.state }, keeping: keeping.sources },
  };
}
