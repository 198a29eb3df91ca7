import type { Contract, Handlers } from '#contract';
import { accountHandlers } from './accounts.ts';
import { delegationHandlers } from './delegations.ts';
import type { PeopleDeps } from './deps.ts';
import { officeHandlers } from './offices.ts';
import { staffHandlers } from './staff.ts';

/** The `people` methods of the contract. */
export function peopleHandlers(deps: PeopleDeps): Handlers<Contract>['people'] {
  return { ...officeHandlers(deps), ...staffHandlers(deps), ...delegationHandlers(deps), ...accountHandlers(deps) };
}
