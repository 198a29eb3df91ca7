import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmingRecipients, deliveriesOfAll } from '../../../electron/services/exchange/recipients.store.ts';
import { run, sql, type Store } from '../../../electron/store/index.ts';
import { scratchFolder, stepsOver, storeIn } from '../store/helpers.ts';

const now = new Date('2026-11-20T09:00:00.000Z');
const hoursAgo = fc.integer({ min: 0, max: 90 }).map((hours) => new Date(now.getTime() - hours * 3_600_000).toISOString());
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });
const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hoursAgo });
const recipient = fc.record({
  document: fc.constantFrom('d1', 'd2', 'd3'),
  addedAt: hoursAgo,
  sentAt: maybe(hoursAgo),
  cancelledAt: seldom,
  takeBack: maybe(fc.constantFrom('asked', 'agreed', 'refused')),
  takeBackAt: hoursAgo,
  settledAt: seldom,
  said: fc.array(fc.record({ code: fc.constantFrom('01', '02', '03', '15', '16'), at: hoursAgo }), { maxLength: 3 }),
  // Sent again after it was given back: what was said before stays on record.
  again: fc.boolean(),
});

function put(store: Store, rows: readonly (typeof recipient extends fc.Arbitrary<infer T> ? T : never)[]): void {
  store.write((db) => {
    run(db, sql`INSERT INTO inbox_message (id, transport_id, message_type, state, sender, sender_document_id, business_type, received_at, size, sha256, reason)
                VALUES ('m', 't', 'status', 'kept', '', '', '', '', 1, '', '')`);
    for (const id of ['d1', 'd2', 'd3']) {
      run(
        db,
        sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency, signer_name,
              signer_position, signer_competence, to_places, paper, issued_at, issued_by)
            VALUES (${id}, 'issued', (SELECT id FROM office), ${id}, ${id}, 'VP', '2026-11-20', '', 'Công văn', '', 0, '', '', '', '[]', 0, 'at', '')`,
      );
      run(db, sql`INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size) VALUES (${`p${id}`}, ${id}, 'new', '', '', '', '', '[]', '', 1)`);
    }
    rows.forEach((row, n) => {
      const heard = row.again ? [] : row.said.filter(({ code }) => code !== '15' && code !== '16');
      const heardAt = heard.map(({ at }) => at).toSorted().at(-1) ?? null;
      run(
        db,
        sql`INSERT INTO recipient (id, document, dispatch, organ_id, name, added_at, sent_at, cancelled_at, take_back, take_back_at, heard_at, refused, settled_at)
            VALUES (${`r${String(n)}`}, ${row.document}, ${`p${row.document}`}, ${String(n)}, '', ${row.addedAt}, ${row.sentAt}, ${row.cancelledAt}, ${row.takeBack},
              ${row.takeBack === null ? null : row.takeBackAt}, ${heardAt}, ${heard.some(({ code }) => code === '02') ? 1 : 0}, ${row.settledAt})`,
      );
      row.said.forEach(({ code, at }, m) => {
        run(
          db,
          sql`INSERT INTO recipient_status (id, recipient, status_code, said_at, heard_at, note, staff, message)
              VALUES (${`s${String(n)}-${String(m)}`}, ${`r${String(n)}`}, ${code}, ${at}, ${at}, '', '', 'm')`,
        );
      });
    });
  });
}

test('the alarms that are counted for every page are those that the matrix of each document shows', () => {
  let alarms = 0;
  fc.assert(
    fc.property(fc.array(recipient, { minLength: 4, maxLength: 25 }), (rows) => {
      const store = storeIn(scratchFolder());
      put(store, rows);
      const shown = [...deliveriesOfAll(store.read, ['d1', 'd2', 'd3'], now)]
        .map(([document, deliveries]) => [document, deliveries.filter(({ alarm }) => alarm !== null).length] as const)
        .filter(([, n]) => n > 0);
      expect(Object.fromEntries(alarmingRecipients(store.read, now))).toEqual(Object.fromEntries(shown));
      alarms += shown.length;
      store.close();
    }),
    { numRuns: 30 },
  );
  expect(alarms).toBeGreaterThan(30);
});

test('who never said anything is counted by the index alone', () => {
  const one = 'SCAN recipient USING COVERING INDEX recipient_alarming';
  expect(stepsOver('recipient', (db) => alarmingRecipients(db, now))).toEqual([one, one]);
});
