import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DutyCounts, DutyItem, DutySettings } from '#contract';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import { adoptIssuedTable, calendarHandlers } from '../../../electron/services/calendar/index.ts';
import { createDuties, owedForArrivals, queueStatusWith, type Duties } from '../../../electron/services/exchange/index.ts';
import { recordArrival, recordsHandlers } from '../../../electron/services/records/index.ts';
import { all, run, sql, type Store } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const vn = (day: string, time: string): string => new Date(`${day}T${time}:00.000+07:00`).toISOString();
const queueStatus = queueStatusWith(() => undefined);

type Desk = {
  readonly store: Store;
  readonly clock: { now: () => Date; at: string };
  readonly duties: Duties;
  readonly told: DutyCounts[];
  readonly failures: unknown[];
  readonly arrive: (n: number, at: string, urgency?: number) => string;
  readonly deliver: (document: string, at: string) => void;
  readonly list: () => Promise<DutyItem[]>;
};

function deskAt(at: string): Desk {
  const store = storeIn(scratchFolder());
  const clock = { at, now: (): Date => new Date(clock.at) };
  store.write((db) => {
    adoptIssuedTable(db, issuedCalendar, at);
  });
  const told: DutyCounts[] = [];
  const failures: unknown[] = [];
  const duties = createDuties({
    store,
    clock,
    sources: [owedForArrivals],
    changed: (counts) => told.push(counts),
    tickFailed: (error) => failures.push(error),
  });
  return {
    store,
    clock,
    duties,
    told,
    failures,
    arrive: (n, arrivedAt, urgency = 0) =>
      store.write((db) => recordArrival(db, { ...arrival(n), arrivedAt, urgency }, queueStatus, 'UBND')),
    deliver: (document, deliveredAt) => {
      store.write((db) =>
        run(db, sql`UPDATE outbox SET state = 'delivered', delivered_at = ${deliveredAt}, next_try_at = NULL
                    WHERE incoming = ${document} AND status_code = '01'`),
      );
    },
    list: async () => {
      const answer = await duties.handlers.list({});
      if (!answer.ok) throw new Error('refused');
      return answer.value.items;
    },
  };
}

const short = (items: readonly DutyItem[]): string[] => items.map((item) => `${item.kind} ${item.about} ${item.state}`);

describe('what is owed for documents that came', () => {
  test('a notice and an entry in the register; each goes when it is done in time', async () => {
    const desk = deskAt(vn('2026-11-20', '09:05'));
    const id = desk.arrive(4, vn('2026-11-20', '09:00'));
    const [notice, entry] = await desk.list();
    expect(notice).toMatchObject({ kind: 'receipt-notice', about: '4/BNV-VP', party: 'Bộ Nội vụ', open: { section: 'outbox' } });
    expect(entry).toMatchObject({
      kind: 'registration',
      subjectId: id,
      title: expect.stringContaining('đợt 4'),
      due: new Date('2026-11-23T23:59:59.999+07:00').toISOString(),
      open: { section: 'incoming', id },
    });
    expect(all(desk.store.read, sql`SELECT 1 FROM outbox WHERE id = ${notice?.open.id ?? ''}`)).toHaveLength(1);
    desk.deliver(id, vn('2026-11-20', '09:06'));
    expect(short(await desk.list())).toEqual(['registration 4/BNV-VP ok']);
    await recordsHandlers({ store: desk.store, clock: desk.clock, queueStatus, changed: () => undefined, outgoingChanged: () => undefined, recalled: () => undefined }).registerIncoming({ id });
    expect(await desk.list()).toEqual([]);
  });

  test('a document for which no notice was ever written is told, and leads to the document', async () => {
    const desk = deskAt(vn('2026-11-20', '09:05'));
    const id = desk.store.write((db) => recordArrival(db, { ...arrival(1), arrivedAt: vn('2026-11-20', '09:00') }, () => undefined, 'UBND'));
    expect((await desk.list()).find((item) => item.kind === 'receipt-notice')).toMatchObject({ open: { section: 'incoming', id } });
  });

  test('overdue first, then soon, then the rest, each by its end; done late stays thirty days', async () => {
    const desk = deskAt(vn('2026-11-20', '15:30'));
    const late = desk.arrive(1, vn('2026-11-10', '09:00'));
    const old = desk.arrive(2, vn('2026-11-17', '09:00'));
    const soon = desk.arrive(3, vn('2026-11-19', '09:00'));
    const fresh = desk.arrive(4, vn('2026-11-20', '09:00'));
    const urgent = desk.arrive(5, vn('2026-11-20', '14:00'), 1);
    for (const id of [old, soon, fresh, urgent]) desk.deliver(id, vn('2026-11-20', '09:00'));
    desk.deliver(late, vn('2026-11-11', '00:01'));
    expect(short(await desk.list())).toEqual([
      'registration 1/BNV-VP overdue',
      'registration 2/BNV-VP overdue',
      'registration 5/BNV-VP overdue',
      'registration 3/BNV-VP soon',
      'registration 4/BNV-VP ok',
      'receipt-notice 3/BNV-VP done-late',
      'receipt-notice 2/BNV-VP done-late',
      'receipt-notice 1/BNV-VP done-late',
    ]);
    expect(desk.duties.counts()).toEqual({ ok: 1, soon: 1, overdue: 3, doneLate: 3 });
    desk.clock.at = vn('2026-12-12', '00:00');
    expect(short(await desk.list()).filter((row) => row.startsWith('receipt'))).toEqual([
      'receipt-notice 3/BNV-VP done-late',
      'receipt-notice 2/BNV-VP done-late',
    ]);
  });

  test('follow the calendar and the settings of the office at once, and the log says who changed them', async () => {
    const desk = deskAt(vn('2026-11-20', '15:30'));
    const id = desk.arrive(1, vn('2026-11-20', '10:00'));
    desk.deliver(id, vn('2026-11-20', '10:00'));
    const calendar = calendarHandlers({ store: desk.store, clock: desk.clock, changed: () => undefined });
    await calendar.saveDay({ date: '2026-11-23', kind: 'office-rest', name: 'Nghỉ', linkedDate: null, basis: '', reason: 'r' });
    expect((await desk.list())[0]?.due, 'Monday off, Tuesday a holiday').toBe(new Date('2026-11-25T23:59:59.999+07:00').toISOString());

    const settings: DutySettings = { leadMinutes: 4000, urgentMinutes: 60, receiptAfterHours: 'same-day', morningEnds: 'shift' };
    expect(await desk.duties.handlers.saveSettings(settings)).toEqual({ ok: true, value: settings });
    expect(await desk.duties.handlers.settings({})).toEqual({ ok: true, value: settings });
    expect((await desk.list())[0]?.state).toBe('soon');
    const [entry] = all<{ detail: string }>(desk.store.read, sql`SELECT detail FROM audit_entry WHERE action = 'settings.duties-saved'`);
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ leadMinutes: 4000, before: { leadMinutes: 120 } });
  });

  test('a clock that jumps a day ahead and back changes what is said and nothing that is stored', async () => {
    const desk = deskAt(vn('2026-11-23', '14:00'));
    desk.deliver(desk.arrive(1, vn('2026-11-20', '10:00')), vn('2026-11-20', '10:00'));
    const before = short(await desk.list());
    desk.clock.at = vn('2026-11-24', '14:00');
    expect(short(await desk.list())).toEqual(['registration 1/BNV-VP overdue']);
    desk.clock.at = vn('2026-11-23', '14:00');
    expect(short(await desk.list())).toEqual(before);
    // A day back, before the document came: it is owed all the same.
    desk.clock.at = vn('2026-11-19', '14:00');
    expect(short(await desk.list())).toEqual(['registration 1/BNV-VP ok']);
  });
});

describe('the clock of the desk', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A desk whose clock is the faked one of the process. */
  function runningDesk(at: string): Desk {
    vi.setSystemTime(new Date(at));
    const desk = deskAt(at);
    desk.clock.now = () => new Date();
    return desk;
  }

  test('speaks when a duty becomes soon and when it is over, and only then', async () => {
    const desk = runningDesk(vn('2026-11-23', '13:00'));
    desk.deliver(desk.arrive(1, vn('2026-11-20', '10:00')), vn('2026-11-20', '10:00'));
    desk.duties.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.told).toEqual([{ ok: 1, soon: 0, overdue: 0, doneLate: 0 }]);
    await vi.advanceTimersByTimeAsync(2 * 3_600_000 - 2000);
    expect(desk.told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(desk.told.at(-1), 'at 15:00, two working hours before').toEqual({ ok: 0, soon: 1, overdue: 0, doneLate: 0 });
    await vi.advanceTimersByTimeAsync(9 * 3_600_000);
    expect(desk.told.at(-1), 'after midnight').toEqual({ ok: 0, soon: 0, overdue: 1, doneLate: 0 });
    expect(desk.told).toHaveLength(3);
    desk.duties.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not wake every second: a quiet hour is six looks', async () => {
    const desk = runningDesk(vn('2026-11-23', '08:00'));
    let looks = 0;
    const { now } = desk.clock;
    desk.clock.now = () => {
      looks += 1;
      return now();
    };
    desk.duties.start();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(looks).toBeLessThanOrEqual(7);
    desk.duties.stop();
  });

  test('looks once for many changes, and is not put off by an endless row of them', async () => {
    const desk = runningDesk(vn('2026-11-23', '08:00'));
    desk.duties.start();
    await vi.advanceTimersByTimeAsync(1000);
    desk.arrive(1, vn('2026-11-23', '08:00'));
    for (let n = 0; n < 20; n += 1) {
      desk.duties.recheck();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(desk.told).toEqual([{ ok: 2, soon: 0, overdue: 0, doneLate: 0 }]);
    desk.duties.stop();
  });

  test('finds a machine clock that was set a day ahead within ten minutes', async () => {
    const desk = runningDesk(vn('2026-11-23', '08:00'));
    desk.deliver(desk.arrive(1, vn('2026-11-20', '10:00')), vn('2026-11-20', '10:00'));
    desk.duties.start();
    await vi.advanceTimersByTimeAsync(1000);
    vi.setSystemTime(new Date(vn('2026-11-24', '08:00')));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(desk.told.at(-1)).toEqual({ ok: 0, soon: 0, overdue: 1, doneLate: 0 });
    desk.duties.stop();
  });

  test('goes on after an error, which is told', async () => {
    const desk = runningDesk(vn('2026-11-23', '08:00'));
    let broken = true;
    const { now } = desk.clock;
    desk.clock.now = () => {
      if (broken) throw new Error('no clock');
      return now();
    };
    desk.arrive(1, vn('2026-11-23', '08:00'));
    desk.duties.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.failures).toHaveLength(1);
    broken = false;
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(desk.told).toHaveLength(1);
    desk.duties.stop();
  });
});
