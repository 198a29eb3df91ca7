import { fail, IncomingState, ok, type Contract, type Handlers, type IncomingCounts, type ParsedInputOf } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { traceOf } from '../audit/index.ts';
import { decideChange, refuseIncoming } from './close-incoming.ts';
import { draftRow } from './drafting/draft.store.ts';
import { currentActor } from './handling/actor.ts';
import { dueFrame, withDueDays, type DueFrame } from './handling/due.ts';
import { countDue, countIncoming, countOpenChanges, countPresentedTo, getIncoming, listIncoming, listPresentedTo, stateOf } from './incoming.store.ts';
import { countOutgoing, getOutgoing, listOutgoing } from './outgoing.store.ts';
import { recordOutgoing } from './record-outgoing.ts';
import { registerIncoming, type RegisterDeps } from './register-incoming.ts';

export type RecordsDeps = RegisterDeps & {
  /** told after a document came or changed */
  readonly changed: (ids: readonly string[]) => void;
  /** told after one of our documents came or changed */
  readonly outgoingChanged: (ids: readonly string[]) => void;
  /** told after a recall was agreed to: files are to be destroyed */
  readonly recalled: () => void;
};

/** The `records` methods of the contract. */
export function recordsHandlers(deps: RecordsDeps): Handlers<Contract>['records'] {
  const { store } = deps;
  return {
    incomingList: (page) => {
      const frame = dueFrame(store.read, deps.clock);
      const counts = countIncoming(store.read, frame);
      if (page.mine === true) {
        const { person } = currentActor(store.read);
        const items = person === null ? [] : listPresentedTo(store.read, person, page).map((item) => withDueDays(frame, item));
        return ok({ items, total: person === null ? 0 : countPresentedTo(store.read, person), counts });
      }
      const items = listIncoming(store.read, page, frame).map((item) => withDueDays(frame, item));
      return ok({ items, total: totalOf(store.read, page, frame, counts), counts });
    },
    incomingGet: ({ id }) => {
      const document = getIncoming(store.read, id);
      return document === undefined ? fail('not-found') : ok(withDueDays(dueFrame(store.read, deps.clock), document));
    },
    trace: ({ id }) => {
      const known = stateOf(store.read, id) ?? getOutgoing(store.read, id) ?? draftRow(store.read, id);
      if (known === undefined) return fail('not-found');
      return ok(
        traceOf(store.read, id).map(({ seq, at, actor, action, detail }) => ({ seq, at, actor, action, detail })),
      );
    },
    registerIncoming: (input) => {
      const outcome = registerIncoming(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
    refuseIncoming: (input) => {
      const outcome = refuseIncoming(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
    decideChange: (input) => {
      const outcome = decideChange(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
    outgoingList: (page) => ok({ items: listOutgoing(store.read, page), total: countOutgoing(store.read, page.state) }),
    outgoingGet: ({ id }) => {
      const document = getOutgoing(store.read, id);
      return document === undefined ? fail('not-found') : ok(document);
    },
    recordOutgoing: async (input) => {
      const outcome = await recordOutgoing(deps, input);
      if (outcome.ok) deps.outgoingChanged([outcome.value.id]);
      return outcome;
    },
  };
}

/** How many documents a list has that is not paged to its end. */
function totalOf(
  db: ReadDb,
  page: Pick<ParsedInputOf<Contract['records']['incomingList']>, 'state' | 'openChange' | 'due'>,
  frame: DueFrame,
  counts: IncomingCounts,
): number {
  if (page.openChange) return countOpenChanges(db, page.state);
  if (page.due !== null) return countDue(db, page.state, page.due, frame);
  if (page.state !== null) return counts[page.state];
  return IncomingState.options.reduce((sum, state) => sum + counts[state], 0);
}
