import { clientOver, contract, events, type Carrier, type Client, type Events, type Subscriptions } from '#contract';

declare global {
  interface Window {
    /** Put here by the host before any script runs. */
    readonly tvt?: Carrier;
  }
}

/** The window's end of the line to the core. */
export type Connection = {
  readonly call: Client;
  readonly on: Subscriptions<Events>;
  /** False when the host gave no carrier, or since the core ended. */
  readonly isOpen: () => boolean;
  /** Calls `changed` when the line closes. */
  readonly watch: (changed: () => void) => () => void;
};

/** Connects to the core over the carrier that the host put in the window. */
export function connect(): Connection {
  const host = window.tvt;
  let open = host !== undefined;
  const watchers = new Set<() => void>();
  const carrier: Carrier = {
    send(message) {
      host?.send(message);
    },
    listen(onMessage, closed) {
      if (host === undefined) {
        closed();
        return;
      }
      host.listen(onMessage, () => {
        open = false;
        closed();
        for (const changed of watchers) changed();
      });
    },
  };
  const { call, on } = clientOver(contract, events, carrier);
  return {
    call,
    on,
    isOpen: () => open,
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
