import type { ChangeOf, Contract, Events, FixityState, Handlers, SnapshotOf } from '#contract';
import { deadlineCounts, deadlineHandlers } from './deadlines/handlers.ts';
import type { KeepingDeps } from './deps.ts';
import { destroyList } from './disposal/destroy.ts';
import { countToDestroy } from './disposal/destroy.store.ts';
import { listsToDestroy } from './disposal/disposal.store.ts';
import { disposalHandlers } from './disposal/handlers.ts';
import type { DestroyPorts, DestroyStep } from './disposal/ports.ts';
import { fixityChecker } from './fixity/checker.ts';
import { fixityHandlers } from './fixity/handlers.ts';
import type { CheckFiles } from './fixity/ports.ts';
import { repairFrom, type FolderRepair } from './fixity/repair.ts';
import { scheduleHandlers } from './schedule/handlers.ts';

type Told = Events['keeping'];

export type KeepingServiceDeps = KeepingDeps &
  DestroyPorts & {
    readonly check: CheckFiles;
    readonly onDestroyStep: (step: DestroyStep) => void;
    readonly disposalsChanged: (change: ChangeOf<Told['disposals']>) => void;
    readonly fixityChanged: (state: FixityState) => void;
    readonly deadlinesChanged: (counts: SnapshotOf<Told['deadlines']>) => void;
    readonly failed: (error: unknown, what: string) => void;
  };

export type Keeping = {
  readonly handlers: Handlers<Contract>['keeping'];
  readonly sources: { readonly disposals: () => SnapshotOf<Told['disposals']>; readonly fixity: () => FixityState; readonly deadlines: () => SnapshotOf<Told['deadlines']> };
  /** Goes on with what was being destroyed; needs nothing but the store, so that a killed station finishes it. */
  readonly resume: () => void;
  /** Works by the clock from now on. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** For a host that gives folders by their path. */
  readonly host: {
    /** Looks at known bad files again; `all`: reads everything, or goes on with the check that is under way, to its end. */
    readonly check: (all: boolean) => Promise<FixityState>;
    readonly repairFrom: (folder: string, onLooked: (files: number) => void) => Promise<FolderRepair>;
    /** Resolves when nothing is being destroyed any more. */
    readonly destroyed: () => Promise<void>;
  };
};

const hourMs = 3_600_000;

/** Retention, disposal and the integrity of what is kept. */
export function createKeeping(deps: KeepingServiceDeps): Keeping {
  const { store, clock } = deps;
  let progress: SnapshotOf<Told['disposals']> = null;
  let destroying: Promise<void> | undefined;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const checker = fixityChecker({ store, clock, check: deps.check, changed: deps.fixityChanged, failed: (error) => { deps.failed(error, 'checking stored files'); } });
  const tellDeadlines = (): void => {
    deps.deadlinesChanged(deadlineCounts(store.read, clock));
  };
  const disposalsChanged = (changed: readonly string[]): void => {
    deps.disposalsChanged({ changed: [...changed], progress });
    tellDeadlines();
  };

  async function destroyAll(): Promise<void> {
    for (;;) {
      const [disposal] = listsToDestroy(store.read);
      if (disposal === undefined || stopping) return;
      const { all, left } = countToDestroy(store.read, disposal);
      progress = { disposal, done: all - left, total: all };
      await destroyList(
        {
          store,
          clock,
          whileQuiet: deps.whileQuiet,
          purgeIndex: deps.purgeIndex,
          onStep: deps.onDestroyStep,
          stopped: () => stopping,
          progress: (done, total) => {
            progress = { disposal, done, total };
            disposalsChanged([disposal]);
          },
        },
        disposal,
      );
      progress = null;
      if (!stopping) disposalsChanged([disposal]);
    }
  }

  function resume(): void {
    if (stopping || destroying !== undefined || listsToDestroy(store.read).length === 0) return;
    destroying = destroyAll()
      .catch((error: unknown) => {
        progress = null;
        if (!stopping) deps.failed(error, 'destroying what was decided');
      })
      .finally(() => {
        destroying = undefined;
      });
  }

  return {
    handlers: {
      ...scheduleHandlers(deps),
      ...deadlineHandlers(deps, tellDeadlines),
      ...disposalHandlers({ ...deps, changed: disposalsChanged, begin: resume }),
      ...fixityHandlers({ store, clock, checker }),
    },
    sources: { disposals: () => progress, fixity: checker.state, deadlines: () => deadlineCounts(store.read, clock) },
    resume,
    start: () => {
      checker.start();
      timer = setInterval(tellDeadlines, hourMs);
      timer.unref();
    },
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await Promise.all([checker.stop(), destroying]);
    },
    host: {
      check: async (all) => {
        if (all) checker.begin('station');
        await checker.lookAgain();
        await checker.untilEnd();
        return checker.state();
      },
      repairFrom: async (folder, onLooked) => {
        const done = await repairFrom({ store, clock }, folder, onLooked);
        checker.tell();
        return done;
      },
      destroyed: async () => {
        await destroying;
      },
    },
  };
}
