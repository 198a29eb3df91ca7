import { notifyManager, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { Connection } from './connection.ts';
import { ConnectionContext } from './context.ts';
import { createCache } from './query-cache.ts';
import { followSession } from './streams.ts';

// An answer is drawn before whoever awaited it goes on. By a timer, as is usual, what is said of a step could come before the
// step itself, and the next key would meet the step before.
notifyManager.setScheduler(queueMicrotask);

export type BridgeProviderProps = { readonly connection: Connection; readonly children: ReactNode };

/** Holds the connection, the one query cache, and who is signed in. */
export function BridgeProvider({ connection, children }: BridgeProviderProps): ReactNode {
  const [cache] = useState(createCache);
  useEffect(() => followSession(connection, cache), [connection, cache]);
  return (
    <ConnectionContext value={connection}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </ConnectionContext>
  );
}
