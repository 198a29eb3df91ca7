import {
  DutySettings,
  ok,
  type Contract,
  type DutyCounts,
  type DutyItem,
  type DutyState,
  type Handlers,
} from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { readCalendar } from '../../calendar/index.ts';
import { actorOf } from '../../people/index.ts';
import { readSetting, saveSetting } from '../../settings/index.ts';
import type { Owed, OwedSource } from './owed.ts';
import { deadlinesBy, stateOf, usualDutySettings, type Deadline } from './rules.ts';

export type DutiesDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** where the facts come from; a new kind of duty brings its own */
  readonly sources: readonly OwedSource[];
  /** told when a duty came, went, or changed its state */
  readonly changed: (counts: DutyCounts) => void;
  /** an unexpected error of the clock tick; it goes on */
  readonly tickFailed: (error: unknown) => void;
};

export type Duties = {
  readonly handlers: Handlers<Contract>['duties'];
  readonly counts: () => DutyCounts;
  /** Documents, the outbox, the calendar or the settings changed; many calls in a row make one look. */
  readonly recheck: () => void;
  /** Begins to watch the clock. */
  readonly start: () => void;
  readonly stop: () => void;
};

type Standing = { readonly owed: Owed; readonly source: OwedSource; readonly deadline: Deadline; readonly state: DutyState };

const dayMs = 86_400_000;
/** How long a duty that was met too late stays in the list. */
const doneLateDays = 30;
const listedOfEach = 500;
/** Changes that come together are looked at together. */
const settleMs = 250;
/** The machine's clock may be set, or the machine sleep: no wait is longer than this. */
const longestWaitMs = 10 * 60_000;

const order: readonly DutyState[] = ['overdue', 'soon', 'ok', 'done-late'];

/** The clocks of what the office owes. Nothing of it is stored: facts, calendar and settings give it each time. */
export function createDuties(deps: DutiesDeps): Duties {
  const { store, clock } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let settling = false;
  let told = '';

  function look(): void {
    settling = false;
    try {
      const now = instantOf(clock);
      const standings = standingsAt(store.read, deps.sources, now);
      const picture = standings.map(({ owed, state }) => `${idOf(owed)} ${state}`).join('\n');
      if (picture !== told) {
        told = picture;
        deps.changed(countsOf(standings));
      }
      const next = nextTurn(standings, now);
      schedule(next === undefined ? longestWaitMs : Math.min(longestWaitMs, Date.parse(next) - Date.parse(now) + 1));
    } catch (error) {
      deps.tickFailed(error);
      schedule(longestWaitMs);
    }
  }

  function schedule(ms: number): void {
    if (!running) return;
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  }

  function recheck(): void {
    // A look that is already on its way is not put off, or a long receipt of documents would put it off for ever.
    if (settling || !running) return;
    settling = true;
    schedule(settleMs);
  }

  return {
    handlers: {
      list: () => {
        const at = instantOf(clock);
        const standings = standingsAt(store.read, deps.sources, at);
        return ok({ at, counts: countsOf(standings), items: itemsOf(store.read, standings) });
      },
      settings: () => ok(readDutySettings(store.read)),
      saveSettings: (settings) => {
        const at = instantOf(clock);
        store.write((db) => {
          const before = readDutySettings(db);
          saveSetting(db, 'duties', settings, at);
          appendAudit(db, {
            at,
            actor: actorOf(db).name,
            action: 'settings.duties-saved',
            subjectKind: 'settings',
            subjectId: 'duties',
            detail: { ...settings, before },
          });
          afterCommit(db, recheck);
        });
        return ok(settings);
      },
    },
    counts: () => countsOf(standingsAt(store.read, deps.sources, instantOf(clock))),
    recheck,
    start: () => {
      running = true;
      recheck();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
  };
}

function readDutySettings(db: ReadDb): DutySettings {
  return readSetting(db, 'duties', DutySettings) ?? usualDutySettings;
}

/** What is open, and what was done too late within the last days; most pressing first. */
function standingsAt(db: ReadDb, sources: readonly OwedSource[], now: string): Standing[] {
  const calendar = readCalendar(db);
  const settings = readDutySettings(db);
  const deadlineOf = deadlinesBy(calendar, settings);
  const doneSince = new Date(Date.parse(now) - doneLateDays * dayMs).toISOString();
  return sources
    .flatMap((source) => source.facts(db, doneSince).map((owed) => ({ owed, source })))
    .flatMap(({ owed, source }) => {
      const deadline = deadlineOf(owed);
      const state = stateOf(deadline, owed.doneAt, now);
      return state === undefined ? [] : [{ owed, source, deadline, state }];
    })
    .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state) || byUrge(one, other));
}

/** The earliest end first; what was done too late, the latest first. */
function byUrge(one: Standing, other: Standing): number {
  const sign = one.state === 'done-late' ? -1 : 1;
  // By code units: thousands end on the same evening, and rules of a language would be asked for each pair.
  return sign * compared(one.deadline.due, other.deadline.due) || compared(idOf(one.owed), idOf(other.owed));
}

function compared(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The next instant at which a duty changes its state by time alone; undefined when none will. */
function nextTurn(standings: readonly Standing[], now: string): string | undefined {
  let next: string | undefined;
  for (const { deadline, state } of standings) {
    if (state !== 'ok' && state !== 'soon') continue;
    const turn = state === 'ok' ? deadline.warnAt : deadline.due;
    if (turn >= now && (next === undefined || turn < next)) next = turn;
  }
  return next;
}

function countsOf(standings: readonly Standing[]): DutyCounts {
  const counts: DutyCounts = { ok: 0, soon: 0, overdue: 0, doneLate: 0 };
  for (const { state } of standings) counts[state === 'done-late' ? 'doneLate' : state] += 1;
  return counts;
}

function itemsOf(db: ReadDb, standings: readonly Standing[]): DutyItem[] {
  const shown = order.flatMap((state) => standings.filter((one) => one.state === state).slice(0, listedOfEach));
  // Each source is asked for its own: two may know the same documents.
  const heads = new Map(
    [...Map.groupBy(shown, ({ source }) => source)].map(([source, own]) => [source, source.heads(db, [...new Set(own.map(({ owed }) => owed.subjectId))])]),
  );
  return shown.map(({ owed, source, deadline, state }) => {
    const { warnAt: _, ...told } = deadline;
    const head = heads.get(source)?.get(owed.subjectId) ?? { about: '', title: '', party: '' };
    return { ...owed, id: idOf(owed), ...head, ...told, state };
  });
}

function idOf(owed: Owed): string {
  return `${owed.kind}:${owed.subjectId}`;
}
