import type { z } from 'zod';
import type { EventSourcesOf, EventTable, HandlersOf, MethodTable } from './derive.ts';
import { ToCore, type ToWindow } from './wire.ts';
import type { CommonFailureCode, Failure, Method, Outcome } from './define.ts';

/**
 * Who sent a message, as judged by the host that took it in. The station's own window is served as far as the person at
 * it may; the host itself (a terminal, which has the profile's key) in everything; a stranger in nothing.
 */
export type Sender = 'own-window' | 'host' | 'stranger';

/** A method as the door knows it before it is called. */
export type AskedMethod = { readonly domain: string; readonly name: string; readonly kind: 'query' | 'command' | 'stream' };

export type DispatcherOptions = {
  /** Turns an unexpected error into a declared common failure, or undefined; the core knows its store's errors. */
  readonly classify?: (error: unknown) => CommonFailureCode | undefined;
  /** Why the person at the window may not call a method now; undefined when he may. Default: everybody may everything. */
  readonly admit?: (asked: AskedMethod) => Failure<never> | undefined;
  /** Why nobody may call a method now, the host neither; undefined when it is open. Default: everything is. */
  readonly bar?: (asked: AskedMethod) => Failure<never> | undefined;
  /** Logs an unexpected error and returns the incident number that is shown. Never told the input. */
  readonly incident: (error: unknown, method: string) => string;
  /** Parse outputs as well (tests, development). */
  readonly checkOutputs?: boolean;
};

/** One window's conversation with the core. */
export type Conversation = {
  readonly receive: (message: unknown, sender: Sender) => void;
  readonly end: () => void;
};

export type Dispatcher = {
  /** Answers one call. Never throws. */
  readonly answer: (domain: string, method: string, input: unknown, sender: Sender) => Promise<Outcome<unknown, string>>;
  /** Serves one carrier; `post` sends towards the window. */
  readonly converse: (post: (message: ToWindow) => void) => Conversation;
  /** Tells all listeners of a stream, in order. */
  readonly publish: (domain: string, event: string, change: unknown) => void;
};

/**
 * The one door into the core: names are looked up as own properties only, input is parsed, the sender judged.
 * What is refused is answered with a value.
 */
export function dispatcherFor<M extends MethodTable, E extends EventTable>(
  methods: M,
  handlers: HandlersOf<M>,
  streams: E,
  sources: EventSourcesOf<E>,
  options: DispatcherOptions,
): Dispatcher {
  const listeners = new Map<string, Set<(change: unknown) => void>>();

  async function answer(
    domain: string,
    name: string,
    input: unknown,
    sender: Sender,
  ): Promise<Outcome<unknown, string>> {
    if (sender === 'stranger') return refused('wrong-sender');
    const method = ownEntry<Method>(methods, domain, name);
    const handler = ownEntry<(input: unknown) => unknown>(handlers, domain, name);
    if (method === undefined || handler === undefined) return refused('unknown-method');
    const parsed = method.input.safeParse(input);
    if (!parsed.success) return badInput(parsed.error);
    try {
      const asked = { domain, name, kind: method.kind };
      const refusal = (sender === 'own-window' ? options.admit?.(asked) : undefined) ?? options.bar?.(asked);
      if (refusal !== undefined) return { ok: false, failure: refusal };
      const outcome = (await handler(parsed.data)) as Outcome<unknown, string>;
      if (options.checkOutputs === true && outcome.ok) method.output.parse(outcome.value);
      return outcome;
    } catch (error) {
      const code = options.classify?.(error);
      if (code !== undefined) return refused(code);
      return {
        ok: false,
        failure: { code: 'internal', incident: options.incident(error, `${domain}.${name}`) },
      };
    }
  }

  function converse(post: (message: ToWindow) => void): Conversation {
    const ends = new Map<number, () => void>();
    function subscribe(id: number, domain: string, event: string): void {
      const source = ownEntry<() => unknown>(sources, domain, event);
      const stream = ownEntry(streams, domain, event);
      if (stream === undefined || source === undefined || ends.has(id)) {
        post({ kind: 'answer', id, outcome: refused('unknown-method') });
        return;
      }
      const key = `${domain}.${event}`;
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set);
      let seq = 0;
      const listener = (change: unknown): void => {
        post({ kind: 'event', id, seq: seq++, item: { type: 'change', value: change } });
      };
      let snapshot: unknown;
      try {
        // What was followed before the window locked goes on: unlocked by the same person, it has no gap.
        const refusal = options.admit?.({ domain, name: event, kind: 'stream' });
        if (refusal !== undefined) {
          post({ kind: 'answer', id, outcome: { ok: false, failure: refusal } });
          return;
        }
        snapshot = source();
      } catch (error) {
        options.incident(error, key);
        return;
      }
      // Snapshot and subscription happen in one turn of the event loop: no change can fall between them.
      post({ kind: 'event', id, seq: seq++, item: { type: 'snapshot', value: snapshot } });
      set.add(listener);
      ends.set(id, () => set.delete(listener));
    }
    return {
      receive(message, sender) {
        const parsed = ToCore.safeParse(message);
        if (!parsed.success) {
          const id = (message as { id?: unknown } | null)?.id;
          if (typeof id === 'number') post({ kind: 'answer', id, outcome: badInput(parsed.error) });
          return;
        }
        const request = parsed.data;
        if (request.kind === 'call') {
          void answer(request.domain, request.method, request.input, sender).then((outcome) => {
            post({ kind: 'answer', id: request.id, outcome });
          });
        } else if (sender === 'stranger') {
          post({ kind: 'answer', id: request.id, outcome: refused('wrong-sender') });
        } else if (request.kind === 'subscribe') {
          subscribe(request.id, request.domain, request.event);
        } else {
          ends.get(request.id)?.();
          ends.delete(request.id);
        }
      },
      end() {
        for (const stop of ends.values()) stop();
        ends.clear();
      },
    };
  }

  function publish(domain: string, event: string, change: unknown): void {
    for (const listener of listeners.get(`${domain}.${event}`) ?? []) listener(change);
  }

  return { answer, converse, publish };
}

function refused(code: CommonFailureCode): Outcome<never, never> {
  return { ok: false, failure: { code } };
}

function badInput(error: z.ZodError): Outcome<never, never> {
  const issue = error.issues[0];
  const failure: Failure<never> = {
    code: 'bad-input',
    params: { field: issue?.path.join('.') ?? '', rule: issue?.code ?? '' },
  };
  return { ok: false, failure };
}

/** Own properties only: `__proto__` and `constructor` are strangers here. */
function ownEntry<V>(table: object, domain: string, name: string): V | undefined {
  if (!Object.hasOwn(table, domain)) return undefined;
  const row = (table as Record<string, object>)[domain];
  if (row === undefined || !Object.hasOwn(row, name)) return undefined;
  return (row as Record<string, V>)[name];
}
