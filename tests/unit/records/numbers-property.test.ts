import fc from 'fast-check';
import { expect, test } from 'vitest';
import { all, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';
import { faultsIn, foundOffice, moveKinds, officeOn, type Group, type MoveKind } from './number-moves.ts';

const kinds = fc.oneof(
  ...Object.entries(moveKinds).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as MoveKind) })),
);
const move = fc.record({ kind: kinds, a: fc.nat(9999), b: fc.nat(9999) });
const group: fc.Arbitrary<Group> = fc.record({
  moves: fc.array(move, { minLength: 25, maxLength: 25 }),
  undone: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const runs = 40;
const groups = 50;

test('50 000 random moves of offices, some undone: no number twice, every gap explained, the log whole', () => {
  const seen = new Map<string, number>();
  let moves = 0;
  fc.assert(
    fc.property(fc.array(group, { minLength: groups, maxLength: groups }), fc.boolean(), (played, lenient) => {
      const store = storeIn(scratchFolder());
      foundOffice(store);
      const office = officeOn(store, lenient);
      for (const one of played) {
        office.play(one);
        moves += one.moves.length;
      }
      expect(faultsIn(store, lenient)).toEqual([]);
      // What the caller was told is what is on disk.
      const stored = new Set(
        all<{ what: string }>(store.read, sql`SELECT series || ' ' || number || suffix AS what FROM number_entry WHERE state IN ('taken', 'void')`).map(({ what }) => what),
      );
      for (const what of office.given) if (what.split(' ').length === 2) expect(stored.has(what), what).toBe(true);
      for (const [what, times] of office.outcomes) seen.set(what, (seen.get(what) ?? 0) + times);
      store.close();
    }),
    { numRuns: runs, endOnFailure: true },
  );
  expect(moves).toBe(runs * groups * 25);
  // The moves reach what they are to reach.
  for (const what of ['arrive', 'issue', 'use', 'reserve', 'release', 'void', 'insert', 'record', 'startAfter', 'setBack', 'setBack: numbers-in-the-way', 'late', 'closeSeries', 'reopenSeries', 'closeYear', 'register']) {
    expect(seen.get(what) ?? 0, `${what} of ${JSON.stringify(Object.fromEntries(seen))}`).toBeGreaterThan(0);
  }
}, 240_000);
