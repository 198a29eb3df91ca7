import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, DossierDetail, DossierState, DossierSummary, OutputOf } from '#contract';
import type { Connection } from './connection.ts';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type DossierPage = OutputOf<Contract['dossiers']['list']>;
type Pages = InfiniteData<DossierPage, string | null>;
type MemberPage = OutputOf<Contract['dossiers']['members']>;

const pageSize = 100;
const memberPageSize = 500;
/** Of the pages alone: a single answer of the method, as a picker asks for it, has another form in the cache. */
const pagesKey = ['dossiers', 'pages'] as const;
const membersKey = ['dossiers', 'member-pages'] as const;
const staleKey = ['dossiers', 'stale'] as const;

/** Which dossiers are listed; null narrows nothing. */
export type DossierFilter = {
  readonly catalog: number | null;
  readonly entry: string | null;
  readonly heading: string | null;
  readonly state: DossierState | null;
  readonly unit: string | null;
  readonly person: string | null;
  readonly words: string;
};

/** The dossiers of a filter, page after page, newest first. */
export function useDossierPages(filter: DossierFilter) {
  const connection = useConnection();
  return useInfiniteQuery<DossierPage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: [...pagesKey, filter],
    queryFn: ({ pageParam }) => ask(connection, 'dossiers', 'list', { ...filter, plan: null, retention: null, before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
    placeholderData: (former) => former,
  });
}

/** All dossiers of a filter, at most `most`, the newest first. */
export async function everyDossier(connection: Connection, filter: DossierFilter, most: number): Promise<readonly DossierSummary[]> {
  const found: DossierSummary[] = [];
  for (let before: string | null = null; found.length < most; ) {
    const { items }: DossierPage = await ask(connection, 'dossiers', 'list', { ...filter, plan: null, retention: null, before, limit: 500 });
    found.push(...items);
    before = items.at(-1)?.id ?? null;
    if (items.length < 500) break;
  }
  return found.slice(0, most);
}

/** The documents of a dossier in their order, page after page. */
export function useMemberPages(dossier: string) {
  const connection = useConnection();
  return useInfiniteQuery<MemberPage, unknown, InfiniteData<MemberPage, number>, readonly unknown[], number>({
    queryKey: [...membersKey, dossier],
    queryFn: ({ pageParam }) => ask(connection, 'dossiers', 'members', { dossier, after: pageParam, limit: memberPageSize }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.items.length < memberPageSize ? undefined : last.items.at(-1)?.ordinal),
  });
}

/** Whether dossiers changed since the list was read. */
export function useDossiersStale(): boolean {
  return useQuery<boolean>({ queryKey: staleKey, queryFn: skipToken }).data ?? false;
}

/** Loads the list anew from its top; further pages come back as they are scrolled to. */
export async function reloadDossiers(cache: QueryClient): Promise<void> {
  cache.setQueryData<boolean>(staleKey, false);
  cache.setQueriesData<Pages>({ queryKey: pagesKey }, (pages) =>
    pages === undefined ? pages : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
  );
  await cache.invalidateQueries({ queryKey: pagesKey });
}

/** Takes in changed dossiers and plans: what is shown of them is asked for anew, the list waits for the person's word. */
export async function noteDossiersChanged(cache: QueryClient, dossiers: readonly string[], plans: readonly string[]): Promise<void> {
  if (dossiers.length > 0) cache.setQueryData<boolean>(staleKey, true);
  const keys = [
    ...dossiers.flatMap((id) => [
      methodKey('dossiers', 'get', { id }),
      methodKey('dossiers', 'history', { id }),
      methodKey('dossiers', 'access', { dossier: id, member: null }),
      [...membersKey, id],
    ]),
    ...(dossiers.length > 0 ? [methodKey('dossiers', 'check'), methodKey('dossiers', 'ofDocument'), methodKey('dossiers', 'suggest'), methodKey('dossiers', 'list')] : []),
    methodKey('dossiers', 'plans'),
    methodKey('dossiers', 'plan'),
    ...plans.map((id) => methodKey('dossiers', 'history', { id })),
  ];
  await Promise.all(keys.map((queryKey) => cache.invalidateQueries({ queryKey })));
}

/** Something new is known of the signatures of documents, or of files by their members: dossiers that are shown with one of them are asked for anew. */
export async function renewMembers(cache: QueryClient, ids: readonly string[]): Promise<void> {
  const known = new Set(ids);
  const shown = cache.getQueriesData<InfiniteData<MemberPage, number>>({ queryKey: membersKey }).filter(([, pages]) => pages?.pages.some(({ items }) => items.some(({ id, document }) => known.has(document ?? id))) === true);
  if (shown.length === 0) return;
  await Promise.all([...shown.map(([queryKey]) => queryKey), methodKey('dossiers', 'check')].map((queryKey) => cache.invalidateQueries({ queryKey })));
}

/**
 * Renews list and pane after an act of this window. When it is through, what is shown is what is: only then may a dialog
 * close, or the next key would meet the step before.
 */
export function useRefreshDossiers(): (changed: DossierDetail | null) => Promise<void> {
  const cache = useQueryClient();
  return async (changed) => {
    if (changed !== null) cache.setQueryData(methodKey('dossiers', 'get', { id: changed.id }), changed);
    await Promise.all([noteDossiersChanged(cache, changed === null ? [] : [changed.id], []), reloadDossiers(cache)]);
  };
}
