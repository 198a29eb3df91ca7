import { fail, ok, type Contract, type EventSources, type Handlers } from '#contract';

/** Signing in the window: what joins documents, tokens and batches. */
export type Desk = { readonly handlers: Handlers<Contract>['signing']; readonly sources: EventSources['signing'] };

/** Opens the desk of a station. */
export function createDesk(): Desk {
  return {
    handlers: {
      plan: () => ok({ items: [], pictures: [] }),
      preview: () => fail('not-found'),
      check: () => fail('token-absent'),
      start: () => fail('token-absent'),
      cancel: () => fail('not-found'),
      levels: () => fail('not-found'),
      complete: () => ok([]),
    },
    sources: { progress: () => null, lacking: () => ({ ids: [] }) },
  };
}
