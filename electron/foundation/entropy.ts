import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * `count` random bytes, at most 4096, for ids and salts. The system is asked for many at a time, because each asking
 * costs more than what is done with its answer. Not for keys: what is handed out stays in memory until it is replaced.
 */
export function entropy(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  used += count;
  return bytes;
}
