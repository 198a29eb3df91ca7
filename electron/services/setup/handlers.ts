import { fail, ok, type Contract, type Handlers, type SetupState } from '#contract';
import { instantOf, vietnamYear, type Clock } from '../../foundation/clock.ts';
import type { ReadDb, Store } from '../../store/index.ts';
import { appendAudit, type AuditFact } from '../audit/index.ts';
import { actorOf, presentOffice, staffing } from '../people/index.ts';
import { hasSymbolParts, numbersBegun } from '../records/index.ts';
import { readSettings, saveOperator } from '../settings/index.ts';
import { hasPictures } from '../signing/index.ts';
import type { LiveFacts } from './ports.ts';
import { readSetup, saveSetup, type KeptSetup } from './setup.store.ts';
import { stepAfter, stepStates, type SetupFacts } from './steps.ts';

export type SetupDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** a practice station is set up by the program */
  readonly practice: boolean;
  readonly live: LiveFacts;
  /** has the host open the other profile in place of this one; absent where no host can */
  readonly changeProfile?: () => void;
};

type Moment = { readonly by: string; readonly at: string };
type Entry = Pick<AuditFact, 'action' | 'detail'>;

/** The `setup` methods of the contract. */
export function setupHandlers({ store, clock, practice, live, changeProfile }: SetupDeps): Handlers<Contract>['setup'] {
  function factsOf(db: ReadDb): SetupFacts {
    const office = presentOffice(db);
    return {
      office,
      ...staffing(db),
      hasUnits: hasSymbolParts(db, office.id),
      numbersBegun: numbersBegun(db, office.id, vietnamYear(clock.now())),
      tokenReady: live.tokenReady(),
      pictures: hasPictures(db),
      axis: readSettings(db).axis,
      axisAnswers: live.axisAnswers(),
      backup: live.backup(),
    };
  }

  function state(db: ReadDb): SetupState {
    const facts = factsOf(db);
    const kept = readSetup(db);
    const untouched = facts.office.name === '' && facts.office.organId === '' && facts.roles.length === 0;
    return {
      begun: kept?.begun ?? null,
      putAway: kept?.putAway ?? null,
      place: kept?.begun == null ? null : kept.place,
      steps: stepStates(facts, (step) => kept?.said[step] ?? null),
      // An office that worked before there was a set-up is not asked to begin again.
      opens: !practice && (kept === undefined ? untouched : kept.putAway === null),
      changesTo: changeProfile === undefined ? null : practice ? 'office' : 'practice',
    };
  }

  /** Changes what is kept, with its entry in the log if it has one; who begins may say his name in the same breath. */
  function change(entry: Entry | null, work: (kept: KeptSetup, now: Moment) => KeptSetup, operator: string | null = null): ReturnType<Handlers<Contract>['setup']['begin']> {
    if (practice) return fail('practice-fixed');
    return store.write((db) => {
      const at = instantOf(clock);
      if (operator !== null) saveOperator(db, operator, at);
      // Who puts the first page aside has not said who he is.
      const now = { by: actorOf(db).name || 'station', at };
      if (entry !== null) appendAudit(db, { at, actor: now.by, ...entry, subjectKind: 'settings', subjectId: 'setup' });
      saveSetup(db, work(readSetup(db) ?? { begun: null, putAway: null, place: 'agency', said: {} }, now), at);
      return ok(state(db));
    });
  }

  return {
    state: () => ok(state(store.read)),
    begin: ({ operator }) => change({ action: 'setup.begun', detail: {} }, (kept, now) => ({ ...kept, begun: kept.begun ?? now, putAway: null }), operator),
    settle: ({ step, as }) =>
      change({ action: as === 'done' ? 'setup.step-done' : 'setup.step-skipped', detail: { step } }, (kept, now) => {
        const finished = step === 'review' && as === 'done';
        return { ...kept, begun: kept.begun ?? now, place: stepAfter(step), said: { ...kept.said, [step]: { as, ...now } }, putAway: finished ? now : kept.putAway };
      }),
    stand: ({ step }) => change(null, (kept, now) => ({ ...kept, begun: kept.begun ?? now, place: step })),
    putAway: () => change({ action: 'setup.put-away', detail: {} }, (kept, now) => ({ ...kept, putAway: now })),
    changeProfile: () => {
      if (changeProfile === undefined) return fail('other-profile-not-offered');
      changeProfile();
      return ok({});
    },
  };
}
