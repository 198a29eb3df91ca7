import { expect, expectTypeOf, it } from 'vitest';
import { fail, ok, type Client, type Handlers, type Outcome } from '#contract';
import type { TestMethods } from './table.ts';

// Never called: the compiler is the judge (`npm run check:types`). Every line below `@ts-expect-error` must not compile.

type Ledger = Handlers<TestMethods>['ledger'];

/** What a core may answer. */
function handlersRefuse(): readonly Partial<Ledger>[] {
  return [
    { refuse: () => fail('number-taken') },
    { refuse: () => fail('register-closed', { register: 'đến' }) },
    // A common failure may come from anywhere.
    { refuse: () => ({ ok: false, failure: { code: 'disk-full' } }) },
    // @ts-expect-error -- a code that the method does not declare
    { refuse: () => fail('pin-locked') },
    // @ts-expect-error -- the same from an asynchronous handler
    { refuse: () => Promise.resolve(fail('pin-locked')) },
    // @ts-expect-error -- a query without codes of its own declares none
    { list: () => fail('number-taken') },
    // @ts-expect-error -- a value of another shape
    { list: () => ok([{ id: 1 }]) },
    // @ts-expect-error -- no outcome at all
    { list: () => undefined },
  ];
}

/** What a window may ask. */
async function callsRefuse(client: Client<TestMethods>): Promise<void> {
  await client.ledger.list({ count: 1 });
  // @ts-expect-error -- wrong type
  await client.ledger.list({ count: '1' });
  // @ts-expect-error -- missing field
  await client.ledger.list({});
  // @ts-expect-error -- unknown field
  await client.ledger.list({ count: 1, more: true });
  // @ts-expect-error -- unknown method
  await client.ledger.drop({});
  // @ts-expect-error -- unknown domain
  await client.nothing.list({ count: 1 });
}

/** A switch over the codes must know them all. */
function words(outcome: Outcome<null, 'number-taken' | 'register-closed'>): string {
  if (outcome.ok) return '';
  const { code } = outcome.failure;
  if (code === 'number-taken') return 'a';
  // @ts-expect-error -- `register-closed` and the common codes are left
  const none: never = code;
  return none;
}

it('knows the value and the codes of each method', () => {
  type Answer = Awaited<ReturnType<Client<TestMethods>['ledger']['refuse']>>;
  expectTypeOf<Extract<Answer, { ok: false }>['failure']['code']>().extract<'number-taken'>().toEqualTypeOf<'number-taken'>();
  expectTypeOf<Extract<Answer, { ok: true }>['value']>().toEqualTypeOf<Record<string, never>>();
  expect([handlersRefuse, callsRefuse, words].every((one) => typeof one === 'function')).toBe(true);
});
