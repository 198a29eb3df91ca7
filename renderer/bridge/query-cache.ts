import { QueryClient, type Query } from '@tanstack/react-query';

/**
 * The window's one cache of answers. They are fresh until an event says otherwise. The library would take an answer for fresh that was
 * on its way for the first time when the event came, though it may tell of before: that one is asked for once more when it has come.
 */
export function createCache(): QueryClient {
  const cache = new QueryClient({
    defaultOptions: {
      queries: {
        // The core is on this machine, so a pulled network cable must not pause a single call. A failed call is shown, not silently repeated.
        networkMode: 'always',
        retry: false,
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  const overtaken = new WeakSet<Query>();
  cache.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { action } = event;
    const query = event.query as Query;
    if (action.type === 'invalidate' && query.state.status === 'pending' && query.state.fetchStatus === 'fetching') overtaken.add(query);
    if (action.type === 'success' && overtaken.delete(query)) void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
  });
  return cache;
}
