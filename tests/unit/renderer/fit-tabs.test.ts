import { describe, expect, it } from 'vitest';

// As in parts.test.ts: the window's pure parts are loaded by name and given their types here.
const { fitTabs } = (await import(new URL('../../../renderer/ui/fit-tabs.ts', import.meta.url).href)) as {
  fitTabs: (widths: readonly number[], room: number, more: number, chosen: number, first?: readonly number[]) => readonly number[];
};

describe('which tabs stand in a row', () => {
  const widths = [50, 100, 80, 70, 90];

  it('are all while there is room, without the button for the others', () => {
    expect(fitTabs(widths, 390, 60, 0)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are as many as fit beside the button, in their order', () => {
    expect(fitTabs(widths, 389, 60, 0)).toEqual([0, 1, 2, 3]);
    expect(fitTabs(widths, 300, 60, 0)).toEqual([0, 1, 2]);
  });

  it('always have the chosen one among them, however narrow the row is', () => {
    expect(fitTabs(widths, 300, 60, 4)).toEqual([0, 1, 4]);
    expect(fitTabs(widths, 20, 60, 3)).toEqual([3]);
  });

  it('keep those that are used most', () => {
    expect(fitTabs(widths, 300, 60, 0, [0, 3, 1])).toEqual([0, 1, 3]);
    expect(fitTabs(widths, 300, 60, 2, [0, 3, 1])).toEqual([0, 2, 3]);
  });

  it('are never one that is not there', () => {
    expect(fitTabs(widths, 100, 40, -1, [-1, 9, 0])).toEqual([0]);
    expect(fitTabs([], 100, 40, -1)).toEqual([]);
  });
});
