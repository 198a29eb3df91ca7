import { fail, ok, type Contract, type Handlers } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { resolve } from './agency.store.ts';
import { closeGroup, codesOf, groupNamed, groupOf, listGroups, putGroup } from './groups.store.ts';

/** The lists of recipients that the office keeps. */
export function groupHandlers(
  store: Store,
  clock: Clock,
): Pick<Handlers<Contract>['directory'], 'groups' | 'saveGroup' | 'removeGroup'> {
  return {
    groups: () => ok(listGroups(store.read)),
    saveGroup: ({ id, name, codes }) =>
      store.write((db) => {
        if (id !== null && groupOf(db, id) === undefined) return fail('not-found');
        const namesake = groupNamed(db, name);
        if (namesake !== undefined && namesake !== id) return fail('group-name-taken', { field: 'name', name });
        const kept: string[] = [];
        for (const code of codes) {
          const row = resolve(db, code);
          if (row?.kind !== 'agency') return fail('agency-unknown', { field: 'codes', agency: code });
          if (!kept.includes(row.code)) kept.push(row.code);
        }
        const at = instantOf(clock);
        const before = id === null ? [] : codesOf(db, id);
        const saved = putGroup(db, { id, name, codes: kept, at });
        appendAudit(db, {
          at,
          actor: actorOf(db).name,
          action: 'directory.group-saved',
          subjectKind: 'recipient-group',
          subjectId: saved,
          detail: { name, codes: kept, before },
        });
        const group = groupOf(db, saved);
        if (group === undefined) throw new Error(`group ${saved} was not written`);
        return ok(group);
      }),
    removeGroup: ({ id }) =>
      store.write((db) => {
        const group = groupOf(db, id);
        if (group === undefined) return fail('not-found');
        const at = instantOf(clock);
        closeGroup(db, id, at);
        appendAudit(db, {
          at,
          actor: actorOf(db).name,
          action: 'directory.group-closed',
          subjectKind: 'recipient-group',
          subjectId: id,
          detail: { name: group.name, codes: codesOf(db, id) },
        });
        return ok({ id });
      }),
  };
}
