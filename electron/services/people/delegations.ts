import { fail, ok, type Contract, type Handlers } from '#contract';
import { instantOf, vietnamDay } from '../../foundation/clock.ts';
import type { ReadDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';
import { delegationOf, insertDelegation, listDelegations, setDelegationEnd } from './delegations.store.ts';
import type { PeopleDeps } from './deps.ts';
import { note } from './note.ts';
import { crossed } from './offices.ts';
import { officeOf, officeOn } from './offices.store.ts';
import { delegationFault, signingLines, type SigningPerson, type SigningState } from './signing-lines.ts';
import { signingRules } from './signing-rules.ts';
import { listPersons, listUnits, personOf, type KnownPerson } from './staff.store.ts';

type DelegationMethod = 'delegations' | 'addDelegation' | 'endDelegation' | 'signingRules' | 'signingLines';

/** Who signs for whom, and under which lines. */
export function delegationHandlers(deps: PeopleDeps): Pick<Handlers<Contract>['people'], DelegationMethod> {
  const { store, clock } = deps;
  return {
    delegations: ({ ended }) => ok(listDelegations(store.read, ended ? '' : vietnamDay(clock.now()))),
    addDelegation: (wanted) =>
      store.write((db) => {
        const [giver, taker] = [personOf(db, wanted.giver), personOf(db, wanted.taker)];
        if (giver === undefined || taker === undefined) return fail('not-found');
        const day = wanted.validFrom;
        const hasOrder = listDelegations(db, day).some((one) => one.kind === 'TL' && one.taker === giver.id && one.validFrom <= day);
        const rule = delegationFault(wanted, onDay(giver, day), onDay(taker, day), hasOrder);
        if (rule !== undefined) return fail('delegation-rule', { rule, kind: wanted.kind });
        const id = insertDelegation(db, wanted);
        note(db, instantOf(clock), 'delegated', ['delegation', id], { ...wanted, giverName: giver.name, takerName: taker.name });
        return ok(written(delegationOf(db, id)));
      }),
    endDelegation: ({ id, lastDay, reason }) =>
      store.write((db) => {
        const before = delegationOf(db, id);
        if (before === undefined) return fail('not-found');
        if (crossed(before.validFrom, lastDay) || (before.validTo !== null && before.validTo < lastDay)) return fail('days-crossed', { field: 'lastDay' });
        setDelegationEnd(db, id, lastDay, reason);
        note(db, instantOf(clock), 'delegation-ended', ['delegation', id], { lastDay, reason, before: before.validTo });
        return ok(written(delegationOf(db, id)));
      }),
    signingRules: () => ok(signingRules.map((rule) => ({ ...rule, example: [...rule.example] }))),
    signingLines: ({ person, ...act }) => {
      if (personOf(store.read, person) === undefined) return fail('not-found');
      return ok(signingLines(signingStateOn(store.read, act.day), person, act));
    },
  };
}

/** All that signing depends on, as it was, is or will be on a day. */
export function signingStateOn(db: ReadDb, day: string): SigningState {
  const office = officeOn(db, day) ?? officeOf(db, currentOffice(db));
  const persons = listPersons(db, true).map((person) => onDay(person, day));
  const units = listUnits(db, office?.id ?? '', true);
  return {
    collective: office?.collective ?? '',
    headPosition: office?.headPosition ?? '',
    unitHeads: new Map(units.map(({ id, headPosition }) => [id, headPosition])),
    persons: new Map(persons.map((person) => [person.id, person])),
    delegations: listDelegations(db, day),
  };
}

/** A person as he was on a day. */
function onDay(person: KnownPerson, day: string): SigningPerson {
  const { standing, position, unit } = person.past.find(({ until }) => until >= day) ?? person;
  const inOffice = (person.validFrom === null || person.validFrom <= day) && (person.validTo === null || person.validTo >= day);
  return { id: person.id, standing, position, unit, inOffice };
}

function written<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the delegation that was just written is gone');
  return value;
}
