import { z } from 'zod';
import { command, Empty, eventStream, ok, query, type EventSources, type Handlers } from '#contract';

/** A small contract of the suite's own: one method for each way a call can go. */
const Row = z.strictObject({
  id: z.string(),
  number: z.number().int(),
  subject: z.string(),
  issuer: z.string(),
  due: z.string().nullable(),
});
export type Row = z.infer<typeof Row>;

export const methods = {
  echo: {
    say: query(z.strictObject({ value: z.unknown() }), z.strictObject({ value: z.unknown() })),
  },
  ledger: {
    list: query(z.strictObject({ count: z.number().int().min(0).max(10_000) }), z.array(Row)),
    refuse: command(z.strictObject({ number: z.number() }), Empty, ['number-taken', 'register-closed'], {
      audited: { no: 'a test' },
    }),
    crash: query(z.strictObject({ how: z.enum(['throw', 'reject', 'text']) }), Empty),
    after: query(z.strictObject({ ms: z.number(), mark: z.number() }), z.strictObject({ mark: z.number() })),
    never: query(Empty, Empty),
    /** Tells `count` changes: some at once, some spread over turns of the event loop. */
    tell: command(z.strictObject({ count: z.number().int() }), z.strictObject({ last: z.number() }), [], {
      audited: { no: 'a test' },
    }),
  },
} as const;
export type TestMethods = typeof methods;

export const streams = { ledger: { count: eventStream(z.number(), z.number()) } } as const;
export type TestStreams = typeof streams;

/** Words that stand in unexpected errors and must never reach a window. */
export const innerWords = 'SELECT khoá bí mật /home/van-thu/station.db';

/** A row as a register shows it: some 300 bytes of Vietnamese text. */
export function rowOf(index: number): Row {
  return {
    id: `0190${String(index).padStart(8, '0')}-7000-8000-000000000000`,
    number: index,
    subject: `V/v triển khai Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư, lần thứ ${index}`,
    issuer: 'Văn phòng Uỷ ban nhân dân tỉnh Thừa Thiên Huế',
    due: index % 3 === 0 ? null : '2026-11-30',
  };
}

/** Handlers and sources of the small contract; `publish` is set once the dispatcher is there. */
export function testService(): {
  handlers: Handlers<TestMethods>;
  sources: EventSources<TestStreams>;
  publishWith: (publish: (domain: string, event: string, change: unknown) => void) => void;
} {
  let count = 0;
  let publish: (domain: string, event: string, change: unknown) => void = () => undefined;
  const bump = (): void => {
    count += 1;
    publish('ledger', 'count', count);
  };
  return {
    publishWith: (real) => {
      publish = real;
    },
    sources: { ledger: { count: () => count } },
    handlers: {
      echo: { say: ({ value }) => ok({ value }) },
      ledger: {
        list: (input) => ok(Array.from({ length: input.count }, (_, index) => rowOf(index))),
        refuse: ({ number }) => ({ ok: false, failure: { code: 'number-taken', params: { number } } }),
        crash: ({ how }) => {
          if (how === 'reject') return Promise.reject(new Error(innerWords));
          // Some libraries throw what is not an Error.
          // oxlint-disable-next-line typescript/only-throw-error -- the case that is tested
          if (how === 'text') throw innerWords;
          throw new Error(innerWords);
        },
        after: async ({ ms, mark }) => {
          await new Promise((resolve) => setTimeout(resolve, ms));
          return ok({ mark });
        },
        never: () => new Promise<never>(() => undefined),
        tell: async (input) => {
          for (let index = 0; index < input.count; index += 1) {
            bump();
            if (index % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
          }
          return ok({ last: count });
        },
      },
    },
  };
}
