import { skipToken, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Events, OutboxItem, SnapshotOf } from '#contract';
import type { Connection } from './connection.ts';
import { refreshAside } from './aside-cache.ts';
import { useConnection } from './context.ts';
import { noteDossiersChanged, renewMembers } from './dossier-cache.ts';
import { noteDossiersForHandover, refreshHandover } from './handover-cache.ts';
import { refreshIncoming, renewMarks } from './incoming-cache.ts';
import { refreshKeeping } from './keeping-cache.ts';
import { methodKey } from './methods.ts';
import { noteLifeChanged } from './outgoing-cache.ts';
import { noteAlarmCount, refreshSent } from './sent-cache.ts';
import { noteSigning } from './signing-cache.ts';
import { sessionKey } from './session.ts';

type StreamDomain = keyof Events;

function streamKey(domain: string, event: string): readonly unknown[] {
  return ['stream', domain, event];
}

/** Keeps the cache in step with who is signed in; needs nobody to be. Returns what ends it. */
export function followSession(connection: Connection, cache: QueryClient): () => void {
  return connection.on.people.session((item) => {
    cache.setQueryData(sessionKey, item.value);
  });
}

/** Listens to all other streams of the contract as long as the component that uses it is there. */
export function useStreams(): void {
  const connection = useConnection();
  const cache = useQueryClient();
  useEffect(() => followStreams(connection, cache), [connection, cache]);
}

function followStreams(connection: Connection, cache: QueryClient): () => void {
  const outboxKey = methodKey('exchange', 'outbox', {});
  let receivedAt: string | null = null;
  const ends = [
    connection.on.station.bar((item) => {
      cache.setQueryData(streamKey('station', 'bar'), item.value);
      if (item.value.lastReceivedAt === receivedAt) return;
      // What was set aside has no stream of its own; it can only change when something was received.
      receivedAt = item.value.lastReceivedAt;
      refreshAside(cache);
    }),
    connection.on.connection.clock((item) => {
      cache.setQueryData(streamKey('connection', 'clock'), item.value);
    }),
    connection.on.connection.progress((item) => {
      cache.setQueryData(streamKey('connection', 'progress'), item.value);
    }),
    connection.on.records.incoming((item) => {
      if (item.type === 'snapshot') {
        cache.setQueryData(streamKey('records', 'incoming'), item.value);
        return;
      }
      cache.setQueryData(streamKey('records', 'incoming'), item.value.counts);
      void refreshIncoming(connection, cache, item.value.ids);
    }),
    connection.on.exchange.outbox((item) => {
      if (item.type === 'snapshot') {
        cache.setQueryData(outboxKey, item.value);
        return;
      }
      const changed = item.value.items;
      cache.setQueryData<readonly OutboxItem[]>(outboxKey, (before) => before && mergeById(before, changed));
    }),
    connection.on.duties.counts((item) => {
      cache.setQueryData(streamKey('duties', 'counts'), item.value);
      void cache.invalidateQueries({ queryKey: methodKey('duties', 'list') });
    }),
    connection.on.directory.state((item) => {
      const key = streamKey('directory', 'state');
      const before = cache.getQueryData<typeof item.value>(key);
      cache.setQueryData(key, item.value);
      // What is shown of agencies may be another since the list was taken over.
      if (before !== undefined && before.lastAt !== item.value.lastAt) void cache.invalidateQueries({ queryKey: ['directory'] });
    }),
    connection.on.drafting.life((item) => {
      cache.setQueryData(streamKey('drafting', 'life'), item.type === 'snapshot' ? item.value : item.value.counts);
      if (item.type !== 'snapshot') void noteLifeChanged(cache, item.value.ids);
    }),
    connection.on.search.index((item) => {
      cache.setQueryData(streamKey('search', 'index'), item.value);
    }),
    connection.on.legacy.progress((item) => {
      cache.setQueryData(streamKey('legacy', 'progress'), item.value);
    }),
    connection.on.messageFiles.opened((item) => {
      cache.setQueryData(streamKey('messageFiles', 'opened'), item.value);
    }),
    connection.on.transfer.progress((item) => {
      cache.setQueryData(streamKey('transfer', 'progress'), item.value);
    }),
    connection.on.backup.state((item) => {
      cache.setQueryData(streamKey('backup', 'state'), item.value);
    }),
    connection.on.tokens.devices((item) => {
      cache.setQueryData(streamKey('tokens', 'devices'), item.value);
    }),
    connection.on.verification.verdicts((item) => {
      if (item.type === 'snapshot') return;
      for (const document of item.value.documents) void cache.invalidateQueries({ queryKey: methodKey('verification', 'ofDocument', { document }) });
      renewMarks(cache, item.value.documents);
      void renewMembers(cache, item.value.documents);
    }),
    connection.on.signing.progress((item) => {
      const key = streamKey('signing', 'progress');
      cache.setQueryData(key, item.type === 'snapshot' ? item.value : noteSigning(cache, cache.getQueryData(key) ?? null, item.value));
    }),
    connection.on.signing.lacking((item) => {
      cache.setQueryData(streamKey('signing', 'lacking'), item.value);
      void cache.invalidateQueries({ queryKey: methodKey('signing', 'levels') });
    }),
    connection.on.dossiers.changed((item) => {
      cache.setQueryData(streamKey('dossiers', 'changed'), item.type === 'snapshot' ? item.value : item.value.counts);
      if (item.type === 'snapshot') return;
      void noteDossiersChanged(cache, item.value.dossiers, item.value.plans);
      void noteDossiersForHandover(cache);
    }),
    connection.on.keeping.disposals((item) => {
      cache.setQueryData(streamKey('keeping', 'disposals'), item.type === 'snapshot' ? item.value : item.value.progress);
      if (item.type !== 'snapshot' && item.value.changed.length > 0) void refreshKeeping(cache);
    }),
    connection.on.keeping.fixity((item) => {
      const key = streamKey('keeping', 'fixity');
      const before = cache.getQueryData<typeof item.value>(key);
      cache.setQueryData(key, item.value);
      if (before !== undefined && before.bad === item.value.bad && before.running?.report.id === item.value.running?.report.id && before.alarms === item.value.alarms) return;
      for (const method of ['reports', 'badFiles'] as const) void cache.invalidateQueries({ queryKey: methodKey('keeping', method) });
    }),
    connection.on.keeping.deadlines((item) => {
      cache.setQueryData(streamKey('keeping', 'deadlines'), item.value);
      for (const method of ['deadlines', 'calendar'] as const) void cache.invalidateQueries({ queryKey: methodKey('keeping', method) });
    }),
    connection.on.handover.progress((item) => {
      const key = streamKey('handover', 'progress');
      const before = cache.getQueryData<typeof item.value>(key);
      cache.setQueryData(key, item.value);
      // One more package is made or judged, or the work has begun or ended: lists show it.
      if (before !== undefined && (before.running?.id !== item.value.running?.id || before.running?.done !== item.value.running?.done)) void refreshHandover(cache);
    }),
    connection.on.exchange.deliveries((item) => {
      noteAlarmCount(cache, item.type === 'snapshot' ? item.value : item.value.alarms);
      if (item.type !== 'snapshot') void refreshSent(connection, cache, item.value.documents);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** The newest word of a stream whose changes are whole snapshots; undefined until the first. */
export function useLatest<D extends StreamDomain, E extends keyof Events[D] & string>(
  domain: D,
  event: E,
): SnapshotOf<Events[D][E]> | undefined {
  return useQuery<SnapshotOf<Events[D][E]>>({ queryKey: streamKey(domain, event), queryFn: skipToken }).data;
}

/** Known rows are replaced where they stand; new ones come first. */
function mergeById<T extends { readonly id: string }>(before: readonly T[], changed: readonly T[]): T[] {
  const news = new Map(changed.map((item) => [item.id, item]));
  const kept = before.map((item) => {
    const fresh = news.get(item.id);
    news.delete(item.id);
    return fresh ?? item;
  });
  return [...news.values(), ...kept];
}
