import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import type { Contract, OutputOf, SearchQuestion } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type FoundPage = OutputOf<Contract['search']['find']>;
type Pages = InfiniteData<FoundPage, string | null>;

const pageSize = 50;
/** What was found may be another a moment later: it is kept for going back, and asked anew when shown again. */
const keptMs = 60_000;

/** While the index lacks something, what it lacks may be what is looked for: asked again after so long. */
const againMs = 1000;

function whileIncomplete(page: FoundPage | undefined): number | false {
  return page !== undefined && (page.index.waiting > 0 || page.index.building !== null) ? againMs : false;
}

/** The first few that a question finds; the former answer stays until the new one is there. */
export function useFirstFound(question: SearchQuestion, limit: number, enabled: boolean) {
  const connection = useConnection();
  return useQuery<FoundPage>({
    queryKey: methodKey('search', 'find', { question, limit }),
    queryFn: () => ask(connection, 'search', 'find', { question, after: null, limit }),
    enabled,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: (query) => whileIncomplete(query.state.data),
    gcTime: keptMs,
  });
}

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
    refetchInterval: (query) => whileIncomplete(query.state.data?.pages[0]),
    gcTime: keptMs,
  });
}
