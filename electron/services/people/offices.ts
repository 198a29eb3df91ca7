import { fail, ok, type Contract, type Handlers, type Office } from '#contract';
import { dayPlus, instantOf, vietnamDay } from '../../foundation/clock.ts';
import { currentOffice } from '../settings/index.ts';
import type { PeopleDeps } from './deps.ts';
import { note } from './note.ts';
import { endDelegationsOn, endOffice, listOffices, moveUnits, officeOf, presentOffice, putOffice, setSuccessor } from './offices.store.ts';

/** This office and those before it. */
export function officeHandlers(deps: PeopleDeps): Pick<Handlers<Contract>['people'], 'offices' | 'saveOffice' | 'succeedOffice'> {
  const { store, clock } = deps;
  return {
    offices: () => ok(listOffices(store.read)),
    saveOffice: ({ id, ...fields }) =>
      store.write((db) => {
        if (deps.practice) return fail('practice-fixed');
        const before = id === null ? undefined : officeOf(db, id);
        if (id !== null && before === undefined) return fail('not-found');
        const { successor } = fields;
        if (successor !== null && (successor === id || officeOf(db, successor) === undefined)) return fail('not-found');
        const present = id === currentOffice(db);
        // An office ends through its successor alone, which closes its registers.
        if (present ? fields.validTo !== null : fields.validTo === null) return fail('office-not-ended', { field: 'validTo' });
        if (crossed(fields.validFrom, fields.validTo)) return fail('days-crossed', { field: 'validTo' });
        const saved = putOffice(db, id, fields, before?.predecessor ?? null);
        note(db, instantOf(clock), 'office-saved', ['office', saved], { ...fields, before: before === undefined ? null : { ...before } });
        if (present) deps.officeChanged(db);
        return ok(found(officeOf(db, saved)));
      }),
    succeedOffice: ({ firstDay, keepUnits, reason, ...fields }) =>
      store.write((db) => {
        if (deps.practice) return fail('practice-fixed');
        const old = presentOffice(db);
        if (firstDay > vietnamDay(clock.now())) return fail('day-ahead', { field: 'firstDay' });
        const lastDay = dayPlus(firstDay, -1);
        if (crossed(old.validFrom, lastDay)) return fail('days-crossed', { field: 'firstDay' });
        const at = instantOf(clock);
        const closedSeries = deps.closeRegisters(db, { office: old.id, lastDay, at, reason });
        endOffice(db, old.id, lastDay);
        const next = putOffice(db, null, { ...fields, validFrom: firstDay, validTo: null, successor: null }, old.id);
        setSuccessor(db, old.id, next);
        moveUnits(db, old.id, next, firstDay, lastDay, keepUnits);
        endDelegationsOn(db, lastDay, reason);
        note(db, at, 'office-succeeded', ['office', next], { predecessor: old.id, lastDay, firstDay, ...fields, keepUnits, closedSeries, reason });
        deps.officeChanged(db);
        return ok({ office: found(officeOf(db, next)), closedSeries });
      }),
  };
}

/** Whether a last day lies before the first. */
export function crossed(from: string | null, to: string | null): boolean {
  return from !== null && to !== null && to < from;
}

function found(office: Office | undefined): Office {
  if (office === undefined) throw new Error('the office that was just written is gone');
  return office;
}
