import { describe, expect, test } from 'vitest';
import type { Delegation, SigningAnswer, Standing } from '#contract';
import { signingLines, type SigningAct, type SigningPerson, type SigningState } from '../../../electron/services/people/index.ts';
import { delegationFault } from '../../../electron/services/people/signing-lines.ts';

const persons: readonly (readonly [id: string, standing: Standing, position: string, unit: string | null])[] = [
  ['chair', 'head', 'Chủ tịch', null],
  ['acting', 'acting-head', 'Quyền Chủ tịch', null],
  ['vice', 'deputy', 'Phó Chủ tịch', null],
  ['chief', 'unit-head', 'Chánh Văn phòng', 'vp'],
  ['actingChief', 'acting-unit-head', 'Quyền Chánh Văn phòng', 'vp'],
  ['viceChief', 'unit-deputy', 'Phó Chánh Văn phòng', 'vp'],
  ['viceOther', 'unit-deputy', 'Phó Trưởng phòng', 'kt'],
  ['officer', 'staff', 'Chuyên viên', 'vp'],
];

function grant(kind: Delegation['kind'], giver: string, taker: string, more: Partial<Delegation> = {}): Delegation {
  const fixed = { id: `${kind}-${giver}-${taker}`, giverName: '', takerName: '', endedReason: '' };
  return {
    ...fixed,
    kind,
    giver,
    taker,
    validFrom: '2026-01-01',
    validTo: kind === 'TUQ' ? '2026-12-31' : null,
    acts: ['sign'],
    types: [],
    content: 'kinh tế',
    basis: 'QĐ 12/QĐ-UBND',
    ...more,
  };
}

function state(delegations: readonly Delegation[], more: Partial<SigningState> = {}): SigningState {
  const entries = persons.map(([id, standing, position, unit]): [string, SigningPerson] => [id, { id, standing, position, unit, inOffice: true }]);
  return {
    collective: 'Ủy ban nhân dân',
    headPosition: 'Chủ tịch',
    unitHeads: new Map([['vp', 'Chánh Văn phòng']]),
    persons: new Map(entries),
    delegations,
    ...more,
  };
}

const act: SigningAct = { day: '2026-06-15', typeName: 'Công văn', collective: true };
const kt = grant('KT', 'chair', 'vice');
const tl = grant('TL', 'chair', 'chief');
const passed = grant('KT', 'chief', 'viceChief', { basis: '' });
const tuq = grant('TUQ', 'chair', 'chief');

/** The block as it stands on paper, or why there is none. */
function block(answer: SigningAnswer): string {
  return answer.may ? [...answer.authority, answer.position].join(' / ') : answer.reason;
}

const cases: readonly (readonly [what: string, delegations: readonly Delegation[], person: string, change: Partial<SigningAct>, expected: string])[] = [
  // NĐ 30/2020 art. 13.1, 13.2
  ['the head for the collective', [], 'chair', {}, 'TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH'],
  ['the head for himself', [], 'chair', { collective: false }, 'CHỦ TỊCH'],
  ['an acting head for the collective', [], 'acting', {}, 'TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH'],
  ['an acting head for himself', [], 'acting', { collective: false }, 'Q. CHỦ TỊCH'],
  ['a deputy for the collective', [kt], 'vice', {}, 'TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH'],
  ['a deputy for the head', [kt], 'vice', { collective: false }, 'KT. CHỦ TỊCH / PHÓ CHỦ TỊCH'],
  ['a deputy to whom nothing was assigned', [], 'vice', {}, 'no-delegation'],
  ['a deputy before his assignment', [kt], 'vice', { day: '2025-12-31' }, 'no-delegation'],
  ['a deputy on its first day', [kt], 'vice', { day: '2026-01-01' }, 'TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH'],
  ['a deputy who may only direct', [grant('KT', 'chair', 'vice', { acts: ['direct'] })], 'vice', {}, 'no-delegation'],
  // art. 13.4: never for the collective, and passed on to a deputy
  ['a unit head by order', [tl], 'chief', {}, 'TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG'],
  ['an acting unit head by order', [grant('TL', 'chair', 'actingChief')], 'actingChief', {}, 'TL. CHỦ TỊCH / Q. CHÁNH VĂN PHÒNG'],
  ['by order, a kind that it names', [grant('TL', 'chair', 'chief', { types: ['Giấy mời', 'công văn'] })], 'chief', {}, 'TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG'],
  ['by order, a kind that it does not name', [grant('TL', 'chair', 'chief', { types: ['Giấy mời'] })], 'chief', {}, 'no-delegation'],
  ['a unit deputy to whom the order was passed on', [tl, passed], 'viceChief', {}, 'TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG'],
  ['a unit deputy when the order itself has ended', [{ ...tl, validTo: '2026-06-14' }, passed], 'viceChief', {}, 'no-delegation'],
  ['a unit deputy of a TUQ, which is not passed on', [tuq, passed], 'viceChief', {}, 'no-delegation'],
  // art. 13.3
  ['a unit head by authorization', [tuq], 'chief', {}, 'TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG'],
  ['by authorization on its last day', [tuq], 'chief', { day: '2026-12-31' }, 'TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG'],
  ['by authorization a day later', [tuq], 'chief', { day: '2027-01-01' }, 'no-delegation'],
  ['by an authorization of somebody who is not the head', [grant('TUQ', 'vice', 'chief')], 'chief', {}, 'no-delegation'],
  ['a unit head without either', [], 'chief', {}, 'no-delegation'],
  ['an officer', [tl, kt, tuq], 'officer', {}, 'no-authority'],
  ['a stranger', [], 'nobody', {}, 'not-in-office'],
];

describe('the lines above a name', () => {
  test.each(cases)('%s', (_what, delegations, person, change, expected) => {
    expect(block(signingLines(state(delegations), person, { ...act, ...change }))).toBe(expected);
  });

  test('where one head decides alone nothing stands above TM.', () => {
    const ministry = state([kt], { collective: '', headPosition: 'Bộ trưởng' });
    expect(block(signingLines(ministry, 'vice', act))).toBe('KT. BỘ TRƯỞNG / PHÓ CHỦ TỊCH');
    expect(signingLines(ministry, 'chair', act)).toMatchObject({ rule: 'head', authority: [] });
  });

  test('the newest of two delegations counts, with its content and basis', () => {
    const newer = { ...tl, id: 'n', validFrom: '2026-05-01', content: 'giấy mời họp', basis: 'QĐ 40' };
    expect(signingLines(state([tl, newer]), 'chief', act)).toMatchObject({ content: 'giấy mời họp', basis: 'QĐ 40' });
  });

  test('without the title of the head no line can be made, and it says so', () => {
    expect(block(signingLines(state([kt], { headPosition: '' }), 'vice', act))).toBe('head-position-missing');
    expect(block(signingLines(state([tl, passed], { unitHeads: new Map() }), 'viceChief', act))).toBe('head-position-missing');
  });

  test('who has left signs nothing', () => {
    const gone = state([kt]);
    const without = new Map([...gone.persons].map(([id, person]) => [id, { ...person, inOffice: id !== 'vice' }]));
    expect(block(signingLines({ ...gone, persons: without }, 'vice', act))).toBe('not-in-office');
  });
});

describe('a delegation', () => {
  const people = state([]).persons;
  const fault = (wanted: Delegation, giverHasOrder = false): string | undefined => {
    const [giver, taker] = [people.get(wanted.giver), people.get(wanted.taker)];
    if (giver === undefined || taker === undefined) throw new Error('no such person in this test');
    return delegationFault(wanted, giver, taker, giverHasOrder);
  };

  test.each([
    ['KT. to a deputy', kt, undefined],
    ['KT. to a unit head', grant('KT', 'chair', 'chief'), 'taker'],
    ['KT. of a deputy', grant('KT', 'vice', 'officer'), 'giver'],
    ['TL. to a unit head', tl, undefined],
    ['TL. without kinds or content', { ...tl, content: '' }, 'content'],
    ['TL. without working rules that say so', { ...tl, basis: '' }, 'basis'],
    ['TL. to a deputy of the office', grant('TL', 'chair', 'vice'), 'taker'],
    ['TL. handed on as TL.', grant('TL', 'chief', 'viceChief'), 'passedOn'],
    ['TUQ. to a unit head', tuq, undefined],
    ['TUQ. without an end', { ...tuq, validTo: null }, 'limited'],
    ['TUQ. without content', { ...tuq, content: '' }, 'content'],
    ['TUQ. without a decision', { ...tuq, basis: '' }, 'basis'],
    ['TUQ. handed on', grant('TUQ', 'chief', 'viceChief'), 'passedOn'],
    ['TUQ. of a deputy', grant('TUQ', 'vice', 'chief'), 'passedOn'],
    ['to oneself', { ...kt, taker: 'chair' }, 'same'],
    ['that ends before it begins', { ...kt, validTo: '2025-01-01' }, 'days'],
    ['an order passed on that nobody gave', passed, 'needsOrder'],
    ['an order passed on into another unit', grant('KT', 'chief', 'viceOther'), 'taker'],
  ])('%s', (_what, wanted, expected) => {
    expect(fault(wanted)).toBe(expected);
  });

  test('an order may be passed on to the deputy of the unit', () => {
    expect(fault(passed, true)).toBeUndefined();
  });
});
