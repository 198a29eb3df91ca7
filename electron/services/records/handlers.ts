import { fail, ok, type Contract, type Handlers } from '#contract';
import { traceOf } from '../audit/index.ts';
import { countIncoming, getIncoming, listIncoming, stateOf } from './incoming.store.ts';
import { registerIncoming, type RegisterDeps } from './register-incoming.ts';

export type RecordsDeps = RegisterDeps & {
  /** told after a document came or changed */
  readonly changed: (ids: readonly string[]) => void;
};

/** The `records` methods of the contract. */
export function recordsHandlers(deps: RecordsDeps): Handlers<Contract>['records'] {
  const { store } = deps;
  return {
    incomingList: (page) => {
      const counts = countIncoming(store.read);
      const total = page.state === null ? counts.arrived + counts.registered : counts[page.state];
      return ok({ items: listIncoming(store.read, page), total, counts });
    },
    incomingGet: ({ id }) => {
      const document = getIncoming(store.read, id);
      return document === undefined ? fail('not-found') : ok(document);
    },
    trace: ({ id }) => {
      if (stateOf(store.read, id) === undefined) return fail('not-found');
      return ok(
        traceOf(store.read, id).map(({ seq, at, actor, action, detail }) => ({ seq, at, actor, action, detail })),
      );
    },
    registerIncoming: (input) => {
      const outcome = registerIncoming(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
  };
}
