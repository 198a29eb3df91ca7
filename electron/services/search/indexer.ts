import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import type { IndexState } from '#contract';
import type { Store, WriteDb } from '../../store/index.ts';
import { countDocuments, idsBefore } from './entry.store.ts';
import { beginWalk, clean, cleanAll, dirtyDocuments, indexDocuments, indexState, mergeAll, mergeSome, noteWalk, stateRow } from './index.store.ts';
import type { Vocabulary } from './vocabulary.store.ts';

/** Raised whenever what is put into the index changes; every profile then goes through its documents once. */
const indexVersion = 1;
/** A slice of work in the background ends after so long: the core serves the window between two. */
const sliceMs = 4;
/** Between two slices, and between two looks for something to do. */
const pauseMs = 12;
const lookMs = 1000;
/** What is merged after each transaction, so that the index stays in few parts without ever being merged for long. */
const mergedPages = 16;
/** What is merged in one slice while what was destroyed is taken out: about a megabyte. */
const purgedPages = 256;
/** Documents between two looks at the clock. */
const stride = 2;
const afterFailureMs = 60_000;
/** What a search takes in itself before it looks; beyond, it says that more is waiting. */
const searchMs = 60;

export type Indexer = {
  /**
   * Takes in what changed, as far as it can be done while somebody waits for a search; everything, where nothing works in the
   * background (a command line, a test).
   */
  readonly catchUp: () => void;
  /** Goes through all documents anew. */
  readonly rebuild: () => void;
  /** Works in the background from now on. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Takes in what changed, and then takes what left the index out of every part of it, for good; in slices. */
  readonly purge: () => Promise<void>;
  /** Takes in everything now, at one go: for tools and tests. */
  readonly finish: () => void;
};

export type IndexerDeps = {
  readonly store: Store;
  readonly vocabulary: Vocabulary;
  /** told while the index is made, and when it is whole */
  readonly changed: (state: IndexState) => void;
  readonly failed: (error: unknown) => void;
};

/** Has all documents gone through anew, after registers came as a whole. */
export function indexAnew(db: WriteDb): void {
  cleanAll(db);
  beginWalk(db, indexVersion, countDocuments(db));
}

/** Keeps the index in step with the registers. Triggers note what changed in the transaction of the change. */
export function createIndexer(deps: IndexerDeps): Indexer {
  const { store, vocabulary } = deps;
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let toldAt = 0;

  /** One transaction of work; answers whether there may be more. `ms`: it ends after so long, after one document at least. */
  function slice(ms: number, pages: number, work: (db: WriteDb, isOver: () => boolean) => boolean): boolean {
    const until = performance.now() + ms;
    try {
      return store.derive((db) => {
        const more = work(db, () => performance.now() >= until);
        mergeSome(db, pages);
        return more;
      });
    } catch (error) {
      vocabulary.forget();
      throw error;
    }
  }

  function takeDirty(db: WriteDb, isOver: () => boolean): boolean {
    for (;;) {
      const keys = dirtyDocuments(db, stride);
      for (const { id } of keys) clean(db, id);
      indexDocuments(db, vocabulary, keys);
      if (keys.length < stride) return false;
      if (isOver()) return true;
    }
  }

  function walk(db: WriteDb, isOver: () => boolean): boolean {
    let { building, register, after } = stateRow(db);
    if (building === 0) return false;
    let more = 0;
    while (building === 1 && !isOver()) {
      const ids = idsBefore(db, register, after, stride);
      indexDocuments(db, vocabulary, ids.map((id) => ({ id, register })));
      more += ids.length;
      after = ids.at(-1) ?? after;
      if (ids.length === stride) continue;
      if (register === 'incoming') [register, after] = ['outgoing', '~'];
      else building = 0;
    }
    noteWalk(db, { building: building === 1, register, after, more });
    return building === 1;
  }

  function isWaiting(): boolean {
    return dirtyDocuments(store.read, 1).length > 0;
  }

  function tell(force: boolean): void {
    if (ending.signal.aborted || (!force && performance.now() - toldAt < 300)) return;
    toldAt = performance.now();
    deps.changed(indexState(store.read));
  }

  /** Answers whether there is more to do. */
  function workOnce(): boolean {
    const more = isWaiting() && slice(sliceMs, mergedPages, takeDirty);
    if (stateRow(store.read).building === 0) return more;
    const walking = slice(sliceMs, mergedPages, walk);
    tell(!walking);
    return walking || more;
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      let wait = lookMs;
      try {
        if (workOnce()) wait = pauseMs;
      } catch (error) {
        deps.failed(error);
        wait = afterFailureMs;
      }
      await setTimeoutPromise(wait, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
    }
  }

  function begin(): void {
    store.write((db) => {
      beginWalk(db, indexVersion, countDocuments(db));
    });
    tell(true);
  }

  function finish(): void {
    if (stateRow(store.read).version !== indexVersion) begin();
    if (stateRow(store.read).building === 1) while (slice(500, 50 * mergedPages, walk));
    if (isWaiting()) while (slice(500, mergedPages, takeDirty));
  }

  async function purge(): Promise<void> {
    const pause = (): Promise<unknown> => setTimeoutPromise(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
    while (!ending.signal.aborted && isWaiting()) {
      slice(sliceMs, mergedPages, takeDirty);
      await pause();
    }
    for (let first = true; !ending.signal.aborted; first = false) {
      const more = store.erase((db) => mergeAll(db, purgedPages, first));
      if (!more) return;
      await pause();
    }
  }

  return {
    purge,
    catchUp: () => {
      // What cannot be taken in must not keep anybody from finding the rest.
      try {
        if (running === undefined) finish();
        else if (isWaiting()) slice(searchMs, mergedPages, takeDirty);
      } catch (error) {
        deps.failed(error);
      }
    },
    rebuild: begin,
    start: () => {
      if (stateRow(store.read).version !== indexVersion) begin();
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
    finish,
  };
}
