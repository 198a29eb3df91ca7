import { describe, expect, it } from 'vitest';
import type { HandlingDetail, Party } from '#contract';

// As in parts.test.ts: the window's pure parts are loaded by name and given their types here.
async function load<T>(path: string): Promise<T> {
  return (await import(new URL(`../../../renderer/${path}`, import.meta.url).href)) as T;
}

type Place = { readonly x: number; readonly y: number };
type Size = { readonly width: number; readonly height: number };
const { placeFor } = await load<{ placeFor: (inked: readonly boolean[], page: Size, mark: Size) => Place }>('features/handling/stamp/find-place.ts');

type Draft = { readonly chosen: readonly (Party & { readonly lead: boolean; readonly deadline: string })[]; readonly withdraw: boolean; readonly [key: string]: unknown };
const { emptyDraft, withParty, draftFaults, directionOf } = await load<{
  emptyDraft: (handling: HandlingDetail, leader: string, paperDirections: boolean) => Draft;
  withParty: (draft: Draft, party: Party, leadTaken: boolean) => Draft;
  draftFaults: (draft: Draft, leadTaken: boolean) => Record<string, string>;
  directionOf: (id: string, draft: Draft, leaders: readonly { id: string; name: string }[]) => Record<string, unknown>;
}>('features/handling/direction-draft.ts');

const a4 = { width: 210, height: 297 };
const mark = { width: 50, height: 35 };

/** A page with these rectangles drawn on it, in millimetres: x, y, width, height. */
function page(...boxes: readonly (readonly [number, number, number, number])[]): boolean[] {
  const inked = new Array<boolean>(a4.width * a4.height).fill(false);
  for (const [left, top, width, height] of boxes) {
    for (let y = top; y < top + height; y += 1) for (let x = left; x < left + width; x += 1) inked[y * a4.width + x] = true;
  }
  return inked;
}

describe('the place of the arrival mark', () => {
  it('is under the number on an empty page', () => {
    expect(placeFor(page(), a4, mark)).toEqual({ x: 8, y: 46 });
  });

  it('is under the date when something stands under the number', () => {
    const place = placeFor(page([20, 30, 80, 60]), a4, mark);
    expect(place.x).toBeGreaterThan(140);
    expect(Math.abs(place.y - 46)).toBeLessThan(4);
  });

  it('never covers a letter while there is room anywhere, and stays on the paper when there is none', () => {
    const full = page([0, 0, 210, 200], [0, 200, 60, 97], [150, 200, 60, 97]);
    expect(placeFor(full, a4, mark)).toMatchObject({ x: expect.any(Number) as number });
    const free = placeFor(full, a4, mark);
    for (let y = Math.floor(free.y); y < free.y + mark.height; y += 1) {
      for (let x = Math.floor(free.x); x < free.x + mark.width; x += 1) expect(full[y * a4.width + x]).toBe(false);
    }
    const none = placeFor(page([0, 0, 210, 297]), a4, mark);
    expect(none.x + mark.width).toBeLessThan(a4.width);
    expect(none.y + mark.height).toBeLessThan(a4.height);
  });
});

describe('a direction as it is written', () => {
  const handling = { due: null, proposed: { day: '2026-12-01', workingDays: 5, note: '' }, leaderName: 'Chủ tịch', next: ['direct', 'record-direction'] } as unknown as HandlingDetail;
  const unit = (name: string): Party => ({ unit: null, unitName: name, person: null, personName: '' });

  it('begins with the day of the office’s rules, where no other holds', () => {
    expect(emptyDraft(handling, 'A', false)).toMatchObject({ deadline: '01/12/2026', leaderName: 'Chủ tịch' });
    expect(emptyDraft({ ...handling, due: '2026-11-30' }, 'A', false)).toMatchObject({ deadline: '' });
  });

  it('is the word of whoever sits at the screen, unless the office decides on paper or he may only write down what stands there', () => {
    const open = { ...handling, leaderName: '' };
    expect(emptyDraft(open, 'A', false)).toMatchObject({ fromPaper: false, leaderName: 'A' });
    expect(emptyDraft(open, 'A', true)).toMatchObject({ fromPaper: true });
    expect(emptyDraft({ ...open, next: ['direct'] }, 'A', true), 'a leader writes nothing down for another').toMatchObject({ fromPaper: false });
    expect(emptyDraft({ ...open, next: ['record-direction'] }, 'A', false), 'a clerk is no leader').toMatchObject({ fromPaper: true });
  });

  it('has the first one lead, nobody twice, and nobody lead where somebody leads already', () => {
    const two = withParty(withParty(emptyDraft(handling, 'A', false), unit('X'), false), unit('Y'), false);
    expect(two.chosen.map((one) => [one.unitName, one.lead])).toEqual([['X', true], ['Y', false]]);
    expect(withParty(two, unit('X'), false)).toBe(two);
    expect(withParty(emptyDraft(handling, 'A', false), unit('X'), true).chosen[0]?.lead).toBe(false);
    expect(draftFaults(two, false)).toEqual({});
    expect(draftFaults(two, true)).toMatchObject({ party: 'handling.fault.lead' });
    expect(draftFaults(emptyDraft(handling, 'A', false), false)).toMatchObject({ party: 'handling.fault.party' });
    expect(draftFaults({ ...two, deadline: '31/12' }, false)).toMatchObject({ deadline: 'handling.fault.day' });
    expect(draftFaults({ ...two, withdraw: true }, false)).toMatchObject({ reason: 'ask.reasonMissing' });
  });

  it('becomes what the core is asked for, days as the contract writes them', () => {
    const draft = { ...withParty(emptyDraft(handling, 'A', false), unit('X'), false), deadline: '5/12/2026', text: 'Tham mưu', reason: 'bỏ', fromPaper: true, givenOn: '20/11/2026' };
    expect(directionOf('d', draft, [{ id: 'p', name: 'Chủ tịch' }])).toEqual({
      id: 'd', text: 'Tham mưu', leader: 'p', leaderName: 'Chủ tịch', delegatedAs: '', givenOn: '2026-11-20', fromPaper: true, deadline: '2026-12-05',
      assignees: [{ part: 'lead', unit: null, unitName: 'X', person: null, personName: '', deadline: null }], withdraw: false, reason: '',
    });
  });
});
