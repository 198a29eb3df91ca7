import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOver, contract, events, type EventTable, type Method, type MethodTable } from '#contract';
import { benches, type Bench } from './carriers.ts';
import { arbitraryOf, sampleOf } from './samples.ts';
import { outputSeed } from './test-core.ts';

const methodRows = Object.entries(contract as MethodTable).flatMap(([domain, row]) =>
  Object.entries(row).map(([name, method]) => [`${domain}.${name}`, domain, name, method] as const),
);
const streamRows = Object.entries(events as EventTable).flatMap(([domain, row]) =>
  Object.entries(row).map(([name, stream]) => [`${domain}.${name}`, domain, name, stream] as const),
);

/** What each kind of carrier does to a value on its way. */
const ways: Readonly<Record<string, (value: unknown) => unknown>> = {
  'structured clone': (value) => deserialize(serialize(value)) as unknown,
  'JSON text': (value) => JSON.parse(JSON.stringify(value)) as unknown,
};

describe.each(Object.entries(ways))('every shape of the contract survives %s', (_way, travel) => {
  const shapes = [
    ...methodRows.flatMap(([name, , , method]) => [
      [`input of ${name}`, method.input] as const,
      [`output of ${name}`, method.output] as const,
    ]),
    ...streamRows.flatMap(([name, , , stream]) => [
      [`snapshot of ${name}`, stream.snapshot] as const,
      [`change of ${name}`, stream.change] as const,
    ]),
  ];

  it.each(shapes)('%s', (_name, schema) => {
    fc.assert(
      fc.property(arbitraryOf(schema), (value) => {
        const arrived = travel(value);
        expect(arrived).toEqual(value);
        expect(schema.safeParse(arrived).success).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(Object.entries(benches))('the real contract over %s', (_name, open) => {
  let bench: Bench;
  let call: Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>>;
  let on: Readonly<Record<string, Readonly<Record<string, (listener: (item: unknown) => void) => () => void>>>>;

  beforeAll(async () => {
    bench = await open();
    // The table is walked by name here, which its own type does not allow.
    ({ call, on } = clientOver(contract, events, bench.carrier) as unknown as { call: typeof call; on: typeof on });
  });
  afterAll(() => bench.close());

  it.each(methodRows)('%s takes a sample of its input and gives a sample of its output', async (_full, domain, name, method: Method) => {
    const answer = await call[domain]?.[name]?.(sampleOf(method.input, outputSeed + 1));
    expect(answer).toEqual({ ok: true, value: sampleOf(method.output, outputSeed) });
  });

  it.each(streamRows)('%s begins with a sample of its snapshot', async (_full, domain, name, stream) => {
    const first = await new Promise((resolve) => { on[domain]?.[name]?.(resolve); });
    expect(first).toEqual({ type: 'snapshot', value: sampleOf(stream.snapshot, outputSeed) });
  });
});
