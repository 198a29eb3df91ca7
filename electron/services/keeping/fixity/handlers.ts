import { fail, ok, type Contract, type Handlers } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { saveSetting } from '../../settings/index.ts';
import type { FixityChecker } from './checker.ts';
import { getBad, listBad, listRuns, noteSeen, readFixitySettings } from './fixity.store.ts';
import { repairWith } from './repair.ts';

type Names = 'fixity' | 'reports' | 'badFiles' | 'checkNow' | 'stopCheck' | 'saveFixitySettings' | 'repair' | 'noteLoss';

/** The methods about the integrity of stored files. */
export function fixityHandlers({ store, clock, checker }: { readonly store: Store; readonly clock: Clock; readonly checker: FixityChecker }): Pick<Handlers<Contract>['keeping'], Names> {
  return {
    fixity: () => ok(checker.state()),
    reports: ({ after, limit }) => {
      const items = listRuns(store.read, after, limit + 1);
      return ok({ items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1]?.id ?? null) : null });
    },
    badFiles: ({ open, after, limit }) => ok(listBad(store.read, open, after, limit)),
    checkNow: () => {
      checker.begin(actorOf(store.read).name);
      return ok(checker.state());
    },
    stopCheck: () => {
      checker.giveUp(actorOf(store.read).name);
      return ok(checker.state());
    },
    saveFixitySettings: (settings) => {
      store.write((db) => {
        const at = instantOf(clock);
        const before = readFixitySettings(db);
        saveSetting(db, 'fixity', settings, at);
        appendAudit(db, { at, actor: actorOf(db).name, action: 'settings.fixity-saved', subjectKind: 'settings', subjectId: 'fixity', detail: { ...settings, before } });
      });
      checker.tell();
      return ok(checker.state());
    },
    repair: async ({ files }) => {
      const results = await repairWith({ store, clock }, files);
      checker.tell();
      return ok(results);
    },
    noteLoss: ({ sha256, reason }) => {
      const before = getBad(store.read, sha256);
      if (before === undefined) return fail('not-found');
      if (before.repairedAt !== null) return fail('already-repaired');
      store.write((db) => {
        const at = instantOf(clock);
        const by = actorOf(db).name;
        noteSeen(db, sha256, at, by, reason);
        appendAudit(db, { at, actor: by, action: 'fixity.loss-noted', subjectKind: 'stored-file', subjectId: sha256, detail: { reason } });
      });
      checker.tell();
      return ok(getBad(store.read, sha256) ?? before);
    },
  };
}
