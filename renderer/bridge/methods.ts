import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Contract, InputOf, Outcome, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import type { Connection } from './connection.ts';
import { failureOf, FailureError, type AnyFailure } from './failure.ts';
import { useBarrier } from './session.ts';

export type Domain = keyof Contract;
export type MethodIn<D extends Domain> = keyof Contract[D] & string;

/** Key of a method's answers in the cache. */
export function methodKey<D extends Domain>(domain: D, method: MethodIn<D>, input?: unknown): readonly unknown[] {
  return input === undefined ? [domain, method] : [domain, method, input];
}

/** Calls a method and gives its value, or throws its failure for the cache to hold. */
export async function ask<D extends Domain, M extends MethodIn<D>>(
  connection: Connection,
  domain: D,
  method: M,
  input: InputOf<Contract[D][M]>,
): Promise<OutputOf<Contract[D][M]>> {
  // A generic index into the client is beyond the compiler; the signature above is computed from the same table.
  const row = connection.call[domain] as unknown as Record<
    string,
    (input: unknown) => Promise<Outcome<OutputOf<Contract[D][M]>, string>>
  >;
  const call = row[method];
  if (call === undefined) throw new FailureError({ code: 'unknown-method' });
  const outcome = await call(input);
  if (!outcome.ok) throw new FailureError(outcome.failure);
  return outcome.value;
}

export type AskOptions = {
  readonly enabled?: boolean;
  /** Keep showing the answer to the former input until the new one is there. */
  readonly keepFormer?: boolean;
  /** Ask anew when shown and after each of so many ms: for answers that time alone changes. */
  readonly renewMs?: number;
  /** Ask anew whenever it comes to be shown: for what other screens change without a word. */
  readonly fresh?: boolean;
};

/** A query of the contract, cached by method and input. */
export function useAsk<D extends Domain, M extends MethodIn<D>>(
  domain: D,
  method: M,
  input: InputOf<Contract[D][M]>,
  options: AskOptions = {},
): UseQueryResult<OutputOf<Contract[D][M]>> {
  const connection = useConnection();
  return useQuery<OutputOf<Contract[D][M]>>({
    queryKey: methodKey(domain, method, input),
    queryFn: () => ask(connection, domain, method, input),
    enabled: options.enabled ?? true,
    ...(options.renewMs === undefined ? {} : { refetchInterval: options.renewMs, refetchOnMount: 'always' }),
    ...(options.fresh === true ? { refetchOnMount: 'always' } : {}),
    ...(options.keepFormer === true ? { placeholderData: (former: OutputOf<Contract[D][M]> | undefined) => former } : {}),
  } as Parameters<typeof useQuery<OutputOf<Contract[D][M]>>>[0]);
}

export type Command<In, Out> = {
  /** Runs it; the result also lands in `value` or `failure`. Never throws. */
  readonly run: (input: In) => Promise<{ readonly ok: true; readonly value: Out } | { readonly ok: false; readonly failure: AnyFailure }>;
  readonly pending: boolean;
  readonly value: Out | undefined;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
  /** why the person at the window may not give it; the core would refuse */
  readonly barred: AnyFailure | undefined;
};

/** A command of the contract. Nothing of its input is kept in the cache: it may hold a secret. */
export function useCommand<D extends Domain, M extends MethodIn<D>>(
  domain: D,
  method: M,
): Command<InputOf<Contract[D][M]>, OutputOf<Contract[D][M]>> {
  const connection = useConnection();
  const mutation = useMutation<OutputOf<Contract[D][M]>, unknown, InputOf<Contract[D][M]>>({
    mutationFn: (input) => ask(connection, domain, method, input),
    gcTime: 0,
  });
  return {
    async run(input) {
      try {
        return { ok: true, value: await mutation.mutateAsync(input) };
      } catch (error) {
        return { ok: false, failure: failureOf(error) };
      }
    },
    pending: mutation.isPending,
    value: mutation.data,
    failure: mutation.error === null ? undefined : failureOf(mutation.error),
    reset: mutation.reset,
    barred: useBarrier(domain, method),
  };
}
