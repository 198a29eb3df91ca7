import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Has an answer asked for anew because what it tells of has changed. One that is still on its way for the first time may tell of
 * before, and the library would take it for fresh: it is asked for once more when it has come.
 */
export async function renewAnswer(cache: QueryClient, queryKey: QueryKey): Promise<void> {
  const state = cache.getQueryState(queryKey);
  const isFirstOnItsWay = state?.status === 'pending' && state.fetchStatus === 'fetching';
  await cache.invalidateQueries({ queryKey });
  if (isFirstOnItsWay) await cache.invalidateQueries({ queryKey });
}
