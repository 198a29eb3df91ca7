import { fail, ok, type Contract, type Handlers, type Person } from '#contract';
import { dayPlus, instantOf, vietnamDay } from '../../foundation/clock.ts';
import { afterCommit, isReferenced, type ReadDb, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';
import { accountOf, deleteAccount, namesake, otherAccount, otherAdministrator } from './accounts.store.ts';
import { accountStateOf } from './account-state.ts';
import type { PeopleDeps } from './deps.ts';
import { readPeopleTable, type ImportRow } from './import-table.ts';
import { note } from './note.ts';
import { crossed } from './offices.ts';
import { deleteOffice, officeOf } from './offices.store.ts';
import {
  deletePerson,
  deleteUnit,
  endPerson,
  endUnit,
  keepPersonPast,
  keepUnitPast,
  listPersons,
  listUnits,
  orderPersons,
  orderUnits,
  personOf,
  putPerson,
  putUnit,
  unitOf,
  type KnownPerson,
} from './staff.store.ts';

type StaffMethod = 'staff' | 'saveUnit' | 'savePerson' | 'reorder' | 'endValidity' | 'remove' | 'previewImport' | 'importPeople';

/** Units and persons of the office. */
export function staffHandlers(deps: PeopleDeps): Pick<Handlers<Contract>['people'], StaffMethod> {
  const { store, clock } = deps;
  const today = (): string => vietnamDay(clock.now());

  function withAccount(db: ReadDb, person: KnownPerson): Person {
    const account = accountOf(db, person.id);
    if (account === undefined) return { ...person, account: null };
    return { ...person, account: { state: accountStateOf(db, account, clock.now()), lastSignInAt: account.lastSignInAt } };
  }

  /** Whether nobody could administer any more once this person cannot. */
  function isLastAdministrator(db: ReadDb, person: KnownPerson): boolean {
    const may = accountOf(db, person.id) !== undefined && person.roles.includes('administrator');
    return may && otherAccount(db, person.id) && !otherAdministrator(db, person.id);
  }

  function rowsOf(db: ReadDb, text: string, addUnits: boolean): ImportRow[] {
    return readPeopleTable(text, { persons: listPersons(db, false), units: listUnits(db, currentOffice(db), false), addUnits });
  }

  return {
    staff: ({ ended }) =>
      ok({
        units: listUnits(store.read, currentOffice(store.read), ended),
        persons: listPersons(store.read, ended).map((person) => withAccount(store.read, person)),
      }),
    saveUnit: ({ id, since, ...fields }) =>
      store.write((db) => {
        const before = id === null ? undefined : unitOf(db, id);
        if (id !== null && before === undefined) return fail('not-found');
        const office = before?.office ?? currentOffice(db);
        if (since !== null && since > today()) return fail('day-ahead', { field: 'since' });
        if (crossed(fields.validFrom, before?.validTo ?? null)) return fail('days-crossed', { field: 'validFrom' });
        if (listUnits(db, office, false).some((one) => one.id !== id && one.name === fields.name)) {
          return fail('unit-name-taken', { field: 'name', name: fields.name });
        }
        if (before !== undefined && since !== null) keepUnitPast(db, before, dayPlus(since, -1));
        const saved = putUnit(db, id, office, fields);
        note(db, instantOf(clock), 'unit-saved', ['unit', saved], { ...fields, since, before: before === undefined ? null : { ...before } });
        const unit = unitOf(db, saved);
        if (unit === undefined) throw new Error(`unit ${saved} was not written`);
        return ok(unit);
      }),
    savePerson: ({ id, since, ...fields }) =>
      store.write((db) => {
        const before = id === null ? undefined : personOf(db, id);
        if (id !== null && before === undefined) return fail('not-found');
        if (fields.unit !== null && unitOf(db, fields.unit) === undefined) return fail('unit-unknown', { field: 'unit' });
        if (since !== null && since > today()) return fail('day-ahead', { field: 'since' });
        if (crossed(fields.validFrom, before?.validTo ?? null)) return fail('days-crossed', { field: 'validFrom' });
        if (id !== null && accountOf(db, id) !== undefined && namesake(db, id, fields.name)) {
          return fail('account-name-taken', { field: 'name', name: fields.name });
        }
        if (before !== undefined && !fields.roles.includes('administrator') && isLastAdministrator(db, before)) {
          return fail('last-administrator', { name: before.name });
        }
        if (before !== undefined && since !== null) keepPersonPast(db, before, dayPlus(since, -1));
        const saved = putPerson(db, id, fields);
        note(db, instantOf(clock), 'person-saved', ['person', saved], {
          ...fields,
          since,
          before: before === undefined ? null : { name: before.name, position: before.position, standing: before.standing, unit: before.unit, roles: before.roles },
        });
        afterCommit(db, deps.sessionChanged);
        const person = personOf(db, saved);
        if (person === undefined) throw new Error(`person ${saved} was not written`);
        return ok(withAccount(db, person));
      }),
    reorder: ({ kind, ids }) =>
      store.write((db) => {
        if (kind === 'unit') orderUnits(db, ids);
        else orderPersons(db, ids);
        note(db, instantOf(clock), 'reordered', ['settings', kind], { ids });
        afterCommit(db, deps.sessionChanged);
        return ok({});
      }),
    endValidity: ({ kind, id, lastDay, reason }) =>
      store.write((db) => {
        const before = kind === 'unit' ? unitOf(db, id) : personOf(db, id);
        if (before === undefined) return fail('not-found');
        if (lastDay > today()) return fail('day-ahead', { field: 'lastDay' });
        if (crossed(before.validFrom, lastDay)) return fail('days-crossed', { field: 'lastDay' });
        if (kind === 'unit') {
          const within = listPersons(db, false).filter((person) => person.unit === id).length;
          if (within > 0) return fail('unit-has-persons', { count: within, name: before.name });
          endUnit(db, id, lastDay);
        } else {
          const person = personOf(db, id);
          if (person !== undefined && isLastAdministrator(db, person)) return fail('last-administrator', { name: person.name });
          endPerson(db, id, lastDay);
          if (accountOf(db, id) !== undefined) deleteAccount(db, id);
        }
        note(db, instantOf(clock), `${kind}-ended`, [kind, id], { name: before.name, lastDay, reason });
        afterCommit(db, deps.sessionChanged);
        return ok({});
      }),
    remove: ({ kind, id }) => store.write((db) => removeEntry(db, kind, id)),
    previewImport: ({ text, addUnits }) => ok(rowsOf(store.read, text, addUnits)),
    importPeople: ({ text, addUnits }) =>
      store.write((db) => {
        const rows = rowsOf(db, text, addUnits);
        const good = rows.filter(({ problem }) => problem === null);
        if (good.length === 0) return fail('import-empty');
        const office = currentOffice(db);
        const units = new Map(listUnits(db, office, false).map(({ id, name }) => [lowered(name), id]));
        const before = units.size;
        for (const row of good) {
          const key = lowered(row.unit);
          if (row.unit !== '' && !units.has(key)) {
            units.set(key, putUnit(db, null, office, { name: row.unit, abbreviation: '', headPosition: '', validFrom: null }));
          }
          putPerson(db, null, {
            name: row.name,
            position: row.position,
            standing: 'staff',
            unit: units.get(key) ?? null,
            roles: row.roles,
            validFrom: null,
          });
        }
        const told = { added: good.length, leftOut: rows.length - good.length, units: units.size - before };
        const persons = good.map(({ name, position, unit, roles }) => ({ name, position, unit, roles }));
        note(db, instantOf(clock), 'imported', ['settings', 'people'], { ...told, persons });
        return ok(told);
      }),
  };

  function removeEntry(db: WriteDb, kind: 'office' | 'unit' | 'person', id: string): ReturnType<Handlers<Contract>['people']['remove']> {
    const entry = kind === 'office' ? officeOf(db, id) : kind === 'unit' ? unitOf(db, id) : personOf(db, id);
    if (entry === undefined) return fail('not-found');
    const own = { office: [], unit: ['unit_past'], person: ['person_past', 'person_role'] }[kind];
    // The present office is what everything new belongs to, even before it has a row.
    if (isReferenced(db, kind, id, own) || id === currentOffice(db)) return fail(`${kind}-used`, { name: entry.name });
    if (kind === 'office') deleteOffice(db, id);
    else if (kind === 'unit') deleteUnit(db, id);
    else deletePerson(db, id);
    note(db, instantOf(clock), `${kind}-removed`, [kind, id], { name: entry.name });
    return ok({});
  }
}

function lowered(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('vi');
}
