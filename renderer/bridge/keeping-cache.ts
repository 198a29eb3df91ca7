import { useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, InputOf, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

const pageSize = 200;

/** Lists of the contract `keeping` that go on by `after` and `next`. */
type Paged = 'deadlines' | 'disposals' | 'items' | 'destroyed' | 'badFiles' | 'reports' | 'findRows';
type Question<M extends Paged> = Omit<InputOf<Contract['keeping'][M]>, 'after' | 'limit'>;

/** A list of the archive's, page after page. */
export function useKeepingPages<M extends Paged>(method: M, question: Question<M>, enabled = true) {
  type Page = OutputOf<Contract['keeping'][M]>;
  const connection = useConnection();
  return useInfiniteQuery<Page, unknown, InfiniteData<Page, string | null>, readonly unknown[], string | null>({
    queryKey: [...methodKey('keeping', method), 'pages', question],
    queryFn: ({ pageParam }) => ask(connection, 'keeping', method, { ...question, after: pageParam, limit: pageSize } as InputOf<Contract['keeping'][M]>),
    initialPageParam: null,
    getNextPageParam: (last) => (last as { readonly next: string | null }).next,
    enabled,
  });
}

/** What is known of schedules, deadlines, disposals and files is asked for anew. */
export async function refreshKeeping(cache: QueryClient): Promise<void> {
  await cache.invalidateQueries({ queryKey: ['keeping'] });
}
