import type { Dispatcher } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { createKeeping, type Keeping } from '../../services/keeping/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { documentFonts } from '../document-fonts.ts';
import { fixityThread } from '../threads/fixity-thread.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly publish: Dispatcher['publish'];
  /** while nothing is taken in or sent */
  readonly whileQuiet: <T>(work: () => Promise<T>) => Promise<T>;
  /** takes what was destroyed out of the search index for good */
  readonly purgeIndex: () => Promise<void>;
  readonly incident: (error: unknown, method: string) => string;
};

/** Retention, disposal and fixity, with the thread that reads stored files. */
export function keepingParts(options: CoreOptions, { publish, incident, ...given }: Given): Keeping {
  const thread = fixityThread(given.store.blobAccess, options.log);
  const keeping = createKeeping({
    ...given,
    fonts: documentFonts,
    check: thread.check,
    onDestroyStep: options.onDestroyStep ?? (() => undefined),
    disposalsChanged: (change) => {
      publish('keeping', 'disposals', change);
    },
    fixityChanged: (state) => {
      publish('keeping', 'fixity', state);
    },
    deadlinesChanged: (counts) => {
      publish('keeping', 'deadlines', counts);
    },
    failed: (error, what) => void incident(error, what),
  });
  return {
    ...keeping,
    stop: async () => {
      const ended = keeping.stop();
      await thread.stop();
      await ended;
    },
  };
}
