import type { Database as Driver } from 'better-sqlite3';

/** Memory for decrypted pages, in KiB: what SQLite has by itself, and what it has while a person searches. */
const usual = 16_000;
const more = 64_000;

export type PageCache = {
  /** Holds more pages from now on, and the usual number again when this was not said for `whileMs`. */
  readonly hold: () => void;
  readonly end: () => void;
};

/**
 * How much of the database a connection holds in memory. A page that is read from the file is decrypted and its HMAC counted,
 * every time, and a question to a large index reads the lists of common words again with every letter that is typed. A station
 * that nobody searches in stays as small as it was; what is let go is the allocator's, which may keep it for the next search.
 */
export function pageCache(database: Driver, whileMs = 60_000): PageCache {
  let back: NodeJS.Timeout | undefined;
  const set = (kibibytes: number): void => void database.pragma(`cache_size = -${String(kibibytes)}`);
  return {
    hold: () => {
      if (back === undefined) set(more);
      else clearTimeout(back);
      back = setTimeout(() => {
        back = undefined;
        // Pages above the new measure are let go at once.
        set(usual);
      }, whileMs);
      back.unref();
    },
    end: () => {
      clearTimeout(back);
      back = undefined;
    },
  };
}
