import { describe, expect, test } from 'vitest';
import { issuedCalendar } from '../../../electron/hosts/issued-calendar.ts';
import {
  adoptIssuedTable,
  calendarHandlers,
  isWorkingDay,
  nextWorkingDay,
  readCalendar,
} from '../../../electron/services/calendar/index.ts';
import { saveStation } from '../../../electron/services/settings/index.ts';
import { all, sql, type Store } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const at = '2026-11-22T01:00:00.000Z';
type Issued = { edition: string; days: { date: string; kind: string }[] };

function office(): { store: Store; told: () => number; handlers: ReturnType<typeof calendarHandlers> } {
  const store = storeIn(scratchFolder());
  store.write((db) => {
    adoptIssuedTable(db, issuedCalendar, at);
    saveStation(db, { agency: { organId: 'H29.99', name: 'UBND' }, operator: 'Trần Thị Văn Thư' }, at);
  });
  let times = 0;
  const handlers = calendarHandlers({ store, clock: { now: () => new Date(at) }, changed: () => (times += 1) });
  return { store, handlers, told: () => times };
}

const rest = { kind: 'office-rest', name: 'Họp toàn cơ quan', linkedDate: null, basis: '', reason: 'QĐ nội bộ' } as const;
const logOf = (store: Store): unknown[] =>
  all<{ action: string; actor: string; subject_id: string; detail: string }>(
    store.read,
    sql`SELECT action, actor, subject_id, detail FROM audit_entry ORDER BY seq`,
  ).map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));

describe('rows of the office', () => {
  test('go before the issued table, say who and why, and can be removed again', async () => {
    const { store, handlers, told } = office();
    const date = '2026-11-24';
    const saved = await handlers.saveDay({ ...rest, date, kind: 'ordinary', name: 'Trực, làm việc bình thường' });
    expect(saved).toMatchObject({
      ok: true,
      value: { origin: 'office', confidence: 'office', changedBy: 'Trần Thị Văn Thư', changedAt: at, reason: 'QĐ nội bộ' },
    });
    expect(isWorkingDay(readCalendar(store.read), date)).toEqual({ working: true, certain: true });
    const year = await handlers.year({ year: 2026 });
    expect(year.ok && year.value.days.find((day) => day.date === date)).toMatchObject({
      kind: 'ordinary',
      issued: { kind: 'statutory', name: 'Ngày Văn hóa Việt Nam' },
    });

    expect(await handlers.removeDay({ date, reason: 'ghi nhầm' })).toEqual({ ok: true, value: { date } });
    expect(isWorkingDay(readCalendar(store.read), date).working).toBe(false);
    expect(await handlers.removeDay({ date, reason: 'lần nữa' })).toMatchObject({ failure: { code: 'calendar-day-not-own' } });
    expect(logOf(store)).toMatchObject([
      { action: 'calendar.day-saved', actor: 'Trần Thị Văn Thư', subject_id: date, detail: { before: { kind: 'statutory', origin: 'issued' } } },
      { action: 'calendar.day-removed', subject_id: date, detail: { reason: 'ghi nhầm', before: { kind: 'ordinary' } } },
    ]);
    expect(told()).toBe(2);
  });

  test('stay when a newer table is taken over, which is logged; an older or equal one changes nothing', async () => {
    const { store, handlers } = office();
    await handlers.saveDay({ ...rest, date: '2026-09-01', kind: 'ordinary' });
    await handlers.saveDay({ ...rest, date: '2026-12-01' });
    const newer: Issued = {
      edition: '2027-01-15',
      days: (issuedCalendar as Issued).days.filter((day) => day.date !== '2026-09-02'),
    };
    store.write((db) => {
      adoptIssuedTable(db, newer, at);
    });
    const after = readCalendar(store.read);
    expect(isWorkingDay(after, '2026-09-01').working, 'written by the office').toBe(true);
    expect(isWorkingDay(after, '2026-12-01').working, 'written by the office').toBe(false);
    expect(isWorkingDay(after, '2026-09-02').working, 'gone from the newer table').toBe(true);
    expect(logOf(store).at(-1)).toMatchObject({ action: 'calendar.table-replaced', actor: 'station' });
    const entries = logOf(store).length;
    store.write((db) => {
      adoptIssuedTable(db, issuedCalendar, at);
      adoptIssuedTable(db, newer, at);
    });
    expect(isWorkingDay(readCalendar(store.read), '2026-09-02').working).toBe(true);
    expect(logOf(store)).toHaveLength(entries);
  });

  test('an announced day of Tết makes certain what was not', async () => {
    const { store, handlers } = office();
    expect(nextWorkingDay(readCalendar(store.read), '2027-02-08')).toEqual({ day: '2027-02-09', certain: false });
    for (const date of ['2027-02-09', '2027-02-10', '2027-02-11']) {
      await handlers.saveDay({ ...rest, date, kind: 'statutory', basis: 'Thông báo nghỉ Tết 2027', reason: 'đã công bố' });
    }
    expect(nextWorkingDay(readCalendar(store.read), '2027-02-08')).toEqual({ day: '2027-02-12', certain: true });
  });

  test('one day of a year without a table does not make the year known', async () => {
    const { store, handlers } = office();
    await handlers.saveDay({ ...rest, date: '2028-01-03', kind: 'statutory' });
    expect(await handlers.year({ year: 2028 })).toMatchObject({ value: { known: false, days: [{ date: '2028-01-03' }] } });
    expect(nextWorkingDay(readCalendar(store.read), '2027-12-31')).toEqual({ day: '2028-01-04', certain: false });
  });
});

test('working days of whole years', async () => {
  const { handlers } = office();
  // 52 weeks of five and one Thursday; less the weekdays off, and two Saturdays made up.
  const weekdaysOf2026 = 261;
  const off2026 = ['01-01', '01-02', '02-16', '02-17', '02-18', '02-19', '02-20', '04-27', '04-30', '05-01', '08-31', '09-01', '09-02', '11-24'];
  expect(await handlers.year({ year: 2026 })).toMatchObject({
    value: { known: true, workingDays: weekdaysOf2026 - off2026.length + 2 },
  });
});

describe('a pasted table', () => {
  const paste = (text: string): Promise<unknown> => Promise.resolve(office().handlers.importDays({ text, reason: 'thông báo mới' }));

  test('is taken over from a spreadsheet, with what does not change left out', async () => {
    const { store, handlers, told } = office();
    const text = [
      'date\tweekday\tname_vi\tkind\tday_off\tlinked_date\tbasis\tsure\tnote',
      '2026-09-02\tWed\tQuốc khánh\tstatutory\tyes\t\tBLLĐ 45/2019/QH14 Điều 112.1.đ\tL\t',
      '2027-02-09\tTue\tTết – mùng 4\tstatutory\tyes\t\tTB 1/TB-BNV\tP\tđã công bố',
      '05/03/2028\tSun\tLàm bù\tmakeup_workday\tno\t03/03/2028\t\t\t',
      '',
    ].join('\r\n');
    expect(await handlers.importDays({ text: `\uFEFF${text}`, reason: 'thông báo mới' })).toEqual({ ok: true, value: { written: 2, unchanged: 1 } });
    const calendar = readCalendar(store.read);
    expect(isWorkingDay(calendar, '2027-02-09')).toEqual({ working: false, certain: true });
    expect(isWorkingDay(calendar, '2028-03-05').working).toBe(true);
    expect(await handlers.year({ year: 2028 })).toMatchObject({ value: { days: [{ linkedDate: '2028-03-03', confidence: 'office' }] } });
    expect(told()).toBe(1);
    expect(logOf(store)).toHaveLength(1);
  });

  test('is read with semicolons, quotation marks and Vietnamese words', async () => {
    const { store, handlers } = office();
    const text = 'Ngày;Tên;Loại;Căn cứ\n24/12/2026;"Nghỉ; ""trực"" luân phiên";Cơ quan nghỉ;QĐ 5\n';
    expect(await handlers.importDays({ text, reason: 'r' })).toMatchObject({ value: { written: 1 } });
    const [row] = all<{ name: string; basis: string }>(store.read, sql`SELECT name, basis FROM calendar_day WHERE origin = 'office'`);
    expect(row).toEqual({ name: 'Nghỉ; "trực" luân phiên', basis: 'QĐ 5' });
  });

  test.each([
    ['no line of names', '2026-09-02\tQuốc khánh\tstatutory', 'calendar-columns-missing', { column: 'date' }],
    ['a day that does not exist', 'date,name,kind\n2027-02-30,x,statutory', 'calendar-line-unreadable', { line: 2, column: 'date' }],
    ['a kind that is none', 'date,name,kind\n2027-02-03,x,holiday', 'calendar-line-unreadable', { line: 2, column: 'kind' }],
    ['no name', 'date,name,kind\n2027-02-03,,statutory', 'calendar-line-unreadable', { line: 2, column: 'name_vi' }],
    ['a mark that is none', 'date,name,kind,sure\n2027-02-03,x,statutory,Z', 'calendar-line-unreadable', { line: 2, column: 'sure' }],
    ['a day twice', 'date,name,kind\n2027-02-03,x,statutory\n03/02/2027,y,statutory', 'calendar-date-twice', { line: 3, date: '2027-02-03' }],
  ])('with %s is refused as a whole', async (_what, text, code, params) => {
    expect(await paste(text)).toEqual({ ok: false, failure: { code, params } });
  });

  test('with one bad line writes nothing', async () => {
    const { store, handlers } = office();
    await handlers.importDays({ text: 'date,name,kind\n2027-03-03,x,office-rest\n2027-03-99,y,office-rest', reason: 'r' });
    expect(all(store.read, sql`SELECT 1 FROM calendar_day WHERE origin = 'office'`)).toEqual([]);
  });
});
