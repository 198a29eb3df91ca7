import { fail, ok, type CodeOf, type Contract, type InputOf, type NumberKey, type Outcome, type OutputOf } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../foundation/clock.ts';
import { changeOne, sql, type Store, type WriteDb } from '../../store/index.ts';
import { readCalendar } from '../calendar/index.ts';
import { currentOffice } from '../settings/index.ts';
import { currentActor } from './handling/actor.ts';
import { dayByRules } from './handling/deadline-rules.store.ts';
import { handlingFactsOf, putDeadline } from './handling/handling.store.ts';
import { isEnded } from './handling/steps.ts';
import { takeStep } from './handling/take-step.ts';
import { stateOf } from './incoming.store.ts';
import { proposedBook, rulesOn } from './numbers/rules.store.ts';
import { takeArrivalNumber } from './numbers/take.ts';
import type { AskVerdict, QueueStatus } from './ports.ts';

export type RegisterDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly queueStatus: QueueStatus;
  /** absent where nothing verifies signatures */
  readonly askVerdict?: AskVerdict;
};

type Method = Contract['records']['registerIncoming'];

/**
 * Enters an arrived document in the register (vào sổ, NĐ 30/2020 art. 22): arrival number, register row, the day that the
 * office's rules give it, audit entry and status 03 to the sender are one transaction.
 */
export function registerIncoming(deps: RegisterDeps, input: InputOf<Method>): Outcome<OutputOf<Method>, CodeOf<Method>> {
  return deps.store.write((db) => registerInto(db, deps, input));
}

/** The same in the caller's transaction. */
export function registerInto(
  db: WriteDb,
  deps: Pick<RegisterDeps, 'clock' | 'queueStatus' | 'askVerdict'>,
  { id, book, held, despite }: InputOf<Method>,
): Outcome<OutputOf<Method>, CodeOf<Method>> {
  const state = stateOf(db, id);
  if (state === undefined) return fail('not-found');
  if (isEnded(state)) return fail('document-closed', { state });
  if (state !== 'arrived') return fail('already-registered');
  const verdict = deps.askVerdict?.of(db, id) ?? null;
  // A verdict that is not there yet holds nobody up; one that speaks against the document needs a word for the log.
  const isDoubted = verdict !== null && verdict.decision !== 'accept';
  if (isDoubted && despite === undefined) return fail(verdict.decision === 'refuse' ? 'verdict-refuses' : 'verdict-asks', { why: verdict.why });
  const at = instantOf(deps.clock);
  const place = takeArrivalNumber(db, { at, book: book === undefined ? usualBook(db, id, at, held) : book, held: held ?? null });
  if (!place.ok) return place;
  const { series, number, suffix, year } = place.value;
  const by = currentActor(db);
  const taken = takeStep(db, deps.queueStatus, {
    document: id,
    act: 'register',
    at,
    by,
    note: '',
    detail: { arrivalNumber: number, ...(suffix === '' ? {} : { arrivalSuffix: suffix }), arrivalYear: year, ...(isDoubted ? { verdict: { ...verdict }, despite: despite ?? '' } : {}) },
    put: (inner) => {
      changeOne(
        inner,
        sql`UPDATE incoming_document
            SET state = 'registered', arrival_series = ${series}, arrival_number = ${number}, arrival_suffix = ${suffix}, arrival_year = ${year},
              registered_at = ${at}, registered_by = ${by.name}
            WHERE id = ${id} AND state = 'arrived'`,
      );
    },
  });
  if (!taken.ok) throw new Error(`an arrived document was not registered: ${taken.failure.code}`);
  if (isDoubted) deps.askVerdict?.settle(db, id, { at, name: by.name, reason: despite ?? '' });
  setRuleDeadline(db, id, vietnamDay(deps.clock.now()));
  return ok({ id, arrivalNumber: number, arrivalSuffix: suffix, arrivalYear: year });
}

/** The book of a number that was kept, else the one that the rules of the office propose for the document. */
function usualBook(db: WriteDb, id: string, at: string, held: NumberKey | undefined): string | null {
  if (held !== undefined) return held.scope === '' ? null : held.scope.slice('book:'.length);
  const facts = handlingFactsOf(db, id);
  return facts === undefined ? null : proposedBook(rulesOn(db, currentOffice(db), vietnamDay(new Date(at))).rules, facts);
}

/** Gives a document the day of the office's own rules, where neither a direction nor the sender named one. */
function setRuleDeadline(db: WriteDb, id: string, from: string): void {
  const facts = handlingFactsOf(db, id);
  if (facts === undefined || facts.dueDate !== null || facts.deadline !== null) return;
  const ruled = dayByRules(db, readCalendar(db), facts, from);
  if (ruled !== null) putDeadline(db, id, ruled.day, 'rule');
}
