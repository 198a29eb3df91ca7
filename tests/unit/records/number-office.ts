import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { recordsHandlers } from '../../../electron/services/records/index.ts';
import { numbersHandlers } from '../../../electron/services/records/numbers/handlers.ts';
import { takeOutgoingNumber, type NumberRequest } from '../../../electron/services/records/numbers/take.ts';
import { currentOffice } from '../../../electron/services/settings/index.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';
import { foundOffice } from './number-moves.ts';

const nobody = (): undefined => undefined;

/** An office with a unit, at a clock that the test moves. */
export function office() {
  const store = storeIn(scratchFolder());
  foundOffice(store);
  store.write((db) => {
    run(db, sql`INSERT INTO unit (id, office, name, abbreviation) VALUES ('u1', ${currentOffice(db)}, 'Văn phòng', 'VP'), ('u2', ${currentOffice(db)}, 'Phòng Tư pháp', '')`);
  });
  let now = new Date('2026-11-22T01:00:00.000Z');
  const clock = { now: () => now };
  const numbers = numbersHandlers({ store, clock });
  const records = recordsHandlers({ store, clock, queueStatus: queueStatusWith(nobody), changed: nobody, outgoingChanged: nobody, recalled: nobody });
  const request = (part: Partial<NumberRequest> = {}): NumberRequest => ({
    at: now.toISOString(), day: '2026-11-22', typeName: 'Công văn', unit: 'u1', body: null, signerAuthority: '', ...part,
  });
  const take = (part: Partial<NumberRequest> = {}) => {
    const outcome = store.write((db) => takeOutgoingNumber(db, request(part)));
    return outcome.ok ? `${outcome.value.codeNumber}/${outcome.value.codeNotation}` : outcome.failure.code;
  };
  return {
    store, numbers, records, request, take,
    at: (instant: string) => {
      now = new Date(instant);
    },
  };
}
