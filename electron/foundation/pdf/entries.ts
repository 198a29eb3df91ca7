/** One line of a cross-reference section (ISO 32000-1 7.5.4, 7.5.8.3). */
export type XrefEntry =
  | { readonly kind: 'free'; readonly next: number; readonly generation: number }
  | { readonly kind: 'in-use'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in-stream'; readonly stream: number; readonly index: number };

/** The entries of one section, by object number ascending; columns instead of objects, because there may be millions. */
export type XrefEntries = {
  readonly count: number;
  readonly numbers: Uint32Array;
  /** 0 free, 1 in use, 2 in an object stream; 3 a kind of the future, to be read as the null object */
  readonly kinds: Uint8Array;
  /** next free number, offset, number of the object stream */
  readonly firsts: Float64Array;
  /** generation, generation, index */
  readonly seconds: Uint32Array;
};

export type XrefBuilder = {
  readonly add: (number: number, kind: number, first: number, second: number) => void;
  /** The entries in order, and the numbers that were named twice; the first naming counts. */
  readonly finish: () => { readonly entries: XrefEntries; readonly doubles: readonly number[] };
};

/** `expected` entries are made room for; more may come. */
export function xrefBuilder(expected: number): XrefBuilder {
  let room = Math.max(16, Math.min(expected, 1_000_000));
  let numbers = new Uint32Array(room);
  let kinds = new Uint8Array(room);
  let firsts = new Float64Array(room);
  let seconds = new Uint32Array(room);
  let count = 0;
  let isAscending = true;

  function grow(): void {
    room *= 2;
    const old = { numbers, kinds, firsts, seconds };
    numbers = new Uint32Array(room);
    numbers.set(old.numbers);
    kinds = new Uint8Array(room);
    kinds.set(old.kinds);
    firsts = new Float64Array(room);
    firsts.set(old.firsts);
    seconds = new Uint32Array(room);
    seconds.set(old.seconds);
  }

  return {
    add(number, kind, first, second) {
      if (count === room) grow();
      if (count > 0 && number <= (numbers[count - 1] ?? 0)) isAscending = false;
      numbers[count] = number;
      kinds[count] = kind;
      firsts[count] = first;
      seconds[count] = Math.min(second, 0xffff_ffff);
      count += 1;
    },
    finish() {
      const entries = { count, numbers, kinds, firsts, seconds };
      return isAscending ? { entries, doubles: [] } : inOrder(entries);
    },
  };
}

function inOrder(entries: XrefEntries): { entries: XrefEntries; doubles: readonly number[] } {
  const { numbers, count } = entries;
  const numberAt = (at: number): number => numbers[at] ?? 0;
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => numberAt(a) - numberAt(b) || a - b);
  const doubles: number[] = [];
  const kept = order.filter((at, place) => {
    const before = order[place - 1];
    if (before === undefined || numberAt(before) !== numberAt(at)) return true;
    doubles.push(numberAt(at));
    return false;
  });
  return {
    entries: {
      count: kept.length,
      numbers: Uint32Array.from(kept, numberAt),
      kinds: Uint8Array.from(kept, (at) => entries.kinds[at] ?? 0),
      firsts: Float64Array.from(kept, (at) => entries.firsts[at] ?? 0),
      seconds: Uint32Array.from(kept, (at) => entries.seconds[at] ?? 0),
    },
    doubles,
  };
}

/** The entry of object `number`, if the section has one. */
export function entryOf(entries: XrefEntries, number: number): XrefEntry | undefined {
  let low = 0;
  let high = entries.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = entries.numbers[middle] ?? 0;
    if (found === number) return entryAt(entries, middle);
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The entry in place `at` of the section. */
export function entryAt(entries: XrefEntries, at: number): XrefEntry {
  const first = entries.firsts[at] ?? 0;
  const second = entries.seconds[at] ?? 0;
  const kind = entries.kinds[at];
  if (kind === 1) return { kind: 'in-use', offset: first, generation: second };
  if (kind === 2) return { kind: 'in-stream', stream: first, index: second };
  return { kind: 'free', next: first, generation: second };
}

/** Whether two entries lead to the same place. */
export function isSameEntry(one: XrefEntry, other: XrefEntry): boolean {
  if (one.kind === 'in-use') return other.kind === 'in-use' && one.offset === other.offset && one.generation === other.generation;
  if (one.kind === 'in-stream') return other.kind === 'in-stream' && one.stream === other.stream && one.index === other.index;
  return other.kind === 'free';
}
