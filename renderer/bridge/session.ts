import { skipToken, useQuery } from '@tanstack/react-query';
import { accessOf, mayDo, type Contract, type Session } from '#contract';
import type { AnyFailure } from './failure.ts';

/** Where the cache keeps who is signed in. */
export const sessionKey = ['stream', 'people', 'session'] as const;

/** Who is signed in; undefined until the core has said so. */
export function useSession(): Session | undefined {
  return useQuery<Session>({ queryKey: sessionKey, queryFn: skipToken }).data;
}

/** Why the person at the window may not give a command, as the core would answer; undefined when he may. */
export function useBarrier<D extends keyof Contract>(domain: D, method: keyof Contract[D] & string): AnyFailure | undefined {
  const session = useSession();
  if (session === undefined || session.state === 'one-operator' || mayDo(session.roles, domain, method, 'command')) return undefined;
  const access = accessOf(domain, method, 'command');
  return { code: 'not-allowed', params: { roles: typeof access === 'string' ? '' : access.join(' ') } };
}

/** A method of the contract, by its domain. */
export type Method = { [D in keyof Contract]: readonly [domain: D, method: keyof Contract[D] & string] }[keyof Contract];

/** Whether the person at the window may give a command: what may not be done is not offered, neither as a button nor by a key. */
export function useMay(): (...method: Method) => boolean {
  const session = useSession();
  return (...[domain, method]) => session === undefined || session.state === 'one-operator' || mayDo(session.roles, domain, method, 'command');
}

/** Whether a leader sits at the window, signed in as himself; `first`: what waits for him is what he sees first. */
export function useLeader(): { readonly first: boolean } | null {
  const session = useSession();
  return session?.state === 'signed-in' && session.roles.includes('leader') ? { first: seesOwnFirst(session) } : null;
}

/** A leader who is not the clerk as well. */
export function seesOwnFirst({ state, roles }: Session): boolean {
  return state === 'signed-in' && roles.includes('leader') && !roles.includes('clerk');
}
