import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deadlineChoices, dueDay, dueSql } from '../../../electron/services/keeping/deadlines/rules.ts';
import { all, one, sql } from '../../../electron/store/index.ts';
import { driverOf } from '../../../electron/store/db.ts';
import { closeDossier, given, officeOver, putDossier, refused } from '../../fakes/keeping/archive.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const day = fc.integer({ min: 0, max: 36_500 }).map((days) => new Date(Date.UTC(1960, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

test('the database counts every day as the program does, whatever the rule', () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 150 }), (endedOn, years) => {
      for (const { rule } of deadlineChoices) {
        const row = one<{ due: string }>(
          store.read,
          sql`SELECT ${dueSql(rule)} AS due FROM (SELECT ${endedOn} AS end_date, CAST(${years} AS INTEGER) AS retention_years, CAST(${Number(endedOn.slice(0, 4)) + years} AS INTEGER) AS keep_until) AS d`,
        );
        expect(row?.due, `${rule} ${endedOn} ${String(years)}`).toBe(dueDay(rule, endedOn, years));
      }
    }),
    { numRuns: 200 },
  );
});

test('the list by days equals one that is made by hand: in order, each once, over any pages and either rule', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const sample = fc.sample(fc.tuple(day, fc.constantFrom(null, 3, 5, 10, 20, 50), fc.boolean()), { numRuns: 120, seed: 7 });
  const made = sample.map(([endedOn, years, closed], at) => {
    const id = putDossier(store, { notation: `${String(at)}.X`, years, endedOn });
    if (closed) closeDossier(store, id);
    return { id, endedOn, years, closed };
  });
  const { settings } = await given(handlers.retentionSettings({}));
  for (const expiry of ['from-year-end', 'from-day'] as const) {
    await given(handlers.saveRetentionSettings({ ...settings, expiry }));
    for (const [from, to] of [[null, '2026-11-22'], ['2000-01-01', '2015-06-30'], ['2020-02-29', '2020-02-29']] as const) {
      const expected = made
        .filter(({ closed, years }) => closed && years !== null)
        .map(({ id, endedOn, years }) => ({ id, due: dueDay(expiry, endedOn, years ?? 0) }))
        .filter(({ due }) => due <= to && (from === null || due >= from));
      const seen: { id: string; due: string }[] = [];
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(after);
        seen.push(...page.items.map(({ dossier, due }) => ({ id: dossier, due })));
        if (page.next === null) break;
        after = page.next;
      }
      async function pageOf(after: string | null) {
        return given(handlers.deadlines({ kind: 'expiry', from, to, listed: true, after, limit: 7 }));
      }
      expect(seen.map(({ due }) => due)).toEqual(expected.map(({ due }) => due).toSorted());
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    }
  }
  const handIn = await given(handlers.deadlines({ kind: 'hand-in', from: null, to: '2300-01-01', listed: true, after: null, limit: 500 }));
  expect(handIn.items.map(({ dossier }) => dossier).toSorted()).toEqual(made.filter(({ closed, years }) => closed && (years === null || years >= 5)).map(({ id }) => id).toSorted());
  expect(handIn.items[0]).toMatchObject({ rule: 'sixty-days', ruleBasis: 'TT 05/2025/TT-BNV Điều 19.1.a', ruleConfidence: 'read' });
  const months = await given(handlers.calendar({ fromYear: 1961, toYear: 2299 }));
  expect(months.reduce((sum, { expiry }) => sum + expiry, 0)).toBe(made.filter(({ closed, years }) => closed && years !== null).length);
  expect(months).toHaveLength((2299 - 1961 + 1) * 12);
  expect(await refused(handlers.calendar({ fromYear: 2027, toYear: 2026 }))).toBe('years-reversed');
});

test('a term is over on its first day after, handing in is late the day after its last; soon by the lead', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const put = (notation: string, years: number, endedOn: string): void => {
    closeDossier(store, putDossier(store, { notation, years, endedOn }));
  };
  put('over', 5, '2020-03-01'); // over since 2026-01-01
  put('soon', 5, '2021-03-01'); // from 2027-01-01
  put('later', 20, '2026-09-23'); // to hand in until 2026-11-22, which is today
  put('late', 20, '2026-09-22');
  const of = async (kind: 'expiry' | 'hand-in'): Promise<object> =>
    Object.fromEntries((await given(handlers.deadlines({ kind, from: null, to: '2100-01-01', listed: true, after: null, limit: 50 }))).items.map(({ code, state, due }) => [code, `${state} ${due}`]));
  expect(await of('expiry')).toMatchObject({ over: 'overdue 2026-01-01', soon: 'soon 2027-01-01', later: 'later 2047-01-01' });
  expect(await of('hand-in')).toMatchObject({ later: 'soon 2026-11-22', late: 'overdue 2026-11-21' });
  expect((await given(handlers.deadlines({ kind: 'expiry', from: null, to: '2026-01-01', listed: true, after: null, limit: 5 }))).counts).toEqual({ overdue: 1, soon: 1, later: 2 });
});

test('the lists by days read an index, however many dossiers there are', () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const plan = all<{ detail: string }>(
    store.read,
    sql`EXPLAIN QUERY PLAN SELECT d.id FROM dossier AS d INDEXED BY dossier_term WHERE d.keep_until IS NOT NULL AND d.state IN ('closed', 'locked') AND d.disposal IS NOT 'destroyed'
        AND d.keep_until <= ${2026} AND (d.keep_until, substr(d.end_date, 6), d.id) > (${2020}, ${'01-01'}, ${'x'}) ORDER BY d.keep_until, substr(d.end_date, 6), d.id LIMIT 10`,
  );
  expect(plan.map(({ detail }) => detail).join(' ')).toMatch(/USING INDEX dossier_term/);
  expect(plan.map(({ detail }) => detail).join(' ')).not.toMatch(/TEMP B-TREE/);
  expect(driverOf(store.read).prepare("SELECT COUNT(*) AS n FROM sqlite_schema WHERE name IN ('dossier_term', 'dossier_hand_in')").get()).toEqual({ n: 2 });
});
