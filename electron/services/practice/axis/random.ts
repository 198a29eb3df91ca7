/** Numbers that look random and are the same for the same seed (mulberry32): 0 ≤ n < 1. Not for secrets. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed made of a seed, a word and a number (FNV-1a), for rows of numbers that do not depend on each other. */
export function seedOf(seed: number, word: string, at: number): number {
  let hash = 0x811c9dc5;
  for (const unit of `${String(seed)}/${word}/${String(at)}`) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
