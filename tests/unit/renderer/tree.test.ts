import { expect, test } from 'vitest';
import type { PlanDetail } from '#contract';

/** The window's own modules are no part of the tests' program; what is used of them is said here. */
async function load<T>(path: string): Promise<T> {
  return (await import(new URL(`../../../renderer/${path}`, import.meta.url).href)) as T;
}

type Row = { readonly key: string; readonly level: number };
const { treeMove } = await load<{ treeMove: (rows: readonly Row[], at: number, key: string, typed: string) => unknown }>('ui/tree-keys.ts');
const { planRows, unfolded } = await load<{ planRows: (plan: PlanDetail, base: number) => readonly Row[]; unfolded: (rows: readonly Row[], folded: (key: string) => boolean) => readonly Row[] }>(
  'features/dossiers/board/plan-rows.ts',
);

const row = (key: string, level: number, expanded: boolean | null) => ({ key, level, expanded, text: key });
const rows = [row('năm', 1, true), row('tổng hợp', 2, true), row('kế hoạch', 3, null), row('báo cáo', 3, null), row('tổ chức', 2, false)];
const move = (at: number, key: string, typed = key): unknown => treeMove(rows, at, key, typed);

test('keys of a tree go, fold and find as WAI-ARIA has them', () => {
  expect(move(0, 'ArrowDown')).toEqual({ kind: 'choose', key: 'tổng hợp' });
  expect(move(0, 'ArrowUp')).toEqual({ kind: 'choose', key: 'năm' });
  expect(move(4, 'ArrowDown')).toEqual({ kind: 'choose', key: 'tổ chức' });
  expect(move(1, 'ArrowRight')).toEqual({ kind: 'choose', key: 'kế hoạch' });
  expect(move(4, 'ArrowRight')).toEqual({ kind: 'fold', key: 'tổ chức', expanded: true });
  expect(move(2, 'ArrowRight')).toBeNull();
  expect(move(3, 'ArrowLeft')).toEqual({ kind: 'choose', key: 'tổng hợp' });
  expect(move(1, 'ArrowLeft')).toEqual({ kind: 'fold', key: 'tổng hợp', expanded: false });
  expect(move(4, 'ArrowLeft')).toEqual({ kind: 'choose', key: 'năm' });
  expect(move(0, 'End')).toEqual({ kind: 'choose', key: 'tổ chức' });
  // One letter goes on and around, several narrow.
  expect(move(1, 't')).toEqual({ kind: 'choose', key: 'tổ chức' });
  expect(move(4, 't')).toEqual({ kind: 'choose', key: 'tổng hợp' });
  expect(move(1, ' ', 'tổ c')).toBeUndefined();
  expect(move(1, 'c', 'tổ c')).toEqual({ kind: 'choose', key: 'tổ chức' });
  expect(move(1, 'F8')).toBeUndefined();
});

test('a plan stands in the order of its printed list, and nothing below a folded heading is in sight', () => {
  const heading = (id: string, parent: string | null) => ({ id, parent, mark: id, symbol: '', title: id });
  const entry = (id: string, of: string) => ({ id, heading: of, number: 1, notation: id, title: id });
  const plan = { year: 2026, headings: [heading('I', null), heading('II', null), heading('1', 'I')], entries: [entry('a', '1'), entry('b', 'I'), entry('c', 'II')] } as unknown as PlanDetail;
  const shown = planRows(plan, 2);
  expect(shown.map(({ key, level }) => `${key} ${String(level)}`)).toEqual(['h:I 2', 'e:b 3', 'h:1 3', 'e:a 4', 'h:II 2', 'e:c 3']);
  expect(unfolded(shown, (key) => key === 'h:I').map(({ key }) => key)).toEqual(['h:I', 'h:II', 'e:c']);
  expect(unfolded(shown, (key) => key === 'h:1').map(({ key }) => key)).toEqual(['h:I', 'e:b', 'h:1', 'h:II', 'e:c']);
});
