import { fail, ok, type Contract, type Handlers, type SnapshotOf, type Events } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { saveSetting } from '../../settings/index.ts';
import type { KeepingDeps } from '../deps.ts';
import { countDeadlines, findDeadlines, monthsOf } from './deadlines.store.ts';
import { deadlineChoices, readRules } from './rules.ts';

type Names = 'retentionSettings' | 'saveRetentionSettings' | 'deadlines' | 'calendar';
type Counts = SnapshotOf<Events['keeping']['deadlines']>;

/** How many dossiers a day has come to, or comes to soon. */
export function deadlineCounts(db: ReadDb, clock: Clock): Counts {
  const settings = readRules(db);
  const today = vietnamDay(clock.now());
  return { at: instantOf(clock), expiry: countDeadlines(db, settings, 'expiry', today), handIn: countDeadlines(db, settings, 'hand-in', today) };
}

/** The methods about the days that come to dossiers. Nothing here blocks anything. */
export function deadlineHandlers({ store, clock }: KeepingDeps, changed: () => void): Pick<Handlers<Contract>['keeping'], Names> {
  return {
    retentionSettings: () => ok({ settings: readRules(store.read), choices: [...deadlineChoices] }),
    saveRetentionSettings: (settings) => {
      const at = instantOf(clock);
      store.write((db) => {
        const before = readRules(db);
        saveSetting(db, 'retention', settings, at);
        appendAudit(db, { at, actor: actorOf(db).name, action: 'settings.retention-saved', subjectKind: 'settings', subjectId: 'retention', detail: { ...settings, before } });
      });
      changed();
      return ok(settings);
    },
    deadlines: (question) => {
      const settings = readRules(store.read);
      const today = vietnamDay(clock.now());
      return ok({ ...findDeadlines(store.read, settings, question, today), counts: countDeadlines(store.read, settings, question.kind, today) });
    },
    calendar: ({ fromYear, toYear }) => (fromYear > toYear ? fail('years-reversed', { field: 'toYear' }) : ok(monthsOf(store.read, readRules(store.read), fromYear, toYear))),
  };
}
