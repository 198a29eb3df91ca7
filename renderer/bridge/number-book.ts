import { useInfiniteQuery, type UseInfiniteQueryResult, type InfiniteData } from '@tanstack/react-query';
import type { Contract, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type Book = OutputOf<Contract['numbers']['book']>;
type Before = { readonly number: number; readonly suffix: string } | null;

const pageSize = 100;

/** The book of a series, page after page, highest number first. */
export function useNumberBook(series: string, exceptions: boolean): UseInfiniteQueryResult<InfiniteData<Book, Before>> {
  const connection = useConnection();
  return useInfiniteQuery<Book, Error, InfiniteData<Book, Before>, readonly unknown[], Before>({
    queryKey: methodKey('numbers', 'book', { series, exceptions }),
    queryFn: ({ pageParam }) => ask(connection, 'numbers', 'book', { series, exceptions, before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: ({ entries }) => {
      const last = entries.at(-1);
      return last === undefined || entries.length < pageSize ? undefined : { number: last.number, suffix: last.suffix };
    },
  });
}
