import { fail, ok, type Contract, type Handlers, type LegacyFile, type LegacyProgress, type StoredFile } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import { decoderFor } from '../records/index.ts';
import { lookAt } from './columns.ts';
import { getImport, isBuiltOn, listImports } from './imports.store.ts';
import { writeBad, type ProblemWords } from './leftovers.ts';
import { openTable } from './read/open-table.ts';
import { TableRefused } from './read/refused.ts';
import { runImport, undoImport } from './run.ts';
import { firstRows, Stopped, surveyed, unaskable, walkOver, type WalkDeps } from './walk.ts';

export type LegacyDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** sentences of the catalogue */
  readonly words: ProblemWords;
  readonly progress: (progress: LegacyProgress) => void;
  /** told when documents of a register came or went */
  readonly changed: () => void;
};

export type LegacyService = {
  readonly handlers: Handlers<Contract>['legacy'];
  readonly progress: () => LegacyProgress;
  /** Ends what is under way after the rows at hand. */
  readonly stop: () => Promise<void>;
};

const idle: LegacyProgress = { phase: 'idle', rows: 0, percent: null };
/** Lines that are looked at to know a sheet. */
const looked = 200;
/** Between two tellings of the progress. */
const tellMs = 200;

/** Import of the registers that an office kept in tables before it had this program. */
export function createLegacy(deps: LegacyDeps): LegacyService {
  const { store, clock } = deps;
  let progress = idle;
  let told = 0;
  let running: Promise<unknown> | undefined;
  let stopping = false;

  function tell(next: LegacyProgress): void {
    const moved = next.phase !== progress.phase;
    progress = next;
    const now = performance.now();
    if (!moved && now - told < tellMs) return;
    told = now;
    deps.progress(next);
  }
  const walkDeps = (phase: () => LegacyProgress['phase']): WalkDeps => ({
    store,
    clock,
    onProgress: ({ rows, percent }) => {
      tell({ phase: phase(), rows, percent });
    },
    stopped: () => stopping,
  });

  /** One at a time: two would judge rows that the other is writing. */
  async function alone<T>(work: () => Promise<T>): Promise<T | ReturnType<typeof fail<'import-running'>>> {
    if (running !== undefined) return fail('import-running');
    stopping = false;
    const done = work();
    running = done;
    try {
      return await done;
    } finally {
      running = undefined;
      tell(idle);
    }
  }

  async function refusing<T>(work: () => Promise<T>): Promise<T | Refusal> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof TableRefused) return fail(error.code, error.params);
      if (error instanceof Stopped) return fail('import-stopped');
      throw error;
    }
  }
  type Refusal = ReturnType<typeof fail<TableRefused['code'] | 'import-stopped'>>;

  return {
    progress: () => progress,
    stop: async () => {
      stopping = true;
      await running?.catch(() => undefined);
    },
    handlers: {
      look: async ({ file }) => {
        try {
          return ok(await look(store, file));
        } catch (error) {
          if (error instanceof TableRefused) return fail(error.code, error.params);
          throw error;
        }
      },
      preview: (question) =>
        alone(async () => {
          const refused = unaskable(question, clock);
          if (refused !== undefined) return fail(refused.code, refused.params);
          return refusing(async () => ok((await surveyed(await walkOver(walkDeps(() => 'checking'), question), store.read)).preview));
        }),
      run: (question) =>
        alone(async () => {
          const refused = unaskable(question, clock);
          if (refused !== undefined) return fail(refused.code, refused.params);
          let phase: LegacyProgress['phase'] = 'checking';
          const outcome = await refusing(async () =>
            ok(
              await runImport(
                walkDeps(() => phase),
                question,
                (next) => {
                  phase = next;
                },
              ),
            ),
          );
          deps.changed();
          return outcome;
        }),
      stop: () => {
        stopping = true;
        return ok({});
      },
      saveBad: ({ question, format }) =>
        alone(async () => {
          const refused = unaskable(question, clock);
          if (refused !== undefined) return fail(refused.code, refused.params);
          return refusing(async () => {
            const file = await writeBad({ ...walkDeps(() => 'checking'), words: deps.words }, question, format);
            return file === undefined ? fail('nothing-bad') : ok(file);
          });
        }),
      imports: () => ok(listImports(store.read)),
      undo: ({ id }) =>
        alone(async () => {
          const known = getImport(store.read, id);
          if (known === undefined) return fail('not-found');
          if (known.undoneAt !== null) return fail('import-undone');
          if (isBuiltOn(store.read, id)) return fail('import-built-on');
          const undone = await undoImport(walkDeps(() => 'undoing'), known);
          deps.changed();
          return ok(undone);
        }),
    },
  };
}

async function look(store: Store, file: StoredFile): Promise<LegacyFile> {
  const { kind, notes, sheets } = await openTable(store.blobs, file);
  const seen = [];
  for (const sheet of sheets) seen.push(lookAt(sheet.name, sheet.hidden, await firstRows(sheet, looked), file.name));
  const texts = seen.flatMap(({ first }) => first.flatMap(({ cells }) => cells)).join('\n');
  // Nothing is known by name in letters of an old font.
  if (seen.every(({ header }) => header === null) && decoderFor(texts)(texts) !== texts.normalize('NFC')) throw new TableRefused('table-old-font');
  if (seen.every(({ first }) => first.length === 0)) throw new TableRefused('table-empty');
  return { kind, notes: [...notes], sheets: seen };
}
