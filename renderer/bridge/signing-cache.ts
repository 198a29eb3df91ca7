import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Contract, InputOf, OutputOf, SigningItem, SigningPlace, SigningProgress, SigningRole } from '#contract';
import { useConnection } from './context.ts';
import { ask } from './methods.ts';

type Plan = OutputOf<Contract['signing']['plan']>;
type Pages = InfiniteData<Plan, number>;
type Preview = OutputOf<Contract['signing']['preview']>;

/** Each of them is read from its file: the first are there soon, and the others follow. */
const pageSize = 6;

const planKey = ['signing', 'plan'] as const;

/** Looks anew at what is being reviewed, when one of these documents is part of it. */
export function refreshPlan(cache: QueryClient, ids: readonly string[]): Promise<void> {
  return cache.invalidateQueries({ queryKey: planKey, predicate: ({ queryKey }) => (queryKey[3] as readonly string[]).some((id) => ids.includes(id)) });
}

/** What is to be signed, document by document, as far as it has been looked at. */
export type PlanSoFar = {
  readonly items: readonly SigningItem[];
  /** `data:` addresses by the ids that previews name */
  readonly pictures: ReadonlyMap<string, string>;
  /** documents looked at, of all that are asked for */
  readonly looked: number;
  readonly complete: boolean;
  readonly error: unknown;
  readonly again: () => void;
};

/** Asks for the plan of some documents, a few at a time until all are there. */
export function usePlan(role: SigningRole, ids: readonly string[]): PlanSoFar {
  const connection = useConnection();
  const { data, hasNextPage, isFetching, isError, error, fetchNextPage, refetch } = useInfiniteQuery<Plan, unknown, Pages, readonly unknown[], number>({
    queryKey: [...planKey, role, ids],
    queryFn: ({ pageParam }) => ask(connection, 'signing', 'plan', { role, ids: ids.slice(pageParam, pageParam + pageSize) }),
    initialPageParam: 0,
    getNextPageParam: (_, pages) => (pages.length * pageSize < ids.length ? pages.length * pageSize : undefined),
    enabled: ids.length > 0,
    // Files and pictures may have changed while one looked elsewhere.
    refetchOnMount: 'always',
  });
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const pages = data?.pages ?? [];
  return {
    items: pages.flatMap((page) => page.items),
    pictures: new Map(pages.flatMap((page) => page.pictures.map(({ id, source }) => [id, source] as const))),
    looked: Math.min(ids.length, pages.length * pageSize),
    complete: pages.length * pageSize >= ids.length && !isFetching,
    error: isError ? error : null,
    again: () => void refetch(),
  };
}

/**
 * A document whose place somebody pointed at. `preview`: as it was looked at last, with another place perhaps; null at first.
 * `looking`: this place has not been looked at yet.
 */
export type Placed = { readonly place: SigningPlace; readonly preview: Preview | null; readonly looking: boolean };

/**
 * What a person has done with the documents before him. It is kept while he looks elsewhere, at the token's screen say. Nothing
 * of a PIN is ever part of it.
 */
export type Round = {
  /** what was on the screen, as `seenKey` */
  readonly opened: readonly string[];
  /** what is to be signed without, by the person's own word */
  readonly waved: readonly string[];
  /** ids that are left out this time */
  readonly left: readonly string[];
  readonly placed: Readonly<Record<string, Placed>>;
};

const untouched: Round = { opened: [], waved: [], left: [], placed: {} };

/** A document and its version: what is changed afterwards has not been seen. */
export function seenKey({ id, version }: Pick<SigningItem, 'id' | 'version'>): string {
  return `${id} ${String(version)}`;
}

/** The round over some documents, and how it is changed. */
export function useRound(role: SigningRole, ids: readonly string[]): readonly [Round, (change: (before: Round) => Round) => void] {
  const cache = useQueryClient();
  const key = ['signing', 'round', role, ids.join(' ')];
  const change = (make: (before: Round) => Round): void => {
    cache.setQueryData<Round>(key, (before) => make(before ?? untouched));
  };
  return [useQuery<Round>({ queryKey: key, queryFn: skipToken, gcTime: Infinity }).data ?? untouched, change];
}

/** What was handed over to be signed, without its PIN: asked for again for what failed. */
export type SigningOrder = Omit<InputOf<Contract['signing']['start']>, 'pin'>;

/** The order that a batch began with. */
export type GivenOrder = { readonly batch: string; readonly order: SigningOrder };

const orderKey = ['signing', 'order'] as const;

/** The last order of this window, and what remembers it; undefined when it was loaded anew since. */
export function useGivenOrder(): readonly [GivenOrder | undefined, (given: GivenOrder) => void] {
  const cache = useQueryClient();
  const keep = (given: GivenOrder): void => {
    cache.setQueryData(orderKey, given);
  };
  return [useQuery<GivenOrder>({ queryKey: orderKey, queryFn: skipToken, gcTime: Infinity }).data, keep];
}

/** Where the cache keeps the last batch whose end has been seen: its id, which tells nothing of it. */
export const readBatchKey = ['signing', 'read'] as const;

/** Whether the end of a batch has been before somebody's eyes, and what notes that it has. */
export function useReadBatch(): readonly [string | undefined, (batch: string) => void] {
  const cache = useQueryClient();
  const note = useCallback(
    (batch: string) => {
      cache.setQueryData(readBatchKey, batch);
    },
    [cache],
  );
  return [useQuery<string>({ queryKey: readBatchKey, queryFn: skipToken, gcTime: Infinity }).data, note];
}

/** A change of the batch put into what is known of it: of another batch it is all there is. */
export function noteSigning(cache: QueryClient, before: SigningProgress | null, change: SigningProgress): SigningProgress {
  if (change.endedAt !== null) void cache.invalidateQueries({ queryKey: ['signing', 'levels'] });
  if (before?.id !== change.id) return change;
  const news = new Map(change.items.map((item) => [item.id, item]));
  return { ...change, items: before.items.map((item) => news.get(item.id) ?? item) };
}
