import { fail, ok, type Contract, type Handlers } from '#contract';
import { traceOf } from '../audit/index.ts';
import { decideChange, refuseIncoming } from './close-incoming.ts';
import { draftRow } from './drafting/draft.store.ts';
import { countIncoming, countOpenChanges, getIncoming, listIncoming, stateOf } from './incoming.store.ts';
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
      const counts = countIncoming(store.read);
      const { openChanges: _, ...states } = counts;
      const inState = page.state === null ? Object.values(states).reduce((sum, n) => sum + n, 0) : counts[page.state];
      const total = page.openChange ? countOpenChanges(store.read, page.state) : inState;
      return ok({ items: listIncoming(store.read, page), total, counts });
    },
    incomingGet: ({ id }) => {
      const document = getIncoming(store.read, id);
      return document === undefined ? fail('not-found') : ok(document);
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
