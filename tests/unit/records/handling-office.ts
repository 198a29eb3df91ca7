import type { HandlingDetail, InputOf, Contract, Outcome } from '#contract';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { adoptIssuedTable } from '../../../electron/services/calendar/index.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { handlingHandlers, printCopies, recordArrival, recordsHandlers, type Arrival } from '../../../electron/services/records/index.ts';
import { currentOffice, saveStation } from '../../../electron/services/settings/index.ts';
import { all, changeOne, sql, type Store } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

/** Units and persons of the test's office; ids are UUIDs as the contract wants them. */
export const people = {
  finance: '01980000-0000-7000-8000-000000000001',
  culture: '01980000-0000-7000-8000-000000000002',
  chair: '01980000-0000-7000-8000-000000000011',
  officer: '01980000-0000-7000-8000-000000000012',
} as const;

/** An office with two units, a leader and an officer, on Friday 20 November 2026, 09:00, unless the clock is moved. */
export function openOffice(store: Store = storeIn(scratchFolder())) {
  let now = new Date('2026-11-20T02:00:00.000Z');
  const clock = { now: () => now };
  const queueStatus = queueStatusWith(() => undefined);
  store.write((db) => {
    adoptIssuedTable(db, issuedCalendar, now.toISOString());
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, now.toISOString());
    const office = currentOffice(db);
    changeOne(db, sql`INSERT INTO unit (id, office, name, ordinal) VALUES (${people.finance}, ${office}, 'Phòng Tài chính', 1)`);
    changeOne(db, sql`INSERT INTO unit (id, office, name, ordinal) VALUES (${people.culture}, ${office}, 'Phòng Văn hóa', 2)`);
    changeOne(db, sql`INSERT INTO person (id, name, position) VALUES (${people.chair}, 'Lê Thị Chủ Tịch', 'Chủ tịch')`);
    changeOne(db, sql`INSERT INTO person_role (person, role) VALUES (${people.chair}, 'leader')`);
    changeOne(db, sql`INSERT INTO person (id, name, position, unit) VALUES (${people.officer}, 'Phạm Văn Chuyên Viên', 'Chuyên viên', ${people.finance})`);
  });
  const changed: string[] = [];
  const deps = { store, clock, queueStatus };
  const copies = printCopies({ store, clock, fonts: documentFonts });
  const records = recordsHandlers({
    ...deps,
    changed: (ids) => changed.push(...ids),
    outgoingChanged: () => undefined,
    recalled: () => undefined,
  });
  const handling = handlingHandlers({ ...deps, changed: (ids) => changed.push(...ids), settingsChanged: () => undefined, copies });
  let last = 0;
  return {
    store,
    clock,
    copies,
    records,
    handling,
    changed,
    setNow: (instant: string) => {
      now = new Date(instant);
    },
    /** A document as it came, in the register or not. */
    async arrive(facts: Partial<Arrival> & { readonly source?: 'axis' | 'file' | 'paper'; readonly registered?: boolean } = {}): Promise<string> {
      const { source = 'axis', registered = true, ...rest } = facts;
      last += 1;
      const id = store.write((db) => {
        const made = recordArrival(db, { ...arrival(last), urgency: 0, dueDate: null, arrivedAt: now.toISOString(), ...rest }, queueStatus, ownAgency.name);
        changeOne(db, sql`UPDATE incoming_document SET source = ${source} WHERE id = ${made}`);
        return made;
      });
      if (registered) value(await records.registerIncoming({ id }));
      return id;
    },
    /** Codes that the sender of a document was told, in their order. */
    told: (id: string): string[] => all<{ code: string }>(store.read, sql`SELECT status_code AS code FROM outbox WHERE incoming = ${id} ORDER BY id`).map((row) => row.code),
    direct: (id: string, change: Partial<InputOf<Contract['handling']['direct']>> = {}): Outcome<HandlingDetail, string> | Promise<Outcome<HandlingDetail, string>> =>
      handling.direct({ ...direction(id), ...change }),
  };
}

/** The chair gives a document to the finance unit. */
export function direction(id: string): InputOf<Contract['handling']['direct']> {
  return {
    id,
    text: 'Giao phòng Tài chính tham mưu',
    leader: people.chair,
    leaderName: '',
    delegatedAs: '',
    givenOn: '2026-11-20',
    fromPaper: false,
    deadline: null,
    assignees: [{ part: 'lead', unit: people.finance, unitName: '', person: null, personName: '', deadline: null }],
    withdraw: false,
    reason: '',
  };
}

/** The value of an outcome that must be one. */
export function value<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** The code of an outcome that must be a refusal. */
export async function codeOf(outcome: Outcome<unknown, string> | Promise<Outcome<unknown, string>>): Promise<string> {
  const settled = await outcome;
  return settled.ok ? 'ok' : settled.failure.code;
}
