import type { z } from 'zod';
import type { EventStream, Method, Outcome } from './define.ts';
import { exchange, exchangeEvents } from './exchange.ts';
import { audit, records, recordsEvents } from './records.ts';
import { station, stationEvents } from './station.ts';

export * from './define.ts';
export * from './shared.ts';
export * from './station.ts';
export * from './records.ts';
export * from './exchange.ts';
export * from './wire.ts';
export * from './client.ts';
export * from './dispatch.ts';

/** Every method the window may ask for. Client, handlers, dispatcher and test doubles are derived from it. */
export const contract = { station, records, audit, exchange } as const;
export type Contract = typeof contract;

/** Every stream the window may listen to. */
export const events = { station: stationEvents, records: recordsEvents, exchange: exchangeEvents } as const;
export type Events = typeof events;

export type MethodTable = Readonly<Record<string, Readonly<Record<string, Method>>>>;
export type EventTable = Readonly<Record<string, Readonly<Record<string, EventStream>>>>;

export type InputOf<M> = M extends { readonly input: infer In extends z.ZodType } ? z.input<In> : never;
export type ParsedInputOf<M> = M extends { readonly input: infer In extends z.ZodType } ? z.output<In> : never;
export type OutputOf<M> = M extends { readonly output: infer Out extends z.ZodType } ? z.output<Out> : never;
export type CodeOf<M> = M extends { readonly codes: readonly (infer Code extends string)[] } ? Code : never;

/** What the window calls: `client.records.registerIncoming({ id })`. */
export type Client<T extends MethodTable = Contract> = {
  readonly [D in keyof T]: {
    readonly [M in keyof T[D]]: (input: InputOf<T[D][M]>) => Promise<Outcome<OutputOf<T[D][M]>, CodeOf<T[D][M]>>>;
  };
};

/** What the core implements. Sync or async; a code that the method does not declare does not compile. */
export type Handlers<T extends MethodTable = Contract> = {
  readonly [D in keyof T]: {
    readonly [M in keyof T[D]]: (
      input: ParsedInputOf<T[D][M]>,
    ) =>
      | Outcome<OutputOf<T[D][M]>, CodeOf<T[D][M]>>
      | Promise<Outcome<OutputOf<T[D][M]>, CodeOf<T[D][M]>>>;
  };
};

export type SnapshotOf<E> = E extends { readonly snapshot: infer S extends z.ZodType } ? z.output<S> : never;
export type ChangeOf<E> = E extends { readonly change: infer C extends z.ZodType } ? z.output<C> : never;

/** How the core feeds the streams: a snapshot on demand, and a hub that it tells of changes. */
export type EventSources<T extends EventTable = Events> = {
  readonly [D in keyof T]: { readonly [E in keyof T[D]]: () => SnapshotOf<T[D][E]> };
};

export type StreamItem<E> =
  | { readonly type: 'snapshot'; readonly value: SnapshotOf<E> }
  | { readonly type: 'change'; readonly value: ChangeOf<E> };
