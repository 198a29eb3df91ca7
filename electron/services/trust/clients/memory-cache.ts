import type { TrustCache } from '../ports.ts';

/** A cache for as long as the process runs. The oldest entries go when there are `most`. */
export function memoryCache(most = 10_000): TrustCache {
  const entries = new Map<string, { readonly bytes: Uint8Array; readonly until: Date }>();
  return {
    get(key, now) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until >= now ? entry.bytes : undefined;
    },
    put(key, bytes, until) {
      entries.delete(key);
      entries.set(key, { bytes, until });
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
}
