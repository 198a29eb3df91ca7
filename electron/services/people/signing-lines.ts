import type { Delegation, DelegationKind, DelegationRule, SigningAnswer, Standing } from '#contract';
import type { z } from 'zod';

/** A person as he is on the day in question. */
export type SigningPerson = {
  readonly id: string;
  readonly standing: Standing;
  readonly position: string;
  readonly unit: string | null;
  readonly inOffice: boolean;
};

/** All that signing depends on, as it is on the day in question. */
export type SigningState = {
  /** the body that decides together; '' where one head decides alone */
  readonly collective: string;
  /** position of the office's head */
  readonly headPosition: string;
  /** positions of the heads of units, by unit */
  readonly unitHeads: ReadonlyMap<string, string>;
  readonly persons: ReadonlyMap<string, SigningPerson>;
  readonly delegations: readonly Delegation[];
};

/** A document to be signed. */
export type SigningAct = {
  readonly day: string;
  readonly typeName: string;
  /** in the name of the collective body, not of its head */
  readonly collective: boolean;
};

const heads: readonly Standing[] = ['head', 'acting-head'];
const unitHeads: readonly Standing[] = ['unit-head', 'acting-unit-head'];

/**
 * Under which lines a person signs a document on a day (NĐ 30/2020 art. 13; annex I part II.7). Pure: the state is the
 * day's. A right of one's own goes before a delegated one; of several delegations the one that began last counts.
 */
export function signingLines(state: SigningState, personId: string, act: SigningAct): SigningAnswer {
  const person = state.persons.get(personId);
  if (person?.inOffice !== true) return { may: false, reason: 'not-in-office' };
  const body = act.collective && state.collective !== '' ? [`TM. ${capitals(state.collective)}`] : [];
  const head = capitals(state.headPosition);
  const own = { content: '', basis: '' };
  if (person.standing === 'head') {
    const position = capitals(person.position === '' ? state.headPosition : person.position);
    return { may: true, rule: body.length > 0 ? 'TM' : 'head', authority: body, position, ...own };
  }
  if (head === '') return { may: false, reason: 'head-position-missing' };
  if (person.standing === 'acting-head') return { may: true, rule: 'Q', authority: body, position: `Q. ${head}`, ...own };
  if (person.standing === 'staff') return { may: false, reason: 'no-authority' };

  const given = grantsTo(state, person, act);
  const position = capitals(person.position);
  const from = ({ content, basis }: Delegation): typeof own => ({ content, basis });
  if (person.standing === 'deputy') {
    const order = given.find(({ kind }) => kind === 'KT');
    if (order === undefined) return { may: false, reason: 'no-delegation' };
    return { may: true, rule: 'KT', authority: [...body, `KT. ${head}`], position, ...from(order) };
  }
  if (person.standing === 'unit-deputy') {
    // Art. 13.4: he who signs by order may let his deputy sign, within that order.
    for (const passed of given.filter(({ kind }) => kind === 'KT')) {
      const chief = state.persons.get(passed.giver);
      const order = chief?.inOffice === true ? grantsTo(state, chief, act).find(({ kind }) => kind === 'TL') : undefined;
      const title = capitals(state.unitHeads.get(person.unit ?? '') ?? '');
      if (order === undefined) continue;
      if (title === '') return { may: false, reason: 'head-position-missing' };
      return { may: true, rule: 'TL-KT', authority: [`TL. ${head}`, `KT. ${title}`], position, ...from(passed) };
    }
    return { may: false, reason: 'no-delegation' };
  }
  const order = given.find(({ kind }) => kind === 'TL' || kind === 'TUQ');
  if (order === undefined) return { may: false, reason: 'no-delegation' };
  const title = capitals(state.unitHeads.get(person.unit ?? '') ?? '');
  if (person.standing === 'acting-unit-head' && title === '') return { may: false, reason: 'head-position-missing' };
  return {
    may: true,
    rule: order.kind === 'TL' ? 'TL' : 'TUQ',
    authority: [`${order.kind}. ${head}`],
    position: person.standing === 'acting-unit-head' ? `Q. ${title}` : position,
    ...from(order),
  };
}

function grantsTo(state: SigningState, taker: SigningPerson, act: SigningAct): Delegation[] {
  return state.delegations
    .filter(
      (one) =>
        one.taker === taker.id &&
        one.acts.includes('sign') &&
        one.validFrom <= act.day &&
        (one.validTo === null || one.validTo >= act.day) &&
        (one.types.length === 0 || one.types.some((type) => type.toLowerCase() === act.typeName.toLowerCase())) &&
        brokenRule(one.kind, standingIn(state, one.giver), taker.standing) === undefined,
    )
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
}

function standingIn(state: SigningState, person: string): Standing {
  return state.persons.get(person)?.standing ?? 'staff';
}

/** Which rule of who may delegate to whom is broken; undefined for none. */
function brokenRule(kind: DelegationKind, giver: Standing, taker: Standing): 'giver' | 'taker' | 'passedOn' | undefined {
  const byHead = heads.includes(giver);
  if (kind === 'KT') {
    if (byHead) return taker === 'deputy' ? undefined : 'taker';
    // Passing on an order to sign TL.
    if (unitHeads.includes(giver)) return taker === 'unit-deputy' ? undefined : 'taker';
    return 'giver';
  }
  if (!byHead) return kind === 'TUQ' || unitHeads.includes(giver) ? 'passedOn' : 'giver';
  return unitHeads.includes(taker) ? undefined : 'taker';
}

/** Which rule a new delegation breaks; undefined when it may stand. Checked again whenever somebody would sign by it. */
export function delegationFault(
  wanted: Pick<Delegation, 'kind' | 'giver' | 'taker' | 'validFrom' | 'validTo' | 'types' | 'content' | 'basis'>,
  giver: SigningPerson,
  taker: SigningPerson,
  /** whether the giver has an order to sign TL. on the first day */
  giverHasOrder: boolean,
): z.infer<typeof DelegationRule> | undefined {
  if (wanted.giver === wanted.taker) return 'same';
  if (wanted.validTo !== null && wanted.validTo < wanted.validFrom) return 'days';
  const broken = brokenRule(wanted.kind, giver.standing, taker.standing);
  if (broken !== undefined) return broken;
  if (wanted.kind === 'KT' && unitHeads.includes(giver.standing)) {
    if (giver.unit !== taker.unit) return 'taker';
    if (!giverHasOrder) return 'needsOrder';
  }
  if (wanted.kind === 'TUQ') {
    if (wanted.validTo === null) return 'limited';
    if (wanted.content === '') return 'content';
  }
  if (wanted.kind === 'TL' && wanted.content === '' && wanted.types.length === 0) return 'content';
  return wanted.basis === '' && wanted.kind !== 'KT' ? 'basis' : undefined;
}

function capitals(words: string): string {
  return words.normalize('NFC').toLocaleUpperCase('vi');
}
