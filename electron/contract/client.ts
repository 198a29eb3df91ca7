import type { Carrier, ToWindow } from './wire.ts';
import type { Failure } from './define.ts';
import type { ClientOf, EventTable, MethodTable, StreamItem } from './derive.ts';

export type Subscriptions<T extends EventTable> = {
  readonly [D in keyof T]: {
    /** Calls `listener` with the snapshot, then with each change. Returns what ends it. */
    readonly [E in keyof T[D]]: (listener: (item: StreamItem<T[D][E]>) => void) => () => void;
  };
};

export type ContractClient<M extends MethodTable, E extends EventTable> = {
  readonly call: ClientOf<M>;
  readonly on: Subscriptions<E>;
};

/**
 * The one client: builds typed callers and subscribers over any carrier. A call that is under way when the
 * carrier closes is answered with `core-gone`; no call waits for ever.
 */
export function clientOver<M extends MethodTable, E extends EventTable>(
  methods: M,
  streams: E,
  carrier: Carrier,
): ContractClient<M, E> {
  let lastId = 0;
  let open = true;
  const calls = new Map<number, (outcome: unknown) => void>();
  const listeners = new Map<number, (message: Extract<ToWindow, { kind: 'event' }>) => void>();
  const gone: { ok: false; failure: Failure<never> } = { ok: false, failure: { code: 'core-gone' } };

  carrier.listen(
    (message: ToWindow) => {
      if (message.kind === 'event') {
        listeners.get(message.id)?.(message);
        return;
      }
      const answer = calls.get(message.id);
      calls.delete(message.id);
      answer?.(message.outcome);
    },
    () => {
      open = false;
      for (const answer of calls.values()) answer(gone);
      calls.clear();
    },
  );

  function callOne(domain: string, method: string, input: unknown): Promise<unknown> {
    if (!open) return Promise.resolve(gone);
    const id = ++lastId;
    return new Promise((resolve) => {
      calls.set(id, resolve);
      carrier.send({ kind: 'call', id, domain, method, input });
    });
  }

  function subscribe(domain: string, event: string, listener: (item: unknown) => void): () => void {
    let id = 0;
    function end(): void {
      if (listeners.delete(id) && open) carrier.send({ kind: 'unsubscribe', id });
    }
    function begin(): void {
      id = ++lastId;
      let expected = 0;
      listeners.set(id, ({ seq, item }) => {
        if (seq === expected) {
          expected += 1;
          listener(item);
        } else {
          // Something was lost on the way: only a new snapshot can be trusted.
          end();
          begin();
        }
      });
      if (open) carrier.send({ kind: 'subscribe', id, domain, event });
    }
    begin();
    return () => {
      end();
    };
  }

  const call = mapTable(methods, (domain, name) => (input: unknown) => callOne(domain, name, input));
  const on = mapTable(
    streams,
    (domain, name) => (listener: (item: unknown) => void) => subscribe(domain, name, listener),
  );
  // The two tables are built from the same values their types are computed from.
  return { call, on } as unknown as ContractClient<M, E>;
}

function mapTable<V>(
  table: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  make: (domain: string, name: string) => V,
): Record<string, Record<string, V>> {
  return Object.fromEntries(
    Object.entries(table).map(([domain, row]) => [
      domain,
      Object.fromEntries(Object.keys(row).map((name) => [name, make(domain, name)])),
    ]),
  );
}
