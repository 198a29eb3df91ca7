import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DutySettings } from '#contract';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import { adoptIssuedTable } from '../../../electron/services/calendar/index.ts';
import { createDuties, owedForArrivals, owedForHandling, owedForSending } from '../../../electron/services/exchange/index.ts';
import type { Owed, OwedSource } from '../../../electron/services/exchange/duties/owed.ts';
import { usualDutySettings } from '../../../electron/services/exchange/duties/rules.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { saveSetting } from '../../../electron/services/settings/index.ts';
import { all, run, sql, type ReadDb, type Store, type WriteDb } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, stepsOver, storeIn } from '../store/helpers.ts';

const now = '2026-11-20T09:00:00.000Z';
const lasts = [0, 149_999, 150_000, 299_999, 300_001, 3_600_000, 9 * 3_600_000, 86_400_000, 2 * 86_400_000, 5 * 86_400_000];
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

type Made = { readonly back: number; readonly urgency: number; readonly steps: readonly number[]; readonly due: number };
const made: fc.Arbitrary<Made> = fc.record({
  back: fc.integer({ min: 0, max: 35 * 86_400_000 }),
  urgency: fc.constantFrom(0, 0, 1, 3),
  steps: fc.array(fc.constantFrom(...lasts), { minLength: 3, maxLength: 3 }),
  due: fc.integer({ min: 0, max: 6 }),
});

/** A document that came, was entered and answered for, and one of ours that left, each after so long. */
function put(db: WriteDb, n: number, { back, urgency, steps: [first = 0, second = 0, third = 0], due }: Made): void {
  const at = later(now, -back);
  const told = (instant: string): string | null => (instant <= now ? instant : null);
  const id = recordArrival(db, { ...arrival(n), arrivedAt: at, urgency, dueDate: later(at, due * 86_400_000).slice(0, 10) }, () => undefined, 'UBND');
  const delivered = told(later(at, first));
  run(
    db,
    sql`INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at, delivered_at)
        VALUES (${`o${String(n)}`}, ${delivered === null ? 'waiting' : 'delivered'}, '', ${id}, '01', '', ${at}, ${delivered})`,
  );
  const entered = told(later(at, second));
  if (entered !== null) {
    const done = told(later(entered, third));
    run(
      db,
      sql`UPDATE incoming_document SET state = 'registered', arrival_series = 's', arrival_number = ${n}, arrival_year = 2026, registered_at = ${entered},
            registered_by = 'A', stage = ${done === null ? 'in-progress' : 'done'}, done_at = ${done} WHERE id = ${id}`,
    );
  }
  const given = told(later(at, first));
  const ours = `d${String(n)}`;
  run(
    db,
    sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency, signer_name,
          signer_position, signer_competence, to_places, paper, issued_at, issued_by, signed_at, sent_at)
        VALUES (${ours}, 'issued', (SELECT id FROM office), ${ours}, ${String(n)}, 'VP', '2026-11-20', '', 'Công văn', '', ${urgency}, '', '', '', '[]', 0, ${at}, '', ${at}, ${given})`,
  );
  if (given === null) return;
  run(db, sql`INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size) VALUES (${`p${String(n)}`}, ${ours}, 'new', '', ${given}, '', '', '[]', '', 1)`);
  for (const [receiver, after] of [['G09', second], ['H37', third]] as const) {
    run(
      db,
      sql`INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at, sent_at)
          VALUES (${`r${String(n)}${receiver}`}, ${ours}, ${`p${String(n)}`}, ${receiver}, '', ${given}, ${told(later(given, after))})`,
    );
  }
}

/** Everything that is open or was done, in time or not: what the sources must be the late part of. */
const everything: OwedSource = {
  facts: (db: ReadDb) => {
    const rows = (query: ReturnType<typeof sql>): (Omit<Owed, 'open' | 'set'> & { readonly due?: string })[] => all(db, query);
    return [
      ...rows(sql`SELECT 'receipt-notice' AS kind, incoming AS subjectId, created_at AS since, 0 AS urgency, delivered_at AS doneAt FROM outbox`),
      ...rows(sql`SELECT 'registration' AS kind, id AS subjectId, arrived_at AS since, urgency, registered_at AS doneAt FROM incoming_document`),
      ...rows(sql`SELECT 'handling' AS kind, id AS subjectId, registered_at AS since, urgency, done_at AS doneAt, due FROM incoming_document WHERE registered_at IS NOT NULL`),
      ...rows(sql`SELECT 'sending' AS kind, d.id AS subjectId, d.signed_at AS since, d.urgency, CASE WHEN SUM(r.sent_at IS NULL) = 0 THEN MAX(r.sent_at) END AS doneAt
                  FROM outgoing_document AS d JOIN recipient AS r ON r.document = d.id GROUP BY d.id`),
    ].map(({ due, ...owed }) => ({ ...owed, ...(due === undefined ? {} : { set: { day: due, nearFrom: due } }), open: { section: 'incoming', id: owed.subjectId } }));
  },
  heads: () => new Map(),
};

async function said(store: Store, sources: readonly OwedSource[]): Promise<string[]> {
  const duties = createDuties({ store, clock: { now: () => new Date(now) }, sources, changed: () => undefined, tickFailed: () => undefined });
  const answer = await duties.handlers.list({});
  const since = later(now, -30 * 86_400_000);
  // Which of two open states a set day has depends on the office's days before it, which the plain list does not know.
  return (answer.ok ? answer.value.items : [])
    .filter(({ doneAt }) => doneAt === null || doneAt >= since)
    .map(({ id, state, due }) => `${id} ${state === 'soon' ? 'ok' : state} ${due}`)
    .toSorted();
}

test('whatever the times and settings: what was done too late is found among what may have been, and nothing else is told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(made, { minLength: 1, maxLength: 12 }),
      fc.record({ urgentMinutes: fc.constantFrom(5, 60), receiptAfterHours: fc.constantFrom('same-day', 'next-working-day'), morningEnds: fc.constantFrom('shift', 'noon') }),
      async (documents, settings) => {
        const store = storeIn(scratchFolder());
        store.write((db) => {
          adoptIssuedTable(db, issuedCalendar, now);
          saveSetting(db, 'duties', { ...usualDutySettings, ...settings } satisfies DutySettings, now);
          run(db, sql`INSERT INTO number_series (id, office, register, year, last) SELECT 's', id, 'incoming', 2026, 99 FROM office`);
          documents.forEach((one, n) => { put(db, n + 1, one); });
        });
        expect(await said(store, [owedForArrivals, owedForHandling, owedForSending])).toEqual(await said(store, [everything]));
        store.close();
      },
    ),
    { numRuns: 25 },
  );
});

test.each([
  ['arrivals', owedForArrivals],
  ['handling', owedForHandling],
  ['sending', owedForSending],
])('%s: what a month has brought is not read, whatever was done in time', (_name, source) => {
  for (const table of ['incoming_document', 'outbox', 'outgoing_document', 'recipient', 'assignment']) {
    const steps = stepsOver(table, (db) => source.facts(db, now));
    expect(steps.filter((step) => step.startsWith('SCAN') && !/recipient_unsent/.test(step))).toEqual([]);
  }
});
