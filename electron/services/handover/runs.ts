import { fail, type HandoverRun, type HandoverRunning, type Outcome } from '#contract';
import { storeFaultOf } from '../../store/index.ts';
import type { HandoverDeps } from './ports.ts';

/** What a piece of long work tells while it goes on. */
export type Running = { readonly signal: AbortSignal; readonly tell: (now: Partial<Omit<HandoverRun, 'id' | 'what'>>) => void };

export type Runs = {
  readonly state: () => HandoverRunning;
  /** One at a time: two would only take the disk from each other. What nobody thought of is answered with its incident. */
  readonly run: <T, Code extends string>(what: HandoverRun['what'], id: string, work: (running: Running) => Promise<Outcome<T, Code>>, signal?: AbortSignal) => Promise<Outcome<T, Code | 'handover-running'>>;
  readonly stop: () => Promise<void>;
};

/** So often the window hears how far something is. */
const toldEveryMs = 200;

/** The long work of a hand-over: packaging, checking, taking in. */
export function handoverRuns(deps: Pick<HandoverDeps, 'place' | 'showFile' | 'running' | 'incident'>): Runs {
  let current: { readonly giveUp: AbortController; readonly over: Promise<unknown>; now: HandoverRun } | undefined;
  let toldAt = 0;
  const state = (): HandoverRunning => ({ place: deps.place, showsFiles: deps.showFile !== undefined, running: current?.now ?? null });
  const publish = (): void => {
    toldAt = performance.now();
    deps.running(state());
  };

  return {
    state,
    run: async <T, Code extends string>(what: HandoverRun['what'], id: string, work: (running: Running) => Promise<Outcome<T, Code>>, signal?: AbortSignal): Promise<Outcome<T, Code | 'handover-running'>> => {
      if (current !== undefined) return fail('handover-running');
      const giveUp = new AbortController();
      const over = Promise.withResolvers<undefined>();
      const mine = { giveUp, over: over.promise, now: { what, id, done: 0, of: 0, bytesDone: 0, bytesOf: 0, secondsLeft: null } as HandoverRun };
      current = mine;
      publish();
      try {
        return await work({
          signal: signal === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, signal]),
          tell: (now) => {
            mine.now = { ...mine.now, ...now };
            if (performance.now() - toldAt >= toldEveryMs) publish();
          },
        });
      } catch (error) {
        const fault = storeFaultOf(error);
        if (fault !== undefined) return { ok: false, failure: { code: fault } };
        const incident = deps.incident(error);
        return { ok: false, failure: { code: 'internal', params: { incident }, incident } };
      } finally {
        current = undefined;
        over.resolve(undefined);
        publish();
      }
    },
    stop: async () => {
      current?.giveUp.abort();
      await current?.over;
    },
  };
}
