import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { recordArrival, recordsHandlers } from '../../../electron/services/records/index.ts';
import { all, one, sql, type Store } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const queueStatus = queueStatusWith(() => undefined);

const nobody = (): undefined => undefined;

function arrive(store: Store, count: number): string[] {
  return store.write((db) => Array.from({ length: count }, (_, n) => recordArrival(db, arrival(n + 1), queueStatus, 'UBND')));
}

function handlersAt(store: Store, clock: { now: () => Date }) {
  return recordsHandlers({ store, clock, queueStatus, changed: nobody, outgoingChanged: nobody, recalled: nobody });
}

test('numbers begin at 1 with the year in Vietnam, seven hours before it does in Greenwich', async () => {
  const store = storeIn(scratchFolder());
  const [first = '', second = '', third = ''] = arrive(store, 3);
  let now = new Date('2026-12-31T16:59:59.000Z');
  const { registerIncoming } = handlersAt(store, { now: () => now });
  expect(await registerIncoming({ id: first })).toMatchObject({ value: { arrivalNumber: 1, arrivalYear: 2026 } });
  now = new Date('2026-12-31T17:00:00.000Z');
  expect(await registerIncoming({ id: second })).toMatchObject({ value: { arrivalNumber: 1, arrivalYear: 2027 } });
  expect(await registerIncoming({ id: third })).toMatchObject({ value: { arrivalNumber: 2, arrivalYear: 2027 } });
});

test('a registration that is undone takes no number', async () => {
  const store = storeIn(scratchFolder());
  const [first = '', second = ''] = arrive(store, 2);
  const clock = { now: () => new Date('2026-11-22T01:00:00.000Z') };
  const failing = recordsHandlers({
    store,
    clock,
    queueStatus: () => {
      throw new Error('the outbox refused');
    },
    changed: nobody, outgoingChanged: nobody, recalled: nobody,
  });
  expect(() => failing.registerIncoming({ id: first })).toThrow('the outbox refused');
  expect(all(store.read, sql`SELECT * FROM number_series`)).toEqual([]);
  expect(one(store.read, sql`SELECT state FROM incoming_document WHERE id = ${first}`)).toEqual({ state: 'arrived' });
  expect(await handlersAt(store, clock).registerIncoming({ id: second })).toMatchObject({ value: { arrivalNumber: 1 } });
});

test('whatever is registered in whatever order, and again: every number of the year is given once, without a gap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ document: fc.nat(29), day: fc.constantFrom('2026-06-01', '2026-12-31', '2027-01-02') }), { maxLength: 80 }),
      async (steps) => {
        const store = storeIn(scratchFolder());
        const ids = arrive(store, 30);
        for (const { document, day } of steps) {
          const { registerIncoming } = handlersAt(store, { now: () => new Date(`${day}T03:00:00.000Z`) });
          await registerIncoming({ id: ids[document] ?? '' });
        }
        const rows = all<{ arrival_year: number; arrival_number: number }>(
          store.read,
          sql`SELECT arrival_year, arrival_number FROM incoming_document WHERE arrival_number IS NOT NULL
              ORDER BY arrival_year, arrival_number`,
        );
        const years = Map.groupBy(rows, (row) => row.arrival_year);
        for (const taken of years.values()) expect(taken.map((row) => row.arrival_number)).toEqual(taken.map((_, at) => at + 1));
        expect(rows).toHaveLength(new Set(steps.map((step) => step.document)).size);
        store.close();
      },
    ),
    { numRuns: 15 },
  );
});

test('pages follow one another without a gap or a double, newest first, with the right totals', async () => {
  const store = storeIn(scratchFolder());
  const ids = arrive(store, 25);
  const handlers = handlersAt(store, { now: () => new Date() });
  await handlers.registerIncoming({ id: ids[3] ?? '' });
  const seen: string[] = [];
  let before: string | null = null;
  for (;;) {
    const page = await handlers.incomingList({ state: null, openChange: false, due: null, before, limit: 7 });
    if (!page.ok) throw new Error('refused');
    expect(page.value.total).toBe(25);
    if (page.value.items.length === 0) break;
    seen.push(...page.value.items.map((item) => item.id));
    before = page.value.items.at(-1)?.id ?? null;
  }
  expect(seen).toEqual(ids.toReversed());
  expect(await handlers.incomingList({ state: 'registered', openChange: false, due: null, before: null, limit: 7 })).toMatchObject({
    value: { total: 1, counts: { arrived: 24, registered: 1 } },
  });
});

test('the list of a register is read through an index', () => {
  const store = storeIn(scratchFolder());
  const plan = all<{ detail: string }>(
    store.read,
    sql`EXPLAIN QUERY PLAN SELECT id FROM incoming_document WHERE standing = 'arrived' AND id < '~' ORDER BY id DESC LIMIT 100`,
  );
  expect(plan.map((row) => row.detail).join(' ')).toMatch(/INDEX incoming_document_standing/);
});
