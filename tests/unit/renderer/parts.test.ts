import { describe, expect, it } from 'vitest';

// The window's sources belong to another project of the compiler (DOM, bundler resolution), so its pure parts are
// loaded by name and given their types here.
async function load<T>(path: string): Promise<T> {
  return (await import(new URL(`../../../renderer/${path}`, import.meta.url).href)) as T;
}

const { rowAfterKey } = await load<{
  rowAfterKey: (key: string, active: number, count: number, page: number) => number | undefined;
}>('ui/grid-keys.ts');
const { calendarDay, daysUntil, momentOf, shortMomentOf, timeOf } = await load<{
  calendarDay: (day: string) => string;
  daysUntil: (day: string, now: Date) => number;
  momentOf: (instant: string) => string;
  shortMomentOf: (instant: string, now: Date) => string;
  timeOf: (instant: string) => string;
}>('i18n/dates.ts');
const { fold, foldedMatch } = await load<{
  fold: (text: string) => string;
  foldedMatch: (text: string, query: string) => boolean;
}>('i18n/fold.ts');
const { fitScale, steppedZoom } = await load<{
  fitScale: (pane: number, page: number, margin: number) => number;
  steppedZoom: (scale: number, direction: 1 | -1) => number;
}>('ui/pdf/zoom.ts');

describe('keys of the grid', () => {
  it('stay inside the list', () => {
    expect(rowAfterKey('ArrowDown', -1, 10, 5)).toBe(0);
    expect(rowAfterKey('ArrowDown', 9, 10, 5)).toBe(9);
    expect(rowAfterKey('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowAfterKey('PageDown', 7, 10, 5)).toBe(9);
    expect(rowAfterKey('PageUp', 2, 10, 5)).toBe(0);
    expect(rowAfterKey('End', 0, 10_000, 5)).toBe(9_999);
    expect(rowAfterKey('Home', 500, 10_000, 5)).toBe(0);
  });

  it('leave other keys and the empty list alone', () => {
    expect(rowAfterKey('a', 0, 10, 5)).toBeUndefined();
    expect(rowAfterKey('ArrowDown', -1, 0, 5)).toBeUndefined();
  });
});

describe('dates', () => {
  it('are shown at Vietnam’s time whatever the machine says', () => {
    expect(momentOf('2026-11-21T17:30:00.000Z')).toBe('22/11/2026 00:30');
    expect(timeOf('2026-11-22T01:01:00.000Z')).toBe('08:01');
    expect(calendarDay('2026-07-03')).toBe('03/07/2026');
  });

  it('leave out what today makes plain', () => {
    const now = new Date('2026-11-22T05:00:00.000Z');
    expect(shortMomentOf('2026-11-21T17:30:00.000Z', now)).toBe('00:30');
    expect(shortMomentOf('2026-11-21T16:30:00.000Z', now)).toBe('21/11 23:30');
    expect(shortMomentOf('2025-11-21T16:30:00.000Z', now)).toBe('21/11/2025 23:30');
  });

  it('count days by the calendar in Vietnam', () => {
    const justAfterMidnight = new Date('2026-11-21T17:01:00.000Z');
    expect(daysUntil('2026-11-22', justAfterMidnight)).toBe(0);
    expect(daysUntil('2026-11-21', justAfterMidnight)).toBe(-1);
    expect(daysUntil('2026-12-01', justAfterMidnight)).toBe(9);
  });
});

describe('the filter', () => {
  it('finds with and without diacritics, in both encodings of them', () => {
    const text = fold('11410/BXD V/v phê duyệt Quyết định đường sắt'.normalize('NFD'));
    expect(foldedMatch(text, fold('quyet dinh'))).toBe(true);
    expect(foldedMatch(text, fold('ĐƯỜNG SẮT'.normalize('NFC')))).toBe(true);
    expect(foldedMatch(text, fold('duyệt 11410'))).toBe(true);
    expect(foldedMatch(text, fold('đường thủy'))).toBe(false);
  });
});

describe('zoom', () => {
  it('steps up and down and ends at its limits', () => {
    expect(steppedZoom(0.75, 1)).toBe(0.8);
    expect(steppedZoom(1, 1)).toBe(1.25);
    expect(steppedZoom(1, -1)).toBe(0.8);
    expect(steppedZoom(4, 1)).toBe(4);
  });

  it('fits a page into its pane', () => {
    expect(fitScale(624, 600, 12)).toBe(1);
    expect(fitScale(10, 600, 12)).toBe(0.25);
  });
});
