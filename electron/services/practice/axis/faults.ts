import { z } from 'zod';
import type { AxisAnswer } from './protocol.ts';

/**
 * A misfortune that tests and the practice day can order.
 * - `delay`: processed, answered after `delayMs`
 * - `cut`: processed, then the connection breaks; `cut-before`: it breaks and nothing was processed
 * - `cut-within`: processed, then the connection breaks in the middle of the answer
 * - `error-500`, `missing`, `html`, `empty`: not processed; HTTP 500, HTTP 404, an HTML page, an empty 200
 * - `refuse`: not processed; FAIL with `errorCode` and `errorDesc`
 */
export const Fault = z.strictObject({
  kind: z.enum(['delay', 'cut', 'cut-before', 'cut-within', 'error-500', 'missing', 'html', 'empty', 'refuse']),
  /** name of the verb, `*` for all */
  verb: z.string().default('*'),
  /** how many calls it strikes */
  times: z.number().int().min(1).default(1),
  delayMs: z.number().int().min(0).max(600_000).default(0),
  errorCode: z.string().default('20'),
  errorDesc: z.string().default('Loi he thong'),
});
export type Fault = z.output<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

export type Faults = {
  readonly order: (fault: Fault) => void;
  readonly clear: () => void;
  readonly pending: () => readonly Fault[];
  /** Answers a call, struck by the oldest pending fault for its verb; `refusal` is that of the skin it came through. */
  readonly strike: (
    verb: string,
    process: () => Promise<AxisAnswer>,
    refusal: (errorCode: string, errorDesc: string) => AxisAnswer,
  ) => Promise<AxisAnswer>;
};

/** The list of ordered misfortunes, each used up `times` times. */
export function createFaults(): Faults {
  let pending: Fault[] = [];

  function next(verb: string): Fault | undefined {
    const at = pending.findIndex((fault) => fault.verb === '*' || fault.verb === verb);
    const fault = pending[at];
    if (fault === undefined) return undefined;
    pending = fault.times > 1 ? pending.with(at, { ...fault, times: fault.times - 1 }) : pending.toSpliced(at, 1);
    return fault;
  }

  return {
    order(fault) {
      pending = [...pending, fault];
    },
    clear() {
      pending = [];
    },
    pending: () => pending,
    async strike(verb, process, refusal) {
      const fault = next(verb);
      switch (fault?.kind) {
        case undefined:
          return process();
        case 'delay':
          return { ...(await process()), delayMs: fault?.delayMs ?? 0 };
        case 'cut':
          return { ...(await process()), cut: true };
        case 'cut-before':
          return { ...page(200, ''), cut: true };
        case 'cut-within': {
          const answer = await process();
          return { ...answer, cutAfterBytes: Math.floor(answer.body.length / 2) };
        }
        case 'missing':
          return page(404, 'Not Found');
        case 'error-500':
          return page(500, 'Internal Server Error');
        case 'html':
          return page(200, '<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>');
        case 'empty':
          return page(200, '');
        case 'refuse':
          return refusal(fault?.errorCode ?? '', fault?.errorDesc ?? '');
      }
    },
  };
}

function page(status: number, text: string): AxisAnswer {
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(text, 'utf8') };
}
