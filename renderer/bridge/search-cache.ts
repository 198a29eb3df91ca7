import { keepPreviousData, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { Contract, OutputOf, SearchQuestion } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type FoundPage = OutputOf<Contract['search']['find']>;
type Pages = InfiniteData<FoundPage, string | null>;

const pageSize = 50;
/** What was found may be another a moment later: it is kept for going back, and asked anew when shown again. */
const keptMs = 60_000;

/** What a question finds, page after page. The former answer stays until the new one is there. */
export function useFound(question: SearchQuestion) {
  const connection = useConnection();
  return useInfiniteQuery<FoundPage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: methodKey('search', 'find', question),
    queryFn: ({ pageParam }) => ask(connection, 'search', 'find', { question, after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    gcTime: keptMs,
  });
}
