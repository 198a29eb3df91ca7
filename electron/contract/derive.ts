import type { z } from 'zod';
import type { EventStream, Method, Outcome } from './define.ts';

export type MethodTable = Readonly<Record<string, Readonly<Record<string, Method>>>>;
export type EventTable = Readonly<Record<string, Readonly<Record<string, EventStream>>>>;

export type InputOf<M> = M extends { readonly input: infer In extends z.ZodType } ? z.input<In> : never;
export type ParsedInputOf<M> = M extends { readonly input: infer In extends z.ZodType } ? z.output<In> : never;
export type OutputOf<M> = M extends { readonly output: infer Out extends z.ZodType } ? z.output<Out> : never;
export type CodeOf<M> = M extends { readonly codes: readonly (infer Code extends string)[] } ? Code : never;

/** What the window calls, computed from the table of methods. */
export type ClientOf<T extends MethodTable> = {
  readonly [D in keyof T]: {
    readonly [M in keyof T[D]]: (input: InputOf<T[D][M]>) => Promise<Outcome<OutputOf<T[D][M]>, CodeOf<T[D][M]>>>;
  };
};

/** What the core implements. Sync or async; a code that the method does not declare does not compile. */
export type HandlersOf<T extends MethodTable> = {
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
export type EventSourcesOf<T extends EventTable> = {
  readonly [D in keyof T]: { readonly [E in keyof T[D]]: () => SnapshotOf<T[D][E]> };
};

export type StreamItem<E> =
  | { readonly type: 'snapshot'; readonly value: SnapshotOf<E> }
  | { readonly type: 'change'; readonly value: ChangeOf<E> };
