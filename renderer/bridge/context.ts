import { createContext, use, useSyncExternalStore } from 'react';
import type { Connection } from './connection.ts';

/** Holds the connection of this window. */
export const ConnectionContext = createContext<Connection | null>(null);

/** The connection of this window. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (connection === null) throw new Error('BridgeProvider is missing above this component.');
  return connection;
}

/** Whether the core is there; false once it ended. */
export function useCorePresent(): boolean {
  const connection = useConnection();
  return useSyncExternalStore(connection.watch, connection.isOpen);
}
