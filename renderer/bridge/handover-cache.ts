import { useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { BatchItem, BatchSummary, ReceiptSummary, ReceivedFile, ReceivedPackage } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

const headPage = 100;
const rowPage = 500;

/** Batches of the giving side, newest first. */
export function useBatches() {
  const connection = useConnection();
  return useInfiniteQuery<readonly BatchSummary[], unknown, InfiniteData<readonly BatchSummary[], string | null>, readonly unknown[], string | null>({
    queryKey: [...methodKey('handover', 'batches'), 'pages'],
    queryFn: ({ pageParam }) => ask(connection, 'handover', 'batches', { before: pageParam, limit: headPage }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.length < headPage ? undefined : last.at(-1)?.id),
  });
}

/** Receipts of the receiving side, newest first. */
export function useReceipts() {
  const connection = useConnection();
  return useInfiniteQuery<readonly ReceiptSummary[], unknown, InfiniteData<readonly ReceiptSummary[], string | null>, readonly unknown[], string | null>({
    queryKey: [...methodKey('handover', 'receipts'), 'pages'],
    queryFn: ({ pageParam }) => ask(connection, 'handover', 'receipts', { before: pageParam, limit: headPage }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.length < headPage ? undefined : last.at(-1)?.id),
  });
}

/** Dossiers of a batch in the order of its lists. */
export function useBatchItems(batch: string) {
  const connection = useConnection();
  return useInfiniteQuery<readonly BatchItem[], unknown, InfiniteData<readonly BatchItem[], number>, readonly unknown[], number>({
    queryKey: [...methodKey('handover', 'items'), 'pages', batch],
    queryFn: ({ pageParam }) => ask(connection, 'handover', 'items', { batch, after: pageParam, limit: rowPage }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < rowPage ? undefined : last.at(-1)?.ordinal),
  });
}

/** Packages of a receipt as they were checked. */
export function useReceivedPackages(receipt: string) {
  const connection = useConnection();
  return useInfiniteQuery<readonly ReceivedPackage[], unknown, InfiniteData<readonly ReceivedPackage[], number>, readonly unknown[], number>({
    queryKey: [...methodKey('handover', 'packages'), 'pages', receipt],
    queryFn: ({ pageParam }) => ask(connection, 'handover', 'packages', { receipt, after: pageParam, limit: rowPage }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < rowPage ? undefined : last.at(-1)?.ordinal),
  });
}

/** Files of a received package by their paths. */
export function useReceivedFiles(received: string) {
  const connection = useConnection();
  return useInfiniteQuery<readonly ReceivedFile[], unknown, InfiniteData<readonly ReceivedFile[], string>, readonly unknown[], string>({
    queryKey: [...methodKey('handover', 'files'), 'pages', received],
    queryFn: ({ pageParam }) => ask(connection, 'handover', 'files', { package: received, after: pageParam, limit: rowPage }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length < rowPage ? undefined : last.at(-1)?.path),
  });
}

/** What is known of batches and receipts, and of the packages that lie here, is asked for anew. */
export async function refreshHandover(cache: QueryClient): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: ['handover'] }), cache.invalidateQueries({ queryKey: ['holdings'] }), cache.invalidateQueries({ queryKey: methodKey('packages', 'lying') })]);
}

/** What was copied, and what of it waits for the agency's signature, is asked for anew. */
export async function refreshCopies(cache: QueryClient): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: ['copies'] }), cache.invalidateQueries({ queryKey: methodKey('holdings', 'certifications') })]);
}

/** Dossiers changed: what may be handed over, and what stands against a package of theirs, may be another. */
export async function noteDossiersForHandover(cache: QueryClient): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: methodKey('handover', 'candidates') }), refreshCopies(cache), cache.invalidateQueries({ queryKey: methodKey('packages', 'look') })]);
}
